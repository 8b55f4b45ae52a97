/* fare-demo-story.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-demo-story.h"

#define N_DAYS    365
#define SEED      20260421
#define MAX_CALLS 160
#define MINUTE_MS (60 * G_GINT64_CONSTANT (1000))

typedef struct
{
  const char *client;
  guint       weight;      /* sessions it takes of a hundred or so */
  guint       days_ago;    /* when the developer began to use it */
  guint       days_used;   /* for how long; 0: until today */
  const char *provider;
  const char *models[4];   /* from the first to the last one used; the end is NULL */
} Tool;

/* Heavy use of a few, a try of the others: what a curious person's home looks like. */
static const Tool tools[] = {
  { "claude", 380, 365, 0, "anthropic", { "claude-opus-4-6", "claude-sonnet-4-6", "claude-opus-4-8" } },
  { "codex", 220, 300, 0, "openai", { "gpt-5.2-codex", "gpt-5.3-codex", "gpt-5.5" } },
  { "opencode", 90, 240, 0, "openrouter", { "kimi-k2.6", "glm-5.2" } },
  { "gemini_cli", 80, 330, 0, "google", { "gemini-2.5-pro", "gemini-3-pro-preview" } },
  { "copilot_cli", 40, 200, 0, "github", { "claude-sonnet-4.6" } },
  { "amp", 35, 180, 0, "anthropic", { "claude-opus-4-6", "gpt-5.4" } },
  { "pi_agent", 30, 150, 0, "anthropic", { "claude-sonnet-4-6" } },
  { "cline", 24, 320, 140, "anthropic", { "claude-sonnet-4-5" } },
  { "roo_code", 20, 340, 120, "anthropic", { "claude-sonnet-4-5" } },
  { "qwen", 18, 120, 0, "qwen", { "qwen3-coder-plus" } },
  { "kimi", 18, 110, 0, "moonshot", { "kimi-for-coding" } },
  { "goose", 14, 260, 90, "anthropic", { "claude-haiku-4-5" } },
  { "droid", 12, 100, 0, "anthropic", { "claude-opus-4-6" } },
  { "hermes", 12, 80, 0, "openai", { "gpt-5.4-mini" } },
  { "openclaw", 12, 90, 0, "anthropic", { "claude-haiku-4-5" } },
  { "grok", 10, 70, 0, "xai", { "grok-4.5" } },
  { "antigravity", 10, 60, 0, "google", { "gemini-3-flash-preview" } },
  { "kilocode", 8, 50, 0, "kilo", { "minimax-m3" } },
  { "mimo", 8, 45, 0, "xiaomi", { "mimo-v2.5-pro" } },
  { "omp", 8, 40, 0, "lab", { "harbor-preview-2" } },
};

static const struct
{
  const char *name;
  const char *branch;
} projects[] = {
  { "lighthouse", "main" }, { "harbor", "main" }, { "lighthouse", "new-lamp" }, { "orchard", "main" },
  { "harbor", "quay-3" }, { "tidepool", "main" }, { "ferry", "timetable" }, { "orchard", "pruning" },
  { "beacon", "main" }, { "granary", "main" },
};

static const char * const titles[] = {
  "Mend the flaky login test", "Port the parser to the new grammar", "Draw the tide chart",
  "Speed up the import", "Write the release notes", "Sort out the timetable", "Find the memory leak",
  "Split the settings page", "Add dark mode to the map", "Upgrade the database driver",
  "Review the payment flow", "Explain the cache", "Clean up dead code", "Make the search fuzzy",
  "Translate the help pages", "Plan the move to the new API", "Fix the clock change bug",
  "Teach the robot to dock", "Check the licence list", "Rewrite the queue",
};

static const char * const prompts[] = {
  "Please have a look at the failing test", "Now do the same for the other two files",
  "Why is this slow?", "Add a test that fails without it", "Go on", "Undo the last change and try another way",
  "Write it down in the README", "That looks good, clean it up and commit", "Run everything once more",
  "What would break if we dropped this?", "Make the error message say what to do",
};

/* Mondays are heavy, Fridays are light, Sundays are for other things.  From Monday on, percent. */
static const guint weekdays[7] = { 170, 135, 115, 105, 55, 22, 12 };

static guint
get_weight (const Tool *tool,
            guint       days_ago)
{
  guint last = tool->days_used > 0 ? tool->days_ago - tool->days_used : 0;

  return days_ago <= tool->days_ago && days_ago >= last ? tool->weight : 0;
}

static const Tool *
pick_tool (GRand *random,
           guint  days_ago)
{
  guint sum = 0, drawn;

  for (guint i = 0; i < G_N_ELEMENTS (tools); i++)
    sum += get_weight (&tools[i], days_ago);

  drawn = (guint) g_rand_int_range (random, 0, (gint32) sum);

  for (guint i = 0; i < G_N_ELEMENTS (tools); i++)
    {
      guint weight = get_weight (&tools[i], days_ago);

      if (drawn < weight)
        return &tools[i];

      drawn -= weight;
    }

  return &tools[0];
}

/* Newer models take over in the course of the year; now and then an older one is asked. */
static const char *
pick_model (GRand      *random,
            const Tool *tool,
            guint       days_ago)
{
  guint n_models = 0, wanted;

  while (n_models < G_N_ELEMENTS (tool->models) && tool->models[n_models] != NULL)
    n_models++;

  wanted = n_models * (tool->days_ago - MIN (days_ago, tool->days_ago)) / (tool->days_ago + 1);

  if (wanted > 0 && g_rand_int_range (random, 0, 5) == 0)
    wanted--;

  return tool->models[wanted];
}

/* One response after another in a context that grows and is mostly cached. */
static guint
make_calls (GRand        *random,
            gint64        start_ms,
            gint64        now_ms,
            guint         spike,
            FareDemoCall *calls,
            GPtrArray    *said)
{
  guint n_prompts = (guint) g_rand_int_range (random, 1, 8);
  gint64 time_ms = start_ms;
  gint64 context = g_rand_int_range (random, 14000, 26000);
  guint n_calls = 0;

  for (guint prompt = 0; prompt < n_prompts; prompt++)
    {
      guint n_turns = (guint) g_rand_int_range (random, 2, 13) * spike;

      for (guint turn = 0; turn < n_turns && n_calls < MAX_CALLS; turn++)
        {
          FareDemoCall *call = &calls[n_calls];

          time_ms += g_rand_int_range (random, 4000, 55000);
          if (time_ms >= now_ms)
            return n_calls;

          call->time_ms = time_ms;
          call->is_prompted = turn == 0;
          call->input = g_rand_int_range (random, 3, 900);
          call->cache_write = g_rand_int_range (random, 300, 5200);
          call->cache_read = n_calls == 0 ? 0 : context;
          call->reasoning = g_rand_int_range (random, 0, 600);
          call->output = call->reasoning + g_rand_int_range (random, 60, 1800);
          context = MIN (context + call->cache_write, 178000);

          if (call->is_prompted)
            g_ptr_array_add (said, (gpointer) prompts[g_rand_int_range (random, 0, G_N_ELEMENTS (prompts))]);

          n_calls++;
        }

      time_ms += g_rand_int_range (random, 1, 14) * MINUTE_MS;
    }

  return n_calls;
}

static gboolean
tell_session (GRand               *random,
              guint                number,
              guint                days_ago,
              guint                spike,
              gint64               start_ms,
              gint64               now_ms,
              FareDemoSessionFunc  func,
              gpointer             user_data,
              GError             **error)
{
  FareDemoCall calls[MAX_CALLS] = { 0 };
  g_autoptr(GPtrArray) said = g_ptr_array_new ();
  const Tool *tool = pick_tool (random, days_ago);
  guint place = (guint) g_rand_int_range (random, 0, G_N_ELEMENTS (projects));
  FareDemoSession session = {
    .client = tool->client,
    .provider = tool->provider,
    .model = pick_model (random, tool, days_ago),
    .project = projects[place].name,
    .branch = projects[place].branch,
    .title = titles[g_rand_int_range (random, 0, G_N_ELEMENTS (titles))],
    .number = number,
    .random = random,
    .prompts = said,
    .calls = calls,
  };

  session.n_calls = make_calls (random, start_ms, now_ms, spike, calls, said);

  return session.n_calls == 0 || func (&session, user_data, error);
}

static gboolean
tell_day (GRand               *random,
          guint               *number,
          guint                days_ago,
          GDateTime           *midnight,
          gint64               now_ms,
          FareDemoSessionFunc  func,
          gpointer             user_data,
          GError             **error)
{
  guint weekday = (guint) g_date_time_get_day_of_week (midnight) - 1;
  gint64 midnight_ms = g_date_time_to_unix (midnight) * 1000;
  guint spike = g_rand_int_range (random, 0, 61) == 0 ? 3 : 1;
  guint share = weekdays[weekday] * (N_DAYS * 2 - days_ago) / (N_DAYS * 2);
  guint n_sessions = (share * (guint) g_rand_int_range (random, 40, 150) / 100 * 7 + 50) / 100;
  gboolean is_away = days_ago >= 118 && days_ago < 131;

  /* Whoever looks at a demonstration wants to see something today. */
  if (days_ago == 0)
    n_sessions = MAX (n_sessions, 6);

  for (guint i = 0; i < n_sessions; i++)
    {
      gint64 length_ms = days_ago == 0 ? now_ms - midnight_ms : 24 * 60 * MINUTE_MS;
      gint64 start_ms = days_ago == 0
                        ? midnight_ms + (gint64) (g_rand_double_range (random, 0.05, 0.9) * (double) length_ms)
                        : midnight_ms + g_rand_int_range (random, 8 * 60, 21 * 60) * MINUTE_MS;

      if (is_away)
        continue;

      if (!tell_session (random, ++*number, days_ago, spike, start_ms, now_ms, func, user_data, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
fare_demo_tell (gint64               now_ms,
                GTimeZone           *zone,
                FareDemoSessionFunc  func,
                gpointer             user_data,
                GError             **error)
{
  g_autoptr(GRand) random = g_rand_new_with_seed (SEED);
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (now_ms / 1000);
  g_autoptr(GDateTime) now = g_date_time_to_timezone (utc, zone);
  g_autoptr(GDateTime) today = g_date_time_new (zone, g_date_time_get_year (now),
                                                g_date_time_get_month (now),
                                                g_date_time_get_day_of_month (now), 0, 0, 0);
  guint number = 0;

  for (guint days_ago = N_DAYS; days_ago + 1 > 0; days_ago--)
    {
      g_autoptr(GDateTime) midnight = g_date_time_add_days (today, -(int) days_ago);

      if (!tell_day (random, &number, days_ago, midnight, now_ms, func, user_data, error))
        return FALSE;

      if (days_ago == 0)
        break;
    }

  return TRUE;
}
