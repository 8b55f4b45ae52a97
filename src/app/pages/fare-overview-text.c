/* fare-overview-text.c
 *
 * The words of the Overview page.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "accounting/fare-sums.h"
#include "base/fare-text.h"
#include "pages/fare-overview-text.h"
#include "widgets/fare-palette.h"

/* "A, B", either may be empty. */
static char *
join (char *first,
      char *second)
{
  g_autofree char *a = first;
  g_autofree char *b = second;

  if (a == NULL || *a == '\0')
    return b != NULL ? g_steal_pointer (&b) : g_strdup ("");

  if (b == NULL || *b == '\0')
    return g_steal_pointer (&a);

  /* Translators: two parts of a spoken sentence; the first may itself be a list */
  return g_strdup_printf (C_("spoken list", "%s, %s"), a, b);
}

/* "Cost, Today: $64.91, …" */
static char *
speak (const FareOverviewText *self,
       const char             *caption,
       const char             *value,
       const char             *detail)
{
  g_autofree char *full = join (g_strdup (value), g_strdup (detail));

  /* Translators: a figure read aloud: its name, the days it is of, the figure itself */
  return g_strdup_printf (_("%s, %s: %s"), caption, self->data->range_title, full);
}

/* All counters to the last token, one a line. */
static char *
describe_usage (const FareUsage *usage)
{
  g_autofree char *total = fare_text_count (fare_usage_total (usage));
  g_autofree char *input = fare_text_count (usage->input);
  g_autofree char *read = fare_text_count (usage->cache_read);
  g_autofree char *write = fare_text_count (usage->cache_write_5m + usage->cache_write_1h);
  g_autofree char *output = fare_text_count (usage->output);
  g_autofree char *reasoning = fare_text_count (usage->reasoning);

  return g_strdup_printf (_("%s tokens\n"
                            "Input: %s\n"
                            "Cache read: %s\n"
                            "Cache write: %s\n"
                            "Output: %s, of it reasoning: %s"),
                          total, input, read, write, output, reasoning);
}

char *
fare_overview_text_money (const FareOverviewText *self,
                          const FareSums         *sums)
{
  /* No price is a state of its own, and not an amount to hide. */
  if (self->hide_amounts && fare_sums_has_cost (sums))
    return g_strdup (FARE_TEXT_HIDDEN);

  return fare_sums_cost_to_text (sums);
}

/* The same for ears: dots do not read well. */
static char *
speak_money (const FareOverviewText *self,
             const FareSums         *sums)
{
  char *money = fare_overview_text_money (self, sums);

  if (!g_str_equal (money, FARE_TEXT_HIDDEN))
    return money;

  g_free (money);

  return g_strdup (C_("amount", "hidden"));
}

/* One below the other; either may be %NULL. */
static char *
stack (const char *first,
       const char *second)
{
  if (first == NULL || second == NULL)
    return g_strdup (first != NULL ? first : second != NULL ? second : "");

  return g_strdup_printf ("%s\n%s", first, second);
}

void
fare_overview_text_cost (const FareOverviewText *self,
                         FareCardText           *text)
{
  const FareOverviewData *data = self->data;
  g_autofree char *missing = fare_sums_unpriced_to_text (&data->total);
  g_autofree char *money = speak_money (self, &data->total);
  g_autofree char *detail = NULL;

  text->value = fare_overview_text_money (self, &data->total);
  /* What has no price is no estimate. */
  text->note = fare_sums_has_cost (&data->total) ? g_strdup (C_("cost", "estimated")) : NULL;
  text->tooltip = stack (_("Estimated: the tokens of every response at the price of its day"),
                         data->comparison_span);
  text->detail = stack (data->comparison, missing);

  detail = join (join (g_strdup (text->note), g_strdup (data->comparison_spoken)),
                 join (g_strdup (data->comparison_span), g_strdup (missing)));
  text->spoken = speak (self, _("Cost"), money, detail);
}

void
fare_overview_text_tokens (const FareOverviewText *self,
                           FareCardText           *text)
{
  const FareUsage *usage = &self->data->total.usage;
  gint64 cached = usage->cache_read + usage->cache_write_5m + usage->cache_write_1h;
  g_autofree char *input = fare_text_tokens (usage->input);
  g_autofree char *output = fare_text_tokens (usage->output);
  g_autofree char *cache = fare_text_tokens (cached);

  text->value = fare_text_tokens (fare_usage_total (usage));
  text->tooltip = describe_usage (usage);
  text->spoken = speak (self, _("Tokens"), text->tooltip, NULL);

  if (fare_usage_total (usage) > 0)
    /* Translators: counts of tokens: new input, output, read from or written to a cache; with
     * no-break spaces, so that a number stays with its word */
    text->detail = g_strdup_printf (_("in %s · out %s · cache %s"), input, output, cache);
  else
    text->detail = g_strdup ("");
}

void
fare_overview_text_messages (const FareOverviewText *self,
                             FareCardText           *text)
{
  const FareSums *total = &self->data->total;
  g_autofree char *sessions = fare_text_count (total->sessions);

  text->value = fare_text_count (total->messages);
  text->detail = total->sessions > 0
                 ? g_strdup_printf (ngettext ("in %s session", "in %s sessions",
                                              (gulong) total->sessions), sessions)
                 : g_strdup ("");
  text->tooltip = g_strdup (_("Answers of a model that used tokens"));
  text->spoken = speak (self, _("Messages"), text->value, text->detail);
}

void
fare_overview_text_hit_rate (const FareOverviewText *self,
                             FareCardText           *text)
{
  const FareUsage *usage = &self->data->total.usage;
  g_autofree char *prompt = fare_text_tokens (fare_usage_prompt (usage));
  g_autofree char *exact_read = fare_text_count (usage->cache_read);
  g_autofree char *exact_prompt = fare_text_count (fare_usage_prompt (usage));

  text->value = fare_text_percent (fare_usage_hit_rate (usage));
  text->detail = fare_usage_prompt (usage) > 0
                 /* Translators: follows a percentage; the placeholder is a count of tokens */
                 ? g_strdup_printf (_("of %s prompt tokens"), prompt)
                 : g_strdup ("");
  text->tooltip = g_strdup_printf (_("Tokens read from a cache as a share of all prompt tokens: "
                                     "%s of %s"), exact_read, exact_prompt);
  text->spoken = speak (self, _("Cache Hit Rate"), text->value, text->detail);
}

/* The share of @sums in the whole. */
static double
get_fraction (const FareOverviewText *self,
              const FareSums         *sums)
{
  return MAX (fare_sums_get_share (sums, &self->data->total), 0.0);
}

void
fare_overview_text_top_model (const FareOverviewText *self,
                              FareCardText           *text)
{
  GPtrArray *models = self->data->models;
  const FareShare *top = models->len > 0 ? g_ptr_array_index (models, 0) : NULL;
  g_autofree char *money = NULL;
  g_autofree char *spoken_money = NULL;
  g_autofree char *percent = NULL;

  if (top == NULL)
    {
      text->value = g_strdup ("–");
      text->detail = g_strdup ("");
      text->spoken = speak (self, _("Top Model"), C_("model", "none"), NULL);
      return;
    }

  money = fare_overview_text_money (self, &top->sums);
  percent = fare_text_percent (get_fraction (self, &top->sums));
  text->value = g_strdup (top->title);
  /* Without a price it is a share of the tokens, which nobody would guess. */
  text->detail = fare_sums_has_cost (&top->sums) ? g_strdup_printf ("%s · %s", money, percent)
                                                 : g_strdup (money);
  text->tooltip = g_strdup (top->title);
  spoken_money = join (speak_money (self, &top->sums), g_steal_pointer (&percent));
  text->spoken = speak (self, _("Top Model"), text->value, spoken_money);
}

/* "84.2M tokens · 212 messages · 91% cache" */
static char *
describe_share (const FareShare *share)
{
  const FareSums *sums = &share->sums;
  g_autofree char *tokens = fare_text_tokens (fare_usage_total (&sums->usage));
  g_autofree char *messages = fare_text_count (sums->messages);
  g_autofree char *percent = fare_text_percent (fare_usage_hit_rate (&sums->usage));
  g_autofree char *text = NULL;
  g_autofree char *missing = NULL;

  /* Translators: tokens, messages, share of prompts read from a cache:
   * “84.2M tokens · 212 messages · 91% cache”; with no-break spaces inside each part */
  text = g_strdup_printf (ngettext ("%s tokens · %s message · %s cache",
                                    "%s tokens · %s messages · %s cache",
                                    (gulong) sums->messages),
                          tokens, messages, percent);

  /* Beside “no price” the number of tokens says it already. */
  missing = fare_sums_has_cost (sums) ? fare_sums_unpriced_to_text (sums) : NULL;
  if (missing == NULL)
    return g_steal_pointer (&text);

  return g_strdup_printf ("%s · %s", text, missing);
}

static FareShareItem *
make_item (const FareOverviewText *self,
           const FareShare        *share,
           guint                   slot)
{
  FareShareItem *item = fare_share_item_new (share->key);
  double fraction = get_fraction (self, &share->sums);
  g_autofree char *money = fare_overview_text_money (self, &share->sums);
  g_autofree char *spoken_money = speak_money (self, &share->sums);
  g_autofree char *percent = fare_text_percent (fraction);
  g_autofree char *subtitle = describe_share (share);
  g_autofree char *usage = describe_usage (&share->sums.usage);
  g_autofree char *tooltip = NULL;
  g_autofree char *spoken = NULL;

  /* Translators: name, cost, share of the whole, then a list of token counts */
  tooltip = g_strdup_printf (_("%s: %s, %s of the whole\n%s"), share->title, money, percent, usage);
  /* Translators: a row read aloud: name, cost, share of the whole, details */
  spoken = g_strdup_printf (_("%s: %s, %s of the whole, %s"), share->title, spoken_money, percent,
                            subtitle);

  g_object_set (item,
                "title", share->title,
                "subtitle", subtitle,
                "value", money,
                "tooltip", tooltip,
                "spoken", spoken,
                "fraction", fraction,
                "slot", slot,
                NULL);

  return item;
}

static guint *
assign_slots (GPtrArray *clients)
{
  g_autofree const char **ids = g_new (const char *, clients->len + 1);
  guint *slots = g_new (guint, clients->len + 1);

  for (guint i = 0; i < clients->len; i++)
    ids[i] = ((const FareShare *) g_ptr_array_index (clients, i))->key;

  fare_palette_assign (ids, clients->len, slots);

  return slots;
}

GPtrArray *
fare_overview_text_items (const FareOverviewText *self,
                          GPtrArray              *shares,
                          gboolean                are_clients)
{
  g_autoptr(GPtrArray) items = g_ptr_array_new_full (shares->len, g_object_unref);
  g_autofree guint *slots = are_clients ? assign_slots (shares) : NULL;

  for (guint i = 0; i < shares->len; i++)
    g_ptr_array_add (items, make_item (self, g_ptr_array_index (shares, i),
                                       slots != NULL ? slots[i] : FARE_PALETTE_ACCENT));

  return g_steal_pointer (&items);
}

char *
fare_overview_text_ring (const FareOverviewText *self)
{
  g_autofree char *parts = NULL;

  for (guint i = 0; i < self->data->clients->len; i++)
    {
      const FareShare *share = g_ptr_array_index (self->data->clients, i);
      g_autofree char *percent = fare_text_percent (get_fraction (self, &share->sums));

      /* Translators: a tool and its share, as in “Claude Code 63%” */
      parts = join (g_steal_pointer (&parts),
                    g_strdup_printf (C_("tool and share", "%s %s"), share->title, percent));
    }

  return speak (self, _("Cost by tool"), parts != NULL ? parts : _("none"), NULL);
}

char *
fare_overview_text_nothing (const FareOverviewText *self)
{
  const FareOverviewData *data = self->data;
  g_autofree char *last = fare_text_day (data->last_day, data->today);

  /* The last day with any use says nothing about what was asked for. */
  if (data->is_filtered)
    return g_strdup (_("No use on these days fits the filters."));

  if (data->range.first == data->range.end - 1)
    /* Translators: the placeholder is a day, as in “19 Nov” */
    return g_strdup_printf (_("No use on this day. Last: %s"), last);

  /* Translators: the placeholder is a day, as in “19 Nov” */
  return g_strdup_printf (_("No use on these days. Last: %s"), last);
}
