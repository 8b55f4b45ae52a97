/* fare-index-error.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "index/fare-index-error.h"

#include <errno.h>
#include <glib/gi18n-lib.h>

G_DEFINE_QUARK (fare-index-error-quark, fare_index_error)

static FareIndexError
find_code (int result)
{
  switch (result & 0xff)
    {
    case SQLITE_FULL:
      return FARE_INDEX_ERROR_FULL;
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return FARE_INDEX_ERROR_READ_ONLY;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return FARE_INDEX_ERROR_CORRUPT;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return FARE_INDEX_ERROR_BUSY;
    case SQLITE_CANTOPEN:
      return FARE_INDEX_ERROR_OPEN;
    case SQLITE_IOERR:
      return errno == ENOSPC || errno == EDQUOT ? FARE_INDEX_ERROR_FULL : FARE_INDEX_ERROR_FAILED;
    default:
      return FARE_INDEX_ERROR_FAILED;
    }
}

static const char *
find_sentence (FareIndexError code)
{
  switch (code)
    {
    case FARE_INDEX_ERROR_OPEN:
      return _("The index “%s” cannot be opened (%s). Check that its folder exists and is yours.");
    case FARE_INDEX_ERROR_READ_ONLY:
      return _("The index “%s” cannot be written (%s). Check the permissions of its folder.");
    case FARE_INDEX_ERROR_FULL:
      return _("The index “%s” cannot grow: no space is left on its disk (%s). Free some space.");
    case FARE_INDEX_ERROR_CORRUPT:
      return _("The index “%s” is damaged (%s). Run “tokenfare db resync” to build it anew.");
    case FARE_INDEX_ERROR_BUSY:
      return _("The index “%s” is in use by another program (%s). Try again in a moment.");
    case FARE_INDEX_ERROR_NEWER:
    case FARE_INDEX_ERROR_FAILED:
    case FARE_INDEX_ERROR_UNFINISHED:
    default:
      return _("The index “%s” cannot be used (%s).");
    }
}

static void
set_error (const char      *path,
           FareIndexError   code,
           const char      *reason,
           GError         **error)
{
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  g_set_error (error, FARE_INDEX_ERROR, (int) code, find_sentence (code),
               path != NULL ? path : ":memory:", reason);
#pragma GCC diagnostic pop
}

gboolean
fare_index_error_take (const char  *path,
                       sqlite3     *db,
                       GError     **error)
{
  int result = db != NULL ? sqlite3_extended_errcode (db) : SQLITE_NOMEM;
  FareIndexError code = find_code (result);

  set_error (path, code, db != NULL ? sqlite3_errmsg (db) : sqlite3_errstr (result), error);

  return FALSE;
}

gboolean
fare_index_error_take_corrupt (const char  *path,
                               GError     **error)
{
  set_error (path, FARE_INDEX_ERROR_CORRUPT, sqlite3_errstr (SQLITE_CORRUPT), error);

  return FALSE;
}
