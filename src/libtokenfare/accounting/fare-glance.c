/* fare-glance.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "accounting/fare-glance.h"

#include <fcntl.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* Changes with the layout. */
#define MARK "glance 1"

#define SUM_TYPE "(ssdxx)"
#define GLANCE_TYPE "(sssb" SUM_TYPE SUM_TYPE SUM_TYPE "a(s" SUM_TYPE ")ssdbbxxxsxsud)"

/* What prices were kept as; changes with their layout. */
#define PRICES_MARK "prices 2"
#define PRICES_FILE "line-prices"

/* Times of files have the grain of the kernel's clock tick, up to 10 ms: a file that was written
 * within this long may be written again without looking different. */
#define GRAIN_NS (G_GINT64_CONSTANT (50) * 1000 * 1000)

/* A glance takes a few hundred bytes. */
#define SIZE_LIMIT (64 * 1024)

/* So do the prices of a handful of models; a hundred take half of this. */
#define PRICES_SIZE_LIMIT (512 * 1024)

static void
clear_sum (FareGlanceSum *self)
{
  g_free (self->cost_text);
  g_free (self->tokens_text);
}

void
fare_glance_free (FareGlance *self)
{
  clear_sum (&self->sum);
  clear_sum (&self->today);
  clear_sum (&self->week);
  for (guint i = 0; i < self->n_tools; i++)
    {
      clear_sum (&self->tool_sums[i]);
      g_free (self->tools[i]);
    }
  g_free (self->period);
  g_free (self->title);
  g_free (self->budget);
  g_free (self->budget_text);
  g_free (self->limits);
  g_free (self);
}

/* FALSE when the file may be about to change without a trace. */
static gboolean
append_file (GString    *text,
             const char *path,
             gint64      now_ns)
{
  struct stat status;
  gint64 changed_ns;

  if (stat (path, &status) != 0)
    {
      g_string_append (text, "-\n");
      return TRUE;
    }

  changed_ns = status.st_mtim.tv_sec * G_GINT64_CONSTANT (1000000000) + status.st_mtim.tv_nsec;
  g_string_append_printf (text, "%" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %" G_GINT64_FORMAT
                          " %" G_GINT64_FORMAT "\n", (guint64) status.st_dev,
                          (guint64) status.st_ino, (gint64) status.st_size, changed_ns);

  return now_ns - changed_ns > GRAIN_NS;
}

static gint64
get_clock_ns (void)
{
  struct timespec now;

  clock_gettime (CLOCK_REALTIME, &now);

  return now.tv_sec * G_GINT64_CONSTANT (1000000000) + now.tv_nsec;
}

static void
append_text (GString    *text,
             const char *value)
{
  g_string_append (text, value != NULL ? value : "");
  g_string_append_c (text, '\n');
}

/* Everything but the time.  @is_settled: none of the files may be about to change. */
static char *
describe_state (FarePaths *paths,
                gboolean  *is_settled)
{
  static const int categories[] = { LC_MESSAGES, LC_NUMERIC, LC_MONETARY, LC_TIME };
  g_autoptr(GString) text = g_string_new (MARK " " FARE_VERSION "\n");
  const char *index = fare_paths_get_index_file (paths);
  g_autofree char *journal = g_strconcat (index, "-wal", NULL);
  g_autofree char *prices = g_build_filename (fare_paths_get_pkgdata_dir (paths), "models.json", NULL);
  const char * const files[] = {
    index, journal, prices, fare_paths_get_prices_file (paths),
    fare_paths_get_settings_file (paths), "/etc/localtime",
  };
  gint64 now_ns = get_clock_ns ();

  *is_settled = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    *is_settled = append_file (text, files[i], now_ns) && *is_settled;
  for (guint i = 0; i < G_N_ELEMENTS (categories); i++)
    append_text (text, setlocale (categories[i], NULL));
  append_text (text, fare_paths_get_env (paths, "TZ"));
  append_text (text, fare_paths_get_env (paths, "LANGUAGE"));
  append_text (text, index);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
fare_glance_dup_state (FarePaths *paths)
{
  gboolean is_settled;
  g_autofree char *state = describe_state (paths, &is_settled);

  return is_settled ? g_steal_pointer (&state) : NULL;
}

static char *
find_file (FarePaths  *paths,
           const char *period)
{
  g_autofree char *name = g_strdup_printf ("glance-%.40s", period);

  g_strcanon (name, "abcdefghijklmnopqrstuvwxyz0123456789-", '-');

  return g_build_filename (fare_paths_get_data_dir (paths), name, NULL);
}

gboolean
fare_glance_is_wanted (FarePaths  *paths,
                       const char *period)
{
  g_autofree char *path = find_file (paths, period);

  return g_file_test (path, G_FILE_TEST_IS_REGULAR);
}

static GVariant *
pack_sum (const FareGlanceSum *self)
{
  return g_variant_new (SUM_TYPE, self->cost_text, self->tokens_text, self->cost, self->tokens,
                        self->unpriced_tokens);
}

static GVariant *
pack (const FareGlance *self,
      const char       *state)
{
  GVariantBuilder tools;

  g_variant_builder_init (&tools, G_VARIANT_TYPE ("a(s" SUM_TYPE ")"));
  for (guint i = 0; i < self->n_tools; i++)
    g_variant_builder_add (&tools, "(s@" SUM_TYPE ")", self->tools[i],
                           pack_sum (&self->tool_sums[i]));

  return g_variant_new ("(sssb@" SUM_TYPE "@" SUM_TYPE "@" SUM_TYPE "a(s" SUM_TYPE ")ssdbbxxxsxsud)",
                        state, self->period, self->title, self->has_use, pack_sum (&self->sum),
                        pack_sum (&self->today), pack_sum (&self->week), &tools, self->budget,
                        self->budget_text, self->budget_share, self->is_over, self->hides_amounts,
                        self->last_scan_ms, self->taken_ms, self->until_ms, self->limits,
                        self->limits_ms, self->unit.symbol, self->unit.decimals, self->unit.rate);
}

static void
unpack_sum (GVariant      *value,
            FareGlanceSum *self)
{
  g_variant_get (value, SUM_TYPE, &self->cost_text, &self->tokens_text, &self->cost, &self->tokens,
                 &self->unpriced_tokens);
}

static FareGlance *
unpack (GVariant *value)
{
  FareGlance *self = g_new0 (FareGlance, 1);
  g_autoptr(GVariant) sum = NULL;
  g_autoptr(GVariant) today = NULL;
  g_autoptr(GVariant) week = NULL;
  g_autoptr(GVariant) tools = NULL;
  const char *symbol;
  gsize n_tools;

  g_variant_get (value, "(&sssb@" SUM_TYPE "@" SUM_TYPE "@" SUM_TYPE "@a(s" SUM_TYPE ")ssdbbxxxsx&sud)",
                 NULL, &self->period, &self->title, &self->has_use, &sum, &today, &week, &tools,
                 &self->budget, &self->budget_text, &self->budget_share, &self->is_over,
                 &self->hides_amounts, &self->last_scan_ms, &self->taken_ms, &self->until_ms,
                 &self->limits, &self->limits_ms, &symbol, &self->unit.decimals, &self->unit.rate);
  unpack_sum (sum, &self->sum);
  unpack_sum (today, &self->today);
  unpack_sum (week, &self->week);
  g_strlcpy (self->unit.symbol, symbol, sizeof self->unit.symbol);

  n_tools = g_variant_n_children (tools);
  self->n_tools = (guint) MIN (n_tools, FARE_GLANCE_N_TOOLS);
  for (guint i = 0; i < self->n_tools; i++)
    {
      g_autoptr(GVariant) tool = NULL;

      g_variant_get_child (tools, i, "(s@" SUM_TYPE ")", &self->tools[i], &tool);
      unpack_sum (tool, &self->tool_sums[i]);
    }

  return self;
}

static GBytes *
read_file (const char *path,
           gsize       limit)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  g_autofree char *data = NULL;
  ssize_t length;

  if (fd < 0)
    return NULL;
  data = g_malloc (limit);
  length = read (fd, data, limit);
  close (fd);

  return length > 0 && (gsize) length < limit ? g_bytes_new (data, (gsize) length) : NULL;
}

FareGlance *
fare_glance_look_up (FarePaths  *paths,
                     const char *period,
                     gint64      now_ms)
{
  g_autofree char *path = find_file (paths, period);
  g_autoptr(GBytes) bytes = read_file (path, SIZE_LIMIT);
  g_autofree char *state = NULL;
  g_autoptr(GVariant) value = NULL;
  g_autoptr(FareGlance) self = NULL;
  gboolean is_settled;
  const char *kept_state;

  if (bytes == NULL)
    return NULL;
  value = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (GLANCE_TYPE), bytes, FALSE));
  if (!g_variant_is_normal_form (value))
    return NULL;
  g_variant_get_child (value, 0, "&s", &kept_state);
  state = describe_state (paths, &is_settled);
  if (!g_str_equal (kept_state, state))
    return NULL;
  self = unpack (value);
  if (!g_str_equal (self->period, period) || now_ms < self->taken_ms || now_ms >= self->until_ms
      || self->unit.decimals > 9)
    return NULL;

  return g_steal_pointer (&self);
}

/* Whole or not at all. */
static void
write_file (const char *path,
            GVariant   *value)
{
  g_autofree char *draft = g_strdup_printf ("%s.%d", path, (int) getpid ());
  gboolean done;
  int fd;

  fd = open (draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0)
    return;
  done = write (fd, g_variant_get_data (value), g_variant_get_size (value))
         == (ssize_t) g_variant_get_size (value);
  done = close (fd) == 0 && done;
  if (!done || rename (draft, path) != 0)
    unlink (draft);
}

void
fare_glance_keep (const FareGlance *self,
                  FarePaths        *paths,
                  const char       *state)
{
  g_autofree char *path = find_file (paths, self->period);
  g_autoptr(GVariant) value = NULL;

  if (state == NULL)
    return;
  value = g_variant_ref_sink (pack (self, state));
  write_file (path, value);
}

char *
fare_glance_dup_price_state (FarePaths  *paths,
                             const char *program)
{
  g_autoptr(GString) text = g_string_new (PRICES_MARK " " FARE_VERSION "\n");
  g_autofree char *shipped = g_build_filename (fare_paths_get_pkgdata_dir (paths), "models.json", NULL);
  const char * const files[] = { shipped, fare_paths_get_prices_file (paths), program };
  gint64 now_ns = get_clock_ns ();

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      append_text (text, files[i]);
      if (!append_file (text, files[i], now_ns))
        return NULL;
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

GVariant *
fare_glance_look_up_prices (FarePaths          *paths,
                            const char         *state,
                            const GVariantType *type)
{
  g_autofree char *path = g_build_filename (fare_paths_get_data_dir (paths), PRICES_FILE, NULL);
  g_autofree char *whole = g_strdup_printf ("(s%.*s)", (int) g_variant_type_get_string_length (type),
                                            g_variant_type_peek_string (type));
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GVariant) value = NULL;
  const char *kept_state;

  if (state == NULL)
    return NULL;
  bytes = read_file (path, PRICES_SIZE_LIMIT);
  if (bytes == NULL)
    return NULL;
  value = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (whole), bytes, FALSE));
  if (!g_variant_is_normal_form (value))
    return NULL;
  g_variant_get_child (value, 0, "&s", &kept_state);

  return g_str_equal (kept_state, state) ? g_variant_get_child_value (value, 1) : NULL;
}

void
fare_glance_keep_prices (FarePaths  *paths,
                         GVariant   *prices,
                         const char *state)
{
  g_autofree char *path = g_build_filename (fare_paths_get_data_dir (paths), PRICES_FILE, NULL);
  g_autoptr(GVariant) owned = g_variant_ref_sink (prices);
  g_autoptr(GVariant) value = NULL;

  if (state == NULL)
    return;
  value = g_variant_ref_sink (g_variant_new ("(s@*)", state, owned));
  if (g_variant_get_size (value) < PRICES_SIZE_LIMIT)
    write_file (path, value);
}
