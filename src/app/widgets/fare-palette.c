/* fare-palette.c
 *
 * Colours that canvases draw with: which slot a client has, and what the style makes of it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <adwaita.h>
#include <string.h>

#include "widgets/fare-palette.h"
#include "widgets/fare-style.h"

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

/* The table has nothing but colours that can be parsed; a test looks at each. */
void
fare_palette_lookup (guint      slot,
                     GtkWidget *widget,
                     GdkRGBA   *color)
{
  static const char * const names[] = { "accent_color", "warning_color", "error_color" };
  FareStyle *style = fare_style_get_for_display (gtk_widget_get_display (widget));

  if (slot >= FARE_PALETTE_ACCENT && slot <= FARE_PALETTE_ALERT &&
      gtk_style_context_lookup_color (gtk_widget_get_style_context (widget),
                                      names[slot - FARE_PALETTE_ACCENT], color))
    return;

  gdk_rgba_parse (color, fare_style_get_colors (style)->series[MIN (slot, FARE_PALETTE_OTHER)]);
}

void
fare_palette_lookup_level (guint      level,
                           GtkWidget *widget,
                           GdkRGBA   *color)
{
  FareStyle *style = fare_style_get_for_display (gtk_widget_get_display (widget));

  gdk_rgba_parse (color,
                  fare_style_get_colors (style)->levels[MIN (level, FARE_PALETTE_N_LEVELS - 1)]);
}

gboolean
fare_palette_needs_outline (void)
{
  return adw_style_manager_get_high_contrast (adw_style_manager_get_default ());
}

void
fare_palette_redraw_on_change (GtkWidget *widget)
{
  g_signal_connect_object (fare_style_get_for_display (gtk_widget_get_display (widget)), "changed",
                           G_CALLBACK (gtk_widget_queue_draw), widget, G_CONNECT_SWAPPED);
}
