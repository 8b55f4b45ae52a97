/* fare-command-pricing.c
 *
 * tokenfare pricing: the price table and the user's own prices.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "base/fare-paths.h"
#include "fare-pricing-actions.h"
#include "fare-print.h"
#include "pricing/fare-price-time.h"
#include "pricing/fare-rates-reader.h"

/* The options as typed. */
typedef struct
{
  char     *input;
  char     *output;
  char     *cache_read;
  char     *cache_write_5m;
  char     *cache_write_1h;
  char     *reasoning;
  char     *at;
  char     *from;
  char     *provider;
  GStrv     modes;
  GStrv     aliases;
  gboolean  all;
  gboolean  json;
} Options;

/* Groups of options; a verb takes some of them. */
typedef enum
{
  OPTION_TOKENS   = 1 << 0,
  OPTION_AT       = 1 << 1,
  OPTION_MODE     = 1 << 2,
  OPTION_PROVIDER = 1 << 3,
  OPTION_FROM     = 1 << 4,
  OPTION_ALIAS    = 1 << 5,
  OPTION_ALL      = 1 << 6
} OptionGroups;

static const struct
{
  const char    *name;
  FareExit     (*run) (const FarePricingRequest *request);
  gboolean       takes_word;
  OptionGroups   options;
} verbs[] = {
  { "list", fare_pricing_list, FALSE, OPTION_PROVIDER },
  { "show", fare_pricing_show, TRUE, OPTION_PROVIDER },
  { "cost", fare_pricing_cost, TRUE,
    OPTION_TOKENS | OPTION_AT | OPTION_MODE | OPTION_PROVIDER },
  { "set", fare_pricing_set, TRUE,
    OPTION_TOKENS | OPTION_FROM | OPTION_ALIAS | OPTION_PROVIDER },
  { "reset", fare_pricing_reset, TRUE, OPTION_ALL },
  { "import", fare_pricing_import, TRUE, 0 },
  { "check", fare_pricing_check, FALSE, 0 },
};

/* The first option given that is not among @allowed, or NULL. */
static const char *
find_stray_option (const Options *self,
                   OptionGroups   allowed)
{
  const struct
  {
    OptionGroups  group;
    const char   *name;
    gboolean      is_given;
  } given[] = {
    { OPTION_TOKENS, "--input", self->input != NULL },
    { OPTION_TOKENS, "--output", self->output != NULL },
    { OPTION_TOKENS, "--cache-read", self->cache_read != NULL },
    { OPTION_TOKENS, "--cache-write-5m", self->cache_write_5m != NULL },
    { OPTION_TOKENS, "--cache-write-1h", self->cache_write_1h != NULL },
    { OPTION_TOKENS, "--reasoning", self->reasoning != NULL },
    { OPTION_AT, "--at", self->at != NULL },
    { OPTION_MODE, "--mode", self->modes != NULL },
    { OPTION_PROVIDER, "--provider", self->provider != NULL },
    { OPTION_FROM, "--from", self->from != NULL },
    { OPTION_ALIAS, "--alias", self->aliases != NULL },
    { OPTION_ALL, "--all", self->all },
  };

  for (guint i = 0; i < G_N_ELEMENTS (given); i++)
    if (given[i].is_given && (allowed & given[i].group) == 0)
      return given[i].name;

  return NULL;
}

static gboolean
parse_tokens (const char *text,
              gint64     *tokens)
{
  guint64 number = 0;

  *tokens = 0;
  if (text == NULL)
    return TRUE;
  if (!g_ascii_string_to_unsigned (text, 10, 0, FARE_USAGE_LIMIT, &number, NULL))
    return FALSE;

  *tokens = (gint64) number;
  return TRUE;
}

static gboolean
parse_usage (const Options *options,
             FareUsage     *usage)
{
  return parse_tokens (options->input, &usage->input)
         && parse_tokens (options->cache_read, &usage->cache_read)
         && parse_tokens (options->cache_write_5m, &usage->cache_write_5m)
         && parse_tokens (options->cache_write_1h, &usage->cache_write_1h)
         && parse_tokens (options->output, &usage->output)
         && parse_tokens (options->reasoning, &usage->reasoning)
         && usage->reasoning <= usage->output;
}

static gboolean
parse_rate (const char    *text,
            FareRateKinds  kind,
            FareRateCard  *card,
            double        *rate)
{
  char *end = NULL;

  *rate = 0.0;
  if (text == NULL)
    return TRUE;

  /* strtod() also reads blanks, signs, hexadecimal numbers and words. */
  if (text[strspn (text, "0123456789.eE+-")] != '\0'
      || (!g_ascii_isdigit (text[0]) && text[0] != '.'))
    return FALSE;

  *rate = g_ascii_strtod (text, &end);
  card->stated |= kind;
  return *end == '\0' && isfinite (*rate) && *rate >= 0.0 && *rate <= FARE_RATES_LIMIT;
}

static gboolean
parse_card (const Options *options,
            FareRateCard  *card)
{
  return parse_rate (options->input, FARE_RATE_INPUT, card, &card->input)
         && parse_rate (options->output, FARE_RATE_OUTPUT, card, &card->output)
         && parse_rate (options->cache_read, FARE_RATE_CACHE_READ, card, &card->cache_read)
         && parse_rate (options->cache_write_5m, FARE_RATE_CACHE_WRITE_5M, card,
                        &card->cache_write_5m)
         && parse_rate (options->cache_write_1h, FARE_RATE_CACHE_WRITE_1H, card,
                        &card->cache_write_1h)
         && parse_rate (options->reasoning, FARE_RATE_REASONING, card, &card->reasoning);
}

static FareExit
parse_cost (const Options      *options,
            FarePricingRequest *request)
{
  if (!parse_usage (options, &request->usage))
    return fare_command_misused (request->command,
                                 _("Tokens are whole numbers, and reasoning is a part of output."));

  if (options->at != NULL && !fare_price_time_parse (options->at, &request->at_ms))
    return fare_command_misused (request->command, _("“%s” is no date and no time."), options->at);

  for (guint i = 0; options->modes != NULL && options->modes[i] != NULL; i++)
    {
      FareModes mode = fare_modes_from_name (options->modes[i]);

      if (mode == FARE_MODE_NONE)
        return fare_command_misused (request->command, _("There is no mode “%s”."),
                                     options->modes[i]);
      request->modes |= mode;
    }

  return FARE_EXIT_DONE;
}

static FareExit
parse_set (const Options      *options,
           FarePricingRequest *request)
{
  gint64 from_ms;

  if (options->input == NULL || options->output == NULL)
    return fare_command_misused (request->command, _("A price needs --input and --output."));
  if (!parse_card (options, &request->card))
    return fare_command_misused (request->command,
                                 _("Rates are numbers in USD per million tokens."));

  if (options->from != NULL)
    {
      if (!fare_price_time_parse (options->from, &from_ms))
        return fare_command_misused (request->command, _("“%s” is no date and no time."),
                                     options->from);
      request->from = fare_price_time_to_string (from_ms);
    }

  request->aliases = options->aliases;
  return FARE_EXIT_DONE;
}

static FareExit
refuse_verb (const FareCommand *self,
             const char        *name)
{
  const char *names[G_N_ELEMENTS (verbs) + 1] = { NULL };
  g_autofree char *sentence = g_strdup_printf (_("The prices cannot be asked to “%s”."), name);

  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    names[i] = verbs[i].name;

  return fare_command_misspelt (self, sentence, name, names);
}

static FareExit
run_verb (const Options      *options,
          const char * const *words,
          FarePricingRequest *request)
{
  const char *name = words[0] != NULL ? words[0] : "list";
  const char *stray = NULL;
  guint n_words = words[0] != NULL ? g_strv_length ((GStrv) words) - 1 : 0;
  FareExit status = FARE_EXIT_DONE;
  guint i = 0;

  while (i < G_N_ELEMENTS (verbs) && !g_str_equal (verbs[i].name, name))
    i++;
  if (i == G_N_ELEMENTS (verbs))
    return refuse_verb (request->command, name);

  stray = find_stray_option (options, verbs[i].options);
  if (stray != NULL)
    /* Translators: “list” does not know --at. */
    return fare_command_misused (request->command, _("“%s” does not know %s."), name, stray);

  request->word = n_words > 0 ? words[1] : NULL;
  if (verbs[i].takes_word && n_words == 0 && !request->all)
    return fare_command_misused (request->command,
                                 verbs[i].run == fare_pricing_import ? _("Name a file.")
                                                                     : _("Name a model."));
  if (n_words > (verbs[i].takes_word && !request->all ? 1u : 0u))
    return fare_command_misused (request->command, _("“%s” is one word too many."),
                                 words[n_words]);

  if (verbs[i].run == fare_pricing_cost)
    status = parse_cost (options, request);
  else if (verbs[i].run == fare_pricing_set)
    status = parse_set (options, request);

  return status == FARE_EXIT_DONE ? verbs[i].run (request) : status;
}

static void
options_clear (Options *self)
{
  g_free (self->input);
  g_free (self->output);
  g_free (self->cache_read);
  g_free (self->cache_write_5m);
  g_free (self->cache_write_1h);
  g_free (self->reasoning);
  g_free (self->at);
  g_free (self->from);
  g_free (self->provider);
  g_strfreev (self->modes);
  g_strfreev (self->aliases);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static FareExit
run_with (const FareCommand  *self,
          const Options      *options,
          const char * const *words)
{
  g_autoptr(FarePaths) paths = fare_paths_new ();
  g_autofree char *shipped = g_build_filename (fare_paths_get_pkgdata_dir (paths), "models.json",
                                               NULL);
  FarePricingRequest request = {
    .command = self,
    .shipped_path = shipped,
    .user_path = fare_paths_get_prices_file (paths),
    .json = options->json,
    .all = options->all,
    .provider = options->provider,
    .now_ms = g_get_real_time () / 1000,
  };
  FareExit status;

  request.at_ms = request.now_ms;
  status = run_verb (options, words, &request);
  g_free (request.from);
  return status;
}

static FareExit
run (const FareCommand  *self,
     const char * const *args)
{
  g_auto(Options) o = { 0 };
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &o.json, N_("Print JSON"), NULL },
    { "input", 0, 0, G_OPTION_ARG_FILENAME, &o.input,
      N_("Plain input: tokens for “cost”, USD per million for “set”"), N_("N") },
    { "cache-read", 0, 0, G_OPTION_ARG_FILENAME, &o.cache_read, N_("Read from a cache"), N_("N") },
    { "cache-write-5m", 0, 0, G_OPTION_ARG_FILENAME, &o.cache_write_5m,
      N_("Written to a cache for a short time"), N_("N") },
    { "cache-write-1h", 0, 0, G_OPTION_ARG_FILENAME, &o.cache_write_1h,
      N_("Written to a cache for a long time"), N_("N") },
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &o.output, N_("Output, reasoning included"),
      N_("N") },
    { "reasoning", 0, 0, G_OPTION_ARG_FILENAME, &o.reasoning, N_("Reasoning, a part of output"),
      N_("N") },
    { "at", 0, 0, G_OPTION_ARG_FILENAME, &o.at, N_("With cost: when it was; now unless given"),
      N_("TIME") },
    { "mode", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &o.modes,
      N_("With cost: fast, priority, flex, batch, regional or us_only; may be repeated"),
      N_("MODE") },
    { "provider", 0, 0, G_OPTION_ARG_FILENAME, &o.provider,
      N_("Who sold it, as logged beside the model; with set and list: who makes it"),
      N_("NAME") },
    { "from", 0, 0, G_OPTION_ARG_FILENAME, &o.from,
      N_("With set: first day of the price; without it, the price always held"), N_("DATE") },
    { "alias", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &o.aliases,
      N_("With set: another name of the model; may be repeated"), N_("NAME") },
    { "all", 0, 0, G_OPTION_ARG_NONE, &o.all, N_("With reset: every price"), NULL },
    G_OPTION_ENTRY_NULL
  };
  g_auto(GStrv) rest = NULL;
  FareExit status;

  if (!fare_command_parse (self, entries, args, &rest, &status))
    return status;

  return run_with (self, &o, (const char * const *) rest);
}

const FareCommand fare_command_pricing = {
  .name = "pricing",
  .summary = N_("Show what models cost, and keep your own prices"),
  .usage = N_("[list|show MODEL|cost MODEL|set MODEL|reset MODEL|import FILE|check]"),
  .details =
    N_("list     show all prices of today\n"
       "show     show one model with all its prices: show MODEL\n"
       "cost     tell what a request costs: cost MODEL --input N --output N …\n"
       "set      set your own price, in USD per million tokens: set MODEL --input X --output Y …\n"
       "reset    go back to the shipped price: reset MODEL, or reset --all\n"
       "import   take prices from a file of this program or of Tokdash: import FILE\n"
       "check    name every fault in the price files"),
  .run = run,
};
