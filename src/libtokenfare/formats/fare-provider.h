/* fare-provider.h
 *
 * Who made a model, for logs that name the model only.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * fare_provider_guess:
 * @model: a model as a log names it
 * @fallback: what to say of a name that nobody knows
 *
 * Returns: (transfer none): the provider as the clients themselves call it: anthropic, openai,
 *   google, xai; else @fallback
 */
const char *fare_provider_guess (const char *model,
                                 const char *fallback);

G_END_DECLS
