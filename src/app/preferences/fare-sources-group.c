/* fare-sources-group.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "base/fare-text.h"
#include "preferences/fare-sources-group.h"

struct _FareSourcesGroup
{
  AdwPreferencesGroup  parent_instance;

  FareMeter           *meter;
  FarePreferences     *preferences;
  GHashTable          *rows;    /* client → Row */
  AdwExpanderRow      *missing; /* holds the rows of clients that are not found */
  guint                is_updating : 1;
};

/* One client. */
typedef struct
{
  FareSourcesGroup *group;
  const char       *client;
  AdwExpanderRow   *expander;
  GtkSwitch        *toggle;
  AdwActionRow     *folders;
  GPtrArray        *extra;   /* AdwActionRow, one per added folder */
  GtkWidget        *add_row;
} Row;

G_DEFINE_FINAL_TYPE (FareSourcesGroup, fare_sources_group, ADW_TYPE_PREFERENCES_GROUP)

static void
row_free (gpointer data)
{
  Row *row = data;

  g_ptr_array_unref (row->extra);
  g_free (row);
}

static GSettings *
get_settings (FareSourcesGroup *self)
{
  return fare_preferences_get_settings (self->preferences);
}

void
fare_sources_group_set_enabled (FareSourcesGroup *self,
                                const char       *client,
                                gboolean          is_enabled)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) disabled = NULL;
  g_auto(GStrv) wanted = NULL;

  g_return_if_fail (FARE_IS_SOURCES_GROUP (self));

  disabled = g_settings_get_strv (get_settings (self), "disabled-sources");

  for (guint i = 0; disabled[i] != NULL; i++)
    {
      if (!g_str_equal (disabled[i], client))
        g_strv_builder_add (builder, disabled[i]);
    }

  if (!is_enabled)
    g_strv_builder_add (builder, client);

  wanted = g_strv_builder_end (builder);
  g_settings_set_strv (get_settings (self), "disabled-sources", (const char * const *) wanted);
  fare_meter_refresh (self->meter);
}

/* The folders of one client change, those of all others stay. */
static void
set_extra (FareSourcesGroup *self,
           const char       *client,
           const char       *path,
           gboolean          is_wanted)
{
  g_autoptr(GVariant) all = g_settings_get_value (get_settings (self), "extra-roots");
  g_autoptr(GVariantDict) dict = g_variant_dict_new (NULL);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) wanted = NULL;
  GVariantBuilder result;
  GVariantIter iter;
  const char *key;
  char **paths;

  g_variant_builder_init (&result, G_VARIANT_TYPE ("a{sas}"));
  g_variant_iter_init (&iter, all);

  while (g_variant_iter_next (&iter, "{&s^as}", &key, &paths))
    {
      if (!g_str_equal (key, client))
        g_variant_builder_add (&result, "{s^as}", key, paths);

      for (guint i = 0; g_str_equal (key, client) && paths[i] != NULL; i++)
        {
          if (!g_str_equal (paths[i], path))
            g_strv_builder_add (builder, paths[i]);
        }

      g_strfreev (paths);
    }

  if (is_wanted)
    g_strv_builder_add (builder, path);

  wanted = g_strv_builder_end (builder);

  if (wanted[0] != NULL)
    g_variant_builder_add (&result, "{s^as}", client, wanted);

  g_settings_set_value (get_settings (self), "extra-roots", g_variant_builder_end (&result));
  fare_meter_refresh (self->meter);
}

void
fare_sources_group_add_folder (FareSourcesGroup *self,
                               const char       *client,
                               const char       *path)
{
  g_return_if_fail (FARE_IS_SOURCES_GROUP (self));
  g_return_if_fail (client != NULL && g_path_is_absolute (path));

  set_extra (self, client, path, TRUE);
}

void
fare_sources_group_remove_folder (FareSourcesGroup *self,
                                  const char       *client,
                                  const char       *path)
{
  g_return_if_fail (FARE_IS_SOURCES_GROUP (self));
  g_return_if_fail (client != NULL && path != NULL);

  set_extra (self, client, path, FALSE);
}

static void
toggled_cb (GtkSwitch  *toggle,
            GParamSpec *pspec,
            Row        *row)
{
  if (!row->group->is_updating)
    fare_sources_group_set_enabled (row->group, row->client, gtk_switch_get_active (toggle));
}

static void
remove_cb (GtkWidget *button,
           Row       *row)
{
  /* The button goes with its row. */
  g_autofree char *path = g_strdup (g_object_get_data (G_OBJECT (button), "path"));

  fare_sources_group_remove_folder (row->group, row->client, path);
}

static void
folder_chosen_cb (GtkNativeDialog *dialog,
                  int              response,
                  GObject         *expander)
{
  Row *row = g_object_get_data (expander, "row");

  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr(GFile) folder = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      g_autofree char *path = g_file_get_path (folder);

      if (path != NULL)
        fare_sources_group_add_folder (row->group, row->client, path);
    }

  gtk_native_dialog_destroy (dialog);
  g_object_unref (dialog);
}

static void
add_cb (GtkWidget *button,
        Row       *row)
{
  g_autofree char *title = NULL;
  GtkFileChooserNative *dialog;

  /* Translators: title of a dialog, the placeholder is a tool's name */
  title = g_strdup_printf (_("Add Folder of %s"), fare_text_client (row->client));
  dialog = gtk_file_chooser_native_new (title, GTK_WINDOW (gtk_widget_get_root (button)),
                                        GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _("_Add"), NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  /* The row may go before the dialog is answered. */
  g_signal_connect_object (dialog, "response", G_CALLBACK (folder_chosen_cb), row->expander, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static GtkWidget *
make_suffix (AdwActionRow *row,
             const char   *icon,
             const char   *label)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  adw_action_row_add_suffix (row, button);
  adw_action_row_set_activatable_widget (row, button);

  return button;
}

static AdwActionRow *
make_action_row (const char *title)
{
  AdwActionRow *row = ADW_ACTION_ROW (adw_action_row_new ());

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);

  return row;
}

static Row *
make_row (FareSourcesGroup *self,
          const char       *client)
{
  const char *title = fare_text_client (client);
  Row *row = g_new0 (Row, 1);
  GtkWidget *button;

  row->group = self;
  row->client = client;
  row->extra = g_ptr_array_new ();
  row->expander = ADW_EXPANDER_ROW (adw_expander_row_new ());
  g_object_set_data (G_OBJECT (row->expander), "row", row);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row->expander), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row->expander), title);

  row->toggle = GTK_SWITCH (gtk_switch_new ());
  gtk_widget_set_valign (GTK_WIDGET (row->toggle), GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row->toggle), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (row->toggle), _("Read the logs of this tool"));
  g_signal_connect (row->toggle, "notify::active", G_CALLBACK (toggled_cb), row);
  adw_expander_row_add_action (row->expander, GTK_WIDGET (row->toggle));

  row->folders = make_action_row (_("Folders"));
  gtk_widget_add_css_class (GTK_WIDGET (row->folders), "fare-folders");
  adw_expander_row_add_row (row->expander, GTK_WIDGET (row->folders));

  row->add_row = GTK_WIDGET (make_action_row (_("Add Folder…")));
  button = make_suffix (ADW_ACTION_ROW (row->add_row), "list-add-symbolic", _("Add Folder…"));
  g_signal_connect (button, "clicked", G_CALLBACK (add_cb), row);
  adw_expander_row_add_row (row->expander, row->add_row);
  g_hash_table_insert (self->rows, (gpointer) client, row);

  return row;
}

static void
show_extra (Row   *row,
            GStrv  extra)
{
  gboolean is_same = g_strv_length (extra) == row->extra->len;

  for (guint i = 0; is_same && extra[i] != NULL; i++)
    is_same = g_strcmp0 (g_object_get_data (g_ptr_array_index (row->extra, i), "path"), extra[i]) == 0;

  if (is_same)
    return;

  for (guint i = 0; i < row->extra->len; i++)
    adw_expander_row_remove (row->expander, g_ptr_array_index (row->extra, i));

  g_ptr_array_set_size (row->extra, 0);
  /* New rows go to the end, where the row that adds them belongs. */
  g_object_ref (row->add_row);
  adw_expander_row_remove (row->expander, row->add_row);

  for (guint i = 0; extra[i] != NULL; i++)
    {
      g_autofree char *path = fare_text_path (extra[i]);
      AdwActionRow *widget = make_action_row (path);
      GtkWidget *button = make_suffix (widget, "user-trash-symbolic", _("Remove Folder"));

      g_object_set_data_full (G_OBJECT (widget), "path", g_strdup (extra[i]), g_free);
      g_object_set_data_full (G_OBJECT (button), "path", g_strdup (extra[i]), g_free);
      g_signal_connect (button, "clicked", G_CALLBACK (remove_cb), row);
      adw_expander_row_add_row (row->expander, GTK_WIDGET (widget));
      g_ptr_array_add (row->extra, widget);
    }

  adw_expander_row_add_row (row->expander, row->add_row);
  g_object_unref (row->add_row);
}

static char *
describe (const FareSourceInfo *source,
          gboolean              is_enabled)
{
  g_autofree char *messages = fare_text_count (source->sums.messages);
  g_autofree char *files = NULL;

  if (!is_enabled)
    return g_strdup (_("Not read any more; what was counted stays"));

  if (source->n_files == 0)
    return g_strdup (source->is_found ? _("No logs yet") : _("Not found"));

  files = g_strdup_printf (ngettext ("%d file", "%d files", (gulong) source->n_files),
                           (int) source->n_files);

  if (*source->newest == '\0')
    return g_steal_pointer (&files);

  /* Translators: numbers of files and messages, and a time or a day, as in
   * “12 files · 1,204 messages · last used 14:32” */
  return g_strdup_printf (_("%s · %s messages · last used %s"), files, messages, source->newest);
}

static void
show_source (FareSourcesGroup     *self,
             const FareSourceInfo *source,
             GStrv                 disabled)
{
  Row *row = g_hash_table_lookup (self->rows, source->client);
  gboolean is_enabled = !g_strv_contains ((const char * const *) disabled, source->client);
  gboolean is_found = source->is_found || source->extra[0] != NULL || !is_enabled;
  g_autofree char *subtitle = describe (source, is_enabled);
  g_autofree char *folders = g_strjoinv ("\n", source->folders);

  if (row == NULL)
    {
      row = make_row (self, source->client);

      if (is_found)
        adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (row->expander));
      else
        adw_expander_row_add_row (self->missing, GTK_WIDGET (row->expander));
    }

  gtk_switch_set_active (row->toggle, is_enabled);
  adw_action_row_set_subtitle (row->folders, folders);
  show_extra (row, source->extra);

  if (g_strcmp0 (adw_expander_row_get_subtitle (row->expander), subtitle) != 0)
    adw_expander_row_set_subtitle (row->expander, subtitle);
}

static void
fare_sources_group_dispose (GObject *object)
{
  FareSourcesGroup *self = FARE_SOURCES_GROUP (object);

  g_clear_object (&self->meter);
  g_clear_object (&self->preferences);

  G_OBJECT_CLASS (fare_sources_group_parent_class)->dispose (object);
}

static void
fare_sources_group_finalize (GObject *object)
{
  g_clear_pointer (&FARE_SOURCES_GROUP (object)->rows, g_hash_table_unref);

  G_OBJECT_CLASS (fare_sources_group_parent_class)->finalize (object);
}

static void
fare_sources_group_class_init (FareSourcesGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = fare_sources_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = fare_sources_group_finalize;
}

static void
fare_sources_group_init (FareSourcesGroup *self)
{
  self->rows = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, row_free);
}

void
fare_sources_group_connect (FareSourcesGroup *self,
                            FareMeter        *meter,
                            FarePreferences  *preferences)
{
  g_return_if_fail (FARE_IS_SOURCES_GROUP (self));
  g_return_if_fail (self->meter == NULL);

  self->meter = g_object_ref (meter);
  self->preferences = g_object_ref (preferences);
}

void
fare_sources_group_show (FareSourcesGroup      *self,
                         const FareSourcesData *data)
{
  g_auto(GStrv) disabled = NULL;
  g_autofree char *title = NULL;
  guint n_missing = 0;
  gboolean is_first;

  g_return_if_fail (FARE_IS_SOURCES_GROUP (self));
  g_return_if_fail (data != NULL);

  is_first = self->missing == NULL;
  disabled = g_settings_get_strv (get_settings (self), "disabled-sources");
  self->is_updating = TRUE;

  if (is_first)
    self->missing = g_object_ref_sink (ADW_EXPANDER_ROW (adw_expander_row_new ()));

  for (guint i = 0; i < data->sources->len; i++)
    show_source (self, g_ptr_array_index (data->sources, i), disabled);

  for (guint i = 0; i < data->sources->len; i++)
    {
      const FareSourceInfo *source = g_ptr_array_index (data->sources, i);
      Row *row = g_hash_table_lookup (self->rows, source->client);

      if (gtk_widget_is_ancestor (GTK_WIDGET (row->expander), GTK_WIDGET (self->missing)))
        n_missing++;
    }

  title = g_strdup_printf (_("Not Found (%u)"), n_missing);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->missing), title);
  gtk_widget_set_visible (GTK_WIDGET (self->missing), n_missing > 0);

  /* Last, below all that are found. */
  if (is_first)
    {
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->missing));
      g_object_unref (self->missing);
    }

  self->is_updating = FALSE;
}
