/* fare-catalog.c
 *
 * Common changes are told apart here: a log that is written, made or removed, a folder that
 * is new, a file beside a log.  Everything rare (links, second names, folders that go) is left to a
 * walk of everything, so that the answer is always the one such a walk would give.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "scanner/fare-catalog.h"

#include <string.h>
#include <unistd.h>

/* How a folder is read. */
typedef struct _Place Place;

struct _Place
{
  const FareFormat *format;
  const char       *root;
  guint             depth;
  Place            *next; /* another client reads it too */
};

/* A log that depends on other files. */
typedef struct
{
  const FareFormat *format;
  const char       *root;
  char             *path;
} Dependent;

typedef struct _Link Link;

struct _Link
{
  Dependent *dependent;
  Link      *next;
};

struct _FareCatalog
{
  FarePaths     *paths;
  FareWatcher   *watcher;
  FareWalkHooks  hooks;

  GHashTable    *folders;    /* path → Place */
  GHashTable    *dependents; /* Dependent */
  GHashTable    *companions; /* hash of a companion's path → Link */
  GHashTable    *odd;        /* FareFormat with more than plain files in plain folders */
  GPtrArray     *missing;    /* char *: roots that are not there */
};

static void
place_free (Place *place)
{
  while (place != NULL)
    {
      Place *next = place->next;

      g_free (place);
      place = next;
    }
}

static void
link_free (Link *link)
{
  while (link != NULL)
    {
      Link *next = link->next;

      g_free (link);
      link = next;
    }
}

static void
dependent_free (Dependent *dependent)
{
  g_free (dependent->path);
  g_free (dependent);
}

static guint
hash_dependent (gconstpointer data)
{
  return g_str_hash (((const Dependent *) data)->path);
}

static gboolean
equal_dependents (gconstpointer a,
                  gconstpointer b)
{
  const Dependent *first = a, *second = b;

  return first->format == second->format && g_str_equal (first->path, second->path);
}

static gpointer
hash_path (const char *path)
{
  return GUINT_TO_POINTER (g_str_hash (path));
}

/* What a walk tells. */

static void
enter_cb (const FareFormat *format,
          const char       *root,
          const char       *path,
          guint             depth,
          gpointer          user_data)
{
  FareCatalog *self = user_data;
  Place *place = g_new (Place, 1);
  gpointer key = NULL, others = NULL;

  *place = (Place) { format, root, depth, NULL };
  if (g_hash_table_steal_extended (self->folders, path, &key, &others))
    place->next = others;
  g_hash_table_insert (self->folders, key != NULL ? key : g_strdup (path), place);
  fare_watcher_add (self->watcher, path, FARE_WATCH_CONTENT);
}

static gboolean
is_linked (Link            *link,
           const Dependent *dependent)
{
  for (; link != NULL; link = link->next)
    if (link->dependent == dependent)
      return TRUE;

  return FALSE;
}

static void
companion_cb (const FareFormat *format,
              const char       *root,
              const char       *path,
              const char       *companion,
              gpointer          user_data)
{
  FareCatalog *self = user_data;
  g_autofree char *folder = g_path_get_dirname (companion);
  Dependent *dependent = g_hash_table_lookup (self->dependents,
                                              &(const Dependent) { format, root, (char *) path });
  gboolean is_new = dependent == NULL;
  gpointer key = hash_path (companion);
  Link *first = g_hash_table_lookup (self->companions, key), *link;

  if (is_new)
    {
      dependent = g_new (Dependent, 1);
      *dependent = (Dependent) { format, root, g_strdup (path) };
      g_hash_table_add (self->dependents, dependent);
    }
  if (first == NULL)
    fare_watcher_add (self->watcher, folder, FARE_WATCH_CONTENT);
  else if (first->dependent == dependent || (!is_new && is_linked (first, dependent)))
    return;
  link = g_new (Link, 1);
  *link = (Link) { dependent, NULL };
  if (first == NULL)
    g_hash_table_insert (self->companions, key, link);
  else
    {
      link->next = first->next;
      first->next = link;
    }
}

static void
odd_cb (const FareFormat *format,
        gpointer          user_data)
{
  FareCatalog *self = user_data;

  g_hash_table_add (self->odd, (gpointer) format);
}

FareCatalog *
fare_catalog_new (FarePaths   *paths,
                  FareWatcher *watcher)
{
  FareCatalog *self = g_new0 (FareCatalog, 1);

  self->paths = g_object_ref (paths);
  self->watcher = watcher;
  self->hooks = (FareWalkHooks) { enter_cb, companion_cb, odd_cb, self };
  self->folders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                         (GDestroyNotify) place_free);
  self->dependents = g_hash_table_new_full (hash_dependent, equal_dependents, NULL,
                                            (GDestroyNotify) dependent_free);
  self->companions = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) link_free);
  self->odd = g_hash_table_new (NULL, NULL);
  self->missing = g_ptr_array_new_with_free_func (g_free);

  return self;
}

void
fare_catalog_free (FareCatalog *self)
{
  g_clear_pointer (&self->companions, g_hash_table_unref);
  g_clear_pointer (&self->dependents, g_hash_table_unref);
  g_clear_pointer (&self->folders, g_hash_table_unref);
  g_clear_pointer (&self->odd, g_hash_table_unref);
  g_clear_pointer (&self->missing, g_ptr_array_unref);
  g_clear_object (&self->paths);
  g_free (self);
}

static char *
find_ancestor (const char *path)
{
  char *folder = g_path_get_dirname (path);

  while (!g_file_test (folder, G_FILE_TEST_IS_DIR) && strchr (folder + 1, '/') != NULL)
    {
      char *parent = g_path_get_dirname (folder);

      g_free (folder);
      folder = parent;
    }

  return folder;
}

/* A client that is not used yet: watch the nearest folder on the way to where its logs would appear.
 * When some of that way was made in the meantime, the next folder is the nearest. */
static void
watch_way_to (FareCatalog *self,
              const char  *root)
{
  g_autofree char *last = NULL;

  for (;;)
    {
      g_autofree char *folder = find_ancestor (root);

      if (last != NULL && g_str_equal (last, folder))
        return;
      fare_watcher_add (self->watcher, folder, FARE_WATCH_ENTRIES);
      g_free (last);
      last = g_steal_pointer (&folder);
    }
}

static void
watch_missing (FareCatalog *self)
{
  g_auto(GStrv) roots = fare_discovery_list_roots (self->paths);

  g_ptr_array_set_size (self->missing, 0);
  for (guint i = 0; roots[i] != NULL; i++)
    {
      const char *root = strchr (roots[i], '\t') + 1;

      if (access (root, F_OK) == 0)
        continue;
      g_ptr_array_add (self->missing, g_strdup (root));
      watch_way_to (self, root);
    }
}

FareDiscovery *
fare_catalog_walk (FareCatalog *self)
{
  FareDiscovery *found;

  g_hash_table_remove_all (self->companions);
  g_hash_table_remove_all (self->dependents);
  g_hash_table_remove_all (self->folders);
  g_hash_table_remove_all (self->odd);
  fare_watcher_begin (self->watcher);
  /* Before the walk: a root that is made in between is then met by it. */
  watch_missing (self);
  found = fare_discovery_new (self->paths, &self->hooks);
  fare_watcher_end (self->watcher);

  return found;
}

/* One change. */

static gboolean
leads_to_missing (FareCatalog *self,
                  const char  *path)
{
  gsize length = strlen (path);

  for (guint i = 0; i < self->missing->len; i++)
    {
      const char *root = g_ptr_array_index (self->missing, i);

      if (strncmp (root, path, length) == 0 && (root[length] == '\0' || root[length] == '/'))
        return access (path, F_OK) == 0;
    }

  return FALSE;
}

/* Logs that depend on @path, and where something came or went, those of the same client that depend on
 * what there is. */
static void
add_dependents (FareCatalog *self,
                const char  *path,
                GHashTable  *dependents)
{
  for (Link *link = g_hash_table_lookup (self->companions, hash_path (path)); link != NULL;
       link = link->next)
    g_hash_table_add (dependents, link->dependent);
}

static void
add_overseers (FareCatalog *self,
               const Place *place,
               GHashTable  *dependents)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->dependents);
  while (g_hash_table_iter_next (&iter, &value, NULL))
    {
      Dependent *dependent = value;

      if (dependent->format->max_depth == 1
          && g_str_equal (dependent->format->id, place->format->id))
        g_hash_table_add (dependents, dependent);
    }
}

/* Whether what is gone can be told without a walk: no other file stands in for it. */
static gboolean
note_gone (FareCatalog   *self,
           FareDiscovery *found,
           const Place   *place,
           const char    *path,
           const char    *name)
{
  if (!place->format->claims (name))
    return TRUE;
  if (place->format->make_key != NULL)
    return FALSE;
  g_ptr_array_add (found->gone, g_strdup (path));

  return TRUE;
}

static gboolean
look_in_place (FareCatalog   *self,
               FareDiscovery *found,
               const Place   *place,
               const char    *folder,
               const char    *name)
{
  switch (fare_discovery_look_at_entry (found, place->format, place->root, folder, place->depth, name))
    {
    case FARE_LOOK_GONE:
      {
        g_autofree char *path = g_build_filename (folder, name, NULL);

        return note_gone (self, found, place, path, name);
      }
    case FARE_LOOK_ODD:
      return FALSE;
    case FARE_LOOK_DONE:
    default:
      return TRUE;
    }
}

/* Of a database the files beside it are meant as well. */
static char *
find_subject (const char *path)
{
  return g_str_has_suffix (path, "-wal") ? g_strndup (path, strlen (path) - strlen ("-wal"))
                                         : g_strdup (path);
}

static gboolean
look_at (FareCatalog   *self,
         FareDiscovery *found,
         const char    *changed,
         FareChange     change,
         GHashTable    *dependents)
{
  g_autofree char *path = find_subject (changed);
  g_autofree char *folder = g_path_get_dirname (path);
  const char *name = strrchr (path, '/') + 1;
  gboolean is_entry = (change & FARE_CHANGE_ENTRY) != 0;
  g_autoptr(GArray) places = g_array_new (FALSE, FALSE, sizeof (Place));

  if (is_entry && (leads_to_missing (self, path) || g_hash_table_contains (self->folders, path)))
    return FALSE;
  add_dependents (self, path, dependents);
  /* Looking may enter folders and so move what the table holds. */
  for (const Place *place = g_hash_table_lookup (self->folders, folder); place != NULL;
       place = place->next)
    g_array_append_val (places, *place);
  for (guint i = 0; i < places->len; i++)
    {
      const Place *place = &g_array_index (places, Place, i);

      if (is_entry && g_hash_table_contains (self->odd, place->format))
        return FALSE;
      if (is_entry)
        add_overseers (self, place, dependents);
      if (!look_in_place (self, found, place, folder, name))
        return FALSE;
    }

  return TRUE;
}

static gboolean
look_again (FareDiscovery *found,
            GHashTable    *dependents)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, dependents);
  while (g_hash_table_iter_next (&iter, &value, NULL))
    {
      const Dependent *dependent = value;
      g_autofree char *path = g_strdup (dependent->path);

      if (fare_discovery_look_at_file (found, dependent->format, dependent->root, path)
          == FARE_LOOK_ODD)
        return FALSE;
    }

  return TRUE;
}

FareDiscovery *
fare_catalog_look (FareCatalog *self,
                   GHashTable  *changes)
{
  g_autoptr(FareDiscovery) found = fare_discovery_new_partial (&self->hooks);
  g_autoptr(GHashTable) dependents = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer path, change;

  g_hash_table_iter_init (&iter, changes);
  while (g_hash_table_iter_next (&iter, &path, &change))
    if (!look_at (self, found, path, GPOINTER_TO_UINT (change), dependents))
      return NULL;
  if (!look_again (found, dependents))
    return NULL;

  return g_steal_pointer (&found);
}
