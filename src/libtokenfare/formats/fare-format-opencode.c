/* fare-format-opencode.c
 *
 * Where OpenCode, Kilo Code and MiMo Code keep their data, and what of it is read by
 * whom.  Everything is read: all databases, both generations of their tables and the
 * JSON store, and united by message id.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-format-opencode.h"

#include <string.h>

/* What differs between the three. */
typedef struct
{
  const char *folder;      /* below the data home */
  const char *list;        /* (nullable): variable with a list of data roots */
  const char *file;        /* (nullable): variable with the place of the database */
} App;

static const App opencode = { "opencode", "OPENCODE_DATA_DIR", "OPENCODE_DB" };
static const App kilo = { "kilo", "KILO_DATA_DIR", NULL };
static const App mimo = { "mimocode", NULL, NULL };

static gboolean
add_override (FarePaths  *paths,
              const App  *app,
              GPtrArray  *homes)
{
  g_auto(GStrv) given = NULL;

  if (app->list == NULL)
    return FALSE;
  given = fare_paths_expand (paths, fare_paths_get_env (paths, app->list));
  for (guint i = 0; given[i] != NULL; i++)
    if (g_file_test (given[i], G_FILE_TEST_IS_DIR))
      g_ptr_array_add (homes, g_strdup (given[i]));

  return homes->len > 0;
}

/* An agent started inside a sandboxed editor has the editor's data home.  Follows from how
 * Flatpak and Snap set the variables; not seen on a real installation. */
static void
add_sandboxes (FarePaths  *paths,
               const char *parent,
               const char *below,
               const App  *app,
               GPtrArray  *homes)
{
  g_autofree char *folder = g_build_filename (fare_paths_get_home (paths), parent, NULL);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *home = g_build_filename (folder, name, below, app->folder, NULL);

      if (g_file_test (home, G_FILE_TEST_IS_DIR))
        g_ptr_array_add (homes, g_steal_pointer (&home));
    }
}

/* Data roots, existing or not. */
static GPtrArray *
list_homes (FarePaths *paths,
            const App *app)
{
  GPtrArray *homes = g_ptr_array_new_with_free_func (g_free);

  if (add_override (paths, app, homes))
    return homes;
  g_ptr_array_add (homes, g_build_filename (fare_paths_get_data_home (paths), app->folder, NULL));
  add_sandboxes (paths, ".var/app", "data", app, homes);
  add_sandboxes (paths, "snap", "current/.local/share", app, homes);

  return homes;
}

static GStrv
list_below (FarePaths  *paths,
            const App  *app,
            const char *below)
{
  g_autoptr(GPtrArray) homes = list_homes (paths, app);
  g_autoptr(GStrvBuilder) roots = g_strv_builder_new ();

  for (guint i = 0; i < homes->len; i++)
    {
      g_autofree char *root = g_build_filename (g_ptr_array_index (homes, i), below, NULL);

      g_strv_builder_add (roots, root);
    }

  return g_strv_builder_end (roots);
}

/* The database may be named; it is then read besides the others, which keep what happened before
 * it was. */
static GStrv
list_databases (FarePaths *paths,
                const App *app)
{
  g_autoptr(GPtrArray) homes = list_homes (paths, app);
  const char *file = app->file != NULL ? fare_paths_get_env (paths, app->file) : NULL;

  if (file != NULL && !g_str_equal (file, ":memory:"))
    {
      guint n = homes->len;

      if (g_path_is_absolute (file))
        g_ptr_array_add (homes, g_strdup (file));
      for (guint i = 0; !g_path_is_absolute (file) && i < n; i++)
        g_ptr_array_add (homes, g_build_filename (g_ptr_array_index (homes, i), file, NULL));
    }
  g_ptr_array_add (homes, NULL);

  return (GStrv) g_ptr_array_free (g_steal_pointer (&homes), FALSE);
}

static gboolean
is_database (const char *name,
             const char *app)
{
  gsize length = strlen (app);

  return g_str_has_prefix (name, app) && g_str_has_suffix (name, ".db")
         && (name[length] == '.' || name[length] == '-');
}

guint
fare_opencode_rank_file (const char *key)
{
  const char *slash = strrchr (key, '/');
  const char *name = slash != NULL ? slash + 1 : key;

  if (g_str_equal (name, "opencode.db") || g_str_equal (name, "kilo.db")
      || g_str_equal (name, "mimocode.db"))
    return FARE_OPENCODE_RANK_DEFAULT;

  return g_str_has_suffix (name, ".json") ? FARE_OPENCODE_RANK_STORE : FARE_OPENCODE_RANK_CHANNEL;
}

/* "New session - 2026-02-10T08:00:05.000Z" and the like. */
static gboolean
is_birth_title (const char *title)
{
  static const char *const begins[] = { "New session - ", "Child session - " };
  static const char shape[] = "dddd-dd-ddTdd:dd:dd";

  for (guint i = 0; i < G_N_ELEMENTS (begins); i++)
    {
      const char *p = title + strlen (begins[i]);
      gsize at = 0;

      if (!g_str_has_prefix (title, begins[i]))
        continue;
      while (shape[at] != '\0' && (shape[at] == 'd' ? g_ascii_isdigit (p[at]) : p[at] == shape[at]))
        at++;
      p += at;
      if (shape[at] == '\0' && *p == '.')
        for (p++; g_ascii_isdigit (*p); p++)
          ;
      return shape[at] == '\0' && p[0] == 'Z' && p[1] == '\0';
    }

  return FALSE;
}

void
fare_opencode_add_title (FareLog    *log,
                         guint32     session,
                         const char *title,
                         const char *slug)
{
  guint rank = fare_opencode_rank_file (log->key);
  guint32 text = 0;

  if (title != NULL && !is_birth_title (title))
    text = fare_log_intern_plain_title (log, title);
  if (text != 0)
    fare_log_add_fact (log, session, FARE_FACT_TITLE, FARE_OPENCODE_TITLE_NAMED + rank, 0, text);
  else if (slug != NULL && (text = fare_log_intern_plain_title (log, slug)) != 0)
    fare_log_add_fact (log, session, FARE_FACT_TITLE, FARE_OPENCODE_TITLE_SLUG + rank, 0, text);
}

void
fare_opencode_add_project (FareLog    *log,
                           guint32     session,
                           guint       rank,
                           gint64      order,
                           const char *path)
{
  g_autofree char *valid = NULL;

  /* "/" is what a session outside of any project has; a message says where it really was. */
  if (path == NULL || *path == '\0'
      || (rank != FARE_OPENCODE_PROJECT_MESSAGE && g_str_equal (path, "/")))
    return;
  valid = g_utf8_make_valid (path, -1);
  fare_log_add_fact (log, session, FARE_FACT_PROJECT, rank + fare_opencode_rank_file (log->key),
                     order, fare_log_intern (log, valid));
}

static gboolean
claims_opencode (const char *name)
{
  return is_database (name, "opencode");
}

static gboolean
claims_kilo (const char *name)
{
  return is_database (name, "kilo") || is_database (name, "opencode");
}

static gboolean
claims_mimo (const char *name)
{
  return is_database (name, "mimocode");
}

static gboolean
claims_message (const char *name)
{
  return g_str_has_prefix (name, "msg_") && g_str_has_suffix (name, ".json");
}

static gboolean
claims_session (const char *name)
{
  return g_str_has_prefix (name, "ses_") && g_str_has_suffix (name, ".json");
}

/* Kilo's databases beside @path, when that has the name from before Kilo renamed its own. */
static GStrv
list_successors (const char *root G_GNUC_UNUSED,
                 const char *path)
{
  g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *own = g_path_get_basename (path);
  g_autoptr(GDir) dir = is_database (own, "opencode") ? g_dir_open (folder, 0, NULL) : NULL;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (is_database (name, "kilo"))
      g_ptr_array_add (found, g_build_filename (folder, name, NULL));
  g_ptr_array_add (found, NULL);

  return (GStrv) g_ptr_array_free (g_steal_pointer (&found), FALSE);
}

static gboolean
read_kilo (FareLog  *log,
           GError  **error)
{
  g_auto(GStrv) successors = list_successors (NULL, log->path);

  log->is_superseded = successors[0] != NULL;

  return log->is_superseded || fare_opencode_read_database (log, error);
}

#define ROOTS(app, what, below) \
  static GStrv list_##app##_##what (FarePaths *paths) { return list_below (paths, &app, below); } \

ROOTS (opencode, messages, "storage/message")
ROOTS (opencode, sessions, "storage/session")
ROOTS (kilo, messages, "storage/message")
ROOTS (kilo, sessions, "storage/session")
ROOTS (mimo, messages, "storage/message")
ROOTS (mimo, sessions, "storage/session")

static GStrv
list_opencode (FarePaths *paths)
{
  return list_databases (paths, &opencode);
}

static GStrv
list_kilo (FarePaths *paths)
{
  return list_databases (paths, &kilo);
}

static GStrv
list_mimo (FarePaths *paths)
{
  return list_databases (paths, &mimo);
}

const FareFormat fare_format_opencode = {
  .id = "opencode",
  .claims = claims_opencode,
  .list_roots = list_opencode,
  .max_depth = 1,
  .read = fare_opencode_read_database,
  .fold = fare_opencode_fold,
  .is_document = TRUE,
  .keeps_sessions = TRUE,
  .keeps_calls = TRUE,
};

const FareFormat fare_format_kilocode = {
  .id = "kilocode",
  .claims = claims_kilo,
  .list_roots = list_kilo,
  .max_depth = 1,
  .list_companions = list_successors,
  .read = read_kilo,
  .fold = fare_opencode_fold,
  .is_document = TRUE,
  .keeps_sessions = TRUE,
  .keeps_calls = TRUE,
};

const FareFormat fare_format_mimo = {
  .id = "mimo",
  .claims = claims_mimo,
  .list_roots = list_mimo,
  .max_depth = 1,
  .read = fare_opencode_read_database,
  .fold = fare_opencode_fold,
  .is_document = TRUE,
  .keeps_sessions = TRUE,
  .keeps_calls = TRUE,
};

#define MESSAGES(name, app) { \
  .id = name, \
  .claims = claims_message, \
  .list_roots = list_##app##_messages, \
  .max_depth = 2, \
  .list_companions = fare_opencode_list_parts, \
  .read = fare_opencode_read_message, \
  .fold = fare_opencode_fold, \
  .is_document = TRUE, \
}

#define SESSIONS(name, app) { \
  .id = name, \
  .claims = claims_session, \
  .list_roots = list_##app##_sessions, \
  .max_depth = 2, \
  .list_companions = fare_opencode_list_project, \
  .read = fare_opencode_read_session, \
  .fold = fare_opencode_fold, \
  .is_document = TRUE, \
}

const FareFormat fare_format_opencode_messages = MESSAGES ("opencode", opencode);
const FareFormat fare_format_opencode_sessions = SESSIONS ("opencode", opencode);
const FareFormat fare_format_kilocode_messages = MESSAGES ("kilocode", kilo);
const FareFormat fare_format_kilocode_sessions = SESSIONS ("kilocode", kilo);
const FareFormat fare_format_mimo_messages = MESSAGES ("mimo", mimo);
const FareFormat fare_format_mimo_sessions = SESSIONS ("mimo", mimo);
