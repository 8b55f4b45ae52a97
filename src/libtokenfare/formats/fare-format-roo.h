/* fare-format-roo.h
 *
 * Roo Code: <storage>/tasks/<id>/ui_messages.json, in any editor.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "formats/fare-format.h"

G_BEGIN_DECLS

extern const FareFormat fare_format_roo;

G_END_DECLS
