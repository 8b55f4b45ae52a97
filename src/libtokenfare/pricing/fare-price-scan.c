/* fare-price-scan.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pricing/fare-price-scan.h"

#include "pricing/fare-price-file.h"

/* Where the lists of sellers stand.  They are read at the end, in an order of their own. */
typedef struct
{
  FareSpan vendors;
  FareSpan gateways;
  FareSpan hosts;
  FareSpan local_hosts;
} Lists;

/* Whether a name is written as it is compared, so that its bytes may be used where they are. */
static gboolean
is_plain (const FareSpan *name)
{
  for (gsize i = 0; i < name->length; i++)
    {
      char c = name->text[i];

      if (!g_ascii_isgraph (c) || g_ascii_isupper (c) || c == '_' || c == '\\')
        return FALSE;
    }

  return name->length > 0;
}

static gboolean
read_plain (FarePull *pull,
            FareSpan *name)
{
  return fare_pull_string (pull, name) && is_plain (name);
}

static void
add_name (FarePriceScan *self,
          FareSpan       text,
          gboolean       is_id)
{
  FarePriceName name = { .text = text, .entry = self->entries->len, .is_id = is_id };

  g_array_append_val (self->names, name);
}

static gboolean
scan_aliases (FarePriceScan *self,
              FarePull      *pull)
{
  FareSpan name;

  if (!fare_pull_enter (pull, '['))
    return FALSE;

  while (fare_pull_next_item (pull))
    {
      if (!read_plain (pull, &name))
        return FALSE;
      add_name (self, name, FALSE);
    }

  return TRUE;
}

/* Notes the number of the member @name of each object that comes. */
static void
scan_number (FarePriceScan *self,
             FarePull      *pull,
             const char    *name)
{
  FareSpan key;

  if (!fare_pull_enter (pull, '{'))
    return;

  while (fare_pull_next_member (pull, &key))
    {
      if (fare_span_equal (&key, name))
        {
          gint64 number = fare_pull_count (pull);

          g_array_append_val (self->thresholds, number);
        }
      else
        {
          fare_pull_skip (pull);
        }
    }
}

static void
scan_segment (FarePriceScan *self,
              FarePull      *pull)
{
  FareSpan key;

  if (!fare_pull_enter (pull, '{'))
    return;

  while (fare_pull_next_member (pull, &key))
    {
      if (!fare_span_equal (&key, "tiers"))
        fare_pull_skip (pull);
      else if (fare_pull_enter (pull, '['))
        while (fare_pull_next_item (pull))
          scan_number (self, pull, "above");
    }
}

static void
scan_limits (FarePriceScan *self,
             FarePull      *pull)
{
  FareSpan key;

  if (!fare_pull_enter (pull, '{'))
    return;

  while (fare_pull_next_member (pull, &key))
    scan_number (self, pull, "max_prompt");
}

static gboolean
scan_entry (FarePriceScan *self,
            FarePull      *pull)
{
  FareSpan whole = { .text = NULL };
  FareSpan key, id;
  guint n_ids = 0;

  fare_pull_peek (pull);
  whole.text = pull->p;
  if (!fare_pull_enter (pull, '{'))
    return FALSE;

  while (fare_pull_next_member (pull, &key))
    {
      if (fare_span_equal (&key, "id"))
        {
          if (!read_plain (pull, &id) || n_ids++ > 0)
            return FALSE;
          add_name (self, id, TRUE);
        }
      else if (fare_span_equal (&key, "aliases"))
        {
          if (!scan_aliases (self, pull))
            return FALSE;
        }
      else if (fare_span_equal (&key, "prices") && fare_pull_enter (pull, '['))
        {
          while (fare_pull_next_item (pull))
            scan_segment (self, pull);
        }
      else if (fare_span_equal (&key, "prices") || fare_span_equal (&key, "remove"))
        return FALSE;
      else if (fare_span_equal (&key, "mode_limits"))
        scan_limits (self, pull);
      else
        fare_pull_skip (pull);
    }

  whole.length = (gsize) (pull->p - whole.text);
  g_array_append_val (self->entries, whole);
  return n_ids == 1 && !pull->failed;
}

static gboolean
scan_entries (FarePriceScan *self,
              FarePull      *pull)
{
  if (self->entries->len > 0 || !fare_pull_enter (pull, '['))
    return FALSE;

  while (fare_pull_next_item (pull))
    if (!scan_entry (self, pull))
      return FALSE;

  return TRUE;
}

static gboolean
read_expected (FarePull   *pull,
               const char *expected)
{
  FareSpan text;

  return fare_pull_string (pull, &text) && fare_span_equal (&text, expected);
}

static gboolean
scan_member (FarePriceScan *self,
             FarePull      *pull,
             FareSpan       key,
             Lists         *lists,
             guint         *n_heads)
{
  if (fare_span_equal (&key, "schema"))
    {
      *n_heads += 1;
      return fare_pull_count (pull) == FARE_PRICE_SCHEMA;
    }
  if (fare_span_equal (&key, "kind"))
    {
      *n_heads += 1;
      return read_expected (pull, FARE_PRICE_KIND);
    }

  if (fare_span_equal (&key, "currency"))
    return read_expected (pull, "USD");
  if (fare_span_equal (&key, "unit"))
    return read_expected (pull, "per_1m_tokens");
  if (fare_span_equal (&key, "updated"))
    return read_plain (pull, &self->updated);
  if (fare_span_equal (&key, "models"))
    return scan_entries (self, pull);

  if (fare_span_equal (&key, "vendors"))
    lists->vendors = fare_pull_raw (pull);
  else if (fare_span_equal (&key, "gateways"))
    lists->gateways = fare_pull_raw (pull);
  else if (fare_span_equal (&key, "hosts"))
    lists->hosts = fare_pull_raw (pull);
  else if (fare_span_equal (&key, "local_hosts"))
    lists->local_hosts = fare_pull_raw (pull);
  else
    fare_pull_skip (pull);
  return TRUE;
}

static gboolean
add_seller (FarePriceScan  *self,
            FareSellerKind  kind,
            FareSpan        name,
            const FareSpan *detail)
{
  g_autofree char *name_text = g_strndup (name.text, name.length);
  g_autofree char *detail_text = detail != NULL ? g_strndup (detail->text, detail->length) : NULL;

  fare_sellers_add (self->sellers, kind, name_text, detail_text);
  return TRUE;
}

/* A vendor's spellings, or local hosts when there is no @vendor. */
static gboolean
scan_names (FarePriceScan  *self,
            FarePull       *pull,
            FareSellerKind  kind,
            const FareSpan *vendor)
{
  FareSpan name;

  if (!fare_pull_enter (pull, '['))
    return FALSE;

  while (fare_pull_next_item (pull))
    if (!read_plain (pull, &name) || !add_seller (self, kind, name, vendor))
      return FALSE;

  return !pull->failed;
}

static gboolean
scan_seller (FarePriceScan  *self,
             FarePull       *pull,
             FareSellerKind  kind,
             FareSpan        name)
{
  FareSpan detail;

  if (kind == FARE_SELLER_VENDOR)
    return scan_names (self, pull, kind, &name);
  if (kind == FARE_SELLER_GATEWAY && fare_pull_peek (pull) == 'n')
    {
      fare_pull_skip (pull);
      return add_seller (self, kind, name, NULL);
    }

  return read_plain (pull, &detail) && add_seller (self, kind, name, &detail);
}

static gboolean
scan_sellers (FarePriceScan  *self,
              FareSpan        list,
              FareSellerKind  kind)
{
  FarePull pull;
  FareSpan name;

  if (list.text == NULL)
    return TRUE;

  fare_pull_init (&pull, list.text, list.length);
  if (kind == FARE_SELLER_LOCAL)
    return scan_names (self, &pull, kind, NULL);
  if (!fare_pull_enter (&pull, '{'))
    return FALSE;

  while (fare_pull_next_member (&pull, &name))
    if (!is_plain (&name) || !scan_seller (self, &pull, kind, name))
      return FALSE;

  return !pull.failed;
}

gboolean
fare_price_scan_run (FarePriceScan *self,
                     const char    *text,
                     gsize          length)
{
  Lists lists = { 0 };
  FarePull pull;
  FareSpan key;
  guint n_heads = 0;

  *self = (FarePriceScan) { .sellers = fare_sellers_new () };
  self->entries = g_array_sized_new (FALSE, FALSE, sizeof (FareSpan), 512);
  self->names = g_array_sized_new (FALSE, FALSE, sizeof (FarePriceName), 1024);
  self->thresholds = g_array_new (FALSE, FALSE, sizeof (gint64));

  fare_pull_init (&pull, text, length);
  if (!fare_pull_enter (&pull, '{'))
    return FALSE;

  while (fare_pull_next_member (&pull, &key))
    if (!scan_member (self, &pull, key, &lists, &n_heads))
      return FALSE;

  /* The order is that of fare_price_file_add_sellers(). */
  return n_heads == 2 && fare_pull_at_end (&pull)
         && scan_sellers (self, lists.vendors, FARE_SELLER_VENDOR)
         && scan_sellers (self, lists.gateways, FARE_SELLER_GATEWAY)
         && scan_sellers (self, lists.hosts, FARE_SELLER_HOST)
         && scan_sellers (self, lists.local_hosts, FARE_SELLER_LOCAL);
}

void
fare_price_scan_clear (FarePriceScan *self)
{
  g_clear_pointer (&self->entries, g_array_unref);
  g_clear_pointer (&self->names, g_array_unref);
  g_clear_pointer (&self->thresholds, g_array_unref);
  g_clear_pointer (&self->sellers, fare_sellers_free);
}
