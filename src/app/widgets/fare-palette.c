/* fare-palette.c
 *
 * The one table of colours that canvases draw with.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <adwaita.h>

#include "widgets/fare-palette.h"

/* At least 3:1 against a card; neighbours stay apart under simulated colour deficiencies. */
static const struct
{
  const char *light;
  const char *dark;
} series[FARE_PALETTE_N_SLOTS + 1] = {
  { "#104dc6", "#5ab5e2" },
  { "#c75a23", "#d95412" },
  { "#0da088", "#84f5f5" },
  { "#a00d6f", "#eded26" },
  { "#b271f4", "#ad49df" },
  { "#5f4511", "#d3b069" },
  { "#77767b", "#9a9996" },
};

/* The order is part of the promise that a client keeps its colour: append only. */
static const char * const client_slots[FARE_PALETTE_N_SLOTS] = {
  "codex",
  "claude",
  "gemini_cli",
  "opencode",
  "copilot_cli",
  "amp",
};

guint
fare_palette_slot_for_client (const char *client)
{
  for (guint i = 0; i < G_N_ELEMENTS (client_slots); i++)
    {
      if (g_strcmp0 (client_slots[i], client) == 0)
        return i;
    }

  return FARE_PALETTE_OTHER;
}

void
fare_palette_lookup (guint      slot,
                     GtkWidget *widget,
                     GdkRGBA   *color)
{
  gboolean is_dark = adw_style_manager_get_dark (adw_style_manager_get_default ());

  if (slot == FARE_PALETTE_ACCENT &&
      gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), "accent_color", color))
    return;

  slot = MIN (slot, FARE_PALETTE_OTHER);
  gdk_rgba_parse (color, is_dark ? series[slot].dark : series[slot].light);
}

gboolean
fare_palette_needs_outline (void)
{
  return adw_style_manager_get_high_contrast (adw_style_manager_get_default ());
}

void
fare_palette_redraw_on_change (GtkWidget *widget)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  g_signal_connect_object (manager, "notify::dark",
                           G_CALLBACK (gtk_widget_queue_draw), widget, G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast",
                           G_CALLBACK (gtk_widget_queue_draw), widget, G_CONNECT_SWAPPED);
}
