/* fare-table.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-table.h"

#include <string.h>

#define GAP 2          /* cells between two columns */
#define NARROWEST 16   /* a cut text keeps this many cells */
#define LAST_RESORT 6  /* and this many where there is no other room */

typedef struct
{
  char           *title;
  FareColumnKind  kind;
  guint           rank;
  int             width;     /* widest text so far */
  int             shown;     /* width on this screen */
  gboolean        is_hidden;
} Column;

typedef struct
{
  char      *text; /* NULL for a rule */
  FareStyle  style;
} Cell;

struct _FareTable
{
  GArray   *columns; /* Column */
  GArray   *cells;   /* Cell; a rule takes one cell */
  guint     filled;  /* cells of the row being filled */
  guint     n_rows;
  gboolean  has_heading;
};

static void
column_clear (gpointer data)
{
  Column *column = data;

  g_free (column->title);
}

static void
cell_clear (gpointer data)
{
  Cell *cell = data;

  g_free (cell->text);
}

FareTable *
fare_table_new (void)
{
  FareTable *self = g_new0 (FareTable, 1);

  self->columns = g_array_new (FALSE, TRUE, sizeof (Column));
  g_array_set_clear_func (self->columns, column_clear);
  self->cells = g_array_new (FALSE, TRUE, sizeof (Cell));
  g_array_set_clear_func (self->cells, cell_clear);
  return self;
}

void
fare_table_free (FareTable *self)
{
  g_array_unref (self->columns);
  g_array_unref (self->cells);
  g_free (self);
}

static Column *
get_column (FareTable *self,
            guint      i)
{
  return &g_array_index (self->columns, Column, i);
}

void
fare_table_add_column (FareTable      *self,
                       const char     *title,
                       FareColumnKind  kind,
                       guint           rank)
{
  Column column = { g_strdup (title), kind, rank, fare_print_width (title), 0, FALSE };

  g_return_if_fail (self->cells->len == 0 && !self->has_heading);

  g_array_append_val (self->columns, column);
}

void
fare_table_add_cell (FareTable  *self,
                     FareStyle   style,
                     const char *text)
{
  Cell cell = { fare_print_clean (text), style };
  Column *column;

  g_return_if_fail (self->columns->len > 0);

  column = get_column (self, self->filled);
  column->width = MAX (column->width, fare_print_width (cell.text));
  g_array_append_val (self->cells, cell);

  if (++self->filled == self->columns->len)
    {
      self->filled = 0;
      self->n_rows++;
    }
}

void
fare_table_take_cell (FareTable *self,
                      FareStyle  style,
                      char      *text)
{
  fare_table_add_cell (self, style, text);
  g_free (text);
}

void
fare_table_add_rule (FareTable *self)
{
  Cell rule = { NULL, FARE_STYLE_DIM };

  g_return_if_fail (self->filled == 0);

  g_array_append_val (self->cells, rule);
}

guint
fare_table_get_n_rows (FareTable *self)
{
  return self->n_rows;
}

static int
measure (FareTable *self)
{
  int total = -GAP;

  for (guint i = 0; i < self->columns->len; i++)
    if (!get_column (self, i)->is_hidden)
      total += get_column (self, i)->shown + GAP;

  return total;
}

static gboolean
can_cut (const Column *column,
         int           narrowest)
{
  return !column->is_hidden && column->shown > narrowest &&
         (column->kind == FARE_COLUMN_TEXT || column->kind == FARE_COLUMN_PATH);
}

/* The width the table would have with every text cut as far as it may be. */
static int
measure_narrowest (FareTable *self)
{
  int total = measure (self);

  for (guint i = 0; i < self->columns->len; i++)
    if (can_cut (get_column (self, i), NARROWEST))
      total -= get_column (self, i)->shown - NARROWEST;

  return total;
}

static gboolean
hide_one (FareTable *self)
{
  Column *least = NULL;

  for (guint i = 0; i < self->columns->len; i++)
    {
      Column *column = get_column (self, i);

      if (!column->is_hidden && column->rank > 0 &&
          (least == NULL || column->rank >= least->rank))
        least = column;
    }

  if (least == NULL)
    return FALSE;

  least->is_hidden = TRUE;
  return TRUE;
}

static gboolean
narrow_one (FareTable *self,
            int        narrowest)
{
  Column *widest = NULL;

  for (guint i = 0; i < self->columns->len; i++)
    {
      Column *column = get_column (self, i);

      if (can_cut (column, narrowest) && (widest == NULL || column->shown > widest->shown))
        widest = column;
    }

  if (widest == NULL)
    return FALSE;

  widest->shown--;
  return TRUE;
}

static void
fit (FareTable *self,
     int        available)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      get_column (self, i)->shown = get_column (self, i)->width;
      get_column (self, i)->is_hidden = FALSE;
    }

  if (available == 0)
    return;

  while (measure_narrowest (self) > available && hide_one (self))
    ;
  while (measure (self) > available && narrow_one (self, NARROWEST))
    ;
  while (measure (self) > available && narrow_one (self, LAST_RESORT))
    ;
}

/* The part of @text that fills the last @width cells or fewer. */
static const char *
find_tail (const char *text,
           int         width)
{
  const char *tail = text + strlen (text);

  while (tail > text)
    {
      const char *before = g_utf8_prev_char (tail);

      if (fare_print_width (before) > width)
        break;
      tail = before;
    }

  return tail;
}

/* One cell wide in every character set; the real sign becomes three dots where it is unknown. */
static const char *
get_ellipsis (void)
{
  return g_get_charset (NULL) ? "…" : "~";
}

static void
append_cut (GString      *line,
            const Column *column,
            const char   *text)
{
  gboolean in_middle = column->kind == FARE_COLUMN_PATH;
  int room = column->shown - 1;
  int tail_width = in_middle ? room * 2 / 3 : 0;
  const char *tail = find_tail (text, tail_width);

  g_string_append_len (line, text, fare_print_find_cut (text, room - fare_print_width (tail)));
  g_string_append (line, get_ellipsis ());
  g_string_append (line, tail);
}

static void
append_spaces (GString *line,
               int      n)
{
  for (int i = 0; i < n; i++)
    g_string_append_c (line, ' ');
}

static void
print_cell (FareTable    *self,
            const Column *column,
            FareStyle     style,
            const char   *text,
            gboolean      is_last)
{
  g_autoptr(GString) shown = g_string_new (NULL);
  g_autoptr(GString) padding = g_string_new (NULL);
  int width = fare_print_width (text);

  if (width > column->shown && column->kind != FARE_COLUMN_NUMBER)
    append_cut (shown, column, text);
  else
    g_string_append (shown, text);

  append_spaces (padding, column->shown - fare_print_width (shown->str));
  if (column->kind == FARE_COLUMN_NUMBER && !(is_last && width == 0))
    fare_print ("%s", padding->str);
  fare_print_styled (style, shown->str);
  if (is_last)
    return;
  if (column->kind != FARE_COLUMN_NUMBER)
    fare_print ("%s", padding->str);
  fare_print ("%*s", GAP, "");
}

static guint
find_last_column (FareTable *self)
{
  guint last = 0;

  for (guint i = 0; i < self->columns->len; i++)
    if (!get_column (self, i)->is_hidden)
      last = i;

  return last;
}

static void
print_heading (FareTable *self)
{
  guint last = find_last_column (self);

  for (guint i = 0; i < self->columns->len; i++)
    {
      Column *column = get_column (self, i);

      if (!column->is_hidden)
        print_cell (self, column, FARE_STYLE_DIM, column->title, i == last);
    }

  fare_print ("\n");
  self->has_heading = TRUE;
}

static void
print_rule (FareTable *self)
{
  g_autoptr(GString) line = g_string_new (NULL);

  for (int i = measure (self); i > 0; i--)
    g_string_append (line, "─");

  fare_print_styled (FARE_STYLE_DIM, line->str);
  fare_print ("\n");
}

static void
print_row (FareTable  *self,
           const Cell *cells)
{
  guint last = find_last_column (self);

  for (guint i = 0; i < self->columns->len; i++)
    if (!get_column (self, i)->is_hidden)
      print_cell (self, get_column (self, i), cells[i].style, cells[i].text, i == last);

  fare_print ("\n");
}

void
fare_table_print (FareTable *self)
{
  const Cell *cells = (const Cell *) (gpointer) self->cells->data;

  g_return_if_fail (self->filled == 0);

  fit (self, fare_print_get_columns ());
  if (!self->has_heading)
    print_heading (self);

  for (guint i = 0; i < self->cells->len;)
    {
      if (cells[i].text == NULL)
        {
          print_rule (self);
          i++;
        }
      else
        {
          print_row (self, &cells[i]);
          i += self->columns->len;
        }
    }

  g_array_set_size (self->cells, 0);
}
