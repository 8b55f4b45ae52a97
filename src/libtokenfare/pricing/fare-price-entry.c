/* fare-price-entry.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pricing/fare-price-entry.h"

#include <glib/gi18n-lib.h>

#include "pricing/fare-price-json.h"
#include "pricing/fare-price-time.h"
#include "pricing/fare-rates-reader.h"

struct _FarePriceEntry
{
  char                 *id;
  char                 *provider;
  char                 *name;
  char                 *class_id;
  char                 *as_of;
  char                 *review_after;
  char                 *note;
  GStrv                 aliases;
  GStrv                 sources;
  FarePriceStatus       status;
  FareSuffixes          accepts;
  gint64                context;
  FareRates             rates;
  FarePriceOrigin       origin;
  const FarePriceEntry *shipped;
};

/* In the order of FarePriceStatus. */
static const struct
{
  const char *id;
  const char *title;
} statuses[] = {
  { "list", NC_("price status", "list price") },
  { "market", NC_("price status", "market price") },
  { "estimated", NC_("price status", "estimated") },
  { "subscription", NC_("price status", "plan, priced as pay-per-token") },
  { "free", NC_("price status", "free") },
  { "unpriced", NC_("price status", "no public price") },
  { "nonbillable", NC_("price status", "not billed") },
};

static const struct
{
  const char *id;
  const char *title;
} origins[] = {
  { "shipped", NC_("price origin", "shipped") },
  { "changed", NC_("price origin", "changed") },
  { "own", NC_("price origin", "own") },
};

static gboolean
set_type_error (GError     **error,
                const char  *member)
{
  g_set_error (error, FARE_PRICE_ERROR, FARE_PRICE_ERROR_VALUE,
               _("“%s” has a value of the wrong kind"), member);
  return FALSE;
}

static gboolean
read_string (JsonObject  *object,
             const char  *member,
             const char  *fallback,
             char       **value,
             GError     **error)
{
  const char *text = fare_price_json_get_string (object, member);

  if (text == NULL && json_object_has_member (object, member))
    return set_type_error (error, member);

  *value = g_strdup (text != NULL ? text : fallback);
  return TRUE;
}

static gboolean
read_date (JsonObject  *object,
           const char  *member,
           char       **value,
           GError     **error)
{
  if (!read_string (object, member, NULL, value, error))
    return FALSE;

  return *value == NULL || fare_price_date_parse (*value, NULL) || set_type_error (error, member);
}

static gboolean
read_strings (JsonObject  *object,
              const char  *member,
              GStrv       *strings,
              GError     **error)
{
  JsonArray *array = fare_price_json_get_array (object, member);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  if (array == NULL && json_object_has_member (object, member))
    return set_type_error (error, member);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (json_node_get_value_type (node) != G_TYPE_STRING)
        return set_type_error (error, member);
      g_strv_builder_add (builder, json_node_get_string (node));
    }

  *strings = g_strv_builder_end (builder);
  return TRUE;
}

static gboolean
read_id (FarePriceEntry  *self,
         JsonObject      *object,
         GError         **error)
{
  const char *id = fare_price_json_get_string (object, "id");

  if (id == NULL)
    return set_type_error (error, "id");

  self->id = fare_model_name_normalise (id);
  return self->id[0] != '\0' || set_type_error (error, "id");
}

static gboolean
read_names (FarePriceEntry  *self,
            JsonObject      *object,
            GError         **error)
{
  g_auto(GStrv) accepts = NULL;

  if (!read_string (object, "provider", "unknown", &self->provider, error)
      || !read_string (object, "name", self->id, &self->name, error)
      || !read_string (object, "class", "default", &self->class_id, error)
      || !read_string (object, "note", NULL, &self->note, error)
      || !read_date (object, "as_of", &self->as_of, error)
      || !read_date (object, "review_after", &self->review_after, error)
      || !read_strings (object, "aliases", &self->aliases, error)
      || !read_strings (object, "sources", &self->sources, error)
      || !read_strings (object, "accepts", &accepts, error))
    return FALSE;

  for (guint i = 0; self->aliases[i] != NULL; i++)
    {
      g_autofree char *alias = self->aliases[i];

      self->aliases[i] = fare_model_name_normalise (alias);
    }

  for (guint i = 0; accepts[i] != NULL; i++)
    self->accepts |= fare_suffix_from_name (accepts[i]);

  return TRUE;
}

static gboolean
read_status (FarePriceEntry  *self,
             JsonObject      *object,
             GError         **error)
{
  gboolean is_empty = self->rates.segments->len == 0;
  g_autofree char *id = NULL;

  if (!read_string (object, "status", is_empty ? "unpriced" : "list", &id, error))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    if (g_str_equal (statuses[i].id, id))
      {
        self->status = (FarePriceStatus) i;
        if ((self->status == FARE_PRICE_UNPRICED) == is_empty)
          return TRUE;

        g_set_error (error, FARE_PRICE_ERROR, FARE_PRICE_ERROR_VALUE,
                     _("“status” is “unpriced” exactly when “prices” is empty"));
        return FALSE;
      }

  g_set_error (error, FARE_PRICE_ERROR, FARE_PRICE_ERROR_VALUE, _("The status “%s” is unknown"),
               id);
  return FALSE;
}

static gboolean
read_context (FarePriceEntry  *self,
              JsonObject      *object,
              GError         **error)
{
  JsonNode *node = json_object_get_member (object, "context");

  if (node == NULL)
    return TRUE;

  return (fare_price_json_node_to_int (node, &self->context) && self->context >= 0)
         || set_type_error (error, "context");
}

FarePriceEntry *
fare_price_entry_read (JsonObject  *object,
                       GError     **error)
{
  g_autoptr(FarePriceEntry) self = g_new0 (FarePriceEntry, 1);

  fare_rates_init (&self->rates);
  if (!read_id (self, object, error)
      || !read_names (self, object, error)
      || !fare_rates_read (&self->rates, object, error)
      || !read_status (self, object, error)
      || !read_context (self, object, error))
    return NULL;

  return g_steal_pointer (&self);
}

FarePriceEntry *
fare_price_entry_new_nameless (FarePriceStatus  status,
                               const FareRates *rates)
{
  FarePriceEntry *self = g_new0 (FarePriceEntry, 1);

  self->id = g_strdup ("");
  self->status = status;
  self->rates = *rates;

  return self;
}

void
fare_price_entry_free (FarePriceEntry *self)
{
  g_free (self->id);
  g_free (self->provider);
  g_free (self->name);
  g_free (self->class_id);
  g_free (self->as_of);
  g_free (self->review_after);
  g_free (self->note);
  g_strfreev (self->aliases);
  g_strfreev (self->sources);
  fare_rates_clear (&self->rates);
  g_free (self);
}

const char *
fare_price_entry_get_id (const FarePriceEntry *self)
{
  return self->id;
}

const char *
fare_price_entry_get_name (const FarePriceEntry *self)
{
  return self->name;
}

const char *
fare_price_entry_get_provider (const FarePriceEntry *self)
{
  return self->provider;
}

const char *
fare_price_entry_get_class (const FarePriceEntry *self)
{
  return self->class_id;
}

FarePriceStatus
fare_price_entry_get_status (const FarePriceEntry *self)
{
  return self->status;
}

gboolean
fare_price_entry_is_estimate (const FarePriceEntry *self)
{
  return self->status == FARE_PRICE_MARKET || self->status == FARE_PRICE_ESTIMATED;
}

gint64
fare_price_entry_get_context (const FarePriceEntry *self)
{
  return self->context;
}

FareSuffixes
fare_price_entry_get_accepts (const FarePriceEntry *self)
{
  return self->accepts;
}

const FareRates *
fare_price_entry_get_rates (const FarePriceEntry *self)
{
  return &self->rates;
}

const char * const *
fare_price_entry_get_aliases (const FarePriceEntry *self)
{
  return (const char * const *) self->aliases;
}

const char * const *
fare_price_entry_get_sources (const FarePriceEntry *self)
{
  return (const char * const *) self->sources;
}

const char *
fare_price_entry_get_as_of (const FarePriceEntry *self)
{
  return self->as_of;
}

const char *
fare_price_entry_get_review_after (const FarePriceEntry *self)
{
  return self->review_after;
}

const char *
fare_price_entry_get_note (const FarePriceEntry *self)
{
  return self->note;
}

FarePriceOrigin
fare_price_entry_get_origin (const FarePriceEntry *self)
{
  return self->origin;
}

const FarePriceEntry *
fare_price_entry_get_shipped (const FarePriceEntry *self)
{
  return self->shipped;
}

void
fare_price_entry_put_keys (FarePriceEntry *self,
                           GHashTable     *keys)
{
  g_hash_table_replace (keys, fare_model_name_to_key (self->id), self);
  for (guint i = 0; self->aliases[i] != NULL; i++)
    g_hash_table_replace (keys, fare_model_name_to_key (self->aliases[i]), self);
}

void
fare_price_entry_set_origin (FarePriceEntry       *self,
                             FarePriceOrigin       origin,
                             const FarePriceEntry *shipped)
{
  self->origin = origin;
  self->shipped = shipped;
}

void
fare_price_entry_set_class (FarePriceEntry *self,
                            const char     *id)
{
  g_free (self->class_id);
  self->class_id = g_strdup (id);
}

const char *
fare_price_status_to_id (FarePriceStatus status)
{
  return statuses[status].id;
}

const char *
fare_price_status_to_title (FarePriceStatus status)
{
  return g_dpgettext2 (GETTEXT_PACKAGE, "price status", statuses[status].title);
}

const char *
fare_price_origin_to_id (FarePriceOrigin origin)
{
  return origins[origin].id;
}

const char *
fare_price_origin_to_title (FarePriceOrigin origin)
{
  return g_dpgettext2 (GETTEXT_PACKAGE, "price origin", origins[origin].title);
}
