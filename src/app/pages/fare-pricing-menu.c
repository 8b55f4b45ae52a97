/* fare-pricing-menu.c
 *
 * What can be done with a line of the price table.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "pages/fare-pricing-menu.h"

static void
append (GMenu      *menu,
        const char *label,
        const char *action)
{
  g_menu_append (menu, label, action);
}

/* The view has the key; the menu says so. */
static void
append_with_key (GMenu      *menu,
                 const char *label,
                 const char *action,
                 const char *key)
{
  g_autoptr(GMenuItem) item = g_menu_item_new (label, action);

  g_menu_item_set_attribute (item, "accel", "s", key);
  g_menu_append_item (menu, item);
}

/* What can be done about a model that misses a price. */
static GMenu *
build_remedies (const FarePricingLine *line)
{
  GMenu *menu = g_menu_new ();

  if (line->can_price)
    append (menu, _("_Set Price…"), "pricing.edit");
  if (line->target != NULL)
    append (menu, _("Same as _Another Model…"), "pricing.same-as");
  if (line->seller != NULL)
    {
      append (menu, _("Billed at the _Maker’s Price"), "pricing.gateway");
      append (menu, _("Runs on This _Computer"), "pricing.local");
    }

  return menu;
}

GMenu *
fare_pricing_menu_new (const FarePricingLine *line)
{
  g_autoptr(GMenu) menu = g_menu_new ();
  g_autoptr(GMenu) first = NULL;
  g_autoptr(GMenu) last = g_menu_new ();

  g_return_val_if_fail (line != NULL, NULL);

  if (line->source == FARE_PRICING_MISSING)
    first = build_remedies (line);
  else
    first = g_menu_new ();

  if (line->id != NULL && line->source != FARE_PRICING_HIDDEN)
    {
      if (line->source != FARE_PRICING_MISSING)
        append (first, _("_Edit…"), "pricing.edit");
      append (first, _("Add _Alias…"), "pricing.alias");
      append_with_key (first, _("_Copy"), "pricing.copy", "<Control>c");
      append_with_key (last, _("_Delete"), "pricing.delete", "Delete");
    }
  if (line->is_changed && line->source != FARE_PRICING_ADDED)
    append (last, _("_Reset to Built-in"), "pricing.reset");
  if (line->is_used)
    append (first, _("Show _Sessions"), "pricing.sessions");

  g_menu_append_section (menu, NULL, G_MENU_MODEL (first));
  if (g_menu_model_get_n_items (G_MENU_MODEL (last)) > 0)
    g_menu_append_section (menu, NULL, G_MENU_MODEL (last));

  return g_steal_pointer (&menu);
}
