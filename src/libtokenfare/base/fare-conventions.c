/* fare-conventions.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "base/fare-conventions.h"

#include <locale.h>
#include <math.h>
#include <string.h>

#define SYMBOL "$"
#define NO_BREAK_SPACE "\302\240"

/* Largest double in plain digits, decimals and all. */
#define MAX_DIGITS 400

static void
copy_mark (char        mark[8],
           const char *locale_mark,
           const char *fallback)
{
  g_autofree char *utf8 = g_locale_to_utf8 (locale_mark, -1, NULL, NULL, NULL);
  gboolean is_usable = utf8 != NULL && *utf8 != '\0' && strlen (utf8) < 8;

  g_strlcpy (mark, is_usable ? utf8 : fallback, 8);
}

static void
copy_style (FareNumberStyle *style,
            const char      *decimal,
            const char      *group,
            const char      *grouping,
            const char      *fallback_decimal)
{
  copy_mark (style->decimal, decimal, fallback_decimal);
  copy_mark (style->group, group, "");
  g_strlcpy (style->grouping, grouping, sizeof style->grouping);
}

void
fare_conventions_init (FareConventions *self)
{
  const struct lconv *locale = localeconv ();

  g_return_if_fail (self != NULL);

  copy_style (&self->number, locale->decimal_point, locale->thousands_sep, locale->grouping, ".");

  /* The C locale says nothing about money. */
  copy_style (&self->money, locale->mon_decimal_point, locale->mon_thousands_sep,
              locale->mon_grouping, self->number.decimal);
  self->symbol_behind = locale->p_cs_precedes == 0;
  self->symbol_apart = locale->p_sep_by_space == 1;
}

/* Tells for each place of a whole number whether a mark stands behind it: walks the group sizes
 * from the right. */
static void
find_group_ends (const char *grouping,
                 gsize       n_digits,
                 gboolean   *has_mark)
{
  gsize left = n_digits;

  for (;;)
    {
      gsize size = (guchar) *grouping;

      if (size == 0 || size >= G_MAXINT8 || size >= left)
        return;

      left -= size;
      has_mark[left - 1] = TRUE;
      if (grouping[1] != '\0')
        grouping++;
    }
}

char *
fare_conventions_format_number (const FareNumberStyle *style,
                                const char            *digits)
{
  gboolean has_mark[MAX_DIGITS] = { FALSE };
  gsize n_whole = strspn (digits, "0123456789");
  g_autoptr(GString) text = g_string_new (NULL);

  g_return_val_if_fail (n_whole <= MAX_DIGITS, g_strdup (digits));

  if (style->group[0] != '\0')
    find_group_ends (style->grouping, n_whole, has_mark);

  for (gsize i = 0; i < n_whole; i++)
    {
      g_string_append_c (text, digits[i]);
      if (has_mark[i])
        g_string_append (text, style->group);
    }

  if (digits[n_whole] == '.')
    {
      g_string_append (text, style->decimal);
      g_string_append (text, digits + n_whole + 1);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
fare_conventions_format_count (const FareConventions *self,
                               gint64                 count)
{
  guint64 magnitude = count < 0 ? -(guint64) count : (guint64) count;
  g_autofree char *digits = g_strdup_printf ("%" G_GUINT64_FORMAT, magnitude);
  g_autofree char *number = fare_conventions_format_number (&self->number, digits);

  return count < 0 ? g_strconcat ("-", number, NULL) : g_steal_pointer (&number);
}

char *
fare_conventions_format_amount (const FareConventions *self,
                                double                 amount,
                                const char            *symbol,
                                guint                  decimals)
{
  char digits[MAX_DIGITS];
  char format[] = "%.0f";
  gsize length = strlen (symbol);
  /* Letters would run into the digits. */
  gboolean is_word = length > 0 && g_ascii_isalpha (symbol[self->symbol_behind ? 0 : length - 1]);
  const char *space = self->symbol_apart || is_word ? NO_BREAK_SPACE : "";
  const char *sign;
  g_autofree char *number = NULL;

  g_return_val_if_fail (isfinite (amount) && decimals <= 9, g_strdup (""));

  format[2] += decimals;
  g_ascii_formatd (digits, sizeof digits, format, fabs (amount));
  sign = amount < 0 && strspn (digits, "0.") < strlen (digits) ? "-" : "";
  number = fare_conventions_format_number (&self->money, digits);

  if (self->symbol_behind)
    return g_strconcat (sign, number, space, symbol, NULL);

  return g_strconcat (sign, symbol, space, number, NULL);
}

char *
fare_conventions_format_money (const FareConventions *self,
                               double                 usd,
                               guint                  decimals)
{
  return fare_conventions_format_amount (self, usd, SYMBOL, decimals);
}
