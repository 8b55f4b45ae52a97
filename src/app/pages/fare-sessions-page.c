/* fare-sessions-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "pages/fare-sessions-page.h"

struct _FareSessionsPage
{
  AdwBin parent_instance;
};

static void page_iface_init (FarePageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FareSessionsPage, fare_sessions_page, ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (FARE_TYPE_PAGE, page_iface_init))

static void
fare_sessions_page_connect (FarePage              *page,
                        const FarePageContext *context)
{
}

static void
fare_sessions_page_set_active (FarePage *page,
                           gboolean  is_active)
{
}

static void
fare_sessions_page_set_width (FarePage  *page,
                          FareWidth  width)
{
}

static void
page_iface_init (FarePageInterface *iface)
{
  iface->features = FARE_PAGE_HAS_RANGE | FARE_PAGE_HAS_FILTER | FARE_PAGE_HAS_SEARCH;
  iface->connect = fare_sessions_page_connect;
  iface->set_active = fare_sessions_page_set_active;
  iface->set_width = fare_sessions_page_set_width;
}

static void
fare_sessions_page_class_init (FareSessionsPageClass *klass)
{
}

static void
fare_sessions_page_init (FareSessionsPage *self)
{
}

void
fare_sessions_page_show_session (FareSessionsPage *self,
                                 const char       *client,
                                 const char       *uid)
{
  g_return_if_fail (FARE_IS_SESSIONS_PAGE (self));
}
