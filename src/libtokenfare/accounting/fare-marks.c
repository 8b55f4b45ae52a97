/* fare-marks.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "accounting/fare-marks.h"

#include <string.h>

typedef struct
{
  char  *key;
  guint  percent; /* all thresholds up to here are done with */
} Mark;

struct _FareMarks
{
  GArray *marks; /* of Mark, those looked at last behind the others */
  guint   most;
};

static void
clear_mark (gpointer data)
{
  g_free (((Mark *) data)->key);
}

gboolean
fare_marks_parse_number (const char *text,
                         gint64      least,
                         gint64      greatest,
                         gint64     *number)
{
  return g_ascii_string_to_signed (text, 10, least, greatest, number, NULL);
}

static void
add_line (FareMarks       *self,
          char            *line,
          FareMarkKeyFunc  is_key)
{
  char *blank = strrchr (line, ' ');
  gint64 percent;
  Mark mark;

  if (blank == NULL || !fare_marks_parse_number (blank + 1, 1, FARE_MARKS_FULL, &percent))
    return;

  *blank = '\0';
  if (!is_key (line))
    return;

  mark = (Mark) { g_strdup (line), (guint) percent };
  g_array_append_val (self->marks, mark);
}

FareMarks *
fare_marks_new (const char      *text,
                guint            most,
                FareMarkKeyFunc  is_key)
{
  FareMarks *self = g_new0 (FareMarks, 1);
  g_auto(GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", (int) most * 2);

  self->most = most;
  self->marks = g_array_new (FALSE, FALSE, sizeof (Mark));
  g_array_set_clear_func (self->marks, clear_mark);
  for (guint i = 0; lines[i] != NULL; i++)
    add_line (self, lines[i], is_key);

  return self;
}

void
fare_marks_free (FareMarks *self)
{
  g_array_unref (self->marks);
  g_free (self);
}

char *
fare_marks_to_text (FareMarks *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->marks->len; i++)
    {
      const Mark *mark = &g_array_index (self->marks, Mark, i);

      g_string_append_printf (text, "%s %u\n", mark->key, mark->percent);
    }

  return g_string_free (text, FALSE);
}

/* Takes the mark of the same thing out; one without thresholds where there is none. */
static Mark
take_mark (FareMarks        *self,
           const char       *key,
           FareMarkSameFunc  is_same)
{
  for (guint i = 0; i < self->marks->len; i++)
    {
      const Mark *other = &g_array_index (self->marks, Mark, i);

      if (is_same != NULL ? is_same (key, other->key) : g_str_equal (key, other->key))
        {
          Mark mark = { g_strdup (other->key), other->percent };

          g_array_remove_index (self->marks, i);
          return mark;
        }
    }

  return (Mark) { g_strdup (key), 0 };
}

gboolean
fare_marks_raise (FareMarks        *self,
                  const char       *key,
                  guint             percent,
                  FareMarkSameFunc  is_same)
{
  Mark mark = take_mark (self, key, is_same);
  gboolean is_news = percent > mark.percent;

  mark.percent = MAX (mark.percent, percent);
  if (mark.percent == 0)
    {
      clear_mark (&mark);
      return FALSE;
    }

  g_array_append_val (self->marks, mark);
  if (self->marks->len > self->most)
    g_array_remove_range (self->marks, 0, self->marks->len - self->most);

  return is_news;
}
