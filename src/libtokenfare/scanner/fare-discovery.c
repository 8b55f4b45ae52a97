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

#include "scanner/fare-roots.h"

/* Deeper than any client nests its folders. */
#define MAX_DEPTH 32

/* Names are asked for by so many bytes: a thousand at a time. */
#define ENTRY_BYTES (32 * 1024)

/* What two names of one folder or file have in common. */
typedef struct
{
  guint64 device;
  guint64 inode;
} Identity;

/* What a client's roots have met together. */
typedef struct
{
  GHashTable *visited; /* Identity of folders */
  GHashTable *by_key;  /* FareSource by key */
  GHashTable *files;   /* Identity of files that have several names */
} Tables;

typedef struct
{
  FareDiscovery       *found;
  const FareFormat    *format;
  const char          *root;   /* interned */
  Tables              *tables;
  GPtrArray           *links;  /* char *: links, for when all that is real was walked */
  gboolean             is_single; /* a file that is named by itself is at hand */
  char                *entries[MAX_DEPTH + 1]; /* (nullable): room for names, by depth */
} Walk;

static guint
hash_identity (gconstpointer data)
{
  const Identity *identity = data;

  return (guint) (identity->inode ^ identity->inode >> 32 ^ identity->device << 7);
}

static gboolean
equal_identity (gconstpointer a,
                gconstpointer b)
{
  const Identity *first = a, *second = b;

  return first->inode == second->inode && first->device == second->device;
}

static GHashTable *
new_identity_set (void)
{
  return g_hash_table_new_full (hash_identity, equal_identity, g_free, NULL);
}

static gboolean
add_identity (GHashTable        *set,
              const struct stat *info)
{
  Identity *identity = g_new (Identity, 1);

  *identity = (Identity) { info->st_dev, info->st_ino };

  return g_hash_table_add (set, identity);
}

static void
tables_free (Tables *tables)
{
  g_clear_pointer (&tables->visited, g_hash_table_unref);
  g_clear_pointer (&tables->by_key, g_hash_table_unref);
  g_clear_pointer (&tables->files, g_hash_table_unref);
  g_free (tables);
}

static Tables *
get_tables (FareDiscovery    *self,
            const FareFormat *format)
{
  Tables *tables = g_hash_table_lookup (self->tables, format);

  if (tables != NULL)
    return tables;
  tables = g_new0 (Tables, 1);
  tables->visited = new_identity_set ();
  tables->by_key = g_hash_table_new (g_str_hash, g_str_equal);
  g_hash_table_insert (self->tables, (gpointer) format, tables);

  return tables;
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
tell_odd (Walk *self)
{
  if (self->found->hooks != NULL)
    self->found->hooks->odd (self->format, self->found->hooks->user_data);
}

/* Without a key of its own a file has its path, and no folder is read twice; but names that changed may
 * lead to one file in several ways. */
static gboolean
has_key_table (const Walk *self)
{
  return self->format->make_key != NULL || self->found->is_partial;
}

static FareSource *
find_same_key (const Walk       *self,
               const FareSource *source)
{
  if (has_key_table (self))
    return g_hash_table_lookup (self->tables->by_key, source->key);
  if (!self->is_single)
    return NULL;
  for (guint i = 0; i < self->found->sources->len; i++)
    {
      FareSource *other = g_ptr_array_index (self->found->sources, i);

      if (other->format == self->format && g_str_equal (other->key, source->key))
        return other;
    }

  return NULL;
}

/* @path is taken over. */
static void
add_file (Walk              *self,
          char              *path,
          const struct stat *info)
{
  gboolean is_unsettled;
  FareSource *source = fare_source_new (self->format, self->root, path, info, self->found->hooks,
                                        &is_unsettled);
  FareSource *other = find_same_key (self, source);

  if (is_unsettled)
    g_ptr_array_add (self->found->unsettled, g_strdup (path));
  if (other == NULL)
    {
      g_ptr_array_add (self->found->sources, source);
      if (has_key_table (self))
        g_hash_table_insert (self->tables->by_key, source->key, source);
      return;
    }
  if (!g_str_equal (source->path, other->path))
    tell_odd (self);
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

static void walk_folder (Walk       *self,
                         int         parent,
                         const char *name,
                         const char *path,
                         guint       depth);

static char *
join (const char *folder,
      const char *name)
{
  gsize length = strlen (folder), name_length = strlen (name);
  gboolean has_slash = length > 0 && folder[length - 1] == '/';
  char *path = g_malloc (length + name_length + 2);

  memcpy (path, folder, length);
  if (!has_slash)
    path[length++] = '/';
  memcpy (path + length, name, name_length + 1);

  return path;
}

/* A file with several names counts once.  One with a single name can be met a second time only through a
 * link. */
static gboolean
is_met (Walk              *self,
        const struct stat *info)
{
  if (info->st_nlink <= 1)
    return FALSE;
  tell_odd (self);
  if (self->tables->files == NULL)
    self->tables->files = new_identity_set ();

  return !add_identity (self->tables->files, info);
}

/* A link to a log counts only when the log itself does not lie under a root; so links wait until all
 * that is real has been walked. */
static void
visit (Walk          *self,
       int            folder,
       const char    *folder_path,
       const struct dirent64 *entry,
       guint          depth)
{
  gboolean is_claimed = entry->d_type != DT_DIR && self->format->claims (entry->d_name);
  gboolean may_descend = self->format->max_depth == 0 || depth + 1 < self->format->max_depth;
  gboolean is_folder = entry->d_type == DT_DIR;
  struct stat info;

  if (entry->d_type == DT_REG ? !is_claimed
      : entry->d_type != DT_DIR && entry->d_type != DT_LNK && entry->d_type != DT_UNKNOWN)
    return;
  if (!is_folder)
    {
      if (fstatat (folder, entry->d_name, &info, 0) != 0)
        return;
      is_folder = S_ISDIR (info.st_mode);
      if (!is_folder && (!S_ISREG (info.st_mode) || !is_claimed))
        return;
    }
  if (is_folder && !may_descend)
    return;

  if (entry->d_type == DT_LNK)
    g_ptr_array_add (self->links, join (folder_path, entry->d_name));
  else if (is_folder)
    {
      g_autofree char *path = join (folder_path, entry->d_name);

      walk_folder (self, folder, entry->d_name, path, depth + 1);
    }
  else if (!is_met (self, &info))
    add_file (self, join (folder_path, entry->d_name), &info);
}

/* Returns: -1 when there is nothing to read */
static int
open_folder (Walk       *self,
             int         parent,
             const char *name,
             const char *path)
{
  int fd = openat (parent, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  struct stat info;

  if (fd < 0 || fstat (fd, &info) != 0)
    fail (self, path, errno);
  else if (add_identity (self->tables->visited, &info))
    return fd;
  if (fd >= 0)
    close (fd);

  return -1;
}

static gboolean
is_dots (const char *name)
{
  return name[0] == '.' && (name[1] == '\0' || (name[1] == '.' && name[2] == '\0'));
}

/* Asks the kernel itself: a DIR takes three more calls for each folder, and most hold a few files. */
static void
visit_all (Walk       *self,
           int         folder,
           const char *path,
           guint       depth)
{
  char *entries = self->entries[depth];
  ssize_t length;

  if (entries == NULL)
    entries = self->entries[depth] = g_malloc (ENTRY_BYTES);
  while ((length = getdents64 (folder, entries, ENTRY_BYTES)) > 0)
    {
      const struct dirent64 *entry;

      for (ssize_t at = 0; at < length; at += entry->d_reclen)
        {
          entry = (const struct dirent64 *) (gpointer) (entries + at);
          if (!is_dots (entry->d_name))
            visit (self, folder, path, entry, depth);
        }
    }
  if (length < 0)
    fail (self, path, errno);
}

static void
walk_folder (Walk       *self,
             int         parent,
             const char *name,
             const char *path,
             guint       depth)
{
  const FareWalkHooks *hooks = self->found->hooks;
  int folder;

  if (depth > MAX_DEPTH)
    return;
  folder = open_folder (self, parent, name, path);
  if (folder < 0)
    return;
  if (hooks != NULL)
    hooks->enter (self->format, self->root, path, depth, hooks->user_data);
  visit_all (self, folder, path, depth);
  close (folder);
}

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(char * const *) a, *(char * const *) b);
}

/* A root may also be a single file, when a client is told by a variable where to write.  Its folder
 * is not walked: it may be anything. */
static gboolean
take_single_file (Walk       *self,
                  const char *path)
{
  const FareWalkHooks *hooks = self->found->hooks;
  struct stat info;

  if (stat (path, &info) != 0 || !S_ISREG (info.st_mode))
    return FALSE;
  self->is_single = TRUE;
  add_file (self, g_strdup (path), &info);
  self->is_single = FALSE;
  if (hooks != NULL)
    hooks->companion (self->format, self->root, path, path, hooks->user_data);

  return TRUE;
}

/* The files of this client that were met by their own names. */
static GHashTable *
list_files (Walk *self)
{
  GHashTable *files = new_identity_set ();

  for (guint i = 0; i < self->found->sources->len; i++)
    {
      const FareSource *source = g_ptr_array_index (self->found->sources, i);

      if (source->format != self->format)
        continue;
      add_identity (files, &(const struct stat) { .st_dev = source->device,
                                                  .st_ino = source->inode });
    }

  return files;
}

/* What the links lead to, as far as it was not met by its own name. */
static void
follow_links (Walk *self)
{
  g_autoptr(GHashTable) files = NULL;

  if (self->links->len == 0)
    return;
  tell_odd (self);
  g_ptr_array_sort (self->links, compare_texts);
  for (guint i = 0; i < self->links->len; i++)
    {
      const char *path = g_ptr_array_index (self->links, i);
      struct stat info;

      if (stat (path, &info) != 0)
        continue;
      if (S_ISDIR (info.st_mode))
        {
          walk_folder (self, AT_FDCWD, path, path, 1);
          g_clear_pointer (&files, g_hash_table_unref);
          continue;
        }
      if (files == NULL)
        files = list_files (self);
      if (!is_met (self, &info) && add_identity (files, &info))
        add_file (self, g_strdup (path), &info);
    }
}

static void
clear_entries (Walk *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->entries); i++)
    g_clear_pointer (&self->entries[i], g_free);
}

static void
walk_format (FareDiscovery    *found,
             const FareFormat *format,
             const GStrv       roots)
{
  for (guint i = 0; roots[i] != NULL; i++)
    {
      g_autoptr(GPtrArray) links = g_ptr_array_new_with_free_func (g_free);
      Walk walk = { .found = found, .format = format, .root = g_intern_string (roots[i]),
                    .tables = get_tables (found, format), .links = links };

      if (!take_single_file (&walk, roots[i]))
        walk_folder (&walk, AT_FDCWD, roots[i], roots[i], 0);
      follow_links (&walk);
      clear_entries (&walk);
    }
}

static FareDiscovery *
new_empty (const FareWalkHooks *hooks)
{
  FareDiscovery *self = g_new0 (FareDiscovery, 1);

  self->hooks = hooks;
  self->sources = g_ptr_array_new_with_free_func ((GDestroyNotify) fare_source_free);
  self->failures = g_ptr_array_new_with_free_func (g_free);
  self->gone = g_ptr_array_new_with_free_func (g_free);
  self->unsettled = g_ptr_array_new_with_free_func (g_free);
  self->tables = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) tables_free);

  return self;
}

/* One client's folders; what is in them has nothing to do with another's. */
typedef struct
{
  const FareFormat *format;
  GStrv             roots;
  FareDiscovery    *found;
} Part;

struct _FareDiscoveryWalk
{
  const FareWalkHooks *hooks;
  Part    *parts;
  guint    n_parts;
  guint   *order;   /* in which they are walked: positions of parts */
  gint     n_taken; /* atomic */
  GThread *other;   /* (nullable) */
};

static gpointer
walk_parts (gpointer data)
{
  FareDiscoveryWalk *self = data;
  guint i;

  while ((i = (guint) g_atomic_int_add (&self->n_taken, 1)) < self->n_parts)
    {
      const Part *part = &self->parts[self->order[i]];

      walk_format (part->found, part->format, part->roots);
    }

  return NULL;
}

/* Clients whose logs depend on other files have many small ones, and each takes longer: they come first, so
 * that nobody is left alone with them at the end. */
static void
put_in_order (FareDiscoveryWalk *self)
{
  guint n = 0;

  self->order = g_new (guint, self->n_parts);
  for (guint i = 0; i < self->n_parts; i++)
    if (self->parts[i].format->list_companions != NULL)
      self->order[n++] = i;
  for (guint i = 0; i < self->n_parts; i++)
    if (self->parts[i].format->list_companions == NULL)
      self->order[n++] = i;
}

/* Most of a walk is waiting in the kernel's locks and tables, which two can do as well as one.  What is
 * told while walking is told by the caller's thread, so there is only one then. */
static FareDiscoveryWalk *
begin (FarePaths           *paths,
       const FareWalkHooks *hooks)
{
  FareDiscoveryWalk *self = g_new0 (FareDiscoveryWalk, 1);
  g_autoptr(FareSettings) settings = fare_settings_load (paths);
  const FareFormat * const *formats = fare_format_get_all (&self->n_parts);

  self->hooks = hooks;
  self->parts = g_new0 (Part, self->n_parts);
  for (guint i = 0; i < self->n_parts; i++)
    self->parts[i] = (Part) { formats[i], fare_roots_list (formats[i], paths, settings), new_empty (hooks) };
  put_in_order (self);
  if (hooks == NULL && g_get_num_processors () > 1)
    self->other = g_thread_try_new ("tokenfare-walk", walk_parts, self, NULL);

  return self;
}

FareDiscoveryWalk *
fare_discovery_begin (FarePaths *paths)
{
  return begin (paths, NULL);
}

FareDiscovery *
fare_discovery_end (FareDiscoveryWalk *walk)
{
  FareDiscovery *self = new_empty (walk->hooks);

  walk_parts (walk);
  g_clear_pointer (&walk->other, g_thread_join);
  for (guint i = 0; i < walk->n_parts; i++)
    {
      FareDiscovery *found = walk->parts[i].found;

      g_ptr_array_extend_and_steal (self->sources, g_steal_pointer (&found->sources));
      g_ptr_array_extend_and_steal (self->failures, g_steal_pointer (&found->failures));
      g_ptr_array_extend_and_steal (self->unsettled, g_steal_pointer (&found->unsettled));
      fare_discovery_free (found);
      g_strfreev (walk->parts[i].roots);
    }
  g_free (walk->order);
  g_free (walk->parts);
  g_free (walk);

  return self;
}

FareDiscovery *
fare_discovery_new (FarePaths           *paths,
                    const FareWalkHooks *hooks)
{
  return fare_discovery_end (begin (paths, hooks));
}

FareDiscovery *
fare_discovery_new_partial (const FareWalkHooks *hooks)
{
  FareDiscovery *self = new_empty (hooks);

  self->is_partial = TRUE;

  return self;
}

FareLook
fare_discovery_look_at_file (FareDiscovery    *self,
                             const FareFormat *format,
                             const char       *root,
                             const char       *path)
{
  Walk walk = { self, format, root, get_tables (self, format), NULL, FALSE };
  struct stat info;

  if (lstat (path, &info) != 0)
    return FARE_LOOK_GONE;
  if (!S_ISREG (info.st_mode) || info.st_nlink > 1)
    return FARE_LOOK_ODD;
  add_file (&walk, g_strdup (path), &info);

  return FARE_LOOK_DONE;
}

FareLook
fare_discovery_look_at_entry (FareDiscovery    *self,
                              const FareFormat *format,
                              const char       *root,
                              const char       *folder,
                              guint             depth,
                              const char       *name)
{
  g_autofree char *path = join (folder, name);
  g_autoptr(GPtrArray) links = NULL;
  Walk walk = { self, format, root, get_tables (self, format), NULL, FALSE };
  struct stat info;

  if (lstat (path, &info) != 0)
    return FARE_LOOK_GONE;
  if (S_ISLNK (info.st_mode))
    return FARE_LOOK_ODD;
  if (S_ISREG (info.st_mode))
    return format->claims (name) ? fare_discovery_look_at_file (self, format, root, path)
                                 : FARE_LOOK_DONE;
  if (!S_ISDIR (info.st_mode) || (format->max_depth != 0 && depth + 1 >= format->max_depth))
    return FARE_LOOK_DONE;
  links = walk.links = g_ptr_array_new_with_free_func (g_free);
  walk_folder (&walk, AT_FDCWD, path, path, depth + 1);
  clear_entries (&walk);

  return links->len == 0 ? FARE_LOOK_DONE : FARE_LOOK_ODD;
}

void
fare_discovery_free (FareDiscovery *self)
{
  g_clear_pointer (&self->sources, g_ptr_array_unref);
  g_clear_pointer (&self->failures, g_ptr_array_unref);
  g_clear_pointer (&self->gone, g_ptr_array_unref);
  g_clear_pointer (&self->unsettled, g_ptr_array_unref);
  g_clear_pointer (&self->tables, g_hash_table_unref);
  g_free (self);
}

GStrv
fare_discovery_list_roots (FarePaths *paths)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr(FareSettings) settings = fare_settings_load (paths);
  guint n;
  const FareFormat * const *formats = fare_format_get_all (&n);

  for (guint i = 0; i < n; i++)
    {
      g_auto(GStrv) roots = fare_roots_list (formats[i], paths, settings);

      for (guint j = 0; roots[j] != NULL; j++)
        {
          g_autofree char *line = g_strdup_printf ("%s\t%s", formats[i]->id, roots[j]);

          g_strv_builder_add (builder, line);
        }
    }

  return g_strv_builder_end (builder);
}
