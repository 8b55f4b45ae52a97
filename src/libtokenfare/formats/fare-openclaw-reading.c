/* fare-openclaw-reading.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-openclaw-reading.h"

#include <string.h>

static void
take_header (FareOpenclawReading *self,
             FareLog             *log,
             const FarePiRecord  *record,
             gint64               offset)
{
  if (self->named_by_header && record->id.length > 0)
    self->session = fare_log_intern_span (log, &record->id, NULL);
  if (record->cwd.length > 0)
    fare_log_add_fact (log, self->session, FARE_FACT_PROJECT, 0, offset,
                       fare_log_intern_span (log, &record->cwd, NULL));
}

static void
take_call (const FareOpenclawReading *self,
           FareLog                   *log,
           FarePiRecord              *record,
           gint64                     offset)
{
  gint64 time_ms = record->inner_ms != 0 ? record->inner_ms : record->outer_ms;

  record->row.sub = 1;
  fare_pi_record_add_call (record, log, self->session, &self->model, time_ms, offset);
}

void
fare_openclaw_reading_take_line (FareOpenclawReading *self,
                                 FareLog             *log,
                                 const char          *line,
                                 gsize                length,
                                 gint64               offset)
{
  FarePiRecord record;

  if (!fare_pi_record_read (&record, line, length))
    {
      fare_log_malformed (log, offset);
      return;
    }
  if (record.type == FARE_PI_SESSION)
    take_header (self, log, &record, offset);
  else if (record.type == FARE_PI_MODEL && record.model.length > 0)
    self->model = fare_pi_record_get_model (&record, log);
  else if (record.has_usage)
    take_call (self, log, &record, offset);
  else if (record.is_prompt && !self->has_prompt)
    self->has_prompt = fare_pi_record_add_prompt (&record, log, self->session,
                                                  FARE_OPENCLAW_TITLE_PROMPT, offset);
}

void
fare_openclaw_reading_take_text (FareOpenclawReading *self,
                                 FareLog             *log,
                                 const char          *text,
                                 gsize                length,
                                 gint64               offset)
{
  const char *end = text + length;

  while (text < end)
    {
      const char *line_end = memchr (text, '\n', (gsize) (end - text));

      line_end = line_end != NULL ? line_end : end;
      while (text < line_end && g_ascii_isspace (*text))
        text++;
      if (text < line_end)
        fare_openclaw_reading_take_line (self, log, text, (gsize) (line_end - text), offset);
      text = line_end + 1;
    }
}
