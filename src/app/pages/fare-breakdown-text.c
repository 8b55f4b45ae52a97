/* fare-breakdown-text.c
 *
 * Words and figures of the table of tools and models.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "accounting/fare-sums.h"
#include "base/fare-csv.h"
#include "base/fare-text.h"
#include "pages/fare-breakdown-text.h"
#include "widgets/fare-palette.h"

void
fare_breakdown_look_assign_slots (FareBreakdownLook *look,
                                  GPtrArray         *tools)
{
  g_autofree const char **ids = g_new0 (const char *, tools->len + 1);
  g_autofree guint *slots = g_new0 (guint, tools->len + 1);

  for (guint i = 0; i < tools->len; i++)
    ids[i] = ((const FareBreakdownRow *) g_ptr_array_index (tools, i))->client;
  fare_palette_assign (ids, tools->len, slots);

  fare_breakdown_look_clear (look);
  look->slots = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < tools->len; i++)
    g_hash_table_insert (look->slots, g_strdup (ids[i]), GUINT_TO_POINTER (slots[i]));
}

void
fare_breakdown_look_clear (FareBreakdownLook *look)
{
  g_clear_pointer (&look->slots, g_hash_table_unref);
}

const char *
fare_breakdown_text_column (FareBreakdownColumn column)
{
  static const char * const titles[FARE_BREAKDOWN_N_COLUMNS] = {
    N_("Name"), N_("Input"), N_("Output"), N_("Cache"), N_("Total"), N_("Hit"), N_("Cost"),
    N_("Messages")
  };

  g_return_val_if_fail (column < FARE_BREAKDOWN_N_COLUMNS, NULL);

  return _(titles[column]);
}

const char *
fare_breakdown_column_get_name (FareBreakdownColumn column)
{
  static const char * const names[FARE_BREAKDOWN_N_COLUMNS] = {
    "name", "input", "output", "cache", "total", "hit", "cost", "messages"
  };

  g_return_val_if_fail (column < FARE_BREAKDOWN_N_COLUMNS, NULL);

  return names[column];
}

static char *
get_money (const FareBreakdownLook *look,
           const FareSums          *sums)
{
  /* No price is a state of its own, and not an amount to hide. */
  if (look->hide_amounts && fare_sums_has_cost (sums))
    return g_strdup (FARE_TEXT_HIDDEN);

  return fare_sums_cost_to_text (sums);
}

static gint64
get_cached (const FareUsage *usage)
{
  return fare_usage_prompt (usage) - usage->input;
}

char *
fare_breakdown_text_cell (const FareBreakdownLook *look,
                          FareBreakdownItem       *item,
                          FareBreakdownColumn      column)
{
  const FareSums *sums = fare_breakdown_item_get_sums (item);

  if (column == FARE_BREAKDOWN_NAME)
    return g_strdup (fare_breakdown_item_get_title (item));
  if (sums == NULL)
    return g_strdup ("");

  switch (column)
    {
    case FARE_BREAKDOWN_INPUT:
      return fare_text_tokens (sums->usage.input);

    case FARE_BREAKDOWN_OUTPUT:
      return fare_text_tokens (sums->usage.output);

    case FARE_BREAKDOWN_CACHE:
      return fare_text_tokens (get_cached (&sums->usage));

    case FARE_BREAKDOWN_TOKENS:
      return fare_text_tokens (fare_usage_total (&sums->usage));

    case FARE_BREAKDOWN_HIT:
      return fare_text_percent (fare_usage_hit_rate (&sums->usage));

    case FARE_BREAKDOWN_COST:
      return get_money (look, sums);

    case FARE_BREAKDOWN_MESSAGES:
      return fare_text_count (sums->messages);

    case FARE_BREAKDOWN_NAME:
    case FARE_BREAKDOWN_N_COLUMNS:
    default:
      return NULL;
    }
}

/* What goes in and comes out, in a few words. */
static char *
describe_flow (const FareUsage *usage)
{
  g_autofree char *input = fare_text_tokens (usage->input);
  g_autofree char *output = fare_text_tokens (usage->output);
  g_autofree char *cache = fare_text_tokens (get_cached (usage));

  /* Translators: counts of tokens: new input, output, read from or written to a cache; with
   * no-break spaces, so that a number stays with its word */
  return g_strdup_printf (_("in %s · out %s · cache %s"), input, output, cache);
}

static char *
describe_name (FareBreakdownItem *item)
{
  const char *provider = fare_breakdown_item_get_provider (item);
  const FareSums *sums = fare_breakdown_item_get_sums (item);
  g_autofree char *flow = sums != NULL ? describe_flow (&sums->usage) : NULL;
  g_autofree char *missing = fare_breakdown_text_missing (item);
  GString *text = g_string_new (fare_breakdown_item_get_title (item));

  if (provider != NULL && *provider != '\0')
    g_string_append_printf (text, "\n%s", provider);
  if (flow != NULL)
    g_string_append_printf (text, "\n%s", flow);
  if (*missing != '\0')
    g_string_append_printf (text, "\n%s", missing);

  return g_string_free (text, FALSE);
}

static char *
describe_cost (const FareSums *sums)
{
  g_autofree char *missing = fare_sums_unpriced_to_text (sums);
  const char *how = _("Estimated: the tokens of every response at the price of its day");

  if (!fare_sums_has_cost (sums))
    return g_steal_pointer (&missing);

  return missing != NULL ? g_strdup_printf ("%s\n%s", how, missing) : g_strdup (how);
}

static char *
describe_cache (const FareUsage *usage)
{
  g_autofree char *read = fare_text_count (usage->cache_read);
  g_autofree char *write = fare_text_count (usage->cache_write_5m + usage->cache_write_1h);

  return g_strdup_printf (_("Read from the cache: %s tokens\nWritten to the cache: %s tokens"),
                          read, write);
}

char *
fare_breakdown_text_tooltip (const FareBreakdownLook *look,
                             FareBreakdownItem       *item,
                             FareBreakdownColumn      column)
{
  const FareSums *sums = fare_breakdown_item_get_sums (item);
  g_autofree char *count = NULL;

  if (column == FARE_BREAKDOWN_NAME)
    return describe_name (item);
  if (sums == NULL)
    return NULL;

  switch (column)
    {
    case FARE_BREAKDOWN_INPUT:
      count = fare_text_count (sums->usage.input);
      return g_strdup_printf (_("Input: %s tokens"), count);

    case FARE_BREAKDOWN_OUTPUT:
      count = fare_text_count (sums->usage.output);
      return g_strdup_printf (_("Output: %s tokens"), count);

    case FARE_BREAKDOWN_CACHE:
    case FARE_BREAKDOWN_HIT:
      return describe_cache (&sums->usage);

    case FARE_BREAKDOWN_TOKENS:
      count = fare_text_count (fare_usage_total (&sums->usage));
      return g_strdup_printf (_("Total: %s tokens"), count);

    case FARE_BREAKDOWN_COST:
      return describe_cost (sums);

    default:
      return NULL;
    }
}

char *
fare_breakdown_text_missing (FareBreakdownItem *item)
{
  const FareSums *sums = fare_breakdown_item_get_sums (item);
  char *missing = sums != NULL && fare_sums_has_cost (sums) ? fare_sums_unpriced_to_text (sums) : NULL;

  return missing != NULL ? missing : g_strdup ("");
}

char *
fare_breakdown_text_details (FareBreakdownItem *item)
{
  const FareSums *sums = fare_breakdown_item_get_sums (item);
  g_autofree char *missing = fare_breakdown_text_missing (item);
  g_autofree char *tokens = NULL;
  g_autofree char *messages = NULL;
  g_autofree char *percent = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  if (sums == NULL)
    return g_strdup ("\n");

  tokens = fare_text_tokens (fare_usage_total (&sums->usage));
  messages = fare_text_count (sums->messages);
  percent = fare_text_percent (fare_usage_hit_rate (&sums->usage));

  /* Translators: tokens, messages, share of prompts read from a cache:
   * “84.2M tokens · 212 messages · 91% cache”; with no-break spaces inside each part */
  first = g_strdup_printf (ngettext ("%s tokens · %s message · %s cache",
                                     "%s tokens · %s messages · %s cache",
                                     (gulong) sums->messages),
                           tokens, messages, percent);
  second = describe_flow (&sums->usage);

  return *missing != '\0' ? g_strdup_printf ("%s\n%s\n%s", first, second, missing)
                          : g_strdup_printf ("%s\n%s", first, second);
}

const char *
fare_breakdown_text_csv_head (void)
{
  return "kind,client,provider,model,input,cache_read,cache_write_5m,cache_write_1h,output,total,"
         "cost_usd,unpriced_tokens,messages";
}

char *
fare_breakdown_text_csv (FareBreakdownItem *item)
{
  static const char * const kinds[] = { "tool", "model_of_tool", "model", "total" };
  const char *names[] = {
    fare_breakdown_item_get_client (item), fare_breakdown_item_get_provider (item),
    fare_breakdown_item_get_model (item)
  };
  const FareSums *sums = fare_breakdown_item_get_sums (item);
  g_auto(FareCsv) csv = { NULL };
  char cost[G_ASCII_DTOSTR_BUF_SIZE] = "";

  g_return_val_if_fail (sums != NULL, NULL);

  fare_csv_add_string (&csv, kinds[fare_breakdown_item_get_kind (item)]);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    fare_csv_add_string (&csv, names[i]);
  fare_csv_add_int (&csv, sums->usage.input);
  fare_csv_add_int (&csv, sums->usage.cache_read);
  fare_csv_add_int (&csv, sums->usage.cache_write_5m);
  fare_csv_add_int (&csv, sums->usage.cache_write_1h);
  fare_csv_add_int (&csv, sums->usage.output);
  fare_csv_add_int (&csv, fare_usage_total (&sums->usage));

  if (fare_sums_has_cost (sums))
    g_ascii_formatd (cost, sizeof cost, "%.6f", sums->cost);
  fare_csv_add_string (&csv, cost);
  fare_csv_add_int (&csv, sums->unpriced_tokens);
  fare_csv_add_int (&csv, sums->messages);

  return fare_csv_end (&csv);
}
