/* fare-month-paper.h
 *
 * Puts a month report on paper, or into a PDF file: title, figures, the days as a chart, a table each of
 * tools, models and projects.  In the light colours of the style that comes by itself, whatever the window
 * looks like.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "print/fare-month-report.h"

G_BEGIN_DECLS

/**
 * fare_month_paper_new_operation:
 *
 * Returns: (transfer full): an operation that prints @report, ready to be run
 */
GtkPrintOperation *fare_month_paper_new_operation (FareMonthReport *report) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
