/* fare-http-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-http-page.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

#include "base/fare-text.h"
#include "fare-http-json.h"
#include "fare-http-question.h"
#include "fare-http-resources.h"
#include "formats/fare-format.h"

#define ROOT "/io/github/tokenfare/Tokenfare/http/"

struct _FareHttpPage
{
  GBytes *text;
  char   *policy;
};

/* What page.js writes, by the names under which it asks for it. */
static const struct
{
  const char *name;
  const char *text;
} words[] = {
  { "today", N_("Today") },
  { "range", N_("Range") },
  { "week", N_("7 days") },
  { "month", N_("This month") },
  { "year", N_("365 days") },
  { "all", N_("All time") },
  { "cost", N_("Cost") },
  { "tokens", N_("Tokens") },
  { "some", N_("%s tokens") },
  { "messages", N_("Messages") },
  { "cached", N_("From cache") },
  { "tools", N_("Tools") },
  { "models", N_("Models") },
  { "days", N_("Last 365 days") },
  { "less", N_("Less") },
  { "more", N_("More") },
  { "nothing", N_("No usage in this range.") },
  { "unpriced", N_("%s tokens without price are not in the cost.") },
  { "unpriced_row", N_("no price") },
  { "scanning", N_("Reading logs: %1 of %2 files") },
  { "away", N_("Tokenfare does not answer. The figures below are of %s.") },
  { "yesterday", N_("Yesterday: %s") },
  { "updated", N_("As of %s") },
  { "day", N_("%1: %2, %3 tokens") },
};

static char *
load (const char *name)
{
  g_autofree char *path = g_strconcat (ROOT, name, NULL);
  g_autoptr(GBytes) bytes = g_resource_lookup_data (fare_http_get_resource (), path,
                                                    G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  return g_strndup (data, size);
}

static char *
hash (const char *text)
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize size = sizeof digest;
  g_autofree char *base = NULL;

  g_checksum_update (checksum, (const guchar *) text, -1);
  g_checksum_get_digest (checksum, digest, &size);
  base = g_base64_encode (digest, size);
  return g_strconcat ("'sha256-", base, "'", NULL);
}

/* JSON that may stand inside a page.  Takes @object. */
static char *
to_inline_text (JsonObject *object)
{
  g_autoptr(JsonNode) root = fare_http_json_take_object (object);
  g_autofree char *text = fare_http_json_to_text (root);
  g_auto(GStrv) parts = g_strsplit (text, "<", -1);

  return g_strjoinv ("\\u003c", parts);
}

static char *
list_words (void)
{
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    fare_http_json_set_text (object, words[i].name, _(words[i].text));

  return to_inline_text (object);
}

/* The tools' names for people. */
static char *
list_names (void)
{
  JsonObject *object = json_object_new ();
  guint n_formats;
  const FareFormat * const *formats = fare_format_get_all (&n_formats);

  for (guint i = 0; i < n_formats; i++)
    fare_http_json_set_text (object, fare_http_tool_from_client (formats[i]->id),
                             fare_text_client (formats[i]->id));

  return to_inline_text (object);
}

FareHttpPage *
fare_http_page_new (void)
{
  FareHttpPage *self = g_new0 (FareHttpPage, 1);
  g_autofree char *css = load ("page.css");
  g_autofree char *js = load ("page.js");
  g_autofree char *body = load ("page.html");
  g_autofree char *words_text = list_words ();
  g_autofree char *names_text = list_names ();
  g_autofree char *css_hash = hash (css);
  g_autofree char *js_hash = hash (js);
  /* Translators: the language of this translation, as in the HTML attribute lang: "de", "zh-Hans" */
  const char *language = C_("language code", "en");
  char *text;

  text = g_strconcat ("<!doctype html>\n<html lang=\"", language, "\">\n<head>\n"
                      "<meta charset=\"utf-8\">\n"
                      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                      "<meta name=\"color-scheme\" content=\"light dark\">\n"
                      "<title>Tokenfare</title>\n"
                      "<link rel=\"icon\" href=\"data:,\">\n<style>", css, "</style>\n"
                      "</head>\n", body,
                      "<script type=\"application/json\" id=\"words\">", words_text, "</script>\n"
                      "<script type=\"application/json\" id=\"names\">", names_text, "</script>\n"
                      "<script>", js, "</script>\n</html>\n", NULL);
  self->text = g_bytes_new_take (text, strlen (text));
  self->policy = g_strconcat ("default-src 'none'; connect-src 'self'; img-src data:; style-src ",
                              css_hash, "; script-src ", js_hash,
                              "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
                              NULL);
  return self;
}

void
fare_http_page_free (FareHttpPage *self)
{
  g_bytes_unref (self->text);
  g_free (self->policy);
  g_free (self);
}

GBytes *
fare_http_page_get_text (const FareHttpPage *self)
{
  return self->text;
}

const char *
fare_http_page_get_policy (const FareHttpPage *self)
{
  return self->policy;
}
