/* fare-provider.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-provider.h"

#include <string.h>

const char *
fare_provider_guess (const char *model,
                     const char *fallback)
{
  if (g_str_has_prefix (model, "claude"))
    return "anthropic";
  if (g_str_has_prefix (model, "gpt") || strstr (model, "codex") != NULL
      || (model[0] == 'o' && g_ascii_isdigit (model[1])))
    return "openai";
  if (strstr (model, "gemini") != NULL)
    return "google";
  if (g_str_has_prefix (model, "grok"))
    return "xai";

  return fallback;
}
