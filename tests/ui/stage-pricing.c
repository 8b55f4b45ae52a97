/* stage-pricing.c
 *
 * The parts of the pricing page that are photographed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "stage-pricing.h"

#include "pages/fare-pricing-page.h"
#include "pages/fare-pricing-table.h"
#include "ui-room.h"

static gboolean
has_answer (gpointer data)
{
  return fare_live_query_get_answer (fare_pricing_page_get_query (data)) != NULL;
}

static void
select_line (FarePricingPage *page,
             const char      *key)
{
  FarePricingTable *table =
    FARE_PRICING_TABLE (ui_find (GTK_WIDGET (page), FARE_TYPE_PRICING_TABLE, NULL));
  guint position = fare_pricing_list_find (fare_pricing_page_get_list (page), key);

  g_assert_cmpuint (position, !=, GTK_INVALID_LIST_POSITION);
  fare_pricing_table_show_line (table, position);
}

void
stage_pricing_open (FareWindow *window,
                    const char *part)
{
  FarePricingPage *page =
    FARE_PRICING_PAGE (ui_find (GTK_WIDGET (window), FARE_TYPE_PRICING_PAGE, NULL));

  ui_wait (has_answer, page, 10.0);
  ui_pause (200);

  if (g_str_equal (part, "pricing-editor"))
    {
      select_line (page, "claude-opus-4-6");
      gtk_widget_activate_action (GTK_WIDGET (page), "pricing.edit", NULL);
    }
  else if (g_str_equal (part, "pricing-menu"))
    {
      select_line (page, "claude-opus-4-8");
      gtk_widget_activate_action (ui_find (GTK_WIDGET (page), FARE_TYPE_PRICING_TABLE, NULL),
                                  "pricing-table.popup", NULL);
    }
}
