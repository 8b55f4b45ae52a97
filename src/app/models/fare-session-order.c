/* fare-session-order.c
 *
 * In which order and in which groups sessions stand.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/fare-text.h"
#include "models/fare-session-order.h"

/* Lines in the order of one column; the same twice go by time and then by key. */
typedef struct
{
  FareSessionItem *item;
  char            *text; /* (nullable): as the locale sorts it */
} Sorted;

static int
compare_lines (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  const FareSessionOrder *self = user_data;
  const Sorted *x = a;
  const Sorted *y = b;
  int order = x->text != NULL && y->text != NULL
              ? strcmp (x->text, y->text)
              : fare_session_item_compare (x->item, y->item, self->column);

  if (order != 0)
    return self->is_descending ? -order : order;

  order = fare_session_item_compare (y->item, x->item, FARE_SESSION_LAST);

  return order != 0 ? order : strcmp (fare_session_item_get_key (x->item),
                                      fare_session_item_get_key (y->item));
}

void
fare_session_order_sort (const FareSessionOrder *self,
                         GPtrArray              *lines)
{
  g_autofree Sorted *sorted = NULL;
  FareSessionOrder order = *self;
  gboolean are_days;

  g_return_if_fail (lines != NULL);

  sorted = g_new0 (Sorted, lines->len + 1);
  are_days = self->group == FARE_SESSION_GROUP_DAY && lines->len > 0 &&
             fare_session_item_get_kind (lines->pdata[0]) == FARE_SESSION_ITEM_GROUP;
  /* The name of a day is no text to sort by. */
  if (are_days && order.column <= FARE_SESSION_MODELS)
    order.column = FARE_SESSION_LAST;

  for (guint i = 0; i < lines->len; i++)
    {
      FareSessionItem *item = g_ptr_array_index (lines, i);
      const char *text = fare_session_item_get_text (item, order.column);

      sorted[i].item = item;
      sorted[i].text = text != NULL ? g_utf8_collate_key_for_filename (text, -1) : NULL;
    }

  g_qsort_with_data (sorted, (int) lines->len, sizeof *sorted, compare_lines, &order);

  for (guint i = 0; i < lines->len; i++)
    {
      lines->pdata[i] = sorted[i].item;
      g_free (sorted[i].text);
    }
}

static char *
describe_day (const FareSessionOrder *self,
              FareDay                 day)
{
  if (day == self->today)
    return g_strdup (_("Today"));
  if (day == self->today - 1)
    return g_strdup (_("Yesterday"));

  return fare_text_day (day, self->today);
}

char *
fare_session_order_name (const FareSessionOrder   *self,
                         const FareSessionFigures *figures)
{
  const FareSessionRow *row = figures->row;
  g_autofree char *day = NULL;

  switch (self->group)
    {
    case FARE_SESSION_GROUP_PROJECT:
      return g_strconcat ("project\n", row->project, NULL);

    case FARE_SESSION_GROUP_BRANCH:
      return g_strconcat ("branch\n", row->project, "\n", row->branch, NULL);

    case FARE_SESSION_GROUP_CLIENT:
      return g_strconcat ("client\n", row->client, NULL);

    /* A session is one line and stands as a whole where it was active last. */
    default:
      day = fare_day_to_string (figures->last_day);
      return g_strconcat ("day\n", day, NULL);
    }
}

void
fare_session_order_title (const FareSessionOrder   *self,
                          const FareSessionFigures *first,
                          FareSessionFigures       *group)
{
  const FareSessionRow *row = first->row;
  g_autofree char *path = *row->project != '\0' ? fare_text_path (row->project) : NULL;

  switch (self->group)
    {
    case FARE_SESSION_GROUP_PROJECT:
      group->title = fare_text_project (row->project);
      group->subtitle = g_steal_pointer (&path);
      break;

    case FARE_SESSION_GROUP_BRANCH:
      group->title = *row->branch != '\0' ? g_strdup (row->branch) : g_strdup (_("no branch"));
      group->subtitle = fare_text_project (row->project);
      break;

    case FARE_SESSION_GROUP_CLIENT:
      group->title = g_strdup (fare_text_client (row->client));
      break;

    default:
      group->title = describe_day (self, first->last_day);
      group->subtitle = g_strdup (_("sessions last active on this day"));
    }
}
