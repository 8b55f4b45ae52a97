/* fare-marks.h
 *
 * What was told already, as a text of a few lines that survives restarts: how far each of several things
 * has come, in percent.  Whose keys they are says what they mean.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define FARE_MARKS_FULL 100 /* percent */

typedef struct _FareMarks FareMarks;

/* Returns: whether @key is one at all */
typedef gboolean (*FareMarkKeyFunc)  (const char *key);

/* Returns: whether both keys, which are such, are of the same thing */
typedef gboolean (*FareMarkSameFunc) (const char *key,
                                      const char *other);

/**
 * fare_marks_new:
 * @text: (nullable): what fare_marks_to_text() returned; damaged lines are left out
 * @most: how many marks to keep, those looked at last; more than there are at a time, so that a clock that
 *   jumps and jumps back repeats nothing
 * @is_key: which lines are not damaged
 */
FareMarks *fare_marks_new     (const char       *text,
                               guint             most,
                               FareMarkKeyFunc   is_key) G_GNUC_WARN_UNUSED_RESULT;
void       fare_marks_free    (FareMarks        *self);

/**
 * fare_marks_to_text:
 *
 * Returns: (transfer full): a line for each mark: "KEY PERCENT"
 */
char      *fare_marks_to_text (FareMarks        *self) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_marks_raise:
 * @key: of what; where a mark of the same thing is there already, that one's key stays
 * @percent: how far it has come, 0 to 100
 * @is_same: (nullable): %NULL for keys that are equal
 *
 * Returns: whether it had not come so far before
 */
gboolean   fare_marks_raise   (FareMarks        *self,
                               const char       *key,
                               guint             percent,
                               FareMarkSameFunc  is_same);

/**
 * fare_marks_parse_number:
 *
 * Returns: whether @text is a whole number from @least to @greatest
 */
gboolean   fare_marks_parse_number (const char *text,
                                    gint64      least,
                                    gint64      greatest,
                                    gint64     *number);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareMarks, fare_marks_free)

G_END_DECLS
