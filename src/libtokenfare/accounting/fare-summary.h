/* fare-summary.h
 *
 * Answers: totals of a span, split by whatever is asked, priced.  The only place
 * where tokens meet prices, so every page, the tray and the command line agree.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "base/fare-range.h"
#include "index/fare-index-reader.h"
#include "pricing/fare-price-book.h"

G_BEGIN_DECLS

typedef enum
{
  FARE_GROUP_NONE,     /* the total alone, no rows */
  FARE_GROUP_CLIENT,
  FARE_GROUP_MODEL,    /* provider and name as logged */
  FARE_GROUP_CLIENT_MODEL, /* within its client */
  FARE_GROUP_PROJECT,
  FARE_GROUP_BRANCH,   /* within its project */
  FARE_GROUP_SESSION,
  FARE_GROUP_MACHINE,
  FARE_GROUP_HOUR,     /* local hour of a local day */
  FARE_GROUP_DAY,      /* local day */
  FARE_GROUP_WEEK,     /* local week, named by its first day (locale's first weekday) */
  FARE_GROUP_MONTH     /* local month */
} FareGroup;

/* What is asked.  Filters are NULL for "all"; several values of one filter mean "any of them". */
typedef struct
{
  gint64      from_ms;   /* UTC milliseconds, inclusive */
  gint64      to_ms;     /* exclusive */
  GTimeZone  *zone;      /* (transfer none): zone for hours, days, weeks and months */
  GStrv       clients;   /* (nullable): client ids */
  GStrv       models;    /* (nullable): model names as logged, case-insensitive */
  GStrv       projects;  /* (nullable): full paths or last components */
  GStrv       sessions;  /* (nullable): session ids */
  GStrv       machines;  /* (nullable): names of machines, case-insensitive, or their ids */
} FareQuery;

/* Sums of one group.  The unit of every token field is tokens, of money USD. */
typedef struct
{
  FareUsage usage;
  gint64    messages;
  gint64    sessions;         /* distinct sessions with use in the span */
  gint64    web_searches;
  double    cost;             /* sum over everything that has a price */
  gint64    unpriced_tokens;  /* total tokens that are not in cost */
  gboolean  has_price;        /* FALSE when nothing in here has a price */
  gboolean  is_estimate;      /* some part is a market or estimated price */
} FareSums;

typedef struct
{
  /* What the group is.  "key" is stable and for machines: a client id, a model's name, a project's
   * path, a branch, a session id, a machine's name, "2026-11-22" for a day or a week's first day, "2026-11" for a
   * month; for an hour its first minute and offset, "2026-10-25T02:00+01:00", which tells the two
   * apart when clocks are set back.  "title" is for people and translated where that makes
   * sense. */
  char                  *key;
  char                  *title;
  const FareSessionInfo *session;  /* (nullable): for FARE_GROUP_SESSION */
  char                  *provider; /* (nullable): for FARE_GROUP_MODEL and FARE_GROUP_CLIENT_MODEL */
  char                  *client;   /* (nullable): id, for FARE_GROUP_CLIENT_MODEL */
  char                  *project;  /* (nullable): for FARE_GROUP_BRANCH */
  gint64                 start_ms; /* start of an hour, day, week or month, else 0 */
  FareSums               sums;
  FareUnpriced           reason;   /* why the unpriced part has no price, as for the provider */
} FareSummaryRow;

typedef struct _FareSummary FareSummary;

/**
 * fare_summary_new:
 * @reader: a snapshot; it must outlive the summary
 * @prices: the price book
 * @query: what is asked
 * @group: how to split
 *
 * Rows are sorted by time for the groups that have one, else by cost, then tokens, both
 * descending, then key.  Groups without use do not appear.
 *
 * Returns: (transfer full): the answer, or %NULL with @error set
 */
FareSummary           *fare_summary_new          (FareIndexReader   *reader,
                                                  FarePriceBook     *prices,
                                                  const FareQuery   *query,
                                                  FareGroup          group,
                                                  GError           **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_summary_new_multi:
 * @groups: (array length=n_groups): how to split, each time anew
 * @summaries: (out) (array length=n_groups): the answers, in the order of @groups
 *
 * As fare_summary_new() for each group, in hardly more time than one of them takes.
 *
 * Returns: %FALSE with @error set; @summaries are %NULL then
 */
gboolean               fare_summary_new_multi    (FareIndexReader   *reader,
                                                  FarePriceBook     *prices,
                                                  const FareQuery   *query,
                                                  const FareGroup   *groups,
                                                  guint              n_groups,
                                                  FareSummary      **summaries,
                                                  GError           **error);
void                   fare_summary_free         (FareSummary       *self);

/**
 * fare_summary_get_total:
 *
 * Returns: (transfer none): the sums over everything that matches the query
 */
const FareSums        *fare_summary_get_total    (FareSummary       *self);

/* The groups, in the order that was asked for; they are the summary's. */
guint                  fare_summary_get_n_rows   (FareSummary       *self);
const FareSummaryRow  *fare_summary_get_row      (FareSummary       *self,
                                                  guint              i);

/**
 * fare_event_price:
 *
 * The price of one event: the logged cost where that client's rule says it wins or where the
 * model has no price, else the table's price at the time of the event.
 */
FarePrice              fare_event_price          (const FareEventRow *event,
                                                  FarePriceBook      *prices);

/**
 * fare_previous_span:
 * @range: the days shown
 * @now: now
 *
 * The span to compare with: as many days directly before.  A range that ends with today, or
 * later, counts up to now: its last day is compared up to the same time of day, a morning with a
 * morning.
 *
 * Returns: %FALSE when there is nothing to compare with (all time, a range still to come)
 */
gboolean               fare_previous_span        (FareRange           range,
                                                  const FareNow      *now,
                                                  gint64             *from_ms,
                                                  gint64             *to_ms);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareSummary, fare_summary_free)

G_END_DECLS
