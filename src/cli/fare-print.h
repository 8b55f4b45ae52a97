/* fare-print.h
 *
 * Standard output and standard error.  What people read is converted to the
 * locale's character set and coloured on a terminal only; data goes out byte by
 * byte.  A reader that hangs up ends the program quietly.
 *
 * Tables are in fare-table.h, JSON in fare-json-writer.h, CSV in fare-csv.h.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  FARE_STYLE_PLAIN,
  FARE_STYLE_BOLD,   /* headings, totals */
  FARE_STYLE_DIM,    /* what matters less */
  FARE_STYLE_WARNING /* unpriced, damaged, missing */
} FareStyle;

/**
 * fare_print:
 * @format: text for people, in UTF-8; nothing is added to it
 *
 * Prints to standard output.  On a terminal a line that is too long is broken at blanks, and continued
 * below the last thing in it that two blanks set apart.
 */
void      fare_print            (const char  *format,
                                 ...) G_GNUC_PRINTF (1, 2);

/**
 * fare_print_styled:
 * @text: text for people, in UTF-8
 *
 * Prints @text to standard output, in @style where colour is allowed.
 */
void      fare_print_styled     (FareStyle    style,
                                 const char  *text);

/**
 * fare_print_data:
 * @length: bytes of @data, or -1 when it ends with a zero
 *
 * Prints machine output, unchanged.
 */
void      fare_print_data       (const char  *data,
                                 gssize       length);

/**
 * fare_print_message:
 * @format: a translated sentence
 *
 * Prints "tokenfare: " and the sentence on standard error, as one line; on a terminal broken at blanks where
 * it is too long.
 */
void      fare_print_message    (const char  *format,
                                 ...) G_GNUC_PRINTF (1, 2);

/**
 * fare_print_flush:
 *
 * Hands everything printed so far to the operating system.  Exits quietly when the reader has
 * hung up, and with a sentence and status 1 when the output cannot be written, for instance on a
 * full disk.
 */
void      fare_print_flush      (void);

/**
 * fare_print_get_columns:
 *
 * Returns: the width of the terminal in character cells; 0 when standard output is no terminal,
 *   which means that nothing need be cut
 */
int       fare_print_get_columns (void);

/**
 * fare_print_can_show_status:
 *
 * Returns: whether standard error is a terminal on which a line can be written over
 */
gboolean  fare_print_can_show_status (void);

/**
 * fare_print_status:
 * @text: (nullable): what is going on; %NULL removes the line
 *
 * Writes @text over the status line, the last line on standard error.
 */
void      fare_print_status     (const char  *text);

/**
 * fare_print_clean:
 * @text: (nullable): anything, for instance a title from a log
 *
 * Returns: (transfer full): @text in valid UTF-8, on one line and without the control characters
 *   by which a log could move the cursor or turn the text around
 */
char     *fare_print_clean      (const char  *text) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_print_width:
 * @text: valid UTF-8
 *
 * Returns: how many character cells @text takes
 */
int       fare_print_width      (const char  *text);

/**
 * fare_print_find_cut:
 * @text: valid UTF-8
 *
 * Returns: how many bytes of @text fit into @width character cells
 */
gsize     fare_print_find_cut   (const char  *text,
                                 int          width);

G_END_DECLS
