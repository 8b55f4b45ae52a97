/* fare-droid-transcript.c
 *
 * A transcript has no counts, but it names the session, and sometimes only it says
 * which model was used: in a reminder that Droid puts before the first prompt.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-format-droid.h"

#include <string.h>

#include "base/fare-instant.h"
#include "formats/fare-content.h"

#define REMINDER "<system-reminder>"
#define REMINDER_END "</system-reminder>"

/* What is looked for stands at the beginning of a transcript, which may grow to any size. */
#define MAX_LINES 200

/* A reminder names the model in its first lines; a prompt may be megabytes. */
#define TEXT_BYTES 65536

typedef struct
{
  FareLog             *log;
  FareDroidTranscript *transcript;
  gboolean             has_reminder;
} Reading;

void
fare_droid_transcript_clear (FareDroidTranscript *transcript)
{
  g_clear_pointer (&transcript->model, g_free);
}

/* "Model: GPT-5.1 Codex [OpenAI]" → "gpt-5.1-codex" */
static char *
read_model (const char *reminder,
            gsize       length)
{
  g_autofree char *text = g_strndup (reminder, length);
  g_autofree char *name = NULL;
  char *model = strstr (text, "Model: ");

  if (model == NULL)
    return NULL;
  model += strlen ("Model: ");
  model[strcspn (model, "[\r\n")] = '\0';
  name = g_ascii_strdown (g_strstrip (model), -1);
  for (char *p = name; *p != '\0'; p++)
    if (g_ascii_isspace (*p))
      *p = '-';

  return *name != '\0' ? g_steal_pointer (&name) : NULL;
}

/* Takes the reminders out of @text and looks into the first one. */
static void
cut_reminders (Reading *reading,
               char    *text)
{
  char *begin;

  while ((begin = strstr (text, REMINDER)) != NULL)
    {
      char *end = strstr (begin, REMINDER_END);
      gsize length = end != NULL ? (gsize) (end - begin) : strlen (begin);

      if (!reading->has_reminder)
        reading->transcript->model = read_model (begin, length);
      reading->has_reminder = TRUE;
      if (end == NULL)
        *begin = '\0';
      else
        memmove (begin, end + strlen (REMINDER_END), strlen (end + strlen (REMINDER_END)) + 1);
    }
}

static gboolean
take_text (const FareSpan *span,
           gpointer        user_data)
{
  Reading *reading = user_data;
  g_autofree char *text = fare_span_dup (span, TEXT_BYTES);
  g_autoptr(GString) escaped = NULL;
  FareSpan rest;

  cut_reminders (reading, text);
  escaped = g_string_new (text);
  g_string_replace (escaped, "\\", "\\\\", 0);
  rest = (FareSpan) { escaped->str, escaped->len };
  if (reading->transcript->prompt == 0)
    reading->transcript->prompt = fare_log_intern_title (reading->log, &rest);

  /* All parts are looked through while the reminder may still come. */
  return reading->transcript->prompt != 0 && reading->has_reminder;
}

static void
read_message (Reading  *reading,
              FarePull *pull)
{
  FareSpan key, text, role = { "", 0 }, content = { "", 0 };

  if (!fare_pull_enter (pull, '{'))
    return;
  while (fare_pull_next_member (pull, &key))
    {
      if (fare_span_equal (&key, "role"))
        fare_pull_string (pull, &role);
      else if (fare_span_equal (&key, "content"))
        content = fare_pull_raw (pull);
      else
        fare_pull_skip (pull);
    }
  if (!pull->failed && fare_span_equal (&role, "user"))
    fare_content_find_text (&content, take_text, reading, &text);
}

static void
read_line (Reading    *reading,
           const char *line,
           gsize       length)
{
  FareDroidTranscript *transcript = reading->transcript;
  FareSpan key, type = { "", 0 }, title = { "", 0 }, cwd = { "", 0 }, timestamp = { "", 0 };
  FarePull pull;

  fare_pull_init (&pull, line, length);
  if (!fare_pull_enter (&pull, '{'))
    return;
  while (fare_pull_next_member (&pull, &key))
    {
      if (fare_span_equal (&key, "type"))
        fare_pull_string (&pull, &type);
      else if (fare_span_equal (&key, "title"))
        fare_pull_string (&pull, &title);
      else if (fare_span_equal (&key, "cwd"))
        fare_pull_string (&pull, &cwd);
      else if (fare_span_equal (&key, "timestamp"))
        fare_pull_string (&pull, &timestamp);
      else if (fare_span_equal (&key, "message"))
        read_message (reading, &pull);
      else
        fare_pull_skip (&pull);
    }
  if (transcript->time_ms == 0
      && !fare_instant_parse (timestamp.text, timestamp.length, &transcript->time_ms))
    transcript->time_ms = 0;
  if (!fare_span_equal (&type, "session_start"))
    return;
  if (transcript->title == 0 && !fare_span_equal (&title, "New Session"))
    transcript->title = fare_log_intern_title (reading->log, &title);
  if (transcript->project == 0)
    transcript->project = fare_log_intern_span (reading->log, &cwd, NULL);
}

static gboolean
is_complete (const Reading *reading)
{
  const FareDroidTranscript *transcript = reading->transcript;

  return transcript->prompt != 0 && transcript->project != 0 && transcript->time_ms != 0
         && reading->has_reminder;
}

void
fare_droid_read_transcript (FareLog             *log,
                            const char          *path,
                            FareDroidTranscript *transcript)
{
  g_autoptr(FareLineReader) reader = fare_line_reader_new ();
  Reading reading = { log, transcript, FALSE };
  const char *line;
  gsize length;
  gint64 offset;

  if (!fare_line_reader_open (reader, path, 0, G_MAXINT64, NULL))
    return;
  for (guint i = 0; i < MAX_LINES && !is_complete (&reading); i++)
    {
      FareLineResult result = fare_line_reader_next (reader, &line, &length, &offset);

      if (result == FARE_LINE_OK)
        read_line (&reading, line, length);
      else if (result != FARE_LINE_TOO_LONG)
        break;
    }
  fare_line_reader_close (reader);
}
