/* fare-format-hermes.h
 *
 * Hermes agent: one database per profile.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "formats/fare-format.h"

G_BEGIN_DECLS

extern const FareFormat fare_format_hermes;

/* Decides which database a session is taken from. */
void fare_hermes_fold (const FareFoldContext  *context,
                       FareRow               **rows,
                       guint                   n_rows);

G_END_DECLS
