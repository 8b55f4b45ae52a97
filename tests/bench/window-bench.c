/* window-bench.c ROUNDS [NEWS]
 *
 * How long the window takes for what a person does in it, from the deed until the frame with the
 * answer is painted.  Prints lines of a name, microseconds, and those of processor time of the thread
 * that draws; HOME says whose logs.
 *
 *   page      to another page, which was never shown before or was
 *   range     other days on the overview
 *   sessions  other days on the table of sessions
 *   details   the session with most responses
 *   prompt    the prompt in it that caused most of them is opened
 *   changed   a tenth of the sessions has other figures; the table alone
 *   scroll    a screen further down the table
 *   jump      to the other end of the table
 *   live      a client writes a response
 *   blocked   the longest time in which nothing else could happen, in all of that
 *   blocked-… the same while the deed of that name was done
 *
 * NEWS is a file whose first line names a log, and whose others are what a client appends to it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <adwaita.h>
#include <sys/resource.h>

#include "fare-application.h"
#include "fare-window-private.h"
#include "fare-window.h"
#include "models/fare-overview-data.h"
#include "models/fare-session-data.h"
#include "models/fare-session-item.h"
#include "models/fare-session-list.h"
#include "pages/fare-sessions-details.h"
#include "pages/fare-sessions-page.h"

#define PATIENCE_US (30 * G_USEC_PER_SEC)
#define SETTLE_MS 400
#define N_SCROLLS 20
#define NEWS_PAUSE_MS 1200 /* until what one write brought is over */

typedef struct
{
  FareApplication *application;
  FareWindow      *window;
  guint            n_frames;
} Bench;

typedef struct
{
  gint64 wall_us;
  gint64 cpu_us;
} Moment;

/* Processor time of this thread, which is the one that draws. */
static Moment
get_moment (void)
{
  struct rusage usage;

  getrusage (RUSAGE_THREAD, &usage);

  return (Moment) {
    g_get_monotonic_time (),
    (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * G_USEC_PER_SEC +
    usage.ru_utime.tv_usec + usage.ru_stime.tv_usec
  };
}

enum
{
  PAGE, RANGE, SESSIONS, DETAILS, PROMPT, SCROLL, JUMP, CHANGED, LIVE, N_DEEDS
};

static const char * const names[N_DEEDS] = {
  "page", "range", "sessions", "details", "prompt", "scroll", "jump", "changed", "live"
};

static guint doing;    /* the deed since the last one was done */
static Moment woken;   /* when the main loop began with what is due */
static Moment longest[N_DEEDS];

static gint
watch_poll (GPollFD *fds,
            guint    n_fds,
            gint     timeout)
{
  gint result;

  if (woken.wall_us > 0)
    {
      Moment now = get_moment ();

      if (now.wall_us - woken.wall_us > longest[doing].wall_us)
        longest[doing] = (Moment) { now.wall_us - woken.wall_us, now.cpu_us - woken.cpu_us };
    }

  result = g_poll (fds, n_fds, timeout);
  woken = get_moment ();

  return result;
}

static GtkWidget *
find (GtkWidget *widget,
      GType      type)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type) && gtk_widget_get_mapped (widget))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
painted_cb (Bench *self)
{
  self->n_frames++;
}

static gboolean
quiet_cb (gpointer data)
{
  *(gboolean *) data = TRUE;

  return G_SOURCE_REMOVE;
}

/* Lets everything happen that was put off. */
static void
settle (guint milliseconds)
{
  gboolean is_over = FALSE;

  g_timeout_add_full (G_PRIORITY_LOW, milliseconds, quiet_cb, &is_over, NULL);
  while (!is_over)
    g_main_context_iteration (NULL, TRUE);
}

static void
await (Bench      *self,
       gboolean  (*is_done) (gpointer data),
       gpointer    data)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_US;
  guint n_before;

  while (!is_done (data))
    {
      if (g_get_monotonic_time () > end)
        g_error ("No answer within %d seconds", (int) (PATIENCE_US / G_USEC_PER_SEC));

      g_main_context_iteration (NULL, TRUE);
    }

  n_before = self->n_frames;
  gtk_widget_queue_draw (GTK_WIDGET (self->window));
  while (self->n_frames == n_before)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
has_answer (gpointer data)
{
  return fare_live_query_get_answer (data) != NULL;
}

static gboolean
has_story (gpointer data)
{
  return fare_sessions_details_get_story (data) != NULL;
}

static gboolean
is_read (gpointer data)
{
  FareProgress progress;

  return !fare_meter_get_progress (data, &progress);
}

static void
print (const char *name,
       Moment      took)
{
  g_print ("%s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", name, took.wall_us, took.cpu_us);
}

static Moment
begin (guint deed)
{
  doing = deed;

  return get_moment ();
}

static void
report (Moment start)
{
  Moment now = get_moment ();

  print (names[doing], (Moment) { now.wall_us - start.wall_us, now.cpu_us - start.cpu_us });
}

static void
visit (Bench      *self,
       const char *page)
{
  Moment start = begin (PAGE);

  fare_window_show_page (self->window, page);
  await (self, has_answer, fare_page_get_query (fare_window_get_page (self->window)));
  report (start);
  settle (SETTLE_MS);
}

static void
choose (Bench      *self,
        guint       deed,
        FarePeriod  period)
{
  FareRangeChoice *choice = fare_application_get_choice (self->application);
  Moment start;

  if (fare_range_choice_get_period (choice) == period)
    return;

  start = begin (deed);
  fare_range_choice_set_period (choice, period);
  await (self, has_answer, fare_page_get_query (fare_window_get_page (self->window)));
  report (start);
  settle (SETTLE_MS);
}

static const FareSessionRow *
find_largest (const FareSessionData *data)
{
  const FareSessionRow *largest = NULL;

  for (guint i = 0; i < data->rows->len; i++)
    {
      const FareSessionRow *row = g_ptr_array_index (data->rows, i);

      if (largest == NULL || row->sums.messages > largest->sums.messages)
        largest = row;
    }

  return largest;
}

static void
jump (Bench     *self,
      GtkWidget *table,
      double     place)
{
  Moment start = begin (JUMP);
  guint n_before = self->n_frames;

  gtk_adjustment_set_value (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (table)), place);
  gtk_widget_queue_draw (table);
  while (self->n_frames == n_before)
    g_main_context_iteration (NULL, TRUE);
  report (start);
  settle (SETTLE_MS);
}

typedef struct
{
  GListModel *model;
  guint       n_before;
} Lines;

static gboolean
has_more (gpointer data)
{
  const Lines *lines = data;

  return g_list_model_get_n_items (lines->model) > lines->n_before;
}

/* The one at the end of the story: it is the largest of the home that the window is judged by. */
static void
open_prompt (Bench     *self,
             GtkWidget *details)
{
  GtkWidget *view = find (details, GTK_TYPE_COLUMN_VIEW);
  GListModel *model = G_LIST_MODEL (gtk_column_view_get_model (GTK_COLUMN_VIEW (view)));
  guint n = g_list_model_get_n_items (model);
  g_autoptr(GtkTreeListRow) row = g_list_model_get_item (model, n - 1);
  Moment start;

  jump (self, view, G_MAXDOUBLE);
  start = begin (PROMPT);
  gtk_tree_list_row_set_expanded (row, TRUE);
  await (self, has_more, &(Lines) { model, n });
  report (start);
  settle (SETTLE_MS);
}

static void
open_largest (Bench *self)
{
  GtkWidget *page = GTK_WIDGET (fare_window_get_page (self->window));
  const FareSessionData *data = fare_live_query_get_answer (fare_page_get_query (FARE_PAGE (page)));
  const FareSessionRow *row = find_largest (data);
  g_autofree char *client = NULL;
  g_autofree char *uid = NULL;
  Moment start;

  if (row == NULL)
    return;

  client = g_strdup (row->client);
  uid = g_strdup (row->uid);
  start = begin (DETAILS);
  fare_sessions_page_show_session (FARE_SESSIONS_PAGE (page), client, uid);
  await (self, has_story, find (page, FARE_TYPE_SESSIONS_DETAILS));
  report (start);
  settle (SETTLE_MS);
  open_prompt (self, find (page, FARE_TYPE_SESSIONS_DETAILS));
  fare_page_go_back (FARE_PAGE (page));
  settle (SETTLE_MS);
}

static void
scroll (Bench *self)
{
  GtkWidget *table = find (GTK_WIDGET (fare_window_get_page (self->window)), GTK_TYPE_COLUMN_VIEW);
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (table));

  gtk_adjustment_set_value (adjustment, 0.0);
  settle (SETTLE_MS);

  for (guint i = 0; i < N_SCROLLS; i++)
    {
      Moment start = begin (SCROLL);
      guint n_before = self->n_frames;

      gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) +
                                            gtk_adjustment_get_page_size (adjustment));
      gtk_widget_queue_draw (table);
      while (self->n_frames == n_before)
        g_main_context_iteration (NULL, TRUE);
      report (start);
    }

  jump (self, table, G_MAXDOUBLE);
  jump (self, table, 0.0);
}

/* As if every tenth session had gone on a little. */
static FareSessionData *
change_some (const FareSessionData *old)
{
  FareSessionData *data = g_new0 (FareSessionData, 1);

  *data = *old;
  g_time_zone_ref (data->zone);
  data->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) fare_session_row_unref);

  for (guint i = 0; i < old->rows->len; i++)
    {
      FareSessionRow *row = g_ptr_array_index (old->rows, i);

      if (i % 10 != 0)
        {
          g_ptr_array_add (data->rows, fare_session_row_ref (row));
          continue;
        }

      {
        FareSessionRow *other = fare_session_row_new (row->client, row->uid);

        other->title = g_strdup (row->title);
        other->project = g_strdup (row->project);
        other->branch = g_strdup (row->branch);
        other->models = g_strdup (row->models);
        other->parent = g_strdup (row->parent);
        other->sums = row->sums;
        other->sums.usage.output++;
        other->last_ms = row->last_ms + 60000;
        other->last_day = row->last_day;
        other->is_helper = row->is_helper;
        other->is_review = row->is_review;
        fare_session_row_fold (other);
        g_ptr_array_add (data->rows, other);
      }
    }

  return data;
}

/* The line that somebody has chosen, by what it is. */
static char *
dup_chosen (GtkSelectionModel *model)
{
  GtkTreeListRow *row = gtk_single_selection_get_selected_item (GTK_SINGLE_SELECTION (model));
  g_autoptr(FareSessionItem) item = row != NULL ? gtk_tree_list_row_get_item (row) : NULL;

  return item != NULL ? g_strdup (fare_session_item_get_key (item)) : NULL;
}

static void
change (Bench *self)
{
  FareSessionsPage *page = FARE_SESSIONS_PAGE (fare_window_get_page (self->window));
  const FareSessionData *shown = fare_live_query_get_answer (fare_page_get_query (FARE_PAGE (page)));
  GtkWidget *table = find (GTK_WIDGET (page), GTK_TYPE_COLUMN_VIEW);
  GtkSelectionModel *model = gtk_column_view_get_model (GTK_COLUMN_VIEW (table));
  FareSessionData *other = change_some (shown);
  g_autofree char *chosen = NULL;
  g_autofree char *kept = NULL;
  Moment start;

  gtk_selection_model_select_item (model, 3, TRUE);
  chosen = dup_chosen (model);
  start = begin (CHANGED);
  fare_session_list_show (fare_sessions_page_get_list (page), other);
  await (self, has_answer, fare_page_get_query (FARE_PAGE (page)));
  report (start);

  kept = dup_chosen (model);
  if (g_strcmp0 (chosen, kept) != 0)
    g_error ("The chosen session is chosen no more");

  fare_session_list_show (fare_sessions_page_get_list (page), shown);
  settle (SETTLE_MS);
  fare_session_data_free (other);
}

typedef struct
{
  FareLiveQuery *query;
  gint64         n_before;
} News;

static gint64
count_responses (FareLiveQuery *query)
{
  const FareOverviewData *data = fare_live_query_get_answer (query);

  return data != NULL ? data->total.messages : 0;
}

static gboolean
has_news (gpointer data)
{
  const News *news = data;

  return count_responses (news->query) > news->n_before;
}

static void
append (const char *path,
        const char *line)
{
  FILE *log = fopen (path, "a");

  if (log == NULL || fprintf (log, "%s\n", line) < 0 || fclose (log) != 0)
    g_error ("Cannot write to %s", path);
}

/* From the write of a client until the overview shows what it cost. */
static void
live (Bench      *self,
      const char *file)
{
  g_autofree char *text = NULL;
  g_auto(GStrv) lines = NULL;
  g_autoptr(GError) error = NULL;
  FareLiveQuery *query;

  if (!g_file_get_contents (file, &text, NULL, &error))
    g_error ("%s", error->message);

  lines = g_strsplit (g_strchomp (text), "\n", -1);
  visit (self, "overview");
  query = fare_page_get_query (fare_window_get_page (self->window));
  settle (NEWS_PAUSE_MS);

  for (guint i = 1; lines[0] != NULL && lines[i] != NULL; i++)
    {
      News news = { query, count_responses (query) };
      Moment start = begin (LIVE);

      append (lines[0], lines[i]);
      await (self, has_news, &news);
      report (start);
      settle (NEWS_PAUSE_MS);
    }
}

static void
measure (Bench      *self,
         guint       n_rounds,
         const char *news)
{
  static const char * const pages[] = { "sessions", "calendar", "pricing", "overview" };
  static const FarePeriod periods[] = {
    FARE_PERIOD_ALL, FARE_PERIOD_MONTH, FARE_PERIOD_YEAR, FARE_PERIOD_LAST_7_DAYS
  };
  Moment all = { 0 };

  for (guint round = 0; round < n_rounds; round++)
    {
      for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
        visit (self, pages[i]);
      for (guint i = 0; i < G_N_ELEMENTS (periods); i++)
        choose (self, RANGE, periods[i]);
    }

  fare_window_show_page (self->window, "sessions");
  settle (SETTLE_MS);
  for (guint i = 0; i < G_N_ELEMENTS (periods); i++)
    choose (self, SESSIONS, periods[i]);
  choose (self, SESSIONS, FARE_PERIOD_ALL);
  open_largest (self);
  scroll (self);
  for (guint round = 0; round < n_rounds; round++)
    change (self);
  if (news != NULL)
    live (self, news);

  for (guint i = 0; i < N_DEEDS; i++)
    {
      g_autofree char *name = g_strconcat ("blocked-", names[i], NULL);

      if (longest[i].wall_us > all.wall_us)
        all = longest[i];
      if (longest[i].wall_us > 0)
        print (name, longest[i]);
    }
  print ("blocked", all);
}

int
main (int    argc,
      char **argv)
{
  Bench bench = { .application = fare_application_new (G_APPLICATION_NON_UNIQUE) };
  guint n_rounds = argc > 1 ? (guint) MAX (atoi (argv[1]), 1) : 3;
  g_autoptr(GError) error = NULL;

  if (!g_application_register (G_APPLICATION (bench.application), NULL, &error))
    g_error ("%s", error->message);

  g_application_activate (G_APPLICATION (bench.application));
  bench.window = FARE_WINDOW (gtk_application_get_active_window (GTK_APPLICATION (bench.application)));
  while (!gtk_widget_get_mapped (GTK_WIDGET (bench.window)))
    g_main_context_iteration (NULL, TRUE);

  g_signal_connect_swapped (gtk_widget_get_frame_clock (GTK_WIDGET (bench.window)), "after-paint",
                            G_CALLBACK (painted_cb), &bench);
  await (&bench, is_read, fare_application_get_meter (bench.application));
  await (&bench, has_answer, fare_page_get_query (fare_window_get_page (bench.window)));
  settle (1000);

  g_main_context_set_poll_func (NULL, watch_poll);
  measure (&bench, n_rounds, argc > 2 ? argv[2] : NULL);

  return 0;
}
