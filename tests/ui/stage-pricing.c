/* stage-pricing.c
 *
 * The parts of the pricing page that are photographed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "stage-pricing.h"

#include "pages/fare-pricing-editor.h"
#include "pages/fare-pricing-page-private.h"
#include "ui-room.h"

static gboolean
has_answer (gpointer data)
{
  return fare_live_query_get_answer (fare_pricing_page_get_query (data)) != NULL;
}

static void
select_line (FarePricingPage *page,
             const char      *key)
{
  FarePricingTable *table =
    FARE_PRICING_TABLE (ui_find (GTK_WIDGET (page), FARE_TYPE_PRICING_TABLE, NULL));
  guint position = fare_pricing_list_find (fare_pricing_page_get_list (page), key);

  g_assert_cmpuint (position, !=, GTK_INVALID_LIST_POSITION);
  fare_pricing_table_show_line (table, position);
}

static GtkWidget *
find_editor (void)
{
  g_autoptr(GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (FARE_IS_PRICING_EDITOR (l->data))
      return l->data;

  g_error ("No editor is open");
}

static void
type (GtkWidget  *editor,
      const char *title,
      const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (ui_find_row (editor, ADW_TYPE_ENTRY_ROW, title)), text);
}

static gboolean
has_status (gpointer data)
{
  return *fare_pricing_json_get_status (data) != '\0';
}

/* A comma is missing in the middle of an entry. */
static const char broken_text[] =
  "{\n"
  "  \"schema\": 1,\n"
  "  \"kind\": \"tokenfare-prices\",\n"
  "  \"models\": [\n"
  "    {\n"
  "      \"id\": \"harbor-preview-2\",\n"
  "      \"provider\": \"unknown\",\n"
  "      \"name\": \"Harbor Preview 2\"\n"
  "      \"class\": \"default\",\n"
  "      \"status\": \"list\",\n"
  "      \"prices\": [ {\"from\": null, \"input\": 1.25, \"output\": 10} ]\n"
  "    }\n"
  "  ]\n"
  "}\n";

static void
open_json (FarePricingPage *page)
{
  GtkTextView *view = GTK_TEXT_VIEW (ui_find (GTK_WIDGET (page->json), GTK_TYPE_TEXT_VIEW, NULL));
  GtkTextBuffer *buffer;
  GtkTextIter start, end;

  gtk_widget_activate_action (GTK_WIDGET (page), "pricing.json", NULL);
  ui_wait (has_status, page->json, 10.0);
  /* As by hand: a text that is set counts as unmodified. */
  buffer = gtk_text_view_get_buffer (view);
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_delete (buffer, &start, &end);
  gtk_text_buffer_insert (buffer, &start, broken_text, -1);
  ui_wait (has_status, page->json, 10.0);
}

static void
open_import (FarePricingPage *page)
{
  static const char flat[] =
    "{\"version\": \"1\", \"models\": {"
    "\"claude-opus-4.8\": {\"input\": 6, \"output\": 30, \"cache_read\": 0.6, \"cache_write\": 7.5},"
    "\"gpt-5.4\": {\"input\": 2.5, \"output\": 15, \"cache_read\": 0.25, \"cache_write\": 2.5},"
    "\"harbor-preview-2\": {\"input\": 1, \"output\": 4},"
    "\"nobody/glm-5.2\": {\"input\": 1, \"output\": 4}}}";
  g_autofree char *path = g_build_filename (g_getenv ("TOKENFARE_DATA_DIR"), "flat.json", NULL);

  g_assert_true (g_file_set_contents (path, flat, -1, NULL));
  fare_pricing_page_import (page, path);
}

void
stage_pricing_open (FareWindow *window,
                    const char *part)
{
  FarePricingPage *page =
    FARE_PRICING_PAGE (ui_find (GTK_WIDGET (window), FARE_TYPE_PRICING_PAGE, NULL));

  ui_wait (has_answer, page, 10.0);
  ui_pause (200);

  if (g_str_equal (part, "pricing-editor"))
    {
      select_line (page, "claude-opus-4-6");
      gtk_widget_activate_action (GTK_WIDGET (page), "pricing.edit", NULL);
    }
  else if (g_str_equal (part, "pricing-error"))
    {
      select_line (page, "claude-opus-4-6");
      gtk_widget_activate_action (GTK_WIDGET (page), "pricing.edit", NULL);
      ui_pause (100);
      type (find_editor (), "Output", "25,x");
    }
  else if (g_str_equal (part, "pricing-json"))
    open_json (page);
  else if (g_str_equal (part, "pricing-import"))
    open_import (page);
  else if (g_str_equal (part, "pricing-what-if"))
    {
      gtk_toggle_button_set_active (page->what_if_button, TRUE);
      fare_pricing_what_if_set_model (page->what_if, "claude-haiku-4-5", "Claude Haiku 4.5");
    }
  else if (g_str_equal (part, "pricing-menu"))
    {
      select_line (page, "claude-opus-4-8");
      gtk_widget_activate_action (ui_find (GTK_WIDGET (page), FARE_TYPE_PRICING_TABLE, NULL),
                                  "pricing-table.popup", NULL);
    }
}
