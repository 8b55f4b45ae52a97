/* limits.c
 *
 * The least work that nothing could avoid, to compare with:
 *
 *   limits read THREADS DIRECTORY...   reads every log once and counts its lines
 *   limits walk DIRECTORY...           looks at every file without opening it
 *   limits row DATABASE                opens an SQLite database and reads one row
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sqlite3.h>

#define BUFFER_SIZE (256 * 1024)

typedef struct
{
  char  *path;
  off_t  size;
} LogFile;

typedef struct
{
  LogFile    *files;
  size_t      n_files, n_allocated;
  bool        keeps_files;
  atomic_size_t next;
  atomic_size_t n_lines;
} Tree;

static void *
checked (void *memory)
{
  if (memory == NULL)
    abort ();

  return memory;
}

static void
tree_add (Tree       *self,
          const char *directory,
          const char *name,
          off_t       size)
{
  LogFile *file;

  if (self->n_files == self->n_allocated)
    {
      self->n_allocated = self->n_allocated * 2 + 1024;
      self->files = checked (reallocarray (self->files, self->n_allocated, sizeof *self->files));
    }

  file = &self->files[self->n_files++];
  file->size = size;
  if (asprintf (&file->path, "%s/%s", directory, name) < 0)
    abort ();
}

/* A database is not a log: nobody has to read all of it. */
static bool
is_log (const char *name)
{
  const char *dot = strrchr (name, '.');

  return dot != NULL && (strcmp (dot, ".jsonl") == 0 || strcmp (dot, ".json") == 0);
}

static void
tree_walk (Tree       *self,
           int         parent,
           const char *name,
           const char *path)
{
  int fd = openat (parent, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR *directory = fd >= 0 ? fdopendir (fd) : NULL;
  struct dirent *entry;

  if (directory == NULL)
    return;

  while ((entry = readdir (directory)) != NULL)
    {
      struct stat status;

      if (strcmp (entry->d_name, ".") == 0 || strcmp (entry->d_name, "..") == 0
          || fstatat (fd, entry->d_name, &status, 0) != 0)
        continue;
      if (S_ISDIR (status.st_mode))
        {
          char *below;

          if (asprintf (&below, "%s/%s", path, entry->d_name) < 0)
            abort ();
          tree_walk (self, fd, entry->d_name, below);
          free (below);
        }
      else if (self->keeps_files && is_log (entry->d_name))
        tree_add (self, path, entry->d_name, status.st_size);
      else
        self->n_files += !self->keeps_files;
    }

  closedir (directory);
}

static size_t
count_lines (const char *path,
             char       *buffer)
{
  size_t n_lines = 0;
  ssize_t n_read;
  int fd = open (path, O_RDONLY | O_CLOEXEC);

  if (fd < 0)
    return 0;

  while ((n_read = read (fd, buffer, BUFFER_SIZE)) > 0)
    {
      const char *at = buffer, *end = buffer + n_read;

      while ((at = memchr (at, '\n', (size_t) (end - at))) != NULL)
        {
          n_lines++;
          at++;
        }
    }
  close (fd);

  return n_lines;
}

static void *
read_files (void *data)
{
  Tree *tree = data;
  char *buffer = checked (malloc (BUFFER_SIZE));
  size_t i, n_lines = 0;

  while ((i = atomic_fetch_add (&tree->next, 1)) < tree->n_files)
    n_lines += count_lines (tree->files[i].path, buffer);

  atomic_fetch_add (&tree->n_lines, n_lines);
  free (buffer);

  return NULL;
}

static int
largest_first (const void *a,
               const void *b)
{
  off_t left = ((const LogFile *) a)->size, right = ((const LogFile *) b)->size;

  return (left < right) - (left > right);
}

static void
tree_read (Tree *self,
           int   n_threads)
{
  pthread_t *threads = checked (calloc ((size_t) n_threads, sizeof *threads));

  if (self->n_files > 0)
    qsort (self->files, self->n_files, sizeof *self->files, largest_first);
  for (int i = 1; i < n_threads; i++)
    if (pthread_create (&threads[i], NULL, read_files, self) != 0)
      abort ();
  read_files (self);
  for (int i = 1; i < n_threads; i++)
    pthread_join (threads[i], NULL);

  free (threads);
}

static int
read_row (const char *path)
{
  sqlite3 *database = NULL;
  sqlite3_stmt *statement = NULL;
  bool ok;

  ok = sqlite3_open_v2 (path, &database, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK
       && sqlite3_prepare_v2 (database, "SELECT name FROM sqlite_master LIMIT 1", -1, &statement,
                              NULL) == SQLITE_OK
       && sqlite3_step (statement) == SQLITE_ROW;
  if (ok)
    puts ((const char *) sqlite3_column_text (statement, 0));
  else
    fprintf (stderr, "limits: %s: %s\n", path, sqlite3_errmsg (database));

  sqlite3_finalize (statement);
  sqlite3_close (database);

  return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}

int
main (int    argc,
      char **argv)
{
  bool is_read = argc > 3 && strcmp (argv[1], "read") == 0;
  int n_threads = is_read ? atoi (argv[2]) : 0;
  Tree tree = { .keeps_files = is_read };

  if (argc == 3 && strcmp (argv[1], "row") == 0)
    return read_row (argv[2]);
  if (argc < 3 || (is_read ? n_threads < 1 : strcmp (argv[1], "walk") != 0))
    {
      fputs ("Usage: limits read THREADS DIRECTORY... | walk DIRECTORY... | row DATABASE\n", stderr);
      return 2;
    }

  for (int i = is_read ? 3 : 2; i < argc; i++)
    tree_walk (&tree, AT_FDCWD, argv[i], argv[i]);
  if (is_read)
    tree_read (&tree, n_threads);
  printf ("%zu files, %zu lines\n", tree.n_files, tree.n_lines);

  for (size_t i = 0; tree.keeps_files && i < tree.n_files; i++)
    free (tree.files[i].path);
  free (tree.files);

  return EXIT_SUCCESS;
}
