/* fare-spoken-names.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "widgets/fare-spoken-names.h"

static void
set_name (GtkWidget  *widget,
          const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/* One underscore marks the letter after it, two are one. */
static char *
strip_mnemonic (const char *label)
{
  GString *plain = g_string_new (NULL);

  for (const char *c = label; *c != '\0'; c++)
    {
      if (*c == '_' && *++c == '\0')
        break;

      g_string_append_c (plain, *c);
    }

  return g_string_free (plain, FALSE);
}

static void
complete_button (GtkButton *button)
{
  const char *label = gtk_button_get_label (button);
  g_autofree char *plain = NULL;

  if (label == NULL || !gtk_button_get_use_underline (button))
    return;

  /* The label inside names it too, and both together would be read. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  plain = strip_mnemonic (label);
  set_name (GTK_WIDGET (button), plain);
}

static GtkWidget *
find_inside (GtkWidget  *widget,
             GType       type,
             const char *css_class)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type) &&
      (css_class == NULL || gtk_widget_has_css_class (widget, css_class)))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_inside (child, type, css_class);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
complete_info_bar (GtkWidget *bar)
{
  GtkWidget *button = find_inside (bar, GTK_TYPE_BUTTON, "close");

  if (button == NULL)
    return;

  set_name (button, _("Close"));
  gtk_widget_set_tooltip_text (button, _("Close"));
}

/* The four arrows over the days, in the order that they stand in. */
static void
complete_calendar (GtkWidget *calendar)
{
  const char * const names[] = {
    _("Previous Month"), _("Next Month"), _("Previous Year"), _("Next Year"), NULL
  };
  GtkWidget *header = gtk_widget_get_first_child (calendar);
  guint n_named = 0;

  for (GtkWidget *child = header != NULL ? gtk_widget_get_first_child (header) : NULL;
       child != NULL && names[n_named] != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (!GTK_IS_BUTTON (child))
        continue;

      set_name (child, names[n_named]);
      gtk_widget_set_tooltip_text (child, names[n_named]);
      n_named++;
    }
}

static void
selected_cb (GtkDropDown *drop_down)
{
  GtkWidget *button = find_inside (GTK_WIDGET (drop_down), GTK_TYPE_TOGGLE_BUTTON, NULL);
  gpointer item = gtk_drop_down_get_selected_item (drop_down);

  if (button != NULL && GTK_IS_STRING_OBJECT (item))
    gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                    gtk_string_object_get_string (item), -1);
}

/* The keyboard goes to the button inside, which then bears the drop-down's name. */
static void
complete_drop_down (GtkWidget *drop_down)
{
  GtkWidget *button = find_inside (drop_down, GTK_TYPE_TOGGLE_BUTTON, NULL);

  if (button == NULL)
    return;

  gtk_accessible_update_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  drop_down, NULL, -1);
  g_signal_handlers_disconnect_by_func (drop_down, selected_cb, NULL);
  g_signal_connect (drop_down, "notify::selected-item", G_CALLBACK (selected_cb), NULL);
  selected_cb (GTK_DROP_DOWN (drop_down));
}

void
fare_spoken_names_complete (GtkWidget *root)
{
  g_return_if_fail (GTK_IS_WIDGET (root));

  if (GTK_IS_BUTTON (root))
    complete_button (GTK_BUTTON (root));
  else if (GTK_IS_INFO_BAR (root))
    complete_info_bar (root);
  else if (GTK_IS_CALENDAR (root))
    complete_calendar (root);
  else if (GTK_IS_DROP_DOWN (root))
    complete_drop_down (root);

  for (GtkWidget *child = gtk_widget_get_first_child (root);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    fare_spoken_names_complete (child);
}

/* All that can be read inside, in the order that it stands in. */
static void
collect_text (GtkWidget *widget,
              GString   *text)
{
  if (GTK_IS_LABEL (widget) && *gtk_label_get_text (GTK_LABEL (widget)) != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "",
                            gtk_label_get_text (GTK_LABEL (widget)));

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (gtk_widget_get_child_visible (child) && gtk_widget_get_visible (child))
        collect_text (child, text);
    }
}

/* The next column that is shown, from @place on; hidden ones have no cells. */
static GtkColumnViewColumn *
take_column (GListModel *columns,
             guint      *place)
{
  GtkColumnViewColumn *column;

  while ((column = g_list_model_get_item (columns, (*place)++)) != NULL)
    {
      if (gtk_column_view_column_get_visible (column))
        return column;

      g_object_unref (column);
    }

  return NULL;
}

/* Each cell after the first one with the title of its column. */
static void
collect_cells (GtkWidget     *row,
               GtkColumnView *view,
               GString       *text)
{
  GListModel *columns = gtk_column_view_get_columns (view);
  guint place = 0;

  for (GtkWidget *cell = gtk_widget_get_first_child (row);
       cell != NULL;
       cell = gtk_widget_get_next_sibling (cell))
    {
      g_autoptr(GtkColumnViewColumn) column = take_column (columns, &place);
      g_autoptr(GString) value = g_string_new (NULL);

      collect_text (cell, value);

      if (column == NULL || value->len == 0)
        continue;

      if (text->len > 0)
        g_string_append (text, ", ");
      if (text->len > 0)
        /* Translators: a column’s heading and what stands there, for a screen reader, as in
         * “Cost: $3.20” */
        g_string_append_printf (text, C_("heading and value", "%s: %s"),
                                gtk_column_view_column_get_title (column), value->str);
      else
        g_string_append (text, value->str);
    }
}

static gboolean
is_list_row (GtkWidget *widget)
{
  GtkWidget *parent = gtk_widget_get_parent (widget);

  return parent != NULL && GTK_IS_LIST_BASE (parent);
}

/* The row that @widget is or, as an expander, stands for. */
static GtkWidget *
find_row (GtkWidget *widget)
{
  GtkWidget *row = widget;

  while (row != NULL && !is_list_row (row))
    row = gtk_widget_get_parent (row);

  return row != NULL ? row : widget;
}

void
fare_spoken_names_complete_row (GtkWidget *widget)
{
  GtkWidget *row, *view;
  g_autoptr(GString) text = g_string_new (NULL);

  g_return_if_fail (GTK_IS_WIDGET (widget));

  row = find_row (widget);
  view = gtk_widget_get_ancestor (row, GTK_TYPE_COLUMN_VIEW);

  if (view != NULL)
    collect_cells (row, GTK_COLUMN_VIEW (view), text);
  else
    collect_text (row, text);

  if (text->len > 0)
    set_name (widget, text->str);
}

/* Tables have more rows than anybody hears: one is named when the keyboard comes to it. */
static void
focus_cb (GtkWindow *window)
{
  GtkWidget *focus = gtk_window_get_focus (window);

  if (focus != NULL &&
      (is_list_row (focus) || GTK_IS_TREE_EXPANDER (focus) ||
       G_OBJECT_TYPE (focus) == GTK_TYPE_LIST_BOX_ROW))
    fare_spoken_names_complete_row (focus);
}

static gboolean
complete_cb (gpointer user_data)
{
  g_autoptr(GtkWidget) window = g_weak_ref_get (user_data);

  if (window != NULL)
    fare_spoken_names_complete (window);

  return G_SOURCE_REMOVE;
}

static void
free_weak (gpointer user_data)
{
  g_weak_ref_clear (user_data);
  g_free (user_data);
}

/* Nobody hears it before it is seen, and what is seen should not wait for it. */
static void
mapped_cb (GtkWidget *window)
{
  GWeakRef *weak = g_new0 (GWeakRef, 1);

  /* A window that is closed before that is not kept alive. */
  g_weak_ref_init (weak, window);
  g_idle_add_full (G_PRIORITY_LOW, complete_cb, weak, free_weak);
}

static void
windows_changed_cb (GListModel *windows,
                    guint       place,
                    guint       n_removed,
                    guint       n_added)
{
  for (guint i = place; i < place + n_added; i++)
    {
      g_autoptr(GtkWidget) window = g_list_model_get_item (windows, i);

      g_signal_connect (window, "map", G_CALLBACK (mapped_cb), NULL);
      g_signal_connect (window, "notify::focus-widget", G_CALLBACK (focus_cb), NULL);
    }
}

void
fare_spoken_names_follow (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  if (g_signal_handler_find (windows, G_SIGNAL_MATCH_FUNC, 0, 0, NULL, windows_changed_cb, NULL) != 0)
    return;

  g_signal_connect (windows, "items-changed", G_CALLBACK (windows_changed_cb), NULL);
  windows_changed_cb (windows, 0, 0, g_list_model_get_n_items (windows));
}
