/* test-order.c
 *
 * Random logs full of everything that is hard, read in one pass and in random bits in
 * random order: the events must be the same to the last field.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "log-home.h"

#define N_FILES 6
#define N_STEPS 40

typedef struct
{
  char      *path;
  GPtrArray *lines;
} LogFile;

static LogFile *
log_file_new (const char *path)
{
  LogFile *self = g_new0 (LogFile, 1);

  self->path = g_strdup (path);
  self->lines = g_ptr_array_new_with_free_func (g_free);

  return self;
}

static void
log_file_free (gpointer data)
{
  LogFile *self = data;

  g_ptr_array_unref (self->lines);
  g_free (self->path);
  g_free (self);
}

static const char *
pick (GRand              *rand,
      const char * const *texts,
      guint               n)
{
  return texts[g_rand_int_range (rand, 0, (gint32) n)];
}

/* A line with an id out of few, so that everything meets everything. */
static char *
random_claude_line (GRand      *rand,
                    const char *session)
{
  static const char * const ids[] = { "m1", "m2", "m3", "relay", "relay" };
  static const char * const more[] = {
    "", "", "", "\"isSidechain\":true,", "\"forkedFrom\":{\"sessionId\":\"q\"},",
    "\"sessionKind\":\"bg\",", "\"agentId\":\"a\",",
  };
  const char *id = pick (rand, ids, G_N_ELEMENTS (ids));
  g_autofree char *request = g_rand_boolean (rand)
                             ? g_strdup_printf ("r%d", g_rand_int_range (rand, 0, 3)) : NULL;
  g_autofree char *time = g_strdup_printf ("10:00:%02d.000", g_rand_int_range (rand, 0, 12));

  return claude_line (session, id, request, time, g_rand_int_range (rand, 0, 3),
                      g_rand_int_range (rand, 0, 5), pick (rand, more, G_N_ELEMENTS (more)));
}

static void
copy_some (GRand   *rand,
           LogFile *from,
           LogFile *to)
{
  guint n = from->lines->len > 0 ? (guint) g_rand_int_range (rand, 0, (gint32) from->lines->len) : 0;

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (to->lines, g_strdup (g_ptr_array_index (from->lines, i)));
}

static GPtrArray *
make_claude (GRand *rand)
{
  static const char * const paths[N_FILES] = {
    "s1.jsonl", "s2.jsonl", "s3.jsonl", "s1/subagents/agent-a.jsonl",
    "s2/subagents/deep/agent-b.jsonl", "agent-c.jsonl",
  };
  static const char * const sessions[N_FILES] = { "s1", "s2", "s3", "s1", "s2", "s3" };
  GPtrArray *files = g_ptr_array_new_with_free_func (log_file_free);

  for (guint i = 0; i < N_FILES; i++)
    {
      g_autofree char *path = g_strconcat (".claude/projects/p/", paths[i], NULL);
      LogFile *file = log_file_new (path);

      if (i > 0 && g_rand_boolean (rand))
        copy_some (rand, g_ptr_array_index (files, g_rand_int_range (rand, 0, (gint32) i)), file);
      for (int n = g_rand_int_range (rand, 0, 8); n > 0; n--)
        g_ptr_array_add (file->lines, random_claude_line (rand, sessions[i]));
      if (g_rand_boolean (rand))
        g_ptr_array_add (file->lines, g_strdup_printf ("{\"type\":\"ai-title\",\"aiTitle\":\"T%d\","
                                                       "\"sessionId\":\"%s\"}\n",
                                                       g_rand_int_range (rand, 0, 9), sessions[i]));
      g_ptr_array_add (files, file);
    }

  return files;
}

static GPtrArray *
make_codex (GRand *rand)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (log_file_free);

  for (int i = 0; i < N_FILES; i++)
    {
      g_autofree char *path = g_strdup_printf (".codex/sessions/rollout-%d.jsonl", i);
      g_autofree char *id = g_strdup_printf ("c%d", i);
      g_autofree char *parent = g_strdup_printf ("\"forked_from_id\":\"c%d\",",
                                                 g_rand_int_range (rand, 0, N_FILES + 1));
      LogFile *file = log_file_new (path);
      int input = 0, output = 0;

      g_ptr_array_add (file->lines, codex_meta (id, g_rand_boolean (rand) ? parent : ""));
      if (i > 0 && g_rand_boolean (rand))
        copy_some (rand, g_ptr_array_index (files, g_rand_int_range (rand, 0, i)), file);
      for (int n = g_rand_int_range (rand, 0, 8); n > 0; n--)
        {
          g_autofree char *time = g_strdup_printf ("09:00:%02d.000", g_rand_int_range (rand, 0, 20));
          g_autofree char *turn = g_strdup_printf ("t%d", g_rand_int_range (rand, 0, 3));
          int more_input = g_rand_int_range (rand, 0, 3), more_output = g_rand_int_range (rand, 0, 2);

          if (g_rand_int_range (rand, 0, 3) == 0)
            g_ptr_array_add (file->lines, codex_turn (turn, "gpt-5"));
          input += more_input;
          output += more_output;
          g_ptr_array_add (file->lines, codex_count (time, input, output, more_input, more_output));
        }
      g_ptr_array_add (files, file);
    }

  return files;
}

/* Puts the lines in bit by bit, in a random order of files, and scans in between. */
static void
feed (LogHome   *home,
      GRand     *rand,
      GPtrArray *files)
{
  g_autofree guint *next = g_new0 (guint, files->len);

  for (int step = 0; step < N_STEPS; step++)
    {
      guint i = (guint) g_rand_int_range (rand, 0, (gint32) files->len);
      LogFile *file = g_ptr_array_index (files, i);
      int n = g_rand_int_range (rand, 1, 5);

      for (; n > 0 && next[i] < file->lines->len; n--)
        log_home_append (home, file->path, g_ptr_array_index (file->lines, next[i]++));
      log_home_scan (home);
    }
  for (guint i = 0; i < files->len; i++)
    {
      LogFile *file = g_ptr_array_index (files, i);

      while (next[i] < file->lines->len)
        log_home_append (home, file->path, g_ptr_array_index (file->lines, next[i]++));
    }
  log_home_scan (home);
}

static void
compare_ways (GPtrArray * (*make) (GRand *),
              guint32 seed)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr(LogHome) home = log_home_new ();
  g_autoptr(GPtrArray) files = make (rand);
  g_autofree char *bit_by_bit = NULL;
  g_autofree char *at_once = NULL;

  feed (home, rand, files);
  bit_by_bit = log_home_dump (home);
  log_home_forget (home);
  log_home_scan (home);
  at_once = log_home_dump (home);
  if (!g_str_equal (bit_by_bit, at_once))
    g_test_message ("seed %u\nbit by bit:\n%s\nat once:\n%s", seed, bit_by_bit, at_once);
  g_assert_cmpstr (bit_by_bit, ==, at_once);
}

static void
test_claude (void)
{
  for (guint32 seed = 1; seed <= 25; seed++)
    compare_ways (make_claude, seed);
}

static void
test_codex (void)
{
  for (guint32 seed = 1; seed <= 25; seed++)
    compare_ways (make_codex, seed);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scanner/order/claude-in-any-order", test_claude);
  g_test_add_func ("/scanner/order/codex-in-any-order", test_codex);

  return g_test_run ();
}
