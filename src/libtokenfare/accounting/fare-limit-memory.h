/* fare-limit-memory.h
 *
 * When to say that a provider's usage limit comes near: what was said of which window, as a text of a
 * few lines that survives restarts.  Pure; who shows a warning keeps the text.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "accounting/fare-limits.h"
#include "accounting/fare-marks.h"
#include "base/fare-range.h"

G_BEGIN_DECLS

/**
 * fare_limit_memory_new:
 * @text: (nullable): what fare_marks_to_text() returned
 *
 * Returns: (transfer full): what was warned of
 */
FareMarks       *fare_limit_memory_new     (const char      *text) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_limit_memory_look:
 * @limit: a window as it is known now
 * @warn_percent: the first threshold, 1 to 100; the second is always 100
 * @now_ms: UTC milliseconds
 * @is_live: %FALSE when what is new may be old: at the first look of a process, while the first scan
 *   runs, after the threshold was set.  Thresholds that are exceeded then are remembered without a word
 *
 * To be called with every change.  Each threshold is told once until the window begins anew, and only
 * for what was said within the last minutes.  Of a window that has begun anew since nothing is told or
 * remembered.  A provider's reset time that moves a little, and a clock set back or forth, repeat
 * nothing.
 *
 * Returns: the highest threshold, in percent, that was reached just now; 0 for none
 */
guint            fare_limit_memory_look    (FareMarks       *memory,
                                            const FareLimit *limit,
                                            guint            warn_percent,
                                            gint64           now_ms,
                                            gboolean         is_live);

/**
 * fare_limit_warning_to_title:
 *
 * Returns: (transfer full): "Claude Code: 83% of the 5 h limit used", or that it is reached; translated
 */
char            *fare_limit_warning_to_title (const FareLimit *limit) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_limit_warning_to_body:
 * @now: decides what is today, and in which zone
 *
 * Returns: (transfer full) (nullable): "Resets at 14:40.", with the day when that is not today;
 *   translated; %NULL when it is not known when
 */
char            *fare_limit_warning_to_body  (const FareLimit *limit,
                                              const FareNow   *now) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
