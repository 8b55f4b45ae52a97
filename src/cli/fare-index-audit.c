/* fare-index-audit.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-index-audit.h"

#include <string.h>

#include "accounting/fare-query.h"
#include "formats/fare-format.h"

/* Everything about a response on which both sides must agree. */
typedef struct
{
  gint64    time_ms;
  FareUsage usage;
  gint64    messages;
  guint64   digest;   /* of model, session and branch */
} Record;

typedef struct
{
  const FareFilter *filter;
  FarePriceBook    *prices;
  GHashTable       *gone;      /* paths of files that are gone from disk */
  GHashTable       *records;   /* name → Record: what the logs say and the index has not yet met */
  GHashTable       *kept;      /* content of each call that stands only in the index → how many */
  GHashTable       *sessions;  /* "client\tid" of every session that the logs still have */
  FareAudit        *audit;
} Auditor;

static void
add (FareAuditSums      *sums,
     const FareEventRow *event,
     FarePriceBook      *prices)
{
  FarePrice price = fare_event_price (event, prices);

  sums->tokens += fare_usage_total (&event->usage);
  sums->messages += event->messages;
  sums->cost += price.usd;
}

static char *
make_name (const FareEventRow *event)
{
  return g_strconcat (event->session->client, "\n", event->key, NULL);
}

static Record
make_record (const FareEventRow *event)
{
  return (Record) {
    .time_ms = event->time_ms,
    .usage = event->usage,
    .messages = event->messages,
    .digest = g_str_hash (event->model->name) ^ g_str_hash (event->session->uid) * 31 ^
              g_str_hash (event->branch) * 17,
  };
}

static gboolean
is_wanted (Auditor            *self,
           const FareEventRow *event)
{
  return fare_filter_matches (self->filter, event);
}

static void
difference_free (FareAuditDifference *self)
{
  g_free (self->client);
  g_free (self->key);
  g_free (self->path);
  g_free (self);
}

/* Keeps the earliest. */
static void
note_difference (Auditor            *self,
                 const FareEventRow *event,
                 gint64              in_index,
                 gint64              in_logs)
{
  FareAuditDifference *note = self->audit->difference;

  if (note != NULL && note->time_ms <= event->time_ms)
    return;

  g_clear_pointer (&self->audit->difference, difference_free);
  self->audit->difference = note = g_new0 (FareAuditDifference, 1);
  note->client = g_strdup (event->session->client);
  note->time_ms = event->time_ms;
  note->key = g_strdup (event->key);
  note->path = g_strdup (event->path);
  note->offset = event->offset;
  note->in_index = in_index;
  note->in_logs = in_logs;
}

static gboolean
take_file (const FareFileInfo *file,
           gpointer            user_data)
{
  Auditor *self = user_data;

  if (file->missing)
    g_hash_table_add (self->gone, g_strdup (file->path));

  return TRUE;
}

/* By which a copy is known whose original was deleted: it has another id, and perhaps another time. */
static char *
make_content (const FareEventRow *event)
{
  const FareUsage *usage = &event->usage;
  g_autofree char *counts = g_base64_encode ((const guchar *) usage, sizeof *usage);

  return g_strconcat (event->session->client, "\n", event->model->name, "\n", counts, NULL);
}

static char *
make_session_name (const FareEventRow *event)
{
  return g_strdup_printf ("%s\t%s", event->session->client, event->session->uid);
}

static gboolean
take_log_event (const FareEventRow *event,
                gpointer            user_data)
{
  Auditor *self = user_data;
  Record record = make_record (event);

  g_hash_table_add (self->sessions, make_session_name (event));
  if (!is_wanted (self, event))
    return TRUE;

  g_hash_table_insert (self->records, make_name (event), g_memdup2 (&record, sizeof record));
  add (&self->audit->logs, event, self->prices);
  return TRUE;
}

/* Whether an event stands only in the index for a good reason: its log was deleted, or its session, or
 * it alone, was deleted from a file that holds many. */
static gboolean
is_gone (Auditor            *self,
         const FareEventRow *event)
{
  const FareFormat *format = fare_format_find (event->session->client);
  g_autofree char *session = make_session_name (event);

  return g_hash_table_contains (self->gone, event->path)
         || (format != NULL && format->keeps_calls)
         || (format != NULL && format->keeps_sessions
             && !g_hash_table_contains (self->sessions, session));
}

static void
take_kept (Auditor            *self,
           const FareEventRow *event)
{
  char *content = make_content (event);
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->kept, content));

  g_hash_table_insert (self->kept, content, GUINT_TO_POINTER (n + 1));
  add (&self->audit->kept, event, self->prices);
}

/* The logs have a copy, by another name, of what the index keeps. */
static gboolean
is_copy_of_kept (Auditor            *self,
                 const FareEventRow *event)
{
  g_autofree char *content = make_content (event);
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->kept, content));
  FareAuditSums sums = { 0 };

  if (n == 0)
    return FALSE;

  g_hash_table_insert (self->kept, g_steal_pointer (&content), GUINT_TO_POINTER (n - 1));
  add (&sums, event, self->prices);
  self->audit->kept.tokens -= sums.tokens;
  self->audit->kept.messages -= sums.messages;
  self->audit->kept.cost -= sums.cost;
  add (&self->audit->index, event, self->prices);

  return TRUE;
}

static gboolean
compare_index_event (const FareEventRow *event,
                     gpointer            user_data)
{
  Auditor *self = user_data;
  g_autofree char *name = make_name (event);
  Record record = make_record (event);
  const Record *live;

  if (!is_wanted (self, event))
    return TRUE;

  live = g_hash_table_lookup (self->records, name);
  if (live == NULL && is_gone (self, event))
    {
      take_kept (self, event);
      return TRUE;
    }

  add (&self->audit->index, event, self->prices);
  if (live == NULL)
    note_difference (self, event, fare_usage_total (&event->usage), -1);
  else if (memcmp (live, &record, sizeof record) != 0)
    note_difference (self, event, fare_usage_total (&event->usage),
                     fare_usage_total (&live->usage));

  g_hash_table_remove (self->records, name);
  return TRUE;
}

/* What the index has not met is missing in it. */
static gboolean
find_missing (const FareEventRow *event,
              gpointer            user_data)
{
  Auditor *self = user_data;
  g_autofree char *name = make_name (event);

  if (!g_hash_table_contains (self->records, name) || is_copy_of_kept (self, event))
    return TRUE;

  note_difference (self, event, -1, fare_usage_total (&event->usage));
  return FALSE;
}

void
fare_audit_free (FareAudit *self)
{
  g_clear_pointer (&self->difference, difference_free);
  g_free (self);
}

FareAudit *
fare_audit_new (FareView          *index,
                FareIndexReader   *logs,
                const FareFilter  *filter,
                GError           **error)
{
  g_autoptr(FareAudit) audit = g_new0 (FareAudit, 1);
  g_autoptr(GHashTable) gone = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GHashTable) records = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr(GHashTable) kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GHashTable) sessions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Auditor auditor = { filter, index->prices, gone, records, kept, sessions, audit };
  gint64 from_ms = filter->query.from_ms, to_ms = filter->query.to_ms;

  if (!fare_index_reader_foreach_file (index->reader, take_file, &auditor, error) ||
      !fare_index_reader_foreach_event (logs, from_ms, to_ms, NULL, take_log_event, &auditor,
                                        error) ||
      !fare_index_reader_foreach_event (index->reader, from_ms, to_ms, NULL, compare_index_event,
                                        &auditor, error) ||
      (g_hash_table_size (records) > 0 &&
       !fare_index_reader_foreach_event (logs, from_ms, to_ms, NULL, find_missing, &auditor,
                                         error)))
    return NULL;

  return g_steal_pointer (&audit);
}
