/* fare-db-verify.c
 *
 * tokenfare db verify: the index against a fresh reading of all logs.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "base/fare-text.h"
#include "fare-db-actions.h"
#include "fare-db-problems.h"
#include "fare-figures.h"
#include "fare-index-audit.h"
#include "fare-print.h"
#include "sharing/fare-share.h"

/* Logs grow while they are read twice; a difference counts when it stays. */
#define ATTEMPTS 3
#define PAUSE_US (2 * G_USEC_PER_SEC)

/* Two comparisons: of rows with logs, and of what the index made of its rows with them. */
typedef struct
{
  FareAudit *audit;
  GStrv      problems; /* of the index in itself */
} Verification;

static void
verification_clear (Verification *self)
{
  g_clear_pointer (&self->audit, fare_audit_free);
  g_clear_pointer (&self->problems, g_strfreev);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Verification, verification_clear)

static gboolean
is_ok (const Verification *self)
{
  return self->audit->difference == NULL && self->problems[0] == NULL;
}

/* What came from other machines stands in no log here. */
static gboolean
leave_others_out (FareView  *view,
                  GError   **error)
{
  g_autoptr(FareIndex) index = NULL;
  const gint64 *thresholds;
  guint n_thresholds;

  if (fare_index_reader_get_machines (view->reader)->len < 2)
    return TRUE;
  thresholds = fare_price_book_get_thresholds (view->prices, &n_thresholds);
  index = fare_share_open_own_part (fare_paths_get_index_file (fare_meter_get_paths (view->meter)),
                                    thresholds, n_thresholds, error);
  if (index == NULL)
    return FALSE;
  g_clear_pointer (&view->reader, fare_index_reader_free);
  view->reader = fare_index_reader_new (index, error);

  return view->reader != NULL;
}

static FareAudit *
audit_once (const FareDbRequest  *request,
            GError              **error)
{
  g_auto(FareView) index = { 0 };
  g_autoptr(FarePaths) paths = fare_paths_new ();
  g_autoptr(FareMeter) fresh = fare_meter_new_in_memory (paths);
  g_autoptr(FareIndexReader) logs = NULL;

  if (!fare_view_open (&index, error) || !leave_others_out (&index, error) || !fare_meter_open (fresh, error) ||
      !fare_view_sync (fresh, error))
    return NULL;

  logs = fare_meter_read (fresh, error);
  return logs != NULL ? fare_audit_new (&index, logs, request->filter, error) : NULL;
}

static void
write_sums (FareJsonWriter      *json,
            const char          *name,
            const FareAuditSums *sums)
{
  fare_json_writer_begin_object (json, name);
  fare_json_writer_add_int (json, "total_tokens", sums->tokens);
  fare_json_writer_add_double (json, "total_cost", sums->cost);
  fare_json_writer_add_int (json, "total_messages", sums->messages);
  fare_json_writer_end_object (json);
}

static void
write_side (FareJsonWriter *json,
            const char     *name,
            gint64          tokens)
{
  if (tokens >= 0)
    fare_json_writer_add_int (json, name, tokens);
  else
    fare_json_writer_add_null (json, name);
}

static void
write_difference (FareJsonWriter            *json,
                  const FareAuditDifference *difference,
                  GTimeZone                 *zone)
{
  g_autofree char *day = NULL;

  if (difference == NULL)
    {
      fare_json_writer_add_null (json, "first_difference");
      return;
    }

  day = fare_day_to_string (fare_day_of (zone, difference->time_ms));
  fare_json_writer_begin_object (json, "first_difference");
  fare_json_writer_add_string (json, "client", difference->client);
  fare_json_writer_add_string (json, "day", day);
  fare_json_writer_add_time (json, "timestamp", difference->time_ms);
  fare_json_writer_add_string (json, "dedup_key", difference->key);
  write_side (json, "db_tokens", difference->in_index);
  write_side (json, "live_tokens", difference->in_logs);
  fare_json_writer_begin_object (json, "source");
  fare_json_writer_add_string (json, "path", difference->path);
  fare_json_writer_add_int (json, "offset", difference->offset);
  fare_json_writer_end_object (json);
  fare_json_writer_end_object (json);
}

/* An index that nobody could make has no problems; one that cannot be opened has. */
static GStrv
find_problems (void)
{
  g_autoptr(FarePaths) paths = fare_paths_new ();
  const char *path = fare_paths_get_index_file (paths);
  g_autoptr(FareIndex) index = NULL;
  g_autoptr(GError) error = NULL;
  const char *found[] = { NULL, NULL };

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    index = fare_index_open (path, &error);
  if (index != NULL)
    return fare_db_find_problems (index);

  found[0] = error != NULL ? error->message : NULL;
  return g_strdupv ((char **) found);
}

static gboolean
verify_once (Verification         *self,
             const FareDbRequest  *request,
             GError              **error)
{
  verification_clear (self);
  self->audit = audit_once (request, error);
  if (self->audit == NULL)
    return FALSE;

  self->problems = find_problems ();
  return TRUE;
}

static void
print_json (const Verification *self,
            const FareFilter   *filter,
            guint               attempt)
{
  const FareAudit *audit = self->audit;
  g_autoptr(FareJsonWriter) json = fare_json_writer_new (FALSE);
  FareAuditSums diff = {
    audit->index.tokens - audit->logs.tokens,
    audit->index.messages - audit->logs.messages,
    audit->index.cost - audit->logs.cost,
  };

  fare_json_writer_begin_object (json, NULL);
  fare_json_writer_add_boolean (json, "ok", is_ok (self));
  fare_json_writer_add_string (json, "period", filter->id);
  fare_json_writer_add_int (json, "attempt", attempt);
  write_sums (json, "db", &audit->index);
  write_sums (json, "live", &audit->logs);
  write_sums (json, "diff", &diff);
  write_sums (json, "kept", &audit->kept);
  write_difference (json, audit->difference, filter->now.zone);
  fare_json_writer_add_strings (json, "problems", (const char * const *) self->problems,
                                g_strv_length (self->problems));
  fare_json_writer_end_object (json);
}

static char *
format_side (gint64 tokens)
{
  return tokens < 0 ? g_strdup (_("missing")) : fare_text_count (tokens);
}

static void
print_difference (const FareAudit  *audit,
                  const FareFilter *filter)
{
  const FareAuditDifference *difference = audit->difference;
  g_autofree char *messages = fare_text_count (audit->logs.messages);
  g_autofree char *tokens = fare_text_tokens (audit->logs.tokens);
  g_autofree char *time = NULL;
  g_autofree char *path = NULL;
  g_autofree char *in_index = NULL;
  g_autofree char *in_logs = NULL;

  if (audit->kept.messages > 0)
    {
      g_autofree char *kept = fare_text_count (audit->kept.messages);

      fare_print (_("%s messages are kept from logs that are gone from disk.\n"), kept);
    }

  if (difference == NULL)
    {
      fare_print (_("The index agrees with the logs: %s messages, %s tokens.\n"), messages, tokens);
      return;
    }

  time = fare_figures_format_time (difference->time_ms, filter->now.zone);
  path = fare_text_path (difference->path);
  in_index = format_side (difference->in_index);
  in_logs = format_side (difference->in_logs);
  fare_print (_("The index does not agree with the logs. The first difference:\n"));
  fare_print ("  %s  %s  %s\n", time, fare_text_client (difference->client), difference->key);
  fare_print ("  %s:%" G_GINT64_FORMAT "\n", path, difference->offset);
  /* Translators: numbers of tokens, or “missing” */
  fare_print (_("  in the index: %s, in the logs: %s\n"), in_index, in_logs);
}

static void
print_text (const Verification *self,
            const FareFilter   *filter)
{
  print_difference (self->audit, filter);
  fare_db_print_problems ((const char * const *) self->problems);
  if (self->audit->difference != NULL)
    fare_print ("%s\n", _("“tokenfare db resync” builds the index anew."));
  else if (self->problems[0] != NULL)
    fare_print ("%s\n", _("“tokenfare db repair” computes the sums anew."));
}

FareExit
fare_db_verify (const FareDbRequest *request)
{
  g_autoptr(FarePaths) paths = fare_paths_new ();
  g_autoptr(GError) error = NULL;
  g_auto(Verification) self = { NULL };
  guint attempt = 1;

  if (!request->json && !fare_db_check_file (paths, &error))
    return fare_command_failed (error);

  while (verify_once (&self, request, &error) && !is_ok (&self) && attempt < ATTEMPTS)
    {
      g_usleep (PAUSE_US);
      attempt++;
    }

  if (self.audit == NULL)
    return fare_command_failed (error);

  if (request->json)
    print_json (&self, request->filter, attempt);
  else
    print_text (&self, request->filter);

  return is_ok (&self) ? FARE_EXIT_DONE : FARE_EXIT_FAILED;
}
