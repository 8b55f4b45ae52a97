/* fare-hermes-tables.h
 *
 * The tables of Hermes: sessions, their use by model and task, their use by day.  Which
 * columns there are varies by version.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "formats/fare-foreign-db.h"
#include "formats/fare-log.h"

G_BEGIN_DECLS

/* What a line of any of the tables says about use. */
typedef struct
{
  FareUsage usage;
  gint64    cost_pico; /* 0 when unknown */
  gint64    time_ms;   /* 0 when unknown */
  gint64    key;       /* fingerprint of what names it within the session */
  guint32   model;
} FareHermesPart;

typedef struct
{
  char           *id;
  char           *model;
  char           *provider;
  char           *parent;
  char           *cwd;
  gint64          started_ms; /* 0 when unknown */
  gint64          messages;
  guint32         title;
  FareHermesPart  part;       /* its own sums */
} FareHermesSession;

typedef struct
{
  FareLog       *log;
  FareForeignDb *db;
  sqlite3_stmt  *sessions;
  sqlite3_stmt  *models;  /* (nullable): the table may be missing */
  sqlite3_stmt  *days;    /* (nullable) */
  sqlite3_stmt  *prompts; /* (nullable) */
  GTimeZone     *zone;
  int            result;  /* of a query that broke off, else SQLITE_DONE */

  /* Of the current session; FareHermesPart. */
  GArray        *main;    /* its own loop, by model */
  GArray        *others;  /* titles, compression, vision… */
  GArray        *daily;
} FareHermesTables;

/**
 * fare_hermes_tables_open:
 * @log: takes the texts
 *
 * Returns: %FALSE with @error when the sessions cannot be read; clear @self in any case
 */
gboolean fare_hermes_tables_open        (FareHermesTables         *self,
                                         FareLog                  *log,
                                         FareForeignDb            *db,
                                         GError                  **error);
void     fare_hermes_tables_clear       (FareHermesTables         *self);

/**
 * fare_hermes_tables_next:
 * @session: (out): to be cleared
 *
 * Goes to the next session, and fills the arrays with what there is of it.
 *
 * Returns: %FALSE after the last one, or when a query broke off
 */
gboolean fare_hermes_tables_next        (FareHermesTables         *self,
                                         FareHermesSession        *session);

/**
 * fare_hermes_tables_check:
 *
 * Returns: whether all was read; else %FALSE with @error
 */
gboolean fare_hermes_tables_check       (FareHermesTables         *self,
                                         GError                  **error);

/**
 * fare_hermes_tables_find_prompt:
 *
 * Returns: the number of the first thing the user said as a title; 0 when there is none
 */
guint32  fare_hermes_tables_find_prompt (FareHermesTables         *self,
                                         const FareHermesSession  *session);
void     fare_hermes_session_clear      (FareHermesSession        *self);

G_END_DECLS
