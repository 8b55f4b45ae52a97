/* fare-doctor-json.c
 *
 * The examination for programs.  Keys stay as they are; sentences are in English.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "doctor/fare-doctor-private.h"

#include "fare-json-writer.h"
#include "index/fare-index-schema.h"
#include "scanner/fare-retention.h"

static const char *
index_state_to_id (FareDoctorIndexState state)
{
  static const char * const ids[] = {
    [FARE_DOCTOR_INDEX_MISSING] = "missing",
    [FARE_DOCTOR_INDEX_SOUND] = "sound",
    [FARE_DOCTOR_INDEX_OLDER] = "older",
    [FARE_DOCTOR_INDEX_NEWER] = "newer",
    [FARE_DOCTOR_INDEX_FOREIGN] = "foreign",
    [FARE_DOCTOR_INDEX_DAMAGED] = "damaged",
    [FARE_DOCTOR_INDEX_LOCKED] = "locked",
    [FARE_DOCTOR_INDEX_UNFINISHED] = "unfinished",
    [FARE_DOCTOR_INDEX_UNREADABLE] = "unreadable",
  };

  return ids[state];
}

static const char *
port_state_to_id (FareDoctorPortState state)
{
  static const char * const ids[] = {
    [FARE_DOCTOR_PORT_SILENT] = "silent",
    [FARE_DOCTOR_PORT_OURS] = "tokenfare",
    [FARE_DOCTOR_PORT_TOKDASH] = "tokdash",
    [FARE_DOCTOR_PORT_FOREIGN] = "foreign",
  };

  return ids[state];
}

static const char *
line_owner_to_id (FareLineOwner owner)
{
  static const char * const ids[] = {
    [FARE_LINE_NONE] = "none",
    [FARE_LINE_OURS] = "tokenfare",
    [FARE_LINE_FOREIGN] = "foreign",
    [FARE_LINE_UNREADABLE] = "unreadable",
  };

  return ids[owner];
}

/* What is negative is not known. */
static void
add_count (FareJsonWriter *json,
           const char     *name,
           gint64          count)
{
  if (count < 0)
    fare_json_writer_add_null (json, name);
  else
    fare_json_writer_add_int (json, name, count);
}

static void
add_strv (FareJsonWriter *json,
          const char     *name,
          GStrv           list)
{
  fare_json_writer_add_strings (json, name, (const char * const *) list, g_strv_length (list));
}

static void
write_place (FareJsonWriter        *json,
             const char            *name,
             const FareDoctorPlace *place)
{
  fare_json_writer_begin_object (json, name);
  fare_json_writer_add_string (json, "path", place->path);
  fare_json_writer_add_boolean (json, "present", place->exists);
  fare_json_writer_add_boolean (json, "writable", place->is_writable);
  add_count (json, "free_bytes", place->free_bytes);
  fare_json_writer_end_object (json);
}

static void
write_program (FareDoctor     *self,
               FareJsonWriter *json)
{
  g_autofree char *os = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);

  fare_json_writer_add_string (json, "version", FARE_VERSION);
  fare_json_writer_add_string (json, "os", os);
  fare_json_writer_add_string (json, "program", self->owner.program);
  fare_json_writer_add_string (json, "install_method", fare_owner_kind_to_id (self->owner.kind));
  fare_json_writer_add_string (json, "package", self->owner.package);
  fare_json_writer_add_string (json, "update_command", self->owner.command);
  fare_json_writer_add_string (json, "home", fare_paths_get_home (self->paths));
  fare_json_writer_add_boolean (json, "home_present", self->has_home);
  fare_json_writer_add_string (json, "data_dir", self->data.path);
  write_place (json, "data", &self->data);
  write_place (json, "config", &self->config);

  fare_json_writer_begin_object (json, "timezone");
  fare_json_writer_add_string (json, "name", self->time.name);
  fare_json_writer_add_int (json, "offset_seconds", self->time.offset_s);
  fare_json_writer_add_string (json, "variable", self->time.variable);
  fare_json_writer_add_boolean (json, "valid", self->time.is_valid);
  fare_json_writer_end_object (json);

  fare_json_writer_begin_object (json, "settings");
  fare_json_writer_add_string (json, "path", self->settings.path);
  fare_json_writer_add_boolean (json, "present", self->settings.exists);
  fare_json_writer_add_boolean (json, "api_enabled", self->settings.wants_api);
  add_strv (json, "problems", self->settings.problems);
  fare_json_writer_end_object (json);
}

static void
write_index (FareDoctor     *self,
             FareJsonWriter *json)
{
  const FareDoctorIndex *index = &self->index;

  fare_json_writer_begin_object (json, "usage_db");
  fare_json_writer_add_string (json, "path", fare_paths_get_index_file (self->paths));
  fare_json_writer_add_boolean (json, "present", index->state != FARE_DOCTOR_INDEX_MISSING);
  fare_json_writer_add_string (json, "state", index_state_to_id (index->state));
  fare_json_writer_add_string (json, "error", index->error);
  fare_json_writer_add_int (json, "supported_schema", FARE_SCHEMA_VERSION);
  add_count (json, "stored_schema", index->schema);
  fare_json_writer_add_int (json, "size_bytes", index->size);
  fare_json_writer_add_boolean (json, "checked", index->is_checked);
  add_count (json, "messages", index->messages);
  add_count (json, "sessions", index->sessions);
  fare_json_writer_add_time_or_null (json, "last_scan", index->last_scan_ms);
  add_count (json, "last_scan_ms", index->scan_took_ms == 0 ? -1 : index->scan_took_ms);
  fare_json_writer_begin_object (json, "writer");
  add_count (json, "pid", index->writer == 0 ? -1 : index->writer);
  fare_json_writer_add_string (json, "name", index->writer_name);
  fare_json_writer_end_object (json);
  fare_json_writer_end_object (json);
}

static void
write_source (FareJsonWriter         *json,
              const FareDoctorSource *source)
{
  fare_json_writer_begin_object (json, NULL);
  fare_json_writer_add_string (json, "source", source->client);
  fare_json_writer_add_boolean (json, "enabled", !source->is_off);
  add_strv (json, "folders", source->folders);
  add_strv (json, "absent_folders", source->absent);
  add_strv (json, "extra_folders", source->extra);
  fare_json_writer_add_int (json, "files", source->files);
  add_count (json, "unread_files", source->unread);
  add_count (json, "missing_files", source->gone);
  add_count (json, "sessions", source->sessions);
  fare_json_writer_add_time_or_null (json, "last_record", source->newest_ms);
  if (source->is_forgetful)
    {
      fare_json_writer_begin_object (json, "retention");
      /* null: they are kept */
      add_count (json, "days", source->keeps_days == FARE_RETENTION_FOREVER ? -1 : source->keeps_days);
      fare_json_writer_add_boolean (json, "default", source->is_default);
      fare_json_writer_end_object (json);
    }
  else
    {
      fare_json_writer_add_null (json, "retention");
    }
  fare_json_writer_end_object (json);
}

static void
write_failure (FareJsonWriter          *json,
               const FareDoctorFailure *failure)
{
  gboolean is_malformed = failure->kind == FARE_DOCTOR_MALFORMED;

  fare_json_writer_begin_object (json, NULL);
  fare_json_writer_add_string (json, "source", failure->client);
  fare_json_writer_add_string (json, "kind", is_malformed ? "malformed" : "unreadable");
  fare_json_writer_add_string (json, "path", failure->path);
  fare_json_writer_add_string (json, "reason", failure->reason);
  add_count (json, "lines", is_malformed ? failure->lines : -1);
  add_count (json, "line", failure->line == 0 ? -1 : failure->line);
  add_count (json, "offset", failure->offset);
  fare_json_writer_end_object (json);
}

static void
write_sources (FareDoctor     *self,
               FareJsonWriter *json)
{
  fare_json_writer_begin_array (json, "sources");
  for (guint i = 0; i < self->sources->len; i++)
    write_source (json, self->sources->pdata[i]);
  fare_json_writer_end_array (json);

  fare_json_writer_begin_array (json, "failures");
  for (guint i = 0; i < self->failures->len; i++)
    write_failure (json, self->failures->pdata[i]);
  fare_json_writer_end_array (json);
}

static void
write_prices (FareDoctor     *self,
              FareJsonWriter *json)
{
  const FareDoctorPrices *prices = &self->prices;

  fare_json_writer_begin_object (json, "prices");
  fare_json_writer_add_string (json, "error", prices->error);
  fare_json_writer_add_string (json, "updated", prices->updated);
  add_count (json, "age_days", prices->age_days);
  fare_json_writer_add_int (json, "models", prices->n_models);
  fare_json_writer_add_string (json, "override_path", fare_paths_get_prices_file (self->paths));
  fare_json_writer_add_int (json, "overrides", prices->n_overrides);
  add_strv (json, "problems", prices->problems);
  fare_json_writer_begin_array (json, "unpriced");
  for (guint i = 0; i < prices->unpriced->len; i++)
    {
      const FareDoctorUnpriced *unpriced = g_ptr_array_index (prices->unpriced, i);

      fare_json_writer_begin_object (json, NULL);
      fare_json_writer_add_string (json, "model", unpriced->model);
      fare_json_writer_add_string (json, "provider", unpriced->provider);
      fare_json_writer_add_string (json, "reason", unpriced->reason);
      fare_json_writer_add_int (json, "tokens", unpriced->tokens);
      fare_json_writer_end_object (json);
    }
  fare_json_writer_end_array (json);
  fare_json_writer_end_object (json);
}

static void
write_programs (FareDoctor     *self,
                FareJsonWriter *json)
{
  const FareDoctorWatches *watches = &self->watches;

  fare_json_writer_begin_object (json, "watches");
  fare_json_writer_add_int (json, "needed", watches->needed);
  fare_json_writer_add_int (json, "own", watches->ours);
  fare_json_writer_add_int (json, "used", watches->used);
  add_count (json, "limit", watches->limit);
  fare_json_writer_add_int (json, "monitors", watches->instances);
  add_count (json, "monitor_limit", watches->instance_limit);
  fare_json_writer_end_object (json);

  fare_json_writer_begin_array (json, "programs");
  for (guint i = 0; i < self->programs->len; i++)
    {
      const FareDoctorProgram *program = g_ptr_array_index (self->programs, i);

      fare_json_writer_begin_object (json, NULL);
      fare_json_writer_add_string (json, "name", program->name);
      fare_json_writer_add_int (json, "pid", program->pid);
      fare_json_writer_add_boolean (json, "outdated", program->is_outdated);
      fare_json_writer_end_object (json);
    }
  fare_json_writer_end_array (json);
}

static void
write_services (FareDoctor     *self,
                FareJsonWriter *json)
{
  const FareDoctorPort *port = &self->port;
  const FareDoctorDesktop *desktop = &self->desktop;

  fare_json_writer_begin_object (json, "port");
  fare_json_writer_add_int (json, "port", port->number);
  fare_json_writer_add_boolean (json, "open", port->state != FARE_DOCTOR_PORT_SILENT);
  fare_json_writer_add_string (json, "state", port_state_to_id (port->state));
  fare_json_writer_add_string (json, "version", port->version);
  fare_json_writer_add_string (json, "owner", port->owner);
  fare_json_writer_end_object (json);

  fare_json_writer_add_boolean (json, "systemd_user", desktop->has_systemd);
  fare_json_writer_begin_object (json, "service");
  fare_json_writer_add_string (json, "unit", "tokenfare.service");
  fare_json_writer_add_boolean (json, "present", desktop->unit_file != NULL);
  fare_json_writer_add_string (json, "enabled", desktop->unit_file);
  fare_json_writer_add_string (json, "active", desktop->unit_active);
  fare_json_writer_end_object (json);

  fare_json_writer_begin_object (json, "tray");
  fare_json_writer_add_boolean (json, "enabled", desktop->wants_tray);
  fare_json_writer_add_boolean (json, "session_bus", desktop->has_bus);
  fare_json_writer_add_boolean (json, "watcher", desktop->has_watcher);
  fare_json_writer_add_boolean (json, "host", desktop->has_host);
  fare_json_writer_end_object (json);

  fare_json_writer_begin_object (json, "statusline");
  fare_json_writer_add_string (json, "path", self->line.path);
  fare_json_writer_add_string (json, "owner", line_owner_to_id (self->line.owner));
  fare_json_writer_add_string (json, "command", self->line.command);
  fare_json_writer_add_boolean (json, "program_missing", self->line.is_lost);
  fare_json_writer_end_object (json);

  fare_json_writer_add_boolean (json, "manifest_present", self->setup.exists);
  fare_json_writer_begin_object (json, "setup");
  fare_json_writer_add_string (json, "path", self->setup.path);
  fare_json_writer_add_string (json, "error", self->setup.error);
  fare_json_writer_add_boolean (json, "service", self->setup.has_service);
  fare_json_writer_add_boolean (json, "tray", self->setup.has_tray);
  fare_json_writer_add_boolean (json, "statusline", self->setup.has_line);
  fare_json_writer_add_boolean (json, "tailscale", self->setup.has_tailscale);
  fare_json_writer_end_object (json);
}

static void
write_issues (FareJsonWriter *json,
              const char     *name,
              GPtrArray      *issues)
{
  fare_json_writer_begin_array (json, name);
  for (guint i = 0; i < issues->len; i++)
    {
      const FareDoctorIssue *issue = g_ptr_array_index (issues, i);

      fare_json_writer_begin_object (json, NULL);
      fare_json_writer_add_string (json, "id", issue->id);
      fare_json_writer_add_string (json, "what", issue->what);
      fare_json_writer_add_string (json, "remedy", issue->remedy);
      fare_json_writer_end_object (json);
    }
  fare_json_writer_end_array (json);
}

void
fare_doctor_write (FareDoctor *self)
{
  g_autoptr(FareJsonWriter) json = fare_json_writer_new (FALSE);

  fare_json_writer_begin_object (json, NULL);
  fare_json_writer_add_boolean (json, "ok", self->issues->len == 0);
  fare_json_writer_add_string (json, "action", "doctor");
  write_program (self, json);
  write_index (self, json);
  write_sources (self, json);
  write_prices (self, json);
  write_programs (self, json);
  write_services (self, json);
  write_issues (json, "issues", self->issues);
  write_issues (json, "notes", self->notes);
  fare_json_writer_end_object (json);
}
