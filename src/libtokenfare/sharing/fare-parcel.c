/* fare-parcel.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "sharing/fare-parcel.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/fare-hash.h"
#include "sharing/fare-parcel-bytes.h"

#define MAGIC "TFSHARE\n"

/* No body is larger, in bytes: some ten million rows. */
#define BODY_LIMIT (512 << 20)

/* zlib makes nothing smaller than a thousandth. */
#define PACKED_LIMIT 1100

G_DEFINE_QUARK (fare-parcel-error-quark, fare_parcel_error)

static void
parcel_log_free (gpointer data)
{
  FareParcelLog *self = data;

  g_free (self->client);
  g_free (self->key);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}

FareParcel *
fare_parcel_new (void)
{
  FareParcel *self = g_new0 (FareParcel, 1);

  self->logs = g_ptr_array_new_with_free_func (parcel_log_free);

  return self;
}

void
fare_parcel_free (FareParcel *self)
{
  g_ptr_array_unref (self->logs);
  g_free (self->name);
  g_free (self);
}

static gint64
find_checksum (const void *data,
               gsize       size)
{
  return fare_hash_finish (fare_hash_block (FARE_HASH_SEED, data, size));
}

void
fare_parcel_add (FareParcel *self,
                 const char *client,
                 const char *key,
                 FareLog    *log)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  FareParcelLog *item = g_new0 (FareParcelLog, 1);

  fare_parcel_write_log (bytes, log);
  item->client = g_strdup (client);
  item->key = g_strdup (key);
  item->checksum = find_checksum (bytes->data, bytes->len);
  item->bytes = g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
  g_ptr_array_add (self->logs, item);
}

static void
append_number (GByteArray *bytes,
               guint64     value)
{
  guint64 bits = GUINT64_TO_LE (value);

  g_byte_array_append (bytes, (const guint8 *) &bits, sizeof bits);
}

static GByteArray *
write_body (FareParcel *self)
{
  GByteArray *body = g_byte_array_new ();

  fare_parcel_write_text (body, self->name);
  fare_varint_append_signed (body, self->named_ms);
  fare_varint_append (body, self->logs->len);
  for (guint i = 0; i < self->logs->len; i++)
    {
      const FareParcelLog *item = g_ptr_array_index (self->logs, i);

      fare_parcel_write_text (body, item->client);
      fare_parcel_write_text (body, item->key);
      append_number (body, (guint64) item->checksum);
      fare_varint_append (body, g_bytes_get_size (item->bytes));
      g_byte_array_append (body, g_bytes_get_data (item->bytes, NULL),
                           (guint) g_bytes_get_size (item->bytes));
    }

  return body;
}

/* Feeds all of @data through; stops with an error when more than @limit comes out. */
static GByteArray *
convert (GConverter   *converter,
         const guint8 *data,
         gsize         size,
         gsize         limit,
         GError      **error)
{
  g_autoptr(GByteArray) out = g_byte_array_new ();
  GConverterResult result = G_CONVERTER_CONVERTED;

  while (result != G_CONVERTER_FINISHED)
    {
      guint8 piece[16384];
      gsize n_read = 0, n_written = 0;

      result = g_converter_convert (converter, data, size, piece, sizeof piece,
                                    G_CONVERTER_INPUT_AT_END, &n_read, &n_written, error);
      if (result == G_CONVERTER_ERROR)
        return NULL;
      data += n_read;
      size -= n_read;
      if (out->len + n_written > limit)
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "too long");
          return NULL;
        }
      g_byte_array_append (out, piece, (guint) n_written);
    }

  return g_steal_pointer (&out);
}

GBytes *
fare_parcel_pack (FareParcel  *self,
                  GError     **error)
{
  g_autoptr(GByteArray) body = write_body (self);
  g_autoptr(GZlibCompressor) zlib = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, -1);
  g_autoptr(GByteArray) packed = NULL;
  g_autoptr(GByteArray) file = g_byte_array_new ();
  FareParcelHead *head = &self->head;

  packed = convert (G_CONVERTER (zlib), body->data, body->len, G_MAXUINT, error);
  if (packed == NULL)
    return NULL;
  head->body_size = body->len;
  head->packed_size = packed->len;
  head->checksum = (guint64) find_checksum (packed->data, packed->len);
  g_byte_array_append (file, (const guint8 *) MAGIC, 8);
  append_number (file, FARE_PARCEL_VERSION);
  append_number (file, head->machine);
  append_number (file, head->number);
  append_number (file, head->generation);
  append_number (file, head->nonce);
  append_number (file, head->body_size);
  append_number (file, head->packed_size);
  append_number (file, head->checksum);
  append_number (file, (guint64) find_checksum (file->data, file->len));
  g_byte_array_append (file, packed->data, packed->len);

  return g_byte_array_free_to_bytes (g_steal_pointer (&file));
}

static gboolean
take_damaged (GError **error)
{
  g_set_error_literal (error, FARE_PARCEL_ERROR, FARE_PARCEL_ERROR_DAMAGED,
                       _("The file is damaged or not complete yet."));

  return FALSE;
}

gboolean
fare_parcel_read_head (const guint8    *data,
                       gsize            size,
                       FareParcelHead  *head,
                       GError         **error)
{
  guint64 numbers[FARE_PARCEL_HEAD_SIZE / 8];

  if (size < sizeof numbers || memcmp (data, MAGIC, 8) != 0)
    return take_damaged (error);
  memcpy (numbers, data, sizeof numbers);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    numbers[i] = GUINT64_FROM_LE (numbers[i]);
  if (numbers[1] > FARE_PARCEL_VERSION)
    {
      g_set_error_literal (error, FARE_PARCEL_ERROR, FARE_PARCEL_ERROR_VERSION,
                           _("The file was written by a newer version of Tokenfare."));
      return FALSE;
    }
  if (numbers[1] < FARE_PARCEL_VERSION)
    {
      g_set_error_literal (error, FARE_PARCEL_ERROR, FARE_PARCEL_ERROR_VERSION,
                           _("The file was written by an older version of Tokenfare."));
      return FALSE;
    }
  if (numbers[9] != (guint64) find_checksum (data, FARE_PARCEL_HEAD_SIZE - 8))
    return take_damaged (error);
  *head = (FareParcelHead) {
    .machine = numbers[2], .number = numbers[3], .generation = numbers[4], .nonce = numbers[5],
    .body_size = numbers[6], .packed_size = numbers[7], .checksum = numbers[8],
  };

  return TRUE;
}

static gboolean
read_logs (FareParcel  *self,
           GBytes      *body,
           FareVarints *bytes)
{
  guint64 n = fare_varint_read (bytes);
  const guint8 *begin = g_bytes_get_data (body, NULL);

  for (guint64 i = 0; i < n && !bytes->failed; i++)
    {
      FareParcelLog *item = g_new0 (FareParcelLog, 1);
      guint64 length;

      g_ptr_array_add (self->logs, item);
      item->client = fare_parcel_read_text (bytes);
      item->key = fare_parcel_read_text (bytes);
      if (bytes->failed || bytes->end - bytes->p < 8)
        return FALSE;
      memcpy (&item->checksum, bytes->p, 8);
      item->checksum = (gint64) GUINT64_FROM_LE ((guint64) item->checksum);
      bytes->p += 8;
      length = fare_varint_read (bytes);
      if (bytes->failed || length > (guint64) (bytes->end - bytes->p))
        return FALSE;
      item->bytes = g_bytes_new_from_bytes (body, (gsize) (bytes->p - begin), length);
      bytes->p += length;
      if (item->checksum != find_checksum (g_bytes_get_data (item->bytes, NULL), length))
        return FALSE;
    }

  return !bytes->failed && bytes->p == bytes->end;
}

static gboolean
read_body (FareParcel *self,
           GBytes     *body)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (body, &size);
  FareVarints bytes = { data, data + size, FALSE };

  self->name = fare_parcel_read_text (&bytes);
  if (self->name == NULL || *self->name == '\0')
    return FALSE;
  self->named_ms = fare_varint_read_signed (&bytes);

  return read_logs (self, body, &bytes);
}

FareParcel *
fare_parcel_unpack (GBytes  *bytes,
                    GError **error)
{
  g_autoptr(FareParcel) self = fare_parcel_new ();
  g_autoptr(GZlibDecompressor) zlib = NULL;
  g_autoptr(GByteArray) out = NULL;
  g_autoptr(GBytes) body = NULL;
  const FareParcelHead *head = &self->head;
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  if (!fare_parcel_read_head (data, size, &self->head, error))
    return NULL;
  data += FARE_PARCEL_HEAD_SIZE;
  size -= FARE_PARCEL_HEAD_SIZE;
  if (head->packed_size != size || head->body_size > BODY_LIMIT
      || head->body_size / PACKED_LIMIT > head->packed_size
      || head->checksum != (guint64) find_checksum (data, size))
    {
      take_damaged (error);
      return NULL;
    }
  zlib = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB);
  out = convert (G_CONVERTER (zlib), data, size, head->body_size, NULL);
  if (out != NULL && out->len == head->body_size)
    body = g_byte_array_free_to_bytes (g_steal_pointer (&out));
  if (body == NULL || !read_body (self, body))
    {
      take_damaged (error);
      return NULL;
    }

  return g_steal_pointer (&self);
}

FareLog *
fare_parcel_log_read (FareParcelLog  *self,
                      GError        **error)
{
  g_autoptr(FareLog) log = fare_log_new ();
  gsize size;
  const guint8 *data = g_bytes_get_data (self->bytes, &size);
  FareVarints bytes = { data, data + size, FALSE };

  if (fare_parcel_read_log (&bytes, log))
    return g_steal_pointer (&log);
  g_set_error_literal (error, FARE_PARCEL_ERROR, FARE_PARCEL_ERROR_DAMAGED,
                       _("The file says what no log can have said."));

  return NULL;
}
