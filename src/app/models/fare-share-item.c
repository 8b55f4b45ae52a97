/* fare-share-item.c
 *
 * One line of a list of shares, in words ready to be shown.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "models/fare-share-item.h"

struct _FareShareItem
{
  GObject  parent_instance;

  char    *key;
  char    *title;
  char    *subtitle;
  char    *value;
  char    *tooltip;
  char    *spoken;
  double   fraction;
  guint    slot;
};

G_DEFINE_FINAL_TYPE (FareShareItem, fare_share_item, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_KEY,
  PROP_TITLE,
  PROP_SUBTITLE,
  PROP_VALUE,
  PROP_TOOLTIP,
  PROP_SPOKEN,
  PROP_FRACTION,
  PROP_SLOT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static char **
find_text (FareShareItem *self,
           guint          prop_id)
{
  switch (prop_id)
    {
    case PROP_KEY:
      return &self->key;

    case PROP_TITLE:
      return &self->title;

    case PROP_SUBTITLE:
      return &self->subtitle;

    case PROP_VALUE:
      return &self->value;

    case PROP_TOOLTIP:
      return &self->tooltip;

    case PROP_SPOKEN:
      return &self->spoken;

    default:
      return NULL;
    }
}

static void
set_text (FareShareItem *self,
          guint          prop_id,
          const char    *text)
{
  char **field = find_text (self, prop_id);

  g_assert (field != NULL);

  if (g_strcmp0 (*field, text) == 0)
    return;

  g_free (*field);
  *field = g_strdup (text);
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop_id]);
}

static void
set_fraction (FareShareItem *self,
              double         fraction)
{
  if (self->fraction == fraction)
    return;

  self->fraction = fraction;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FRACTION]);
}

static void
set_slot (FareShareItem *self,
          guint          slot)
{
  if (self->slot == slot)
    return;

  self->slot = slot;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SLOT]);
}

static void
fare_share_item_finalize (GObject *object)
{
  FareShareItem *self = FARE_SHARE_ITEM (object);

  for (guint i = PROP_KEY; i <= PROP_SPOKEN; i++)
    g_clear_pointer (find_text (self, i), g_free);

  G_OBJECT_CLASS (fare_share_item_parent_class)->finalize (object);
}

static void
fare_share_item_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  FareShareItem *self = FARE_SHARE_ITEM (object);
  char **text = find_text (self, prop_id);

  if (text != NULL)
    g_value_set_string (value, *text);
  else if (prop_id == PROP_FRACTION)
    g_value_set_double (value, self->fraction);
  else if (prop_id == PROP_SLOT)
    g_value_set_uint (value, self->slot);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
fare_share_item_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  FareShareItem *self = FARE_SHARE_ITEM (object);

  if (find_text (self, prop_id) != NULL)
    set_text (self, prop_id, g_value_get_string (value));
  else if (prop_id == PROP_FRACTION)
    set_fraction (self, g_value_get_double (value));
  else if (prop_id == PROP_SLOT)
    set_slot (self, g_value_get_uint (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
fare_share_item_class_init (FareShareItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = fare_share_item_finalize;
  object_class->get_property = fare_share_item_get_property;
  object_class->set_property = fare_share_item_set_property;

  properties[PROP_KEY] =
    g_param_spec_string ("key", NULL, NULL, NULL, flags | G_PARAM_CONSTRUCT_ONLY);
  properties[PROP_TITLE] =
    g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_SUBTITLE] =
    g_param_spec_string ("subtitle", NULL, NULL, NULL, flags);
  properties[PROP_VALUE] =
    g_param_spec_string ("value", NULL, NULL, NULL, flags);
  properties[PROP_TOOLTIP] =
    g_param_spec_string ("tooltip", NULL, NULL, NULL, flags);
  properties[PROP_SPOKEN] =
    g_param_spec_string ("spoken", NULL, NULL, NULL, flags);
  properties[PROP_FRACTION] =
    g_param_spec_double ("fraction", NULL, NULL, 0.0, 1.0, 0.0, flags);
  properties[PROP_SLOT] =
    g_param_spec_uint ("slot", NULL, NULL, 0, G_MAXUINT, 0, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
fare_share_item_init (FareShareItem *self)
{
}

FareShareItem *
fare_share_item_new (const char *key)
{
  g_return_val_if_fail (key != NULL, NULL);

  return g_object_new (FARE_TYPE_SHARE_ITEM, "key", key, NULL);
}

const char *
fare_share_item_get_key (FareShareItem *self)
{
  g_return_val_if_fail (FARE_IS_SHARE_ITEM (self), NULL);

  return self->key;
}

const char *
fare_share_item_get_title (FareShareItem *self)
{
  g_return_val_if_fail (FARE_IS_SHARE_ITEM (self), NULL);

  return self->title;
}

const char *
fare_share_item_get_spoken (FareShareItem *self)
{
  g_return_val_if_fail (FARE_IS_SHARE_ITEM (self), NULL);

  return self->spoken;
}

double
fare_share_item_get_fraction (FareShareItem *self)
{
  g_return_val_if_fail (FARE_IS_SHARE_ITEM (self), 0.0);

  return self->fraction;
}

guint
fare_share_item_get_slot (FareShareItem *self)
{
  g_return_val_if_fail (FARE_IS_SHARE_ITEM (self), 0);

  return self->slot;
}

void
fare_share_item_update (FareShareItem *self,
                        FareShareItem *from)
{
  g_return_if_fail (FARE_IS_SHARE_ITEM (self));
  g_return_if_fail (FARE_IS_SHARE_ITEM (from));

  for (guint i = PROP_TITLE; i <= PROP_SPOKEN; i++)
    set_text (self, i, *find_text (from, i));

  set_fraction (self, from->fraction);
  set_slot (self, from->slot);
}
