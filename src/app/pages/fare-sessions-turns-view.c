/* fare-sessions-turns-view.c
 *
 * The table of a session's prompts and turns.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "base/fare-text.h"
#include "pages/fare-sessions-turns-view.h"
#include "widgets/fare-column-titles.h"
#include "widgets/fare-quiet-label.h"
#include "widgets/fare-quiet-tooltip.h"
#include "widgets/fare-row-ring.h"
#include "widgets/fare-tree-keys.h"

/* What is always seen of a prompt. */
#define TITLE_CHARS 12

typedef enum
{
  COLUMN_TITLE,
  COLUMN_INPUT,
  COLUMN_CACHE,
  COLUMN_HIT,
  COLUMN_OUTPUT,
  COLUMN_COST,
  COLUMN_RUNNING,
  N_COLUMNS
} ColumnId;

typedef struct
{
  ColumnId                id;
  const FareSessionsLook *look;
} Column;

typedef struct
{
  GtkTreeExpander *expander; /* NULL beside the first column */
  GtkLabel        *title;
  GtkLabel        *subtitle; /* NULL beside the first column */
  const Column    *column;
  FareTurnItem    *item;     /* while bound */
  gulong           changed_id;
} Cell;

static GQuark
get_cell_quark (void)
{
  return g_quark_from_static_string ("fare-sessions-turn-cell");
}

static const char *
get_heading (ColumnId id)
{
  static const char * const headings[N_COLUMNS] = {
    N_("Prompt"), N_("Input"), N_("Cache"), N_("Hit"), N_("Output"), N_("Cost"), N_("Running Total")
  };

  return _(headings[id]);
}

static gboolean
is_number (guint column)
{
  return column != COLUMN_TITLE;
}

static char *
get_prompt_title (const FarePromptGroup *prompt,
                  guint                  number)
{
  if (prompt->text != NULL && *prompt->text != '\0')
    return g_strdup (prompt->text);

  /* Translators: a stretch of work whose prompt is not known; the placeholder counts them */
  return g_strdup_printf (_("Stretch %u"), number);
}

static char *
get_title (FareTurnItem           *item,
           const FareSessionsLook *look)
{
  const FarePromptGroup *prompt = fare_turn_item_get_prompt (item);
  const FareStoryTurn *turn = fare_turn_item_get_turn (item);

  if (prompt != NULL)
    return get_prompt_title (prompt, fare_turn_item_get_number (item));

  return fare_sessions_text_time (look, turn->turn->time_ms);
}

static char *
get_subtitle (FareTurnItem           *item,
              const FareSessionsLook *look)
{
  const FarePromptGroup *prompt = fare_turn_item_get_prompt (item);
  const FareStoryTurn *turn = fare_turn_item_get_turn (item);
  g_autofree char *time = NULL;
  g_autofree char *turns = NULL;

  if (turn != NULL)
    return turn->turn->is_subagent ? g_strdup_printf ("%s · %s", turn->turn->model, _("Helper agent"))
                                   : g_strdup (turn->turn->model);

  time = fare_sessions_text_time (look, prompt->time_ms);
  turns = g_strdup_printf (ngettext ("%u turn", "%u turns", prompt->turns->len), prompt->turns->len);

  return g_strdup_printf ("%s · %s", time, turns);
}

static char *
get_running (FareTurnItem           *item,
             const FareSessionsLook *look)
{
  const FarePromptGroup *prompt = fare_turn_item_get_prompt (item);

  return fare_sessions_text_money (look, prompt != NULL ? &prompt->running
                                                        : &fare_turn_item_get_turn (item)->running);
}

static char *
get_figure (FareTurnItem *item,
            const Column *column,
            gboolean      is_exact)
{
  const FarePromptGroup *prompt = fare_turn_item_get_prompt (item);
  const FareSums *sums = prompt != NULL ? &prompt->sums : &fare_turn_item_get_turn (item)->sums;
  const FareUsage *usage = &sums->usage;
  gint64 tokens;

  switch (column->id)
    {
    case COLUMN_COST:
      return fare_sessions_text_money (column->look, sums);

    case COLUMN_RUNNING:
      return get_running (item, column->look);

    case COLUMN_HIT:
      return fare_text_percent (fare_usage_hit_rate (usage));

    case COLUMN_CACHE:
      tokens = fare_usage_prompt (usage) - usage->input;
      break;

    case COLUMN_OUTPUT:
      tokens = usage->output;
      break;

    default:
      tokens = usage->input;
    }

  return is_exact ? fare_text_count (tokens) : fare_text_tokens (tokens);
}

static void
show_cell (Cell *cell)
{
  const Column *column = cell->column;
  gboolean is_prompt = fare_turn_item_get_prompt (cell->item) != NULL;
  g_autofree char *text = column->id == COLUMN_TITLE ? get_title (cell->item, column->look)
                                                     : get_figure (cell->item, column, FALSE);
  g_autofree char *tooltip = column->id == COLUMN_TITLE ? g_strdup (text)
                                                        : get_figure (cell->item, column, TRUE);
  g_autofree char *spoken =
    g_strdup_printf (C_("heading and value", "%s: %s"), get_heading (column->id), tooltip);

  fare_quiet_label_set (cell->title, text);
  fare_quiet_tooltip_set (GTK_WIDGET (cell->title), tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (cell->title),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);

  if (is_prompt)
    gtk_widget_add_css_class (GTK_WIDGET (cell->title), "heading");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (cell->title), "heading");

  if (cell->subtitle != NULL)
    {
      g_autofree char *subtitle = get_subtitle (cell->item, column->look);

      fare_quiet_label_set (cell->subtitle, subtitle);
      fare_quiet_tooltip_set (GTK_WIDGET (cell->subtitle), subtitle);
    }
}

static GtkLabel *
new_label (gboolean is_number)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), is_number ? 1.0f : 0.0f);
  if (is_number)
    gtk_widget_add_css_class (label, "numeric");
  else
    gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);

  return GTK_LABEL (label);
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *list_item,
          const Column             *column)
{
  Cell *cell = g_new0 (Cell, 1);
  GtkWidget *child;

  cell->column = column;
  cell->title = new_label (is_number (column->id));
  child = GTK_WIDGET (cell->title);

  if (column->id == COLUMN_TITLE)
    {
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

      gtk_label_set_width_chars (cell->title, TITLE_CHARS);
      cell->subtitle = new_label (FALSE);
      gtk_widget_add_css_class (GTK_WIDGET (cell->subtitle), "dim-label");
      gtk_widget_add_css_class (GTK_WIDGET (cell->subtitle), "caption");
      gtk_box_append (GTK_BOX (box), GTK_WIDGET (cell->title));
      gtk_box_append (GTK_BOX (box), GTK_WIDGET (cell->subtitle));
      child = gtk_tree_expander_new ();
      cell->expander = GTK_TREE_EXPANDER (child);
      fare_row_ring_follow (child);
      gtk_tree_expander_set_child (cell->expander, box);
    }

  g_object_set_qdata_full (G_OBJECT (child), get_cell_quark (), cell, g_free);
  gtk_list_item_set_child (list_item, child);
}

static void
changed_cb (FareTurnItem *item,
            Cell         *cell)
{
  show_cell (cell);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *list_item)
{
  Cell *cell = g_object_get_qdata (G_OBJECT (gtk_list_item_get_child (list_item)),
                                   get_cell_quark ());
  GtkTreeListRow *row = gtk_list_item_get_item (list_item);

  cell->item = gtk_tree_list_row_get_item (row);
  cell->changed_id = g_signal_connect (cell->item, "changed", G_CALLBACK (changed_cb), cell);
  if (cell->expander != NULL)
    gtk_tree_expander_set_list_row (cell->expander, row);

  show_cell (cell);
}

static void
unbind_cb (GtkSignalListItemFactory *factory,
           GtkListItem              *list_item)
{
  GtkWidget *child = gtk_list_item_get_child (list_item);
  Cell *cell = child != NULL ? g_object_get_qdata (G_OBJECT (child), get_cell_quark ()) : NULL;

  if (cell == NULL || cell->item == NULL)
    return;

  g_clear_signal_handler (&cell->changed_id, cell->item);
  if (cell->expander != NULL)
    gtk_tree_expander_set_list_row (cell->expander, NULL);
  g_clear_object (&cell->item);
}

void
fare_sessions_turns_view_set_up (GtkColumnView          *view,
                                 FareTableBin           *bin,
                                 const FareSessionsLook *look)
{
  /* What can be left out, the least missed first. */
  static const ColumnId order[] = { COLUMN_CACHE, COLUMN_INPUT, COLUMN_OUTPUT, COLUMN_HIT };
  GtkColumnViewColumn *columns[N_COLUMNS];
  GtkColumnViewColumn *optional[G_N_ELEMENTS (order)];

  for (guint i = 0; i < N_COLUMNS; i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      g_autoptr(GtkColumnViewColumn) column = NULL;
      Column *shared = g_new0 (Column, 1);

      *shared = (Column) { i, look };
      g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), shared);
      g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
      g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
      g_object_set_qdata_full (G_OBJECT (factory), get_cell_quark (), shared, g_free);

      column = gtk_column_view_column_new (get_heading (i), factory);
      gtk_column_view_column_set_expand (column, i == COLUMN_TITLE);
      gtk_column_view_append_column (view, column);
      columns[i] = column; /* the view holds it */
    }

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    optional[i] = columns[order[i]];
  fare_table_bin_set_table (bin, view, optional, G_N_ELEMENTS (optional));

  fare_column_titles_align (view, is_number);
  fare_tree_keys_add (GTK_WIDGET (view));
}
