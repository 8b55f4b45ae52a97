/* fare-tailscale-switch.h
 *
 * The verbs of “tokenfare tailscale”: what Tailscale serves, the name that the server answers to, and
 * what is remembered of both, in step.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "fare-port.h"
#include "fare-setup-manifest.h"
#include "fare-tailscale.h"

G_BEGIN_DECLS

/* One run of the command. */
typedef struct
{
  FarePaths         *paths;
  guint              port;       /* of our server */
  char              *target;     /* how it is called there */
  FareTailscale      tailscale;
  FareSetupManifest *manifest;   /* (nullable) */
  FarePort           server;
  gboolean           is_known;   /* Tailscale has told */
  const char        *changed[2]; /* what this run has done, for programs */
  guint              n_changed;
  GError            *error;      /* (nullable): why it went no further */
  char              *remedy;     /* (nullable): a command that helps */
} FareTailscaleRun;

/**
 * fare_tailscale_run_init:
 * @port: of our server
 */
void      fare_tailscale_run_init       (FareTailscaleRun       *self,
                                         FarePaths              *paths,
                                         guint                   port);
void      fare_tailscale_run_clear      (FareTailscaleRun       *self);

/* The verbs.  Each returns whether it was done; else error says why not, and nothing but what changed
 * names has changed. */
gboolean  fare_tailscale_run_look       (FareTailscaleRun       *self);
gboolean  fare_tailscale_run_switch_on  (FareTailscaleRun       *self);
gboolean  fare_tailscale_run_switch_off (FareTailscaleRun       *self);

/* Whether our server is what is served at our path. */
gboolean  fare_tailscale_run_is_on      (const FareTailscaleRun *self);

/* Whether the server answers to the name by which it is called there. */
gboolean  fare_tailscale_run_is_allowed (const FareTailscaleRun *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FareTailscaleRun, fare_tailscale_run_clear)

G_END_DECLS
