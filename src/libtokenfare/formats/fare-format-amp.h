/* fare-format-amp.h
 *
 * Amp: threads/T-<uuid>.json, one document a thread, rewritten in place.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "formats/fare-format.h"

G_BEGIN_DECLS

extern const FareFormat fare_format_amp;

G_END_DECLS
