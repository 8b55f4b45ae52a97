/* fare-json-writer.h
 *
 * Writes JSON as it comes, so that a long list needs no memory.  Numbers read back exactly as
 * they were; texts leave as valid UTF-8.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _FareJsonWriter FareJsonWriter;

/* Takes a piece of the text; pieces end anywhere. */
typedef void (*FareJsonFunc) (const char *data,
                              gsize       length,
                              gpointer    user_data);

/**
 * fare_json_writer_new_for:
 * @compact: TRUE for one value per line (JSON Lines), FALSE for two spaces of indentation
 * @func: where the text goes
 *
 * Returns: (transfer full): a writer that has written nothing
 */
FareJsonWriter *fare_json_writer_new_for      (gboolean        compact,
                                               FareJsonFunc    func,
                                               gpointer        user_data) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_json_writer_new_for_string:
 * @text: the text is appended to it; it must outlive the writer
 *
 * Returns: (transfer full): a writer of compact JSON
 */
FareJsonWriter *fare_json_writer_new_for_string (GString      *text) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_json_writer_free:
 *
 * Hands over what is still waiting.
 */
void            fare_json_writer_free         (FareJsonWriter *self);

/* @name is the member's name inside an object, and NULL inside an array or at the top. */
void            fare_json_writer_begin_object (FareJsonWriter *self,
                                               const char     *name);
void            fare_json_writer_end_object   (FareJsonWriter *self);
void            fare_json_writer_begin_array  (FareJsonWriter *self,
                                               const char     *name);
void            fare_json_writer_end_array    (FareJsonWriter *self);

/**
 * fare_json_writer_add_string:
 * @value: (nullable): %NULL becomes null; bytes that are no UTF-8 become U+FFFD
 */
void            fare_json_writer_add_string   (FareJsonWriter *self,
                                               const char     *name,
                                               const char     *value);

/**
 * fare_json_writer_add_strings:
 *
 * Adds an array of strings.
 */
void            fare_json_writer_add_strings  (FareJsonWriter *self,
                                               const char     *name,
                                               const char * const *values,
                                               gsize           n_values);
void            fare_json_writer_add_int      (FareJsonWriter *self,
                                               const char     *name,
                                               gint64          value);

/**
 * fare_json_writer_add_double:
 *
 * Writes the shortest decimal that reads back as @value; what is not finite becomes null.
 */
void            fare_json_writer_add_double   (FareJsonWriter *self,
                                               const char     *name,
                                               double          value);
void            fare_json_writer_add_boolean  (FareJsonWriter *self,
                                               const char     *name,
                                               gboolean        value);
void            fare_json_writer_add_null     (FareJsonWriter *self,
                                               const char     *name);

/**
 * fare_json_writer_add_time:
 * @time_ms: UTC milliseconds
 *
 * Writes "YYYY-MM-DDTHH:MM:SS.mmmZ".
 */
void            fare_json_writer_add_time     (FareJsonWriter *self,
                                               const char     *name,
                                               gint64          time_ms);

/**
 * fare_json_writer_add_time_or_null:
 * @time_ms: UTC milliseconds, 0 for never or unknown
 *
 * As fare_json_writer_add_time(), null for 0.
 */
void            fare_json_writer_add_time_or_null (FareJsonWriter *self,
                                                   const char     *name,
                                                   gint64          time_ms);

/**
 * fare_json_format_double:
 * @value: a finite number
 * @buffer: at least %G_ASCII_DTOSTR_BUF_SIZE bytes
 *
 * Fills @buffer with the shortest decimal that reads back as @value, "." as its mark.
 */
void            fare_json_format_double       (double          value,
                                               char           *buffer,
                                               int             size);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareJsonWriter, fare_json_writer_free)

G_END_DECLS
