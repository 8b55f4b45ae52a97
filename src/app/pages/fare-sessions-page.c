/* fare-sessions-page.c
 *
 * The sessions page: one table of all sessions, and the details of one of them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "base/fare-text.h"
#include "models/fare-gradual-list.h"
#include "pages/fare-sessions-cells.h"
#include "pages/fare-sessions-details.h"
#include "pages/fare-sessions-menu.h"
#include "pages/fare-sessions-page.h"
#include "pages/fare-sessions-sorter.h"
#include "pages/fare-sessions-why.h"
#include "widgets/fare-quiet-label.h"
#include "widgets/fare-slow-spinner.h"
#include "widgets/fare-table-bin.h"

/* Sums and times are asked for again at most this often while an agent works. */
#define SUMS_PAUSE_MS  1000
#define TIMES_PAUSE_MS 10000

struct _FareSessionsPage
{
  AdwBin               parent_instance;

  AdwLeaflet          *leaflet;
  GtkDropDown         *group_drop_down;
  GtkWidget           *reviews_check;
  GtkLabel            *hidden_label;
  GtkStack            *stack;
  GtkColumnView       *table;
  GtkListView         *lines;
  AdwStatusPage       *nothing_page;
  GtkButton           *nothing_button;
  AdwStatusPage       *failed_page;
  GtkLabel            *total_label;
  GMenuModel          *row_menu;
  FareSessionsDetails *details;

  FareTableBin        *table_bin;
  GtkColumnViewColumn *columns[FARE_SESSION_N_COLUMNS];
  FareSessionsLook     look;
  FareSessionsMenu    *menu;
  FareSessionsSorter  *sorter;
  FareSessionList     *list;
  GtkSingleSelection  *selection;

  FareMeter           *meter;
  FareRangeChoice     *choice;
  FareFilter          *filter;
  FarePreferences     *preferences;
  FareLiveQuery       *query;
  FareLiveQuery       *times_query;

  FareWidth            width;
  gboolean             is_active;
  FareDay              last_day;
  char                *search;
};

static void page_iface_init (FarePageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FareSessionsPage, fare_sessions_page, ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (FARE_TYPE_PAGE, page_iface_init))

static gboolean
is_narrow (FareSessionsPage *self)
{
  return self->width == FARE_WIDTH_NARROW || !fare_table_bin_get_fits (self->table_bin);
}

static void
set_state (FareSessionsPage *self,
           const char       *state)
{
  gboolean has_lines = g_str_equal (state, "lines") || g_str_equal (state, "table");

  gtk_widget_set_visible (GTK_WIDGET (self->total_label), has_lines);

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), state) != 0)
    gtk_stack_set_visible_child_name (self->stack, state);

  gtk_accessible_update_state (GTK_ACCESSIBLE (self->stack), GTK_ACCESSIBLE_STATE_BUSY,
                               g_str_equal (state, "blank"), -1);
}

/* Figures of other days must not stay for a single frame.  The lines stay where nobody sees them: most
 * are wanted again, and making them anew costs more than the answer. */
static void
blank (FareSessionsPage *self)
{
  set_state (self, "blank");
  fare_quiet_label_set (self->hidden_label, "");
  gtk_adjustment_set_value (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->table)), 0.0);
  gtk_adjustment_set_value (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->lines)), 0.0);
}

static void
show_nothing (FareSessionsPage      *self,
              const FareSessionData *data)
{
  g_autofree char *day = NULL;
  g_autofree char *button = NULL;
  gboolean has_none = data->is_empty && data->was_scanned;

  gtk_widget_set_visible (GTK_WIDGET (self->nothing_button), !data->is_empty);
  adw_status_page_set_title (self->nothing_page,
                             has_none ? _("No Sessions Found") : _("No Sessions on These Days"));
  adw_status_page_set_description (self->nothing_page,
                                   has_none ? _("Use one of your coding agents once, and what it costs "
                                                "appears here by itself.") : NULL);
  self->last_day = data->last_day;

  if (!data->is_empty)
    {
      day = fare_text_day (data->last_day, data->today);
      /* Translators: the placeholder is a day, as in “19 Nov” */
      button = g_strdup_printf (_("_Show %s"), day);
      gtk_button_set_label (self->nothing_button, button);
    }

  set_state (self, "nothing");
}

/* What stands around the lines, and which of the faces the page has. */
static void
show_surroundings (FareSessionsPage *self)
{
  const FareSessionData *data =
    self->query != NULL ? fare_live_query_get_answer (self->query) : NULL;
  const FareSessionTotal *total = fare_session_list_get_total (self->list);
  g_autofree char *sum = NULL;
  g_autofree char *hidden = NULL;

  if (data == NULL)
    return;

  sum = fare_sessions_text_total (&self->look, total);
  hidden = fare_sessions_text_hidden (&self->look, total);
  if (is_narrow (self) && hidden != NULL)
    {
      g_autofree char *both = g_strdup_printf ("%s\n%s", sum, hidden);

      fare_quiet_label_set (self->total_label, both);
    }
  else
    {
      fare_quiet_label_set (self->total_label, sum);
    }
  fare_quiet_label_set (self->hidden_label, hidden != NULL ? hidden : "");
  gtk_widget_set_visible (self->reviews_check,
                          total->n_hidden > 0 ||
                          gtk_check_button_get_active (GTK_CHECK_BUTTON (self->reviews_check)));

  if (total->n_sessions > 0)
    set_state (self, is_narrow (self) ? "lines" : "table");
  else if (data->rows->len > 0 || !fare_filter_is_empty (self->filter))
    set_state (self, "unmatched");
  else
    show_nothing (self, data);

  fare_page_emit_noted (FARE_PAGE (self));
}

static void
pin_selected (FareSessionsPage *self)
{
  GtkTreeListRow *row = gtk_single_selection_get_selected_item (self->selection);
  g_autoptr(FareSessionItem) item = row != NULL ? gtk_tree_list_row_get_item (row) : NULL;

  fare_session_list_pin (self->list, item);
}

static gboolean
shows_details (FareSessionsPage *self)
{
  return g_strcmp0 (adw_leaflet_get_visible_child_name (self->leaflet), "details") == 0;
}

/* What lies below the details asks nothing.  Times take much longer than sums, which wait for nobody: they
 * are asked for when the sums are there. */
static void
update_active (FareSessionsPage *self)
{
  gboolean has_details = shows_details (self);

  fare_live_query_set_active (self->query, self->is_active && !has_details);
  fare_live_query_set_active (self->times_query,
                              self->is_active && !has_details &&
                              fare_live_query_get_answer (self->query) != NULL);
}

static void
answer_changed_cb (FareSessionsPage *self)
{
  const GError *error = fare_live_query_get_error (self->query);
  const FareSessionData *data = fare_live_query_get_answer (self->query);

  update_active (self);

  if (error != NULL)
    {
      g_autofree char *escaped = g_markup_escape_text (error->message, -1);

      adw_status_page_set_description (self->failed_page, escaped);
      set_state (self, "failed");
      return;
    }

  if (data == NULL)
    {
      blank (self);
      return;
    }

  fare_sessions_look_assign_slots (&self->look, data->rows);
  if (fare_sessions_look_set_clock (&self->look, data->zone, data->today))
    fare_session_list_touch (self->list);

  pin_selected (self);
  fare_session_list_show (self->list, data);
}

/* Times of other days than the sums are no news. */
static void
times_changed_cb (FareSessionsPage *self)
{
  fare_session_list_set_times (self->list, fare_live_query_get_answer (self->times_query));
}

static void
hide_amounts_cb (FareSessionsPage *self)
{
  self->look.hide_amounts = fare_preferences_get_hide_amounts (self->preferences);
  fare_session_list_touch (self->list);
  show_surroundings (self);
}

static void
show_last_day_cb (FareSessionsPage *self)
{
  fare_range_choice_set_days (self->choice, (FareRange) { self->last_day, self->last_day + 1 });
}

static void
clear_cb (FareSessionsPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.clear-filter", NULL);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.clear-search", NULL);
}

static void
try_again_cb (FareSessionsPage *self)
{
  fare_live_query_ask (self->query);
}

static void
open_item (FareSessionsPage *self,
           FareSessionItem  *item)
{
  const FareSessionRow *row = fare_session_item_get_figures (item)->row;

  if (row != NULL)
    fare_sessions_page_show_session (self, row->client, row->uid);
}

/* A session shows its details; a group opens and closes. */
static void
activate_cb (FareSessionsPage *self,
             guint             position)
{
  g_autoptr(GtkTreeListRow) row = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  g_autoptr(FareSessionItem) item = row != NULL ? gtk_tree_list_row_get_item (row) : NULL;

  if (item == NULL)
    return;

  if (fare_session_item_get_kind (item) == FARE_SESSION_ITEM_GROUP)
    gtk_tree_list_row_set_expanded (row, !gtk_tree_list_row_get_expanded (row));
  else
    open_item (self, item);
}

static void
menu_clicked_cb (GtkWidget *button,
                 gpointer   user_data)
{
  fare_sessions_menu_popup (FARE_SESSIONS_PAGE (user_data)->menu, button);
}

static void
sort_cb (FareSessionColumn column,
         gboolean          is_descending,
         gpointer          user_data)
{
  FareSessionsPage *self = user_data;

  pin_selected (self);
  fare_session_list_set_sort (self->list, column, is_descending);
}

static void
group_changed_cb (FareSessionsPage *self)
{
  guint group = gtk_drop_down_get_selected (self->group_drop_down);
  GSettings *settings = fare_preferences_get_settings (self->preferences);

  if ((guint) g_settings_get_enum (settings, "sessions-group") != group)
    g_settings_set_enum (settings, "sessions-group", (int) group);

  fare_session_list_set_group (self->list, group);
}

static void
group_setting_cb (FareSessionsPage *self)
{
  GSettings *settings = fare_preferences_get_settings (self->preferences);

  gtk_drop_down_set_selected (self->group_drop_down,
                              (guint) g_settings_get_enum (settings, "sessions-group"));
}

static void
reviews_changed_cb (FareSessionsPage *self)
{
  fare_session_list_set_reviews (self->list,
                                 gtk_check_button_get_active (GTK_CHECK_BUTTON (self->reviews_check)));
}

static void
connect_settings (FareSessionsPage *self)
{
  GSettings *settings = fare_preferences_get_settings (self->preferences);

  self->sorter = fare_sessions_sorter_new (self->table, self->columns, settings, sort_cb, self);
  group_setting_cb (self);
  group_changed_cb (self);
  g_signal_connect_object (settings, "changed::sessions-group",
                           G_CALLBACK (group_setting_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->group_drop_down, "notify::selected",
                           G_CALLBACK (group_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->reviews_check, "notify::active",
                           G_CALLBACK (reviews_changed_cb), self, G_CONNECT_SWAPPED);
  g_settings_bind (settings, "show-review-sessions", self->reviews_check, "active",
                   G_SETTINGS_BIND_DEFAULT);
  g_signal_connect_object (self->preferences, "notify::hide-amounts",
                           G_CALLBACK (hide_amounts_cb), self, G_CONNECT_SWAPPED);
  self->look.hide_amounts = fare_preferences_get_hide_amounts (self->preferences);
}

/* Only the view that is seen has lines; the other would make widgets for nobody. */
static FareLiveQuery *
fare_sessions_page_get_main_query (FarePage *page)
{
  return FARE_SESSIONS_PAGE (page)->query;
}

static void
fare_sessions_page_set_width (FarePage  *page,
                              FareWidth  width)
{
  FareSessionsPage *self = FARE_SESSIONS_PAGE (page);
  gboolean has_table;

  self->width = width;
  has_table = !is_narrow (self);
  fare_sessions_details_set_width (self->details, width);

  gtk_column_view_set_model (self->table,
                             has_table ? GTK_SELECTION_MODEL (self->selection) : NULL);
  gtk_list_view_set_model (self->lines,
                           has_table ? NULL : GTK_SELECTION_MODEL (self->selection));
  gtk_widget_set_visible (GTK_WIDGET (self->hidden_label), has_table);
  show_surroundings (self);
}

static void
fits_cb (FareSessionsPage *self)
{
  fare_sessions_page_set_width (FARE_PAGE (self), self->width);
}

static void
visible_child_cb (FareSessionsPage *self)
{
  if (self->query == NULL)
    return;

  update_active (self);
  fare_sessions_details_set_active (self->details, self->is_active && shows_details (self));
}

/* The number in the line: of the days and models chosen, with the helpers below it. */
static void
why_cb (FareSessionsPage *self,
        FareSessionItem  *item)
{
  const FareSessionData *data = fare_live_query_get_answer (self->query);
  const FareSessionRow *row = fare_session_item_get_figures (item)->row;
  GListModel *children = G_LIST_MODEL (fare_session_item_get_children (item));
  g_autoptr(GPtrArray) uids = g_ptr_array_new ();
  gint64 from_ms, to_ms;

  if (data == NULL || row == NULL)
    return;

  g_ptr_array_add (uids, row->uid);
  for (guint i = 0; children != NULL && i < g_list_model_get_n_items (children); i++)
    {
      g_autoptr(FareSessionItem) child = g_list_model_get_item (children, i);

      g_ptr_array_add (uids, fare_session_item_get_figures (child)->row->uid);
    }
  g_ptr_array_add (uids, NULL);
  fare_range_to_span (data->range, data->zone, &from_ms, &to_ms);
  fare_sessions_why_open (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->meter,
                          row->title, row->client, (const char * const *) uids->pdata,
                          from_ms, to_ms, fare_filter_get (self->filter, FARE_FILTER_MODEL),
                          fare_filter_get (self->filter, FARE_FILTER_MACHINE),
                          self->look.hide_amounts);
}

/* The number of the details: of the session alone, of all time. */
static void
details_why_cb (FareSessionsPage     *self,
                const FareSessionRow *row)
{
  const char * const uids[] = { row->uid, NULL };

  fare_sessions_why_open (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->meter,
                          row->title, row->client, uids, G_MININT64, G_MAXINT64, NULL, NULL,
                          self->look.hide_amounts);
}

static void
back_cb (FareSessionsPage *self)
{
  fare_page_go_back (FARE_PAGE (self));
}

static void
fare_sessions_page_connect (FarePage              *page,
                            const FarePageContext *context)
{
  FareSessionsPage *self = FARE_SESSIONS_PAGE (page);

  self->meter = g_object_ref (context->meter);
  self->choice = g_object_ref (context->choice);
  self->filter = g_object_ref (context->filter);
  self->preferences = g_object_ref (context->preferences);
  self->query = fare_live_query_new (context->meter, context->choice, TRUE, context->filter,
                                     fare_session_data_load,
                                     (GDestroyNotify) fare_session_data_free);
  self->times_query = fare_live_query_new (context->meter, context->choice, TRUE, context->filter,
                                           fare_session_times_load,
                                           (GDestroyNotify) g_hash_table_unref);
  fare_live_query_set_pause (self->query, SUMS_PAUSE_MS);
  fare_live_query_set_pause (self->times_query, TIMES_PAUSE_MS);
  g_signal_connect_object (self->query, "changed",
                           G_CALLBACK (answer_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->times_query, "changed",
                           G_CALLBACK (times_changed_cb), self, G_CONNECT_SWAPPED);
  fare_sessions_details_connect (self->details, context);
  connect_settings (self);
  fare_sessions_page_set_width (page, self->width);
}

static void
fare_sessions_page_set_active (FarePage *page,
                               gboolean  is_active)
{
  FareSessionsPage *self = FARE_SESSIONS_PAGE (page);

  self->is_active = is_active;
  visible_child_cb (self);
}

static void
fare_sessions_page_set_search (FarePage   *page,
                               const char *text)
{
  FareSessionsPage *self = FARE_SESSIONS_PAGE (page);

  if (g_strcmp0 (self->search, text) == 0)
    return;

  g_free (self->search);
  self->search = g_strdup (text);
  fare_session_list_set_search (self->list, text);
}

static char *
fare_sessions_page_dup_search_note (FarePage *page)
{
  FareSessionsPage *self = FARE_SESSIONS_PAGE (page);

  if (self->query == NULL || fare_live_query_get_answer (self->query) == NULL)
    return NULL;

  return fare_sessions_text_count (fare_session_list_get_total (self->list)->n_sessions);
}

static gboolean
fare_sessions_page_go_back (FarePage *page)
{
  FareSessionsPage *self = FARE_SESSIONS_PAGE (page);

  if (!shows_details (self))
    return FALSE;

  adw_leaflet_set_visible_child_name (self->leaflet, "list");
  gtk_widget_grab_focus (is_narrow (self) ? GTK_WIDGET (self->lines) : GTK_WIDGET (self->table));

  return TRUE;
}

static void
page_iface_init (FarePageInterface *iface)
{
  iface->features = FARE_PAGE_HAS_RANGE | FARE_PAGE_HAS_FILTER | FARE_PAGE_HAS_SEARCH;
  iface->connect = fare_sessions_page_connect;
  iface->set_active = fare_sessions_page_set_active;
  iface->set_width = fare_sessions_page_set_width;
  iface->get_query = fare_sessions_page_get_main_query;
  iface->set_search = fare_sessions_page_set_search;
  iface->dup_search_note = fare_sessions_page_dup_search_note;
  iface->go_back = fare_sessions_page_go_back;
}

static void
fare_sessions_page_dispose (GObject *object)
{
  FareSessionsPage *self = FARE_SESSIONS_PAGE (object);


  g_clear_pointer (&self->sorter, fare_sessions_sorter_free);
  if (self->menu != NULL)
    fare_sessions_menu_detach (self->menu);

  if (self->table != NULL)
    gtk_column_view_set_model (self->table, NULL);
  if (self->lines != NULL)
    gtk_list_view_set_model (self->lines, NULL);

  g_clear_object (&self->menu);
  g_clear_object (&self->query);
  g_clear_object (&self->times_query);
  g_clear_object (&self->selection);
  g_clear_object (&self->list);
  g_clear_object (&self->meter);
  g_clear_object (&self->choice);
  g_clear_object (&self->filter);
  g_clear_object (&self->preferences);
  /* The template would let go of the bin's child without telling the bin. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), FARE_TYPE_SESSIONS_PAGE);

  G_OBJECT_CLASS (fare_sessions_page_parent_class)->dispose (object);
}

static void
fare_sessions_page_finalize (GObject *object)
{
  FareSessionsPage *self = FARE_SESSIONS_PAGE (object);

  fare_sessions_look_clear (&self->look);
  g_free (self->search);

  G_OBJECT_CLASS (fare_sessions_page_parent_class)->finalize (object);
}

static void
fare_sessions_page_class_init (FareSessionsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = fare_sessions_page_dispose;
  object_class->finalize = fare_sessions_page_finalize;

  g_type_ensure (FARE_TYPE_SESSIONS_DETAILS);
  g_type_ensure (FARE_TYPE_SLOW_SPINNER);
  g_type_ensure (FARE_TYPE_TABLE_BIN);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/tokenfare/Tokenfare/fare-sessions-page.ui");
  gtk_widget_class_bind_template_child (widget_class, FareSessionsPage, leaflet);
  gtk_widget_class_bind_template_child (widget_class, FareSessionsPage, group_drop_down);
  gtk_widget_class_bind_template_child (widget_class, FareSessionsPage, reviews_check);
  gtk_widget_class_bind_template_child (widget_class, FareSessionsPage, hidden_label);
  gtk_widget_class_bind_template_child (widget_class, FareSessionsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, FareSessionsPage, table_bin);
  gtk_widget_class_bind_template_child (widget_class, FareSessionsPage, table);
  gtk_widget_class_bind_template_child (widget_class, FareSessionsPage, lines);
  gtk_widget_class_bind_template_child (widget_class, FareSessionsPage, nothing_page);
  gtk_widget_class_bind_template_child (widget_class, FareSessionsPage, nothing_button);
  gtk_widget_class_bind_template_child (widget_class, FareSessionsPage, failed_page);
  gtk_widget_class_bind_template_child (widget_class, FareSessionsPage, total_label);
  gtk_widget_class_bind_template_child (widget_class, FareSessionsPage, row_menu);
  gtk_widget_class_bind_template_child (widget_class, FareSessionsPage, details);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, details_why_cb);
  gtk_widget_class_bind_template_callback (widget_class, visible_child_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_last_day_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_cb);
  gtk_widget_class_bind_template_callback (widget_class, try_again_cb);
}

static void
set_up_table (FareSessionsPage *self)
{
  g_autoptr(GtkColumnViewColumn) menu_column = NULL;
  g_autoptr(GtkListItemFactory) lines = fare_sessions_cells_new_lines (&self->look);
  /* What can be left out, the least missed first; all of it is among a session's details. */
  static const FareSessionColumn order[] = {
    FARE_SESSION_ACTIVE, FARE_SESSION_CACHE, FARE_SESSION_INPUT, FARE_SESSION_OUTPUT,
    FARE_SESSION_MODELS, FARE_SESSION_HIT, FARE_SESSION_CLIENT, FARE_SESSION_TOTAL
  };
  GtkColumnViewColumn *optional[G_N_ELEMENTS (order)];

  for (guint i = 0; i < FARE_SESSION_N_COLUMNS; i++)
    {
      g_autoptr(GtkColumnViewColumn) column = fare_sessions_cells_new_column (i, &self->look);

      gtk_column_view_append_column (self->table, column);
      self->columns[i] = column;
    }

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    optional[i] = self->columns[order[i]];
  fare_table_bin_set_table (self->table_bin, self->table, optional, G_N_ELEMENTS (optional));
  g_signal_connect_object (self->table_bin, "notify::fits",
                           G_CALLBACK (fits_cb), self, G_CONNECT_SWAPPED);

  menu_column = fare_sessions_cells_new_menu_column (menu_clicked_cb, self);
  gtk_column_view_append_column (self->table, menu_column);
  fare_sessions_cells_align_headings (self->table);
  gtk_list_view_set_factory (self->lines, lines);
}

static void
fare_sessions_page_init (FareSessionsPage *self)
{
  FareGradualList *lines;

  gtk_widget_init_template (GTK_WIDGET (self));

  self->list = fare_session_list_new ();
  lines = fare_gradual_list_new (G_LIST_MODEL (fare_session_list_get_model (self->list)));
  self->selection = gtk_single_selection_new (G_LIST_MODEL (lines));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  g_signal_connect_object (self->list, "changed",
                           G_CALLBACK (show_surroundings), self, G_CONNECT_SWAPPED);

  self->menu = fare_sessions_menu_new (GTK_WIDGET (self), self->row_menu);
  fare_sessions_menu_add_view (self->menu, GTK_WIDGET (self->table));
  fare_sessions_menu_add_view (self->menu, GTK_WIDGET (self->lines));
  g_signal_connect_object (self->menu, "open", G_CALLBACK (open_item), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->menu, "why", G_CALLBACK (why_cb), self, G_CONNECT_SWAPPED);
  set_up_table (self);
}

void
fare_sessions_page_show_session (FareSessionsPage *self,
                                 const char       *client,
                                 const char       *uid)
{
  g_return_if_fail (FARE_IS_SESSIONS_PAGE (self));
  g_return_if_fail (client != NULL && uid != NULL);

  fare_sessions_details_open (self->details, client, uid);
  adw_leaflet_set_visible_child_name (self->leaflet, "details");
}

FareSessionList *
fare_sessions_page_get_list (FareSessionsPage *self)
{
  g_return_val_if_fail (FARE_IS_SESSIONS_PAGE (self), NULL);

  return self->list;
}
