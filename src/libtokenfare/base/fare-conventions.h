/* fare-conventions.h
 *
 * How a locale writes numbers and amounts of US dollars.  The locale is read in one
 * place; everything else is a function of this struct, so that any country's way can
 * be tested on a machine that lacks its locale.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One kind of number.  Strings are UTF-8 and short; a longer mark would be damage. */
typedef struct
{
  char decimal[8];  /* never empty */
  char group[8];    /* between groups of digits; empty: none */
  char grouping[8]; /* sizes of the groups from the right as in struct lconv, the last repeats;
                       %G_MAXINT8 ends grouping */
} FareNumberStyle;

typedef struct
{
  FareNumberStyle number;
  FareNumberStyle money;
  gboolean        symbol_behind; /* "64,91 $" */
  gboolean        symbol_apart;  /* a no-break space between amount and symbol */
} FareConventions;

/**
 * fare_conventions_init:
 *
 * Reads the conventions of the process's locale (LC_NUMERIC, LC_MONETARY).
 */
void  fare_conventions_init         (FareConventions       *self);

/**
 * fare_conventions_format_count:
 *
 * Returns: (transfer full): @count with all its digits, grouped
 */
char *fare_conventions_format_count (const FareConventions *self,
                                     gint64                 count) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_conventions_format_number:
 * @digits: a number as C writes it: digits, perhaps a point and more digits; no sign
 * @style: the kind of number
 *
 * Returns: (transfer full): @digits with the marks of @style
 */
char *fare_conventions_format_number
                                    (const FareNumberStyle *style,
                                     const char            *digits) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_conventions_format_money:
 * @usd: an amount in USD
 * @decimals: digits behind the decimal mark
 *
 * Rounds to @decimals; the sign stands in front of all.
 *
 * Returns: (transfer full): "-$1.10", "64,91 $"
 */
char *fare_conventions_format_money (const FareConventions *self,
                                     double                 usd,
                                     guint                  decimals) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_conventions_format_amount:
 * @symbol: of any currency; one of letters stands apart from the digits
 *
 * As fare_conventions_format_money().
 */
char *fare_conventions_format_amount
                                    (const FareConventions *self,
                                     double                 amount,
                                     const char            *symbol,
                                     guint                  decimals) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
