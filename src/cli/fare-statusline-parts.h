/* fare-statusline-parts.h
 *
 * What the formats of a status line are made from.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "fare-statusline-input.h"
#include "fare-statusline.h"

G_BEGIN_DECLS

typedef enum
{
  FARE_STATE_NONE,  /* nothing is known */
  FARE_STATE_FRESH,
  FARE_STATE_STALE, /* logs have not been read for a while */
  FARE_STATE_OVER   /* a budget is used up */
} FareState;

/* All that is known now. */
typedef struct
{
  const FareStatusline  *options;
  const FareGlance      *glance; /* (nullable) */
  const FareStatusInput *input;  /* of no use to bars */
  GPtrArray             *limits; /* of FareLimit */
  FareState              state;
  gint64                 now_ms;
  gint64                 end_us; /* monotonic; what is not known by then is left out */
} FareStatus;

/* The formats; each appends all of its output. */
void        fare_status_append_minimal  (const FareStatus *self,
                                         GString          *out);
void        fare_status_append_full     (const FareStatus *self,
                                         GString          *out);
void        fare_status_append_waybar   (const FareStatus *self,
                                         GString          *out);
void        fare_status_append_i3blocks (const FareStatus *self,
                                         GString          *out);
void        fare_status_append_polybar  (const FareStatus *self,
                                         GString          *out);
void        fare_status_append_tmux     (const FareStatus *self,
                                         GString          *out);
void        fare_status_append_json     (const FareStatus *self,
                                         GString          *out);

/**
 * fare_status_append_part:
 * @text: (transfer full) (nullable): nothing is appended for %NULL and ""
 *
 * Appends a part of a row, with a bar in front of all but the first.
 */
void        fare_status_append_part     (GString          *row,
                                         char             *text);

/**
 * fare_status_with_emoji:
 * @text: (transfer full) (nullable)
 *
 * Returns: (transfer full) (nullable): the emoji and the text, where emoji are wanted
 */
char       *fare_status_with_emoji      (const FareStatus *self,
                                         const char       *emoji,
                                         char             *text) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_status_format_sum:
 * @title: "today"
 *
 * Returns: (transfer full): "12.3M ($4.56) today"
 */
char       *fare_status_format_sum      (const FareGlanceSum *sum,
                                         const char          *title) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_status_format_age:
 *
 * Returns: (transfer full) (nullable): how old the figures are, translated; %NULL while they are fresh
 */
char       *fare_status_format_age      (const FareStatus *self) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_status_dup_folder:
 *
 * Returns: (transfer full) (nullable): the name of the folder in which Claude Code works
 */
char       *fare_status_dup_folder      (const FareStatus *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
