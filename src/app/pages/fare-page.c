/* fare-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "pages/fare-page.h"

G_DEFINE_INTERFACE (FarePage, fare_page, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_NOTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
fare_page_default_init (FarePageInterface *iface)
{
  /**
   * FarePage::noted:
   *
   * What fare_page_dup_search_note() says has changed.
   */
  signals[SIGNAL_NOTED] =
    g_signal_new ("noted", G_TYPE_FROM_INTERFACE (iface), G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 0);
}

void
fare_page_connect (FarePage              *self,
                   const FarePageContext *context)
{
  g_return_if_fail (FARE_IS_PAGE (self));
  g_return_if_fail (context != NULL);

  FARE_PAGE_GET_IFACE (self)->connect (self, context);
}

void
fare_page_set_active (FarePage *self,
                      gboolean  is_active)
{
  g_return_if_fail (FARE_IS_PAGE (self));

  FARE_PAGE_GET_IFACE (self)->set_active (self, is_active);
}

void
fare_page_set_width (FarePage  *self,
                     FareWidth  width)
{
  g_return_if_fail (FARE_IS_PAGE (self));

  FARE_PAGE_GET_IFACE (self)->set_width (self, width);
}

FarePageFeatures
fare_page_get_features (FarePage *self)
{
  g_return_val_if_fail (FARE_IS_PAGE (self), 0);

  return FARE_PAGE_GET_IFACE (self)->features;
}

FareLiveQuery *
fare_page_get_query (FarePage *self)
{
  g_return_val_if_fail (FARE_IS_PAGE (self), NULL);

  return FARE_PAGE_GET_IFACE (self)->get_query (self);
}

void
fare_page_set_search (FarePage   *self,
                      const char *text)
{
  g_return_if_fail (FARE_IS_PAGE (self));
  g_return_if_fail (text != NULL);

  if (FARE_PAGE_GET_IFACE (self)->set_search != NULL)
    FARE_PAGE_GET_IFACE (self)->set_search (self, text);
}

char *
fare_page_dup_search_note (FarePage *self)
{
  g_return_val_if_fail (FARE_IS_PAGE (self), NULL);

  if (FARE_PAGE_GET_IFACE (self)->dup_search_note == NULL)
    return NULL;

  return FARE_PAGE_GET_IFACE (self)->dup_search_note (self);
}

void
fare_page_emit_noted (FarePage *self)
{
  g_return_if_fail (FARE_IS_PAGE (self));

  g_signal_emit (self, signals[SIGNAL_NOTED], 0);
}

gboolean
fare_page_go_back (FarePage *self)
{
  g_return_val_if_fail (FARE_IS_PAGE (self), FALSE);

  return FARE_PAGE_GET_IFACE (self)->go_back != NULL &&
         FARE_PAGE_GET_IFACE (self)->go_back (self);
}

gboolean
fare_page_can_step (FarePage *self,
                    int       direction)
{
  g_return_val_if_fail (FARE_IS_PAGE (self), FALSE);

  return FARE_PAGE_GET_IFACE (self)->can_step != NULL &&
         FARE_PAGE_GET_IFACE (self)->can_step (self, direction);
}

gboolean
fare_page_step (FarePage *self,
                int       direction)
{
  g_return_val_if_fail (FARE_IS_PAGE (self), FALSE);

  if (FARE_PAGE_GET_IFACE (self)->step == NULL)
    return FALSE;

  if (fare_page_can_step (self, direction))
    FARE_PAGE_GET_IFACE (self)->step (self, direction);

  return TRUE;
}

gboolean
fare_page_show_today (FarePage *self)
{
  g_return_val_if_fail (FARE_IS_PAGE (self), FALSE);

  if (FARE_PAGE_GET_IFACE (self)->show_today == NULL)
    return FALSE;

  FARE_PAGE_GET_IFACE (self)->show_today (self);

  return TRUE;
}
