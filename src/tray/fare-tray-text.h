/* fare-tray-text.h
 *
 * What the tray icon says, word by word.  Nothing here knows a toolkit.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "accounting/fare-standing.h"

G_BEGIN_DECLS

/* Usage limits named in the menu. */
#define FARE_TRAY_N_LIMITS 2

/* What stands beside the icon; values of the key "tray-display". */
typedef enum
{
  FARE_TRAY_ICON,
  FARE_TRAY_COST,
  FARE_TRAY_TOKENS
} FareTrayDisplay;

/* What the texts are made from. */
typedef struct
{
  const FareStanding *standing;       /* (nullable): NULL before the first answer */
  FareTrayDisplay   display;
  gboolean          hide_amounts; /* show no amounts of money */
  guint             age_minutes;  /* how old the figures are, 0 when fresh */
} FareTrayState;

/**
 * fare_tray_text_title:
 *
 * Returns: (transfer full): "Tokenfare — $12.40 today", translated
 */
char *fare_tray_text_title (const FareTrayState *state) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_tray_text_label:
 *
 * Returns: (transfer full): "$12.40", "$12.40+" when some use has no price, "3.1M", or ""
 */
char *fare_tray_text_label (const FareTrayState *state) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_tray_text_guide:
 *
 * Returns: (transfer full): "$8888.88", a text as wide as such a label gets, for panels that reserve the
 *   place
 */
char *fare_tray_text_guide (const FareTrayState *state) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_tray_text_today:
 *
 * Returns: (transfer full): "$12.40 today · 3.1M tokens" and how old that is, translated
 */
char *fare_tray_text_today (const FareTrayState *state) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_tray_text_month:
 *
 * Returns: (transfer full) (nullable): "This month $184.00 of $250.00", translated; the week in its place
 *   when that is what went over its budget; %NULL without figures
 */
char *fare_tray_text_month (const FareTrayState *state) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_tray_text_tool:
 * @i: 0 to %FARE_STANDING_TOOLS - 1
 *
 * Returns: (transfer full) (nullable): "Claude Code  $10.10", or its share; %NULL when there is no such
 *   tool
 */
char *fare_tray_text_tool  (const FareTrayState *state,
                            guint                i) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_tray_text_limit:
 * @i: 0 to %FARE_TRAY_N_LIMITS - 1
 *
 * Returns: (transfer full) (nullable): "Claude Code 5 h  38% used · resets in 2h 11m"; the limits of which most
 *   is used come first.  %NULL when no such limit is known
 */
char *fare_tray_text_limit (const FareTrayState *state,
                            guint                i) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
