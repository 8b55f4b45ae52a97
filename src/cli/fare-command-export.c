/* fare-command-export.c
 *
 * tokenfare export: figures as a file for other programs.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "fare-export.h"
#include "fare-output-file.h"

typedef struct
{
  const FareFilter *filter;
  FareExportKind    kind;
  gboolean          is_json;
  const char       *output; /* (nullable) */
} Request;

static gboolean
export (FareView  *view,
        gpointer   user_data,
        GError   **error)
{
  const Request *request = user_data;
  FareFilter filter = *request->filter;
  gboolean has_days = fare_filter_narrow (&filter, view->reader);
  g_auto(FareOutputFile) file = FARE_OUTPUT_FILE_INIT;

  if (request->output != NULL && !fare_output_file_begin (&file, request->output, error))
    return FALSE;

  return fare_export_write (view, &filter, has_days, request->kind, request->is_json, error) &&
         (request->output == NULL || fare_output_file_finish (&file, error));
}

static FareExit
run (const FareCommand  *self,
     const char * const *args)
{
  g_autofree char *what = NULL;
  g_autofree char *format = NULL;
  g_autofree char *output = NULL;
  g_auto(FareFilterOptions) options = { 0 };
  g_auto(FareFilter) filter = { 0 };
  g_auto(GStrv) rest = NULL;
  g_autoptr(GArray) entries = g_array_new (TRUE, TRUE, sizeof (GOptionEntry));
  const GOptionEntry own[] = {
    { "format", 0, 0, G_OPTION_ARG_FILENAME, &format, N_("json or csv"), N_("FORMAT") },
    { "what", 0, 0, G_OPTION_ARG_FILENAME, &what,
      N_("What to write: usage (the default: each tool and model), days, sessions or events"),
      N_("WHAT") },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output,
      N_("Write to FILE instead of standard output"), N_("FILE") },
  };
  Request request = { .filter = &filter };
  FareExit status;

  g_array_append_vals (entries, own, G_N_ELEMENTS (own));
  fare_filter_append_options (entries, &options);
  if (!fare_command_parse (self, (const GOptionEntry *) (gpointer) entries->data, args, &rest,
                           &status))
    return status;

  if (format == NULL)
    return fare_command_misused (self, _("Say which format: --format json or --format csv."));
  if (!g_str_equal (format, "json") && !g_str_equal (format, "csv"))
    return fare_command_misused (self, _("“%s” is no format to export to."), format);
  if (what != NULL && !fare_export_kind_from_name (what, &request.kind))
    return fare_command_misused (self, _("“%s” is nothing to export."), what);
  if (!fare_filter_init (&filter, self, &options, (const char * const *) rest, FARE_PERIOD_TODAY,
                         &status))
    return status;

  request.is_json = g_str_equal (format, "json");
  request.output = output;
  return fare_view_ask (export, &request);
}

const FareCommand fare_command_export = {
  .name = "export",
  .summary = N_("Write usage, days, sessions or responses as JSON or CSV"),
  .usage = N_("[PERIOD] --format json|csv"),
  .details = N_("A file is replaced only once the new one is complete."),
  .notes = fare_filter_notes_today,
  .run = run,
};
