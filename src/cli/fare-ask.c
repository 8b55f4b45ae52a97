/* fare-ask.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-ask.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "fare-print.h"

gboolean
fare_ask_is_possible (void)
{
  return isatty (STDIN_FILENO) && isatty (STDOUT_FILENO);
}

/* Returns: 1 for yes, 0 for no, else what is not understood */
static int
understand (const char *answer)
{
  int meaning = rpmatch (answer);

  if (meaning >= 0)
    return meaning;
  if (g_ascii_tolower (*answer) == 'y')
    return 1;

  return g_ascii_tolower (*answer) == 'n' ? 0 : -1;
}

FareAnswer
fare_ask (const char *question,
          gboolean    fallback)
{
  g_autofree char *line = NULL;
  size_t size = 0;

  for (;;)
    {
      const char *answer;
      int meaning;

      /* Translators: what can be answered to a question; the capital is what Enter means */
      fare_print ("%s %s ", question, fallback ? _("[Y/n]") : _("[y/N]"));
      fare_print_flush ();
      if (getline (&line, &size, stdin) < 0)
        {
          fare_print ("\n");
          return FARE_ANSWER_NONE;
        }

      answer = g_strstrip (line);
      meaning = *answer == '\0' ? fallback : understand (answer);
      if (meaning >= 0)
        return meaning ? FARE_ANSWER_YES : FARE_ANSWER_NO;
    }
}
