/* fare-session-search.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "models/fare-session-search.h"

#include <glib/gi18n.h>
#include <string.h>

#include "accounting/fare-summary.h"
#include "accounting/fare-sums.h"
#include "base/fare-text.h"

/* Sessions in an answer, and how much has to be typed for them. */
#define MAX_SESSIONS 5
#define MIN_CHARACTERS 3

/* "session:CLIENT:ID" */
#define SESSION_PREFIX "session:"

typedef struct
{
  GStrv      folded; /* the words, or for descriptions the wanted ids */
  GPtrArray *found;
  GArray    *times;
} Hunt;

void
fare_search_result_free (FareSearchResult *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self->description);
  g_free (self);
}

/* Whether somebody who has typed @term so far may mean the figure. */
static gboolean
asks_for_today (const char *term)
{
  const char * const words[] = {
    "tokens", "costs", "usage", "tokenfare",
    /* Translators: words that a person searches for to see what today costs, lower case */
    C_("search", "tokens"), C_("search", "costs"), C_("search", "usage"), C_("search", "spending"),
  };
  g_autofree char *folded = g_utf8_casefold (term, -1);

  if (g_utf8_strlen (folded, -1) < MIN_CHARACTERS)
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *word = g_utf8_casefold (words[i], -1);

      if (g_str_has_prefix (word, folded))
        return TRUE;
    }

  return FALSE;
}

static char *
make_id (const FareSessionInfo *session)
{
  return g_strdup_printf (SESSION_PREFIX "%s:%s", session->client, session->uid);
}

/* The five latest, in order. */
static void
keep (Hunt                  *hunt,
      const FareSessionInfo *session)
{
  guint i = 0;

  while (i < hunt->times->len && g_array_index (hunt->times, gint64, i) >= session->last_ms)
    i++;
  if (i == MAX_SESSIONS)
    return;

  g_array_insert_val (hunt->times, i, session->last_ms);
  g_ptr_array_insert (hunt->found, (int) i, make_id (session));
  if (hunt->times->len > MAX_SESSIONS)
    {
      g_array_set_size (hunt->times, MAX_SESSIONS);
      g_ptr_array_set_size (hunt->found, MAX_SESSIONS);
    }
}

static gboolean
match_cb (const FareSessionInfo *session,
          gpointer               user_data)
{
  Hunt *hunt = user_data;
  g_autofree char *title = g_utf8_casefold (session->title, -1);

  for (guint i = 0; hunt->folded[i] != NULL; i++)
    {
      if (strstr (title, hunt->folded[i]) == NULL)
        return TRUE;
    }

  keep (hunt, session);
  return TRUE;
}

static GStrv
fold (const char * const *terms,
      glong              *length)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  *length = 0;
  for (guint i = 0; terms[i] != NULL; i++)
    {
      g_autofree char *folded = g_utf8_casefold (terms[i], -1);

      g_strv_builder_add (builder, folded);
      *length += g_utf8_strlen (folded, -1);
    }

  return g_strv_builder_end (builder);
}

GStrv
fare_session_search_find (FareIndexReader     *reader,
                          const char * const  *terms,
                          GError             **error)
{
  g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) folded = NULL;
  glong length;
  Hunt hunt;

  for (guint i = 0; terms[i] != NULL; i++)
    {
      if (!asks_for_today (terms[i]))
        continue;
      g_strv_builder_add (builder, FARE_SESSION_SEARCH_TODAY);
      break;
    }

  folded = fold (terms, &length);
  hunt = (Hunt) { folded, found, times };
  if (length >= MIN_CHARACTERS
      && !fare_index_reader_foreach_session (reader, match_cb, &hunt, error))
    return NULL;

  for (guint i = 0; i < found->len; i++)
    g_strv_builder_add (builder, g_ptr_array_index (found, i));

  return g_strv_builder_end (builder);
}

static FareSearchResult *
make_result (const char *id,
             const char *name,
             const char *description)
{
  FareSearchResult *self = g_new0 (FareSearchResult, 1);

  self->id = g_strdup (id);
  self->name = g_strdup (name);
  self->description = g_strdup (description);
  return self;
}

static FareSearchResult *
describe_today (FareIndexReader  *reader,
                FarePriceBook    *prices,
                gboolean          hide_amounts,
                const FareNow    *now,
                GError          **error)
{
  FareQuery query = { .zone = now->zone };
  g_autoptr(FareSummary) summary = NULL;
  g_autofree char *cost = NULL, *count = NULL, *tokens = NULL, *text = NULL;
  const FareSums *sums;

  fare_range_to_span (fare_range_for_period (FARE_PERIOD_TODAY, now), now->zone, &query.from_ms,
                      &query.to_ms);
  summary = fare_summary_new (reader, prices, &query, FARE_GROUP_NONE, error);
  if (summary == NULL)
    return NULL;

  sums = fare_summary_get_total (summary);
  count = fare_text_tokens (fare_usage_total (&sums->usage));
  tokens = g_strdup_printf (_("%s tokens"), count);
  cost = fare_sums_total_to_text (sums);
  text = hide_amounts ? g_strdup (tokens) : g_strjoin (" · ", cost, tokens, NULL);

  return make_result (FARE_SESSION_SEARCH_TODAY, _("AI Coding Cost Today"), text);
}

static gboolean
describe_cb (const FareSessionInfo *session,
             gpointer               user_data)
{
  Hunt *hunt = user_data;
  g_autofree char *id = make_id (session);
  g_autofree char *project = NULL, *text = NULL;

  if (!g_strv_contains ((const char * const *) hunt->folded, id))
    return TRUE;

  project = fare_text_project (session->project);
  text = g_strjoin (" · ", fare_text_client (session->client), project, NULL);
  g_ptr_array_add (hunt->found, make_result (id, session->title, text));
  return TRUE;
}

GPtrArray *
fare_session_search_describe (FareIndexReader     *reader,
                              FarePriceBook       *prices,
                              const char * const  *ids,
                              gboolean             hide_amounts,
                              const FareNow       *now,
                              GError             **error)
{
  g_autoptr(GPtrArray) found =
    g_ptr_array_new_with_free_func ((GDestroyNotify) fare_search_result_free);
  Hunt hunt = { (GStrv) ids, found, NULL };

  if (g_strv_contains (ids, FARE_SESSION_SEARCH_TODAY))
    {
      FareSearchResult *today = describe_today (reader, prices, hide_amounts, now, error);

      if (today == NULL)
        return NULL;
      g_ptr_array_add (found, today);
    }

  if (!fare_index_reader_foreach_session (reader, describe_cb, &hunt, error))
    return NULL;

  return g_steal_pointer (&found);
}

GStrv
fare_session_search_split (const char *id)
{
  g_auto(GStrv) parts = NULL;

  if (!g_str_has_prefix (id, SESSION_PREFIX))
    return NULL;

  parts = g_strsplit (id + strlen (SESSION_PREFIX), ":", 2);
  return g_strv_length (parts) == 2 ? g_steal_pointer (&parts) : NULL;
}
