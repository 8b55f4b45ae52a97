/* fare-watchdog.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-watchdog.h"

#define PAUSE_US (20 * 1000)

typedef struct
{
  GMutex   mutex;
  GCond    cond;
  gboolean is_answered; /* guarded by the mutex */
} Watch;

static gboolean
answer_cb (gpointer data)
{
  Watch *watch = data;

  g_mutex_lock (&watch->mutex);
  watch->is_answered = TRUE;
  g_cond_signal (&watch->cond);
  g_mutex_unlock (&watch->mutex);

  return G_SOURCE_REMOVE;
}

/* Asks, waits for the answer however long it takes, and asks again. */
static gpointer
watch_thread (gpointer data)
{
  Watch *watch = data;

  for (;;)
    {
      g_autoptr(GSource) source = g_idle_source_new ();
      gint64 asked = g_get_monotonic_time ();
      gint64 waited;

      watch->is_answered = FALSE;
      g_source_set_priority (source, G_PRIORITY_HIGH);
      g_source_set_callback (source, answer_cb, watch, NULL);
      g_source_attach (source, NULL);

      g_mutex_lock (&watch->mutex);
      while (!watch->is_answered)
        g_cond_wait (&watch->cond, &watch->mutex);
      g_mutex_unlock (&watch->mutex);

      waited = (g_get_monotonic_time () - asked) / 1000;
      if (waited > FARE_WATCHDOG_LIMIT_MS)
        g_log (FARE_WATCHDOG_DOMAIN, G_LOG_LEVEL_DEBUG,
               "main loop blocked for %" G_GINT64_FORMAT " ms", waited);

      g_usleep (PAUSE_US);
    }

  return NULL;
}

void
fare_watchdog_start (void)
{
  Watch *watch;

  if (g_log_writer_default_would_drop (G_LOG_LEVEL_DEBUG, FARE_WATCHDOG_DOMAIN))
    return;

  /* Both live as long as the program. */
  watch = g_new0 (Watch, 1);
  g_mutex_init (&watch->mutex);
  g_cond_init (&watch->cond);
  g_thread_unref (g_thread_new ("tokenfare-watch", watch_thread, watch));
}
