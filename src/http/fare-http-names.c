/* fare-http-names.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-http-names.h"

#include <string.h>

static const struct
{
  const char *from;
  const char *to;
} others[] = {
  { "claude-3-5-sonnet", "claude-3.5-sonnet" },
  { "claude-3-7-sonnet", "claude-3.7-sonnet" },
  { "gemini-3-flash-a", "gemini-3-flash" },
  { "k2-5", "kimi-k2.5" },
  { "k2-6", "kimi-k2.6" },
  { "k2.5", "kimi-k2.5" },
  { "k2.6", "kimi-k2.6" },
  { "k2p5", "kimi-k2.5" },
  { "k2p6", "kimi-k2.6" },
  { "kimi-k2p5", "kimi-k2.5" },
  { "kimi-k2p6", "kimi-k2.6" },
  { "kimi2.5", "kimi-k2.5" },
  { "kimi2.6", "kimi-k2.6" },
};

static gboolean
cut_end (char       *name,
         const char *end)
{
  gsize length = strlen (name), cut = strlen (end);

  if (length <= cut || !g_str_has_suffix (name, end))
    return FALSE;

  name[length - cut] = '\0';
  return TRUE;
}

static gboolean
are_digits (const char *text,
            gsize       count)
{
  for (gsize i = 0; i < count; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return FALSE;
    }

  return TRUE;
}

/* "-preview", "-exp" or "-experimental", with one part behind it or none. */
static void
cut_preview (char *name)
{
  static const char * const marks[] = { "-preview", "-experimental", "-exp" };

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      char *mark = strstr (name, marks[i]);
      char *rest = mark != NULL ? mark + strlen (marks[i]) : NULL;

      if (mark != NULL && mark > name
          && (*rest == '\0' || (*rest == '-' && strchr (rest + 1, '-') == NULL)))
        {
          *mark = '\0';
          return;
        }
    }
}

/* "-YYYY-MM-DD" or "-YYYYMMDD" at the end; four digits may be a version and stay. */
static void
cut_date (char *name)
{
  gsize length = strlen (name);
  char *end = name + length;

  if (length > 9 && end[-9] == '-' && are_digits (end - 8, 8))
    end[-9] = '\0';
  else if (length > 11 && end[-11] == '-' && end[-6] == '-' && end[-3] == '-'
           && are_digits (end - 10, 4) && are_digits (end - 5, 2) && are_digits (end - 2, 2))
    end[-11] = '\0';
}

/* "-4-8" becomes "-4.8": one digit, then digits up to the next dash or the end. */
static void
dot_version (char *name)
{
  for (char *p = name; (p = strchr (p, '-')) != NULL; p++)
    {
      char *q = p + 3;

      if (!g_ascii_isdigit (p[1]) || p[2] != '-')
        continue;
      while (g_ascii_isdigit (*q))
        q++;
      if (q > p + 3 && q - p <= 5 && (*q == '\0' || *q == '-'))
        p[2] = '.';
    }
}

static char *
spell_plainly (const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (name, -1);
  g_autofree char *lower = g_utf8_strdown (valid, -1);
  const char *last = strrchr (g_strstrip (lower), '/');
  char *plain = g_strdup (last != NULL ? last + 1 : lower);

  g_strdelimit (plain, " \t_", '-');
  if (g_str_has_prefix (plain, "antigravity-"))
    memmove (plain, plain + 12, strlen (plain + 12) + 1);
  return plain;
}

char *
fare_http_name_merge (const char *name)
{
  g_autofree char *plain = spell_plainly (name);

  if (!cut_end (plain, "-latest"))
    cut_end (plain, "-stable");
  cut_preview (plain);
  cut_date (plain);
  if (!cut_end (plain, "-high") && !cut_end (plain, "-medium"))
    cut_end (plain, "-low");
  cut_end (plain, "-thinking");

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      if (g_str_equal (plain, others[i].from))
        return g_strdup (others[i].to);
    }

  dot_version (plain);
  if (*plain == '\0')
    return g_strdup ("unknown");
  if (g_str_has_prefix (plain, "opus") || g_str_has_prefix (plain, "sonnet"))
    return g_strconcat ("claude-", plain, NULL);

  return g_steal_pointer (&plain);
}

char *
fare_http_name_join (const char *provider,
                     const char *model)
{
  g_autofree char *name = *provider != '\0' ? g_strconcat (provider, "/", model, NULL)
                                            : g_strdup (model);

  return g_utf8_make_valid (name, -1);
}
