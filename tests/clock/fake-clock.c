/* fake-clock.c
 *
 * To be loaded in front of a program (LD_PRELOAD): a clock that can be set while the program runs, and a
 * time zone that can be changed, without touching the machine's own.
 *
 *   FAKE_CLOCK   a file with what is added to the real time, 64-bit microseconds in the machine's
 *                order.  Writing it anew sets the clock: timers that want to be told are cancelled, as
 *                the kernel does it
 *   FAKE_ETC     (optional) a folder whose "localtime" stands in for the one in /etc
 *
 * The clock that nobody can set (CLOCK_MONOTONIC) goes on as it is.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Both names of open() are defined here. */
#undef _FILE_OFFSET_BITS

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#define MAX_TIMERS 16
#define TICK_US 20000
#define SECOND_US INT64_C (1000000)

/* A timer of the wall clock that wants to be told when the clock is set. */
typedef struct
{
  int             fd;
  struct timespec at; /* on the faked clock; 0: not armed */
  int             is_cancelled;
} Timer;

static const volatile int64_t *offset_us;
static int64_t zero;
static Timer timers[MAX_TIMERS];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static int64_t
get_offset (void)
{
  return offset_us != NULL ? *offset_us : 0;
}

static struct timespec
shift (struct timespec at,
       int64_t         us)
{
  int64_t whole = at.tv_sec * SECOND_US + at.tv_nsec / 1000 + us;

  return (struct timespec) { .tv_sec = whole / SECOND_US,
                             .tv_nsec = whole % SECOND_US * 1000 + at.tv_nsec % 1000 };
}

static int
arm (const Timer *timer)
{
  struct itimerspec when = { .it_value = shift (timer->at, -get_offset ()) };

  /* In the past of the real clock: at once. */
  if (when.it_value.tv_sec <= 0)
    when.it_value = (struct timespec) { .tv_nsec = 1 };

  return (int) syscall (SYS_timerfd_settime, timer->fd, TFD_TIMER_ABSTIME, &when, NULL);
}

/* What the kernel does when the clock is set. */
static void
cancel (Timer *timer)
{
  const struct itimerspec now = { .it_value = { .tv_nsec = 1 } };

  timer->is_cancelled = 1;
  syscall (SYS_timerfd_settime, timer->fd, 0, &now, NULL);
}

static void *
look_at_file (void *data)
{
  int64_t known = get_offset ();

  for (;;)
    {
      usleep (TICK_US);
      if (get_offset () == known)
        continue;

      known = get_offset ();
      pthread_mutex_lock (&lock);
      for (int i = 0; i < MAX_TIMERS; i++)
        if (timers[i].fd > 0 && (timers[i].at.tv_sec != 0 || timers[i].at.tv_nsec != 0))
          cancel (&timers[i]);
      pthread_mutex_unlock (&lock);
    }

  return NULL;
}

static void
start_looking (void)
{
  pthread_t thread;

  if (offset_us != &zero && pthread_create (&thread, NULL, look_at_file, NULL) == 0)
    pthread_detach (thread);
}

__attribute__ ((constructor)) static void
load (void)
{
  const char *path = getenv ("FAKE_CLOCK");
  int fd = path != NULL ? open (path, O_RDONLY | O_CLOEXEC) : -1;
  void *map = fd >= 0 ? mmap (NULL, sizeof *offset_us, PROT_READ, MAP_SHARED, fd, 0) : MAP_FAILED;

  offset_us = map != MAP_FAILED ? map : &zero;
  if (fd >= 0)
    close (fd);
}

int
clock_gettime (clockid_t        clock,
               struct timespec *now)
{
  int status = (int) syscall (SYS_clock_gettime, clock, now);

  if (status == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE))
    *now = shift (*now, get_offset ());

  return status;
}

int
gettimeofday (struct timeval *restrict now,
              void *restrict           zone)
{
  struct timespec exact;

  clock_gettime (CLOCK_REALTIME, &exact);
  *now = (struct timeval) { .tv_sec = exact.tv_sec, .tv_usec = exact.tv_nsec / 1000 };

  return 0;
}

time_t
time (time_t *seconds)
{
  struct timespec now;

  clock_gettime (CLOCK_REALTIME, &now);
  if (seconds != NULL)
    *seconds = now.tv_sec;

  return now.tv_sec;
}

static Timer *
find (int fd)
{
  for (int i = 0; i < MAX_TIMERS; i++)
    if (timers[i].fd == fd)
      return &timers[i];

  return NULL;
}

int
timerfd_create (clockid_t clock,
                int       flags)
{
  int fd = (int) syscall (SYS_timerfd_create, clock, flags);

  if (fd > 0 && clock == CLOCK_REALTIME)
    {
      Timer *free_one;

      pthread_once (&once, start_looking);
      pthread_mutex_lock (&lock);
      free_one = find (0);
      if (free_one != NULL)
        *free_one = (Timer) { .fd = fd };
      pthread_mutex_unlock (&lock);
    }

  return fd;
}

int
timerfd_settime (int                      fd,
                 int                      flags,
                 const struct itimerspec *when,
                 struct itimerspec       *before)
{
  Timer *timer;
  int status;

  pthread_mutex_lock (&lock);
  timer = find (fd);
  if (timer == NULL || (flags & TFD_TIMER_ABSTIME) == 0)
    status = (int) syscall (SYS_timerfd_settime, fd, flags, when, before);
  else
    {
      timer->at = when->it_value;
      timer->is_cancelled = 0;
      status = arm (timer);
    }
  pthread_mutex_unlock (&lock);

  return status;
}

ssize_t
read (int    fd,
      void  *data,
      size_t length)
{
  ssize_t n_read = syscall (SYS_read, fd, data, length);
  Timer *timer;
  int is_cancelled = 0;

  if (fd <= 0 || n_read != sizeof (uint64_t))
    return n_read;

  pthread_mutex_lock (&lock);
  timer = find (fd);
  if (timer != NULL)
    {
      is_cancelled = timer->is_cancelled;
      timer->is_cancelled = 0;
    }
  pthread_mutex_unlock (&lock);
  if (!is_cancelled)
    return n_read;

  errno = ECANCELED;
  return -1;
}

int
close (int fd)
{
  Timer *timer;

  pthread_mutex_lock (&lock);
  timer = fd > 0 ? find (fd) : NULL;
  if (timer != NULL)
    *timer = (Timer) { 0 };
  pthread_mutex_unlock (&lock);

  return (int) syscall (SYS_close, fd);
}

/* Where @path leads with the folder that stands in for /etc. */
static const char *
redirect (const char *path,
          char        other[4096])
{
  const char *folder = getenv ("FAKE_ETC");

  if (folder == NULL || (strcmp (path, "/etc/localtime") != 0 && strcmp (path, "/etc") != 0))
    return path;

  snprintf (other, 4096, "%s%s", folder, path + strlen ("/etc"));
  return other;
}

ssize_t
readlink (const char *restrict path,
          char *restrict       data,
          size_t               length)
{
  char other[4096];

  return syscall (SYS_readlinkat, AT_FDCWD, redirect (path, other), data, length);
}

static int
open_at (const char *path,
         int         flags,
         mode_t      mode)
{
  char other[4096];

  return (int) syscall (SYS_openat, AT_FDCWD, redirect (path, other), flags, mode);
}

int
open (const char *path,
      int         flags,
      ...)
{
  mode_t mode = 0;
  va_list list;

  va_start (list, flags);
  if ((flags & (O_CREAT | O_TMPFILE)) != 0)
    mode = va_arg (list, mode_t);
  va_end (list);

  return open_at (path, flags, mode);
}

int
open64 (const char *path,
        int         flags,
        ...)
{
  mode_t mode = 0;
  va_list list;

  va_start (list, flags);
  if ((flags & (O_CREAT | O_TMPFILE)) != 0)
    mode = va_arg (list, mode_t);
  va_end (list);

  return open_at (path, flags | O_LARGEFILE, mode);
}

int
inotify_add_watch (int         fd,
                   const char *path,
                   uint32_t    mask)
{
  char other[4096];

  return (int) syscall (SYS_inotify_add_watch, fd, redirect (path, other), mask);
}
