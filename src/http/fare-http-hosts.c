/* fare-http-hosts.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-http-hosts.h"

#include <sys/stat.h>

#include "base/fare-settings.h"

/* What tells one state of a file from another; zeros when it is not there. */
typedef struct
{
  guint64 inode;
  gint64  size;
  gint64  mtime_ns;
} Stamp;

struct _FareHttpHosts
{
  FarePaths *paths;
  GStrv      named;  /* never NULL */
  GStrv      all;    /* (nullable): before the first call */
  Stamp      stamp;  /* of the settings when @all was made */
};

FareHttpHosts *
fare_http_hosts_new (FarePaths          *paths,
                     const char * const *named)
{
  FareHttpHosts *self = g_new0 (FareHttpHosts, 1);

  self->paths = g_object_ref (paths);
  self->named = named != NULL ? g_strdupv ((GStrv) named) : g_new0 (char *, 1);
  return self;
}

void
fare_http_hosts_free (FareHttpHosts *self)
{
  g_object_unref (self->paths);
  g_strfreev (self->named);
  g_strfreev (self->all);
  g_free (self);
}

static Stamp
get_stamp (const char *path)
{
  struct stat info;

  if (stat (path, &info) != 0)
    return (Stamp) { 0 };

  return (Stamp) { info.st_ino, info.st_size,
                   info.st_mtim.tv_sec * G_GINT64_CONSTANT (1000000000) + info.st_mtim.tv_nsec };
}

const char * const *
fare_http_hosts_get (FareHttpHosts *self)
{
  Stamp stamp = get_stamp (fare_paths_get_settings_file (self->paths));

  if (self->all == NULL || stamp.inode != self->stamp.inode || stamp.size != self->stamp.size
      || stamp.mtime_ns != self->stamp.mtime_ns)
    {
      g_autoptr(FareSettings) settings = fare_settings_load (self->paths);
      g_auto(GStrv) kept = fare_settings_dup_strv (settings, "api-hosts");
      g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

      g_strv_builder_addv (builder, (const char **) self->named);
      g_strv_builder_addv (builder, (const char **) kept);
      g_strfreev (self->all);
      self->all = g_strv_builder_end (builder);
      self->stamp = stamp;
    }

  return (const char * const *) self->all;
}
