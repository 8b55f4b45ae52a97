/* fare-model-popover.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "base/fare-text.h"
#include "pages/fare-model-popover.h"
#include "pricing/fare-price-entry.h"

static GtkWidget *
new_label (const char *text,
           gboolean    is_number,
           const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), is_number ? 1.0f : 0.0f);
  if (is_number)
    gtk_widget_add_css_class (label, "numeric");
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);

  return label;
}

static void
add_row (GtkGrid      *grid,
         int           row,
         const char   *title,
         gint64        tokens,
         const double *rate)
{
  g_autofree char *count = fare_text_count (tokens);
  g_autofree char *price = rate != NULL ? fare_text_money (*rate) : NULL;
  g_autofree char *per = price != NULL
                         /* Translators: an amount of money for a million tokens */
                         ? g_strdup_printf (_("%s per million"), price)
                         : NULL;

  gtk_grid_attach (grid, new_label (title, FALSE, NULL), 0, row, 1, 1);
  gtk_grid_attach (grid, new_label (count, TRUE, NULL), 1, row, 1, 1);
  if (per != NULL)
    gtk_grid_attach (grid, new_label (rate != NULL && *rate == 0.0 ? _("free") : per, TRUE, "dim-label"),
                     2, row, 1, 1);
}

static const FareRateCard *
find_card (const FareShare *share,
           FarePriceBook   *prices,
           gint64           now_ms)
{
  FarePriceMatch match = fare_price_book_match (prices, share->provider, share->name);
  const FareRateSegment *segment = NULL;

  if (match.entry != NULL)
    segment = fare_rates_find_segment (fare_price_entry_get_rates (match.entry), now_ms);

  return segment != NULL ? &segment->card : NULL;
}

static GtkWidget *
new_grid (const FareShare    *share,
          const FareRateCard *card)
{
  const FareUsage *usage = &share->sums.usage;
  GtkWidget *grid = gtk_grid_new ();
  int row = 0;

  gtk_grid_set_column_spacing (GTK_GRID (grid), 18);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  add_row (GTK_GRID (grid), row++, _("Input"), usage->input, card ? &card->input : NULL);
  add_row (GTK_GRID (grid), row++, _("Cache Read"), usage->cache_read, card ? &card->cache_read : NULL);
  add_row (GTK_GRID (grid), row++, _("Cache Write, 5 Minutes"), usage->cache_write_5m,
           card ? &card->cache_write_5m : NULL);
  if (usage->cache_write_1h > 0)
    add_row (GTK_GRID (grid), row++, _("Cache Write, 1 Hour"), usage->cache_write_1h,
             card ? &card->cache_write_1h : NULL);
  add_row (GTK_GRID (grid), row++, _("Output"), usage->output, card ? &card->output : NULL);

  return grid;
}

static GtkWidget *
new_button (const char *label,
            const char *action,
            GVariant   *target)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), target);
  gtk_widget_set_hexpand (button, TRUE);

  return button;
}

static gboolean
unparent_cb (gpointer popover)
{
  if (gtk_widget_get_parent (popover) != NULL)
    gtk_widget_unparent (popover);

  return G_SOURCE_REMOVE;
}

/* The popover still answers the press that closed it; it goes after that. */
static void
closed_cb (GtkPopover *popover)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, unparent_cb, g_object_ref (popover), g_object_unref);
}

void
fare_model_popover_open (GtkWidget       *parent,
                         const FareShare *share,
                         FarePriceBook   *prices,
                         gint64           now_ms,
                         const char      *cost)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  const FareRateCard *card = find_card (share, prices, now_ms);
  g_autofree char *heading = NULL;

  /* Translators: a model and its cost */
  heading = g_strdup_printf (C_("model and cost", "%s · %s"), share->title, cost);
  gtk_box_append (GTK_BOX (box), new_label (heading, FALSE, "heading"));
  gtk_box_append (GTK_BOX (box), new_grid (share, card));
  gtk_box_append (GTK_BOX (box), new_label (card != NULL ? _("List prices of today; the cost is that of each day.")
                                                         : _("No price is known for this model."),
                                            FALSE, "caption"));
  gtk_box_append (GTK_BOX (buttons), new_button (_("Show _Sessions"), "win.show-sessions",
                                                 g_variant_new ("(ss)", "model", share->name)));
  gtk_box_append (GTK_BOX (buttons), new_button (_("Show _Prices"), "win.show-prices",
                                                 g_variant_new_string (share->name)));
  gtk_box_append (GTK_BOX (box), buttons);
  gtk_widget_add_css_class (box, "fare-popover");

  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_widget_set_parent (popover, parent);
  gtk_accessible_update_property (GTK_ACCESSIBLE (popover),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, heading, -1);
  g_signal_connect (popover, "closed", G_CALLBACK (closed_cb), NULL);
  gtk_popover_popup (GTK_POPOVER (popover));
}
