/* fare-pricing-what-if.c
 *
 * What the same tokens would cost at another model's prices.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "accounting/fare-sums.h"
#include "accounting/fare-what-if.h"
#include "base/fare-text.h"
#include "models/fare-live-query.h"
#include "pages/fare-pricing-what-if.h"

struct _FarePricingWhatIf
{
  AdwBin           parent_instance;

  GtkBox          *box;
  GtkLabel        *range_label;
  GtkWidget       *model_button;
  GtkLabel        *model_label;
  GtkLabel        *result_label;
  GtkWidget       *reset_button;
  GtkLabel        *caption_label;

  FareRangeChoice *choice;
  FarePreferences *preferences;
  FareLiveQuery   *query;
  gboolean         is_seen;
  gboolean         has_model;
};

G_DEFINE_FINAL_TYPE (FarePricingWhatIf, fare_pricing_what_if, ADW_TYPE_BIN)

enum
{
  SIGNAL_CHOOSE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* A #FareAnswerFunc: the sums of all use, or NULL with an error. */
static gpointer
load (const FareQuestion  *question,
      GCancellable        *cancellable,
      GError             **error)
{
  g_autoptr(FareIndexReader) reader = fare_meter_read (question->meter, error);
  g_autoptr(FarePriceBook) prices = NULL;
  g_autoptr(FareWhatIf) what_if = NULL;
  FareQuery query = { .zone = question->now.zone };

  if (reader == NULL)
    return NULL;

  prices = fare_meter_ref_prices (question->meter);
  fare_range_to_span (question->range, query.zone, &query.from_ms, &query.to_ms);
  what_if = fare_what_if_new (reader, prices, &query,
                              g_variant_get_string (question->subject, NULL), cancellable, error);
  if (what_if == NULL)
    return NULL;

  return g_memdup2 (fare_what_if_get_total (what_if), sizeof (FareWhatIfSums));
}

static char *
describe_money (FarePricingWhatIf *self,
                double             usd)
{
  return fare_preferences_get_hide_amounts (self->preferences) ? g_strdup (FARE_TEXT_HIDDEN)
                                                               : fare_text_money (usd);
}

/* "$48.57 → $12.00: $36.57 less (75%)" */
static char *
describe_result (FarePricingWhatIf    *self,
                 const FareWhatIfSums *sums)
{
  double difference = fare_what_if_sums_get_difference (sums);
  g_autofree char *now = describe_money (self, sums->now_compared);
  g_autofree char *then = describe_money (self, sums->then_compared);
  g_autofree char *change = describe_money (self, fabs (difference));
  g_autofree char *part = sums->now_compared > 0.0
                              ? fare_text_percent (MIN (fabs (difference) / sums->now_compared, 999.0))
                              : NULL;
  g_autofree char *amount = part != NULL ? g_strdup_printf ("%s (%s)", change, part)
                                         : g_strdup (change);

  if (sums->compared_tokens == 0)
    return g_strdup (_("There is nothing to compare in these days."));

  if (fabs (difference) < 0.005)
    /* Translators: two amounts of money, as in “$48.57 → $48.57, the same” */
    return g_strdup_printf (_("%s → %s, the same"), now, then);

  if (difference < 0.0)
    /* Translators: amounts of money, as in “$48.57 → $12.00, $36.57 (75%) less” */
    return g_strdup_printf (_("%s → %s, %s less"), now, then, amount);

  /* Translators: amounts of money, as in “$12.00 → $48.57, $36.57 (305%) more” */
  return g_strdup_printf (_("%s → %s, %s more"), now, then, amount);
}

static void
show_caption (FarePricingWhatIf    *self,
              const FareWhatIfSums *sums)
{
  const char *caption = _("Same tokens, other prices. Another model may use more or fewer tokens.");
  g_autofree char *tokens = sums != NULL ? fare_text_tokens (sums->left_out_tokens) : NULL;
  g_autofree char *left_out = NULL;
  g_autofree char *text = NULL;

  if (sums == NULL || sums->left_out_tokens == 0)
    {
      gtk_label_set_label (self->caption_label, caption);
      return;
    }

  /* Translators: the placeholder is a count of tokens */
  left_out = g_strdup_printf (_("Left out: %s tokens that have no price."), tokens);
  text = g_strconcat (caption, " ", left_out, NULL);
  gtk_label_set_label (self->caption_label, text);
}

static void
show (FarePricingWhatIf *self)
{
  const FareWhatIfSums *sums = fare_live_query_get_answer (self->query);
  const GError *error = fare_live_query_get_error (self->query);
  g_autofree char *title = fare_range_choice_dup_title (self->choice);
  /* Translators: the placeholder is a range of days, as in “Reprice Last 7 Days as”; the name of a
   * model follows */
  g_autofree char *range = g_strdup_printf (_("Reprice %s as"), title);
  g_autofree char *result = NULL;

  gtk_label_set_label (self->range_label, range);
  if (self->has_model && error != NULL)
    result = g_strdup (error->message);
  else if (self->has_model && sums != NULL)
    result = describe_result (self, sums);

  gtk_label_set_label (self->result_label, result != NULL ? result : "");
  gtk_widget_set_sensitive (self->reset_button, self->has_model);
  show_caption (self, self->has_model ? sums : NULL);
}

static void
choose_cb (FarePricingWhatIf *self)
{
  g_signal_emit (self, signals[SIGNAL_CHOOSE], 0);
}

static void
reset_cb (FarePricingWhatIf *self)
{
  fare_pricing_what_if_set_model (self, NULL, NULL);
  gtk_widget_grab_focus (self->model_button);
}

static void
fare_pricing_what_if_dispose (GObject *object)
{
  FarePricingWhatIf *self = FARE_PRICING_WHAT_IF (object);

  g_clear_object (&self->query);
  g_clear_object (&self->choice);
  g_clear_object (&self->preferences);
  gtk_widget_dispose_template (GTK_WIDGET (self), FARE_TYPE_PRICING_WHAT_IF);

  G_OBJECT_CLASS (fare_pricing_what_if_parent_class)->dispose (object);
}

static void
fare_pricing_what_if_class_init (FarePricingWhatIfClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fare_pricing_what_if_dispose;

  signals[SIGNAL_CHOOSE] =
    g_signal_new ("choose", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/tokenfare/Tokenfare/fare-pricing-what-if.ui");
  gtk_widget_class_bind_template_child (widget_class, FarePricingWhatIf, box);
  gtk_widget_class_bind_template_child (widget_class, FarePricingWhatIf, range_label);
  gtk_widget_class_bind_template_child (widget_class, FarePricingWhatIf, model_button);
  gtk_widget_class_bind_template_child (widget_class, FarePricingWhatIf, model_label);
  gtk_widget_class_bind_template_child (widget_class, FarePricingWhatIf, result_label);
  gtk_widget_class_bind_template_child (widget_class, FarePricingWhatIf, reset_button);
  gtk_widget_class_bind_template_child (widget_class, FarePricingWhatIf, caption_label);
  gtk_widget_class_bind_template_callback (widget_class, choose_cb);
  gtk_widget_class_bind_template_callback (widget_class, reset_cb);
}

static void
fare_pricing_what_if_init (FarePricingWhatIf *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
update_query (FarePricingWhatIf *self)
{
  if (self->query != NULL)
    fare_live_query_set_active (self->query, self->is_seen && self->has_model);
}

void
fare_pricing_what_if_connect (FarePricingWhatIf     *self,
                              const FarePageContext *context)
{
  g_return_if_fail (FARE_IS_PRICING_WHAT_IF (self));
  g_return_if_fail (self->query == NULL);

  self->choice = g_object_ref (context->choice);
  self->preferences = g_object_ref (context->preferences);
  self->query = fare_live_query_new (context->meter, context->choice, TRUE, NULL, load, g_free);
  g_signal_connect_object (self->query, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->preferences, "notify::hide-amounts", G_CALLBACK (show), self,
                           G_CONNECT_SWAPPED);
  show (self);
}

void
fare_pricing_what_if_set_active (FarePricingWhatIf *self,
                                 gboolean           is_active)
{
  g_return_if_fail (FARE_IS_PRICING_WHAT_IF (self));

  self->is_seen = is_active;
  update_query (self);
}

void
fare_pricing_what_if_set_width (FarePricingWhatIf *self,
                                FareWidth          width)
{
  g_return_if_fail (FARE_IS_PRICING_WHAT_IF (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->box),
                                  width == FARE_WIDTH_WIDE ? GTK_ORIENTATION_HORIZONTAL
                                                           : GTK_ORIENTATION_VERTICAL);
}

void
fare_pricing_what_if_set_model (FarePricingWhatIf *self,
                                const char        *id,
                                const char        *name)
{
  g_return_if_fail (FARE_IS_PRICING_WHAT_IF (self));
  g_return_if_fail (self->query != NULL);

  self->has_model = id != NULL;
  gtk_label_set_label (self->model_label, name != NULL ? name : _("Choose a Model…"));
  fare_live_query_set_active (self->query, FALSE);
  fare_live_query_set_subject (self->query, id != NULL ? g_variant_new_string (id) : NULL);
  update_query (self);
  show (self);
}
