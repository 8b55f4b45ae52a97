/* test-month-report.c
 *
 * The report of a month: the figures of the pages, on paper.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui-room.h"

#include <string.h>

#include <glib/gstdio.h>

#include "accounting/fare-sums.h"
#include "base/fare-text.h"
#include "fare-window-private.h"
#include "models/fare-overview-data.h"
#include "print/fare-month-paper.h"

#define DAY_MS (24 * 60 * 60 * G_GINT64_CONSTANT (1000))

/* 10 March 2026, noon: the logs are of that month, and it is over. */
#define TENTH_MS G_GINT64_CONSTANT (1773144000000)

#define N_MODELS 15

/* Two sessions of three days each in March with fifteen models, one of which has no price; one more use in
 * February. */
static UiRoom *
open_march (void)
{
  static const char * const models[N_MODELS] = {
    "claude-opus-4-8", "claude-opus-4-6", "claude-opus-4-5", "claude-opus-4-1", "claude-sonnet-4-6",
    "claude-sonnet-4-5", "claude-haiku-4-5", "claude-3-7-sonnet", "claude-3-5-sonnet", "claude-3-5-haiku",
    "claude-3-opus", "claude-3-haiku", "claude-sonnet-4", "claude-opus-4", "harbor-preview-2"
  };
  UiRoom *room = ui_room_new ();

  for (guint i = 0; i < N_MODELS; i++)
    ui_room_add_claude (room, i % 2 == 0 ? "even" : "odd", TENTH_MS + (i % 3) * DAY_MS + i * 60000,
                        models[i], 100000 * (i + 1), 1000);
  ui_room_add_claude (room, "old", TENTH_MS - 20 * DAY_MS, "claude-opus-4-8", 7000000, 0);

  ui_room_open (room);
  ui_room_wait_settled (room);

  return room;
}

static void
make_question (UiRoom        *room,
               GTimeZone     *zone,
               gboolean       hide_amounts,
               FareQuestion  *question)
{
  FareDay first = fare_day_from_ymd (2026, 3, 1);

  *question = (FareQuestion) {
    .meter = fare_application_get_meter (room->application),
    .period = FARE_PERIOD_CUSTOM,
    .range = { first, fare_day_get_month_start (first, 1) },
    .now = { g_get_real_time () / 1000, zone },
    .subject = g_variant_ref_sink (fare_month_report_make_subject (first, hide_amounts)),
  };
}

static FareMonthReport *
load (UiRoom   *room,
      gboolean  hide_amounts)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr(GError) error = NULL;
  FareQuestion question;
  FareMonthReport *report;

  make_question (room, zone, hide_amounts, &question);
  report = fare_month_report_load (&question, NULL, &error);
  g_assert_no_error (error);
  g_variant_unref (question.subject);

  return report;
}

static void
assert_rows (const FareReportTable *table,
             GPtrArray             *shares)
{
  for (guint i = 0; i < MIN (shares->len, 12); i++)
    {
      const FareShare *share = g_ptr_array_index (shares, i);
      const FareReportRow *row = g_ptr_array_index (table->rows, i);
      g_autofree char *cost = fare_sums_cost_to_text (&share->sums);
      g_autofree char *tokens = fare_text_tokens (fare_usage_total (&share->sums.usage));

      g_assert_cmpstr (row->cells[0], ==, share->title);
      g_assert_cmpstr (row->cells[2], ==, tokens);
      g_assert_cmpstr (row->cells[3], ==, cost);
    }
}

/* What the Overview shows of the same days. */
static void
test_figures (void)
{
  g_autoptr(UiRoom) room = open_march ();
  g_autoptr(FareMonthReport) report = load (room, FALSE);
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr(GError) error = NULL;
  g_autoptr(FareOverviewData) data = NULL;
  g_autofree char *cost = NULL;
  FareQuestion question;
  double sum = 0.0;

  make_question (room, zone, FALSE, &question);
  data = fare_overview_data_load (&question, NULL, &error);
  g_assert_no_error (error);
  g_variant_unref (question.subject);

  cost = fare_sums_cost_to_text (&data->total);
  g_assert_cmpstr (report->title, ==, "March 2026");
  g_assert_cmpstr (report->file_name, ==, "tokenfare-2026-03");
  g_assert_cmpstr (report->figures[0].value, ==, cost);
  g_assert_cmpstr (report->figures[1].value, ==, "12M");
  g_assert_cmpstr (report->figures[2].value, ==, "15");
  g_assert_cmpstr (report->figures[2].detail, ==, "in 2 sessions");
  assert_rows (&report->tables[0], data->clients);
  assert_rows (&report->tables[1], data->models);
  g_assert_cmpuint (report->tables[0].rows->len, ==, 1);
  g_assert_cmpuint (report->tables[1].rows->len, ==, 13);
  g_assert_cmpuint (report->tables[2].rows->len, ==, 1);
  g_assert_cmpstr (((FareReportRow *) g_ptr_array_index (report->tables[1].rows, 12))->cells[0], ==,
                   "3 others");

  /* The days of the chart add up to the month. */
  g_assert_cmpuint (report->n_days, ==, 31);
  for (guint i = 0; i < report->n_days * report->n_series; i++)
    sum += report->values[i];
  g_assert_cmpfloat_with_epsilon (sum, data->total.cost, 1e-9);
  g_assert_cmpuint (report->n_series, ==, 1);
  g_assert_cmpstr (report->names[0], ==, "Claude Code");
  g_assert_cmpuint (g_strv_length (report->axis_labels), ==, report->axis.n_steps + 1);

  g_assert_cmpuint (report->notes->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (report->notes, 0), ==,
                   "1.5M tokens have no price and are in no amount.");
}

static char *
print (FareMonthReport *report,
       const char      *paper,
       const char      *name)
{
  const char *folder = g_getenv ("FARE_KEEP_PDF");
  g_autofree char *path = g_build_filename (folder != NULL ? folder : g_get_tmp_dir (), name, NULL);
  g_autoptr(GtkPrintOperation) operation = fare_month_paper_new_operation (report);
  g_autoptr(GtkPageSetup) setup = gtk_page_setup_new ();
  GtkPaperSize *size = gtk_paper_size_new (paper);
  g_autoptr(GError) error = NULL;

  gtk_page_setup_set_paper_size_and_default_margins (setup, size);
  gtk_paper_size_free (size);
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_export_filename (operation, path);
  gtk_print_operation_set_allow_async (operation, FALSE);
  g_assert_cmpint (gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_EXPORT, NULL, &error),
                   ==, GTK_PRINT_OPERATION_RESULT_APPLY);
  g_assert_no_error (error);

  return g_steal_pointer (&path);
}

static char *
read_pdf (const char *path)
{
  const char *argv[] = { "pdftotext", "-layout", path, "-", NULL };
  char *text = NULL;
  int status;

  if (!g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &text, NULL, &status,
                     NULL))
    return NULL;

  g_assert_cmpint (status, ==, 0);

  return text;
}

static guint
count_pages (const char *text)
{
  guint n = 0;

  for (const char *c = text; *c != '\0'; c++)
    n += *c == '\f';

  return n;
}

static void
test_paper (void)
{
  static const char * const papers[] = { GTK_PAPER_NAME_A4, GTK_PAPER_NAME_LETTER };
  g_autoptr(UiRoom) room = open_march ();
  g_autoptr(FareMonthReport) report = load (room, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (papers); i++)
    {
      g_autofree char *name = g_strdup_printf ("report-%s.pdf", papers[i]);
      g_autofree char *path = print (report, papers[i], name);
      g_autofree char *text = read_pdf (path);

      if (g_getenv ("FARE_KEEP_PDF") == NULL)
        g_unlink (path);

      if (text == NULL)
        {
          g_test_skip ("pdftotext is not installed");
          return;
        }

      g_assert_cmpuint (count_pages (text), <=, 2);
      g_assert_nonnull (strstr (text, "March 2026"));
      g_assert_nonnull (strstr (text, report->figures[0].value));
      g_assert_nonnull (strstr (text, "Page 1 of"));

      for (guint k = 0; k < FARE_REPORT_N_TABLES; k++)
        {
          g_assert_nonnull (strstr (text, report->tables[k].title));
          for (guint r = 0; r < report->tables[k].rows->len; r++)
            {
              const FareReportRow *row = g_ptr_array_index (report->tables[k].rows, r);

              g_assert_nonnull (strstr (text, row->cells[0]));
              g_assert_nonnull (strstr (text, row->cells[3]));
            }
        }
    }
}

/* Nothing on paper is an amount where amounts are hidden. */
static void
test_hidden_amounts (void)
{
  g_autoptr(UiRoom) room = open_march ();
  g_autoptr(FareMonthReport) report = load (room, TRUE);
  g_autofree char *path = print (report, GTK_PAPER_NAME_A4, "report-hidden.pdf");
  g_autofree char *text = read_pdf (path);

  g_assert_cmpstr (report->figures[0].value, ==, FARE_TEXT_HIDDEN);
  if (g_getenv ("FARE_KEEP_PDF") == NULL)
    g_unlink (path);

  if (text == NULL)
    {
      g_test_skip ("pdftotext is not installed");
      return;
    }

  g_assert_null (strchr (text, '$'));
  g_assert_nonnull (strstr (text, FARE_TEXT_HIDDEN));
}

/* The month of the days shown, never one to come. */
static void
test_month (void)
{
  g_autoptr(UiRoom) room = open_march ();
  FareRangeChoice *choice = fare_application_get_choice (room->application);
  FareDay march = fare_day_from_ymd (2026, 3, 1);
  FareNow now;

  fare_range_choice_set_days (choice, (FareRange) { march - 10, march + 3 });
  g_assert_cmpint (fare_window_get_report_month (room->window), ==, march);

  fare_range_choice_get_now (choice, &now);
  fare_range_choice_set_period (choice, FARE_PERIOD_YEAR);
  g_assert_cmpint (fare_window_get_report_month (room->window), ==,
                   fare_day_get_month_start (fare_day_of (now.zone, now.now_ms), 0));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/month-report/figures", test_figures);
  g_test_add_func ("/month-report/paper", test_paper);
  g_test_add_func ("/month-report/hidden-amounts", test_hidden_amounts);
  g_test_add_func ("/month-report/month", test_month);

  return g_test_run ();
}
