/* fare-limits-section.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "models/fare-standing-data.h"
#include "pages/fare-limits-section.h"
#include "pages/fare-limits-text.h"
#include "widgets/fare-quiet-label.h"
#include "widgets/fare-share-list.h"

/* How often the time left is told anew, and news looked for that no log announces. */
#define CLOCK_SECONDS 60

/* Budgets are no stop-watch; while agents work there is news all the time. */
#define PAUSE_MS 5000

struct _FareLimitsSection
{
  GtkBox           parent_instance;

  GtkLabel        *title_label;
  FareShareList   *list;

  FareRangeChoice *choice;
  FarePreferences *preferences;
  FareLiveQuery   *query;
  guint            clock_id;
};

G_DEFINE_FINAL_TYPE (FareLimitsSection, fare_limits_section, GTK_TYPE_BOX)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
update (FareLimitsSection *self)
{
  FareNow now;

  fare_range_choice_get_now (self->choice, &now);
  fare_limits_section_show (self, fare_live_query_get_answer (self->query), &now);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
budgets_changed_cb (FareLimitsSection *self)
{
  fare_live_query_set_subject (self->query, fare_standing_data_make_subject (self->preferences));
}

static gboolean
clock_cb (gpointer user_data)
{
  fare_live_query_ask (FARE_LIMITS_SECTION (user_data)->query);

  return G_SOURCE_CONTINUE;
}

static void
fare_limits_section_dispose (GObject *object)
{
  FareLimitsSection *self = FARE_LIMITS_SECTION (object);

  g_clear_handle_id (&self->clock_id, g_source_remove);
  g_clear_object (&self->query);
  g_clear_object (&self->choice);
  g_clear_object (&self->preferences);

  G_OBJECT_CLASS (fare_limits_section_parent_class)->dispose (object);
}

static void
fare_limits_section_class_init (FareLimitsSectionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = fare_limits_section_dispose;

  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
fare_limits_section_init (FareLimitsSection *self)
{
  GtkBox *box = GTK_BOX (self);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (box, 12);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);

  self->title_label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->title_label, 0.0);
  gtk_widget_add_css_class (GTK_WIDGET (self->title_label), "heading");
  gtk_box_append (box, GTK_WIDGET (self->title_label));

  self->list = g_object_new (FARE_TYPE_SHARE_LIST, "label", _("Budgets and Limits"), NULL);
  gtk_box_append (box, GTK_WIDGET (self->list));
}

void
fare_limits_section_connect (FareLimitsSection     *self,
                             const FarePageContext *context)
{
  static const char * const redrawn[] = {
    "changed::budget-warn-percent", "changed::limit-warn-percent"
  };
  static const char * const asked[] = {
    "changed::budget-day", "changed::budget-week", "changed::budget-month"
  };
  GSettings *settings;

  g_return_if_fail (FARE_IS_LIMITS_SECTION (self));
  g_return_if_fail (self->query == NULL);

  self->choice = g_object_ref (context->choice);
  self->preferences = g_object_ref (context->preferences);
  self->query = fare_live_query_new (context->meter, context->choice, FALSE, NULL,
                                     fare_standing_data_load, (GDestroyNotify) fare_standing_free);
  fare_live_query_set_pause (self->query, PAUSE_MS);
  budgets_changed_cb (self);

  settings = fare_preferences_get_settings (context->preferences);
  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    g_signal_connect_object (settings, asked[i], G_CALLBACK (budgets_changed_cb), self,
                             G_CONNECT_SWAPPED);
  for (guint i = 0; i < G_N_ELEMENTS (redrawn); i++)
    g_signal_connect_object (settings, redrawn[i], G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->query, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (context->preferences, "notify::hide-amounts", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
}

void
fare_limits_section_set_active (FareLimitsSection *self,
                                gboolean           is_active)
{
  g_return_if_fail (FARE_IS_LIMITS_SECTION (self));

  if (self->query == NULL)
    return;

  fare_live_query_set_active (self->query, is_active);
  g_clear_handle_id (&self->clock_id, g_source_remove);
  if (is_active)
    self->clock_id = g_timeout_add_seconds (CLOCK_SECONDS, clock_cb, self);
}

void
fare_limits_section_ask (FareLimitsSection *self)
{
  g_return_if_fail (FARE_IS_LIMITS_SECTION (self));

  if (self->query != NULL)
    fare_live_query_ask (self->query);
}

void
fare_limits_section_show (FareLimitsSection  *self,
                          const FareStanding *standing,
                          const FareNow      *now)
{
  FareLimitsText text = { .standing = standing, .now = *now };
  g_autoptr(GPtrArray) items = NULL;
  g_autofree char *title = NULL;

  g_return_if_fail (FARE_IS_LIMITS_SECTION (self));

  if (standing == NULL)
    {
      fare_share_list_blank (self->list);
      return;
    }

  if (self->preferences != NULL)
    {
      GSettings *settings = fare_preferences_get_settings (self->preferences);

      text.hide_amounts = fare_preferences_get_hide_amounts (self->preferences);
      text.budget_warn = g_settings_get_uint (settings, "budget-warn-percent");
      text.limit_warn = g_settings_get_uint (settings, "limit-warn-percent");
    }

  items = fare_limits_text_items (&text);
  title = fare_limits_text_title (&text);
  gtk_widget_set_visible (GTK_WIDGET (self), items->len > 0);
  fare_quiet_label_set (self->title_label, title);
  fare_share_list_update (self->list, items);
}

const FareBudget *
fare_limits_section_get_budget (FareLimitsSection *self)
{
  const FareStanding *standing;

  g_return_val_if_fail (FARE_IS_LIMITS_SECTION (self), NULL);

  standing = self->query != NULL ? fare_live_query_get_answer (self->query) : NULL;

  return standing != NULL && standing->budgets[FARE_BUDGET_MONTH].has_budget
           ? &standing->budgets[FARE_BUDGET_MONTH].budget : NULL;
}
