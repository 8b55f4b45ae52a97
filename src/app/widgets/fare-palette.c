/* fare-palette.c
 *
 * The one table of colours that canvases draw with.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <adwaita.h>
#include <string.h>

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

/* Five anchors, interpolated in OKLab.  Lightness rises or falls steadily, so the order can be read
 * in grey too.  Light, dark, and both for high contrast. */
static const char * const levels[FARE_PALETTE_N_LEVELS][4] = {
  { "#e0dfdd", "#3d3d3f", "#ffffff", "#000000" },
  { "#c7d8ec", "#2f486b", "#c4dcf8", "#062852" },
  { "#aacdf6", "#215698", "#8cb9f0", "#1e64bb" },
  { "#86b7f1", "#2a71c7", "#5496e8", "#2d79d6" },
  { "#629fea", "#458ce4", "#2d79d6", "#5496e8" },
  { "#3a85e2", "#6ba5ec", "#1e64bb", "#8cb9f0" },
  { "#2468bd", "#9cc4f5", "#134683", "#c4dcf8" },
  { "#154a91", "#d2e6fc", "#0a2647", "#ffffff" },
};

/* The first ones own the slot at their place.  The place of a later one, counted round and round, is
 * the slot it takes when that is free.  The order is part of the promise that a client keeps its
 * colour: append only. */
static const char * const clients[] = {
  "codex", "claude", "gemini_cli", "opencode", "copilot_cli", "amp",
  "antigravity", "cline", "droid", "goose", "grok", "hermes",
  "kilocode", "kimi", "mimo", "omp", "openclaw", "pi_agent",
  "qwen", "roo_code",
};

static guint
find_place (const char *client)
{
  for (guint i = 0; i < G_N_ELEMENTS (clients); i++)
    {
      if (g_strcmp0 (clients[i], client) == 0)
        return i;
    }

  return G_N_ELEMENTS (clients);
}

void
fare_palette_assign (const char * const *shown,
                     guint               n_shown,
                     guint              *slots)
{
  guint chosen[G_N_ELEMENTS (clients)];
  gboolean is_taken[FARE_PALETTE_N_SLOTS] = { FALSE };
  guint n_free = FARE_PALETTE_N_SLOTS;

  memset (chosen, 0xff, sizeof chosen);

  for (guint i = 0; i < n_shown; i++)
    {
      guint place = find_place (shown[i]);

      slots[i] = MIN (place, FARE_PALETTE_OTHER);
      if (place < FARE_PALETTE_N_SLOTS && !is_taken[place])
        {
          is_taken[place] = TRUE;
          n_free--;
        }
    }

  /* The largest of the others get what is free, … */
  for (guint i = 0; i < n_shown && n_free > 0; i++)
    {
      guint place = find_place (shown[i]);

      if (place < FARE_PALETTE_N_SLOTS || place == G_N_ELEMENTS (clients))
        continue;

      chosen[place] = i;
      n_free--;
    }

  /* … in the table's order, so that their sizes do not decide who gets which. */
  for (guint place = FARE_PALETTE_N_SLOTS; place < G_N_ELEMENTS (clients); place++)
    {
      guint slot = place % FARE_PALETTE_N_SLOTS;

      if (chosen[place] == G_MAXUINT)
        continue;

      while (is_taken[slot])
        slot = (slot + 1) % FARE_PALETTE_N_SLOTS;

      is_taken[slot] = TRUE;
      slots[chosen[place]] = slot;
    }
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

void
fare_palette_lookup_level (guint      level,
                           GtkWidget *widget,
                           GdkRGBA   *color)
{
  gboolean is_dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  guint column = (is_dark ? 1 : 0) + (fare_palette_needs_outline () ? 2 : 0);

  gdk_rgba_parse (color, levels[MIN (level, FARE_PALETTE_N_LEVELS - 1)][column]);
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
