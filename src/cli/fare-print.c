/* fare-print.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-print.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define COLUMNS_UNKNOWN 80

static const char * const styles[] = {
  [FARE_STYLE_PLAIN] = "",
  [FARE_STYLE_BOLD] = "\033[1m",
  [FARE_STYLE_DIM] = "\033[2m",
  [FARE_STYLE_WARNING] = "\033[33m",
};

static gboolean
is_smart_terminal (int fd)
{
  return isatty (fd) && g_strcmp0 (g_getenv ("TERM"), "dumb") != 0;
}

static gboolean
is_colour_allowed (void)
{
  const char *no_color = g_getenv ("NO_COLOR");

  return (no_color == NULL || no_color[0] == '\0') && is_smart_terminal (STDOUT_FILENO);
}

/* Texts are UTF-8 inside; a person's locale may not be. */
static void
write_text (FILE       *stream,
            const char *text)
{
  const char *charset = NULL;
  g_autofree char *converted = NULL;
  g_autofree char *transliterating = NULL;

  if (g_get_charset (&charset))
    {
      fputs (text, stream);
      return;
    }

  transliterating = g_strconcat (charset, "//TRANSLIT", NULL);
  converted = g_convert_with_fallback (text, -1, transliterating, "UTF-8", "?", NULL, NULL, NULL);
  if (converted == NULL)
    converted = g_str_to_ascii (text, NULL);
  fputs (converted, stream);
}

/* The status says whether the output arrived, except where nobody wants it any more. */
static void
check_output (void)
{
  int code = errno;

  if (!ferror (stdout))
    return;

  if (code != EPIPE)
    fare_print_message (_("The output cannot be written: %s."), g_strerror (code));

  /* Without stdio's own attempt to write the rest. */
  _exit (code == EPIPE ? EXIT_SUCCESS : EXIT_FAILURE);
}

void
fare_print (const char *format,
            ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  write_text (stdout, text);
  check_output ();
}

void
fare_print_styled (FareStyle   style,
                   const char *text)
{
  gboolean is_coloured = style != FARE_STYLE_PLAIN && text[0] != '\0' && is_colour_allowed ();

  if (is_coloured)
    fputs (styles[style], stdout);
  write_text (stdout, text);
  if (is_coloured)
    fputs ("\033[0m", stdout);

  check_output ();
}

void
fare_print_data (const char *data,
                 gssize      length)
{
  fwrite (data, 1, length < 0 ? strlen (data) : (size_t) length, stdout);
  check_output ();
}

void
fare_print_message (const char *format,
                    ...)
{
  g_autofree char *sentence = NULL;
  g_autofree char *clean = NULL;
  va_list arguments;

  va_start (arguments, format);
  sentence = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  clean = fare_print_clean (sentence);
  fputs ("tokenfare: ", stderr);
  write_text (stderr, clean);
  fputc ('\n', stderr);
}

void
fare_print_flush (void)
{
  fflush (stdout);
  check_output ();
}

int
fare_print_get_columns (void)
{
  struct winsize size = { 0 };
  const char *columns = g_getenv ("COLUMNS");
  guint64 asked = 0;

  if (!isatty (STDOUT_FILENO))
    return 0;

  if (columns != NULL && g_ascii_string_to_unsigned (columns, 10, 1, G_MAXINT16, &asked, NULL))
    return (int) asked;

  if (ioctl (STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    return size.ws_col;

  return COLUMNS_UNKNOWN;
}

gboolean
fare_print_can_show_status (void)
{
  return is_smart_terminal (STDERR_FILENO);
}

/* A text that reaches the next line could not be written over. */
void
fare_print_status (const char *text)
{
  struct winsize size = { 0 };
  int columns = ioctl (STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0
                  ? size.ws_col : COLUMNS_UNKNOWN;
  g_autofree char *shown = NULL;

  if (text != NULL)
    shown = g_strndup (text, fare_print_find_cut (text, columns - 1));

  fputs ("\r\033[K", stderr);
  if (shown != NULL)
    write_text (stderr, shown);
  fflush (stderr);
}

/* Besides the control characters proper: separators of lines, and marks that change the
 * direction in which the rest of the line is drawn. */
static gboolean
is_disruptive (gunichar c)
{
  return g_unichar_iscntrl (c) || c == 0x2028 || c == 0x2029 || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2066 && c <= 0x2069);
}

char *
fare_print_clean (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  GString *clean = g_string_sized_new (strlen (valid));

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      g_string_append_unichar (clean, is_disruptive (c) ? ' ' : c);
    }

  return g_string_free (clean, FALSE);
}

static int
measure (gunichar c)
{
  return g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 : 1;
}

int
fare_print_width (const char *text)
{
  int width = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    width += measure (g_utf8_get_char (p));

  return width;
}

gsize
fare_print_find_cut (const char *text,
                     int         width)
{
  const char *p = text;
  int used = 0;

  while (*p != '\0')
    {
      used += measure (g_utf8_get_char (p));
      if (used > width)
        break;
      p = g_utf8_next_char (p);
    }

  return p - text;
}
