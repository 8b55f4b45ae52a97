/* fare-standing-watch.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "models/fare-standing-watch.h"

#include "models/fare-clock-monitor.h"

/* How often the clock is looked at beside what the clock's monitor says: old figures, and times that
 * pass. */
#define CLOCK_SECONDS 60

/* Figures are called old after this time, and asked for again before. */
#define OLD_MINUTES 10
#define AGING_MINUTES 6

/* The longest time between two scans while programs run. */
#define RECENT_MS (15 * 60 * 1000)

/* A scan of our own has begun by then; where none has, another program keeps the index in step. */
#define BEGIN_MS 2000

/* What the words "today", "this week" and "this month" mean. */
typedef struct
{
  gint64 starts_ms[FARE_N_BUDGETS]; /* UTC milliseconds, by FareBudgetPeriod */
} Calendar;

struct _FareStandingWatch
{
  GObject          parent_instance;

  FareMeter       *meter;
  FarePreferences *preferences;
  guint            pause_ms;

  FareStanding      *standing;
  FareStandingWish   wish;       /* of the last answer */
  FarePriceBook   *prices;     /* of the last answer */
  Calendar         calendar;   /* of the last answer */
  FareClockMonitor *clock;
  GFileMonitor    *limits_file; /* (nullable) */
  gint64           start_ms;   /* when the watch began */
  gint64           start_us;   /* the same on the clock that nobody sets */
  gint64           read_ms;    /* when the index was last read, 0: never */
  GCancellable    *cancellable; /* of the worker that is out */
  guint            clock_id;
  guint            pause_id;
  guint            begin_id;
  guint            is_due : 1;
  guint            is_in_step : 1;
  guint            has_caught_up : 1;
  guint            is_live : 1;
};

G_DEFINE_FINAL_TYPE (FareStandingWatch, fare_standing_watch, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char * const budget_keys[FARE_N_BUDGETS] = { "budget-day", "budget-week",
                                                          "budget-month" };

/* A question on its way to a worker thread, and its answer. */
typedef struct
{
  FareMeter      *meter;
  FareStandingWish  wish;
  FarePriceBook  *prices;
  Calendar        calendar;
  FareStanding     *standing;
} Errand;

static void ask (FareStandingWatch *self);

static void
errand_free (gpointer data)
{
  Errand *errand = data;

  g_object_unref (errand->meter);
  g_clear_pointer (&errand->prices, fare_price_book_unref);
  g_clear_pointer (&errand->standing, fare_standing_free);
  g_free (errand);
}

static gint64
get_now_ms (void)
{
  return g_get_real_time () / 1000;
}

static Calendar
read_calendar (const FareNow *now)
{
  Calendar calendar;

  for (guint i = 0; i < FARE_N_BUDGETS; i++)
    calendar.starts_ms[i] = fare_day_start (now->zone, fare_budget_get_range (i, now).first);

  return calendar;
}

static gboolean
calendars_equal (const Calendar *one,
                 const Calendar *other)
{
  return memcmp (one, other, sizeof *one) == 0;
}

static gboolean
take_standing (Errand  *errand,
             GError **error)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();
  FareNow now = { get_now_ms (), zone };
  g_autoptr(FareIndexReader) reader = NULL;

  errand->calendar = read_calendar (&now);
  g_clear_pointer (&errand->prices, fare_price_book_unref);
  errand->prices = fare_meter_ref_prices (errand->meter);
  reader = fare_meter_read (errand->meter, error);
  if (reader == NULL)
    return FALSE;

  errand->standing = fare_standing_new (reader, errand->prices, &errand->wish, &now, error);
  return errand->standing != NULL;
}

static void
answer_in_thread (GTask        *task,
                  gpointer      source_object,
                  gpointer      task_data,
                  GCancellable *cancellable)
{
  Errand *errand = task_data;
  GError *error = NULL;

  if (take_standing (errand, &error)
      || (fare_meter_recover (errand->meter, error, cancellable)
          && (g_clear_error (&error), take_standing (errand, &error))))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* Whether the last answer has all that was in the logs when the watch began. */
static gboolean
find_in_step (FareStandingWatch *self)
{
  gint64 age_us = g_get_monotonic_time () - self->start_us;
  FareProgress progress;

  if (self->standing->last_scan_ms >= self->start_ms)
    return TRUE;

  return self->standing->last_scan_ms >= self->start_ms - RECENT_MS
         && age_us >= BEGIN_MS * 1000 && !fare_meter_get_progress (self->meter, &progress);
}

/* Whether amounts differ for no other reason than use. */
static gboolean
is_same_measure (FareStandingWatch *self,
                 const Errand      *errand)
{
  return self->prices == errand->prices
         && calendars_equal (&self->calendar, &errand->calendar)
         && memcmp (&self->wish, &errand->wish, sizeof self->wish) == 0;
}

static void
answered_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  FareStandingWatch *self = FARE_STANDING_WATCH (object);
  Errand *errand = g_task_get_task_data (G_TASK (result));
  g_autoptr(GError) error = NULL;

  if (g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
    return;

  g_clear_object (&self->cancellable);
  if (g_task_propagate_boolean (G_TASK (result), &error))
    {
      self->has_caught_up = self->is_in_step;
      self->is_live = self->has_caught_up && is_same_measure (self, errand);
      g_clear_pointer (&self->standing, fare_standing_free);
      self->standing = g_steal_pointer (&errand->standing);
      g_clear_pointer (&self->prices, fare_price_book_unref);
      self->prices = g_steal_pointer (&errand->prices);
      self->wish = errand->wish;
      self->calendar = errand->calendar;
      self->read_ms = get_now_ms ();
      self->is_in_step = self->is_in_step || find_in_step (self);
    }
  else
    {
      g_message ("%s", error->message);
      self->has_caught_up = FALSE;
      self->is_live = FALSE;
    }

  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* A scan that found nothing new is news as well: the figures are of now. */
static void
scanning_cb (FareStandingWatch *self)
{
  FareProgress progress;

  if (!fare_meter_get_progress (self->meter, &progress))
    ask (self);
}

static gboolean
pause_over_cb (gpointer user_data)
{
  FareStandingWatch *self = user_data;

  self->pause_id = 0;
  if (self->is_due)
    ask (self);

  return G_SOURCE_REMOVE;
}

/* One worker at a time, then a pause: news that arrive meanwhile are answered together. */
static void
ask (FareStandingWatch *self)
{
  GSettings *settings = fare_preferences_get_settings (self->preferences);
  g_autoptr(GTask) task = NULL;
  Errand *errand;

  self->is_due = TRUE;
  if (self->pause_id != 0)
    return;

  self->pause_id = g_timeout_add (self->pause_ms, pause_over_cb, self);
  if (self->cancellable != NULL)
    return;

  self->is_due = FALSE;
  self->cancellable = g_cancellable_new ();
  errand = g_new0 (Errand, 1);
  errand->meter = g_object_ref (self->meter);
  errand->wish.paths = fare_meter_get_paths (self->meter);
  for (guint i = 0; i < FARE_N_BUDGETS; i++)
    errand->wish.budgets[i] = g_settings_get_double (settings, budget_keys[i]);

  task = g_task_new (self, self->cancellable, answered_cb, NULL);
  g_task_set_source_tag (task, ask);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, errand, errand_free);
  g_task_run_in_thread (task, answer_in_thread);
}

/* Minutes since logs were looked at, or since the index could be read.  A clock that was set back
 * makes nothing old. */
static gint64
find_age (FareStandingWatch *self)
{
  if (self->standing == NULL || self->standing->last_scan_ms == 0)
    return 0;

  return (get_now_ms () - MIN (self->standing->last_scan_ms, self->read_ms)) / 60000;
}

/* Another day, the same day in another zone, or figures that grow old. */
static void
look_at_clock (FareStandingWatch *self)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();
  FareNow now = { get_now_ms (), zone };
  Calendar calendar = read_calendar (&now);

  if (self->standing == NULL || !calendars_equal (&calendar, &self->calendar)
      || find_age (self) >= AGING_MINUTES)
    ask (self);

  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Asleep nobody looks at the logs, and figures are old when the machine wakes up. */
static void
clock_changed_cb (FareStandingWatch *self)
{
  if (find_age (self) >= AGING_MINUTES)
    fare_meter_refresh (self->meter);

  look_at_clock (self);
}

static gboolean
clock_cb (gpointer user_data)
{
  look_at_clock (user_data);

  return G_SOURCE_CONTINUE;
}

static gboolean
begun_cb (gpointer user_data)
{
  FareStandingWatch *self = user_data;

  self->begin_id = 0;
  if (!self->is_in_step)
    ask (self);

  return G_SOURCE_REMOVE;
}

/* Limits are told to the status line, too, which no log and no index knows of. */
static void
watch_limits (FareStandingWatch *self)
{
  FarePaths *paths = fare_meter_get_paths (self->meter);
  g_autofree char *path = fare_limits_dup_file (paths);
  g_autoptr(GFile) file = g_file_new_for_path (path);

  /* Where there is no folder the monitor would look for it again and again. */
  if (!g_file_test (fare_paths_get_data_dir (paths), G_FILE_TEST_IS_DIR))
    return;

  self->limits_file = g_file_monitor_file (file, G_FILE_MONITOR_NONE, NULL, NULL);
  if (self->limits_file != NULL)
    g_signal_connect_object (self->limits_file, "changed", G_CALLBACK (ask), self, G_CONNECT_SWAPPED);
}

static void
fare_standing_watch_dispose (GObject *object)
{
  FareStandingWatch *self = FARE_STANDING_WATCH (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->clock_id, g_source_remove);
  g_clear_handle_id (&self->pause_id, g_source_remove);
  g_clear_handle_id (&self->begin_id, g_source_remove);
  g_clear_object (&self->clock);
  g_clear_object (&self->limits_file);
  g_clear_object (&self->meter);
  g_clear_object (&self->preferences);

  G_OBJECT_CLASS (fare_standing_watch_parent_class)->dispose (object);
}

static void
fare_standing_watch_finalize (GObject *object)
{
  FareStandingWatch *self = FARE_STANDING_WATCH (object);

  g_clear_pointer (&self->standing, fare_standing_free);
  g_clear_pointer (&self->prices, fare_price_book_unref);

  G_OBJECT_CLASS (fare_standing_watch_parent_class)->finalize (object);
}

static void
fare_standing_watch_class_init (FareStandingWatchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = fare_standing_watch_dispose;
  object_class->finalize = fare_standing_watch_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
fare_standing_watch_init (FareStandingWatch *self)
{
}

FareStandingWatch *
fare_standing_watch_new (FareMeter       *meter,
                       FarePreferences *preferences,
                       guint            pause_ms)
{
  FareStandingWatch *self;

  g_return_val_if_fail (FARE_IS_METER (meter), NULL);
  g_return_val_if_fail (FARE_IS_PREFERENCES (preferences), NULL);

  self = g_object_new (FARE_TYPE_STANDING_WATCH, NULL);
  self->meter = g_object_ref (meter);
  self->preferences = g_object_ref (preferences);
  self->pause_ms = pause_ms;
  self->start_ms = get_now_ms ();
  self->start_us = g_get_monotonic_time ();
  self->begin_id = g_timeout_add (BEGIN_MS, begun_cb, self);
  self->clock_id = g_timeout_add_seconds (CLOCK_SECONDS, clock_cb, self);
  self->clock = fare_clock_monitor_new ();
  g_signal_connect_object (self->clock, "changed", G_CALLBACK (clock_changed_cb), self,
                           G_CONNECT_SWAPPED);
  watch_limits (self);

  g_signal_connect_object (meter, "changed", G_CALLBACK (ask), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (meter, "scanning", G_CALLBACK (scanning_cb), self, G_CONNECT_SWAPPED);
  for (guint i = 0; i < FARE_N_BUDGETS; i++)
    {
      g_autofree char *detail = g_strconcat ("changed::", budget_keys[i], NULL);

      g_signal_connect_object (fare_preferences_get_settings (preferences), detail,
                               G_CALLBACK (ask), self, G_CONNECT_SWAPPED);
    }
  ask (self);

  return self;
}

const FareStanding *
fare_standing_watch_get_standing (FareStandingWatch *self)
{
  g_return_val_if_fail (FARE_IS_STANDING_WATCH (self), NULL);

  return self->standing;
}

guint
fare_standing_watch_get_age (FareStandingWatch *self)
{
  gint64 minutes;

  g_return_val_if_fail (FARE_IS_STANDING_WATCH (self), 0);

  minutes = find_age (self);
  return minutes > OLD_MINUTES ? (guint) MIN (minutes, G_MAXINT) : 0;
}

gboolean
fare_standing_watch_is_live (FareStandingWatch *self)
{
  g_return_val_if_fail (FARE_IS_STANDING_WATCH (self), FALSE);

  return self->is_live;
}

gboolean
fare_standing_watch_has_caught_up (FareStandingWatch *self)
{
  g_return_val_if_fail (FARE_IS_STANDING_WATCH (self), FALSE);

  return self->has_caught_up;
}

FareMeter *
fare_standing_watch_get_meter (FareStandingWatch *self)
{
  g_return_val_if_fail (FARE_IS_STANDING_WATCH (self), NULL);

  return self->meter;
}
