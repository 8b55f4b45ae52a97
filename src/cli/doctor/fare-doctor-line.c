/* fare-doctor-line.c
 *
 * Who writes Claude Code's status line, and whether that program is still there.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "doctor/fare-doctor-private.h"

static gboolean
is_program_there (const char *command)
{
  g_auto(GStrv) words = NULL;
  g_autofree char *found = NULL;

  if (!g_shell_parse_argv (command, NULL, &words, NULL))
    return FALSE;

  found = g_find_program_in_path (words[0]);
  return found != NULL;
}

void
fare_doctor_look_at_line (FareDoctor *self)
{
  FareDoctorLine *line = &self->line;

  line->owner = fare_statusline_find_owner (self->paths, &line->path, &line->command);
  line->is_lost = line->owner == FARE_LINE_OURS && !is_program_there (line->command);
}
