/* fare-price-matcher.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pricing/fare-price-matcher.h"

#include <string.h>

#include "pricing/fare-model-name.h"
#include "pricing/fare-price-entry.h"

#define NAME_LIMIT 200 /* characters */
#define N_SUFFIXES 4

/* One name on its way.  A step that knows the answer writes it to @match and returns TRUE. */
typedef struct
{
  FareSellers     *sellers;
  FarePriceLookup  lookup;
  gpointer         data;     /* for lookup */
  const char      *vendor;   /* (nullable): id */
  const char      *host;     /* (nullable): namespace */
  GPtrArray       *gateways; /* namespaces, outermost first; NULL for one without */
  FareModes        wanted;   /* modes that the name asks for */
  FareSuffixes     cut;
  char            *base;     /* what is left of the name */
  FarePriceMatch   match;
} Search;

static gboolean
refuse (Search       *self,
        FareUnpriced  reason)
{
  self->match = (FarePriceMatch) { .reason = reason };
  return TRUE;
}

static const FarePriceEntry *
find_key (Search     *self,
          const char *prefix,
          const char *base)
{
  g_autofree char *name = prefix != NULL ? g_strconcat (prefix, "/", base, NULL)
                                         : g_strdup (base);
  g_autofree char *key = fare_model_name_to_key (name);

  return self->lookup (self->data, key);
}

static const FarePriceEntry *
find_entry (Search     *self,
            const char *base)
{
  if (self->host != NULL)
    return find_key (self, self->host, base);

  for (guint i = self->gateways->len; i > 0; i--)
    {
      const char *prefix = self->gateways->pdata[i - 1];
      const FarePriceEntry *entry = prefix != NULL ? find_key (self, prefix, base) : NULL;

      if (entry != NULL)
        return entry;
    }

  return find_key (self, NULL, base);
}

static gboolean
accept (Search               *self,
        const FarePriceEntry *entry)
{
  const FareRates *rates = fare_price_entry_get_rates (entry);
  FareModes wanted = self->wanted;

  if (self->cut & ~fare_price_entry_get_accepts (entry))
    return refuse (self, FARE_UNPRICED_SUFFIX_NOT_ACCEPTED);

  if (self->cut & FARE_SUFFIX_FAST)
    wanted |= (rates->modes & FARE_MODE_FAST) ? FARE_MODE_FAST : FARE_MODE_PRIORITY;

  self->match.entry = entry;
  self->match.modes = wanted & rates->modes;
  self->match.reason = fare_price_entry_get_status (entry) == FARE_PRICE_UNPRICED
                           ? FARE_UNPRICED_UNPRICED_ENTRY
                           : FARE_UNPRICED_NOT;
  return TRUE;
}

static gboolean
look_up (Search     *self,
         const char *base)
{
  const FarePriceEntry *entry = find_entry (self, base);

  if (entry == NULL)
    return FALSE;

  if (self->vendor != NULL
      && !g_str_equal (fare_price_entry_get_provider (entry), self->vendor)
      && !g_str_equal (fare_price_entry_get_provider (entry), "unknown"))
    return refuse (self, FARE_UNPRICED_PROVIDER_CONFLICT);

  return accept (self, entry);
}

/* An entry that a rule names, whatever vendor stood in front. */
static gboolean
look_up_rule (Search     *self,
              const char *id)
{
  const FarePriceEntry *entry = find_key (self, NULL, id);

  return entry != NULL ? accept (self, entry) : refuse (self, FARE_UNPRICED_NO_ENTRY);
}

static gboolean
set_vendor (Search     *self,
            const char *vendor)
{
  if (self->vendor != NULL && !g_str_equal (self->vendor, vendor))
    return refuse (self, FARE_UNPRICED_PROVIDER_CONFLICT);

  self->vendor = vendor;
  return FALSE;
}

static gboolean
read_prefix (Search     *self,
             const char *part,
             const char *base)
{
  const char *detail = NULL;

  switch (fare_sellers_find (self->sellers, part, &detail))
    {
    case FARE_SELLER_LOCAL:
      if (g_str_has_suffix (base, "-cloud") || g_str_has_suffix (base, ":cloud"))
        return refuse (self, FARE_UNPRICED_UNKNOWN_HOST_PRICE);
      return look_up_rule (self, "local");

    case FARE_SELLER_HOST:
      self->host = detail;
      return FALSE;

    case FARE_SELLER_GATEWAY:
      g_ptr_array_add (self->gateways, (gpointer) detail);
      return FALSE;

    case FARE_SELLER_VENDOR:
      return set_vendor (self, detail);

    case FARE_SELLER_UNKNOWN:
    default:
      return refuse (self, FARE_UNPRICED_UNKNOWN_PREFIX);
    }
}

static gboolean
read_prefixes (Search     *self,
               const char *name)
{
  g_auto(GStrv) parts = g_strsplit (name, "/", -1);
  guint n_parts = g_strv_length (parts);

  for (guint i = 0; i < n_parts; i++)
    if (parts[i][0] == '\0')
      return refuse (self, FARE_UNPRICED_MALFORMED);

  if (n_parts == 0)
    return refuse (self, FARE_UNPRICED_MALFORMED);

  self->base = g_strdup (parts[n_parts - 1]);
  for (guint i = 0; i + 1 < n_parts; i++)
    if (read_prefix (self, parts[i], self->base))
      return TRUE;

  return FALSE;
}

/* "[geo.]vendor.rest": sets @rest, or leaves it NULL when the base has another form. */
static gboolean
read_bedrock (Search      *self,
              const char **rest)
{
  static const char * const geos[] = {
    "us", "eu", "apac", "jp", "au", "ca", "global", "us-gov", NULL
  };
  g_auto(GStrv) parts = g_strsplit (self->base, ".", 3);
  gboolean has_geo = parts[0] != NULL && g_strv_contains (geos, parts[0]) && parts[1] != NULL;
  const char *vendor = parts[has_geo ? 1 : 0];
  const char *detail = NULL;
  const char *behind = NULL;

  if (vendor == NULL || parts[has_geo ? 2 : 1] == NULL
      || fare_sellers_find (self->sellers, vendor, &detail) != FARE_SELLER_VENDOR)
    return FALSE;

  behind = self->base + (has_geo ? strlen (parts[0]) + 1 : 0) + strlen (vendor) + 1;
  if (!g_ascii_isalpha (behind[0]))
    return FALSE;
  if (has_geo && g_str_equal (parts[0], "us-gov"))
    return refuse (self, FARE_UNPRICED_UNKNOWN_REGION_PRICE);
  if (set_vendor (self, detail))
    return TRUE;

  if (has_geo && !g_str_equal (parts[0], "global"))
    self->wanted |= FARE_MODE_REGIONAL;
  *rest = behind;
  return FALSE;
}

static gboolean
look_up_bedrock (Search *self)
{
  const char *rest = NULL;

  fare_model_name_cut_version (self->base, TRUE);
  if (read_bedrock (self, &rest))
    return TRUE;
  if (rest == NULL)
    return FALSE;

  memmove (self->base, rest, strlen (rest) + 1);
  if (look_up (self, self->base))
    return TRUE;

  fare_model_name_cut_context (self->base);
  fare_model_name_cut_version (self->base, FALSE);
  return look_up (self, self->base);
}

static gboolean
may_be_free (Search *self)
{
  if (self->host != NULL)
    return FALSE;
  if (self->gateways->len == 0)
    return TRUE;

  for (guint i = 0; i < self->gateways->len; i++)
    if (g_strcmp0 (self->gateways->pdata[i], "openrouter") == 0)
      return TRUE;

  return FALSE;
}

static gboolean
read_tags (Search *self)
{
  static const char * const neutral[] = { "thinking", "beta", "extended", "online", NULL };
  char *colon = NULL;

  while ((colon = strrchr (self->base, ':')) != NULL)
    {
      if (g_str_equal (colon + 1, "free") && may_be_free (self))
        return look_up_rule (self, "openrouter-free");
      if (!g_strv_contains (neutral, colon + 1))
        return refuse (self, FARE_UNPRICED_UNKNOWN_SUFFIX);

      *colon = '\0';
    }

  return FALSE;
}

static gboolean
look_up_base (Search *self)
{
  static const char antigravity[] = "antigravity-";

  /* Names with marks of their own are found here, before anything is cut. */
  if (look_up (self, self->base) || look_up_bedrock (self))
    return TRUE;
  if (!fare_model_name_fold_at (self->base))
    return refuse (self, FARE_UNPRICED_UNKNOWN_SUFFIX);
  if (read_tags (self))
    return TRUE;

  if (g_str_has_prefix (self->base, antigravity))
    memmove (self->base, self->base + strlen (antigravity),
             strlen (self->base + strlen (antigravity)) + 1);
  if (look_up (self, self->base))
    return TRUE;

  for (guint i = 0; i < N_SUFFIXES; i++)
    {
      FareSuffixes suffix = fare_model_name_cut_suffix (self->base);

      if (suffix == FARE_SUFFIX_NONE)
        break;
      self->cut |= suffix;
      if (look_up (self, self->base))
        return TRUE;
    }

  return refuse (self, FARE_UNPRICED_NO_ENTRY);
}

/* Puts the provider in front unless the name begins with it. */
static char *
join_provider (const char *provider,
               const char *name)
{
  g_autofree char *prefix = NULL;

  if (provider == NULL)
    return g_strdup (name);

  prefix = fare_model_name_normalise (provider);
  if (prefix[0] == '\0'
      || (g_str_has_prefix (name, prefix) && name[strlen (prefix)] == '/'))
    return g_strdup (name);

  return g_strconcat (prefix, "/", name, NULL);
}

static gboolean
is_too_long (const char *name)
{
  return (g_utf8_validate (name, -1, NULL) ? (gsize) g_utf8_strlen (name, -1) : strlen (name))
         > NAME_LIMIT;
}

static void
search (Search     *self,
        const char *provider,
        const char *name)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (name != NULL ? name : ""));
  g_autofree char *normal = NULL;
  g_autofree char *plain = NULL;
  g_autofree char *full = NULL;

  if (trimmed[0] == '\0')
    {
      refuse (self, FARE_UNPRICED_EMPTY);
      return;
    }
  if (is_too_long (trimmed))
    {
      refuse (self, FARE_UNPRICED_MALFORMED);
      return;
    }
  if (g_str_equal (trimmed, "<synthetic>"))
    {
      look_up_rule (self, "synthetic");
      return;
    }

  normal = fare_model_name_normalise (trimmed);
  switch (fare_model_name_unwrap (normal, &plain))
    {
    case FARE_UNWRAP_OPAQUE:
      refuse (self, FARE_UNPRICED_OPAQUE_ARN);
      return;

    case FARE_UNWRAP_PARTITION:
      refuse (self, FARE_UNPRICED_UNKNOWN_REGION_PRICE);
      return;

    case FARE_UNWRAP_DONE:
    default:
      break;
    }

  full = join_provider (provider, plain);
  if (!read_prefixes (self, full))
    look_up_base (self);
}

FarePriceMatch
fare_price_matcher_find (FareSellers     *sellers,
                         FarePriceLookup  lookup,
                         gpointer         data,
                         const char      *provider,
                         const char      *name)
{
  Search self = {
    .sellers = sellers, .lookup = lookup, .data = data, .gateways = g_ptr_array_new ()
  };

  search (&self, provider, name);

  g_ptr_array_unref (self.gateways);
  g_free (self.base);
  return self.match;
}
