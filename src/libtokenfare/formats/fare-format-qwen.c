/* fare-format-qwen.c
 *
 * A call stands in a transcript up to twice: as the assistant's answer, and as a
 * telemetry record, which also exists for helpers' and other side calls.  A session
 * with telemetry is told by its telemetry alone.  The first telemetry may come after
 * answers that were already taken; then the transcript is read again from its
 * beginning.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-format-qwen.h"

#include <string.h>

#include "base/fare-instant.h"
#include "formats/fare-parts.h"
#include "formats/fare-qwen-record.h"

/* projects/<folder>/chats/<session>.jsonl */
#define MAX_DEPTH 4

/* Rows of telemetry carry it: they are written when a response has ended. */
#define TELEMETRY FARE_ROW_STOPPED

/* Ranks of titles, best first. */
enum
{
  TITLE_CUSTOM,
  TITLE_PROMPT
};

/* Ranks of parents, best first. */
enum
{
  PARENT_FORK,
  PARENT_DECLARED
};

typedef struct
{
  guint32     stem;        /* the file's */
  GHashTable *telemetry;   /* sessions told by telemetry; numbers of texts */
  GHashTable *answers;     /* sessions of which earlier passes took answers */
  GHashTable *marked;      /* sessions with a mark */
  guint32     last_session;
  gboolean    has_project; /* of the last session */
  gboolean    has_prompt;
  FareMemo    session_memo;
  FareMemo    model_memo;
} Reading;

static const char * const no_titles[] = { "/", "<session_context>", NULL };

static gboolean
claims (const char *name)
{
  return g_str_has_suffix (name, ".jsonl");
}

static GStrv
list_roots (FarePaths *paths)
{
  return fare_qwen_list_folders (paths, "projects", TRUE);
}

static void
add_row (FareLog        *log,
         Reading        *reading,
         FareRow        *row,
         const FareSpan *id,
         const FareSpan *model,
         const FareSpan *timestamp)
{
  if (fare_usage_total (&row->usage) == 0)
    return;
  /* A record without any id cannot be told from a copy of itself. */
  if (id->length == 0 || !fare_instant_parse (timestamp->text, timestamp->length, &row->own_ms))
    {
      fare_log_malformed (log, row->offset);
      return;
    }
  row->cluster = fare_span_hash (id);
  row->model = fare_log_intern_model_span (log, model, fare_qwen_find_provider,
                                           &reading->model_memo);
  row->lines = row->messages = 1;
  if (fare_log_add_row (log, row)
      && g_hash_table_add (reading->marked, GUINT_TO_POINTER (row->own_session)))
    fare_qwen_mark_session (log, row);
}

static void
take_answer (FareLog              *log,
             Reading              *reading,
             const FareQwenRecord *record,
             guint32               session,
             gint64                offset)
{
  FareRow row = { .offset = offset, .own_session = session };
  FareQwenCounts counts = { 0 };

  if (!fare_qwen_read_counts (&record->usage, &counts))
    return;
  if (g_hash_table_contains (reading->telemetry, GUINT_TO_POINTER (session)))
    {
      log->repeated++;
      return;
    }
  fare_qwen_fill_usage (&row.usage, &counts);
  add_row (log, reading, &row, &record->uuid, &record->model, &record->timestamp);
}

static void
take_telemetry (FareLog               *log,
                Reading               *reading,
                const FareQwenRecord  *record,
                const FareQwenPayload *payload,
                guint32                session,
                gint64                 offset)
{
  FareRow row = { .offset = offset, .own_session = session, .flags = TELEMETRY };

  if (g_hash_table_add (reading->telemetry, GUINT_TO_POINTER (session))
      && g_hash_table_contains (reading->answers, GUINT_TO_POINTER (session)))
    log->restart = TRUE;
  fare_qwen_fill_usage (&row.usage, &payload->counts);
  if (payload->helper.length > 0)
    row.flags |= FARE_ROW_HELPER;
  add_row (log, reading, &row, payload->response.length > 0 ? &payload->response : &record->uuid,
           &payload->model,
           payload->timestamp.length > 0 ? &payload->timestamp : &record->timestamp);
}

static void
note_parent (FareLog        *log,
             guint32         session,
             guint           rank,
             gint64          order,
             const FareSpan *id)
{
  guint32 parent = fare_log_intern_span (log, id, NULL);

  if (parent != 0 && parent != session)
    fare_log_add_fact (log, session, FARE_FACT_PARENT, rank, order, parent);
}

static void
take_system (FareLog              *log,
             Reading              *reading,
             const FareQwenRecord *record,
             guint32               session,
             gint64                offset)
{
  FareQwenPayload payload = { .title = { "", 0 } };
  guint32 title;

  fare_qwen_read_payload (&record->payload, &payload);
  if (fare_span_equal (&record->subtype, "ui_telemetry"))
    {
      g_autofree char *name = fare_span_dup (&payload.name, 0);

      if (g_str_has_suffix (name, ".api_response"))
        take_telemetry (log, reading, record, &payload, session, offset);
    }
  else if (fare_span_equal (&record->subtype, "custom_title"))
    {
      title = fare_log_intern_title (log, &payload.title);
      if (title != 0)
        fare_log_add_fact (log, session, FARE_FACT_TITLE, TITLE_CUSTOM, -offset, title);
    }
  else if (fare_span_equal (&record->subtype, "parent_session"))
    note_parent (log, session, PARENT_DECLARED, offset, &payload.parent);
}

static void
note_prompt (FareLog              *log,
             Reading              *reading,
             const FareQwenRecord *record,
             guint32               session,
             gint64                offset)
{
  FareSpan parts;
  guint32 title;

  if (reading->has_prompt)
    return;
  parts = fare_qwen_find_member (&record->message, "parts");
  title = parts.length > 0 ? fare_parts_title (log, &parts, no_titles) : 0;
  if (title == 0)
    return;
  fare_log_add_fact (log, session, FARE_FACT_TITLE, TITLE_PROMPT, offset, title);
  reading->has_prompt = TRUE;
}

static void
note_origin (FareLog              *log,
             const FareQwenRecord *record,
             guint32               session,
             gint64                offset)
{
  FareSpan raw = fare_qwen_find_member (&record->origin, "sessionId"), id;
  FarePull pull;

  fare_pull_init (&pull, raw.text, raw.length);
  if (raw.length == 0 || !fare_pull_string (&pull, &id) || id.length == 0)
    return;
  log->is_fork = TRUE;
  note_parent (log, session, PARENT_FORK, offset, &id);
}

static void
read_line (FareLog    *log,
           Reading    *reading,
           const char *line,
           gsize       length,
           gint64      offset)
{
  FarePull pull;
  FareQwenRecord record = { .session = { "", 0 } };
  guint32 session;

  fare_pull_init (&pull, line, length);
  if (fare_pull_enter (&pull, '{'))
    fare_qwen_read_record (&pull, &record);
  if (!fare_pull_at_end (&pull) || *line != '{')
    {
      fare_log_malformed (log, offset);
      return;
    }
  session = record.session.length > 0
              ? fare_log_intern_span (log, &record.session, &reading->session_memo)
              : reading->stem;
  if (session != reading->last_session)
    {
      reading->last_session = session;
      reading->has_project = reading->has_prompt = FALSE;
      fare_log_add_fact (log, session, FARE_FACT_PRESENT, 0, 0, 0);
    }
  if (!reading->has_project && record.cwd.length > 0)
    {
      fare_log_add_fact (log, session, FARE_FACT_PROJECT, FARE_QWEN_PROJECT_TRANSCRIPT, offset,
                         fare_log_intern_span (log, &record.cwd, NULL));
      reading->has_project = TRUE;
    }
  note_origin (log, &record, session, offset);
  if (fare_span_equal (&record.type, "assistant"))
    take_answer (log, reading, &record, session, offset);
  else if (fare_span_equal (&record.type, "user"))
    note_prompt (log, reading, &record, session, offset);
  else if (fare_span_equal (&record.type, "system"))
    take_system (log, reading, &record, session, offset);
}

/* Answers that stand before their session's first telemetry. */
static void
drop_answers (FareLog *log,
              Reading *reading)
{
  for (guint i = 0; i < log->rows->len;)
    {
      const FareRow *row = &g_array_index (log->rows, FareRow, i);
      gpointer session = GUINT_TO_POINTER (row->own_session);
      gboolean is_answer = row->sub == 0 && !(row->flags & TELEMETRY);

      if (is_answer && g_hash_table_contains (reading->telemetry, session))
        {
          log->repeated += row->lines;
          g_array_remove_index (log->rows, i);
          continue;
        }
      if (is_answer)
        g_hash_table_add (reading->answers, session);
      i++;
    }
}

static GVariant *
list_sessions (FareLog    *log,
               GHashTable *sessions)
{
  GVariantBuilder builder;
  GHashTableIter iter;
  gpointer session;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_STRING_ARRAY);
  g_hash_table_iter_init (&iter, sessions);
  while (g_hash_table_iter_next (&iter, &session, NULL))
    g_variant_builder_add (&builder, "s", fare_log_text (log, GPOINTER_TO_UINT (session)));

  return g_variant_builder_end (&builder);
}

static void
take_sessions (FareLog      *log,
               GHashTable   *sessions,
               GVariantIter *iter)
{
  const char *session;

  while (g_variant_iter_next (iter, "&s", &session))
    g_hash_table_add (sessions, GUINT_TO_POINTER (fare_log_intern (log, session)));
}

static void
restore (FareLog *log,
         Reading *reading)
{
  g_autoptr(GVariant) note = fare_log_open_note (log, "(sbbasasas)");
  g_autoptr(GVariantIter) telemetry = NULL;
  g_autoptr(GVariantIter) answers = NULL;
  g_autoptr(GVariantIter) marked = NULL;
  const char *session;

  if (note == NULL)
    return;
  g_variant_get (note, "(&sbbasasas)", &session, &reading->has_project, &reading->has_prompt,
                 &telemetry, &answers, &marked);
  reading->last_session = fare_log_intern (log, session);
  take_sessions (log, reading->telemetry, telemetry);
  take_sessions (log, reading->answers, answers);
  take_sessions (log, reading->marked, marked);
}

static void
save (FareLog       *log,
      const Reading *reading)
{
  fare_log_leave_note (log, g_variant_new ("(sbb@as@as@as)",
                                           fare_log_text (log, reading->last_session),
                                           reading->has_project, reading->has_prompt,
                                           list_sessions (log, reading->telemetry),
                                           list_sessions (log, reading->answers),
                                           list_sessions (log, reading->marked)));
}

static gboolean
read_log (FareLog *log,
          GError **error)
{
  g_autoptr(GHashTable) telemetry = g_hash_table_new (NULL, NULL);
  g_autoptr(GHashTable) answers = g_hash_table_new (NULL, NULL);
  g_autoptr(GHashTable) marked = g_hash_table_new (NULL, NULL);
  Reading reading = { .telemetry = telemetry, .answers = answers, .marked = marked };
  g_autofree char *folder = g_path_get_dirname (log->path);
  g_autofree char *name = g_path_get_basename (log->path);
  const char *line;
  gsize length;
  gint64 offset;

  /* Helpers' transcripts lie elsewhere; their calls are in the parent's telemetry. */
  if (!g_str_has_suffix (folder, "/chats"))
    return TRUE;
  name[strlen (name) - strlen (".jsonl")] = '\0';
  reading.stem = fare_parts_intern_name (log, name);
  restore (log, &reading);
  while (!log->restart && fare_log_next_line (log, &line, &length, &offset))
    read_line (log, &reading, line, length, offset);
  drop_answers (log, &reading);
  save (log, &reading);

  return TRUE;
}

const FareFormat fare_format_qwen = {
  .id = "qwen",
  .claims = claims,
  .list_roots = list_roots,
  .max_depth = MAX_DEPTH,
  .read = read_log,
  .fold = fare_qwen_fold,
  .read_prompt = fare_qwen_read_prompt,
};
