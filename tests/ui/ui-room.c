/* ui-room.c
 *
 * A throwaway home with logs, and the real application looking at it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui-room.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>

#include <glib/gstdio.h>

#include "widgets/fare-stat-card.h"

/* The settings of a test live in memory, but as long as the process. */
static void
forget_settings (void)
{
  g_autoptr(FarePaths) paths = fare_paths_new ();
  g_autoptr(FarePreferences) preferences = fare_preferences_new (paths);
  GSettings *settings = fare_preferences_get_settings (preferences);

  fare_preferences_set_window (preferences, 1000, 700, FALSE);
  g_settings_set_string (settings, "default-range", "today");
  g_settings_set_string (settings, "last-page", "overview");
  g_settings_reset (settings, "dismissed-hints");
  fare_preferences_set_hide_amounts (preferences, FALSE);
}

UiRoom *
ui_room_new (void)
{
  UiRoom *self = g_new0 (UiRoom, 1);
  g_autofree char *data = NULL;
  g_autoptr(GError) error = NULL;

  self->home = g_dir_make_tmp ("tokenfare-ui-XXXXXX", &error);
  g_assert_no_error (error);
  data = g_build_filename (self->home, "state", NULL);
  forget_settings ();

  g_setenv ("HOME", self->home, TRUE);
  g_setenv ("TOKENFARE_DATA_DIR", data, TRUE);

  return self;
}

static int
remove_entry (const char        *path,
              const struct stat *info,
              int                kind,
              struct FTW        *where)
{
  return remove (path);
}

static void
quit_cb (GApplication *application)
{
  g_signal_stop_emission_by_name (application, "activate");
  g_application_quit (application);
}

void
ui_room_free (UiRoom *self)
{
  if (self->window != NULL)
    ui_room_close (self);

  if (self->application != NULL)
    {
      /* Only the end of a run takes an application off the bus, so let it run for a moment. */
      g_signal_connect (self->application, "activate", G_CALLBACK (quit_cb), NULL);
      g_application_run (G_APPLICATION (self->application), 0, NULL);
      g_assert_finalize_object (g_steal_pointer (&self->application));
    }

  nftw (self->home, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
  g_free (self->home);
  g_free (self);
}

static char *
format_time (gint64 time_ms)
{
  g_autoptr(GDateTime) seconds = g_date_time_new_from_unix_utc (time_ms / 1000);
  g_autofree char *text = g_date_time_format (seconds, "%Y-%m-%dT%H:%M:%S");

  return g_strdup_printf ("%s.%03dZ", text, (int) (time_ms % 1000));
}

void
ui_room_add_claude (UiRoom     *self,
                    const char *session,
                    gint64      time_ms,
                    const char *model,
                    gint64      input,
                    gint64      output)
{
  static int serial;
  g_autofree char *folder = g_build_filename (self->home, ".claude/projects/-src-pier", NULL);
  g_autofree char *name = g_strconcat (session, ".jsonl", NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *when = format_time (time_ms);
  FILE *file;

  serial++;
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  file = fopen (path, "a");
  g_assert_nonnull (file);
  fprintf (file,
           "{\"type\":\"assistant\",\"sessionId\":\"%s\",\"cwd\":\"/src/pier\",\"requestId\":\"req_%d\","
           "\"uuid\":\"u-%d\",\"timestamp\":\"%s\",\"message\":{\"id\":\"msg_%d\",\"role\":\"assistant\","
           "\"model\":\"%s\",\"usage\":{\"input_tokens\":%" G_GINT64_FORMAT ",\"output_tokens\":%"
           G_GINT64_FORMAT "}}}\n",
           session, serial, serial, when, serial, model, input, output);
  g_assert_cmpint (fclose (file), ==, 0);
}

static gboolean
is_mapped (gpointer data)
{
  return gtk_widget_get_mapped (data);
}

void
ui_room_open (UiRoom *self)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (self->application);
  self->application = fare_application_new (G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (self->application), NULL, &error);
  g_assert_no_error (error);
  g_application_activate (G_APPLICATION (self->application));
  ui_room_adopt_window (self);
  /* It opens when it has figures. */
  ui_wait (is_mapped, self->window, 5.0);
}

void
ui_room_adopt_window (UiRoom *self)
{
  self->window = FARE_WINDOW (gtk_application_get_active_window (GTK_APPLICATION (self->application)));
  self->page = FARE_OVERVIEW_PAGE (ui_find (GTK_WIDGET (self->window), FARE_TYPE_OVERVIEW_PAGE,
                                            NULL));
  g_assert_nonnull (self->page);
}

void
ui_room_visit_pages (UiRoom *self)
{
  static const char * const pages[] = { "sessions", "calendar", "pricing", "overview" };

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_assert_true (fare_window_show_page (self->window, pages[i]));
      ui_pause (50);
    }
}

static gboolean
is_null (gpointer data)
{
  return *(gpointer *) data == NULL;
}

void
ui_room_close (UiRoom *self)
{
  gpointer window = self->window;

  g_object_add_weak_pointer (G_OBJECT (window), &window);
  gtk_window_close (GTK_WINDOW (self->window));
  /* A worker that is still answering holds the query, never the window. */
  ui_wait (is_null, &window, 5.0);
  self->window = NULL;
  self->page = NULL;
}

static gboolean
tick_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* A machine that does other things at the same time may take so many times as long, and a program that
 * checks itself longer still. */
static double
get_patience (void)
{
  const char *slow = g_getenv ("TEST_PATIENCE");

  return slow != NULL ? 10 * g_ascii_strtod (slow, NULL) : 10;
}

void
ui_wait (gboolean (*func) (gpointer data),
         gpointer   data,
         double     seconds)
{
  double limit = get_patience () * seconds;
  gint64 deadline = g_get_monotonic_time () + (gint64) (limit * G_USEC_PER_SEC);
  guint tick = g_timeout_add (10, tick_cb, NULL);

  while (!func (data))
    {
      if (g_get_monotonic_time () > deadline)
        g_error ("Nothing happened within %.1f seconds", limit);

      g_main_context_iteration (NULL, TRUE);
    }

  g_source_remove (tick);
}

static gboolean
is_over (gpointer data)
{
  return g_get_monotonic_time () > *(gint64 *) data;
}

void
ui_pause (guint milliseconds)
{
  gint64 end = g_get_monotonic_time () + milliseconds * G_GINT64_CONSTANT (1000);

  ui_wait (is_over, &end, milliseconds / 1000.0 + 5.0);
}

static gboolean
is_settled (gpointer data)
{
  UiRoom *self = data;
  const FareOverviewData *answer =
    fare_live_query_get_answer (fare_page_get_query (FARE_PAGE (self->page)));
  FareProgress progress;

  return answer != NULL && answer->last_scan_ms > 0 &&
         gtk_widget_get_visible (ui_find (GTK_WIDGET (self->page), GTK_TYPE_BOX, "lower_box")) &&
         !fare_meter_get_progress (fare_application_get_meter (self->application), &progress);
}

void
ui_room_wait_settled (UiRoom *self)
{
  ui_wait (is_settled, self, 10.0);
}

const char *
ui_room_get_cost (UiRoom *self)
{
  GtkWidget *card = ui_find (GTK_WIDGET (self->page), FARE_TYPE_STAT_CARD, "cost_card");

  return fare_stat_card_get_value (FARE_STAT_CARD (card));
}

typedef struct
{
  UiRoom     *room;
  const char *text;
} CostWait;

static gboolean
shows_cost (gpointer data)
{
  CostWait *wait = data;

  return g_strcmp0 (ui_room_get_cost (wait->room), wait->text) == 0;
}

void
ui_room_wait_cost (UiRoom     *self,
                   const char *text,
                   double      seconds)
{
  CostWait wait = { self, text };

  ui_wait (shows_cost, &wait, seconds);
}

GtkWidget *
ui_find (GtkWidget  *widget,
         GType       type,
         const char *id)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type) &&
      (id == NULL || g_strcmp0 (gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget)), id) == 0))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = ui_find (child, type, id);

      if (found != NULL)
        return found;
    }

  return NULL;
}

GtkWidget *
ui_find_row (GtkWidget  *widget,
             GType       type,
             const char *title)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type) &&
      g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0)
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = ui_find_row (child, type, title);

      if (found != NULL)
        return found;
    }

  return NULL;
}

void
ui_walk (GtkWidget  *widget,
         void      (*func) (GtkWidget *widget, gpointer data),
         gpointer    data)
{
  func (widget, data);

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    ui_walk (child, func, data);
}
