/* fare-format-antigravity.h
 *
 * Antigravity and its command line: one database per conversation.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "formats/fare-format.h"

G_BEGIN_DECLS

extern const FareFormat fare_format_antigravity;

G_END_DECLS
