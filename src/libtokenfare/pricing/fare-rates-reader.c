/* fare-rates-reader.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pricing/fare-rates-reader.h"

#include <glib/gi18n-lib.h>

#include "pricing/fare-price-book.h"
#include "pricing/fare-price-json.h"
#include "pricing/fare-price-time.h"

static void
set_error (GError     **error,
           const char  *format,
           ...) G_GNUC_PRINTF (2, 3);

static void
set_error (GError     **error,
           const char  *format,
           ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_propagate_error (error, g_error_new_valist (FARE_PRICE_ERROR, FARE_PRICE_ERROR_VALUE, format,
                                                arguments));
  va_end (arguments);
}

/* An absent member leaves @number alone and is fine; one that is null counts as absent. */
static gboolean
read_rate (JsonObject     *object,
           const char     *name,
           FareRateKinds   kind,
           FareRateKinds  *stated,
           double         *number,
           GError        **error)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;

  if (!fare_price_json_node_to_number (node, number) || *number < 0.0
      || *number > FARE_RATES_LIMIT)
    {
      set_error (error, _("“%s” must be a number that is not negative, in USD per million tokens"),
                 name);
      return FALSE;
    }

  *stated |= kind;
  return TRUE;
}

static gboolean
read_card (FareRateCard  *self,
           JsonObject    *object,
           GError       **error)
{
  *self = (FareRateCard) { 0 };

  if (!read_rate (object, "input", FARE_RATE_INPUT, &self->stated, &self->input, error)
      || !read_rate (object, "output", FARE_RATE_OUTPUT, &self->stated, &self->output, error)
      || !read_rate (object, "cache_read", FARE_RATE_CACHE_READ, &self->stated,
                     &self->cache_read, error)
      || !read_rate (object, "cache_write_5m", FARE_RATE_CACHE_WRITE_5M, &self->stated,
                     &self->cache_write_5m, error)
      || !read_rate (object, "cache_write_1h", FARE_RATE_CACHE_WRITE_1H, &self->stated,
                     &self->cache_write_1h, error)
      || !read_rate (object, "reasoning", FARE_RATE_REASONING, &self->stated,
                     &self->reasoning, error))
    return FALSE;

  if ((self->stated & FARE_RATE_INPUT) == 0 || (self->stated & FARE_RATE_OUTPUT) == 0)
    {
      set_error (error, _("“%s” is missing"),
                 (self->stated & FARE_RATE_INPUT) == 0 ? "input" : "output");
      return FALSE;
    }

  /* What a vendor does not publish is billed like the next plainer kind; no discount is assumed. */
  if ((self->stated & FARE_RATE_CACHE_READ) == 0)
    self->cache_read = self->input;
  if ((self->stated & FARE_RATE_CACHE_WRITE_5M) == 0)
    self->cache_write_5m = self->input;
  if ((self->stated & FARE_RATE_CACHE_WRITE_1H) == 0)
    self->cache_write_1h = self->cache_write_5m;
  if ((self->stated & FARE_RATE_REASONING) == 0)
    self->reasoning = self->output;

  return TRUE;
}

static gboolean
read_multiplier (JsonNode    *node,
                 const char  *name,
                 double      *multiplier,
                 GError     **error)
{
  if (fare_price_json_node_to_number (node, multiplier) && *multiplier >= 0.0
      && *multiplier <= 1e6)
    return TRUE;

  set_error (error, _("“%s” must be a multiplier that is not negative"), name);
  return FALSE;
}

/* Gets the objects of a list; an absent list is empty. */
static gboolean
read_objects (JsonObject  *object,
              const char  *name,
              GPtrArray   *objects,
              GError     **error)
{
  JsonNode *node = json_object_get_member (object, name);
  JsonArray *array = NULL;

  if (node == NULL)
    return TRUE;

  array = fare_price_json_get_array (object, name);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_OBJECT (element))
        {
          array = NULL;
          break;
        }
      g_ptr_array_add (objects, json_node_get_object (element));
    }

  if (array == NULL)
    {
      set_error (error, _("“%s” must be a list of objects"), name);
      return FALSE;
    }

  return TRUE;
}

static gboolean
read_tiers (FareRateSegment  *self,
            JsonObject       *object,
            GError          **error)
{
  g_autoptr(GPtrArray) objects = g_ptr_array_new ();
  gint64 last = -1;

  if (!read_objects (object, "tiers", objects, error))
    return FALSE;

  for (guint i = 0; i < objects->len; i++)
    {
      FareRateTier tier = { 0 };
      JsonNode *above = json_object_get_member (objects->pdata[i], "above");

      if (!fare_price_json_node_to_int (above, &tier.above) || tier.above <= last)
        {
          set_error (error, _("“%s” must be numbers of tokens in ascending order"), "above");
          return FALSE;
        }
      if (!read_card (&tier.card, objects->pdata[i], error))
        return FALSE;

      last = tier.above;
      g_array_append_val (self->tiers, tier);
    }

  return TRUE;
}

static gboolean
read_days (FareRateWindow  *self,
           JsonObject      *object,
           GError         **error)
{
  JsonArray *days = fare_price_json_get_array (object, "days");

  self->days = 0x7f;
  if (!json_object_has_member (object, "days"))
    return TRUE;

  self->days = 0;
  for (guint i = 0; days != NULL && i < json_array_get_length (days); i++)
    {
      gint64 day;

      if (!fare_price_json_node_to_int (json_array_get_element (days, i), &day)
          || day < 1 || day > 7)
        {
          days = NULL;
          break;
        }
      self->days |= (guint8) (1u << (day - 1));
    }

  if (days == NULL)
    set_error (error, _("“%s” must be a list of numbers from 1, Monday, to 7"), "days");
  return days != NULL;
}

static gboolean
read_except (FareRateWindow  *self,
             JsonObject      *object,
             GError         **error)
{
  JsonArray *dates = fare_price_json_get_array (object, "except");

  if (!json_object_has_member (object, "except"))
    return TRUE;

  self->except = g_array_new (FALSE, FALSE, sizeof (gint32));
  for (guint i = 0; dates != NULL && i < json_array_get_length (dates); i++)
    {
      JsonNode *node = json_array_get_element (dates, i);
      gint32 day;

      if (json_node_get_value_type (node) != G_TYPE_STRING
          || !fare_price_date_parse (json_node_get_string (node), &day))
        {
          dates = NULL;
          break;
        }
      g_array_append_val (self->except, day);
    }

  if (dates == NULL)
    set_error (error, _("“%s” must be a list of dates"), "except");
  return dates != NULL;
}

static gboolean
read_window (FareRateWindow  *self,
             JsonObject      *object,
             GError         **error)
{
  const char *from = fare_price_json_get_string (object, "utc_from");
  const char *to = fare_price_json_get_string (object, "utc_to");
  JsonObject *rates = fare_price_json_get_object (object, "rates");

  if (from == NULL || to == NULL || !fare_price_clock_parse (from, &self->from_ms)
      || !fare_price_clock_parse (to, &self->to_ms) || self->from_ms == self->to_ms)
    {
      set_error (error, _("“%s” must be two different times of day, HH:MM"), "utc_from, utc_to");
      return FALSE;
    }

  if (!read_days (self, object, error) || !read_except (self, object, error))
    return FALSE;

  if (rates != NULL)
    {
      self->has_card = TRUE;
      return read_card (&self->card, rates, error);
    }

  return read_multiplier (json_object_get_member (object, "multiplier"), "multiplier",
                          &self->multiplier, error);
}

static gboolean
read_windows (FareRateSegment  *self,
              JsonObject       *object,
              GError          **error)
{
  g_autoptr(GPtrArray) objects = g_ptr_array_new ();

  if (!read_objects (object, "windows", objects, error))
    return FALSE;

  for (guint i = 0; i < objects->len; i++)
    {
      FareRateWindow window = { .multiplier = 1.0 };
      gboolean is_read = read_window (&window, objects->pdata[i], error);

      /* Appended even if bad, so that the array owns what was read of it. */
      g_array_append_val (self->windows, window);
      if (!is_read)
        return FALSE;
    }

  return TRUE;
}

static gboolean
read_beginning (JsonObject  *object,
                gint64      *from_ms,
                GError     **error)
{
  JsonNode *node = json_object_get_member (object, "from");
  const char *text = fare_price_json_get_string (object, "from");

  *from_ms = FARE_RATES_ALWAYS;
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (text != NULL && fare_price_time_parse (text, from_ms))
    return TRUE;

  set_error (error, _("“%s” must be a date, a time with its zone, or null"), "from");
  return FALSE;
}

static gboolean
read_segments (FareRates   *self,
               JsonObject  *entry,
               GError     **error)
{
  g_autoptr(GPtrArray) objects = g_ptr_array_new ();

  if (!read_objects (entry, "prices", objects, error))
    return FALSE;

  for (guint i = 0; i < objects->len; i++)
    {
      FareRateSegment *segment = NULL;

      g_array_set_size (self->segments, i + 1);
      segment = &g_array_index (self->segments, FareRateSegment, i);
      segment->tiers = g_array_new (FALSE, FALSE, sizeof (FareRateTier));
      segment->windows = g_array_new (FALSE, FALSE, sizeof (FareRateWindow));

      if (!read_beginning (objects->pdata[i], &segment->from_ms, error)
          || !read_card (&segment->card, objects->pdata[i], error)
          || !read_tiers (segment, objects->pdata[i], error)
          || !read_windows (segment, objects->pdata[i], error))
        return FALSE;

      if (i > 0 && segment->from_ms <= (segment - 1)->from_ms)
        {
          set_error (error, _("“%s” must be in ascending order"), "prices");
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
read_mode (FareRates   *self,
           JsonObject  *modes,
           const char  *name,
           GError     **error)
{
  FareModes flag = fare_modes_from_name (name);
  JsonObject *rates = fare_price_json_get_object (modes, name);
  FareRateMode *mode = NULL;

  if (flag == FARE_MODE_NONE)
    return TRUE; /* a key of a later version */

  mode = &self->mode[g_bit_nth_lsf (flag, -1)];
  self->modes |= flag;

  /* A place is a surcharge on whatever speed was bought, so it has no rates of its own. */
  if (rates != NULL && (flag & FARE_MODES_SPEED))
    {
      mode->has_card = TRUE;
      return read_card (&mode->card, rates, error);
    }

  return read_multiplier (json_object_get_member (modes, name), name, &mode->multiplier, error);
}

static gboolean
read_limit (FareRates   *self,
            JsonObject  *limits,
            const char  *name,
            GError     **error)
{
  FareModes flag = fare_modes_from_name (name);
  JsonObject *limit = fare_price_json_get_object (limits, name);
  FareRateMode *mode = NULL;

  if (flag == FARE_MODE_NONE)
    return TRUE;

  mode = &self->mode[g_bit_nth_lsf (flag, -1)];
  if (limit != NULL && !json_object_has_member (limit, "max_prompt"))
    return TRUE;
  if (limit != NULL
      && fare_price_json_node_to_int (json_object_get_member (limit, "max_prompt"),
                                      &mode->max_prompt)
      && mode->max_prompt >= 0)
    return TRUE;

  set_error (error, _("“%s” must be a number of tokens"), "max_prompt");
  return FALSE;
}

typedef gboolean (*ReadMember) (FareRates   *self,
                                JsonObject  *object,
                                const char  *name,
                                GError     **error);

static gboolean
read_members (FareRates   *self,
              JsonObject  *entry,
              const char  *name,
              ReadMember   read_member,
              GError     **error)
{
  JsonObject *object = fare_price_json_get_object (entry, name);
  g_autoptr(GList) members = NULL;

  if (!json_object_has_member (entry, name))
    return TRUE;
  if (object == NULL)
    {
      set_error (error, _("“%s” must be an object"), name);
      return FALSE;
    }

  members = json_object_get_members (object);
  for (GList *l = members; l != NULL; l = l->next)
    if (!read_member (self, object, l->data, error))
      return FALSE;

  return TRUE;
}

gboolean
fare_rates_read (FareRates   *self,
                 JsonObject  *entry,
                 GError     **error)
{
  return read_segments (self, entry, error)
         && read_members (self, entry, "modes", read_mode, error)
         && read_members (self, entry, "mode_limits", read_limit, error);
}
