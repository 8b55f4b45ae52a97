/* fare-breakdown-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "models/fare-gradual-list.h"
#include "pages/fare-breakdown-bar.h"
#include "pages/fare-breakdown-cells.h"
#include "pages/fare-breakdown-menu.h"
#include "pages/fare-breakdown-view.h"
#include "widgets/fare-pass-scroll.h"
#include "widgets/fare-quiet-label.h"
#include "widgets/fare-table-bin.h"
#include "widgets/fare-tree-keys.h"

/* Sums are asked for again at most this often while an agent works. */
#define SUMS_PAUSE_MS 1000

/* A list makes widgets for two hundred lines at most.  More lines than this scroll on their own, others
 * with the page. */
#define MANY_LINES 150
#define MAX_HEIGHT 600

struct _FareBreakdownView
{
  AdwBin                   parent_instance;

  GtkWidget               *bar;
  GtkDropDown             *face_drop;
  FareTableBin            *table_bin;
  GtkStack                *stack;
  GtkColumnView           *table;
  GtkListView             *lines;
  GtkLabel                *failed_label;
  GtkColumnViewColumn     *columns[FARE_BREAKDOWN_N_COLUMNS];

  FareBreakdownList       *list;
  GtkSingleSelection      *selection;
  FareBreakdownMenu       *menu;
  GSimpleActionGroup      *actions;
  FareBreakdownLook        look;
  const FareBreakdownData *data; /* (nullable): the query's, or the caller's */

  FarePreferences         *preferences;
  FareLiveQuery           *query;

  FareBreakdownColumn      column;
  gboolean                 is_descending;
  gulong                   sorter_id;
  gboolean                 is_narrow;
};

G_DEFINE_FINAL_TYPE (FareBreakdownView, fare_breakdown_view, ADW_TYPE_BIN)

static void
fare_breakdown_view_dispose (GObject *object)
{
  FareBreakdownView *self = FARE_BREAKDOWN_VIEW (object);

  if (self->sorter_id != 0)
    g_clear_signal_handler (&self->sorter_id, gtk_column_view_get_sorter (self->table));
  if (self->menu != NULL)
    fare_breakdown_menu_detach (self->menu);
  if (self->selection != NULL)
    {
      gtk_column_view_set_model (self->table, NULL);
      gtk_list_view_set_model (self->lines, NULL);
    }

  g_clear_object (&self->menu);
  g_clear_object (&self->actions);
  g_clear_object (&self->query);
  g_clear_object (&self->preferences);
  g_clear_object (&self->selection);
  g_clear_object (&self->list);
  g_clear_object (&self->bar);

  G_OBJECT_CLASS (fare_breakdown_view_parent_class)->dispose (object);
}

static void
fare_breakdown_view_finalize (GObject *object)
{
  FareBreakdownView *self = FARE_BREAKDOWN_VIEW (object);

  fare_breakdown_look_clear (&self->look);

  G_OBJECT_CLASS (fare_breakdown_view_parent_class)->finalize (object);
}

static void
fare_breakdown_view_class_init (FareBreakdownViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = fare_breakdown_view_dispose;
  object_class->finalize = fare_breakdown_view_finalize;
}

/* The line that somebody chose stays where it is. */
static void
pin_selected (FareBreakdownView *self)
{
  GtkTreeListRow *row = gtk_single_selection_get_selected_item (self->selection);
  g_autoptr(FareBreakdownItem) item = row != NULL ? gtk_tree_list_row_get_item (row) : NULL;

  fare_breakdown_list_pin (self->list, item);
}

/* What the table's sorter makes of a column: 0 when it does not look at it. */
static int
ask_sorter (GtkSorter           *sorter,
            FareBreakdownColumn  column)
{
  g_autoptr(GtkStringObject) one = gtk_string_object_new (fare_breakdown_column_get_name (column));
  g_autoptr(GtkStringObject) none = gtk_string_object_new ("");

  return gtk_sorter_compare (sorter, one, none);
}

/* The table's sorter keeps no other column, so that the next one clicked can be told. */
static void
sort_by (FareBreakdownView   *self,
         FareBreakdownColumn  column,
         gboolean             is_descending)
{
  GtkSorter *sorter = gtk_column_view_get_sorter (self->table);
  const char *state = fare_breakdown_column_get_name (column);

  self->column = column;
  self->is_descending = is_descending;
  g_signal_handler_block (sorter, self->sorter_id);
  gtk_column_view_sort_by_column (self->table, NULL, GTK_SORT_ASCENDING);
  gtk_column_view_sort_by_column (self->table, self->columns[column],
                                  is_descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
  g_signal_handler_unblock (sorter, self->sorter_id);
  g_action_group_change_action_state (G_ACTION_GROUP (self->actions), "sort",
                                      g_variant_new_string (state));
  pin_selected (self);
  fare_breakdown_list_set_sort (self->list, column, is_descending);
}

/* Names begin with A. */
static gboolean
begins_with_largest (FareBreakdownColumn column)
{
  return column != FARE_BREAKDOWN_NAME;
}

static void
sorter_changed_cb (FareBreakdownView *self)
{
  GtkSorter *sorter = gtk_column_view_get_sorter (self->table);
  FareBreakdownColumn column = self->column;

  for (guint i = 0; i < FARE_BREAKDOWN_N_COLUMNS; i++)
    if (i != self->column && ask_sorter (sorter, i) != 0)
      column = i;

  sort_by (self, column, column != self->column ? begins_with_largest (column)
                                                : ask_sorter (sorter, column) < 0);
}

/* Chosen from the menu, as headings cannot be reached with the keyboard, and lines have none. */
static void
sort_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  FareBreakdownView *self = user_data;
  const char *name = g_variant_get_string (parameter, NULL);

  for (guint i = 0; i < FARE_BREAKDOWN_N_COLUMNS; i++)
    if (g_str_equal (name, fare_breakdown_column_get_name (i)))
      {
        sort_by (self, i, i == self->column ? !self->is_descending : begins_with_largest (i));
        return;
      }
}

static void
copy_table_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  FareBreakdownView *self = user_data;
  g_autoptr(GPtrArray) lines = fare_breakdown_list_get_lines (self->list);
  g_autoptr(GString) text = g_string_new (fare_breakdown_text_csv_head ());

  if (self->data == NULL)
    return;

  for (guint i = 0; i < lines->len; i++)
    {
      g_autofree char *line = fare_breakdown_text_csv (lines->pdata[i]);

      g_string_append_printf (text, "\n%s", line);
    }

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text->str);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", _("Table copied"));
}

/* A tool's sessions, or those of a model in it. */
static void
show_sessions (FareBreakdownView *self,
               FareBreakdownItem *item)
{
  const char *client = fare_breakdown_item_get_client (item);
  const char *model = fare_breakdown_item_get_model (item);

  if (client == NULL && model == NULL)
    return;

  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-sessions", "(ss)",
                              client != NULL ? "client" : "model", client != NULL ? client : model);
  if (client != NULL && model != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.filter", "(ss)", "model", model);
}

static void
activate_cb (FareBreakdownView *self,
             guint              position)
{
  g_autoptr(GtkTreeListRow) row = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  g_autoptr(FareBreakdownItem) item = row != NULL ? gtk_tree_list_row_get_item (row) : NULL;

  if (item != NULL)
    show_sessions (self, item);
}

static void
let_scroll (GtkWidget *scroller,
            gboolean   is_long)
{
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_AUTOMATIC,
                                  is_long ? GTK_POLICY_AUTOMATIC : GTK_POLICY_NEVER);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller),
                                              is_long ? MAX_HEIGHT : -1);
  fare_pass_scroll_set (GTK_SCROLLED_WINDOW (scroller), !is_long);
}

static void
items_changed_cb (FareBreakdownView *self)
{
  gboolean is_long = g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > MANY_LINES;

  let_scroll (gtk_stack_get_child_by_name (self->stack, "table"), is_long);
  let_scroll (gtk_stack_get_child_by_name (self->stack, "lines"), is_long);
}

/* Only the face that is seen has lines; the other would make widgets for nobody. */
static void
show_width (FareBreakdownView *self)
{
  gboolean has_table = !self->is_narrow && fare_table_bin_get_fits (self->table_bin);
  gboolean has_failed = self->query != NULL && fare_live_query_get_error (self->query) != NULL;

  gtk_column_view_set_model (self->table,
                             has_table ? GTK_SELECTION_MODEL (self->selection) : NULL);
  gtk_list_view_set_model (self->lines,
                           has_table ? NULL : GTK_SELECTION_MODEL (self->selection));
  gtk_stack_set_visible_child_name (self->stack, has_failed ? "failed"
                                                 : has_table ? "table" : "lines");
}

void
fare_breakdown_view_show (FareBreakdownView       *self,
                          const FareBreakdownData *data)
{
  g_return_if_fail (FARE_IS_BREAKDOWN_VIEW (self));

  self->data = data;
  pin_selected (self);
  if (data != NULL)
    fare_breakdown_look_assign_slots (&self->look, data->tools);
  fare_breakdown_list_show (self->list, data);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_BUSY, data == NULL, -1);
}

static void
answer_changed_cb (FareBreakdownView *self)
{
  const GError *error = fare_live_query_get_error (self->query);

  if (error != NULL)
    fare_quiet_label_set (self->failed_label, error->message);

  fare_breakdown_view_show (self, fare_live_query_get_answer (self->query));
  show_width (self);
}

static void
face_selected_cb (FareBreakdownView *self)
{
  FareBreakdownFace face = gtk_drop_down_get_selected (self->face_drop);

  gtk_column_view_column_set_title (self->columns[FARE_BREAKDOWN_NAME],
                                    face == FARE_BREAKDOWN_BY_TOOL ? _("Tool") : _("Model"));
  fare_breakdown_list_set_face (self->list, face);
  if (self->data != NULL)
    fare_breakdown_view_show (self, self->data);
}

static void
hide_amounts_cb (FareBreakdownView *self)
{
  self->look.hide_amounts = fare_preferences_get_hide_amounts (self->preferences);
  fare_breakdown_list_touch (self->list);
}

static void
make_bar (FareBreakdownView *self)
{
  self->bar = g_object_ref_sink (fare_breakdown_bar_new (&self->face_drop));
  gtk_widget_insert_action_group (self->bar, "breakdown", G_ACTION_GROUP (self->actions));
  g_signal_connect_object (self->face_drop, "notify::selected",
                           G_CALLBACK (face_selected_cb), self, G_CONNECT_SWAPPED);
}

static GtkWidget *
add_scroller (FareBreakdownView *self,
              GtkWidget         *view,
              const char        *name)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_widget_add_css_class (view, "fare-breakdown");
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Tools and Models"), -1);
  g_signal_connect_object (view, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
  fare_breakdown_menu_add_view (self->menu, view);
  fare_tree_keys_add (view);
  let_scroll (scroller, FALSE);
  gtk_stack_add_named (self->stack, scroller, name);

  return scroller;
}

static void
make_table (FareBreakdownView *self)
{
  /* What can be left out, the least missed first; all of it is in the lines of a narrow window. */
  static const FareBreakdownColumn order[] = {
    FARE_BREAKDOWN_INPUT, FARE_BREAKDOWN_OUTPUT, FARE_BREAKDOWN_CACHE, FARE_BREAKDOWN_MESSAGES,
    FARE_BREAKDOWN_HIT, FARE_BREAKDOWN_TOKENS
  };
  GtkColumnViewColumn *optional[G_N_ELEMENTS (order)];

  self->table = GTK_COLUMN_VIEW (gtk_column_view_new (NULL));
  gtk_column_view_set_show_row_separators (self->table, TRUE);
  for (guint i = 0; i < FARE_BREAKDOWN_N_COLUMNS; i++)
    {
      g_autoptr(GtkColumnViewColumn) column = fare_breakdown_cells_new_column (i, &self->look);

      gtk_column_view_append_column (self->table, column);
      self->columns[i] = column;
    }

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    optional[i] = self->columns[order[i]];
  fare_table_bin_set_table (self->table_bin, self->table, optional, G_N_ELEMENTS (optional));
  fare_breakdown_cells_align_headings (self->table);
  self->sorter_id = g_signal_connect_swapped (gtk_column_view_get_sorter (self->table), "changed",
                                              G_CALLBACK (sorter_changed_cb), self);
}

static void
make_faces (FareBreakdownView *self)
{
  g_autoptr(GtkListItemFactory) lines = fare_breakdown_cells_new_lines (&self->look);

  self->table_bin = g_object_new (FARE_TYPE_TABLE_BIN, NULL);
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_hhomogeneous (self->stack, FALSE);
  gtk_stack_set_vhomogeneous (self->stack, FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self->table_bin), "card");
  gtk_widget_set_overflow (GTK_WIDGET (self->table_bin), GTK_OVERFLOW_HIDDEN);

  make_table (self);
  self->lines = GTK_LIST_VIEW (gtk_list_view_new (NULL, NULL));
  gtk_list_view_set_factory (self->lines, lines);
  gtk_list_view_set_show_separators (self->lines, TRUE);
  self->failed_label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->failed_label, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->failed_label), "fare-nothing");

  add_scroller (self, GTK_WIDGET (self->table), "table");
  add_scroller (self, GTK_WIDGET (self->lines), "lines");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->failed_label), "failed");
  adw_bin_set_child (ADW_BIN (self->table_bin), GTK_WIDGET (self->stack));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->table_bin));
  g_signal_connect_object (self->table_bin, "notify::fits", G_CALLBACK (show_width), self,
                           G_CONNECT_SWAPPED);
}

static void
fare_breakdown_view_init (FareBreakdownView *self)
{
  const GActionEntry entries[] = {
    { .name = "sort", .activate = sort_cb, .parameter_type = "s", .state = "'cost'" },
    { .name = "copy-table", .activate = copy_table_cb },
  };
  FareGradualList *gradual;

  self->list = fare_breakdown_list_new ();
  gradual = fare_gradual_list_new (G_LIST_MODEL (fare_breakdown_list_get_model (self->list)));
  self->selection = gtk_single_selection_new (NULL);
  /* Nobody chose the first line. */
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (gradual));
  g_object_unref (gradual);
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED);

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  self->menu = fare_breakdown_menu_new (GTK_WIDGET (self));
  g_signal_connect_object (self->menu, "show", G_CALLBACK (show_sessions), self, G_CONNECT_SWAPPED);
  make_faces (self);
  make_bar (self);
  face_selected_cb (self);
  sort_by (self, FARE_BREAKDOWN_COST, TRUE);
  show_width (self);
}

GtkWidget *
fare_breakdown_view_new (const FarePageContext *context)
{
  FareBreakdownView *self = g_object_new (FARE_TYPE_BREAKDOWN_VIEW, NULL);

  if (context == NULL)
    return GTK_WIDGET (self);

  self->preferences = g_object_ref (context->preferences);
  self->query = fare_live_query_new (context->meter, context->choice, TRUE, context->filter,
                                     fare_breakdown_data_load,
                                     (GDestroyNotify) fare_breakdown_data_free);
  fare_live_query_set_pause (self->query, SUMS_PAUSE_MS);
  g_signal_connect_object (self->query, "changed", G_CALLBACK (answer_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->preferences, "notify::hide-amounts",
                           G_CALLBACK (hide_amounts_cb), self, G_CONNECT_SWAPPED);
  hide_amounts_cb (self);

  return GTK_WIDGET (self);
}

GtkWidget *
fare_breakdown_view_get_bar (FareBreakdownView *self)
{
  g_return_val_if_fail (FARE_IS_BREAKDOWN_VIEW (self), NULL);

  return self->bar;
}

void
fare_breakdown_view_set_active (FareBreakdownView *self,
                                gboolean           is_active)
{
  g_return_if_fail (FARE_IS_BREAKDOWN_VIEW (self));

  if (self->query != NULL)
    fare_live_query_set_active (self->query, is_active);
}

void
fare_breakdown_view_set_narrow (FareBreakdownView *self,
                                gboolean           is_narrow)
{
  g_return_if_fail (FARE_IS_BREAKDOWN_VIEW (self));

  self->is_narrow = !!is_narrow;
  show_width (self);
}

FareBreakdownList *
fare_breakdown_view_get_list (FareBreakdownView *self)
{
  g_return_val_if_fail (FARE_IS_BREAKDOWN_VIEW (self), NULL);

  return self->list;
}
