/* fare-about.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "fare-about.h"
#include "widgets/fare-style.h"

/* What a report of a problem needs, and nothing about what anybody does. */
static char *
describe_system (FareMeter *meter)
{
  g_autoptr(FareIndex) index = meter != NULL ? fare_meter_ref_index (meter) : NULL;

  return g_strdup_printf ("Tokenfare %s\nGTK %u.%u.%u\nlibadwaita %u.%u.%u\nGLib %u.%u.%u\n"
                          "SQLite %s\nDisplay: %s\nIndex: %s\nStyle: %s\n",
                          FARE_VERSION,
                          gtk_get_major_version (), gtk_get_minor_version (), gtk_get_micro_version (),
                          adw_get_major_version (), adw_get_minor_version (), adw_get_micro_version (),
                          glib_major_version, glib_minor_version, glib_micro_version,
                          sqlite3_libversion (),
                          G_OBJECT_TYPE_NAME (gdk_display_get_default ()),
                          index != NULL && fare_index_get_path (index) != NULL ? "file" : "memory",
                          fare_style_get_name (fare_style_get_for_display (gdk_display_get_default ())));
}

void
fare_about_show (GtkWindow *parent,
                 FareMeter *meter)
{
  g_autofree char *system = describe_system (meter);

  adw_show_about_window (parent,
                         "application-name", _("Tokenfare"),
                         "application-icon", APP_ID,
                         "version", FARE_VERSION,
                         "developer-name", _("The Tokenfare developers"),
                         "comments", _("Shows what AI coding agents cost, from the logs they keep "
                                       "on this computer. Nothing is sent anywhere."),
                         "website", "https://github.com/tokenfare/tokenfare",
                         "issue-url", "https://github.com/tokenfare/tokenfare/issues",
                         "license-type", GTK_LICENSE_GPL_3_0,
                         "copyright", "© 2026 The Tokenfare developers",
                         "release-notes-version", FARE_VERSION,
                         /* Translators: keep the tags */
                         "release-notes", _("<p>The first version: a window with the costs of twenty "
                                            "coding agents by day, tool, model, project and session, and "
                                            "the same figures in a terminal.</p>"),
                         "debug-info", system,
                         "debug-info-filename", "tokenfare.txt",
                         /* Translators: put your names here, one a line */
                         "translator-credits", _("translator-credits"),
                         NULL);
}
