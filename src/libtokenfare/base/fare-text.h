/* fare-text.h
 *
 * Numbers, money and times as people read them.  Everything here is for eyes:
 * translated, grouped and rounded.  Machine output never passes through here.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "base/fare-currency.h"
#include "base/fare-range.h"

G_BEGIN_DECLS

/* What stands in the place of an amount that is hidden. */
#define FARE_TEXT_HIDDEN "•••"

/**
 * fare_text_tokens:
 * @tokens: a count of tokens
 *
 * Returns: (transfer full): compact form: "999", "12.3K", "85.7M", "2B"; half away from zero,
 *   ".0" dropped, 999950 is "1M"
 */
char *fare_text_tokens      (gint64  tokens) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_text_count:
 *
 * Returns: (transfer full): all digits, grouped by the locale
 */
char *fare_text_count       (gint64  count) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_text_money:
 * @usd: amount in USD
 *
 * Returns: (transfer full): the amount in the currency that this thread uses (fare_currency_use());
 *   without any: "$64.91", "<$0.01" for less than a cent but not zero, no decimals from 10,000, "–" for what is no number; decimal mark and grouping of the locale, symbol before or behind as the
 *   locale has it
 */
char *fare_text_money       (double  usd) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_text_money_in:
 *
 * Returns: (transfer full): the same, in @unit
 */
char *fare_text_money_in    (const FareMoneyUnit *unit,
                             double               usd) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_text_money_short:
 * @usd: amount in USD
 *
 * Returns: (transfer full): as fare_text_money(), for places as narrow as a panel: one decimal from
 *   100, none from 1,000
 */
char *fare_text_money_short (double  usd) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_text_percent:
 * @part: a share from 0 to 1; less than 0 means there is none
 *
 * Returns: (transfer full): whole percent, "<1%" and ">99%" at the ends, 0 and 100 only when
 *   exactly so; "–" when there is none
 */
char *fare_text_percent     (double  part) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_text_project:
 * @path: a project's path, "" when unknown
 *
 * Returns: (transfer full): its last component, or a translated "unknown"
 */
char *fare_text_project     (const char *path) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_text_client:
 * @client: a client id
 *
 * Returns: the client's name for people ("Claude Code"), or @client itself when it is none of
 *   ours; static or @client
 */
const char *fare_text_client (const char *client);

/**
 * fare_text_path:
 *
 * Returns: (transfer full): @path with the home folder written as "~", in valid UTF-8
 */
char *fare_text_path        (const char *path) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_text_age:
 * @minutes: 0 or more
 *
 * Returns: (transfer full): "12 min old", "3 h old", "2 days old", translated
 */
char *fare_text_age         (gint64  minutes) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_text_clock:
 * @time_ms: UTC milliseconds
 *
 * Returns: (transfer full): local time of day, "14:32" or "2:32 PM" as the desktop's clock is
 *   set, or without such a setting as the locale writes it
 */
char *fare_text_clock       (gint64      time_ms,
                             GTimeZone  *zone) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_text_day:
 *
 * Returns: (transfer full): "4 Mar", "4 Mar 2025" when not of the year of @today
 */
char *fare_text_day         (FareDay     day,
                             FareDay     today) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
