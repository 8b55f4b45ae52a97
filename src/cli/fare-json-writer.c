/* fare-json-writer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-json-writer.h"
#include "fare-print.h"

static void
print_cb (const char *data,
          gsize       length,
          gpointer    user_data)
{
  fare_print_data (data, length);
}

FareJsonWriter *
fare_json_writer_new (gboolean compact)
{
  return fare_json_writer_new_for (compact, print_cb, NULL);
}
