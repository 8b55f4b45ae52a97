/* fare-user-unit.h
 *
 * The server's systemd user unit, by way of the program systemctl.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "base/fare-paths.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean  has_session; /* systemd looks after this user's programs; nothing below counts otherwise */
  char     *load;        /* "loaded", "not-found", "masked", … */
  char     *file_state;  /* "enabled", "disabled", "linked", "static", …; "" when not found */
  char     *active;      /* "active", "inactive", "failed", "activating", … */
  char     *path;        /* the file it was loaded from; "" when not found */
  guint     pid;         /* the server's process; 0 when it does not run */
} FareUserUnit;

/**
 * fare_user_unit_find_file:
 *
 * Returns: (transfer full): the unit's file that came with this program, which need not be there: in
 *   the folder of units of its prefix, else where it was installed
 */
char     *fare_user_unit_find_file  (void) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_user_unit_look:
 * @result: (out): cleared with fare_user_unit_clear()
 *
 * Asks systemd about the unit.
 */
void      fare_user_unit_look       (FareUserUnit  *result);
void      fare_user_unit_clear      (FareUserUnit  *self);

gboolean  fare_user_unit_is_active  (const FareUserUnit  *self);

/* Whether systemd has it from @file, also by a link. */
gboolean  fare_user_unit_has_file   (const FareUserUnit  *self,
                                     const char          *file);

/* Whether the unit is started at login. */
gboolean  fare_user_unit_is_enabled (const FareUserUnit  *self);

/**
 * fare_user_unit_dup_environment:
 *
 * Returns: (transfer full): "NAME=value" pairs that systemd gives the server
 */
GStrv     fare_user_unit_dup_environment (void) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_user_unit_call:
 * @verb: of systemctl: "enable", …
 * @argument: (nullable): an option
 * @unit: the unit's name or file
 *
 * Has systemd do something.
 *
 * Returns: %FALSE with @error (what systemctl said) when it was not done
 */
gboolean  fare_user_unit_call       (const char    *verb,
                                     const char    *argument,
                                     const char    *unit,
                                     GError       **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FareUserUnit, fare_user_unit_clear)

G_END_DECLS
