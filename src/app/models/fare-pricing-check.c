/* fare-pricing-check.c
 *
 * Looks a price file over while it is typed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "models/fare-pricing-check.h"
#include "pricing/fare-price-file.h"
#include "pricing/fare-price-json.h"

/* Deeper than any price file. */
#define MAX_DEPTH 64

/* Goes through a text without understanding it, to find the line of what is wrong.  What JSON is
 * is decided elsewhere; this only has to find words for it. */
typedef struct
{
  const char *at;
  guint       line;
  guint       depth;
  const char *fault;  /* NULL as long as nothing is wrong */
  GArray     *lines;  /* of guint: where the objects of depth 2 begin: the entries of lists */
} Walk;

static gboolean walk_value (Walk *self);

static gboolean
fail (Walk       *self,
      const char *fault)
{
  if (self->fault == NULL)
    self->fault = fault;

  return FALSE;
}

static void
skip_blanks (Walk *self)
{
  for (; *self->at == ' ' || *self->at == '\t' || *self->at == '\r' || *self->at == '\n'; self->at++)
    self->line += *self->at == '\n';
}

static gboolean
walk_string (Walk *self)
{
  for (self->at++; *self->at != '"'; self->at++)
    {
      if (*self->at == '\0' || *self->at == '\n')
        return fail (self, _("the quotation mark at the end is missing"));

      if (*self->at == '\\')
        {
          self->at++;
          if (*self->at == '\0' || strchr ("\"\\/bfnrtu", *self->at) == NULL)
            return fail (self, _("a backslash stands before something it does not belong to"));
        }
    }
  self->at++;

  return TRUE;
}

static gboolean
walk_word (Walk *self)
{
  static const char * const words[] = { "true", "false", "null" };
  gsize length = strcspn (self->at, " \t\r\n,:]}[{\"");
  g_autofree char *word = g_strndup (self->at, length);
  char *end = NULL;

  self->at += length;
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (word, words[i]))
      return TRUE;

  if (word[0] == '\0')
    return fail (self, _("a value is missing"));

  if (word[strspn (word, "0123456789+-.eE")] != '\0')
    return fail (self, _("text has to stand in quotation marks"));

  g_ascii_strtod (word, &end);

  return *end == '\0' ? TRUE : fail (self, _("this is not a number"));
}

static gboolean
walk_member (Walk *self)
{
  if (*self->at != '"')
    return fail (self, *self->at == '}' ? _("there is a comma too many")
                                        : _("a name in quotation marks is missing"));
  if (!walk_string (self))
    return FALSE;

  skip_blanks (self);
  if (*self->at != ':')
    return fail (self, _("a colon is missing"));
  self->at++;
  skip_blanks (self);

  return walk_value (self);
}

/* What stands between brackets, after the first one. */
static gboolean
walk_list (Walk *self,
           char  end)
{
  skip_blanks (self);
  if (*self->at == end)
    {
      self->at++;
      return TRUE;
    }

  for (;;)
    {
      guint line;

      if (end == ']' && *self->at == ']')
        return fail (self, _("there is a comma too many"));
      if (!(end == '}' ? walk_member (self) : walk_value (self)))
        return FALSE;

      line = self->line;
      skip_blanks (self);
      if (*self->at == end)
        {
          self->at++;
          return TRUE;
        }
      if (*self->at == '\0')
        return fail (self, end == '}' ? _("a closing “}” is missing") : _("a closing “]” is missing"));
      if (*self->at != ',')
        {
          /* The comma belongs to the end of the line before. */
          self->line = line;
          return fail (self, _("a comma is missing"));
        }

      self->at++;
      skip_blanks (self);
    }
}

static gboolean
walk_value (Walk *self)
{
  gboolean is_list = *self->at == '{' || *self->at == '[';
  gboolean is_walked;
  char end;

  if (!is_list)
    return *self->at == '"' ? walk_string (self) : walk_word (self);

  if (*self->at == '{' && self->depth == 2)
    g_array_append_val (self->lines, self->line);
  if (++self->depth > MAX_DEPTH)
    return fail (self, _("too many brackets stand inside each other"));

  end = *self->at == '{' ? '}' : ']';
  self->at++;
  is_walked = walk_list (self, end);
  self->depth--;

  return is_walked;
}

static void
walk_text (Walk       *self,
           const char *text)
{
  *self = (Walk) { .at = text, .line = 1, .lines = g_array_new (FALSE, FALSE, sizeof (guint)) };
  skip_blanks (self);
  if (*self->at != '{')
    {
      fail (self, _("a price file begins with “{”"));
      return;
    }

  if (walk_value (self))
    {
      skip_blanks (self);
      if (*self->at != '\0')
        fail (self, _("something stands behind the end"));
    }
}

/* Where the entry that a sentence is about begins; 0 when it cannot be told. */
static guint
find_line (const Walk *walk,
           JsonNode   *root,
           const char *problem)
{
  JsonObject *object = json_node_get_object (root);
  JsonArray *models = fare_price_json_get_array (object, "models");
  guint n_models = models != NULL ? json_array_get_length (models) : 0;

  /* Only where the entries are all there is at their depth do both counts agree. */
  if (walk->fault != NULL || n_models == 0 || walk->lines->len < n_models)
    return 0;

  for (guint i = n_models; i > 0; i--)
    {
      JsonNode *node = json_array_get_element (models, i - 1);
      const char *id = JSON_NODE_HOLDS_OBJECT (node)
                           ? fare_price_json_get_string (json_node_get_object (node), "id")
                           : NULL;
      g_autofree char *quoted = id != NULL ? g_strdup_printf ("“%s”", id) : NULL;

      if (quoted != NULL && strstr (problem, quoted) != NULL)
        return g_array_index (walk->lines, guint, i - 1);
    }

  return 0;
}

static char *
locate (guint       line,
        const char *reason)
{
  /* Translators: where a file is wrong, and why, as in “Line 12: a comma is missing.” */
  return line > 0 ? g_strdup_printf (_("Line %u: %s."), line, reason) : g_strdup (reason);
}

static void
describe_problems (FarePricingCheck *self,
                   const Walk       *walk,
                   FarePriceFile    *file)
{
  const char *first = g_ptr_array_index (file->problems, 0);

  self->line = find_line (walk, file->root, first);
  /* Translators: where a file is wrong, and a whole sentence about it */
  self->sentence = self->line > 0 ? g_strdup_printf (_("Line %u: %s"), self->line, first)
                                  : g_strdup (first);
  if (self->n_problems > 1)
    {
      g_autofree char *one = g_steal_pointer (&self->sentence);
      guint n_more = self->n_problems - 1;
      g_autofree char *more = g_strdup_printf (ngettext ("and %u more", "and %u more", n_more), n_more);

      /* Translators: a sentence, and “and 2 more” */
      self->sentence = g_strdup_printf (_("%s (%s)"), one, more);
    }
}

FarePricingCheck *
fare_pricing_check_text (const char *text,
                         GHashTable *classes)
{
  FarePricingCheck *self = g_new0 (FarePricingCheck, 1);
  g_autoptr(FarePriceFile) file = NULL;
  g_autoptr(FareSellers) sellers = NULL;
  g_autoptr(JsonNode) root = NULL;
  g_autoptr(GError) error = NULL;
  Walk walk;

  walk_text (&walk, text);
  root = fare_price_json_parse (text, strlen (text), "prices.json", &error);
  file = root != NULL ? fare_price_file_read (root, "prices.json", classes, &error) : NULL;
  self->n_problems = 1;
  if (file == NULL)
    {
      gboolean is_found = root == NULL && walk.fault != NULL;

      self->line = is_found ? walk.line : 0;
      self->sentence = locate (self->line, is_found ? walk.fault : error->message);
    }
  else
    {
      sellers = fare_sellers_new ();
      fare_price_file_add_sellers (file, sellers);
      self->can_save = TRUE;
      self->n_entries = file->entries->len + file->removed->len;
      self->n_problems = file->problems->len;
      if (self->n_problems > 0)
        describe_problems (self, &walk, file);
      else
        self->sentence = g_strdup_printf (ngettext ("%u entry, no errors", "%u entries, no errors",
                                                    self->n_entries), self->n_entries);
    }

  g_array_unref (walk.lines);

  return self;
}

void
fare_pricing_check_free (FarePricingCheck *self)
{
  g_free (self->sentence);
  g_free (self);
}
