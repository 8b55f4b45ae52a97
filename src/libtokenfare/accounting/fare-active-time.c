/* fare-active-time.c
 *
 * Events come in the order of time, so intervals come in the order of their ends, and
 * the time that a union covers grows by looking at its last stretches alone.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "accounting/fare-active-time.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "accounting/fare-query.h"

#define SECOND_MS 1000
#define MINUTE_MS (60 * SECOND_MS)
#define HOUR_MS (60 * MINUTE_MS)

/* Events between two looks at the cancellable. */
#define PATIENCE 1024

typedef struct
{
  gint64 start_ms;
  gint64 end_ms;
} Stretch;

/* Time of one session, one client or all. */
typedef struct
{
  FareActiveTime  time;
  GArray         *stretches; /* of Stretch: disjoint, ascending; those that can still be joined */
  gint64          first_ms;  /* first event in the span */
  gboolean        is_used;
} Scope;

/* The main agent of a session, or one log of its helpers. */
typedef struct
{
  guint32     session;
  const char *path;    /* (nullable): the reader's; NULL for the main agent */
} StreamKey;

typedef struct
{
  StreamKey key;
  gint64    last_ms;
} Stream;

struct _FareActiveTimes
{
  Scope      *total;
  GHashTable *clients;  /* client → Scope */
  GHashTable *sessions; /* session id → Scope */
};

typedef struct
{
  FareActiveTimes *answer;
  FareIndexReader *reader;
  const FareQuery *query;
  gint64           cap_ms;
  gint64           from_ms;   /* of the span */
  gint64           load_ms;   /* events are looked at from here on */
  GHashTable      *streams;   /* Stream by its key */
  GHashTable      *wanted;    /* session id → whether it fits the query, plus one */
  GHashTable      *paths;     /* path → itself, so that equal ones are one pointer */
  GCancellable    *cancellable;
  guint            n_events;
  GError          *error;     /* (nullable): of a question in between */
} Pass;

static Scope *
scope_new (void)
{
  Scope *self = g_new0 (Scope, 1);

  self->stretches = g_array_new (FALSE, FALSE, sizeof (Stretch));
  return self;
}

static void
scope_free (Scope *self)
{
  g_array_unref (self->stretches);
  g_free (self);
}

static guint
hash_stream (gconstpointer key)
{
  const StreamKey *self = key;

  return self->session * 2654435761u ^ g_direct_hash (self->path);
}

static gboolean
equal_streams (gconstpointer a,
               gconstpointer b)
{
  const StreamKey *left = a;
  const StreamKey *right = b;

  return left->session == right->session && left->path == right->path;
}

/* @stretch does not end before any added earlier. */
static void
scope_add (Scope   *self,
           Stretch  stretch)
{
  GArray *stretches = self->stretches;

  self->time.sum_ms += stretch.end_ms - stretch.start_ms;
  self->time.active_ms += stretch.end_ms - stretch.start_ms;
  while (stretches->len > 0)
    {
      Stretch last = g_array_index (stretches, Stretch, stretches->len - 1);

      if (last.end_ms < stretch.start_ms)
        break;
      self->time.active_ms -= last.end_ms - MAX (last.start_ms, stretch.start_ms);
      stretch.start_ms = MIN (stretch.start_ms, last.start_ms);
      g_array_set_size (stretches, stretches->len - 1);
    }
  g_array_append_val (stretches, stretch);
}

static void
scope_note_event (Scope  *self,
                  gint64  time_ms)
{
  if (!self->is_used)
    self->first_ms = time_ms;
  self->is_used = TRUE;
  self->time.span_ms = time_ms - self->first_ms;
}

static Scope *
find_scope (GHashTable *scopes,
            gpointer    key)
{
  Scope *scope = g_hash_table_lookup (scopes, key);

  if (scope == NULL)
    {
      scope = scope_new ();
      g_hash_table_insert (scopes, key, scope);
    }

  return scope;
}

static gboolean
wants_session (Pass                  *pass,
               const FareSessionInfo *session)
{
  gpointer key = GUINT_TO_POINTER (session->id);
  gpointer known = g_hash_table_lookup (pass->wanted, key);

  if (known == NULL)
    {
      known = GINT_TO_POINTER (1 + fare_query_wants_session (pass->query, session));
      g_hash_table_insert (pass->wanted, key, known);
    }

  return GPOINTER_TO_INT (known) > 1;
}

static StreamKey
make_key (Pass               *pass,
          const FareEventRow *event)
{
  StreamKey key = { .session = event->session->id };

  if (!event->is_subagent)
    return key;

  key.path = g_hash_table_lookup (pass->paths, event->path);
  if (key.path == NULL)
    {
      char *path = g_strdup (event->path);

      g_hash_table_add (pass->paths, path);
      key.path = path;
    }

  return key;
}

typedef struct
{
  const char *path;  /* (nullable) */
  gint64      last_ms;
  gboolean    is_found;
} EarlierSearch;

static gboolean
compare_earlier (const FareEventRow *event,
                 gpointer            user_data)
{
  EarlierSearch *self = user_data;

  if (self->path == NULL ? !event->is_subagent
                         : event->is_subagent && g_str_equal (event->path, self->path))
    self->is_found = TRUE;

  return !self->is_found;
}

/* Whether the stream has events before those that are looked at.  Then its next one ends a pause of
 * more than the cap. */
static gboolean
began_earlier (Pass                  *pass,
               const FareSessionInfo *session,
               const StreamKey       *key)
{
  EarlierSearch search = { .path = key->path };

  if (session->first_ms >= pass->load_ms || pass->error != NULL)
    return FALSE;

  fare_index_reader_foreach_event (pass->reader, G_MININT64, pass->load_ms, session,
                                   compare_earlier, &search, &pass->error);

  return search.is_found;
}

/* Returns: where the interval that ends with the event begins; the event's time when it has none. */
static gint64
move_stream (Pass               *pass,
             const FareEventRow *event)
{
  StreamKey key = make_key (pass, event);
  Stream *stream = g_hash_table_lookup (pass->streams, &key);
  gint64 start_ms = event->time_ms;

  if (stream == NULL)
    {
      stream = g_new0 (Stream, 1);
      stream->key = key;
      g_hash_table_insert (pass->streams, &stream->key, stream);
      if (began_earlier (pass, event->session, &key))
        start_ms = event->time_ms - pass->cap_ms;
    }
  else
    {
      start_ms = MAX (stream->last_ms, event->time_ms - pass->cap_ms);
    }

  stream->last_ms = event->time_ms;
  return start_ms;
}

static gboolean
take_event (const FareEventRow *event,
            gpointer            user_data)
{
  Pass *pass = user_data;
  const FareSessionInfo *session = event->session;
  Stretch stretch;
  gboolean is_inside = event->time_ms >= pass->from_ms && event->time_ms < pass->query->to_ms;

  if (pass->n_events++ % PATIENCE == 0 && g_cancellable_is_cancelled (pass->cancellable))
    return FALSE;
  if (!wants_session (pass, session))
    return TRUE;

  stretch.start_ms = move_stream (pass, event);
  stretch.start_ms = MAX (stretch.start_ms, pass->from_ms);
  stretch.end_ms = MIN (event->time_ms, pass->query->to_ms);
  if (fare_query_wants_model (pass->query, event->model) &&
      fare_query_wants_machine (pass->query, event->machine) &&
      (is_inside || stretch.start_ms < stretch.end_ms))
    {
      Scope *scopes[] = {
        pass->answer->total,
        find_scope (pass->answer->clients, (gpointer) g_intern_string (session->client)),
        find_scope (pass->answer->sessions, GUINT_TO_POINTER (session->id)),
      };

      for (guint i = 0; i < G_N_ELEMENTS (scopes); i++)
        {
          if (is_inside)
            scope_note_event (scopes[i], event->time_ms);
          if (stretch.start_ms < stretch.end_ms)
            scope_add (scopes[i], stretch);
        }
    }

  return pass->error == NULL;
}

static gboolean
go_through (Pass    *pass,
            GError **error)
{
  gint64 to_ms = pass->query->to_ms;
  gint64 end_ms = to_ms < G_MAXINT64 - pass->cap_ms ? to_ms + pass->cap_ms : G_MAXINT64;

  if (!fare_index_reader_foreach_event (pass->reader, pass->load_ms, end_ms, NULL, take_event, pass,
                                        error))
    return FALSE;
  if (pass->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&pass->error));
      return FALSE;
    }

  return !g_cancellable_set_error_if_cancelled (pass->cancellable, error);
}

FareActiveTimes *
fare_active_times_new (FareIndexReader  *reader,
                       const FareQuery  *query,
                       gint64            cap_ms,
                       GCancellable     *cancellable,
                       GError          **error)
{
  g_autoptr(FareActiveTimes) self = g_new0 (FareActiveTimes, 1);
  g_autoptr(GHashTable) streams = g_hash_table_new_full (hash_stream, equal_streams, NULL, g_free);
  g_autoptr(GHashTable) wanted = g_hash_table_new (NULL, NULL);
  g_autoptr(GHashTable) paths = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Pass pass = {
    .answer = self, .reader = reader, .query = query, .cap_ms = MAX (cap_ms, 1),
    .from_ms = query->from_ms, .streams = streams, .wanted = wanted, .paths = paths,
    .cancellable = cancellable,
  };

  pass.load_ms = query->from_ms > G_MININT64 + pass.cap_ms ? query->from_ms - pass.cap_ms
                                                           : G_MININT64;
  self->total = scope_new ();
  self->clients = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                         (GDestroyNotify) scope_free);
  self->sessions = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) scope_free);

  return go_through (&pass, error) ? g_steal_pointer (&self) : NULL;
}

void
fare_active_times_free (FareActiveTimes *self)
{
  scope_free (self->total);
  g_hash_table_unref (self->clients);
  g_hash_table_unref (self->sessions);
  g_free (self);
}

const FareActiveTime *
fare_active_times_get_total (const FareActiveTimes *self)
{
  return &self->total->time;
}

const FareActiveTime *
fare_active_times_find_client (const FareActiveTimes *self,
                               const char            *client)
{
  const Scope *scope = g_hash_table_lookup (self->clients, client);

  return scope != NULL ? &scope->time : NULL;
}

const FareActiveTime *
fare_active_times_find_session (const FareActiveTimes *self,
                                const FareSessionInfo *session)
{
  const Scope *scope = g_hash_table_lookup (self->sessions, GUINT_TO_POINTER (session->id));

  return scope != NULL ? &scope->time : NULL;
}

char *
fare_active_time_to_text (gint64 duration_ms)
{
  int hours = (int) MIN (duration_ms / HOUR_MS, G_MAXINT);
  int minutes = (int) (duration_ms % HOUR_MS / MINUTE_MS);
  int seconds = (int) (duration_ms % MINUTE_MS / SECOND_MS);

  if (duration_ms <= 0)
    return g_strdup ("–");
  if (hours > 0)
    /* Translators: hours and minutes: "14h 41m" */
    return g_strdup_printf (C_("duration", "%dh %dm"), hours, minutes);
  if (minutes > 0)
    /* Translators: minutes: "41m" */
    return g_strdup_printf (C_("duration", "%dm"), minutes);

  /* Translators: seconds: "42s" */
  return g_strdup_printf (C_("duration", "%ds"), MAX (seconds, 1));
}
