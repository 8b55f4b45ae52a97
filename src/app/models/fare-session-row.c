/* fare-session-row.c
 *
 * One session as a table shows it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <string.h>

#include "base/fare-text.h"
#include "models/fare-session-row.h"

static const char * const column_names[FARE_SESSION_N_COLUMNS] = {
  "title", "client", "models", "input", "cache", "hit", "output", "total", "cost", "active", "last",
};

FareSessionRow *
fare_session_row_new (const char *client,
                      const char *uid)
{
  FareSessionRow *self;

  g_return_val_if_fail (client != NULL && uid != NULL, NULL);

  self = g_new0 (FareSessionRow, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->key = fare_session_row_dup_key (client, uid);
  self->client = g_strdup (client);
  self->uid = g_strdup (uid);

  return self;
}

FareSessionRow *
fare_session_row_ref (FareSessionRow *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
fare_session_row_unref (FareSessionRow *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->key);
  g_free (self->client);
  g_free (self->uid);
  g_free (self->title);
  g_free (self->project);
  g_free (self->branch);
  g_free (self->models);
  g_free (self->parent);
  g_free (self->haystack);
  g_free (self);
}

char *
fare_session_row_dup_key (const char *client,
                          const char *uid)
{
  return g_strconcat (client, "\n", uid, NULL);
}

gboolean
fare_session_row_equal (const FareSessionRow *a,
                        const FareSessionRow *b)
{
  const FareSums *x = &a->sums;
  const FareSums *y = &b->sums;

  return a == b ||
         (a->last_ms == b->last_ms && a->last_day == b->last_day &&
          a->is_helper == b->is_helper && a->is_review == b->is_review &&
          x->usage.input == y->usage.input && x->usage.cache_read == y->usage.cache_read &&
          x->usage.cache_write_5m == y->usage.cache_write_5m &&
          x->usage.cache_write_1h == y->usage.cache_write_1h &&
          x->usage.output == y->usage.output && x->usage.reasoning == y->usage.reasoning &&
          x->messages == y->messages && x->cost == y->cost && x->has_price == y->has_price &&
          x->is_estimate == y->is_estimate && x->unpriced_tokens == y->unpriced_tokens &&
          g_str_equal (a->key, b->key) && g_str_equal (a->title, b->title) &&
          g_str_equal (a->project, b->project) && g_str_equal (a->branch, b->branch) &&
          g_str_equal (a->models, b->models) && g_strcmp0 (a->parent, b->parent) == 0);
}

/* Plain ASCII, as most ids and paths are, needs no Unicode tables. */
static char *
fold_ascii (const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    if ((guchar) *p >= 0x80)
      return NULL;

  return g_ascii_strdown (text, -1);
}

char *
fare_session_fold (const char *text)
{
  g_autofree char *valid = NULL;
  g_autofree char *parts = NULL;
  g_autofree char *folded = NULL;
  GString *result;

  g_return_val_if_fail (text != NULL, NULL);

  folded = fold_ascii (text);
  if (folded != NULL)
    return g_steal_pointer (&folded);

  valid = g_utf8_make_valid (text, -1);
  folded = g_utf8_casefold (valid, -1);
  parts = g_utf8_normalize (folded, -1, G_NORMALIZE_ALL);
  result = g_string_new (NULL);

  for (const char *p = parts; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar letter = g_utf8_get_char (p);

      if (!g_unichar_ismark (letter))
        g_string_append_unichar (result, letter);
    }

  return g_string_free (result, FALSE);
}

void
fare_session_row_fold (FareSessionRow *self)
{
  g_autofree char *text = NULL;

  g_return_if_fail (self != NULL);

  text = g_strjoin ("\n", self->title, self->project, self->branch, self->models, self->uid,
                    self->client, fare_text_client (self->client), NULL);
  g_free (self->haystack);
  self->haystack = fare_session_fold (text);
}

void
fare_session_sums_add (FareSums       *self,
                       const FareSums *other)
{
  g_return_if_fail (self != NULL && other != NULL);

  fare_usage_add (&self->usage, &other->usage, 1);
  self->messages += other->messages;
  self->sessions += other->sessions;
  self->web_searches += other->web_searches;
  self->cost += other->cost;
  self->unpriced_tokens += other->unpriced_tokens;
  self->has_price |= other->has_price;
  self->is_estimate |= other->is_estimate;
}

const char *
fare_session_column_get_name (FareSessionColumn column)
{
  g_return_val_if_fail (column < FARE_SESSION_N_COLUMNS, NULL);

  return column_names[column];
}

void
fare_session_sort_parse (const char        *text,
                         FareSessionColumn *column,
                         gboolean          *is_descending)
{
  g_auto(GStrv) parts = g_strsplit (text != NULL ? text : "", "-", 2);

  *column = FARE_SESSION_LAST;
  *is_descending = TRUE;

  for (guint i = 0; parts[0] != NULL && i < FARE_SESSION_N_COLUMNS; i++)
    if (g_str_equal (parts[0], column_names[i]))
      {
        *column = i;
        *is_descending = g_strcmp0 (parts[1], "asc") != 0;
      }
}
