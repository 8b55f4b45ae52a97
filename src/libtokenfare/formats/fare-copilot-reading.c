/* fare-copilot-reading.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-copilot-reading.h"

#include <string.h>

#include "formats/fare-parts.h"

#define NOTE_TYPE "(ssubbbxa(sx))"

typedef struct
{
  guint32 model;
  gint64  time_ms;
} Heard;

/* The id that a log's place gives it: session-state/<id>/events.jsonl or <id>.jsonl. */
static guint32
find_session (FareLog *log)
{
  g_autofree char *name = g_path_get_basename (log->path);
  g_autofree char *folder = g_path_get_dirname (log->path);

  if (g_str_equal (name, "events.jsonl"))
    {
      g_free (name);
      name = g_path_get_basename (folder);
    }
  else
    name[strlen (name) - strlen (".jsonl")] = '\0';

  return fare_parts_intern_name (log, name);
}

void
fare_copilot_reading_begin (FareCopilotReading *self,
                            FareLog            *log,
                            guint32             session,
                            gint64              offset)
{
  self->session = session;
  fare_copilot_add_session (log, session, offset);
}

void
fare_copilot_reading_hear (FareCopilotReading *self,
                           guint32             model,
                           gint64              time_ms)
{
  Heard fresh = { model, time_ms };

  for (guint i = 0; i < self->heard->len; i++)
    {
      Heard *heard = &g_array_index (self->heard, Heard, i);

      if (heard->model == model)
        {
          heard->time_ms = MAX (heard->time_ms, time_ms);
          return;
        }
    }
  g_array_append_val (self->heard, fresh);
}

gint64
fare_copilot_reading_heard (const FareCopilotReading *self,
                            guint32                   model)
{
  for (guint i = 0; i < self->heard->len; i++)
    if (g_array_index (self->heard, Heard, i).model == model)
      return g_array_index (self->heard, Heard, i).time_ms;

  return 0;
}

static void
restore (FareCopilotReading *self,
         FareLog            *log)
{
  g_autoptr(GVariant) note = fare_log_open_note (log, NOTE_TYPE);
  g_autoptr(GVariantIter) heard = NULL;
  const char *session, *model;
  gint64 time_ms;

  g_variant_get (note, "(&s&subbbxa(sx))", &session, &model, &self->segment, &self->has_begin,
                 &self->has_first, &self->has_prompt, &self->last_ms, &heard);
  self->session = fare_log_intern (log, session);
  self->model = fare_log_intern (log, model);
  while (g_variant_iter_next (heard, "(&sx)", &model, &time_ms))
    fare_copilot_reading_hear (self, fare_log_intern (log, model), time_ms);
}

void
fare_copilot_reading_init (FareCopilotReading *self,
                           FareLog            *log)
{
  *self = (FareCopilotReading) { .heard = g_array_new (FALSE, FALSE, sizeof (Heard)) };
  if (log->note != NULL)
    restore (self, log);
  else
    fare_copilot_reading_begin (self, log, find_session (log), 0);
}

void
fare_copilot_reading_clear (FareCopilotReading *self)
{
  g_clear_pointer (&self->heard, g_array_unref);
}

void
fare_copilot_reading_save (const FareCopilotReading *self,
                           FareLog                  *log)
{
  g_auto(GVariantBuilder) heard = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(sx)"));

  for (guint i = 0; i < self->heard->len; i++)
    {
      const Heard *one = &g_array_index (self->heard, Heard, i);

      g_variant_builder_add (&heard, "(sx)", fare_log_text (log, one->model), one->time_ms);
    }
  fare_log_leave_note (log, g_variant_new (NOTE_TYPE, fare_log_text (log, self->session),
                                           fare_log_text (log, self->model),
                                           self->segment, self->has_begin,
                                           self->has_first, self->has_prompt,
                                           self->last_ms, &heard));
}
