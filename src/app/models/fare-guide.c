/* fare-guide.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <locale.h>
#include <string.h>

#include "models/fare-guide.h"

#define FOLDER "/io/github/tokenfare/Tokenfare/help/"

#define WORD_JOINER "\xe2\x81\xa0"

/* While a page is read. */
typedef struct
{
  FareGuidePage *page;
  GString       *text;      /* of the element that is open: a block, the title or the description */
  gsize          link;      /* where in it the words of the link begin that is open */
  guint          n_items;   /* list items that are open */
} Reader;

/* Words that look different within a line. */
static const struct
{
  const char *name;
  const char *before;
  const char *after;
} words[] = {
  { "app", "", "" },
  { "gui", "<b>", "</b>" },
  { "key", "<b>", "</b>" },
  { "cmd", "<tt>", "</tt>" },
  { "code", "<tt>", "</tt>" },
  { "em", "<i>", "" }, /* see end_stress() */
};

/* What may stand around blocks and has no words itself. */
static const char * const frames[] = { "page", "info", "list", "steps", "section", "item", NULL };

static const char * const blocks[] = { "p", "screen", "title", "desc", NULL };

const char * const *
fare_guide_list_pages (void)
{
  static const char * const pages[] = {
    "index", "overview", "sources", "costs", "pricing", "sessions", "calendar", "limits", "tray",
    "command-line", "http", "setup", "machines", "privacy", "history", "troubleshooting", NULL
  };

  return pages;
}

static void
block_free (gpointer data)
{
  FareGuideBlock *block = data;

  g_free (block->markup);
  g_free (block);
}

void
fare_guide_page_free (FareGuidePage *self)
{
  g_free (self->id);
  g_free (self->title);
  g_free (self->summary);
  g_ptr_array_unref (self->blocks);
  g_ptr_array_unref (self->links);
  g_free (self);
}

static const char *
find_attribute (const char **names,
                const char **values,
                const char  *name)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      if (g_str_equal (names[i], name))
        return values[i];
    }

  return NULL;
}

static void
begin_link (Reader     *reader,
            const char *target)
{
  g_autofree char *escaped = g_markup_escape_text (target != NULL ? target : "", -1);

  g_string_append_printf (reader->text, "<a href=\"%s\">", escaped);
  reader->link = reader->text->len;
  g_ptr_array_add (reader->page->links, g_strdup (target != NULL ? target : ""));
}

/* Who translated the page stands in its head, for viewers that tell. */
static const GMarkupParser credit_parser;

static void
start_cb (GMarkupParseContext  *context,
          const char           *name,
          const char          **attribute_names,
          const char          **attribute_values,
          gpointer              user_data,
          GError              **error)
{
  Reader *reader = user_data;
  const char *target = find_attribute (attribute_names, attribute_values, "xref");

  /* A link in the head only says where the page belongs to. */
  if (g_str_equal (name, "link") && reader->text == NULL)
    return;

  if (g_str_equal (name, "credit") && reader->text == NULL)
    {
      g_markup_parse_context_push (context, &credit_parser, NULL);
      return;
    }

  if (g_strv_contains (frames, name) && reader->text == NULL)
    {
      reader->n_items += g_str_equal (name, "item");
      return;
    }

  if (g_strv_contains (blocks, name) && reader->text == NULL)
    {
      reader->text = g_string_new (NULL);
      return;
    }

  if (g_str_equal (name, "link") && reader->text != NULL)
    {
      begin_link (reader, target);
      return;
    }

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (g_str_equal (name, words[i].name) && reader->text != NULL)
        {
          g_string_append (reader->text, words[i].before);
          return;
        }
    }

  g_set_error (error, G_MARKUP_ERROR, G_MARKUP_ERROR_UNKNOWN_ELEMENT, "%s: “%s”", reader->page->id,
               name);
}

static gboolean
has_no_italics (const char *text)
{
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      GUnicodeScript script = g_unichar_get_script (g_utf8_get_char (c));

      if (script == G_UNICODE_SCRIPT_HAN || script == G_UNICODE_SCRIPT_HIRAGANA ||
          script == G_UNICODE_SCRIPT_KATAKANA || script == G_UNICODE_SCRIPT_HANGUL)
        return TRUE;
    }

  return FALSE;
}

/* East Asian scripts have no slanted letters of their own: a stress is bold there. */
static void
end_stress (GString *text)
{
  char *start = g_strrstr (text->str, "<i>");

  if (start != NULL && has_no_italics (start))
    {
      start[1] = 'b';
      g_string_append (text, "</b>");
      return;
    }

  g_string_append (text, "</i>");
}

static void
add_block (Reader        *reader,
           FareGuideKind  kind,
           char          *markup)
{
  FareGuideBlock *block = g_new0 (FareGuideBlock, 1);

  block->kind = kind;
  block->markup = markup;
  g_ptr_array_add (reader->page->blocks, block);
}

/* Lines end in the file where there was no more room; where they do in the window is its affair, but
 * not within the dashes of an option, where Pango would. */
static char *
join_lines (const char *text)
{
  GString *joined = g_string_new (NULL);

  for (const char *c = text; *c != '\0'; c++)
    {
      if (*c == '-' && (c[1] == '-' || (c > text && c[-1] == '-')))
        g_string_append (joined, "-" WORD_JOINER);
      else if (!g_ascii_isspace (*c))
        g_string_append_c (joined, *c);
      else if (joined->len > 0 && joined->str[joined->len - 1] != ' ')
        g_string_append_c (joined, ' ');
    }

  return g_strchomp (g_string_free (joined, FALSE));
}

static void
end_block (Reader     *reader,
           const char *name)
{
  g_autoptr(GString) text = g_steal_pointer (&reader->text);
  FareGuidePage *page = reader->page;

  if (g_str_equal (name, "screen"))
    add_block (reader, FARE_GUIDE_SCREEN, g_strdup (g_strstrip (text->str)));
  else if (g_str_equal (name, "desc"))
    page->summary = join_lines (text->str);
  else if (g_str_equal (name, "p"))
    add_block (reader, reader->n_items > 0 ? FARE_GUIDE_ITEM : FARE_GUIDE_TEXT,
               join_lines (text->str));
  else if (page->title == NULL)
    page->title = join_lines (text->str);
  else
    add_block (reader, FARE_GUIDE_HEADING, join_lines (text->str));
}

static void
end_cb (GMarkupParseContext  *context,
        const char           *name,
        gpointer              user_data,
        GError              **error)
{
  Reader *reader = user_data;

  if (g_str_equal (name, "item"))
    reader->n_items--;

  if (g_str_equal (name, "credit"))
    g_markup_parse_context_pop (context);

  if (reader->text == NULL)
    return;

  /* A viewer would put the other page's title here; nothing could be seen or clicked in the window. */
  if (g_str_equal (name, "link") && reader->text->len == reader->link)
    {
      g_set_error (error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT, "%s: a link without words",
                   reader->page->id);
      return;
    }

  if (g_strv_contains (blocks, name))
    end_block (reader, name);
  else if (g_str_equal (name, "link"))
    g_string_append (reader->text, "</a>");

  else if (g_str_equal (name, "em") && reader->text != NULL)
    end_stress (reader->text);

  for (guint i = 0; i < G_N_ELEMENTS (words) && reader->text != NULL; i++)
    {
      if (g_str_equal (name, words[i].name))
        g_string_append (reader->text, words[i].after);
    }
}

static void
text_cb (GMarkupParseContext  *context,
         const char           *text,
         gsize                 length,
         gpointer              user_data,
         GError              **error)
{
  Reader *reader = user_data;
  g_autofree char *escaped = NULL;

  if (reader->text == NULL)
    return;

  escaped = g_markup_escape_text (text, (gssize) length);
  g_string_append (reader->text, escaped);
}

FareGuidePage *
fare_guide_page_parse (const char  *id,
                       const char  *text,
                       gssize       length,
                       GError     **error)
{
  static const GMarkupParser parser = { start_cb, end_cb, text_cb, NULL, NULL };
  g_autoptr(FareGuidePage) page = g_new0 (FareGuidePage, 1);
  g_autoptr(GMarkupParseContext) context = NULL;
  Reader reader = { page, NULL, 0, 0 };
  gboolean is_done;

  page->id = g_strdup (id);
  page->blocks = g_ptr_array_new_with_free_func (block_free);
  page->links = g_ptr_array_new_with_free_func (g_free);

  context = g_markup_parse_context_new (&parser, 0, &reader, NULL);
  is_done = g_markup_parse_context_parse (context, text, length, error)
            && g_markup_parse_context_end_parse (context, error);

  if (reader.text != NULL)
    g_string_free (reader.text, TRUE);

  if (!is_done)
    return NULL;

  if (page->title == NULL || page->summary == NULL)
    {
      g_set_error (error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT, "%s: no title", id);
      return NULL;
    }

  return g_steal_pointer (&page);
}

/* The last one is “C”, in which every page is.  In the locale of that name the window's words are not
 * translated either, whatever LANGUAGE says. */
static const char * const *
list_languages (void)
{
  static const char * const none[] = { "C", NULL };
  const char *locale = setlocale (LC_MESSAGES, NULL);

  if (locale == NULL || g_str_equal (locale, "C") || g_str_equal (locale, "POSIX"))
    return none;

  return g_get_language_names ();
}

FareGuidePage *
fare_guide_page_load (const char  *id,
                      GError     **error)
{
  const char * const *languages = list_languages ();

  for (guint i = 0; languages[i] != NULL; i++)
    {
      g_autofree char *path = g_strconcat (FOLDER, languages[i], "/", id, ".page", NULL);
      g_autoptr(GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

      if (bytes != NULL)
        return fare_guide_page_parse (id, g_bytes_get_data (bytes, NULL),
                                      (gssize) g_bytes_get_size (bytes), error);
    }

  g_set_error (error, G_RESOURCE_ERROR, G_RESOURCE_ERROR_NOT_FOUND, "%s: no such page", id);
  return NULL;
}
