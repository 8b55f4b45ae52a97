/* fare-format-goose.h
 *
 * Goose: one database of sessions, newer ones with a ledger of calls.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "formats/fare-format.h"

G_BEGIN_DECLS

extern const FareFormat fare_format_goose;

G_END_DECLS
