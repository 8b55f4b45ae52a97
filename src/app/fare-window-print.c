/* fare-window-print.c
 *
 * The report of a month, printed or saved as a PDF file.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "fare-window-private.h"
#include "pages/fare-calendar-page.h"
#include "print/fare-month-paper.h"

static void
tell_error (FareWindow   *self,
            const GError *error)
{
  /* Translators: the placeholder is a sentence that says why */
  g_autofree char *text = g_strdup_printf (_("The report could not be printed: %s"), error->message);

  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", text);
}

static void
done_cb (FareWindow              *self,
         GtkPrintOperationResult  result,
         GtkPrintOperation       *operation)
{
  g_autoptr(GError) error = NULL;

  if (result != GTK_PRINT_OPERATION_RESULT_ERROR)
    return;

  gtk_print_operation_get_error (operation, &error);
  if (error != NULL)
    tell_error (self, error);
}

static void
answered_cb (FareWindow *self)
{
  FareMonthReport *report = fare_live_query_get_answer (self->print_query);
  const GError *error = fare_live_query_get_error (self->print_query);
  g_autoptr(GtkPrintOperation) operation = NULL;

  if (error != NULL)
    tell_error (self, error);

  if (report == NULL && error == NULL)
    return;

  /* One answer is enough. */
  fare_live_query_set_active (self->print_query, FALSE);
  if (report == NULL)
    return;

  operation = fare_month_paper_new_operation (report);
  g_signal_connect_object (operation, "done", G_CALLBACK (done_cb), self, G_CONNECT_SWAPPED);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, GTK_WINDOW (self), NULL);
}

FareDay
fare_window_get_report_month (FareWindow *self)
{
  FarePage *page = fare_window_get_page (self);
  FareRange range = fare_range_choice_get_range (self->choice);
  FareNow now;
  FareDay last;

  fare_range_choice_get_now (self->choice, &now);
  last = range.end - 1;

  if (FARE_IS_CALENDAR_PAGE (page) && fare_calendar_page_get_sheet (FARE_CALENDAR_PAGE (page)) != NULL)
    last = fare_calendar_page_get_sheet (FARE_CALENDAR_PAGE (page))->range.end - 1;

  return fare_day_get_month_start (MIN (last, fare_day_of (now.zone, now.now_ms)), 0);
}

void
fare_window_print (FareWindow *self)
{
  if (self->print_query == NULL)
    {
      self->print_query = fare_live_query_new (self->meter, self->choice, FALSE, self->filter,
                                               fare_month_report_load,
                                               (GDestroyNotify) fare_month_report_unref);
      g_signal_connect_object (self->print_query, "changed", G_CALLBACK (answered_cb), self,
                               G_CONNECT_SWAPPED);
    }

  fare_live_query_set_subject (self->print_query,
                               fare_month_report_make_subject (fare_window_get_report_month (self),
                                                               fare_preferences_get_hide_amounts (self->preferences)));
  fare_live_query_ask (self->print_query);
  fare_live_query_set_active (self->print_query, TRUE);
}
