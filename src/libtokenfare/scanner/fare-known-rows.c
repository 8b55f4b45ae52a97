/* fare-known-rows.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "scanner/fare-known-rows.h"

/* With their keys some 3 MB.  Where there are more, walking takes longer than reading the rest. */
#define N_ROWS 16384

#define TEXT_BYTES (16 * 1024)

/* Of a FareKnownFile what fare_files_foreach() fills in; texts are in the chunk. */
typedef struct
{
  char    *key;
  char    *path;
  guint64  device;
  guint64  inode;
  gint64   size;
  gint64   mtime_ns;
  gint64   stamp;
  gint64   parser;
  guint32  id;
  guint    is_missing : 1;
  guint    has_error  : 1;
} Row;

struct _FareKnownRows
{
  GArray       *rows;
  GStringChunk *texts;
};

FareKnownRows *
fare_known_rows_new (void)
{
  FareKnownRows *self = g_new (FareKnownRows, 1);

  self->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  self->texts = g_string_chunk_new (TEXT_BYTES);

  return self;
}

void
fare_known_rows_free (FareKnownRows *self)
{
  g_array_unref (self->rows);
  g_string_chunk_free (self->texts);
  g_free (self);
}

gboolean
fare_known_rows_add (FareKnownRows       *self,
                     const FareKnownFile *file)
{
  Row row = {
    .device = file->device, .inode = file->inode, .size = file->size, .mtime_ns = file->mtime_ns,
    .stamp = file->stamp, .parser = file->parser, .id = file->id, .is_missing = file->is_missing,
    .has_error = file->has_error,
  };

  if (self->rows->len >= N_ROWS)
    return FALSE;

  row.key = g_string_chunk_insert (self->texts, file->key);
  row.path = file->path != NULL ? g_string_chunk_insert (self->texts, file->path) : NULL;
  g_array_append_val (self->rows, row);

  return TRUE;
}

void
fare_known_rows_take (FareKnownRows     *self,
                      FareKnownFileFunc  func,
                      gpointer           user_data)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      const Row *row = &g_array_index (self->rows, Row, i);
      const FareKnownFile file = {
        .key = row->key, .path = row->path, .device = row->device, .inode = row->inode,
        .size = row->size, .mtime_ns = row->mtime_ns, .stamp = row->stamp, .parser = row->parser,
        .id = row->id, .is_missing = row->is_missing, .has_error = row->has_error,
      };

      func (&file, user_data);
    }
  g_array_set_size (self->rows, 0);
  g_string_chunk_clear (self->texts);
}
