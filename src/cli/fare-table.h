/* fare-table.h
 *
 * Aligned columns for people.  Fits the terminal: first the least important columns
 * are left out, then long texts are cut.  Numbers are never cut, and where standard
 * output is no terminal nothing is.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "fare-print.h"

G_BEGIN_DECLS

typedef enum
{
  FARE_COLUMN_WORD,   /* to the left, never cut */
  FARE_COLUMN_TEXT,   /* to the left, cut at the end */
  FARE_COLUMN_PATH,   /* to the left, cut in the middle */
  FARE_COLUMN_NUMBER  /* to the right, never cut */
} FareColumnKind;

typedef struct _FareTable FareTable;

FareTable *fare_table_new        (void) G_GNUC_WARN_UNUSED_RESULT;
void       fare_table_free       (FareTable      *self);

/**
 * fare_table_add_column:
 * @title: the translated heading
 * @rank: 0 for a column that is always shown; else the greater, the sooner it is left out
 *
 * Adds a column.  All columns come before the first cell.
 */
void       fare_table_add_column (FareTable      *self,
                                  const char     *title,
                                  FareColumnKind  kind,
                                  guint           rank);

/**
 * fare_table_add_cell:
 * @text: the next cell's text, row by row; cleaned of control characters
 */
void       fare_table_add_cell   (FareTable      *self,
                                  FareStyle       style,
                                  const char     *text);

/**
 * fare_table_take_cell:
 * @text: (transfer full): as for fare_table_add_cell()
 */
void       fare_table_take_cell  (FareTable      *self,
                                  FareStyle       style,
                                  char           *text);

/**
 * fare_table_add_rule:
 *
 * Draws a line here, between the rows and their total.
 */
void       fare_table_add_rule   (FareTable      *self);

guint      fare_table_get_n_rows (FareTable      *self);

/**
 * fare_table_print:
 *
 * Prints the heading once and all rows added since the last call, so that a long list can be
 * printed in pieces; columns only grow from piece to piece.
 */
void       fare_table_print      (FareTable      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareTable, fare_table_free)

G_END_DECLS
