/* ui-room.h
 *
 * A throwaway home with logs, and the real application looking at it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "fare-application.h"
#include "fare-window.h"
#include "pages/fare-overview-page.h"

G_BEGIN_DECLS

typedef struct
{
  char             *home;
  FareApplication  *application; /* NULL until ui_room_open() */
  FareWindow       *window;      /* NULL until ui_room_open() */
  FareOverviewPage *page;
} UiRoom;

/* Makes an empty home and points the environment of this process at it. */
UiRoom     *ui_room_new          (void);

/* Closes the window if it is still open, and removes the home. */
void        ui_room_free         (UiRoom      *self);

/* Appends one answered prompt to a Claude Code log of @session. */
void        ui_room_add_claude   (UiRoom      *self,
                                  const char  *session,
                                  gint64       time_ms,
                                  const char  *model,
                                  gint64       input,
                                  gint64       output);

/* Starts the application on this home and shows its window. */
void        ui_room_open         (UiRoom      *self);

/* Takes the window that the application shows now. */
void        ui_room_adopt_window (UiRoom      *self);

/* Destroys the window and waits until it is gone. */
void        ui_room_close        (UiRoom      *self);

/* Runs the main loop until @func says yes; fails the test after many times @seconds, which is how long it takes
 * where nothing else runs. */
void        ui_wait              (gboolean   (*func) (gpointer data),
                                  gpointer     data,
                                  double       seconds);

/* Runs the main loop for a while. */
void        ui_pause             (guint        milliseconds);

/* Waits until the page shows an answer, and no scan runs. */
void        ui_room_wait_settled (UiRoom      *self);

/* The cost card's value as shown. */
const char *ui_room_get_cost     (UiRoom      *self);

/* Waits until the cost card shows @text. */
void        ui_room_wait_cost    (UiRoom      *self,
                                  const char  *text,
                                  double       seconds);

/* Opens every page, which makes it, and ends on the first one. */
void        ui_room_visit_pages  (UiRoom      *self);

/* The first descendant of @widget that is a @type and, if @id is given, has that builder id. */
GtkWidget  *ui_find              (GtkWidget   *widget,
                                  GType        type,
                                  const char  *id);

/* The first descendant of @widget that is a @type of AdwPreferencesRow with this title. */
GtkWidget  *ui_find_row          (GtkWidget   *widget,
                                  GType        type,
                                  const char  *title);

/* Calls @func for @widget and all its descendants. */
void        ui_walk              (GtkWidget   *widget,
                                  void       (*func) (GtkWidget *widget, gpointer data),
                                  gpointer     data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UiRoom, ui_room_free)

G_END_DECLS
