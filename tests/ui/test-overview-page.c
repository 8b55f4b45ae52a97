/* test-overview-page.c
 *
 * The Overview page on made-up answers: its faces, its words, and what a screen reader
 * hears.  No log and no index is involved.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui-room.h"

#include "pages/fare-overview-text.h"
#include "pages/fare-places-row.h"
#include "pages/fare-unpriced-row.h"
#include "widgets/fare-donut.h"
#include "widgets/fare-palette.h"
#include "widgets/fare-quiet-tooltip.h"
#include "widgets/fare-share-list.h"
#include "widgets/fare-share-row.h"
#include "widgets/fare-stat-card.h"

static void
add_share (FareOverviewData *data,
           GPtrArray        *list,
           const char       *key,
           double            cost,
           gint64            tokens)
{
  FareShare *share = fare_overview_data_add (list, key, key);

  share->sums.usage = (FareUsage) { .input = tokens / 2, .cache_read = tokens - tokens / 2 };
  share->sums.messages = 3;
  share->sums.sessions = 1;
  share->sums.cost = cost;
  share->sums.has_price = cost >= 0.0;

  if (cost < 0.0)
    {
      share->sums.cost = 0.0;
      share->sums.unpriced_tokens = tokens;
      share->reason = FARE_UNPRICED_NO_ENTRY;
    }
}

static void
add_to_total (FareOverviewData *data,
              const FareShare  *share)
{
  fare_usage_add (&data->total.usage, &share->sums.usage, 1);
  data->total.messages += share->sums.messages;
  data->total.sessions += share->sums.sessions;
  data->total.cost += share->sums.cost;
  data->total.unpriced_tokens += share->sums.unpriced_tokens;
  data->total.has_price = data->total.has_price || share->sums.has_price;
}

/* An answer without use, as of a finished scan on 1 December 2026. */
static FareOverviewData *
make_empty (void)
{
  FareOverviewData *data = fare_overview_data_new ();

  data->today = fare_day_from_ymd (2026, 12, 1);
  data->last_day = fare_day_from_ymd (2026, 11, 19);
  data->range = (FareRange) { data->today, data->today + 1 };
  data->last_scan_ms = 1;
  g_free (data->range_title);
  data->range_title = g_strdup ("Today");

  return data;
}

/* Two tools, @n_models models, the last of them without a price if @unpriced. */
static FareOverviewData *
make_data (guint    n_models,
           gboolean unpriced)
{
  FareOverviewData *data = make_empty ();

  add_share (data, data->clients, "claude", 41.2, 84200000);
  add_share (data, data->clients, "codex", unpriced ? -1.0 : 23.71, 3100000);

  for (guint i = 0; i < n_models; i++)
    {
      g_autofree char *name = g_strdup_printf ("model-%u", i);
      gboolean is_last = i == n_models - 1;

      add_share (data, data->models, name, is_last && unpriced ? -1.0 : 40.0 - i, 3100000);
    }

  for (guint i = 0; i < data->clients->len; i++)
    add_to_total (data, g_ptr_array_index (data->clients, i));

  data->comparison = g_strdup ("▼ 12% less than yesterday");
  data->comparison_spoken = g_strdup ("12% less than yesterday");

  return data;
}

static FareOverviewPage *
make_page (void)
{
  return g_object_ref_sink (g_object_new (FARE_TYPE_OVERVIEW_PAGE, NULL));
}

static FareStatCard *
find_card (FareOverviewPage *page,
           const char       *id)
{
  return FARE_STAT_CARD (ui_find (GTK_WIDGET (page), FARE_TYPE_STAT_CARD, id));
}

static void
test_cards (void)
{
  g_autoptr(FareOverviewPage) page = make_page ();
  g_autoptr(FareOverviewData) data = make_data (3, FALSE);

  fare_overview_page_show (page, data);

  g_assert_cmpstr (fare_stat_card_get_value (find_card (page, "cost_card")), ==, "$64.91");
  g_assert_cmpstr (fare_stat_card_get_detail (find_card (page, "cost_card")), ==,
                   "▼ 12% less than yesterday");
  g_assert_cmpstr (fare_stat_card_get_value (find_card (page, "tokens_card")), ==, "87.3M");
  g_assert_cmpstr (fare_stat_card_get_value (find_card (page, "messages_card")), ==, "6");
  g_assert_cmpstr (fare_stat_card_get_detail (find_card (page, "messages_card")), ==,
                   "in 2 sessions");
  g_assert_cmpstr (fare_stat_card_get_value (find_card (page, "hit_rate_card")), ==, "50%");
  g_assert_cmpstr (fare_stat_card_get_value (find_card (page, "top_model_card")), ==, "model-0");
}

/* Exact figures are one hover, or one key, away. */
static void
test_exact_figures (void)
{
  g_autoptr(FareOverviewPage) page = make_page ();
  g_autoptr(FareOverviewData) data = make_data (3, FALSE);
  g_autofree char *tooltip = NULL;
  /* In variables, because the macro takes the text of its arguments for a format. */
  const char *card_label = "Cost, Today: $64.91, estimated, 12% less than yesterday";
  const char *row_label =
    "claude: $41.20, 63% of the whole, 84.2M tokens · 3 messages · 50% cache";
  const char *ring_label = "Cost by tool, Today: claude 63%, codex 37%";
  GtkWidget *list, *row;

  fare_overview_page_show (page, data);

  tooltip = g_strdup (fare_quiet_tooltip_get (GTK_WIDGET (find_card (page, "tokens_card"))));
  g_assert_nonnull (tooltip);
  g_assert_true (g_str_has_prefix (tooltip, "87300000 tokens"));

  gtk_test_accessible_assert_role (find_card (page, "cost_card"), GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_test_accessible_assert_property (find_card (page, "cost_card"),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, card_label);

  list = ui_find (GTK_WIDGET (page), FARE_TYPE_SHARE_LIST, "tools_list");
  row = fare_share_list_find_row (FARE_SHARE_LIST (list), "claude");
  gtk_test_accessible_assert_property (row, GTK_ACCESSIBLE_PROPERTY_LABEL, row_label);
  gtk_test_accessible_assert_property (ui_find (GTK_WIDGET (page), FARE_TYPE_DONUT, NULL),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, ring_label);
}

static void
test_unpriced (void)
{
  g_autoptr(FareOverviewPage) page = make_page ();
  g_autoptr(FareOverviewData) data = make_data (3, TRUE);
  g_autoptr(FareOverviewData) priced = make_data (3, FALSE);
  FareOverviewText text = { data, FALSE };
  g_autoptr(GPtrArray) items = NULL;
  g_autofree char *value = NULL;
  GtkWidget *list, *row;

  fare_overview_page_show (page, data);
  g_assert_cmpstr (fare_stat_card_get_detail (find_card (page, "cost_card")), ==,
                   "▼ 12% less than yesterday\n3.1M tokens without price");

  items = fare_overview_text_items (&text, data->clients, TRUE);
  g_object_get (g_ptr_array_index (items, 1), "value", &value, NULL);
  g_assert_cmpstr (value, ==, "no price");

  list = ui_find (GTK_WIDGET (page), GTK_TYPE_LIST_BOX, "unpriced_list");
  g_assert_true (gtk_widget_get_visible (list));
  row = ui_find (list, FARE_TYPE_UNPRICED_ROW, NULL);
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), ==,
                   "3.1M tokens have no price");

  fare_overview_page_show (page, priced);
  g_assert_false (gtk_widget_get_visible (list));
}

/* Where nothing has a price nothing is estimated. */
static void
test_no_price (void)
{
  g_autoptr(FareOverviewData) data = make_empty ();
  FareOverviewText text = { data, FALSE };
  g_auto(FareCardText) cost = { NULL };
  g_auto(FareCardText) model = { NULL };

  add_share (data, data->clients, "claude", -1.0, 5000);
  add_share (data, data->models, "harbor-preview-2", -1.0, 5000);
  add_to_total (data, g_ptr_array_index (data->clients, 0));
  fare_overview_text_cost (&text, &cost);
  g_assert_cmpstr (cost.value, ==, "no price");
  g_assert_null (cost.note);
  g_assert_cmpstr (cost.spoken, ==, "Cost, Today: no price, 5K tokens without price");
  fare_overview_text_top_model (&text, &model);
  g_assert_cmpstr (model.detail, ==, "no price");
}

/* An estimated price is marked wherever its money is shown. */
static void
test_estimates (void)
{
  g_autoptr(FareOverviewData) data = make_data (3, FALSE);
  FareOverviewText text = { data, FALSE };
  g_auto(FareCardText) cost = { NULL };
  g_autoptr(GPtrArray) items = NULL;
  g_autofree char *marked = NULL;
  g_autofree char *plain = NULL;

  ((FareShare *) g_ptr_array_index (data->clients, 0))->sums.is_estimate = TRUE;
  data->total.is_estimate = TRUE;
  data->comparison_span = g_strdup ("Compared with yesterday until 14:32");

  fare_overview_text_cost (&text, &cost);
  g_assert_cmpstr (cost.value, ==, "≈$64.91");
  g_assert_true (g_str_has_suffix (cost.tooltip, "\nCompared with yesterday until 14:32"));
  g_assert_cmpstr (cost.spoken, ==,
                   "Cost, Today: ≈$64.91, estimated, 12% less than yesterday, "
                   "Compared with yesterday until 14:32");

  items = fare_overview_text_items (&text, data->clients, TRUE);
  g_object_get (g_ptr_array_index (items, 0), "value", &marked, NULL);
  g_object_get (g_ptr_array_index (items, 1), "value", &plain, NULL);
  g_assert_cmpstr (marked, ==, "≈$41.20");
  g_assert_cmpstr (plain, ==, "$23.71");
}

static void
assert_slots (const char  *shown,
              const guint *expected)
{
  g_auto(GStrv) clients = g_strsplit (shown, " ", 0);
  guint n_clients = g_strv_length (clients);
  g_autofree guint *slots = g_new (guint, n_clients);

  fare_palette_assign ((const char * const *) clients, n_clients, slots);

  for (guint i = 0; i < n_clients; i++)
    {
      g_test_message ("%s", clients[i]);
      g_assert_cmpuint (slots[i], ==, expected[i]);
    }
}

static void
test_colors (void)
{
  const guint other = FARE_PALETTE_OTHER;

  /* Own colours stay, whoever is shown beside them. */
  assert_slots ("claude codex", (const guint[]) { 1, 0 });
  assert_slots ("goose claude cline codex", (const guint[]) { 3, 1, 2, 0 });
  /* The same colour whatever the order of sizes. */
  assert_slots ("cline codex goose claude", (const guint[]) { 2, 0, 3, 1 });
  /* Two want the same slot: the earlier in the table has it. */
  assert_slots ("qwen kilocode codex", (const guint[]) { 2, 1, 0 });
  /* The largest get what is free; the rest, and strangers, share one. */
  assert_slots ("codex claude gemini_cli opencode pi_agent qwen kimi stranger",
                (const guint[]) { 0, 1, 2, 3, 5, 4, other, other });
  assert_slots ("amp copilot_cli opencode gemini_cli claude codex qwen",
                (const guint[]) { 5, 4, 3, 2, 1, 0, other });
}

static void
collect_place_cb (GtkWidget *widget,
                  gpointer   data)
{
  const char *subtitle = ADW_IS_ACTION_ROW (widget)
                         ? adw_action_row_get_subtitle (ADW_ACTION_ROW (widget)) : NULL;

  if (subtitle != NULL && *subtitle != '\0')
    g_string_append_printf (data, "%s: %s; ",
                            adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), subtitle);
}

static void
test_places (void)
{
  const char *roots[] = {
    "gemini_cli\t/srv/a", "qwen\t/srv/c", "gemini_cli\t/srv/b", "gemini_cli\t/srv/a",
    "cline\t/srv/1", "cline\t/srv/2", "cline\t/srv/3", "cline\t/srv/4", "cline\t/srv/5",
    "cline\t/srv/6", NULL,
  };
  g_autoptr(FarePlacesRow) places = g_object_ref_sink (g_object_new (FARE_TYPE_PLACES_ROW, NULL));
  g_autoptr(GString) text = g_string_new (NULL);

  fare_places_row_show (places, roots);
  ui_walk (GTK_WIDGET (places), collect_place_cb, text);
  g_assert_cmpstr (text->str, ==, "Gemini CLI: /srv/a\n/srv/b; Qwen Code: /srv/c; "
                   "Cline: /srv/1\n/srv/2\n/srv/3\n/srv/4\nand 2 more; ");
}

static void
ring_activated_cb (FareDonut  *ring,
                   const char *key,
                   GString    *log)
{
  g_string_append_printf (log, "%s ", key);
}

static void
click (GtkWidget *widget,
       double     x,
       double     y)
{
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_GESTURE_CLICK (controller))
        g_signal_emit_by_name (controller, "released", 1, x, y);
    }
}

/* A piece of the ring leads to where its row leads; its hole leads nowhere. */
static void
test_ring (void)
{
  g_autoptr(FareOverviewData) data = make_data (3, FALSE);
  FareOverviewText text = { data, FALSE };
  g_autoptr(GPtrArray) items = fare_overview_text_items (&text, data->clients, TRUE);
  GtkWidget *ring = g_object_ref_sink (g_object_new (FARE_TYPE_DONUT, NULL));
  g_autoptr(GString) log = g_string_new (NULL);

  fare_donut_set_shares (FARE_DONUT (ring), items, "Cost by tool");
  gtk_widget_measure (ring, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
  gtk_widget_allocate (ring, 200, 200, -1, NULL);
  g_signal_connect (ring, "activated", G_CALLBACK (ring_activated_cb), log);

  click (ring, 186, 100);
  click (ring, 60, 22);
  click (ring, 100, 100);
  g_assert_cmpstr (log->str, ==, "claude codex ");
  g_object_unref (ring);
}

/* What belongs to the days chosen comes before what does not. */
static void
test_order (void)
{
  static const char * const ids[] = { "spending_section", "tools_section", "models_section",
                                      "limits_section", "year_strip" };
  g_autoptr(FareOverviewPage) page = make_page ();
  GtkWidget *before = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      GtkWidget *section = ui_find (GTK_WIDGET (page), GTK_TYPE_BOX, ids[i]);

      g_assert_nonnull (section);
      if (i > 1)
        g_assert_true (gtk_widget_get_prev_sibling (section) == before);
      before = section;
    }
}

/* No amount of money in any text, spoken ones included. */
static void
test_hidden_amounts (void)
{
  g_autoptr(FareOverviewData) data = make_data (3, TRUE);
  FareOverviewText text = { data, TRUE };
  g_auto(FareCardText) cost = { NULL };
  g_auto(FareCardText) model = { NULL };
  g_autoptr(GPtrArray) items = fare_overview_text_items (&text, data->models, FALSE);

  fare_overview_text_cost (&text, &cost);
  g_assert_cmpstr (cost.value, ==, "•••");
  g_assert_cmpstr (cost.spoken, ==,
                   "Cost, Today: hidden, estimated, 12% less than yesterday, "
                   "3.1M tokens without price");
  fare_overview_text_top_model (&text, &model);
  g_assert_null (strchr (model.spoken, '$'));

  for (guint i = 0; i < items->len; i++)
    {
      g_autofree char *value = NULL;
      g_autofree char *tooltip = NULL;

      g_object_get (g_ptr_array_index (items, i), "value", &value, "tooltip", &tooltip, NULL);
      g_assert_null (strchr (value, '$'));
      g_assert_null (strchr (tooltip, '$'));
      g_assert_null (strchr (fare_share_item_get_spoken (g_ptr_array_index (items, i)), '$'));
    }
}

static void
test_true_zero (void)
{
  g_autoptr(FareOverviewPage) page = make_page ();
  g_autoptr(FareOverviewData) data = make_empty ();
  GtkWidget *label, *section, *button;

  fare_overview_page_show (page, data);

  g_assert_cmpstr (fare_overview_page_get_state (page), ==, "figures");
  g_assert_cmpstr (fare_stat_card_get_value (find_card (page, "cost_card")), ==, "$0.00");
  g_assert_cmpstr (fare_stat_card_get_value (find_card (page, "hit_rate_card")), ==, "–");
  label = ui_find (GTK_WIDGET (page), GTK_TYPE_LABEL, "nothing_label");
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (label)), ==,
                   "No use on this day. Last: 19 Nov");

  /* There may be use on that very day, only not of what was asked for. */
  data->is_filtered = TRUE;
  fare_overview_page_show (page, data);
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (label)), ==,
                   "No use on these days fits the filters.");
  button = ui_find (GTK_WIDGET (page), GTK_TYPE_BUTTON, "nothing_button");
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (button)), ==, "_Clear Filters");
  section = ui_find (GTK_WIDGET (page), GTK_TYPE_BOX, "tools_section");
  g_assert_false (gtk_widget_get_visible (section));
}

static void
test_faces (void)
{
  g_autoptr(FareOverviewPage) page = make_page ();
  g_autoptr(FareOverviewData) data = make_empty ();

  data->is_empty = TRUE;
  data->last_scan_ms = 0;
  fare_overview_page_show (page, data);
  g_assert_cmpstr (fare_overview_page_get_state (page), ==, "reading");

  data->last_scan_ms = 1;
  fare_overview_page_show (page, data);
  g_assert_cmpstr (fare_overview_page_get_state (page), ==, "nobody");

  data->is_empty = FALSE;
  fare_overview_page_show (page, data);
  g_assert_cmpstr (fare_overview_page_get_state (page), ==, "figures");
}

static void
assert_blank_cb (GtkWidget *widget,
                 gpointer   data)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_visible (widget))
    {
      const char *text = gtk_label_get_label (GTK_LABEL (widget));

      g_assert_null (strchr (text, '$'));
      g_assert_null (strchr (text, '%'));
    }
}

static void
test_blank (void)
{
  g_autoptr(FareOverviewPage) page = make_page ();
  g_autoptr(FareOverviewData) data = make_data (3, TRUE);
  GtkWidget *list, *row;

  fare_overview_page_show (page, data);
  list = ui_find (GTK_WIDGET (page), FARE_TYPE_SHARE_LIST, "tools_list");
  row = fare_share_list_find_row (FARE_SHARE_LIST (list), "claude");

  fare_overview_page_show (page, NULL);
  ui_walk (GTK_WIDGET (page), assert_blank_cb, NULL);

  /* The rows stay, so that nothing jumps when the figures arrive. */
  g_assert_true (fare_share_list_find_row (FARE_SHARE_LIST (list), "claude") == row);

  fare_overview_page_show (page, data);
  g_assert_cmpstr (fare_stat_card_get_value (find_card (page, "cost_card")), ==, "$41.20");
}

/* A wait that can be felt is shown in the place of the value. */
static void
test_slow_answer (void)
{
  g_autoptr(FareOverviewPage) page = make_page ();
  g_autoptr(FareOverviewData) data = make_data (3, FALSE);
  GtkWidget *spinner;

  fare_overview_page_show (page, data);
  fare_overview_page_show (page, NULL);
  spinner = ui_find (GTK_WIDGET (find_card (page, "cost_card")), GTK_TYPE_SPINNER, NULL);
  g_assert_false (gtk_widget_get_visible (spinner));
  ui_pause (300);
  g_assert_true (gtk_widget_get_visible (spinner));
  fare_overview_page_show (page, data);
  g_assert_false (gtk_widget_get_visible (spinner));
}

static void
count_cb (GObject    *object,
          GParamSpec *pspec,
          gpointer    data)
{
  ++*(guint *) data;
}

static void
watch_labels_cb (GtkWidget *widget,
                 gpointer   data)
{
  if (GTK_IS_LABEL (widget))
    g_signal_connect (widget, "notify::label", G_CALLBACK (count_cb), data);
}

/* The same answer a second time touches no label at all. */
static void
test_same_answer_is_silent (void)
{
  g_autoptr(FareOverviewPage) page = make_page ();
  g_autoptr(FareOverviewData) data = make_data (12, TRUE);
  guint n_changes = 0;

  fare_overview_page_show (page, data);
  ui_walk (GTK_WIDGET (page), watch_labels_cb, &n_changes);

  for (int i = 0; i < 100; i++)
    fare_overview_page_show (page, data);

  g_assert_cmpuint (n_changes, ==, 0);
}

static void
count_rows_cb (GtkWidget *widget,
               gpointer   data)
{
  if (FARE_IS_SHARE_ROW (widget) && gtk_widget_get_child_visible (widget))
    ++*(guint *) data;
}

static void
test_show_all (void)
{
  g_autoptr(FareOverviewPage) page = make_page ();
  g_autoptr(FareOverviewData) nine = make_data (9, FALSE);
  g_autoptr(FareOverviewData) many = make_data (23, FALSE);
  GtkWidget *list, *box;
  guint n_rows = 0;

  list = ui_find (GTK_WIDGET (page), FARE_TYPE_SHARE_LIST, "models_list");
  box = ui_find (list, GTK_TYPE_LIST_BOX, NULL);

  /* One more than the limit needs no "Show All": the row itself takes that place. */
  fare_overview_page_show (page, nine);
  ui_walk (list, count_rows_cb, &n_rows);
  g_assert_cmpuint (n_rows, ==, 9);

  n_rows = 0;
  fare_overview_page_show (page, many);
  ui_walk (list, count_rows_cb, &n_rows);
  g_assert_cmpuint (n_rows, ==, 8);

  n_rows = 0;
  g_signal_emit_by_name (box, "row-activated", gtk_widget_get_last_child (box));
  ui_walk (list, count_rows_cb, &n_rows);
  g_assert_cmpuint (n_rows, ==, 23);
}

static void
test_finalizes (void)
{
  FareOverviewPage *page = make_page ();
  g_autoptr(FareOverviewData) data = make_data (12, TRUE);

  fare_overview_page_show (page, data);
  fare_overview_page_show (page, NULL);
  g_assert_finalize_object (page);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/ui/overview/cards", test_cards);
  g_test_add_func ("/ui/overview/exact-figures", test_exact_figures);
  g_test_add_func ("/ui/overview/unpriced", test_unpriced);
  g_test_add_func ("/ui/overview/no-price", test_no_price);
  g_test_add_func ("/ui/overview/estimates-are-marked", test_estimates);
  g_test_add_func ("/ui/overview/colours-are-kept", test_colors);
  g_test_add_func ("/ui/overview/places-by-client", test_places);
  g_test_add_func ("/ui/overview/ring-leads-on", test_ring);
  g_test_add_func ("/ui/overview/order", test_order);
  g_test_add_func ("/ui/overview/hidden-amounts", test_hidden_amounts);
  g_test_add_func ("/ui/overview/true-zero", test_true_zero);
  g_test_add_func ("/ui/overview/faces", test_faces);
  g_test_add_func ("/ui/overview/blank", test_blank);
  g_test_add_func ("/ui/overview/slow-answer", test_slow_answer);
  g_test_add_func ("/ui/overview/same-answer-is-silent", test_same_answer_is_silent);
  g_test_add_func ("/ui/overview/show-all", test_show_all);
  g_test_add_func ("/ui/overview/finalizes", test_finalizes);

  return g_test_run ();
}
