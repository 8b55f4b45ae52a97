/* fare-calendar-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "pages/fare-calendar-page.h"

struct _FareCalendarPage
{
  AdwBin parent_instance;
};

static void page_iface_init (FarePageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FareCalendarPage, fare_calendar_page, ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (FARE_TYPE_PAGE, page_iface_init))

static void
fare_calendar_page_connect (FarePage              *page,
                        const FarePageContext *context)
{
}

static void
fare_calendar_page_set_active (FarePage *page,
                           gboolean  is_active)
{
}

static void
fare_calendar_page_set_width (FarePage  *page,
                          FareWidth  width)
{
}

static void
page_iface_init (FarePageInterface *iface)
{
  iface->features = FARE_PAGE_HAS_FILTER;
  iface->connect = fare_calendar_page_connect;
  iface->set_active = fare_calendar_page_set_active;
  iface->set_width = fare_calendar_page_set_width;
}

static void
fare_calendar_page_class_init (FareCalendarPageClass *klass)
{
}

static void
fare_calendar_page_init (FareCalendarPage *self)
{
}
