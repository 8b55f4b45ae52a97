/* fare-json-writer.h
 *
 * JSON on standard output.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "base/fare-json-writer.h"

G_BEGIN_DECLS

/**
 * fare_json_writer_new:
 * @compact: TRUE for one value per line (JSON Lines), FALSE for two spaces of indentation
 *
 * Returns: (transfer full): a writer that prints
 */
FareJsonWriter *fare_json_writer_new (gboolean compact) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
