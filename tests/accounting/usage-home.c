/* usage-home.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "usage-home.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

#define MINUTE_MS (60 * G_GINT64_CONSTANT (1000))
#define DAY_MS (24 * 60 * MINUTE_MS)

/* Two projects share a last component, one session does not name its project. */
const HomeSession usage_home_sessions[N_HOME_SESSIONS] = {
  { "a0000000-0000-4000-8000-000000000001", "/home/me/alpha" },
  { "a0000000-0000-4000-8000-000000000002", "/home/me/alpha" },
  { "a0000000-0000-4000-8000-000000000003", "/srv/alpha" },
  { "a0000000-0000-4000-8000-000000000004", "/home/me/beta" },
  { "a0000000-0000-4000-8000-000000000005", "/home/me/beta" },
  { "a0000000-0000-4000-8000-000000000006", "" },
  { "a0000000-0000-4000-8000-000000000007", "/home/me/Grün weiß" },
  { "a0000000-0000-4000-8000-000000000008", "/" },
};

static const char *const branches[] = { "main", "feature/meter", "" };

static const char *const models[] = {
  "claude-opus-4-8",   /* modes */
  "claude-opus-4-6",   /* a tier that ends on a date */
  "claude-sonnet-4-5", /* a tier */
  "gpt-5.4",           /* a tier, limits of modes */
  "deepseek-chat",     /* segments, a window by the night */
  "deepseek-flash",    /* windows on working days */
  "odd-change",        /* changes within a quarter hour */
  "odd-launch",        /* has no price before a second of a quarter hour */
  "odd-window",        /* a window that no quarter hour fits */
  "unheard-of",        /* no price at all */
  "Unheard-Of",
};

/* The user's own price file. */
static const char price_file[] =
  "{\n"
  "  \"schema\": 1, \"kind\": \"tokenfare-prices\",\n"
  "  \"models\": [\n"
  "    { \"id\": \"odd-change\", \"provider\": \"unknown\", \"name\": \"Odd Change\",\n"
  "      \"class\": \"default\", \"status\": \"list\", \"accepts\": [], \"aliases\": [],\n"
  "      \"prices\": [\n"
  "        { \"from\": null, \"input\": 1, \"output\": 10, \"cache_read\": 0.1,\n"
  "          \"tiers\": [ {\"above\": 50000, \"input\": 2, \"output\": 20} ] },\n"
  "        { \"from\": \"2026-05-05T15:28:10Z\", \"input\": 7, \"output\": 70 },\n"
  "        { \"from\": \"2026-05-05T15:29:59Z\", \"input\": 3, \"output\": 30 } ],\n"
  "      \"as_of\": \"2026-10-01\", \"sources\": [\"test\"] },\n"
  "    { \"id\": \"odd-launch\", \"provider\": \"unknown\", \"name\": \"Odd Launch\",\n"
  "      \"class\": \"default\", \"status\": \"estimated\", \"accepts\": [], \"aliases\": [],\n"
  "      \"prices\": [ { \"from\": \"2026-05-05T15:28:10Z\", \"input\": 4, \"output\": 40 } ],\n"
  "      \"as_of\": \"2026-10-01\", \"sources\": [\"test\"] },\n"
  "    { \"id\": \"odd-window\", \"provider\": \"unknown\", \"name\": \"Odd Window\",\n"
  "      \"class\": \"default\", \"status\": \"list\", \"accepts\": [], \"aliases\": [],\n"
  "      \"prices\": [ { \"from\": null, \"input\": 1, \"output\": 5, \"windows\": [\n"
  "        {\"utc_from\": \"15:07\", \"utc_to\": \"15:52\", \"multiplier\": 3} ] } ],\n"
  "      \"as_of\": \"2026-10-01\", \"sources\": [\"test\"] } ]\n"
  "}\n";

/* The same but for the tier of one model. */
static const char edited_price_file[] =
  "{\n"
  "  \"schema\": 1, \"kind\": \"tokenfare-prices\",\n"
  "  \"models\": [\n"
  "    { \"id\": \"odd-change\", \"provider\": \"unknown\", \"name\": \"Odd Change\",\n"
  "      \"class\": \"default\", \"status\": \"list\", \"accepts\": [], \"aliases\": [],\n"
  "      \"prices\": [ { \"from\": null, \"input\": 1, \"output\": 10,\n"
  "        \"tiers\": [ {\"above\": 177777, \"input\": 2, \"output\": 20} ] } ],\n"
  "      \"as_of\": \"2026-10-01\", \"sources\": [\"test\"] } ]\n"
  "}\n";

/* Around what prices and clocks do, or anywhere. */
static gint64
pick_time (GRand *random)
{
  static const char *const interesting[] = {
    "2026-05-05T15:28:10Z", "2026-05-05T15:29:59Z", "2026-03-13T00:00:00Z",
    "2025-02-26T16:30:00Z", "2025-03-03T00:30:00Z", "2026-10-26T01:00:00Z",
    "2026-11-03T15:07:00Z", "2026-11-03T15:52:00Z",
    /* Berlin, Lord Howe, St. John's, Cairo, in both directions. */
    "2026-03-29T01:00:00Z", "2026-10-25T01:00:00Z", "2026-04-04T15:00:00Z",
    "2026-10-03T15:30:00Z", "2026-03-08T05:30:00Z", "2026-11-01T04:30:00Z",
    "2026-04-23T22:00:00Z", "2026-10-29T21:00:00Z",
  };
  const char *text = interesting[g_rand_int_range (random, 0, G_N_ELEMENTS (interesting))];
  g_autoptr(GDateTime) moment = g_date_time_new_from_iso8601 (text, NULL);
  gint64 time_ms = g_date_time_to_unix (moment) * 1000;

  switch (g_rand_int_range (random, 0, 4))
    {
    case 0:
      return time_ms + g_rand_int_range (random, -3, 4);
    case 1:
      return time_ms + g_rand_int_range (random, -15 * MINUTE_MS, 15 * MINUTE_MS);
    case 2:
      return time_ms + g_rand_int_range (random, -DAY_MS, DAY_MS);
    default:
      return time_ms - g_rand_int_range (random, 0, 300) * DAY_MS +
             g_rand_int_range (random, 0, DAY_MS);
    }
}

/* Prompts on both sides of every tier's edge, to the token. */
static void
pick_usage (GRand     *random,
            FareUsage *usage)
{
  static const gint64 edges[] = { 50000, 100000, 199999, 200000, 272000 };
  gint64 prompt = g_rand_int_range (random, 0, 2) == 0
                    ? edges[g_rand_int_range (random, 0, G_N_ELEMENTS (edges))] +
                        g_rand_int_range (random, -1, 3)
                    : g_rand_int_range (random, 1, 400000);

  usage->cache_read = g_rand_int_range (random, 0, prompt + 1);
  usage->cache_write_5m = g_rand_int_range (random, 0, prompt - usage->cache_read + 1);
  usage->cache_write_1h = g_rand_int_range (random, 0, prompt - usage->cache_read -
                                                         usage->cache_write_5m + 1);
  usage->input = prompt - usage->cache_read - usage->cache_write_5m - usage->cache_write_1h;
  usage->output = g_rand_int_range (random, 1, 30000);
}

static HomeEvent
pick_event (GRand *random)
{
  HomeEvent event = { .reported = -1 };

  event.time_ms = pick_time (random);
  event.session = g_rand_int_range (random, 0, N_HOME_SESSIONS);
  event.model = models[g_rand_int_range (random, 0, G_N_ELEMENTS (models))];
  event.branch = branches[g_rand_int_range (random, 0, G_N_ELEMENTS (branches))];
  pick_usage (random, &event.usage);
  event.web_searches = g_rand_int_range (random, 0, 8) == 0 ? g_rand_int_range (random, 1, 4) : 0;
  event.is_fast = g_rand_int_range (random, 0, 6) == 0;
  if (g_rand_int_range (random, 0, 5) == 0)
    event.reported = g_rand_int_range (random, 1, 5000000) / 1e6;

  return event;
}

static void
write_line (GString         *log,
            const HomeEvent *event,
            guint            number)
{
  const HomeSession *session = &usage_home_sessions[event->session];
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (event->time_ms / 1000);
  g_autofree char *seconds = g_date_time_format (utc, "%Y-%m-%dT%H:%M:%S");
  char reported[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (log, "{\"type\":\"assistant\",\"uuid\":\"u%u\",\"sessionId\":\"%s\","
                               "\"timestamp\":\"%s.%03dZ\",\"requestId\":\"req_%u\","
                               "\"isSidechain\":false,",
                          number, session->id, seconds, (int) (event->time_ms % 1000), number);
  if (*session->project != '\0')
    g_string_append_printf (log, "\"cwd\":\"%s\",", session->project);
  if (*event->branch != '\0')
    g_string_append_printf (log, "\"gitBranch\":\"%s\",", event->branch);
  if (event->reported >= 0)
    g_string_append_printf (log, "\"costUSD\":%s,",
                            g_ascii_dtostr (reported, sizeof reported, event->reported));

  g_string_append_printf (log, "\"message\":{\"id\":\"msg_%u\",\"role\":\"assistant\","
                               "\"model\":\"%s\",\"content\":[],\"usage\":{"
                               "\"input_tokens\":%" G_GINT64_FORMAT
                               ",\"output_tokens\":%" G_GINT64_FORMAT
                               ",\"cache_read_input_tokens\":%" G_GINT64_FORMAT
                               ",\"cache_creation_input_tokens\":%" G_GINT64_FORMAT
                               ",\"cache_creation\":{"
                               "\"ephemeral_5m_input_tokens\":%" G_GINT64_FORMAT
                               ",\"ephemeral_1h_input_tokens\":%" G_GINT64_FORMAT "}"
                               ",\"speed\":\"%s\",\"server_tool_use\":{\"web_search_requests\":%d}"
                               "}}}\n",
                          number, event->model, event->usage.input, event->usage.output,
                          event->usage.cache_read,
                          event->usage.cache_write_5m + event->usage.cache_write_1h,
                          event->usage.cache_write_5m, event->usage.cache_write_1h,
                          event->is_fast ? "fast" : "standard", (int) event->web_searches);
}

static void
write_file (const char *folder,
            const char *name,
            const char *content)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_file_set_contents (path, content, -1, &error);
  g_assert_no_error (error);
}

static void
write_logs (UsageHome *self)
{
  g_autofree char *folder = g_build_filename (self->folder, ".claude", "projects", "p", NULL);

  for (guint i = 0; i < N_HOME_SESSIONS; i++)
    {
      g_autoptr(GString) log = g_string_new (NULL);
      g_autofree char *name = g_strconcat (usage_home_sessions[i].id, ".jsonl", NULL);

      for (guint j = 0; j < self->events->len; j++)
        {
          const HomeEvent *event = &g_array_index (self->events, HomeEvent, j);

          if (event->session == i)
            write_line (log, event, j);
        }

      write_file (folder, name, log->str);
    }
}

static void
open_meter (UsageHome *self)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *home = g_strconcat ("HOME=", self->folder, NULL);
  g_autofree char *data = g_strconcat ("TOKENFARE_DATA_DIR=", self->folder, "/data", NULL);
  g_autofree char *notice = NULL;
  g_autofree char *tables = g_strconcat ("TOKENFARE_PKGDATA_DIR=",
                                         g_getenv ("TOKENFARE_PKGDATA_DIR"), NULL);
  const char *environment[] = { home, data, tables, NULL };
  g_autoptr(FarePaths) paths = fare_paths_new_for_env (environment);
  FareNoticeLevel level;

  self->meter = fare_meter_new (paths);
  fare_meter_open (self->meter, &error);
  g_assert_no_error (error);
  fare_meter_sync (self->meter, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  notice = fare_meter_dup_notice (self->meter, &level);
  g_assert_null (notice);
  self->prices = fare_meter_ref_prices (self->meter);
}

UsageHome *
usage_home_new (guint32 seed,
                guint   n_events)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GRand) random = g_rand_new_with_seed (seed);
  g_autofree char *data = NULL;
  UsageHome *self = g_new0 (UsageHome, 1);

  self->folder = g_dir_make_tmp ("tokenfare-accounting-XXXXXX", &error);
  g_assert_no_error (error);

  self->events = g_array_new (FALSE, FALSE, sizeof (HomeEvent));
  for (guint i = 0; i < n_events; i++)
    {
      HomeEvent event = pick_event (random);

      g_array_append_val (self->events, event);
    }

  data = g_build_filename (self->folder, "data", NULL);
  write_file (data, "prices.json", price_file);
  write_logs (self);
  open_meter (self);

  return self;
}

static void
remove_tree (GFile *file)
{
  g_autoptr(GFileEnumerator) children
    = g_file_enumerate_children (file, G_FILE_ATTRIBUTE_STANDARD_NAME,
                                 G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, NULL);
  GFile *child;

  while (children != NULL &&
         g_file_enumerator_iterate (children, NULL, &child, NULL, NULL) && child != NULL)
    remove_tree (child);

  g_file_delete (file, NULL, NULL);
}

void
usage_home_free (UsageHome *self)
{
  g_autoptr(GFile) folder = g_file_new_for_path (self->folder);

  g_clear_pointer (&self->prices, fare_price_book_unref);
  g_clear_object (&self->meter);
  remove_tree (folder);
  g_array_unref (self->events);
  g_free (self->folder);
  g_free (self);
}

FarePriceBook *
usage_home_load_edited_prices (UsageHome *self)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *warning = NULL;
  g_autofree char *shipped = g_build_filename (g_getenv ("TOKENFARE_PKGDATA_DIR"), "models.json",
                                               NULL);
  g_autofree char *own = g_build_filename (self->folder, "edited-prices.json", NULL);
  FarePriceBook *prices;

  write_file (self->folder, "edited-prices.json", edited_price_file);
  prices = fare_price_book_load (shipped, own, &warning, &error);
  g_assert_no_error (error);
  g_assert_null (warning);

  return prices;
}

const char *
usage_home_get_provider (const char *model)
{
  if (g_str_has_prefix (model, "claude"))
    return "anthropic";

  return g_str_has_prefix (model, "gpt") ? "openai" : "";
}

FarePrice
usage_home_price (UsageHome       *self,
                  const HomeEvent *event)
{
  FarePriceMatch match = fare_price_book_match (self->prices,
                                                usage_home_get_provider (event->model),
                                                event->model);
  FarePrice price = fare_price_book_cost (self->prices, &match,
                                          event->is_fast ? FARE_MODE_FAST : FARE_MODE_NONE,
                                          fare_usage_prompt (&event->usage), event->time_ms,
                                          &event->usage);

  if (price.reason != FARE_UNPRICED_NOT && event->reported >= 0)
    price = (FarePrice) { .usd = event->reported };

  return price;
}
