/* fare-sessions-sorter.c
 *
 * The order of the table of sessions.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "pages/fare-sessions-sorter.h"

#define KEY "sessions-sort"

struct _FareSessionsSorter
{
  GtkColumnView        *table;
  GtkColumnViewColumn  *columns[FARE_SESSION_N_COLUMNS];
  GSettings            *settings;
  FareSessionsSortFunc  func;
  gpointer              user_data;

  GtkSorter            *sorter;     /* the table's */
  gulong                changed_id;
  gulong                setting_id;
  FareSessionColumn     column;
  gboolean              is_descending;
};

/* The table's sorter keeps no other column, so that the next one clicked can be told. */
static void
sort_by (FareSessionsSorter *self,
         FareSessionColumn   column,
         gboolean            is_descending)
{
  self->column = column;
  self->is_descending = is_descending;
  g_signal_handler_block (self->sorter, self->changed_id);
  gtk_column_view_sort_by_column (self->table, NULL, GTK_SORT_ASCENDING);
  gtk_column_view_sort_by_column (self->table, self->columns[column],
                                  is_descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
  g_signal_handler_unblock (self->sorter, self->changed_id);
  self->func (column, is_descending, self->user_data);
}

/* What the table's sorter makes of a column: 0 when it does not look at it. */
static int
ask_sorter (GtkSorter         *sorter,
            FareSessionColumn  column)
{
  g_autoptr(GtkStringObject) one = gtk_string_object_new (fare_session_column_get_name (column));
  g_autoptr(GtkStringObject) none = gtk_string_object_new ("");

  return gtk_sorter_compare (sorter, one, none);
}

static void
changed_cb (FareSessionsSorter *self)
{
  FareSessionColumn column = self->column;
  g_autofree char *text = NULL;
  gboolean is_descending;

  for (guint i = 0; i < FARE_SESSION_N_COLUMNS; i++)
    if (i != self->column && ask_sorter (self->sorter, i) != 0)
      column = i;

  /* Another column begins with the largest or the newest, words with A. */
  is_descending = column != self->column ? column > FARE_SESSION_MODELS
                                         : ask_sorter (self->sorter, column) < 0;
  text = g_strdup_printf ("%s-%s", fare_session_column_get_name (column),
                          is_descending ? "desc" : "asc");
  sort_by (self, column, is_descending);
  g_settings_set_string (self->settings, KEY, text);
}

/* The order is also chosen elsewhere, and what is chosen holds. */
static void
follow_setting (FareSessionsSorter *self)
{
  g_autofree char *kept = g_settings_get_string (self->settings, KEY);
  FareSessionColumn column;
  gboolean is_descending;

  fare_session_sort_parse (kept, &column, &is_descending);
  if (column != self->column || is_descending != self->is_descending)
    sort_by (self, column, is_descending);
}

FareSessionsSorter *
fare_sessions_sorter_new (GtkColumnView               *table,
                          GtkColumnViewColumn * const *columns,
                          GSettings                   *settings,
                          FareSessionsSortFunc         func,
                          gpointer                     user_data)
{
  FareSessionsSorter *self = g_new0 (FareSessionsSorter, 1);

  self->table = table;
  for (guint i = 0; i < FARE_SESSION_N_COLUMNS; i++)
    self->columns[i] = columns[i];
  self->settings = g_object_ref (settings);
  self->func = func;
  self->user_data = user_data;
  self->sorter = g_object_ref (gtk_column_view_get_sorter (table));
  self->changed_id = g_signal_connect_swapped (self->sorter, "changed", G_CALLBACK (changed_cb), self);
  self->setting_id = g_signal_connect_swapped (settings, "changed::" KEY,
                                               G_CALLBACK (follow_setting), self);
  self->column = FARE_SESSION_N_COLUMNS; /* none yet */
  follow_setting (self);

  return self;
}

void
fare_sessions_sorter_free (FareSessionsSorter *self)
{
  g_signal_handler_disconnect (self->sorter, self->changed_id);
  g_signal_handler_disconnect (self->settings, self->setting_id);
  g_object_unref (self->sorter);
  g_object_unref (self->settings);
  g_free (self);
}
