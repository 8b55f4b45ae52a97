/* fare-stat-card.h
 *
 * One headline figure: caption, value, a line of detail.  For a screen reader the card
 * is one group with one label that says it all.
 *
 * Properties: "caption" and "is-name", for a value that is a name and may be shortened
 * (figures never are).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define FARE_TYPE_STAT_CARD (fare_stat_card_get_type ())
G_DECLARE_FINAL_TYPE (FareStatCard, fare_stat_card, FARE, STAT_CARD, GtkBox)

/* Texts of one card, owned. */
typedef struct
{
  char *value;
  char *detail;  /* "" for none */
  char *note;    /* (nullable): a word beside the caption */
  char *tooltip; /* (nullable): exact figures */
  char *spoken;  /* the whole card as one sentence */
  gboolean has_level;
  double   level; /* a share shown as a bar below the details, 0 to 1 */
  guint    slot;  /* the bar's colour in the palette */
} FareCardText;

void        fare_card_text_clear      (FareCardText       *text);

/**
 * fare_stat_card_show:
 *
 * Shows @text; labels whose text is the same stay untouched.
 */
void        fare_stat_card_show       (FareStatCard       *self,
                                       const FareCardText *text);

/**
 * fare_stat_card_blank:
 * @is_slow: whether a spinner takes the place of the value
 *
 * Takes the figures away and keeps their room.
 */
void        fare_stat_card_blank      (FareStatCard       *self,
                                       gboolean            is_slow);

const char *fare_stat_card_get_value  (FareStatCard       *self);
const char *fare_stat_card_get_detail (FareStatCard       *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FareCardText, fare_card_text_clear)

G_END_DECLS
