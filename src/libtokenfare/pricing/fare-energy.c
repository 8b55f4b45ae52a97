/* fare-energy.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pricing/fare-energy.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/fare-conventions.h"
#include "pricing/fare-model-name.h"
#include "pricing/fare-price-entry.h"
#include "pricing/fare-price-json.h"

#define ENERGY_SCHEMA 1
#define ENERGY_KIND "tokenfare-energy"
#define ENERGY_UNIT "J_per_token"
#define DEFAULT_CLASS "default"
#define LEAST_WH 0.01
#define JOULES_PER_WH 3600.0

/* For names that no entry of the price table has. */
typedef struct
{
  GRegex                *pattern;
  const FareEnergyClass *found;
} EnergyRule;

struct _FareEnergyTable
{
  GPtrArray             *classes;  /* of FareEnergyClass */
  GPtrArray             *rules;    /* of EnergyRule; the first that fits wins */
  const FareEnergyClass *fallback;
};

static void
class_free (FareEnergyClass *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self);
}

static void
rule_free (EnergyRule *self)
{
  g_regex_unref (self->pattern);
  g_free (self);
}

static const FareEnergyClass *
find_class (FareEnergyTable *self,
            const char      *id)
{
  for (guint i = 0; id != NULL && i < self->classes->len; i++)
    {
      const FareEnergyClass *other = g_ptr_array_index (self->classes, i);

      if (g_str_equal (other->id, id))
        return other;
    }

  return NULL;
}

static gboolean
read_coefficient (JsonObject *object,
                  const char *name,
                  double     *value)
{
  return fare_price_json_node_to_number (json_object_get_member (object, name), value) &&
         *value >= 0;
}

static gboolean
read_class (FareEnergyTable *self,
            JsonObject      *object)
{
  const char *id = fare_price_json_get_string (object, "id");
  const char *name = fare_price_json_get_string (object, "name");
  FareEnergyClass values = { 0 };

  if (id == NULL || find_class (self, id) != NULL ||
      !read_coefficient (object, "prefill", &values.prefill) ||
      !read_coefficient (object, "cached", &values.cached) ||
      !read_coefficient (object, "decode", &values.decode))
    return FALSE;

  values.id = g_strdup (id);
  values.name = g_strdup (name != NULL ? name : id);
  g_ptr_array_add (self->classes, g_memdup2 (&values, sizeof values));
  return TRUE;
}

static gboolean
read_rule (FareEnergyTable *self,
           JsonObject      *object)
{
  const char *text = fare_price_json_get_string (object, "pattern");
  const FareEnergyClass *found = find_class (self, fare_price_json_get_string (object, "class"));
  GRegex *pattern = NULL;
  EnergyRule *rule;

  if (text != NULL && found != NULL)
    pattern = g_regex_new (text, G_REGEX_OPTIMIZE, 0, NULL);
  if (pattern == NULL)
    return FALSE;

  rule = g_new0 (EnergyRule, 1);
  rule->pattern = pattern;
  rule->found = found;
  g_ptr_array_add (self->rules, rule);
  return TRUE;
}

/* Every element of the array "name" is an object that @read takes. */
static gboolean
read_all (FareEnergyTable *self,
          JsonObject      *root,
          const char      *name,
          gboolean       (*read) (FareEnergyTable *, JsonObject *))
{
  JsonArray *array = fare_price_json_get_array (root, name);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_OBJECT (node) || !read (self, json_node_get_object (node)))
        return FALSE;
    }

  return array != NULL;
}

static gboolean
read_table (FareEnergyTable  *self,
            JsonObject       *root,
            const char       *path,
            GError          **error)
{
  gint64 schema;

  if (!fare_price_json_node_to_int (json_object_get_member (root, "schema"), &schema) ||
      schema != ENERGY_SCHEMA ||
      g_strcmp0 (fare_price_json_get_string (root, "kind"), ENERGY_KIND) != 0 ||
      g_strcmp0 (fare_price_json_get_string (root, "unit"), ENERGY_UNIT) != 0)
    {
      g_set_error (error, FARE_PRICE_ERROR, FARE_PRICE_ERROR_SCHEMA,
                   _("“%s” is not an energy file this version can read"), path);
      return FALSE;
    }

  if (!read_all (self, root, "classes", read_class) || !read_all (self, root, "rules", read_rule) ||
      (self->fallback = find_class (self, DEFAULT_CLASS)) == NULL)
    {
      g_set_error (error, FARE_PRICE_ERROR, FARE_PRICE_ERROR_VALUE,
                   _("“%s” has an energy class or rule that is damaged"), path);
      return FALSE;
    }

  return TRUE;
}

FareEnergyTable *
fare_energy_table_load (const char  *path,
                        GError     **error)
{
  g_autoptr(JsonNode) root = NULL;
  g_autoptr(FareEnergyTable) self = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  root = fare_price_json_load (path, error);
  if (root == NULL)
    return NULL;

  self = g_new0 (FareEnergyTable, 1);
  self->classes = g_ptr_array_new_with_free_func ((GDestroyNotify) class_free);
  self->rules = g_ptr_array_new_with_free_func ((GDestroyNotify) rule_free);

  return read_table (self, json_node_get_object (root), path, error) ? g_steal_pointer (&self)
                                                                     : NULL;
}

FareEnergyTable *
fare_energy_table_load_shipped (FarePaths  *paths,
                                GError    **error)
{
  g_autofree char *path = g_build_filename (fare_paths_get_pkgdata_dir (paths), "energy.json",
                                            NULL);

  return fare_energy_table_load (path, error);
}

void
fare_energy_table_free (FareEnergyTable *self)
{
  g_ptr_array_unref (self->rules);
  g_ptr_array_unref (self->classes);
  g_free (self);
}

static const FareEnergyClass *
find_by_rule (FareEnergyTable *self,
              const char      *model)
{
  g_autofree char *name = fare_model_name_normalise (model);
  g_autofree char *plain = NULL;
  const char *base;

  if (fare_model_name_unwrap (name, &plain) != FARE_UNWRAP_DONE)
    return self->fallback;

  base = strrchr (plain, '/');
  base = base != NULL ? base + 1 : plain;
  for (guint i = 0; i < self->rules->len; i++)
    {
      const EnergyRule *rule = g_ptr_array_index (self->rules, i);

      if (g_regex_match (rule->pattern, base, 0, NULL))
        return rule->found;
    }

  return self->fallback;
}

const FareEnergyClass *
fare_energy_table_find (FareEnergyTable      *self,
                        const FarePriceMatch *match,
                        const char           *model)
{
  const FareEnergyClass *found = NULL;

  g_return_val_if_fail (self != NULL && match != NULL, NULL);

  if (match->entry != NULL)
    {
      found = find_class (self, fare_price_entry_get_class (match->entry));
      return found != NULL ? found : self->fallback;
    }

  return model != NULL ? find_by_rule (self, model) : self->fallback;
}

double
fare_energy_class_get_joules (const FareEnergyClass *self,
                              const FareUsage       *usage)
{
  return (usage->input + usage->cache_write_5m + usage->cache_write_1h) * self->prefill +
         usage->cache_read * self->cached + usage->output * self->decode;
}

double
fare_energy_table_get_joules (FareEnergyTable *self,
                              FarePriceBook   *prices,
                              const char      *provider,
                              const char      *model,
                              const FareUsage *usage)
{
  FarePriceMatch match = fare_price_book_match (prices, provider, model);

  return fare_energy_class_get_joules (fare_energy_table_find (self, &match, model), usage);
}

char *
fare_energy_to_text (double joules)
{
  double wh = isfinite (joules) ? joules / JOULES_PER_WH : 0;
  gboolean is_large = wh >= 999.95; /* would read "1000.0 Wh" */
  double value = is_large ? wh / 1000 : wh;
  FareConventions conventions;
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *number = NULL;

  /* An order of magnitude does not get truer by more digits. */
  fare_conventions_init (&conventions);
  g_ascii_formatd (digits, sizeof digits,
                   is_large && value >= 99.995 ? "%.0f" : is_large || wh < 9.995 ? "%.2f" : "%.1f",
                   value);
  number = fare_conventions_format_number (&conventions.number, digits);

  /* However little, it is not nothing. */
  if (wh > 0 && wh < LEAST_WH / 2)
    {
      g_autofree char *least = fare_conventions_format_number (&conventions.number,
                                                               G_STRINGIFY (LEAST_WH));

      /* Translators: less than an amount of energy: "<0.01 Wh" */
      return g_strdup_printf (C_("energy", "<%s Wh"), least);
    }

  /* Translators: energy in kilowatt hours and in watt hours: "1.31 kWh", "28.9 Wh" */
  return g_strdup_printf (is_large ? C_("energy", "%s kWh") : C_("energy", "%s Wh"), number);
}
