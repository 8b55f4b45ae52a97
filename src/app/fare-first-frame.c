/* fare-first-frame.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-first-frame.h"

static void
on_after_paint (GdkFrameClock *clock,
                gpointer       user_data)
{
  g_log (FARE_FIRST_FRAME_DOMAIN, G_LOG_LEVEL_DEBUG, "first frame at %" G_GINT64_FORMAT " us",
         g_get_monotonic_time ());
  g_signal_handlers_disconnect_by_func (clock, on_after_paint, user_data);
}

/* Runs before the frame is laid out and painted. */
static gboolean
on_tick (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  g_signal_connect_object (clock, "after-paint", G_CALLBACK (on_after_paint), widget, 0);

  return G_SOURCE_REMOVE;
}

void
fare_first_frame_announce (GtkWidget *widget)
{
  if (g_log_writer_default_would_drop (G_LOG_LEVEL_DEBUG, FARE_FIRST_FRAME_DOMAIN)
      || g_object_get_data (G_OBJECT (widget), FARE_FIRST_FRAME_DOMAIN) != NULL)
    return;

  g_object_set_data (G_OBJECT (widget), FARE_FIRST_FRAME_DOMAIN, GINT_TO_POINTER (TRUE));
  gtk_widget_add_tick_callback (widget, on_tick, NULL, NULL);
}
