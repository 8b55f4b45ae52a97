/* fare-tailscale.h
 *
 * The program tailscale: what it serves at our path to the user's own network, and having it do so.
 * Nothing here talks to a network; the program talks to its own service.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Below which path of this computer's name in the tailnet we are, and at which port. */
#define FARE_TAILSCALE_PATH "/tokenfare"
#define FARE_TAILSCALE_PORT 443

typedef enum
{
  FARE_TAILSCALE_ERROR_MISSING,     /* the program is not there */
  FARE_TAILSCALE_ERROR_NOT_RUNNING, /* its service does not run */
  FARE_TAILSCALE_ERROR_OFFLINE,     /* its service is not connected, or not logged in */
  FARE_TAILSCALE_ERROR_DENIED,      /* this user may not change what is served */
  FARE_TAILSCALE_ERROR_DISABLED,    /* the tailnet does not allow it; its owner can */
  FARE_TAILSCALE_ERROR_FAILED       /* anything else */
} FareTailscaleError;

#define FARE_TAILSCALE_ERROR (fare_tailscale_error_quark ())
GQuark fare_tailscale_error_quark (void);

typedef struct
{
  char     *host;       /* this computer's name in the tailnet, "box.tail1234.ts.net" */
  gboolean  has_https;  /* the tailnet gives certificates for that name */
  char     *target;     /* (nullable): what is served at our path, "http://127.0.0.1:55423" */
  gboolean  is_public;  /* Funnel opens that port to the whole internet */
} FareTailscale;

/**
 * fare_tailscale_look:
 * @result: (out): cleared with fare_tailscale_clear()
 *
 * Asks what the computer is called and what is served at our path.
 *
 * Returns: %FALSE with a #FareTailscaleError
 */
gboolean    fare_tailscale_look        (FareTailscale       *result,
                                        GError             **error);
void        fare_tailscale_clear       (FareTailscale       *self);

/**
 * fare_tailscale_serve:
 * @target: what to serve at our path, beside what is served elsewhere
 *
 * Returns: %FALSE with a #FareTailscaleError
 */
gboolean    fare_tailscale_serve       (const char          *target,
                                        GError             **error);

/**
 * fare_tailscale_end:
 *
 * Ends what is served at our path, and nothing else.
 */
gboolean    fare_tailscale_end         (GError             **error);

/**
 * fare_tailscale_dup_target:
 *
 * Returns: (transfer full): how our server at @port of this computer is called there
 */
char       *fare_tailscale_dup_target  (guint                port) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_tailscale_dup_url:
 *
 * Returns: (transfer full): where the page is, for everybody in the tailnet
 */
char       *fare_tailscale_dup_url     (const FareTailscale *self) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_tailscale_dup_remedy:
 * @error: a #FareTailscaleError
 *
 * Returns: (transfer full) (nullable): the one command that helps, as typed into a shell
 */
char       *fare_tailscale_dup_remedy  (const GError        *error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FareTailscale, fare_tailscale_clear)

G_END_DECLS
