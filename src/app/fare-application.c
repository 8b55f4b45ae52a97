/* fare-application.c
 *
 * The program: one instance, one meter, one window.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <signal.h>

#include <glib-unix.h>
#include <glib/gi18n.h>

#include "fare-about.h"
#include "fare-appearance.h"
#include "fare-application.h"
#include "fare-desktop-link.h"
#include "fare-guide-window.h"
#include "fare-watchdog.h"
#include "fare-window.h"
#include "preferences/fare-preferences-window.h"
#include "widgets/fare-spoken-names.h"
#include "widgets/fare-style.h"

/* Signals that end the program in good order. */
#define N_SIGNALS 3

/* When the logs are read at the latest, if no window has come by then.  Who asks for figures waits
 * longer than that for a scan to begin, see fare-usage-service.c. */
#define START_MS 200

struct _FareApplication
{
  AdwApplication   parent_instance;

  FareMeter       *meter;
  FareRangeChoice *choice;
  FarePreferences *preferences;
  char            *failure; /* why the meter cannot be used */
  FareDesktopLink *link;
  guint            signal_ids[N_SIGNALS];
  guint            start_id;
  gboolean         is_quitting; /* as soon as nothing unsaved keeps a window */
};

G_DEFINE_FINAL_TYPE (FareApplication, fare_application, ADW_TYPE_APPLICATION)

/* Listed in the shortcuts window, fare-shortcuts-window.ui; a test compares the two. */
static const struct
{
  const char *action;
  const char *accels[3];
} shortcuts[] = {
  { "app.refresh",         { "<Control>r", "F5" } },
  { "win.export",          { "<Control>e" } },
  { "win.print",           { "<Control>p" } },
  { "app.hide-amounts",    { "<Control><Shift>h" } },
  { "app.preferences",     { "<Control>comma" } },
  { "app.quit",            { "<Control>q" } },
  { "window.close",        { "<Control>w" } },
  { "app.help",            { "F1" } },
  { "win.show-shortcuts", { "<Control>question" } },
  { "win.today",           { "<Control>t" } },
  { "win.custom-range",    { "<Control>l" } },
  { "win.previous-range",  { "<Control>Left" } },
  { "win.next-range",      { "<Control>Right" } },
  { "win.search",          { "<Control>f" } },
  { "win.back",            { "<Alt>Left" } },
  { "win.show-page::overview", { "<Alt>1" } },
  { "win.show-page::sessions", { "<Alt>2" } },
  { "win.show-page::calendar", { "<Alt>3" } },
  { "win.show-page::pricing", { "<Alt>4" } },
  { "win.previous-page",   { "<Control>Page_Up" } },
  { "win.next-page",       { "<Control>Page_Down" } },
};

static FareWindow *
find_window (FareApplication *self)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    {
      if (FARE_IS_WINDOW (l->data))
        return l->data;
    }

  return NULL;
}

/* A window that only says why there is none. */
static void
present_failure (FareApplication *self)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));
  GtkWidget *box, *page;

  if (window == NULL)
    {
      g_autofree char *escaped = g_markup_escape_text (self->failure, -1);

      page = adw_status_page_new ();
      adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "dialog-warning-symbolic");
      adw_status_page_set_title (ADW_STATUS_PAGE (page), _("Tokenfare Cannot Start"));
      adw_status_page_set_description (ADW_STATUS_PAGE (page), escaped);
      gtk_widget_set_vexpand (page, TRUE);

      box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
      gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
      gtk_box_append (GTK_BOX (box), page);

      window = GTK_WINDOW (adw_application_window_new (GTK_APPLICATION (self)));
      gtk_window_set_default_size (window, 640, 480);
      gtk_window_set_title (window, _("Tokenfare"));
      adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), box);
    }

  gtk_window_present (window);
}

static gboolean
quit_again_cb (gpointer user_data)
{
  g_action_group_activate_action (G_ACTION_GROUP (user_data), "quit", NULL);

  return G_SOURCE_REMOVE;
}

static void
answered_cb (FareApplication  *self,
             const char       *response,
             AdwMessageDialog *dialog)
{
  /* Only the end of the main window ends the program; a dialog before it is one question of several. */
  gboolean is_last = FARE_IS_WINDOW (gtk_window_get_transient_for (GTK_WINDOW (dialog)));

  if (!is_last && g_str_equal (response, "discard"))
    g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, quit_again_cb, g_object_ref (self), g_object_unref);
  if (!is_last || g_str_equal (response, "cancel"))
    self->is_quitting = FALSE;
}

/* A window that does not close asks what is to become of unsaved work.  The answer to that is the answer
 * to whether the program ends. */
static void
await_answer (FareApplication *self)
{
  g_autoptr(GList) windows = gtk_window_list_toplevels ();
  gboolean is_asking = FALSE;

  for (GList *l = windows; l != NULL; l = l->next)
    {
      if (!ADW_IS_MESSAGE_DIALOG (l->data) || !gtk_widget_get_visible (l->data))
        continue;

      is_asking = TRUE;
      g_signal_connect_object (l->data, "response", G_CALLBACK (answered_cb), self,
                               G_CONNECT_SWAPPED);
    }

  /* It may also be busy, and say so itself. */
  self->is_quitting = is_asking;
}

/* As if each window were closed, which saves its state and lets it object.  They only go with the
 * program: without its window it would otherwise set out to go on in the background. */
static void
quit_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  FareApplication *self = user_data;
  g_autoptr(GList) windows = g_list_copy (gtk_application_get_windows (GTK_APPLICATION (self)));

  self->is_quitting = TRUE;

  for (GList *l = windows; l != NULL; l = l->next)
    {
      gboolean stays = FALSE;

      if (!ADW_IS_MESSAGE_DIALOG (l->data))
        g_signal_emit_by_name (l->data, "close-request", &stays);

      if (stays)
        {
          await_answer (self);
          return;
        }
    }

  g_application_quit (G_APPLICATION (self));
}

/* Whoever ends the session asks nobody. */
static gboolean
terminate_cb (gpointer user_data)
{
  FareApplication *self = user_data;
  FareWindow *window = find_window (self);

  if (window != NULL)
    fare_window_save_state (window);

  g_application_quit (G_APPLICATION (self));

  return G_SOURCE_CONTINUE;
}

static void
watch_signals (FareApplication *self)
{
  static const int numbers[N_SIGNALS] = { SIGINT, SIGTERM, SIGHUP };
  sigset_t set;

  sigemptyset (&set);
  for (guint i = 0; i < N_SIGNALS; i++)
    {
      self->signal_ids[i] = g_unix_signal_add (numbers[i], terminate_cb, self);
      sigaddset (&set, numbers[i]);
    }

  /* main() holds them back while it prepares a demonstration. */
  sigprocmask (SIG_UNBLOCK, &set, NULL);
}

static void
about_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  fare_about_show (gtk_application_get_active_window (user_data),
                   FARE_APPLICATION (user_data)->failure == NULL ? FARE_APPLICATION (user_data)->meter
                                                                 : NULL);
}

static GtkWindow *
find_preferences (FareApplication *self)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    {
      if (FARE_IS_PREFERENCES_WINDOW (l->data))
        return l->data;
    }

  return NULL;
}

/* With a page's name as parameter, or without any. */
static void
preferences_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  FareApplication *self = user_data;
  GtkWindow *window = find_preferences (self);

  if (self->failure != NULL)
    return;

  if (window == NULL)
    {
      window = fare_preferences_window_new (GTK_WINDOW (find_window (self)), self->meter,
                                            self->choice, self->preferences);
      gtk_window_set_application (window, GTK_APPLICATION (self));
    }

  if (parameter != NULL)
    adw_preferences_window_set_visible_page_name (ADW_PREFERENCES_WINDOW (window),
                                                  g_variant_get_string (parameter, NULL));

  gtk_window_present (window);
}

static void
help_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  FareApplication *self = user_data;
  GtkWindow *window = NULL;

  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    {
      if (FARE_IS_GUIDE_WINDOW (l->data))
        window = l->data;
    }

  if (window == NULL)
    {
      window = fare_guide_window_new (gtk_application_get_active_window (GTK_APPLICATION (self)));
      gtk_window_set_application (window, GTK_APPLICATION (self));
    }

  gtk_window_present (window);
}

static void
refresh_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  fare_meter_refresh (FARE_APPLICATION (user_data)->meter);
}

static void
show_page_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  FareWindow *window;

  g_application_activate (user_data);
  window = find_window (user_data);

  if (window != NULL && !fare_window_show_page (window, g_variant_get_string (parameter, NULL)))
    g_message ("There is no page “%s”", g_variant_get_string (parameter, NULL));
}

/* For this run only; what was chosen in the preferences is kept. */
static void
style_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  fare_appearance_set_style (g_variant_get_string (parameter, NULL));
}

static const GActionEntry app_actions[] = {
  { .name = "quit", .activate = quit_cb },
  { .name = "about", .activate = about_cb },
  { .name = "help", .activate = help_cb },
  { .name = "preferences", .activate = preferences_cb },
  { .name = "show-preferences", .activate = preferences_cb, .parameter_type = "s" },
  { .name = "refresh", .activate = refresh_cb },
  { .name = "style", .activate = style_cb, .parameter_type = "s" },
  { .name = "show-page", .activate = show_page_cb, .parameter_type = "s" },
};

static void
add_actions (FareApplication *self)
{
  g_autoptr(GPropertyAction) hide_amounts = NULL;

  g_action_map_add_action_entries (G_ACTION_MAP (self), app_actions, G_N_ELEMENTS (app_actions),
                                   self);

  hide_amounts = g_property_action_new ("hide-amounts", self->preferences, "hide-amounts");
  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (hide_amounts));

  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), shortcuts[i].action,
                                           (const char **) shortcuts[i].accels);
}

static gboolean
start_meter_cb (gpointer user_data)
{
  FareApplication *self = user_data;

  self->start_id = 0;
  fare_meter_start (self->meter);

  return G_SOURCE_REMOVE;
}

/* Comes before the frame is painted, and idle time after that. */
static gboolean
first_frame_cb (GtkWidget     *window,
                GdkFrameClock *clock,
                gpointer       user_data)
{
  FareApplication *self = user_data;

  if (self->start_id != 0)
    {
      g_source_remove (self->start_id);
      self->start_id = g_idle_add (start_meter_cb, self);
    }

  return G_SOURCE_REMOVE;
}

/* What the index has is shown first; reading the logs would only slow that down.  A service has
 * nothing to show. */
static void
start_meter (FareApplication *self)
{
  if ((g_application_get_flags (G_APPLICATION (self)) & G_APPLICATION_IS_SERVICE) != 0)
    fare_meter_start (self->meter);
  else
    self->start_id = g_timeout_add (START_MS, start_meter_cb, self);
}

static void
open_meter (FareApplication *self,
            FarePaths       *paths)
{
  g_autoptr(GError) error = NULL;

  self->meter = fare_meter_new (paths);

  if (fare_meter_open (self->meter, &error))
    {
      start_meter (self);
      fare_desktop_link_start (self->link, self->meter, self->preferences);
      return;
    }

  g_warning ("%s", error->message);
  self->failure = g_strdup (error->message);
}

static void
fare_application_startup (GApplication *application)
{
  FareApplication *self = FARE_APPLICATION (application);
  g_autoptr(FarePaths) paths = fare_paths_new ();
  g_autofree char *range = NULL;

  G_APPLICATION_CLASS (fare_application_parent_class)->startup (application);

  gtk_window_set_default_icon_name (APP_ID);
  self->preferences = fare_preferences_new (paths);
  range = g_settings_get_string (fare_preferences_get_settings (self->preferences),
                                 "default-range");
  self->choice = fare_range_choice_new ();
  fare_range_choice_from_string (self->choice, range);
  fare_watchdog_start ();
  fare_spoken_names_follow ();
  fare_appearance_follow (self->preferences, self->choice);
  add_actions (self);
  watch_signals (self);
  open_meter (self, paths);
}

static gboolean
fare_application_dbus_register (GApplication     *application,
                                GDBusConnection  *bus,
                                const char       *path,
                                GError          **error)
{
  FareApplication *self = FARE_APPLICATION (application);

  return G_APPLICATION_CLASS (fare_application_parent_class)->dbus_register (application, bus, path,
                                                                            error)
         && fare_desktop_link_export (self->link, bus, path, error);
}

static void
fare_application_dbus_unregister (GApplication    *application,
                                  GDBusConnection *bus,
                                  const char      *path)
{
  FareApplication *self = FARE_APPLICATION (application);

  if (self->link != NULL)
    fare_desktop_link_unexport (self->link);

  G_APPLICATION_CLASS (fare_application_parent_class)->dbus_unregister (application, bus, path);
}

static void
fare_application_activate (GApplication *application)
{
  FareApplication *self = FARE_APPLICATION (application);
  FareWindow *window;

  if (self->failure != NULL)
    {
      present_failure (self);
      return;
    }

  window = find_window (self);
  if (window == NULL)
    {
      window = fare_window_new (GTK_APPLICATION (self), self->meter, self->choice,
                                self->preferences);
      gtk_widget_add_tick_callback (GTK_WIDGET (window), first_frame_cb, self, NULL);
    }

  fare_window_open (window);
}

/* The window that objected has been closed now. */
static void
fare_application_window_removed (GtkApplication *application,
                                 GtkWindow      *window)
{
  FareApplication *self = FARE_APPLICATION (application);

  GTK_APPLICATION_CLASS (fare_application_parent_class)->window_removed (application, window);

  if (!self->is_quitting || find_window (self) != NULL)
    return;

  fare_desktop_link_stop (self->link);
  g_application_quit (G_APPLICATION (self));
}

static void
fare_application_shutdown (GApplication *application)
{
  FareApplication *self = FARE_APPLICATION (application);

  for (guint i = 0; i < N_SIGNALS; i++)
    g_clear_handle_id (&self->signal_ids[i], g_source_remove);
  g_clear_handle_id (&self->start_id, g_source_remove);

  fare_desktop_link_stop (self->link);
  if (self->meter != NULL)
    fare_meter_stop (self->meter);

  G_APPLICATION_CLASS (fare_application_parent_class)->shutdown (application);
}

/* GDK opens GL merely to choose a visual, which costs some 60 MB where there is no GPU.  Has to
 * happen before GTK starts, which is in startup. */
static void
save_memory (void)
{
  if (gtk_get_minor_version () < 16)
    g_setenv ("GDK_DEBUG", "gl-disable", FALSE);
  else
    g_setenv ("GDK_DISABLE", "gl,vulkan", FALSE);

  g_setenv ("GSK_RENDERER", "cairo", FALSE);
}

static gboolean
is_page (const char *name)
{
  static const char * const names[] = { "overview", "sessions", "calendar", "pricing", NULL };
  g_autofree char *list = NULL;

  if (g_strv_contains (names, name))
    return TRUE;

  list = g_strjoinv (", ", (char **) names);
  /* Translators: a word that was typed, and the words that would have been right */
  g_printerr (_("There is no page “%s”. Use one of: %s.\n"), name, list);

  return FALSE;
}

static gboolean
is_style (const char *name)
{
  g_autofree const char **names = fare_style_get_names ();
  g_autofree char *list = NULL;

  if (g_strv_contains (names, name))
    return TRUE;

  list = g_strjoinv (", ", (char **) names);
  /* Translators: a word that was typed, and the words that would have been right */
  g_printerr (_("There is no style “%s”. Use one of: %s.\n"), name, list);

  return FALSE;
}

static int
fare_application_handle_local_options (GApplication *application,
                                       GVariantDict *options)
{
  g_autoptr(GError) error = NULL;
  const char *page = NULL;
  const char *style = NULL;
  gboolean has_page, has_style;

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("tokenfare-app %s\n", FARE_VERSION);
      return 0;
    }

  if (g_variant_dict_contains (options, "low-memory"))
    save_memory ();

  has_page = g_variant_dict_lookup (options, "page", "&s", &page);
  has_style = g_variant_dict_lookup (options, "style", "&s", &style);

  if ((has_style && !is_style (style)) || (has_page && !is_page (page)))
    return 2;

  if (!has_page && !has_style)
    return -1;

  if (!g_application_register (application, NULL, &error))
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }

  if (has_style)
    g_action_group_activate_action (G_ACTION_GROUP (application), "style",
                                    g_variant_new_string (style));

  if (has_page)
    g_action_group_activate_action (G_ACTION_GROUP (application), "show-page",
                                    g_variant_new_string (page));
  else if (g_application_get_is_remote (application))
    g_application_activate (application);

  /* The page is shown by the instance that runs already; only the first one has to stay. */
  return g_application_get_is_remote (application) ? 0 : -1;
}

static void
fare_application_finalize (GObject *object)
{
  FareApplication *self = FARE_APPLICATION (object);

  g_clear_pointer (&self->link, fare_desktop_link_free);
  g_clear_object (&self->meter);
  g_clear_object (&self->choice);
  g_clear_object (&self->preferences);
  g_clear_pointer (&self->failure, g_free);

  G_OBJECT_CLASS (fare_application_parent_class)->finalize (object);
}

static void
fare_application_class_init (FareApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = fare_application_finalize;
  application_class->startup = fare_application_startup;
  application_class->dbus_register = fare_application_dbus_register;
  application_class->dbus_unregister = fare_application_dbus_unregister;
  application_class->activate = fare_application_activate;
  application_class->shutdown = fare_application_shutdown;
  GTK_APPLICATION_CLASS (klass)->window_removed = fare_application_window_removed;
  application_class->handle_local_options = fare_application_handle_local_options;
}

static void
fare_application_init (FareApplication *self)
{
  const GOptionEntry options[] = {
    { "page", 0, 0, G_OPTION_ARG_STRING, NULL,
      N_("Show the page of this name"), N_("NAME") },
    { "demo", 0, 0, G_OPTION_ARG_NONE, NULL,
      N_("Show invented logs; nothing of yours is read or written"), NULL },
    { "style", 0, 0, G_OPTION_ARG_STRING, NULL,
      N_("Use the style of this name"), N_("NAME") },
    { "low-memory", 0, 0, G_OPTION_ARG_NONE, NULL,
      N_("Draw without GL, which saves memory"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL,
      N_("Print the version and exit"), NULL },
    { NULL }
  };

  self->link = fare_desktop_link_new (GTK_APPLICATION (self));
  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

FareApplication *
fare_application_new (GApplicationFlags flags)
{
  return g_object_new (FARE_TYPE_APPLICATION,
                       "application-id", APP_ID,
                       "resource-base-path", "/io/github/tokenfare/Tokenfare",
                       "flags", flags,
                       NULL);
}

FareMeter *
fare_application_get_meter (FareApplication *self)
{
  g_return_val_if_fail (FARE_IS_APPLICATION (self), NULL);

  return self->meter;
}

FareRangeChoice *
fare_application_get_choice (FareApplication *self)
{
  g_return_val_if_fail (FARE_IS_APPLICATION (self), NULL);

  return self->choice;
}

FarePreferences *
fare_application_get_preferences (FareApplication *self)
{
  g_return_val_if_fail (FARE_IS_APPLICATION (self), NULL);

  return self->preferences;
}
