/* fare-doctor-index.c
 *
 * The index as it lies there, who writes it, and whether its pages are in order.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "doctor/fare-doctor-private.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "index/fare-index-schema.h"
#include "index/fare-statement.h"

/* Somebody waits: another program's write for so long, and the pages of a large index for so long. */
#define WAIT_MS 200
#define CHECK_US (400 * 1000)

/* Steps of SQLite's machine between two looks at the clock. */
#define CHECK_STEPS 5000

static gint64
get_size (const char *path)
{
  static const char * const tails[] = { "", "-wal" };
  gint64 size = 0;

  for (guint i = 0; i < G_N_ELEMENTS (tails); i++)
    {
      g_autofree char *name = g_strconcat (path, tails[i], NULL);
      GStatBuf info;

      if (g_stat (name, &info) == 0)
        size += info.st_size;
    }

  return size;
}

/* Asks the system's list, because to try the lock would keep others from it. */
static int
find_lock_holder (const char *path)
{
  g_autofree char *lock = g_strconcat (path, ".lock", NULL);
  g_autofree char *text = NULL;
  g_auto(GStrv) lines = NULL;
  GStatBuf info;

  if (g_stat (lock, &info) != 0 || !g_file_get_contents ("/proc/locks", &text, NULL, NULL))
    return 0;

  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      int pid;
      guint device_major, device_minor;
      guint64 inode;

      if (sscanf (lines[i], "%*d: FLOCK ADVISORY WRITE %d %x:%x:%" G_GUINT64_FORMAT, &pid,
                  &device_major, &device_minor, &inode) == 4
          && inode == info.st_ino && pid > 0)
        return pid;
    }

  return 0;
}

static void
find_writer (FareDoctorIndex *index,
             const char      *path)
{
  g_autofree char *comm = NULL;

  index->writer = find_lock_holder (path);
  if (index->writer == 0)
    return;

  comm = g_strdup_printf ("/proc/%d/comm", index->writer);
  if (g_file_get_contents (comm, &index->writer_name, NULL, NULL))
    g_strchomp (index->writer_name);
}

static FareDoctorIndexState
find_state (const GError *error)
{
  if (error->domain != FARE_INDEX_ERROR)
    return FARE_DOCTOR_INDEX_UNREADABLE;

  switch ((FareIndexError) error->code)
    {
    case FARE_INDEX_ERROR_CORRUPT:
      return FARE_DOCTOR_INDEX_DAMAGED;
    case FARE_INDEX_ERROR_NEWER:
      return FARE_DOCTOR_INDEX_NEWER;
    case FARE_INDEX_ERROR_BUSY:
      return FARE_DOCTOR_INDEX_LOCKED;
    case FARE_INDEX_ERROR_UNFINISHED:
      return FARE_DOCTOR_INDEX_UNFINISHED;
    case FARE_INDEX_ERROR_OPEN:
    case FARE_INDEX_ERROR_READ_ONLY:
    case FARE_INDEX_ERROR_FULL:
    case FARE_INDEX_ERROR_FAILED:
    default:
      return FARE_DOCTOR_INDEX_UNREADABLE;
    }
}

static void
take_error (FareDoctorIndex *index,
            const GError    *error)
{
  index->state = find_state (error);
  g_free (index->error);
  index->error = g_strdup (error->message);
}

static gint32
get_number (const guint8 *bytes)
{
  return (gint32) ((guint32) bytes[0] << 24 | bytes[1] << 16 | bytes[2] << 8 | bytes[3]);
}

/* Also of a file whose state keeps it from being opened: its header is enough.
 * https://www.sqlite.org/fileformat2.html: the version is at 60, the application's id at 68 */
static void
read_header (FareDoctorIndex *index,
             const char      *path)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GFileInputStream) stream = g_file_read (file, NULL, NULL);
  guint8 head[72];
  gsize size = 0;

  if (stream == NULL
      || !g_input_stream_read_all (G_INPUT_STREAM (stream), head, sizeof head, &size, NULL, NULL)
      || size < sizeof head || memcmp (head, "SQLite format 3", 16) != 0)
    return;

  if (get_number (head + 68) == FARE_SCHEMA_APPLICATION_ID)
    index->schema = get_number (head + 60);
  else if (index->state == FARE_DOCTOR_INDEX_DAMAGED)
    index->state = FARE_DOCTOR_INDEX_FOREIGN;
}

static int
is_late_cb (void *user_data)
{
  return g_get_monotonic_time () > *(gint64 *) user_data;
}

static void
check_pages (FareDoctorIndex *index,
             FareIndex       *file)
{
  g_autoptr(FareStatement) statement = NULL;
  g_autoptr(GError) error = NULL;
  gint64 end_us = g_get_monotonic_time () + CHECK_US;
  sqlite3 *db = fare_index_connect (file, FALSE, &error);
  gboolean is_ours;
  int result = SQLITE_ERROR;

  if (db == NULL)
    {
      take_error (index, error);
      return;
    }

  /* What the header says may be older than the journal. */
  index->schema = fare_schema_get_version (db, &is_ours);
  sqlite3_progress_handler (db, CHECK_STEPS, is_late_cb, &end_us);
  statement = fare_statement_new (db, "PRAGMA quick_check(1)");
  if (statement != NULL)
    result = sqlite3_step (statement);
  index->is_checked = result == SQLITE_ROW;
  if (result == SQLITE_ROW && g_strcmp0 (fare_statement_text (statement, 0), "ok") != 0)
    {
      index->state = FARE_DOCTOR_INDEX_DAMAGED;
      index->error = g_strdup (fare_statement_text (statement, 0));
    }
  else if (result != SQLITE_ROW && sqlite3_errcode (db) != SQLITE_INTERRUPT)
    {
      fare_index_take_error (file, db, &error);
      take_error (index, error);
    }
  g_clear_pointer (&statement, fare_statement_free);
  sqlite3_progress_handler (db, 0, NULL, NULL);
  sqlite3_close (db);
}

static FareIndexReader *
open_reader (FareDoctorIndex *index,
             FareIndex       *file)
{
  g_autoptr(GError) error = NULL;
  FareIndexReader *reader;

  if (index->state != FARE_DOCTOR_INDEX_SOUND || index->schema < FARE_SCHEMA_VERSION)
    return NULL;

  reader = fare_index_reader_new (file, &error);
  if (reader == NULL)
    {
      take_error (index, error);
      return NULL;
    }

  index->last_scan_ms = fare_index_reader_get_last_scan (reader);
  index->scan_took_ms = fare_index_reader_get_scan_time (reader);
  return reader;
}

static FareIndexReader *
examine (FareDoctorIndex *index,
         const char      *path)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(FareIndex) file = fare_index_open_untouched (path, &error);

  if (file == NULL)
    {
      take_error (index, error);
      read_header (index, path);
      return NULL;
    }

  fare_index_set_wait (file, WAIT_MS);
  index->state = FARE_DOCTOR_INDEX_SOUND;
  check_pages (index, file);
  if (index->state == FARE_DOCTOR_INDEX_SOUND && index->schema < FARE_SCHEMA_VERSION)
    index->state = FARE_DOCTOR_INDEX_OLDER;

  return open_reader (index, file);
}

FareIndexReader *
fare_doctor_look_at_index (FareDoctor *self)
{
  const char *path = fare_paths_get_index_file (self->paths);
  FareDoctorIndex *index = &self->index;
  FareIndexReader *reader;
  gint64 size;

  index->schema = FARE_DOCTOR_UNKNOWN;
  index->messages = index->sessions = FARE_DOCTOR_UNKNOWN;
  index->size = get_size (path);
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      index->state = FARE_DOCTOR_INDEX_MISSING;
      return NULL;
    }

  find_writer (index, path);
  reader = examine (index, path);
  size = get_size (path);
  /* Without a lock a file that somebody begins to write is no longer what it was when we began. */
  if (index->state == FARE_DOCTOR_INDEX_DAMAGED && size != index->size)
    {
      g_clear_pointer (&index->error, g_free);
      index->size = size;
      reader = examine (index, path);
    }

  return reader;
}
