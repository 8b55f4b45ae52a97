/* fare-demo-story.h
 *
 * A year of an invented developer with many coding agents: who worked when, on what,
 * with which model, and how many tokens each response took.  The same clock gives the
 * same story.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  gint64   time_ms;      /* UTC milliseconds */
  gint64   input;        /* tokens neither read from nor written to a cache */
  gint64   cache_read;
  gint64   cache_write;
  gint64   output;       /* reasoning inside */
  gint64   reasoning;
  gboolean is_prompted;  /* the first response to something the developer said */
} FareDemoCall;

typedef struct
{
  const char   *client;
  const char   *provider;
  const char   *model;
  const char   *project;   /* last component of the folder */
  const char   *branch;
  const char   *title;
  guint         number;    /* counts the sessions from 1 */
  GRand        *random;
  GPtrArray    *prompts;   /* const char *: what the developer said, one for each is_prompted */
  FareDemoCall *calls;
  guint         n_calls;
} FareDemoSession;

typedef gboolean (*FareDemoSessionFunc) (const FareDemoSession *session,
                                         gpointer               user_data,
                                         GError               **error);

/**
 * fare_demo_tell:
 * @now_ms: the end of the story, UTC milliseconds
 * @zone: where the developer lives
 * @func: called for each session, oldest first
 *
 * Returns: %FALSE with @error when @func did
 */
gboolean fare_demo_tell (gint64               now_ms,
                         GTimeZone           *zone,
                         FareDemoSessionFunc  func,
                         gpointer             user_data,
                         GError             **error);

G_END_DECLS
