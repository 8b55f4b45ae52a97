/* test-active-time.c
 *
 * Active time of logs whose turns stand at known seconds, with helpers, over midnight,
 * and of single models.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "accounting/fare-active-time.h"

#include "log-home.h"

#define SECOND G_GINT64_CONSTANT (1000)
#define MINUTE (60 * SECOND)

static void
add_turn (LogHome    *home,
          const char *file,
          const char *session,
          const char *time,
          const char *model)
{
  LogTurn turn = {
    .file = file, .session = session, .time = time, .model = model,
    .usage = { .input = 10, .output = 5 },
  };

  log_home_add_turn (home, &turn);
}

static FareActiveTimes *
ask (LogHome   *home,
     FareQuery  query)
{
  g_autoptr(GError) error = NULL;
  FareActiveTimes *times = fare_active_times_new (home->reader, &query, FARE_ACTIVE_CAP_MS, NULL,
                                                  &error);

  g_assert_no_error (error);
  return times;
}

static void
assert_time (const FareActiveTime *time,
             gint64                sum_ms,
             gint64                active_ms,
             gint64                span_ms)
{
  g_assert_nonnull (time);
  g_assert_cmpint (time->sum_ms, ==, sum_ms);
  g_assert_cmpint (time->active_ms, ==, active_ms);
  g_assert_cmpint (time->span_ms, ==, span_ms);
}

/* Main turns at 0, 60, 660 and 661 s, a helper's at 30 and 90 s. */
static void
add_session (LogHome    *home,
             const char *id,
             const char *file)
{
  g_autofree char *helper = g_strdup_printf ("%s/subagents/agent-1.jsonl", id);

  add_turn (home, file, id, "2026-03-02T10:00:00Z", NULL);
  add_turn (home, helper, id, "2026-03-02T10:00:30Z", NULL);
  add_turn (home, file, id, "2026-03-02T10:01:00Z", NULL);
  add_turn (home, helper, id, "2026-03-02T10:01:30Z", NULL);
  add_turn (home, file, id, "2026-03-02T10:11:00Z", NULL);
  add_turn (home, file, id, "2026-03-02T10:11:01Z", NULL);
}

static const FareQuery everything = { .from_ms = G_MININT64, .to_ms = G_MAXINT64 };

static void
test_helpers_add_to_the_sum_alone (void)
{
  g_autoptr(LogHome) home = log_home_new ();
  g_autoptr(FareActiveTimes) times = NULL;

  add_session (home, "s1", "s1.jsonl");
  log_home_scan (home);
  times = ask (home, everything);

  assert_time (fare_active_times_get_total (times), 421 * SECOND, 391 * SECOND, 661 * SECOND);
  assert_time (fare_active_times_find_client (times, "claude"), 421 * SECOND, 391 * SECOND,
               661 * SECOND);
  assert_time (fare_active_times_find_session (times, log_home_find_session (home, "s1")),
               421 * SECOND, 391 * SECOND, 661 * SECOND);
  g_assert_null (fare_active_times_find_client (times, "codex"));
}

static void
test_sessions_side_by_side (void)
{
  g_autoptr(LogHome) home = log_home_new ();
  g_autoptr(FareActiveTimes) times = NULL;

  add_session (home, "s1", "s1.jsonl");
  add_session (home, "s2", "s2.jsonl");
  add_turn (home, "s3.jsonl", "s3", "2026-03-02T10:00:00Z", NULL);
  log_home_scan (home);
  times = ask (home, everything);

  assert_time (fare_active_times_get_total (times), 842 * SECOND, 391 * SECOND, 661 * SECOND);
  assert_time (fare_active_times_find_session (times, log_home_find_session (home, "s2")),
               421 * SECOND, 391 * SECOND, 661 * SECOND);
  assert_time (fare_active_times_find_session (times, log_home_find_session (home, "s3")), 0, 0,
               0);
}

static FareQuery
make_query (const char *from,
            const char *to)
{
  return (FareQuery) { .from_ms = log_home_get_time (from), .to_ms = log_home_get_time (to) };
}

/* 23:59 to 0:03 is four minutes of work, one before midnight and three after it. */
static void
test_work_over_midnight_is_split (void)
{
  g_autoptr(LogHome) home = log_home_new ();
  g_autoptr(FareActiveTimes) before = NULL;
  g_autoptr(FareActiveTimes) after = NULL;

  add_turn (home, "s.jsonl", "s", "2026-03-02T23:59:00Z", NULL);
  add_turn (home, "s.jsonl", "s", "2026-03-03T00:03:00Z", NULL);
  add_turn (home, "s.jsonl", "s", "2026-03-03T00:05:00Z", NULL);
  log_home_scan (home);

  before = ask (home, make_query ("2026-03-02T00:00:00Z", "2026-03-03T00:00:00Z"));
  assert_time (fare_active_times_get_total (before), 1 * MINUTE, 1 * MINUTE, 0);
  after = ask (home, make_query ("2026-03-03T00:00:00Z", "2026-03-04T00:00:00Z"));
  assert_time (fare_active_times_get_total (after), 5 * MINUTE, 5 * MINUTE, 2 * MINUTE);
}

/* The first turn of the day ends a long pause: five minutes count, three of them after midnight.
 * A session's very first turn ends none. */
static void
test_a_pause_before_the_span_is_known (void)
{
  g_autoptr(LogHome) home = log_home_new ();
  g_autoptr(FareActiveTimes) times = NULL;
  FareQuery query = make_query ("2026-03-03T00:00:00Z", "2026-03-04T00:00:00Z");

  add_turn (home, "old.jsonl", "old", "2026-03-01T12:00:00Z", NULL);
  add_turn (home, "old.jsonl", "old", "2026-03-03T00:03:00Z", NULL);
  add_turn (home, "old/subagents/agent-1.jsonl", "old", "2026-03-03T00:04:00Z", NULL);
  add_turn (home, "new.jsonl", "new", "2026-03-03T00:03:00Z", NULL);
  log_home_scan (home);
  times = ask (home, query);

  assert_time (fare_active_times_find_session (times, log_home_find_session (home, "old")),
               3 * MINUTE, 3 * MINUTE, 1 * MINUTE);
  assert_time (fare_active_times_find_session (times, log_home_find_session (home, "new")), 0, 0,
               0);
}

static void
test_a_model_gets_the_time_before_its_turns (void)
{
  g_autoptr(LogHome) home = log_home_new ();
  g_autoptr(FareActiveTimes) times = NULL;
  char *models[] = { "claude-haiku-4-5", NULL };
  FareQuery query = everything;

  add_turn (home, "s.jsonl", "s", "2026-03-02T10:00:00Z", "claude-opus-4-8");
  add_turn (home, "s.jsonl", "s", "2026-03-02T10:01:00Z", "claude-haiku-4-5");
  add_turn (home, "s.jsonl", "s", "2026-03-02T10:03:00Z", "claude-opus-4-8");
  log_home_scan (home);
  query.models = models;
  times = ask (home, query);

  assert_time (fare_active_times_get_total (times), 1 * MINUTE, 1 * MINUTE, 0);
}

static void
test_can_be_cancelled (void)
{
  g_autoptr(LogHome) home = log_home_new ();
  g_autoptr(FareActiveTimes) times = NULL;
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;

  add_session (home, "s1", "s1.jsonl");
  log_home_scan (home);
  g_cancellable_cancel (cancellable);
  times = fare_active_times_new (home->reader, &everything, FARE_ACTIVE_CAP_MS, cancellable,
                                 &error);
  g_assert_null (times);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/active-time/helpers-add-to-the-sum-alone", test_helpers_add_to_the_sum_alone);
  g_test_add_func ("/active-time/sessions-side-by-side", test_sessions_side_by_side);
  g_test_add_func ("/active-time/work-over-midnight-is-split", test_work_over_midnight_is_split);
  g_test_add_func ("/active-time/pause-before-the-span-is-known",
                   test_a_pause_before_the_span_is_known);
  g_test_add_func ("/active-time/model-gets-the-time-before-its-turns",
                   test_a_model_gets_the_time_before_its_turns);
  g_test_add_func ("/active-time/can-be-cancelled", test_can_be_cancelled);

  return g_test_run ();
}
