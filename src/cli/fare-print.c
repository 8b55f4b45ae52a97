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
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define COLUMNS_UNKNOWN 80

/* Lines that continue another have at least so many cells; a narrower terminal gets its lines as they are. */
#define ROOM_MIN 20

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

static int
measure (gunichar c)
{
  return g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 : 1;
}

/* 0 when nothing need fit. */
static int
get_columns (int fd)
{
  struct winsize size = { 0 };
  const char *columns = g_getenv ("COLUMNS");
  guint64 asked = 0;

  if (!isatty (fd))
    return 0;

  if (columns != NULL && g_ascii_string_to_unsigned (columns, 10, 1, G_MAXINT16, &asked, NULL))
    return (int) asked;

  if (ioctl (fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    return size.ws_col;

  return COLUMNS_UNKNOWN;
}

/* Where the lines begin that continue @line: below the last thing that stands apart, or that an arrow or a
 * mark points to, else below the beginning. */
static int
find_hang (const char *line,
           int         columns)
{
  const char *start = line + strspn (line, " ");
  int begin = (int) (start - line), hang = begin, column = begin;
  gunichar first = g_utf8_get_char (start);

  if (begin > columns - ROOM_MIN)
    return 0;
  if (first > 0x7f && !g_unichar_isalnum (first) && *g_utf8_next_char (start) == ' ')
    hang = begin + measure (first) + 1;
  for (const char *p = start; *p != '\0' && *p != '\n'; p = g_utf8_next_char (p))
    {
      if (p > start + 1 && p[-1] == ' ' && p[-2] == ' ' && *p != ' ' && column <= columns / 2)
        hang = column;
      column += measure (g_utf8_get_char (p));
    }

  return hang <= columns - ROOM_MIN ? hang : begin;
}

/* Chinese stands without blanks, but no line begins with its marks. */
static gboolean
can_break_before (gunichar c)
{
  return g_unichar_iswide (c) && g_unichar_isalpha (c);
}

/* One line of @length bytes, broken at blanks.  A word that is too long stays whole, so that it can be copied. */
static void
append_wrapped (GString    *text,
                const char *line,
                gsize       length,
                int         columns)
{
  int hang = find_hang (line, columns), column = 0;
  const char *start = line, *stop = NULL; /* of the piece that is not written yet; where it may end */
  const char *first = line; /* no break at or before it: a label stays with what it is for */

  for (int i = 0; i < hang; first = g_utf8_next_char (first))
    i += measure (g_utf8_get_char (first));
  for (const char *p = line; p < line + length; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (p > first && (*p == ' ' || can_break_before (c)) && (column <= columns || stop == NULL))
        stop = p;
      column += measure (c);
      if (column <= columns || stop == NULL || (*p == ' ' && stop == p))
        continue;
      g_string_append_len (text, start, stop - start);
      g_string_append_printf (text, "\n%*s", hang, "");
      start = stop + strspn (stop, " ");
      p = start;
      first = start;
      stop = NULL;
      column = hang + measure (g_utf8_get_char (p));
    }
  g_string_append_len (text, start, line + length - start);
}

/* Returns: (nullable): @text with lines that fit; %NULL when they do */
static char *
wrap (const char *text,
      int         fd)
{
  GString *wrapped;
  int columns;

  if (strlen (text) <= ROOM_MIN || !g_utf8_validate (text, -1, NULL))
    return NULL;
  columns = get_columns (fd);
  if (columns < ROOM_MIN || fare_print_width (text) <= columns)
    return NULL;

  wrapped = g_string_new (NULL);
  for (const char *line = text;; )
    {
      gsize length = strcspn (line, "\n");
      g_autofree char *alone = g_strndup (line, length);

      if (fare_print_width (alone) <= columns)
        g_string_append (wrapped, alone);
      else
        append_wrapped (wrapped, alone, length, columns);
      if (line[length] == '\0')
        return g_string_free (wrapped, FALSE);
      g_string_append_c (wrapped, '\n');
      line += length + 1;
    }
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
  g_autofree char *wrapped = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  wrapped = wrap (text, STDOUT_FILENO);
  write_text (stdout, wrapped != NULL ? wrapped : text);
  check_output ();
}

void
fare_print_styled (FareStyle   style,
                   const char *text)
{
  g_autofree char *wrapped = wrap (text, STDOUT_FILENO);
  gboolean is_coloured = style != FARE_STYLE_PLAIN && text[0] != '\0' && is_colour_allowed ();

  if (is_coloured)
    fputs (styles[style], stdout);
  write_text (stdout, wrapped != NULL ? wrapped : text);
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
  g_autofree char *line = NULL;
  g_autofree char *wrapped = NULL;
  va_list arguments;

  va_start (arguments, format);
  sentence = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  clean = fare_print_clean (sentence);
  line = g_strconcat ("tokenfare: ", clean, NULL);
  wrapped = wrap (line, STDERR_FILENO);
  write_text (stderr, wrapped != NULL ? wrapped : line);
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
  return get_columns (STDOUT_FILENO);
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
