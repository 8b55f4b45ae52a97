/* fare-setup-apply.h
 *
 * Switches parts on, and off again.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "fare-setup-plan.h"

G_BEGIN_DECLS

/**
 * fare_setup_apply:
 *
 * Does what is still to do in the plan, and writes it into the manifest, one part after the other.
 * Each part is DONE or FAILED afterwards; one that failed is as it was before.
 *
 * Returns: whether nothing failed
 */
gboolean  fare_setup_apply           (FareSetupPlan      *plan);

/**
 * fare_setup_undo_service:
 *
 * What setup switched on is off again afterwards, and what was on before stays on.  A part that was
 * undone is no longer in the manifest.  Each of these is fine to be repeated.
 */
gboolean  fare_setup_undo_service    (FareSetupManifest  *manifest,
                                      GError            **error);

/**
 * fare_setup_undo_tray:
 * @was_ours: (out): %FALSE when the entry is somebody else’s by now, and was left alone
 */
gboolean  fare_setup_undo_tray       (FareSetupManifest  *manifest,
                                      FarePaths          *paths,
                                      gboolean           *was_ours,
                                      GError            **error);

/**
 * fare_setup_undo_statusline:
 * @was_ours: (out): %FALSE when the line is somebody else’s by now, and was left alone
 */
gboolean  fare_setup_undo_statusline (FareSetupManifest  *manifest,
                                      FarePaths          *paths,
                                      gboolean           *was_ours,
                                      GError            **error);

/**
 * fare_setup_undo_tailscale:
 * @was_ours: (out): %FALSE when something else is served there by now, and was left alone
 *
 * Ends what “tokenfare tailscale on” has Tailscale serve.  The name that it allowed is a setting, and
 * goes with those.
 */
gboolean  fare_setup_undo_tailscale  (FareSetupManifest  *manifest,
                                      gboolean           *was_ours,
                                      GError            **error);

G_END_DECLS
