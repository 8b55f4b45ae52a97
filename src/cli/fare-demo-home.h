/* fare-demo-home.h
 *
 * Writes invented sessions the way the clients would have: their folders, their files,
 * their records.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "fare-demo-story.h"

G_BEGIN_DECLS

typedef struct _FareDemoHome FareDemoHome;

/**
 * fare_demo_home_new:
 * @folder: the home folder to write to
 *
 * Returns: (transfer full): a home in which nothing is written yet
 */
FareDemoHome *fare_demo_home_new   (const char             *folder) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_demo_home_write:
 * @user_data: a #FareDemoHome
 *
 * A #FareDemoSessionFunc that writes the log of one session.
 */
gboolean      fare_demo_home_write (const FareDemoSession  *session,
                                    gpointer                user_data,
                                    GError                **error);

/**
 * fare_demo_home_close:
 * @self: (transfer full): the home
 *
 * Completes what clients keep in databases.
 *
 * Returns: %FALSE with @error when something could not be written
 */
gboolean      fare_demo_home_close (FareDemoHome           *self,
                                    GError                **error);

/* How one client writes a session; all of them are in the files fare-demo-*.c. */
typedef gboolean (*FareDemoPen)    (FareDemoHome           *home,
                                    const FareDemoSession  *session,
                                    GError                **error);

gboolean      fare_demo_write_lines     (FareDemoHome *home, const FareDemoSession *session, GError **error);
gboolean      fare_demo_write_documents (FareDemoHome *home, const FareDemoSession *session, GError **error);
gboolean      fare_demo_write_rows      (FareDemoHome *home, const FareDemoSession *session, GError **error);

/**
 * fare_demo_home_save:
 * @text: (transfer full): what to write
 * @format: the file's path below the home folder
 *
 * Writes a file as old as the session's last call.
 */
gboolean      fare_demo_home_save  (FareDemoHome           *home,
                                    const FareDemoSession  *session,
                                    GString                *text,
                                    GError                **error,
                                    const char             *format,
                                    ...) G_GNUC_PRINTF (5, 6);

/**
 * fare_demo_home_run:
 * @path: a database below the home folder; made with @schema when it is not there
 * @format: SQL with its values
 *
 * Runs statements on one of the home's databases, in one transaction that fare_demo_home_close()
 * ends.
 */
gboolean      fare_demo_home_run   (FareDemoHome           *home,
                                    const char             *path,
                                    const char             *schema,
                                    GError                **error,
                                    const char             *format,
                                    ...) G_GNUC_PRINTF (5, 6);

/**
 * fare_demo_stamp:
 *
 * Returns: (transfer full): "2026-11-22T07:06:11.250Z"
 */
char         *fare_demo_stamp      (gint64                  time_ms) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_demo_prompt:
 * @n_seen: (inout): prompts seen so far
 *
 * Returns: (nullable): what the developer said right before @call
 */
const char   *fare_demo_prompt     (const FareDemoSession  *session,
                                    const FareDemoCall     *call,
                                    guint                  *n_seen);

G_END_DECLS
