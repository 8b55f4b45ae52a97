/* fare-pricing-editor.c
 *
 * The dialog in which a model's price is set.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/fare-text.h"
#include "models/fare-pricing-kept.h"
#include "models/fare-pricing-text.h"
#include "pages/fare-pricing-editor.h"
#include "pages/fare-pricing-field.h"
#include "pages/fare-pricing-names.h"
#include "pricing/fare-price-time.h"

#define DAY_MS G_GINT64_CONSTANT (86400000)
#define NAME_LIMIT 200

/* The entries of the row that says when the price is valid. */
enum
{
  TIME_PRESENT,
  TIME_FROM_DATE
};

struct _FarePricingEditor
{
  AdwWindow            parent_instance;

  AdwWindowTitle      *title;
  GtkWidget           *save_button;
  GtkScrolledWindow   *scroller;
  GtkLabel            *error_label;
  GtkListBox          *model_list;
  GtkListBox          *rates_list;
  GtkListBox          *time_list;
  AdwComboRow         *time_row;
  AdwPreferencesGroup *kept_group;
  FarePricingNames    *names;

  FarePricingField     id;       /* of a model to be added */
  FarePricingField     name;
  FarePricingField     provider; /* of a model to be added */
  FarePricingField     rates[FARE_PRICING_N_RATES];
  FarePricingField     date;

  FarePriceBook       *book;
  FarePricingLine     *line;     /* NULL: a model is added */
  const FarePriceEntry *entry;   /* NULL: there is none yet; belongs to the book */
  FareRateCard         present;  /* what the rates are before they are changed */
  gboolean             has_present;
  FareDay              today;
  gint64               now_ms;
  char                *initial;  /* what the fields held before anything was typed */
  guint                is_ready : 1;
  guint                is_asking : 1;
};

G_DEFINE_FINAL_TYPE (FarePricingEditor, fare_pricing_editor, ADW_TYPE_WINDOW)

enum
{
  SIGNAL_SAVE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const FareRateKinds kinds[FARE_PRICING_N_RATES] = {
  FARE_RATE_INPUT, FARE_RATE_OUTPUT, FARE_RATE_CACHE_READ, FARE_RATE_CACHE_WRITE_5M,
  FARE_RATE_CACHE_WRITE_1H
};

static double *
get_rate (FareRateCard *card,
          guint         i)
{
  double * const rates[FARE_PRICING_N_RATES] = {
    &card->input, &card->output, &card->cache_read, &card->cache_write_5m, &card->cache_write_1h
  };

  return rates[i];
}

/* The caches have the price of something else where nothing is said. */
static char *
describe_default (guint i)
{
  if (i == FARE_PRICING_RATE_CACHE_WRITE_1H)
    return g_strdup (_("Empty: as cache write, 5 min"));

  return i >= FARE_PRICING_RATE_CACHE_READ ? g_strdup (_("Empty: as input")) : NULL;
}

static char *
describe_rate (FarePricingEditor *self,
               guint              i,
               double             rate)
{
  const char *free_text = rate == 0.0 ? C_("price", "Free") : NULL;
  g_autofree char *shipped = NULL;
  g_autofree char *text = NULL;

  if (self->line == NULL || !self->line->has_shipped || self->line->shipped[i] == rate)
    return g_strdup (free_text);

  shipped = fare_pricing_text_rate (self->line->shipped[i]);
  /* Translators: the placeholder is a price, as in “5.00” */
  text = g_strdup_printf (_("Built-in price: %s"), shipped);

  return free_text != NULL ? g_strdup_printf ("%s · %s", free_text, text) : g_steal_pointer (&text);
}

/* Reads the rates and says under each what there is to say. */
static gboolean
check_rates (FarePricingEditor *self,
             FareRateCard      *card)
{
  gboolean is_valid = TRUE;

  *card = self->present;
  card->stated &= FARE_RATE_REASONING;
  for (guint i = 0; i < FARE_PRICING_N_RATES; i++)
    {
      g_autofree char *text = fare_pricing_field_dup_text (&self->rates[i]);
      g_autofree char *remark = NULL;
      const char *error = NULL;
      double rate = 0.0;

      if (*text == '\0' && i >= FARE_PRICING_RATE_CACHE_READ)
        remark = describe_default (i);
      else
        {
          error = fare_pricing_text_parse (text, &rate);
          if (error == NULL)
            remark = describe_rate (self, i, rate);
          card->stated |= kinds[i];
        }

      /* An empty form is not full of mistakes. */
      if (error != NULL && *text == '\0' && !self->has_present)
        {
          fare_pricing_field_show (&self->rates[i], NULL, NULL);
          is_valid = FALSE;
          continue;
        }

      *get_rate (card, i) = rate;
      fare_pricing_field_show (&self->rates[i], error, remark);
      is_valid = is_valid && error == NULL;
    }

  return is_valid;
}

static gboolean
check_id (FarePricingEditor *self)
{
  g_autofree char *text = NULL;
  const char *error = NULL;

  if (self->id.row == NULL)
    return TRUE;

  text = fare_pricing_field_dup_text (&self->id);
  if (*text == '\0')
    {
      fare_pricing_field_show (&self->id, NULL, _("As it stands in the logs"));
      return FALSE;
    }

  if (g_utf8_strlen (text, -1) > NAME_LIMIT || strchr (text, '\n') != NULL)
    error = _("This name is too long.");
  else if (fare_price_book_find_entry (self->book, text) != NULL)
    error = _("There is a model of this name already.");
  fare_pricing_field_show (&self->id, error, NULL);

  return error == NULL;
}

static gboolean
check_name (FarePricingEditor *self)
{
  g_autofree char *text = fare_pricing_field_dup_text (&self->name);
  /* A new model may do without. */
  const char *error = *text == '\0' && self->id.row == NULL ? _("A name is needed here.") : NULL;

  fare_pricing_field_show (&self->name, error, NULL);

  return error == NULL;
}

static gboolean
check_date (FarePricingEditor *self)
{
  gboolean is_wanted = adw_combo_row_get_selected (self->time_row) == TIME_FROM_DATE;
  g_autofree char *text = fare_pricing_field_dup_text (&self->date);
  const char *error = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->date.row), is_wanted);
  if (!is_wanted)
    {
      gtk_widget_hide (self->date.hint_row);
      return TRUE;
    }

  if (!fare_price_date_parse (text, NULL))
    error = _("A date looks like 2026-11-22.");
  fare_pricing_field_show (&self->date, error, _("Begins at 00:00 UTC. Earlier use keeps the earlier price."));

  return error == NULL;
}

static gboolean
is_same_card (const FareRateCard *a,
              const FareRateCard *b)
{
  FareRateCard one = *a;
  FareRateCard other = *b;

  if (one.stated != other.stated)
    return FALSE;

  for (guint i = 0; i < FARE_PRICING_N_RATES; i++)
    if ((one.stated & kinds[i]) != 0 && *get_rate (&one, i) != *get_rate (&other, i))
      return FALSE;

  return TRUE;
}

static gboolean
has_same_names (FarePricingEditor *self)
{
  static const char * const none[] = { NULL };
  g_auto(GStrv) names = fare_pricing_names_dup (self->names);
  const char * const *old = self->entry != NULL ? fare_price_entry_get_aliases (self->entry) : none;

  return g_strv_equal ((const char * const *) names, old);
}

static gboolean
is_dated (FarePricingEditor *self)
{
  return adw_combo_row_get_selected (self->time_row) == TIME_FROM_DATE;
}

static gboolean
is_changed (FarePricingEditor  *self,
            const FareRateCard *card)
{
  g_autofree char *name = fare_pricing_field_dup_text (&self->name);

  return self->entry == NULL || !self->has_present || is_dated (self) ||
         !is_same_card (card, &self->present) || !has_same_names (self) ||
         g_strcmp0 (name, fare_price_entry_get_name (self->entry)) != 0;
}

static void
changed_cb (FarePricingEditor *self)
{
  FareRateCard card;
  gboolean is_valid;

  if (!self->is_ready)
    return;

  is_valid = check_rates (self, &card);
  is_valid = check_id (self) && is_valid;
  is_valid = check_name (self) && is_valid;
  is_valid = check_date (self) && is_valid;
  gtk_widget_set_sensitive (self->save_button, is_valid && is_changed (self, &card));
}

static void
save_cb (FarePricingEditor *self)
{
  if (!gtk_widget_get_sensitive (self->save_button))
    return;

  gtk_widget_hide (GTK_WIDGET (self->error_label));
  g_signal_emit (self, signals[SIGNAL_SAVE], 0);
}

/* All that can be typed, as one text. */
static char *
dup_contents (FarePricingEditor *self)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_auto(GStrv) names = fare_pricing_names_dup (self->names);
  const FarePricingField *fields[] = { &self->id, &self->name, &self->provider, &self->date };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autofree char *part = fields[i]->row != NULL ? fare_pricing_field_dup_text (fields[i]) : NULL;

      if (fields[i] != &self->date || is_dated (self))
        g_string_append_printf (text, "%s\n", part != NULL ? part : "");
    }

  for (guint i = 0; i < FARE_PRICING_N_RATES; i++)
    {
      g_autofree char *part = fare_pricing_field_dup_text (&self->rates[i]);

      g_string_append_printf (text, "%s\n", part);
    }

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    g_string_append_printf (text, "%s\n", names[i]);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

gboolean
fare_pricing_editor_is_unsaved (FarePricingEditor *self)
{
  g_autofree char *contents = NULL;

  g_return_val_if_fail (FARE_IS_PRICING_EDITOR (self), FALSE);

  contents = self->is_ready ? dup_contents (self) : NULL;

  return contents != NULL && !g_str_equal (contents, self->initial);
}

static void
cancel_cb (FarePricingEditor *self)
{
  gtk_window_destroy (GTK_WINDOW (self));
}

static gboolean
discard_cb (gpointer user_data)
{
  gtk_window_destroy (user_data);

  return G_SOURCE_REMOVE;
}

static void
response_cb (FarePricingEditor *self,
             const char        *response)
{
  self->is_asking = FALSE;
  if (g_str_equal (response, "save"))
    save_cb (self);
  else if (g_str_equal (response, "discard"))
    {
      /* Not before the question itself is gone: it still speaks to the window it lies over. */
      g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, discard_cb, g_object_ref (self), g_object_unref);
    }
}

static void
ask_before_close (FarePricingEditor *self)
{
  AdwMessageDialog *dialog =
    ADW_MESSAGE_DIALOG (adw_message_dialog_new (GTK_WINDOW (self), _("Save Prices?"), NULL));

  adw_message_dialog_set_body (dialog, _("What was typed for this model is not saved."));
  adw_message_dialog_add_responses (dialog, "cancel", _("_Cancel"), "discard", _("_Discard"),
                                    "save", _("_Save"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_appearance (dialog, "save", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_response_enabled (dialog, "save",
                                           gtk_widget_get_sensitive (self->save_button));
  adw_message_dialog_set_default_response (dialog, "cancel");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), self, G_CONNECT_SWAPPED);
  self->is_asking = TRUE;
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Escape and the like; who presses Cancel means it. */
static gboolean
fare_pricing_editor_close_request (GtkWindow *window)
{
  FarePricingEditor *self = FARE_PRICING_EDITOR (window);

  if (!fare_pricing_editor_is_unsaved (self))
    return GTK_WINDOW_CLASS (fare_pricing_editor_parent_class)->close_request (window);

  if (!self->is_asking)
    ask_before_close (self);

  return GDK_EVENT_STOP;
}

static void
add_field (FarePricingEditor *self,
           GtkListBox        *list,
           FarePricingField  *field,
           const char        *title)
{
  fare_pricing_field_init (field, list, title);
  g_signal_connect_swapped (field->row, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (field->row, "entry-activated", G_CALLBACK (save_cb), self);
}

static void
add_kept_cb (const char *title,
             const char *detail,
             gpointer    user_data)
{
  FarePricingEditor *self = user_data;
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), detail);
  adw_preferences_group_add (self->kept_group, row);
  gtk_widget_show (GTK_WIDGET (self->kept_group));
}

static void
fare_pricing_editor_dispose (GObject *object)
{
  FarePricingEditor *self = FARE_PRICING_EDITOR (object);

  self->is_ready = FALSE;
  gtk_widget_dispose_template (GTK_WIDGET (self), FARE_TYPE_PRICING_EDITOR);
  g_clear_pointer (&self->book, fare_price_book_unref);
  g_clear_pointer (&self->line, fare_pricing_line_unref);
  g_clear_pointer (&self->initial, g_free);

  G_OBJECT_CLASS (fare_pricing_editor_parent_class)->dispose (object);
}

static void
fare_pricing_editor_class_init (FarePricingEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fare_pricing_editor_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = fare_pricing_editor_close_request;

  /**
   * FarePricingEditor::save:
   *
   * The user wants what fare_pricing_editor_create_form() says.
   */
  signals[SIGNAL_SAVE] =
    g_signal_new ("save", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (FARE_TYPE_PRICING_NAMES);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/tokenfare/Tokenfare/fare-pricing-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, FarePricingEditor, title);
  gtk_widget_class_bind_template_child (widget_class, FarePricingEditor, save_button);
  gtk_widget_class_bind_template_child (widget_class, FarePricingEditor, scroller);
  gtk_widget_class_bind_template_child (widget_class, FarePricingEditor, error_label);
  gtk_widget_class_bind_template_child (widget_class, FarePricingEditor, model_list);
  gtk_widget_class_bind_template_child (widget_class, FarePricingEditor, rates_list);
  gtk_widget_class_bind_template_child (widget_class, FarePricingEditor, time_list);
  gtk_widget_class_bind_template_child (widget_class, FarePricingEditor, time_row);
  gtk_widget_class_bind_template_child (widget_class, FarePricingEditor, kept_group);
  gtk_widget_class_bind_template_child (widget_class, FarePricingEditor, names);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
fare_pricing_editor_init (FarePricingEditor *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Where the price of today stands among those of other times. */
static void
fill_times (FarePricingEditor     *self,
            const FareRateSegment *segment)
{
  g_autoptr(GtkStringList) times = gtk_string_list_new (NULL);
  g_autofree char *present = NULL;
  g_autofree char *day = NULL;

  if (segment == NULL || segment->from_ms == FARE_RATES_ALWAYS)
    present = g_strdup (self->entry != NULL &&
                        fare_price_entry_get_rates (self->entry)->segments->len > 1
                            ? _("Until the next price")
                            : _("Always"));
  else
    {
      day = fare_text_day ((FareDay) (segment->from_ms / DAY_MS), self->today);
      /* Translators: the placeholder is a date */
      present = g_strdup_printf (_("From %s, as until now"), day);
    }

  gtk_string_list_append (times, present);
  gtk_string_list_append (times, _("From a date of its own"));
  adw_combo_row_set_model (self->time_row, G_LIST_MODEL (times));
}

static void
fill_rates (FarePricingEditor *self)
{
  const FareRates *rates = self->entry != NULL ? fare_price_entry_get_rates (self->entry) : NULL;
  const FareRateSegment *segment = rates != NULL ? fare_rates_find_segment (rates, self->now_ms)
                                                 : NULL;

  if (segment == NULL && rates != NULL && rates->segments->len > 0)
    segment = &g_array_index (rates->segments, FareRateSegment, 0);

  fill_times (self, segment);
  if (rates != NULL)
    fare_pricing_kept_foreach (rates, self->now_ms, self->today, add_kept_cb, self);
  if (segment == NULL)
    return;

  self->present = segment->card;
  self->has_present = TRUE;
  for (guint i = 0; i < FARE_PRICING_N_RATES; i++)
    {
      g_autofree char *text = fare_pricing_text_entry (*get_rate (&self->present, i));

      if ((self->present.stated & kinds[i]) != 0)
        gtk_editable_set_text (GTK_EDITABLE (self->rates[i].row), text);
    }
}

static void
add_fields (FarePricingEditor *self)
{
  static const char * const titles[FARE_PRICING_N_RATES] = {
    N_("Input"), N_("Output"), N_("Cache Read"), N_("Cache Write, 5 min"), N_("Cache Write, 1 h")
  };

  if (self->line == NULL)
    add_field (self, self->model_list, &self->id, _("Name in Logs"));
  add_field (self, self->model_list, &self->name, _("Name"));
  if (self->line == NULL)
    add_field (self, self->model_list, &self->provider, _("Maker"));
  for (guint i = 0; i < FARE_PRICING_N_RATES; i++)
    {
      add_field (self, self->rates_list, &self->rates[i], _(titles[i]));
      gtk_widget_add_css_class (GTK_WIDGET (self->rates[i].row), "numeric");
      g_object_set (self->rates[i].row, "input-purpose", GTK_INPUT_PURPOSE_NUMBER, NULL);
    }
  add_field (self, self->time_list, &self->date, _("First Day, as in 2026-11-22"));
}

static void
fill (FarePricingEditor *self)
{
  g_autofree char *today = fare_price_time_to_string (self->now_ms - self->now_ms % DAY_MS);

  if (self->line == NULL)
    adw_window_title_set_title (self->title, _("Add Model"));
  else
    {
      adw_window_title_set_title (self->title, self->line->name);
      if (self->line->id != NULL && !g_str_equal (self->line->id, self->line->name))
        adw_window_title_set_subtitle (self->title, self->line->id);
      gtk_editable_set_text (GTK_EDITABLE (self->name.row), self->line->name);
    }

  fill_rates (self);
  gtk_editable_set_text (GTK_EDITABLE (self->date.row), today);
  fare_pricing_names_set (self->names, self->book, self->entry);
}

FarePricingEditor *
fare_pricing_editor_new (GtkWindow             *parent,
                         FarePriceBook         *book,
                         const FarePricingLine *line,
                         FareDay                today)
{
  FarePricingEditor *self = g_object_new (FARE_TYPE_PRICING_EDITOR, "transient-for", parent, NULL);

  self->book = fare_price_book_ref (book);
  self->line = line != NULL ? fare_pricing_line_ref ((FarePricingLine *) line) : NULL;
  self->entry = line != NULL && line->id != NULL ? fare_price_book_find_entry (book, line->id)
                                                 : NULL;
  self->today = today;
  self->now_ms = g_get_real_time () / 1000;
  add_fields (self);
  fill (self);
  self->initial = dup_contents (self);
  self->is_ready = TRUE;
  changed_cb (self);
  gtk_window_set_title (GTK_WINDOW (self), adw_window_title_get_title (self->title));
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->line == NULL ? self->id.row
                                                                          : self->rates[0].row));

  return self;
}

FarePricingForm *
fare_pricing_editor_create_form (FarePricingEditor *self)
{
  FarePricingForm *form = fare_pricing_form_new ();
  g_autofree char *name = NULL;

  g_return_val_if_fail (FARE_IS_PRICING_EDITOR (self), NULL);

  name = fare_pricing_field_dup_text (&self->name);
  if (self->line == NULL)
    {
      form->id = fare_pricing_field_dup_text (&self->id);
      form->provider = fare_pricing_field_dup_text (&self->provider);
    }
  else
    {
      form->id = g_strdup (self->line->id);
      form->logged_provider = g_strdup (self->line->logged_provider);
      form->logged_name = g_strdup (self->line->logged_name);
    }

  if (*name != '\0')
    form->name = g_steal_pointer (&name);
  if (!has_same_names (self))
    form->aliases = fare_pricing_names_dup (self->names);
  check_rates (self, &form->card);
  form->has_card = !self->has_present || is_dated (self) ||
                   !is_same_card (&form->card, &self->present);
  if (is_dated (self))
    form->from = fare_pricing_field_dup_text (&self->date);

  return form;
}

void
fare_pricing_editor_show_error (FarePricingEditor *self,
                                const char        *message)
{
  g_return_if_fail (FARE_IS_PRICING_EDITOR (self));

  gtk_label_set_label (self->error_label, message);
  gtk_widget_show (GTK_WIDGET (self->error_label));
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0.0);
}

void
fare_pricing_editor_focus_names (FarePricingEditor *self)
{
  g_return_if_fail (FARE_IS_PRICING_EDITOR (self));

  fare_pricing_names_focus (self->names);
}
