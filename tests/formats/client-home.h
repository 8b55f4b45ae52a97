/* client-home.h
 *
 * What the tests of single clients' formats share, on top of a throwaway home.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "log-home.h"

G_BEGIN_DECLS

/* From now on the environment holds these variables: "NAME=path", %s stands for the home. */
static inline void
client_home_set_env (LogHome    *home,
                     const char *first,
                     const char *second)
{
  const char * const wanted[] = { first, second };
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) environment = NULL;
  g_autofree char *folder = g_strconcat ("HOME=", home->folder, NULL);

  g_strv_builder_add (builder, folder);
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      g_auto(GStrv) parts = g_strsplit (wanted[i] != NULL ? wanted[i] : "", "%s", -1);
      g_autofree char *variable = g_strjoinv (home->folder, parts);

      if (*variable != '\0')
        g_strv_builder_add (builder, variable);
    }
  environment = g_strv_builder_end (builder);
  g_clear_object (&home->paths);
  home->paths = fare_paths_new_for_env ((const char * const *) environment);
}

/* Scans, and compares all counted events with @wanted. */
static inline void
client_home_expect (LogHome    *home,
                    const char *wanted)
{
  g_autofree char *events = NULL;

  log_home_scan (home);
  events = log_home_dump (home);
  g_assert_cmpstr (events, ==, wanted);
}

G_END_DECLS
