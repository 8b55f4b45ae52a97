/* fare-overview-page.c
 *
 * The first page: what the chosen days cost, by tool and by model.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-first-frame.h"
#include "models/fare-year-data.h"
#include "pages/fare-model-popover.h"
#include "pages/fare-overview-page-private.h"
#include "pages/fare-overview-text.h"
#include "widgets/fare-card-grid.h"

/* While agents work there is news all the time.  Sums follow within two seconds of the log; what looks
 * back over a year or at every response may take a breath. */
#define SUMS_PAUSE_MS 1000
#define YEAR_PAUSE_MS 5000
#define WORK_PAUSE_MS 15000

static void page_iface_init (FarePageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FareOverviewPage, fare_overview_page, ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (FARE_TYPE_PAGE, page_iface_init))

static void
show_reading (FareOverviewPage *self)
{
  FareProgress progress = { 0 };
  gboolean is_reading = self->meter != NULL && fare_meter_get_progress (self->meter, &progress);

  gtk_widget_set_visible (GTK_WIDGET (self->reading_box), is_reading && progress.is_first);
  fare_reading_box_show (self->reading_box, &progress);
  fare_reading_box_show (self->first_reading_box, &progress);
}

static void
show_places (FareOverviewPage *self)
{
  g_auto(GStrv) roots = self->meter != NULL ? fare_meter_dup_roots (self->meter) : NULL;

  if (roots != NULL)
    fare_places_row_show (self->places_row, (const char * const *) roots);
}

static void
set_state (FareOverviewPage *self,
           const char       *state)
{
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), state) == 0)
    return;

  if (g_str_equal (state, "nobody"))
    show_places (self);

  gtk_stack_set_visible_child_name (self->stack, state);
}

static void
show_state (FareOverviewPage       *self,
            const FareOverviewData *data)
{
  FareProgress progress;

  show_reading (self);

  if (data == NULL)
    {
      /* Nothing is known yet; only an error is no longer true. */
      if (g_str_equal (fare_overview_page_get_state (self), "failed"))
        set_state (self, "figures");
    }
  else if (!data->is_empty)
    set_state (self, "figures");
  else if (data->last_scan_ms == 0 ||
           (self->meter != NULL && fare_meter_get_progress (self->meter, &progress) &&
            progress.is_first))
    set_state (self, "reading");
  else
    set_state (self, "nobody");
}

static void
answer_changed_cb (FareOverviewPage *self)
{
  const GError *error = fare_live_query_get_error (self->query);

  if (error != NULL)
    {
      /* Status pages read markup, and a path may look like some. */
      g_autofree char *escaped = g_markup_escape_text (error->message, -1);

      adw_status_page_set_description (self->failed_page, escaped);
      set_state (self, "failed");
      return;
    }

  fare_overview_page_show (self, fare_live_query_get_answer (self->query));

  if (fare_live_query_get_answer (self->query) != NULL)
    fare_first_frame_announce (GTK_WIDGET (self));
}

static void
habits_changed_cb (FareOverviewPage *self)
{
  fare_overview_page_show_habits (self, fare_live_query_get_answer (self->query));
}

static void
scanning_cb (FareOverviewPage *self)
{
  FareProgress progress;
  gboolean is_scanning = fare_meter_get_progress (self->meter, &progress);
  const FareOverviewData *data = fare_live_query_get_answer (self->query);
  gboolean was_first = self->is_first_scan || data == NULL || data->last_scan_ms == 0;

  show_reading (self);

  /* With the first logs read everything is new, or it is clear that there is nothing; that scan may
   * have begun before the page was there. */
  if (!is_scanning && was_first)
    {
      fare_live_query_ask (self->query);
      fare_live_query_ask (self->year_query);
      fare_live_query_ask (self->work_query);
      fare_limits_section_ask (self->limits_section);
    }

  self->is_first_scan = is_scanning && progress.is_first;
}

static void
hide_amounts_cb (FareOverviewPage *self)
{
  const FareOverviewData *data = fare_live_query_get_answer (self->query);

  if (data != NULL)
    fare_overview_page_show (self, data);
}

/* To where some use is to be seen. */
static void
leave_nothing_cb (FareOverviewPage *self)
{
  if (self->is_filtered)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.clear-filter", NULL);
  else
    fare_range_choice_set_days (self->choice, (FareRange) { self->last_day, self->last_day + 1 });
}

static void
unusual_cb (FareOverviewPage *self)
{
  FareRange range = fare_range_choice_get_range (self->choice);
  g_autofree char *day = fare_day_to_string (range.first);

  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-day", "s", day);
}

static void
narrowed_cb (FareOverviewPage *self,
             int               first,
             int               end)
{
  fare_range_choice_set_days (self->choice, (FareRange) { first, end });
}

static void
tool_activated_cb (FareOverviewPage *self,
                   const char       *key)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-sessions", "(ss)", "client", key);
}

static void
model_activated_cb (FareOverviewPage *self,
                    const char       *key,
                    GtkWidget        *row)
{
  const FareOverviewData *data = fare_live_query_get_answer (self->query);
  FareOverviewText text = { data, fare_preferences_get_hide_amounts (self->preferences) };

  for (guint i = 0; data != NULL && i < data->models->len; i++)
    {
      const FareShare *share = g_ptr_array_index (data->models, i);

      if (g_str_equal (share->key, key))
        {
          g_autoptr(FarePriceBook) prices = fare_meter_ref_prices (self->meter);
          g_autofree char *cost = fare_overview_text_money (&text, &share->sums);

          fare_model_popover_open (row, share, prices, g_get_real_time () / 1000, cost);
          return;
        }
    }
}

static void
try_again_cb (FareOverviewPage *self)
{
  fare_live_query_ask (self->query);
}

static void
fare_overview_page_dispose (GObject *object)
{
  FareOverviewPage *self = FARE_OVERVIEW_PAGE (object);

  g_clear_handle_id (&self->slow_id, g_source_remove);
  g_clear_object (&self->query);
  g_clear_object (&self->year_query);
  g_clear_object (&self->work_query);
  g_clear_object (&self->meter);
  g_clear_object (&self->choice);
  g_clear_object (&self->filter);
  g_clear_object (&self->preferences);
  gtk_widget_dispose_template (GTK_WIDGET (self), FARE_TYPE_OVERVIEW_PAGE);

  G_OBJECT_CLASS (fare_overview_page_parent_class)->dispose (object);
}

static void
fare_overview_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (fare_overview_page_parent_class)->map (widget);
  FARE_OVERVIEW_PAGE (widget)->was_mapped = TRUE;
}

static FareLiveQuery *
new_query (const FarePageContext *context)
{
  FareLiveQuery *query = fare_live_query_new (context->meter, context->choice, TRUE,
                                              context->filter, fare_overview_data_load,
                                              (GDestroyNotify) fare_overview_data_free);

  fare_live_query_set_pause (query, SUMS_PAUSE_MS);

  return query;
}

FareLiveQuery *
fare_overview_page_ask (const FarePageContext *context)
{
  FareLiveQuery *query;

  g_return_val_if_fail (context != NULL, NULL);

  query = new_query (context);
  fare_live_query_set_active (query, TRUE);

  return query;
}

static void
fare_overview_page_connect (FarePage              *page,
                            const FarePageContext *context)
{
  FareOverviewPage *self = FARE_OVERVIEW_PAGE (page);

  self->meter = g_object_ref (context->meter);
  self->choice = g_object_ref (context->choice);
  self->filter = g_object_ref (context->filter);
  self->preferences = g_object_ref (context->preferences);
  self->query = context->first_query != NULL ? g_object_ref (context->first_query)
                                             : new_query (context);
  self->year_query = fare_live_query_new (context->meter, context->choice, FALSE, context->filter,
                                          fare_year_data_load,
                                          (GDestroyNotify) fare_year_data_free);
  self->work_query = fare_live_query_new (context->meter, context->choice, TRUE, context->filter,
                                          fare_work_data_load, g_free);
  fare_live_query_set_pause (self->year_query, YEAR_PAUSE_MS);
  fare_live_query_set_pause (self->work_query, WORK_PAUSE_MS);
  fare_spending_section_connect (self->spending_section, context->preferences);
  fare_limits_section_connect (self->limits_section, context);

  g_signal_connect_object (self->query, "changed",
                           G_CALLBACK (answer_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->year_query, "changed",
                           G_CALLBACK (habits_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->work_query, "changed",
                           G_CALLBACK (habits_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->limits_section, "changed",
                           G_CALLBACK (habits_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (context->meter, "scanning",
                           G_CALLBACK (scanning_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (context->preferences, "notify::hide-amounts",
                           G_CALLBACK (hide_amounts_cb), self, G_CONNECT_SWAPPED);
  fare_overview_page_show (self, NULL);
}

static void
fare_overview_page_set_active (FarePage *page,
                               gboolean  is_active)
{
  FareOverviewPage *self = FARE_OVERVIEW_PAGE (page);

  if (self->query == NULL)
    return;

  self->is_active = !!is_active;
  fare_live_query_set_active (self->query, is_active);
  fare_live_query_set_active (self->year_query, is_active);
  fare_live_query_set_active (self->work_query, is_active);
  fare_limits_section_set_active (self->limits_section, is_active);
  fare_overview_page_show_faces (self);
}

static FareLiveQuery *
fare_overview_page_get_main_query (FarePage *page)
{
  return FARE_OVERVIEW_PAGE (page)->query;
}

static void
fare_overview_page_set_width (FarePage  *page,
                              FareWidth  width)
{
  FareOverviewPage *self = FARE_OVERVIEW_PAGE (page);
  gboolean is_narrow = width == FARE_WIDTH_NARROW;

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->tools_box),
                                  is_narrow ? GTK_ORIENTATION_VERTICAL
                                            : GTK_ORIENTATION_HORIZONTAL);

  fare_year_strip_set_narrow (self->year_strip, is_narrow);
  self->is_narrow = is_narrow;
  if (self->breakdown != NULL)
    fare_breakdown_view_set_narrow (self->breakdown, is_narrow);

  if (is_narrow)
    gtk_widget_add_css_class (GTK_WIDGET (self), "narrow");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "narrow");
}

static void
page_iface_init (FarePageInterface *iface)
{
  iface->features = FARE_PAGE_HAS_RANGE | FARE_PAGE_HAS_FILTER;
  iface->connect = fare_overview_page_connect;
  iface->set_active = fare_overview_page_set_active;
  iface->set_width = fare_overview_page_set_width;
  iface->get_query = fare_overview_page_get_main_query;
}

static void
bind_template_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, FareOverviewPage, stack);
  gtk_widget_class_bind_template_child (widget_class, FareOverviewPage, content);
  gtk_widget_class_bind_template_child (widget_class, FareOverviewPage, reading_box);
  gtk_widget_class_bind_template_child (widget_class, FareOverviewPage, first_reading_box);
  gtk_widget_class_bind_template_child (widget_class, FareOverviewPage, cost_card);
  gtk_widget_class_bind_template_child (widget_class, FareOverviewPage, tokens_card);
  gtk_widget_class_bind_template_child (widget_class, FareOverviewPage, messages_card);
  gtk_widget_class_bind_template_child (widget_class, FareOverviewPage, hit_rate_card);
  gtk_widget_class_bind_template_child (widget_class, FareOverviewPage, top_model_card);
  gtk_widget_class_bind_template_child (widget_class, FareOverviewPage, saving_card);
  gtk_widget_class_bind_template_child (widget_class, FareOverviewPage, forecast_card);
  gtk_widget_class_bind_template_child (widget_class, FareOverviewPage, days_card);
  gtk_widget_class_bind_template_child (widget_class, FareOverviewPage, time_card);
  gtk_widget_class_bind_template_child (widget_class, FareOverviewPage, energy_card);
  gtk_widget_class_bind_template_child (widget_class, FareOverviewPage, habit_cards);
  gtk_widget_class_bind_template_child (widget_class, FareOverviewPage, limits_section);
  gtk_widget_class_bind_template_child (widget_class, FareOverviewPage, unusual_list);
  gtk_widget_class_bind_template_child (widget_class, FareOverviewPage, unusual_row);
  gtk_widget_class_bind_template_child (widget_class, FareOverviewPage, spending_section);
  gtk_widget_class_bind_template_child (widget_class, FareOverviewPage, year_strip);
  gtk_widget_class_bind_template_child (widget_class, FareOverviewPage, unpriced_list);
  gtk_widget_class_bind_template_child (widget_class, FareOverviewPage, unpriced_row);
  gtk_widget_class_bind_template_child (widget_class, FareOverviewPage, nothing_box);
  gtk_widget_class_bind_template_child (widget_class, FareOverviewPage, nothing_label);
  gtk_widget_class_bind_template_child (widget_class, FareOverviewPage, nothing_button);
  gtk_widget_class_bind_template_child (widget_class, FareOverviewPage, lower_box);
  gtk_widget_class_bind_template_child (widget_class, FareOverviewPage, tools_section);
  gtk_widget_class_bind_template_child (widget_class, FareOverviewPage, tools_header);
  gtk_widget_class_bind_template_child (widget_class, FareOverviewPage, tools_heading);
  gtk_widget_class_bind_template_child (widget_class, FareOverviewPage, table_toggle);
  gtk_widget_class_bind_template_child (widget_class, FareOverviewPage, tools_box);
  gtk_widget_class_bind_template_child (widget_class, FareOverviewPage, donut);
  gtk_widget_class_bind_template_child (widget_class, FareOverviewPage, donut_value);
  gtk_widget_class_bind_template_child (widget_class, FareOverviewPage, donut_caption);
  gtk_widget_class_bind_template_child (widget_class, FareOverviewPage, tools_list);
  gtk_widget_class_bind_template_child (widget_class, FareOverviewPage, models_section);
  gtk_widget_class_bind_template_child (widget_class, FareOverviewPage, models_list);
  gtk_widget_class_bind_template_child (widget_class, FareOverviewPage, places_row);
  gtk_widget_class_bind_template_child (widget_class, FareOverviewPage, failed_page);
}

static void
fare_overview_page_class_init (FareOverviewPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = fare_overview_page_dispose;
  widget_class->map = fare_overview_page_map;

  g_type_ensure (FARE_TYPE_CARD_GRID);
  g_type_ensure (FARE_TYPE_DONUT);
  g_type_ensure (FARE_TYPE_LIMITS_SECTION);
  g_type_ensure (FARE_TYPE_PLACES_ROW);
  g_type_ensure (FARE_TYPE_READING_BOX);
  g_type_ensure (FARE_TYPE_SHARE_LIST);
  g_type_ensure (FARE_TYPE_SPENDING_SECTION);
  g_type_ensure (FARE_TYPE_STAT_CARD);
  g_type_ensure (FARE_TYPE_STILL_LABEL);
  g_type_ensure (FARE_TYPE_UNPRICED_ROW);
  g_type_ensure (FARE_TYPE_YEAR_STRIP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/tokenfare/Tokenfare/fare-overview-page.ui");
  bind_template_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, fare_overview_page_show_faces);
  gtk_widget_class_bind_template_callback (widget_class, model_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, leave_nothing_cb);
  gtk_widget_class_bind_template_callback (widget_class, narrowed_cb);
  gtk_widget_class_bind_template_callback (widget_class, tool_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, try_again_cb);
  gtk_widget_class_bind_template_callback (widget_class, unusual_cb);
}

static void
fare_overview_page_init (FareOverviewPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  gtk_widget_set_visible (self->tools_section, FALSE);
  gtk_widget_set_visible (self->models_section, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->spending_section), FALSE);
}

void
fare_overview_page_show (FareOverviewPage       *self,
                         const FareOverviewData *data)
{
  g_return_if_fail (FARE_IS_OVERVIEW_PAGE (self));

  if (data == NULL)
    fare_overview_page_blank_figures (self);
  else
    fare_overview_page_show_figures (self, data);

  show_state (self, data);
}

const char *
fare_overview_page_get_state (FareOverviewPage *self)
{
  g_return_val_if_fail (FARE_IS_OVERVIEW_PAGE (self), NULL);

  return gtk_stack_get_visible_child_name (self->stack);
}
