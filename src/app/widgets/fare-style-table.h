/* fare-style-table.h
 *
 * All colours of all styles, light, dark and for high contrast.  Text has at least 4.5:1 on
 * whatever it stands on, what is drawn 3:1; steps of a calendar rise or fall steadily in
 * lightness (OKLab), so that they can be told apart in grey too.  A test measures it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "widgets/fare-palette.h"

G_BEGIN_DECLS

/* What CSS paints with. */
typedef enum
{
  FARE_COLOR_BACKGROUND,     /* of the window, at its upper end … */
  FARE_COLOR_BACKGROUND_END, /* … and at its lower one */
  FARE_COLOR_SURFACE,        /* cards, lists, popovers */
  FARE_COLOR_TEXT,
  FARE_COLOR_MUTED,          /* text of less weight */
  FARE_COLOR_BORDER,
  FARE_COLOR_ACCENT,         /* links and selected text */
  FARE_COLOR_ACCENT_BG,      /* suggested buttons, switches … */
  FARE_COLOR_ACCENT_FG,      /* … and what is written on them */
  FARE_COLOR_ERROR,
  FARE_COLOR_WARNING,
  FARE_COLOR_SUCCESS,
  FARE_COLOR_N_ROLES
} FareColorRole;

/* "#rrggbb" each. */
typedef struct
{
  const char *roles[FARE_COLOR_N_ROLES]; /* all NULL where libadwaita's own hold */
  const char *series[FARE_PALETTE_N_SLOTS + 1];
  const char *levels[FARE_PALETTE_N_LEVELS];
} FareColors;

typedef struct
{
  const char *name;  /* as in the settings */
  const char *title; /* not translated yet */
  FareColors  light;
  FareColors  dark;
} FareStyleEntry;

/**
 * fare_style_table:
 * @n_entries: (out): how many
 *
 * Returns: the styles in the order of a menu; the first one is the one that comes by itself
 */
const FareStyleEntry *fare_style_table               (guint   *n_entries);

/**
 * fare_style_table_get_contrast:
 *
 * Returns: the colours of charts for high contrast, whatever the style
 */
const FareColors     *fare_style_table_get_contrast  (gboolean is_dark);

G_END_DECLS
