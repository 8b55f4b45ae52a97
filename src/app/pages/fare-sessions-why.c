/* fare-sessions-why.c
 *
 * A window that says where the number of a session comes from.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "base/fare-text.h"
#include "models/fare-session-place.h"
#include "pages/fare-sessions-why.h"
#include "pricing/fare-price-time.h"
#include "widgets/fare-slow-spinner.h"

struct _FareSessionsWhy
{
  AdwWindow            parent_instance;

  AdwToastOverlay     *toast_overlay;
  GtkStack            *stack;
  AdwStatusPage       *failed_page;
  AdwPreferencesGroup *total_group;
  AdwPreferencesGroup *dropped_group;
  AdwPreferencesGroup *unpriced_group;
  AdwPreferencesGroup *files_group;
  GtkListView         *lines_view;

  FareSessionsLook     look;
  char                *session_title;
  FareSessionWhy      *answer;
  GCancellable        *cancellable;
};

G_DEFINE_FINAL_TYPE (FareSessionsWhy, fare_sessions_why, ADW_TYPE_WINDOW)

/* Texts come from logs and may look like markup. */
static GtkWidget *
new_row (const char *title,
         const char *subtitle,
         const char *value)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *escaped_title = g_markup_escape_text (title, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), escaped_title);

  if (subtitle != NULL)
    {
      g_autofree char *escaped = g_markup_escape_text (subtitle, -1);

      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), escaped);
    }

  if (value != NULL)
    {
      GtkWidget *label = gtk_label_new (value);

      gtk_widget_add_css_class (label, "numeric");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
    }

  return row;
}

static void
add_count (AdwPreferencesGroup *group,
           const char          *title,
           const char          *subtitle,
           gint64               count)
{
  g_autofree char *value = fare_text_count (count);

  adw_preferences_group_add (group, new_row (title, subtitle, value));
}

/* The day as people write it, or what the table says where that is no date. */
static char *
describe_update (const FareSessionWhy *why)
{
  gint32 day;

  if (why->prices_updated == NULL || !fare_price_date_parse (why->prices_updated, &day))
    return g_strdup (why->prices_updated);

  return fare_text_day (day, why->today);
}

static void
show_total (FareSessionsWhy *self)
{
  const FareSessionWhy *why = self->answer;
  g_autofree char *money = fare_sessions_text_money (&self->look, &why->total);
  g_autofree char *tokens = fare_text_count (fare_usage_total (&why->total.usage));
  g_autofree char *escaped = g_markup_escape_text (self->session_title, -1);
  g_autofree char *updated = describe_update (why);

  adw_preferences_group_set_title (self->total_group, escaped);
  adw_preferences_group_add (self->total_group,
                             new_row (_("Cost, Estimated"),
                                      _("The sum of all counted log lines, each at the price of its day"),
                                      money));
  adw_preferences_group_add (self->total_group, new_row (_("Tokens"), NULL, tokens));
  add_count (self->total_group, _("Counted Responses"), NULL, why->events);
  if (why->folded > 0)
    add_count (self->total_group, _("Lines Joined"),
               _("Further lines of the same responses, written while they were streamed"),
               why->folded);
  adw_preferences_group_add (self->total_group,
                             new_row (_("Price Table"), _("Newest evidence in it"),
                                      updated));
}

static void
show_dropped (FareSessionsWhy *self)
{
  gboolean is_none = TRUE;

  for (guint i = 0; i < FARE_WHY_N_ROLES; i++)
    {
      const FareWhyRole *role = &fare_why_roles[i];
      gint64 count = self->answer->not_counted[role->role];

      if (count == 0)
        continue;

      add_count (self->dropped_group, _(role->text), NULL, count);
      is_none = FALSE;
    }

  if (self->answer->malformed > 0)
    {
      add_count (self->dropped_group, _("Malformed Lines"), _("In all logs of this tool"),
                 self->answer->malformed);
      is_none = FALSE;
    }
  if (self->answer->unreadable > 0)
    {
      add_count (self->dropped_group, _("Unreadable Files"), _("Of all logs of this tool"),
                 self->answer->unreadable);
      is_none = FALSE;
    }

  if (is_none)
    adw_preferences_group_add (self->dropped_group,
                               new_row (_("Nothing was left out"), NULL, NULL));
}

static void
show_unpriced (FareSessionsWhy *self)
{
  GPtrArray *unpriced = self->answer->unpriced;

  gtk_widget_set_visible (GTK_WIDGET (self->unpriced_group), unpriced->len > 0);

  for (guint i = 0; i < unpriced->len; i++)
    {
      const FareWhyModel *model = g_ptr_array_index (unpriced, i);
      g_autofree char *count = fare_text_count (model->tokens);
      g_autofree char *value = g_strdup_printf (_("%s tokens"), count);

      adw_preferences_group_add (self->unpriced_group,
                                 new_row (model->model, model->reason, value));
    }
}

static void
show_files (FareSessionsWhy *self)
{
  for (guint i = 0; i < self->answer->files->len; i++)
    {
      g_autofree char *path = fare_text_path (g_ptr_array_index (self->answer->files, i));
      GtkWidget *row = new_row (path, NULL, NULL);

      adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 3);
      adw_preferences_group_add (self->files_group, row);
    }
}

static void
say (FareSessionsWhy *self,
     const char      *sentence)
{
  g_autofree char *escaped = g_markup_escape_text (sentence, -1);

  adw_toast_overlay_add_toast (self->toast_overlay, adw_toast_new (escaped));
}

/* The name of a file may be any bytes; what is pasted must still lead to it. */
static char *
write_place (const char *path,
             const char *place,
             guint64     line)
{
  g_autofree char *uri = NULL;

  if (g_utf8_validate (place, -1, NULL))
    return g_strdup (place);

  uri = g_filename_to_uri (path, NULL, NULL);
  if (uri == NULL)
    return g_utf8_make_valid (place, -1);

  return line > 0 ? g_strdup_printf ("%s:%" G_GUINT64_FORMAT, uri, line) : g_steal_pointer (&uri);
}

/* Where no editor opens a line, the place is on the clipboard. */
static void
go_to (FareSessionsWhy *self,
       const char      *path,
       const char      *place,
       guint64          line)
{
  g_auto(GStrv) command = line > 0 ? fare_session_place_get_command (path, line) : NULL;
  g_autoptr(GSubprocess) process = NULL;
  g_autofree char *text = NULL;
  g_autofree char *name = NULL;
  g_autofree char *shown = NULL;
  g_autofree char *sentence = NULL;

  if (command != NULL)
    process = g_subprocess_newv ((const char * const *) command,
                                 G_SUBPROCESS_FLAGS_STDOUT_SILENCE |
                                 G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL);

  if (process != NULL)
    return;

  text = write_place (path, place, line);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  /* There is little room, and the end says most. */
  name = g_path_get_basename (place);
  shown = g_utf8_make_valid (name, -1);
  /* Translators: the placeholder is a file with the number of a line */
  sentence = g_strdup_printf (_("Copied %s"), shown);
  say (self, sentence);
}

typedef struct
{
  FareSessionsWhy *window;
  char            *path;
} Visit;

static void
visit_free (Visit *visit)
{
  g_object_unref (visit->window);
  g_free (visit->path);
  g_free (visit);
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Visit *visit = user_data;
  g_autoptr(GError) error = NULL;
  guint64 line;
  g_autofree char *place = fare_session_place_find_finish (result, &line, &error);

  if (place != NULL)
    go_to (visit->window, visit->path, place, line);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    say (visit->window, error->message);

  visit_free (visit);
}

static void
line_activated_cb (FareSessionsWhy *self,
                   guint            position)
{
  GListModel *model = G_LIST_MODEL (gtk_list_view_get_model (self->lines_view));
  g_autoptr(FareLogLine) line = g_list_model_get_item (model, position);
  const FareLogLineFacts *facts;
  Visit *visit;

  if (line == NULL)
    return;

  facts = fare_log_line_get_facts (line);
  visit = g_new0 (Visit, 1);
  *visit = (Visit) { g_object_ref (self), g_strdup (facts->path) };
  fare_session_place_find (facts->path, facts->offset, self->cancellable, found_cb, visit);
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *list_item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *title = gtk_label_new (NULL);
  GtkWidget *subtitle = gtk_label_new (NULL);
  GtkWidget *cost = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (title), 0.0f);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (subtitle), 0.0f);
  gtk_label_set_ellipsize (GTK_LABEL (subtitle), PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_add_css_class (subtitle, "dim-label");
  gtk_widget_add_css_class (subtitle, "caption");
  gtk_widget_add_css_class (cost, "numeric");
  gtk_widget_add_css_class (box, "fare-session-line");
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (words), title);
  gtk_box_append (GTK_BOX (words), subtitle);
  gtk_box_append (GTK_BOX (box), words);
  gtk_box_append (GTK_BOX (box), cost);
  gtk_list_item_set_child (list_item, box);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *list_item,
         const FareSessionsLook   *look)
{
  const FareLogLineFacts *facts = fare_log_line_get_facts (gtk_list_item_get_item (list_item));
  GtkWidget *words = gtk_widget_get_first_child (gtk_list_item_get_child (list_item));
  GtkWidget *title = gtk_widget_get_first_child (words);
  GtkWidget *subtitle = gtk_widget_get_last_child (words);
  GtkWidget *cost = gtk_widget_get_next_sibling (words);
  g_autofree char *time = fare_sessions_text_time (look, facts->time_ms);
  g_autofree char *tokens = fare_text_tokens (fare_usage_total (&facts->sums.usage));
  /* Translators: time, model and tokens of a response */
  g_autofree char *what = g_strdup_printf (_("%s · %s · %s tokens"), time, facts->model, tokens);
  g_autofree char *path = fare_text_path (facts->path);
  g_autofree char *offset = fare_text_count (facts->offset);
  /* Translators: a file and the byte at which a line in it begins */
  g_autofree char *place = g_strdup_printf (_("%s at byte %s"), path, offset);
  g_autofree char *money = fare_sessions_text_money (look, &facts->sums);

  gtk_label_set_label (GTK_LABEL (title), what);
  gtk_label_set_label (GTK_LABEL (subtitle), place);
  gtk_label_set_label (GTK_LABEL (cost), money);
  gtk_widget_set_tooltip_text (subtitle, place);
  gtk_widget_set_tooltip_text (title, what);
}

static void
show_lines (FareSessionsWhy *self)
{
  g_autoptr(GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autoptr(GtkNoSelection) model =
    gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->answer->lines)));

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), &self->look);
  gtk_list_view_set_factory (self->lines_view, factory);
  gtk_list_view_set_model (self->lines_view, GTK_SELECTION_MODEL (model));
}

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(FareSessionsWhy) self = user_data;
  g_autoptr(GError) error = NULL;

  self->answer = fare_session_why_ask_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (self->answer == NULL)
    {
      g_autofree char *escaped = g_markup_escape_text (error->message, -1);

      adw_status_page_set_description (self->failed_page, escaped);
      gtk_stack_set_visible_child_name (self->stack, "failed");
      return;
    }

  self->look.zone = self->answer->zone;
  self->look.today = self->answer->today;
  show_total (self);
  show_dropped (self);
  show_unpriced (self);
  show_files (self);
  show_lines (self);
  gtk_stack_set_visible_child_name (self->stack, "answer");
}

static void
fare_sessions_why_dispose (GObject *object)
{
  FareSessionsWhy *self = FARE_SESSIONS_WHY (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->lines_view != NULL)
    gtk_list_view_set_model (self->lines_view, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), FARE_TYPE_SESSIONS_WHY);

  G_OBJECT_CLASS (fare_sessions_why_parent_class)->dispose (object);
}

static void
fare_sessions_why_finalize (GObject *object)
{
  FareSessionsWhy *self = FARE_SESSIONS_WHY (object);

  g_clear_pointer (&self->answer, fare_session_why_free);
  g_free (self->session_title);

  G_OBJECT_CLASS (fare_sessions_why_parent_class)->finalize (object);
}

static void
fare_sessions_why_class_init (FareSessionsWhyClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = fare_sessions_why_dispose;
  object_class->finalize = fare_sessions_why_finalize;

  g_type_ensure (FARE_TYPE_SLOW_SPINNER);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/tokenfare/Tokenfare/fare-sessions-why.ui");
  gtk_widget_class_bind_template_child (widget_class, FareSessionsWhy, toast_overlay);
  gtk_widget_class_bind_template_child (widget_class, FareSessionsWhy, stack);
  gtk_widget_class_bind_template_child (widget_class, FareSessionsWhy, failed_page);
  gtk_widget_class_bind_template_child (widget_class, FareSessionsWhy, total_group);
  gtk_widget_class_bind_template_child (widget_class, FareSessionsWhy, dropped_group);
  gtk_widget_class_bind_template_child (widget_class, FareSessionsWhy, unpriced_group);
  gtk_widget_class_bind_template_child (widget_class, FareSessionsWhy, files_group);
  gtk_widget_class_bind_template_child (widget_class, FareSessionsWhy, lines_view);
  gtk_widget_class_bind_template_callback (widget_class, line_activated_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
fare_sessions_why_init (FareSessionsWhy *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->cancellable = g_cancellable_new ();
}

FareSessionsWhy *
fare_sessions_why_open (GtkWindow          *parent,
                        FareMeter          *meter,
                        const char         *title,
                        const char         *client,
                        const char * const *uids,
                        gint64              from_ms,
                        gint64              to_ms,
                        const char * const *models,
                        const char * const *machines,
                        gboolean            hide_amounts)
{
  FareSessionsWhy *self = g_object_new (FARE_TYPE_SESSIONS_WHY, "transient-for", parent, NULL);
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();

  self->session_title = g_strdup (title);
  self->look.hide_amounts = hide_amounts;
  fare_session_why_ask (meter, client, uids, from_ms, to_ms, models, machines, zone,
                        self->cancellable, answered_cb, g_object_ref (self));
  gtk_window_present (GTK_WINDOW (self));

  return self;
}

const FareSessionWhy *
fare_sessions_why_get_answer (FareSessionsWhy *self)
{
  g_return_val_if_fail (FARE_IS_SESSIONS_WHY (self), NULL);

  return self->answer;
}
