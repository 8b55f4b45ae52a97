/* fare-roo-history.c
 *
 * Each request sends one user message, which is why the two are matched by order.  Their
 * times alone would mislead: the request is noted before the message is put together.
 * Only where messages are missing, because the conversation was condensed or cut, is a
 * request matched with what was sent before the next one began.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-roo-history.h"

#include <string.h>
#include <sys/stat.h>

#include "formats/fare-content.h"
#include "formats/fare-parts.h"

#define MODEL_START "<model>"
#define MODEL_END "</model>"
#define FOLDER_START "Current Workspace Directory ("

/* No model has a longer name; this is something else between such marks. */
#define MAX_MODEL 200

/* A user message. */
typedef struct
{
  gint64      time_ms;
  const char *model; /* (nullable): the last one named up to here */
} Prompt;

struct _FareRooHistory
{
  GArray    *prompts;
  GPtrArray *names;     /* owns the models */
  char      *project;   /* (nullable) */
  gboolean   has_times; /* all prompts have one */
};

void
fare_roo_history_free (FareRooHistory *self)
{
  g_clear_pointer (&self->prompts, g_array_unref);
  g_clear_pointer (&self->names, g_ptr_array_unref);
  g_free (self->project);
  g_free (self);
}

static const char *
last_name (FareRooHistory *self)
{
  return self->names->len > 0 ? g_ptr_array_index (self->names, self->names->len - 1) : NULL;
}

static void
take_model (FareRooHistory *self,
            const char     *start,
            const char     *end)
{
  g_autofree char *name = g_strstrip (g_strndup (start, (gsize) (end - start)));

  if (*name == '\0' || strlen (name) > MAX_MODEL || strpbrk (name, "<\n") != NULL
      || g_strcmp0 (name, last_name (self)) == 0)
    return;
  g_ptr_array_add (self->names, g_steal_pointer (&name));
}

static void
find_models (FareRooHistory *self,
             const char     *text)
{
  const char *start, *end;

  while ((start = strstr (text, MODEL_START)) != NULL
         && (end = strstr (start, MODEL_END)) != NULL)
    {
      start = g_strrstr_len (start, end - start, MODEL_START) + strlen (MODEL_START);
      take_model (self, start, end);
      text = end + strlen (MODEL_END);
    }
}

/* The path stands in brackets and may hold some itself. */
static void
find_project (FareRooHistory *self,
              const char     *text)
{
  const char *start = strstr (text, FOLDER_START), *end;

  if (start == NULL)
    return;
  start += strlen (FOLDER_START);
  end = g_strrstr_len (start, (gssize) strcspn (start, "\r\n"), ")");
  if (end != NULL && end > start)
    self->project = g_strndup (start, (gsize) (end - start));
}

/* Goes on to the next text in any case. */
static gboolean
take_text (const FareSpan *span,
           gpointer        user_data)
{
  FareRooHistory *self = user_data;
  g_autofree char *text = fare_span_dup (span, 0);

  find_models (self, text);
  if (self->project == NULL)
    find_project (self, text);

  return FALSE;
}

static void
read_message (FareRooHistory *self,
              FarePull       *pull)
{
  FareSpan key, role = { "", 0 }, content = { "", 0 }, text;
  Prompt prompt = { 0 };

  if (!fare_pull_enter (pull, '{'))
    return;
  while (fare_pull_next_member (pull, &key))
    {
      if (fare_span_equal (&key, "role"))
        fare_pull_string (pull, &role);
      else if (fare_span_equal (&key, "ts"))
        fare_parts_instant (pull, 1, &prompt.time_ms);
      else if (fare_span_equal (&key, "content"))
        content = fare_pull_raw (pull);
      else
        fare_pull_skip (pull);
    }
  if (pull->failed || !fare_span_equal (&role, "user"))
    return;
  fare_content_find_text (&content, take_text, self, &text);
  prompt.model = last_name (self);
  self->has_times &= prompt.time_ms != 0;
  g_array_append_val (self->prompts, prompt);
}

FareRooHistory *
fare_roo_history_load (const char *path)
{
  FareRooHistory *self = g_new0 (FareRooHistory, 1);
  g_autofree char *text = NULL;
  struct stat info;
  gsize length;
  FarePull pull;

  self->prompts = g_array_new (FALSE, FALSE, sizeof (Prompt));
  self->names = g_ptr_array_new_with_free_func (g_free);
  self->has_times = TRUE;
  /* Pictures make it much larger than other side files. */
  if (stat (path, &info) != 0 || !S_ISREG (info.st_mode) || info.st_size > FARE_LINE_LIMIT
      || !g_file_get_contents (path, &text, &length, NULL))
    return self;
  fare_pull_init (&pull, text, length);
  if (fare_pull_enter (&pull, '['))
    while (fare_pull_next_item (&pull))
      read_message (self, &pull);

  return self;
}

/* When the first request after @index began. */
static gint64
find_next_time (const gint64 *times,
                guint         n_times,
                guint         index)
{
  return index + 1 < n_times && times[index + 1] != 0 ? times[index + 1] : G_MAXINT64;
}

const char **
fare_roo_history_list_models (FareRooHistory *self,
                              const gint64   *times,
                              guint           n_times)
{
  const char **models = g_new0 (const char *, MAX (n_times, 1));
  gboolean by_time = self->has_times && self->prompts->len != n_times;
  guint n_sent = 0;

  for (guint i = 0; i < n_times; i++)
    {
      gint64 end = find_next_time (times, n_times, i);

      if (!by_time)
        n_sent = MIN (i + 1, self->prompts->len);
      else if (end != G_MAXINT64 || i + 1 == n_times)
        while (n_sent < self->prompts->len
               && g_array_index (self->prompts, Prompt, n_sent).time_ms < end)
          n_sent++;
      if (n_sent > 0)
        models[i] = g_array_index (self->prompts, Prompt, n_sent - 1).model;
    }

  return models;
}

const char *
fare_roo_history_get_project (FareRooHistory *self)
{
  return self->project;
}
