/* fare-index-names.h
 *
 * Texts that repeat in every row are stored once and named by a number.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "index/fare-statement.h"

G_BEGIN_DECLS

typedef struct _FareNames FareNames;

/**
 * fare_names_new:
 * @db: a writable connection; must outlive the names
 */
FareNames *fare_names_new         (sqlite3     *db) G_GNUC_WARN_UNUSED_RESULT;
void       fare_names_free        (FareNames   *self);

/* Each returns the text's number, stored now if it is new; 0 after an error.  A session is stored with all
 * that is known of it, by who asks for the fresh ones. */
guint32    fare_names_get_client  (FareNames   *self,
                                   const char  *name);
guint32    fare_names_get_model   (FareNames   *self,
                                   const char  *pair); /* "provider\x1fname" */
guint32    fare_names_get_branch  (FareNames   *self,
                                   guint32      machine, /* 0 is this one */
                                   const char  *name);
guint32    fare_names_get_project (FareNames   *self,
                                   const char  *path);
guint32    fare_names_get_session (FareNames   *self,
                                   guint32      client,
                                   const char  *uid);

/**
 * fare_names_is_fresh:
 *
 * Returns: whether the session got its number in this batch and is not in its table yet
 */
gboolean   fare_names_is_fresh    (FareNames   *self,
                                   guint32      session);

/* A session that is not in its table yet. */
typedef struct
{
  guint32     client;
  const char *uid; /* until the batch ends */
} FareFreshName;

/**
 * fare_names_get_fresh:
 * @first: (out): the number of the first one; the others' follow
 *
 * Returns: (transfer none) (element-type FareFreshName): all fresh sessions
 */
const GArray *fare_names_get_fresh (FareNames  *self,
                                    guint32    *first);

/**
 * fare_names_clear_fresh:
 *
 * Says that all of them have been stored.
 */
void       fare_names_clear_fresh (FareNames   *self);

/**
 * fare_names_forget:
 *
 * Forgets what a transaction that was undone had numbered.
 */
void       fare_names_forget      (FareNames   *self);

/**
 * fare_names_trim:
 *
 * Forgets names when there are very many; they are then looked up again.
 */
void       fare_names_trim        (FareNames   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareNames, fare_names_free)

G_END_DECLS
