/* fare-statusline.h
 *
 * One line, or four, for Claude Code and for bars: what a glance and Claude Code's words
 * on standard input look like there.  Writes on standard output alone, and never fails:
 * where nothing is known it prints nothing, or what the format has for that.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "accounting/fare-glance.h"

G_BEGIN_DECLS

typedef enum
{
  FARE_BAR_MINIMAL,  /* one line for Claude Code */
  FARE_BAR_FULL,     /* four lines for Claude Code */
  FARE_BAR_WAYBAR,   /* a JSON object as Waybar's custom modules take it */
  FARE_BAR_I3BLOCKS, /* full text, short text and colour, a line each */
  FARE_BAR_POLYBAR,
  FARE_BAR_TMUX,
  FARE_BAR_JSON      /* all figures, never translated */
} FareBarFormat;

typedef struct
{
  const char    *period;    /* as typed */
  FareBarFormat  format;
  gboolean       has_emoji;
} FareStatusline;

/**
 * fare_statusline_find_format:
 *
 * Returns: %FALSE when there is no format of this name
 */
gboolean fare_statusline_find_format (const char           *name,
                                      FareBarFormat        *format);

/**
 * fare_statusline_read_args:
 * @args: what stands behind the command's name
 *
 * Understands the arguments as far as that is simple.
 *
 * Returns: %FALSE when the command itself has to look at them
 */
gboolean fare_statusline_read_args   (FareStatusline       *self,
                                      const char * const   *args);

/**
 * fare_statusline_print:
 * @glance: (nullable): %NULL when there is no index, or none that can be read now
 *
 * Reads what Claude Code says, where the format has room for it, remembers the usage limits it
 * names, and prints.
 */
void     fare_statusline_print       (const FareStatusline *self,
                                      const FareGlance     *glance,
                                      FarePaths            *paths,
                                      gint64                now_ms);

G_END_DECLS
