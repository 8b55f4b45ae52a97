/* fare-model-name.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pricing/fare-model-name.h"

#include <string.h>

static const struct
{
  const char   *name;
  FareSuffixes  suffix;
} suffix_names[] = {
  { "date", FARE_SUFFIX_DATE },         { "effort", FARE_SUFFIX_EFFORT },
  { "thinking", FARE_SUFFIX_THINKING }, { "latest", FARE_SUFFIX_LATEST },
  { "fast", FARE_SUFFIX_FAST },
};

static const char * const efforts[] = {
  "-minimal", "-low", "-medium", "-high", "-xhigh", "-max", "-none",
};

static gboolean
is_blank (char c)
{
  return c == '_' || g_ascii_isspace (c);
}

FareSuffixes
fare_suffix_from_name (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (suffix_names); i++)
    if (g_str_equal (suffix_names[i].name, name))
      return suffix_names[i].suffix;

  return FARE_SUFFIX_NONE;
}

char *
fare_model_name_normalise (const char *name)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (name));
  GString *text = g_string_new (NULL);

  for (const char *p = trimmed; *p != '\0'; p++)
    {
      if (is_blank (*p))
        {
          if (!is_blank (p[1]))
            g_string_append_c (text, '-');
        }
      else
        {
          g_string_append_c (text, *p == '\\' ? '/' : g_ascii_tolower (*p));
        }
    }

  return g_string_free (text, FALSE);
}

char *
fare_model_name_to_key (const char *name)
{
  char *key = g_strdup (name);

  for (char *p = key; *p != '\0'; p++)
    if (*p == '.' && p > key && g_ascii_isdigit (p[-1]) && g_ascii_isdigit (p[1]))
      *p = '-';

  return key;
}

/* The position of @part at the beginning of @name or right behind a "/". */
static const char *
find_part (const char *name,
           const char *part)
{
  const char *found = strstr (name, part);

  while (found != NULL && found != name && found[-1] != '/')
    found = strstr (found + 1, part);

  return found;
}

static FareUnwrap
unwrap_arn (const char  *arn,
            char       **plain)
{
  static const char * const resources[] = { ":inference-profile/", ":foundation-model/" };

  for (guint i = 0; i < G_N_ELEMENTS (resources); i++)
    {
      const char *resource = strstr (arn, resources[i]);

      if (resource != NULL && !g_str_has_prefix (arn, "arn:aws:"))
        return FARE_UNWRAP_PARTITION;
      if (resource != NULL)
        {
          *plain = g_strconcat ("bedrock/", resource + strlen (resources[i]), NULL);
          return FARE_UNWRAP_DONE;
        }
    }

  return FARE_UNWRAP_OPAQUE;
}

static char *
unwrap_path (const char *name)
{
  static const char * const prefixes[] = { "models:", "models/", "model:", "model/" };
  const char *publisher = find_part (name, "publishers/");

  if (publisher != NULL)
    {
      const char *vendor = publisher + strlen ("publishers/");
      const char *models = strstr (vendor, "/models/");

      if (models != NULL)
        return g_strdup_printf ("vertex-ai/%.*s/%s", (int) (models - vendor), vendor,
                                models + strlen ("/models/"));
    }

  if (g_str_has_prefix (name, "accounts/fireworks/models/"))
    return g_strconcat ("fireworks-ai/", name + strlen ("accounts/fireworks/models/"), NULL);

  /* Only one host writes names like this. */
  if (g_str_has_prefix (name, "hf:"))
    return g_strconcat ("synthetic/", name + strlen ("hf:"), NULL);

  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (g_str_has_prefix (name, prefixes[i]))
      return g_strdup (name + strlen (prefixes[i]));

  return g_strdup (name);
}

/* Drops "~" in front of a part and the marker of long context, which a prompt's size shows. */
static void
drop_marks (char *name)
{
  static const char mark[] = "[1m]";
  char *to = name;

  for (const char *p = name; *p != '\0';)
    {
      if (*p == '~' && (p == name || p[-1] == '/'))
        {
          p++;
        }
      else if (g_str_has_prefix (p, mark))
        {
          p += strlen (mark);
          if (*p == '\0' && to > name && to[-1] == '-')
            to--;
        }
      else
        {
          *to++ = *p++;
        }
    }
  *to = '\0';
}

FareUnwrap
fare_model_name_unwrap (const char  *name,
                        char       **plain)
{
  const char *arn = find_part (name, "arn:");
  FareUnwrap result = FARE_UNWRAP_DONE;

  *plain = NULL;
  if (arn != NULL)
    result = unwrap_arn (arn, plain);
  else
    *plain = unwrap_path (name);

  if (*plain != NULL)
    drop_marks (*plain);
  return result;
}

static gboolean
is_date (int year,
         int month,
         int day)
{
  return year >= 2020 && year <= 2039
         && g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year);
}

static gboolean
all_digits (const char *text,
            gsize       n)
{
  for (gsize i = 0; i < n; i++)
    if (!g_ascii_isdigit (text[i]))
      return FALSE;

  return TRUE;
}

static int
number_at (const char *text,
           gsize       n)
{
  int number = 0;

  for (gsize i = 0; i < n; i++)
    number = number * 10 + g_ascii_digit_value (text[i]);

  return number;
}

/* Cuts @n bytes off the end, unless nothing would be left. */
static gboolean
cut_tail (char  *name,
          gsize  n)
{
  gsize length = strlen (name);

  if (length <= n)
    return FALSE;

  name[length - n] = '\0';
  return TRUE;
}

static gboolean
cut_word (char       *name,
          const char *word)
{
  return g_str_has_suffix (name, word) && cut_tail (name, strlen (word));
}

static gboolean
cut_date (char *name)
{
  gsize length = strlen (name);
  const char *tail = NULL;

  if (length > 9)
    {
      tail = name + length - 9;
      if (tail[0] == '-' && all_digits (tail + 1, 8)
          && is_date (number_at (tail + 1, 4), number_at (tail + 5, 2), number_at (tail + 7, 2)))
        return cut_tail (name, 9);
    }

  if (length > 11)
    {
      tail = name + length - 11;
      if (tail[0] == '-' && tail[5] == '-' && tail[8] == '-' && all_digits (tail + 1, 4)
          && all_digits (tail + 6, 2) && all_digits (tail + 9, 2)
          && is_date (number_at (tail + 1, 4), number_at (tail + 6, 2), number_at (tail + 9, 2)))
        return cut_tail (name, 11);
    }

  return FALSE;
}

FareSuffixes
fare_model_name_cut_suffix (char *name)
{
  if (cut_word (name, "-latest"))
    return FARE_SUFFIX_LATEST;
  if (cut_date (name))
    return FARE_SUFFIX_DATE;
  if (cut_word (name, "-fast"))
    return FARE_SUFFIX_FAST;

  for (guint i = 0; i < G_N_ELEMENTS (efforts); i++)
    if (cut_word (name, efforts[i]))
      return FARE_SUFFIX_EFFORT;

  return cut_word (name, "-thinking") ? FARE_SUFFIX_THINKING : FARE_SUFFIX_NONE;
}

/* Skips digits backwards from @end; returns NULL when there are none. */
static char *
skip_digits_back (char *name,
                  char *end)
{
  char *p = end;

  while (p > name && g_ascii_isdigit (p[-1]))
    p--;

  return p < end ? p : NULL;
}

gboolean
fare_model_name_cut_version (char     *name,
                             gboolean  is_long)
{
  char *end = name + strlen (name);
  char *digits = skip_digits_back (name, end);

  if (digits != NULL && digits > name && digits[-1] == ':')
    digits = skip_digits_back (name, digits - 1);
  else if (is_long)
    digits = NULL;

  /* Something must be left in front of "-v". */
  if (digits == NULL || digits - name < 3 || digits[-1] != 'v' || digits[-2] != '-')
    return FALSE;

  digits[-2] = '\0';
  return TRUE;
}

gboolean
fare_model_name_cut_context (char *name)
{
  char *end = name + strlen (name);
  char *digits = NULL;

  if (end == name || end[-1] != 'k')
    return FALSE;

  digits = skip_digits_back (name, end - 1);
  if (digits == NULL || digits - name < 2 || digits[-1] != ':')
    return FALSE;

  digits[-1] = '\0';
  return TRUE;
}

gboolean
fare_model_name_fold_at (char *name)
{
  char *at = strchr (name, '@');
  gsize length;

  if (at == NULL)
    return TRUE;

  length = strcspn (at + 1, ":");
  if (length == 8 && all_digits (at + 1, 8))
    {
      *at = '-';
      return TRUE;
    }

  if ((length == strlen ("default") && strncmp (at + 1, "default", length) == 0)
      || (length == strlen ("latest") && strncmp (at + 1, "latest", length) == 0))
    {
      memmove (at, at + 1 + length, strlen (at + 1 + length) + 1);
      return TRUE;
    }

  return FALSE;
}
