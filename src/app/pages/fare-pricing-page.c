/* fare-pricing-page.c
 *
 * The price table with what was used, and what is missing first.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "base/fare-text.h"
#include "pages/fare-pricing-page-private.h"
#include "widgets/fare-button-row.h"
#include "widgets/fare-quiet-label.h"
#include "widgets/fare-slow-spinner.h"


static void page_iface_init (FarePageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FarePricingPage, fare_pricing_page, ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (FARE_TYPE_PAGE, page_iface_init))

const FarePricingData *
fare_pricing_page_get_data (FarePricingPage *self)
{
  return self->query != NULL ? fare_live_query_get_answer (self->query) : NULL;
}

/* "442 models, 2 changed, 1 without price" */
static char *
describe_counts (const FarePricingData *data)
{
  g_autofree char *models =
    g_strdup_printf (ngettext ("%u model", "%u models", data->n_entries), data->n_entries);
  g_autofree char *changed =
    g_strdup_printf (ngettext ("%u changed by you", "%u changed by you", data->n_changed),
                     data->n_changed);
  g_autofree char *missing =
    g_strdup_printf (ngettext ("%u without price", "%u without price", data->n_missing),
                     data->n_missing);
  GString *text = g_string_new (models);

  if (data->n_changed > 0)
    g_string_append_printf (text, " · %s", changed);
  if (data->n_missing > 0)
    g_string_append_printf (text, " · %s", missing);

  return g_string_free (text, FALSE);
}

static void
show_header (FarePricingPage       *self,
             const FarePricingData *data)
{
  g_autofree char *day = data->updated != 0 ? fare_text_day (data->updated, data->today) : NULL;
  g_autofree char *counts = describe_counts (data);
  g_autofree char *title = NULL;
  g_autofree char *caption = NULL;

  if (day != NULL)
    /* Translators: a date, and counts of models, as in “Price list of 27 Oct · 442 models” */
    title = g_strdup_printf (_("Price list of %s · %s"), day, counts);
  else
    title = g_strdup (counts);

  caption = g_strconcat (_("US dollars per million tokens."), " ",
                         _("Estimates at list prices; your invoice may differ."), NULL);
  fare_quiet_label_set (self->title_label, title);
  fare_quiet_label_set (self->caption_label, caption);
}

static void
append_notice (GString    *text,
               const char *sentence)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", sentence);
}

void
fare_pricing_page_update_notice (FarePricingPage *self)
{
  const FarePricingData *data = fare_pricing_page_get_data (self);
  g_autoptr(GString) text = g_string_new (NULL);
  gboolean has_problems = data != NULL && data->problems != NULL && data->problems[0] != NULL;
  FarePricingDraft *draft = fare_pricing_json_get_draft (self->json);
  gboolean is_unsaved = draft != NULL && fare_pricing_draft_is_unsaved (draft);

  for (guint i = 0; has_problems && i < 3 && data->problems[i] != NULL; i++)
    append_notice (text, data->problems[i]);

  if (data != NULL && !data->is_writable)
    {
      g_autofree char *sentence =
        g_strdup_printf (_("Prices can be looked at and not changed: “%s” cannot be written."),
                         data->prices_label);

      append_notice (text, sentence);
    }

  if (is_unsaved)
    append_notice (text, _("The prices as JSON have changes that are not saved."));

  fare_quiet_label_set (self->notice_label, text->str);
  gtk_widget_set_visible (self->notice_button, has_problems || is_unsaved);
  gtk_widget_set_visible (self->notice_box, text->len > 0);
}

/* Which face of the table fits what there is to show. */
static void
show_table_state (FarePricingPage *self)
{
  GListModel *model = G_LIST_MODEL (fare_pricing_list_get_model (self->list));
  const char *state = gtk_stack_get_visible_child_name (self->table_stack);

  if (fare_pricing_page_get_data (self) == NULL)
    return;

  if (g_list_model_get_n_items (model) > 0)
    state = "lines";
  else
    {
      adw_status_page_set_description (self->nothing_page,
                                       self->search != NULL && *self->search != '\0'
                                           ? _("No model has this name.")
                                           : _("No model was used in these days."));
      state = "nothing";
    }

  gtk_stack_set_visible_child_name (self->table_stack, state);
}

/* Use of other days must not stay for a single frame. */
static void
blank (FarePricingPage *self)
{
  gtk_stack_set_visible_child_name (self->table_stack, "loading");
}

static void
show_unpriced_now (FarePricingPage *self)
{
  self->wants_unpriced = FALSE;
  gtk_toggle_button_set_active (self->used_button, FALSE);

  if (g_list_model_get_n_items (G_LIST_MODEL (fare_pricing_list_get_model (self->list))) > 0)
    fare_pricing_table_show_line (self->table, 0);
}

static void
answer_changed_cb (FarePricingPage *self)
{
  const GError *error = fare_live_query_get_error (self->query);
  const FarePricingData *data = fare_pricing_page_get_data (self);

  if (error != NULL)
    {
      /* Status pages read markup, and a path may look like some. */
      g_autofree char *escaped = g_markup_escape_text (error->message, -1);

      adw_status_page_set_description (self->failed_page, escaped);
      gtk_stack_set_visible_child_name (self->table_stack, "failed");
      return;
    }

  if (data == NULL)
    {
      blank (self);
      return;
    }

  fare_pricing_list_update (self->list, data->lines);
  show_header (self, data);
  fare_pricing_page_update_notice (self);
  show_table_state (self);
  fare_pricing_page_update_actions (self);
  fare_page_emit_noted (FARE_PAGE (self));
  /* Whoever changed the prices, the text beside them follows. */
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "json") == 0)
    fare_pricing_draft_refresh (fare_pricing_json_get_draft (self->json));
  if (self->wants_unpriced)
    show_unpriced_now (self);
}

static void
hide_amounts_cb (FarePricingPage *self)
{
  fare_pricing_list_set_hide (self->list, fare_preferences_get_hide_amounts (self->preferences));
}

static void
used_toggled_cb (FarePricingPage *self)
{
  fare_pricing_list_set_only_used (self->list, gtk_toggle_button_get_active (self->used_button));
  show_table_state (self);
  fare_page_emit_noted (FARE_PAGE (self));
}

static void
show_all_cb (FarePricingPage *self)
{
  gtk_toggle_button_set_active (self->used_button, FALSE);
  fare_page_set_search (FARE_PAGE (self), "");
}

static void
what_if_revealed_cb (FarePricingPage *self)
{
  fare_pricing_what_if_set_active (self->what_if,
                                   self->is_active &&
                                   gtk_toggle_button_get_active (self->what_if_button));
}

static void
what_if_choose_cb (FarePricingPage *self)
{
  fare_pricing_page_choose_what_if (self);
}

static void
try_again_cb (FarePricingPage *self)
{
  fare_live_query_ask (self->query);
}

static void
fare_pricing_page_dispose (GObject *object)
{
  FarePricingPage *self = FARE_PRICING_PAGE (object);

  g_clear_weak_pointer (&self->editor);
  g_clear_object (&self->query);
  g_clear_object (&self->meter);
  g_clear_object (&self->choice);
  g_clear_object (&self->preferences);
  g_clear_handle_id (&self->reload_id, g_source_remove);
  g_clear_object (&self->monitor);
  g_clear_object (&self->chooser);
  /* The child is part of the template by name, and the bin would look for it afterwards. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), FARE_TYPE_PRICING_PAGE);
  g_clear_object (&self->list);
  g_clear_pointer (&self->search, g_free);

  G_OBJECT_CLASS (fare_pricing_page_parent_class)->dispose (object);
}

static void
arrange (FarePricingPage *self)
{
  FareWidth width = self->width;
  gboolean is_narrow = width == FARE_WIDTH_NARROW;

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->header),
                                  width == FARE_WIDTH_WIDE ? GTK_ORIENTATION_HORIZONTAL
                                                           : GTK_ORIENTATION_VERTICAL);
  fare_pricing_table_set_width (self->table, width);
  fare_pricing_what_if_set_width (self->what_if, width);
  fare_pricing_json_set_width (self->json, width);

  if (is_narrow)
    gtk_widget_add_css_class (GTK_WIDGET (self), "narrow");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "narrow");
}

static void
fare_pricing_page_connect (FarePage              *page,
                           const FarePageContext *context)
{
  FarePricingPage *self = FARE_PRICING_PAGE (page);

  self->meter = g_object_ref (context->meter);
  self->choice = g_object_ref (context->choice);
  self->preferences = g_object_ref (context->preferences);
  self->query = fare_live_query_new (context->meter, context->choice, TRUE, NULL,
                                     fare_pricing_data_load,
                                     (GDestroyNotify) fare_pricing_data_free);

  g_signal_connect_object (self->query, "changed",
                           G_CALLBACK (answer_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (context->preferences, "notify::hide-amounts",
                           G_CALLBACK (hide_amounts_cb), self, G_CONNECT_SWAPPED);
  fare_pricing_what_if_connect (self->what_if, context);
  fare_pricing_page_connect_json (self);
  g_signal_connect_object (fare_pricing_json_get_draft (self->json), "changed",
                           G_CALLBACK (fare_pricing_page_update_notice), self, G_CONNECT_SWAPPED);
  fare_pricing_page_watch_file (self);
  arrange (self);
  hide_amounts_cb (self);
  blank (self);
}

static void
fare_pricing_page_set_active (FarePage *page,
                              gboolean  is_active)
{
  FarePricingPage *self = FARE_PRICING_PAGE (page);

  self->is_active = is_active;
  if (self->query != NULL)
    fare_live_query_set_active (self->query, is_active);
  what_if_revealed_cb (self);
}

static FareLiveQuery *
fare_pricing_page_get_main_query (FarePage *page)
{
  return FARE_PRICING_PAGE (page)->query;
}

static void
fare_pricing_page_set_width (FarePage  *page,
                             FareWidth  width)
{
  FARE_PRICING_PAGE (page)->width = width;
  arrange (FARE_PRICING_PAGE (page));
}

static void
fare_pricing_page_set_search (FarePage   *page,
                              const char *text)
{
  FarePricingPage *self = FARE_PRICING_PAGE (page);

  g_free (self->search);
  self->search = g_strdup (text);
  fare_pricing_list_set_search (self->list, text);
  show_table_state (self);
  fare_page_emit_noted (page);
}

static char *
fare_pricing_page_dup_search_note (FarePage *page)
{
  FarePricingPage *self = FARE_PRICING_PAGE (page);
  guint n_items;

  if (self->search == NULL || *self->search == '\0')
    return NULL;

  n_items = fare_pricing_list_count (self->list);

  return g_strdup_printf (ngettext ("%u model", "%u models", n_items), n_items);
}

/* What is typed stays where it is. */
static gboolean
fare_pricing_page_go_back (FarePage *page)
{
  FarePricingPage *self = FARE_PRICING_PAGE (page);

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "json") != 0)
    return FALSE;

  fare_pricing_page_show_table (self);

  return TRUE;
}

static void
fare_pricing_page_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (fare_pricing_page_parent_class)->root (widget);
  fare_pricing_page_watch_window (FARE_PRICING_PAGE (widget));
}

static void
page_iface_init (FarePageInterface *iface)
{
  iface->features = FARE_PAGE_HAS_RANGE | FARE_PAGE_HAS_SEARCH;
  iface->connect = fare_pricing_page_connect;
  iface->set_active = fare_pricing_page_set_active;
  iface->set_width = fare_pricing_page_set_width;
  iface->get_query = fare_pricing_page_get_main_query;
  iface->set_search = fare_pricing_page_set_search;
  iface->dup_search_note = fare_pricing_page_dup_search_note;
  iface->go_back = fare_pricing_page_go_back;
}

static void
bind_template_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, FarePricingPage, toast_overlay);
  gtk_widget_class_bind_template_child (widget_class, FarePricingPage, stack);
  gtk_widget_class_bind_template_child (widget_class, FarePricingPage, header);
  gtk_widget_class_bind_template_child (widget_class, FarePricingPage, title_label);
  gtk_widget_class_bind_template_child (widget_class, FarePricingPage, caption_label);
  gtk_widget_class_bind_template_child (widget_class, FarePricingPage, used_button);
  gtk_widget_class_bind_template_child (widget_class, FarePricingPage, what_if_button);
  gtk_widget_class_bind_template_child (widget_class, FarePricingPage, notice_box);
  gtk_widget_class_bind_template_child (widget_class, FarePricingPage, notice_label);
  gtk_widget_class_bind_template_child (widget_class, FarePricingPage, notice_button);
  gtk_widget_class_bind_template_child (widget_class, FarePricingPage, table_stack);
  gtk_widget_class_bind_template_child (widget_class, FarePricingPage, table);
  gtk_widget_class_bind_template_child (widget_class, FarePricingPage, nothing_page);
  gtk_widget_class_bind_template_child (widget_class, FarePricingPage, failed_page);
  gtk_widget_class_bind_template_child (widget_class, FarePricingPage, json);
  gtk_widget_class_bind_template_child (widget_class, FarePricingPage, what_if_revealer);
  gtk_widget_class_bind_template_child (widget_class, FarePricingPage, what_if);
}

static void
fare_pricing_page_class_init (FarePricingPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fare_pricing_page_dispose;
  widget_class->root = fare_pricing_page_root;

  g_type_ensure (FARE_TYPE_PRICING_JSON);
  g_type_ensure (FARE_TYPE_PRICING_TABLE);
  g_type_ensure (FARE_TYPE_PRICING_WHAT_IF);
  g_type_ensure (FARE_TYPE_SLOW_SPINNER);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/tokenfare/Tokenfare/fare-pricing-page.ui");
  bind_template_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, used_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, what_if_revealed_cb);
  gtk_widget_class_bind_template_callback (widget_class, what_if_choose_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_all_cb);
  gtk_widget_class_bind_template_callback (widget_class, try_again_cb);
  fare_pricing_page_install_actions (widget_class);
}

static void
fare_pricing_page_init (FarePricingPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  fare_button_row_allow_short (GTK_WIDGET (self->header));

  self->list = fare_pricing_list_new ();
  fare_pricing_table_set_list (self->table, self->list);
  g_signal_connect_object (fare_pricing_list_get_model (self->list), "notify::selected",
                           G_CALLBACK (fare_pricing_page_update_actions), self, G_CONNECT_SWAPPED);
  fare_pricing_page_update_actions (self);
}

void
fare_pricing_page_show_unpriced (FarePricingPage *self)
{
  g_return_if_fail (FARE_IS_PRICING_PAGE (self));

  self->wants_unpriced = TRUE;
  if (fare_pricing_page_get_data (self) != NULL)
    show_unpriced_now (self);
}

FareLiveQuery *
fare_pricing_page_get_query (FarePricingPage *self)
{
  g_return_val_if_fail (FARE_IS_PRICING_PAGE (self), NULL);

  return self->query;
}

FarePricingList *
fare_pricing_page_get_list (FarePricingPage *self)
{
  g_return_val_if_fail (FARE_IS_PRICING_PAGE (self), NULL);

  return self->list;
}
