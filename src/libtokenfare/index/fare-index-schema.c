/* fare-index-schema.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "index/fare-index-schema.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "index/fare-index-upgrade.h"

/* Where a file of SQLite says what it is; numbers are big-endian. */
#define HEADER_SIZE 100
#define HEADER_MAGIC "SQLite format 3"
#define HEADER_USER_VERSION 60
#define HEADER_APPLICATION_ID 68

/* Steps in order; step n leads from version n to n + 1.  A step that was released is never edited.
 *
 * event: one row per response and file (formats/fare-row.h).  id = file << 24 | sequence, so a file's
 * rows lie together.  Rows are durable: a log that is deleted leaves them.  own_* is NULL where it
 * equals the counted value; value_delta is how much later than own_ms the values were logged.
 * rollup: sums of the counted rows per quarter hour and everything a price or a grouping needs;
 * band = how many of the thresholds in meta a prompt exceeds.
 * file: path is empty where it is the key.
 * share: files that hold rows of the same call, for finding out whose they are.
 * fact: what a file says about a session; the table session holds the outcome.
 *
 * Version 2 takes less room and answers quicker:
 * rollup: a row per UTC day (fare-cells.h), made anew by the next writer, as the missing bands say.
 * place: where a session's rows are (fare-index-places.h), in the stead of an index.
 * roster: packed sessions (fare-index-roster.h); what the triggers take away the next commit makes
 * anew.
 * event_cluster: half of the fingerprint finds a row; queries compare the other half.
 *
 * Version 3 packs the rows:
 * pack: rows of a file (fare-index-packs.h) and what tells whether they have to be looked at: from
 * when to when they are, and how many are counted.
 * locator: in which packs a cluster's rows are (fare-index-locator.h), in the stead of event_cluster.
 * pack_events() takes them over; event is gone then.
 *
 * Version 4 knows other machines:
 * machine: those whose files were met; this one is number 0 and stands in meta.
 * file: machine is the one that read it; of another machine's log there are only the rows.
 * branch: a branch on a machine, so that rows and sums tell machines apart with no column more.
 * arrival: other machines' files as they were read last.
 * parcel: the files this machine has written for the others, under each id it has had.
 * Few words about them, because all of these are read whenever the file is opened, and they fit into
 * its first page. */
static const char * const steps[] = {
  "CREATE TABLE meta (key TEXT PRIMARY KEY, value ANY) WITHOUT ROWID, STRICT;"
  "CREATE TABLE client (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;"
  "CREATE TABLE model (id INTEGER PRIMARY KEY, provider TEXT NOT NULL, name TEXT NOT NULL,"
  "  UNIQUE (name, provider)) STRICT;"
  "CREATE TABLE branch (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;"
  "CREATE TABLE project (id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE) STRICT;"
  "CREATE TABLE session (id INTEGER PRIMARY KEY, client INTEGER NOT NULL, uid TEXT NOT NULL,"
  "  project INTEGER, title TEXT, parent INTEGER, flags INTEGER NOT NULL DEFAULT 0,"
  "  first_ms INTEGER, last_ms INTEGER, UNIQUE (uid, client)) STRICT;"
  "CREATE TABLE file (id INTEGER PRIMARY KEY, client INTEGER NOT NULL, key TEXT NOT NULL,"
  "  path TEXT NOT NULL, device INTEGER NOT NULL, inode INTEGER NOT NULL, size INTEGER NOT NULL,"
  "  mtime_ns INTEGER NOT NULL, stamp INTEGER NOT NULL, offset INTEGER NOT NULL, head INTEGER NOT NULL,"
  "  tail INTEGER NOT NULL, parser INTEGER NOT NULL, note BLOB, newest_ms INTEGER NOT NULL,"
  "  next_seq INTEGER NOT NULL, flags INTEGER NOT NULL, lines INTEGER NOT NULL,"
  "  malformed INTEGER NOT NULL, malformed_at INTEGER NOT NULL, repeated INTEGER NOT NULL,"
  "  error TEXT, UNIQUE (key)) STRICT;"
  "CREATE TABLE fact (file INTEGER NOT NULL, session INTEGER NOT NULL, kind INTEGER NOT NULL,"
  "  rank INTEGER NOT NULL, ord INTEGER NOT NULL, text TEXT NOT NULL,"
  "  PRIMARY KEY (session, kind, rank, file)) WITHOUT ROWID, STRICT;"
  "CREATE INDEX fact_file ON fact (file);"
  "CREATE TABLE event (id INTEGER PRIMARY KEY, cluster INTEGER NOT NULL, sub INTEGER NOT NULL,"
  "  role INTEGER NOT NULL, session INTEGER NOT NULL, time_ms INTEGER NOT NULL,"
  "  offset INTEGER NOT NULL, model INTEGER NOT NULL, branch INTEGER NOT NULL,"
  "  flags INTEGER NOT NULL, modes INTEGER NOT NULL, input INTEGER NOT NULL,"
  "  cache_read INTEGER NOT NULL, write_5m INTEGER NOT NULL, write_1h INTEGER NOT NULL,"
  "  output INTEGER NOT NULL, reasoning INTEGER NOT NULL, lines INTEGER NOT NULL,"
  "  messages INTEGER NOT NULL, searches INTEGER NOT NULL, reported INTEGER,"
  "  own_ms INTEGER, own_session INTEGER, value_delta INTEGER NOT NULL) STRICT;"
  "CREATE INDEX event_cluster ON event (cluster);"
  "CREATE INDEX event_session ON event (session, time_ms);"
  "CREATE TABLE rollup (quarter INTEGER NOT NULL, session INTEGER NOT NULL,"
  "  model INTEGER NOT NULL, branch INTEGER NOT NULL, kind INTEGER NOT NULL,"
  "  band INTEGER NOT NULL, events INTEGER NOT NULL, messages INTEGER NOT NULL,"
  "  input INTEGER NOT NULL, cache_read INTEGER NOT NULL, write_5m INTEGER NOT NULL,"
  "  write_1h INTEGER NOT NULL, output INTEGER NOT NULL, reasoning INTEGER NOT NULL,"
  "  searches INTEGER NOT NULL, reported INTEGER NOT NULL,"
  "  PRIMARY KEY (quarter, session, model, branch, kind, band)) WITHOUT ROWID, STRICT;"
  "CREATE TABLE share (file INTEGER NOT NULL, other INTEGER NOT NULL,"
  "  PRIMARY KEY (file, other)) WITHOUT ROWID, STRICT;",

  "DROP TABLE rollup;"
  "CREATE TABLE rollup (day INTEGER PRIMARY KEY, cells BLOB NOT NULL) STRICT;"
  "DELETE FROM meta WHERE key = 'bands';"
  "CREATE TABLE place (session INTEGER NOT NULL, day INTEGER NOT NULL, file INTEGER NOT NULL,"
  "  first INTEGER NOT NULL, last INTEGER NOT NULL, PRIMARY KEY (session, day, file))"
  "  WITHOUT ROWID, STRICT;"
  "INSERT INTO place SELECT session, time_ms / 86400000, id >> 24, min(id & 16777215),"
  "  max(id & 16777215) FROM event GROUP BY 1, 2, 3;"
  "DROP INDEX event_session;"
  "DROP INDEX event_cluster;"
  "CREATE INDEX event_cluster ON event (cluster >> 32);"
  "CREATE TABLE roster (chunk INTEGER PRIMARY KEY, cells BLOB NOT NULL) STRICT;"
  "CREATE TRIGGER session_added AFTER INSERT ON session"
  "  BEGIN DELETE FROM roster WHERE chunk = NEW.id / 512; END;"
  "CREATE TRIGGER session_moved AFTER UPDATE OF client, project ON session"
  "  WHEN OLD.client IS NOT NEW.client OR OLD.project IS NOT NEW.project"
  "  BEGIN DELETE FROM roster WHERE chunk = NEW.id / 512; END;",

  "CREATE TABLE pack (id INTEGER PRIMARY KEY, first_ms INTEGER NOT NULL, last_ms INTEGER NOT NULL,"
  "  counted INTEGER NOT NULL, rows BLOB NOT NULL) STRICT;"
  "CREATE TABLE locator (first INTEGER PRIMARY KEY, entries BLOB NOT NULL) STRICT;",

  "CREATE TABLE machine (id INTEGER PRIMARY KEY, uid, name, named);"
  "ALTER TABLE file ADD COLUMN machine INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE branch RENAME TO branch_before;"
  "CREATE TABLE branch (id INTEGER PRIMARY KEY, name TEXT NOT NULL, machine INTEGER NOT NULL"
  " DEFAULT 0, UNIQUE (name, machine)) STRICT;"
  "INSERT INTO branch (id, name) SELECT id, name FROM branch_before;"
  "DROP TABLE branch_before;"
  "CREATE TABLE arrival (name PRIMARY KEY, machine, size, mtime_ns, inode, error) WITHOUT ROWID;"
  "CREATE TABLE parcel (uid, number, signature, generation, nonce, size, mtime_ns,"
  " PRIMARY KEY (uid, number)) WITHOUT ROWID;",
};

G_STATIC_ASSERT (G_N_ELEMENTS (steps) == FARE_SCHEMA_VERSION);

static gboolean
pack_events (sqlite3 *db)
{
  return fare_upgrade_pack_events (db)
         && sqlite3_exec (db, "DROP TABLE event", NULL, NULL, NULL) == SQLITE_OK;
}

/* What is to be done after a step, where its SQL is not all. */
static gboolean (* const afterwards[FARE_SCHEMA_VERSION]) (sqlite3 *db) = { NULL, NULL, pack_events, NULL };

static int
read_pragma (sqlite3    *db,
             const char *sql)
{
  sqlite3_stmt *statement = NULL;
  int value = -1;

  if (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL) == SQLITE_OK
      && sqlite3_step (statement) == SQLITE_ROW)
    value = sqlite3_column_int (statement, 0);
  sqlite3_finalize (statement);

  return value;
}

int
fare_schema_get_version (sqlite3  *db,
                         gboolean *is_ours)
{
  int version = read_pragma (db, "PRAGMA user_version");
  int tables = read_pragma (db, "SELECT count(*) FROM sqlite_master");

  if (version < 0 || tables < 0)
    return -1;
  *is_ours = read_pragma (db, "PRAGMA application_id") == FARE_SCHEMA_APPLICATION_ID
             || (version == 0 && tables == 0);

  return version;
}

gboolean
fare_schema_is_current (sqlite3 *db)
{
  return read_pragma (db, "PRAGMA user_version") == FARE_SCHEMA_VERSION
         && read_pragma (db, "PRAGMA application_id") == FARE_SCHEMA_APPLICATION_ID;
}

static guint32
read_number (const guchar *bytes)
{
  return (guint32) bytes[0] << 24 | (guint32) bytes[1] << 16 | (guint32) bytes[2] << 8 | bytes[3];
}

gboolean
fare_schema_is_current_file (const char *path)
{
  guchar header[HEADER_SIZE];
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  gboolean is_read = fd >= 0 && read (fd, header, sizeof header) == sizeof header;

  if (fd >= 0)
    close (fd);

  return is_read && memcmp (header, HEADER_MAGIC, sizeof HEADER_MAGIC) == 0
         && read_number (header + HEADER_USER_VERSION) == FARE_SCHEMA_VERSION
         && read_number (header + HEADER_APPLICATION_ID) == FARE_SCHEMA_APPLICATION_ID;
}

static gboolean
run (sqlite3    *db,
     const char *sql)
{
  return sqlite3_exec (db, sql, NULL, NULL, NULL) == SQLITE_OK;
}

gboolean
fare_schema_migrate (sqlite3 *db)
{
  g_autofree char *stamp = g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %d;"
                                            "COMMIT",
                                            FARE_SCHEMA_APPLICATION_ID, FARE_SCHEMA_VERSION);
  int version;

  /* After a failure the transaction is left open on purpose: the caller reads the error and
   * closes the connection, which undoes everything. */
  if (!run (db, "BEGIN IMMEDIATE"))
    return FALSE;
  version = read_pragma (db, "PRAGMA user_version");
  if (version < 0)
    return FALSE;
  for (int i = version; i < FARE_SCHEMA_VERSION; i++)
    if (!run (db, steps[i]) || (afterwards[i] != NULL && !afterwards[i] (db)))
      return FALSE;

  return run (db, stamp);
}
