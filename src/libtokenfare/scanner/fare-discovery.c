/* fare-discovery.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "scanner/fare-discovery.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fare-hash.h"

/* Deeper than any client nests its folders. */
#define MAX_DEPTH 32

typedef struct
{
  FareDiscovery    *found;
  const FareFormat *format;
  const char       *root;
  GHashTable       *visited; /* "device:inode" of folders, per format */
  GHashTable       *by_key;  /* FareSource by key */
  GHashTable       *files;   /* "device:inode" of files */
  GPtrArray        *links;   /* char *: links to folders, for when all real ones were walked */
} Walk;

void
fare_source_free (FareSource *source)
{
  g_free (source->path);
  g_free (source->key);
  g_free (source);
}

static void
fail (Walk       *self,
      const char *path,
      int         error)
{
  /* A folder that is not there is the ordinary case of a client that is not used. */
  if (error == ENOENT || error == ENOTDIR)
    return;
  g_ptr_array_add (self->found->failures,
                   g_strdup_printf ("%s\t%s\t%s", self->format->id, path, g_strerror (error)));
}

static void
add_times (FareSource        *source,
           const struct stat *info)
{
  source->size += info->st_size;
  source->mtime_ns = MAX (source->mtime_ns, (gint64) info->st_mtim.tv_sec * 1000000000
                                            + info->st_mtim.tv_nsec);
}

/* What a database has not merged yet stands in a file beside it. */
static void
add_journal (FareSource *source,
             int         folder,
             const char *name)
{
  g_autofree char *journal = g_strconcat (name, "-wal", NULL);
  struct stat info;

  if (fstatat (folder, journal, &info, 0) == 0)
    add_times (source, &info);
}

/* Sizes and times of the files that reading this one looks into, as one number. */
static gint64
stamp_companions (Walk       *self,
                  const char *path)
{
  g_auto(GStrv) companions = NULL;
  guint64 hash = FARE_HASH_SEED;

  if (self->format->list_companions == NULL)
    return 0;
  companions = self->format->list_companions (self->root, path);
  for (guint i = 0; companions[i] != NULL; i++)
    {
      struct stat info = { 0 };

      if (stat (companions[i], &info) != 0)
        info = (struct stat) { 0 };
      hash = fare_hash_int (hash, info.st_size);
      hash = fare_hash_int (hash, (gint64) info.st_mtim.tv_sec * 1000000000 + info.st_mtim.tv_nsec);
    }

  return fare_hash_finish (hash);
}

static void
add_file (Walk              *self,
          int                folder,
          const char        *folder_path,
          const char        *name,
          const struct stat *info)
{
  FareSource *source = g_new0 (FareSource, 1), *other;

  source->format = self->format;
  source->path = g_build_filename (folder_path, name, NULL);
  source->root = g_intern_string (self->root);
  source->key = self->format->make_key != NULL ? self->format->make_key (self->root, source->path)
                                               : g_strdup (source->path);
  source->device = info->st_dev;
  source->inode = info->st_ino;
  add_times (source, info);
  source->stamp = stamp_companions (self, source->path);
  if (g_str_has_suffix (name, ".sqlite") || g_str_has_suffix (name, ".db"))
    add_journal (source, folder, name);

  other = g_hash_table_lookup (self->by_key, source->key);
  if (other == NULL)
    {
      g_ptr_array_add (self->found->sources, source);
      g_hash_table_insert (self->by_key, source->key, source);
      return;
    }
  if (self->format->is_preferred != NULL
      && self->format->is_preferred (source->path, other->path))
    {
      FareSource swap = *other;

      /* The key stays where the table points to. */
      *other = *source;
      *source = swap;
      swap.key = other->key;
      other->key = source->key;
      source->key = swap.key;
    }
  fare_source_free (source);
}

static char *
dup_identity (const struct stat *info)
{
  return g_strdup_printf ("%" G_GUINT64_FORMAT ":%" G_GUINT64_FORMAT, (guint64) info->st_dev,
                          (guint64) info->st_ino);
}

static void walk_folder (Walk       *self,
                         int         parent,
                         const char *name,
                         const char *path,
                         guint       depth);

/* A link to a log counts only when the log itself does not lie under a root; so links wait until all
 * that is real has been walked. */
static void
add_link_or_file (Walk              *self,
                  int                folder,
                  const char        *folder_path,
                  struct dirent     *entry,
                  const struct stat *info)
{
  if (entry->d_type == DT_LNK)
    g_ptr_array_add (self->links, g_build_filename (folder_path, entry->d_name, NULL));
  else if (g_hash_table_add (self->files, dup_identity (info)))
    add_file (self, folder, folder_path, entry->d_name, info);
}

static void
visit (Walk          *self,
       int            folder,
       const char    *folder_path,
       struct dirent *entry,
       guint          depth)
{
  gboolean is_claimed = self->format->claims (entry->d_name);
  struct stat info;

  if (entry->d_type == DT_REG && !is_claimed)
    return;
  if (entry->d_type != DT_DIR && entry->d_type != DT_REG && entry->d_type != DT_LNK
      && entry->d_type != DT_UNKNOWN)
    return;
  if (entry->d_type != DT_DIR)
    {
      if (fstatat (folder, entry->d_name, &info, 0) != 0)
        return;
      if (S_ISREG (info.st_mode) && is_claimed)
        add_link_or_file (self, folder, folder_path, entry, &info);
      if (!S_ISDIR (info.st_mode))
        return;
    }
  if (self->format->max_depth == 0 || depth + 1 < self->format->max_depth)
    {
      g_autofree char *path = g_build_filename (folder_path, entry->d_name, NULL);

      if (entry->d_type == DT_LNK)
        g_ptr_array_add (self->links, g_steal_pointer (&path));
      else
        walk_folder (self, folder, entry->d_name, path, depth + 1);
    }
}

static void
walk_folder (Walk       *self,
             int         parent,
             const char *name,
             const char *path,
             guint       depth)
{
  int fd = openat (parent, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  struct dirent *entry;
  struct stat info;
  DIR *dir;

  if (fd < 0 || fstat (fd, &info) != 0)
    {
      fail (self, path, errno);
      if (fd >= 0)
        close (fd);
      return;
    }
  if (depth > MAX_DEPTH
      || !g_hash_table_add (self->visited, dup_identity (&info)))
    {
      close (fd);
      return;
    }
  dir = fdopendir (fd);
  if (dir == NULL)
    {
      fail (self, path, errno);
      close (fd);
      return;
    }
  g_ptr_array_add (self->found->folders, g_strdup (path));
  while ((entry = readdir (dir)) != NULL)
    if (strcmp (entry->d_name, ".") != 0 && strcmp (entry->d_name, "..") != 0)
      visit (self, dirfd (dir), path, entry, depth);
  closedir (dir);
}

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(char * const *) a, *(char * const *) b);
}

/* Sorted, so that of several names of one folder always the same one is taken. */
static GStrv
list_roots (const FareFormat *format,
            FarePaths        *paths)
{
  GStrv roots = format->list_roots (paths);

  qsort (roots, g_strv_length (roots), sizeof *roots, compare_texts);

  return roots;
}

/* A root may also be a single file, when a client is told by a variable where to write.  Its folder
 * is not walked: it may be anything. */
static gboolean
take_single_file (Walk       *self,
                  const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  struct stat info;
  int fd;

  if (stat (path, &info) != 0 || !S_ISREG (info.st_mode))
    return FALSE;
  fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0)
    return FALSE;
  add_file (self, fd, folder, name, &info);
  g_ptr_array_add (self->found->folders, g_steal_pointer (&folder));
  close (fd);

  return TRUE;
}

/* What the links lead to, as far as it was not met by its own name. */
static void
follow_links (Walk *self)
{
  g_ptr_array_sort (self->links, compare_texts);
  for (guint i = 0; i < self->links->len; i++)
    {
      const char *path = g_ptr_array_index (self->links, i);
      g_autofree char *folder = g_path_get_dirname (path);
      g_autofree char *name = g_path_get_basename (path);
      struct stat info;

      if (stat (path, &info) != 0)
        continue;
      if (S_ISDIR (info.st_mode))
        walk_folder (self, AT_FDCWD, path, path, 1);
      else if (g_hash_table_add (self->files, dup_identity (&info)))
        {
          int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

          if (fd < 0)
            continue;
          add_file (self, fd, folder, name, &info);
          close (fd);
        }
    }
}

static void
walk_format (FareDiscovery    *found,
             const FareFormat *format,
             FarePaths        *paths)
{
  g_auto(GStrv) roots = list_roots (format, paths);
  g_autoptr(GHashTable) visited = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GHashTable) by_key = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GHashTable) files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; roots[i] != NULL; i++)
    {
      g_autoptr(GPtrArray) links = g_ptr_array_new_with_free_func (g_free);
      Walk walk = { found, format, roots[i], visited, by_key, files, links };

      if (i > 0 && g_str_equal (roots[i], roots[i - 1]))
        continue;
      g_ptr_array_add (found->roots, g_strdup_printf ("%s\t%s", format->id, roots[i]));
      if (!take_single_file (&walk, roots[i]))
        walk_folder (&walk, AT_FDCWD, roots[i], roots[i], 0);
      follow_links (&walk);
    }
}

FareDiscovery *
fare_discovery_new (FarePaths *paths)
{
  FareDiscovery *self = g_new0 (FareDiscovery, 1);
  guint n;
  const FareFormat * const *formats = fare_format_get_all (&n);

  self->sources = g_ptr_array_new_with_free_func ((GDestroyNotify) fare_source_free);
  self->folders = g_ptr_array_new_with_free_func (g_free);
  self->roots = g_ptr_array_new_with_free_func (g_free);
  self->failures = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < n; i++)
    walk_format (self, formats[i], paths);

  return self;
}

void
fare_discovery_free (FareDiscovery *self)
{
  g_clear_pointer (&self->sources, g_ptr_array_unref);
  g_clear_pointer (&self->folders, g_ptr_array_unref);
  g_clear_pointer (&self->roots, g_ptr_array_unref);
  g_clear_pointer (&self->failures, g_ptr_array_unref);
  g_free (self);
}

GStrv
fare_discovery_list_roots (FarePaths *paths)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  guint n;
  const FareFormat * const *formats = fare_format_get_all (&n);

  for (guint i = 0; i < n; i++)
    {
      g_auto(GStrv) roots = list_roots (formats[i], paths);

      for (guint j = 0; roots[j] != NULL; j++)
        {
          g_autofree char *line = g_strdup_printf ("%s\t%s", formats[i]->id, roots[j]);

          if (j == 0 || !g_str_equal (roots[j], roots[j - 1]))
            g_strv_builder_add (builder, line);
        }
    }

  return g_strv_builder_end (builder);
}
