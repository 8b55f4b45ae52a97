/* stopwatch.c
 *
 * stopwatch FILE COMMAND [ARGUMENT...]: runs COMMAND and writes to FILE what it took: microseconds
 * until it ended, of user and of system time, peak memory in KB and its exit status.  A program
 * of its own, because a child starts out with the peak memory of who started it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

extern char **environ;

static long long
now_us (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);

  return now.tv_sec * 1000000LL + now.tv_nsec / 1000;
}

static long long
time_us (struct timeval time)
{
  return time.tv_sec * 1000000LL + time.tv_usec;
}

int
main (int    argc,
      char **argv)
{
  struct rusage used;
  long long start_us, wall_us;
  pid_t child;
  int status, error;
  FILE *file;

  if (argc < 3)
    {
      fputs ("Usage: stopwatch FILE COMMAND [ARGUMENT...]\n", stderr);
      return 2;
    }

  start_us = now_us ();
  error = posix_spawnp (&child, argv[2], NULL, NULL, argv + 2, environ);
  if (error != 0)
    {
      fprintf (stderr, "stopwatch: %s: %s\n", argv[2], strerror (error));
      return 127;
    }
  if (wait4 (child, &status, 0, &used) != child)
    return 126;
  wall_us = now_us () - start_us;

  file = fopen (argv[1], "we");
  if (file == NULL)
    {
      perror (argv[1]);
      return 126;
    }
  fprintf (file, "%lld %lld %lld %ld %d\n", wall_us, time_us (used.ru_utime), time_us (used.ru_stime),
           used.ru_maxrss, WIFEXITED (status) ? WEXITSTATUS (status) : 128 + WTERMSIG (status));

  return fclose (file) == 0 ? EXIT_SUCCESS : 126;
}
