/* fare-query.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "accounting/fare-query.h"

#include <string.h>

static gboolean
matches_any (GStrv       values,
             const char *text)
{
  return values == NULL || g_strv_contains ((const char *const *) values, text);
}

/* A value with a slash in it is a path; one without may also be a last component. */
static gboolean
is_project (const char *value,
            const char *path)
{
  gsize value_length = strlen (value);
  gsize path_length = strlen (path);

  while (value_length > 1 && value[value_length - 1] == '/')
    value_length--;
  while (path_length > 1 && path[path_length - 1] == '/')
    path_length--;

  if (value_length == path_length && memcmp (value, path, path_length) == 0)
    return TRUE;

  return value_length > 0 && value_length < path_length &&
         memchr (value, '/', value_length) == NULL &&
         path[path_length - value_length - 1] == '/' &&
         memcmp (value, path + path_length - value_length, value_length) == 0;
}

gboolean
fare_query_wants_client (const FareQuery *self,
                         const char      *client)
{
  return matches_any (self->clients, client);
}

gboolean
fare_query_wants_project (const FareQuery *self,
                          const char      *path)
{
  if (self->projects == NULL)
    return TRUE;

  for (guint i = 0; self->projects[i] != NULL; i++)
    if (is_project (self->projects[i], path))
      return TRUE;

  return FALSE;
}

gboolean
fare_query_wants_session (const FareQuery       *self,
                          const FareSessionInfo *session)
{
  return fare_query_wants_client (self, session->client) &&
         matches_any (self->sessions, session->uid) &&
         fare_query_wants_project (self, session->project);
}

static gboolean
is_called (GStrv       names,
           const char *text)
{
  g_autofree char *name = g_utf8_casefold (text, -1);

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *wanted = g_utf8_casefold (names[i], -1);

      if (g_str_equal (wanted, name))
        return TRUE;
    }

  return FALSE;
}

gboolean
fare_query_wants_model (const FareQuery     *self,
                        const FareModelInfo *model)
{
  return self->models == NULL || is_called (self->models, model->name);
}

gboolean
fare_query_wants_machine (const FareQuery   *self,
                          const FareMachine *machine)
{
  return self->machines == NULL || is_called (self->machines, machine->name)
         || (*machine->uid != '\0' && is_called (self->machines, machine->uid));
}

gboolean
fare_query_wants_event (const FareQuery    *self,
                        const FareEventRow *event)
{
  return fare_query_wants_session (self, event->session)
         && fare_query_wants_model (self, event->model)
         && fare_query_wants_machine (self, event->machine);
}
