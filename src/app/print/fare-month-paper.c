/* fare-month-paper.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "print/fare-month-paper.h"
#include "widgets/fare-style-table.h"

/* Points, 1/72 inch. */
#define MARGIN        28.0
#define FOOTER        24.0
#define GAP           16.0
#define CHART_HEIGHT  130.0
#define LEGEND_HEIGHT 18.0
#define FIGURE_HEIGHT 54.0
#define ROW_HEIGHT    14.5
#define HEADING_HEIGHT 26.0
#define LINE_WIDTH    0.5

/* Font sizes. */
#define SIZE_TITLE   20.0
#define SIZE_FIGURE  15.0
#define SIZE_HEADING 11.0
#define SIZE_TEXT    9.0
#define SIZE_SMALL   7.5

/* What is black, what steps back, and lines. */
#define INK   0.13
#define PALE  0.38
#define FAINT 0.80

/* Right edges of a table's columns, as shares of its width; the name has what is left. */
static const double column_ends[FARE_REPORT_N_CELLS] = { 0.50, 0.63, 0.76, 0.90, 1.0 };

/* What is drawn stands in blocks one below the other, none of which is cut. */
typedef enum
{
  BLOCK_HEAD,
  BLOCK_FIGURES,
  BLOCK_CHART,
  BLOCK_TABLE_HEAD, /* with the title of the table */
  BLOCK_ROW
} BlockKind;

typedef struct
{
  BlockKind kind;
  guint     table;
  guint     row;
  double    y;      /* on its page */
  int       page;
} Block;

typedef struct
{
  FareMonthReport *report;
  GArray          *blocks; /* (element-type Block) */
  int              n_pages;
} Paper;

/* While a page is drawn. */
typedef struct
{
  const Paper     *paper;
  GtkPrintContext *context;
  cairo_t         *cr;
  double           left;
  double           width;
} Pen;

static void
paper_free (gpointer  data,
            GClosure *closure)
{
  Paper *paper = data;

  fare_month_report_unref (paper->report);
  g_array_unref (paper->blocks);
  g_free (paper);
}

static double
get_height (const Paper *paper,
            const Block *block)
{
  switch (block->kind)
    {
    case BLOCK_HEAD:
      return SIZE_TITLE * 1.5 + (paper->report->notes->len + 1) * SIZE_TEXT * 1.5 + GAP;

    case BLOCK_FIGURES:
      return FIGURE_HEIGHT + GAP;

    case BLOCK_CHART:
      return HEADING_HEIGHT + CHART_HEIGHT + LEGEND_HEIGHT + GAP;

    case BLOCK_TABLE_HEAD:
      return GAP + ROW_HEIGHT + 4.0;

    case BLOCK_ROW:
    default:
      return ROW_HEIGHT;
    }
}

static void
add_block (Paper     *paper,
           BlockKind  kind,
           guint      table,
           guint      row)
{
  Block block = { kind, table, row, 0.0, 0 };

  g_array_append_val (paper->blocks, block);
}

static void
add_blocks (Paper *paper)
{
  add_block (paper, BLOCK_HEAD, 0, 0);
  add_block (paper, BLOCK_FIGURES, 0, 0);
  add_block (paper, BLOCK_CHART, 0, 0);

  for (guint i = 0; i < FARE_REPORT_N_TABLES; i++)
    {
      GPtrArray *rows = paper->report->tables[i].rows;

      if (rows->len == 0)
        continue;

      add_block (paper, BLOCK_TABLE_HEAD, i, 0);
      for (guint k = 0; k < rows->len; k++)
        add_block (paper, BLOCK_ROW, i, k);
    }
}

/* The head of a table stays with its first rows. */
static double
get_height_kept (const Paper *paper,
                 guint        i)
{
  const Block *block = &g_array_index (paper->blocks, Block, i);
  double height = get_height (paper, block);

  if (block->kind == BLOCK_TABLE_HEAD)
    height += ROW_HEIGHT * MIN (3, paper->report->tables[block->table].rows->len);

  return height;
}

static void
begin_cb (GtkPrintOperation *operation,
          GtkPrintContext   *context,
          gpointer           user_data)
{
  Paper *paper = user_data;
  double bottom = gtk_print_context_get_height (context) - MARGIN - FOOTER;
  double y = MARGIN;
  int page = 0;

  /* Once for a preview, once for the printer, and perhaps for another size of paper. */
  g_array_set_size (paper->blocks, 0);
  add_blocks (paper);

  for (guint i = 0; i < paper->blocks->len; i++)
    {
      Block *block = &g_array_index (paper->blocks, Block, i);

      if (y > MARGIN && y + get_height_kept (paper, i) > bottom)
        {
          page++;
          y = MARGIN;

          /* Its table goes on here, and says again what it is. */
          if (block->kind == BLOCK_ROW)
            {
              Block head = { BLOCK_TABLE_HEAD, block->table, 0, 0.0, 0 };

              g_array_insert_val (paper->blocks, i, head);
              block = &g_array_index (paper->blocks, Block, i);
            }
        }

      block->page = page;
      block->y = y;
      y += get_height (paper, block);
    }

  paper->n_pages = page + 1;
  gtk_print_operation_set_n_pages (operation, paper->n_pages);
}

static void
set_gray (cairo_t *cr,
          double   gray)
{
  cairo_set_source_rgb (cr, gray, gray, gray);
}

/* Puts the left edge (@align 0), the middle or the right edge of @text at @x.  A text longer than
 * @max_width loses its middle; amounts never are, their columns are wide enough. */
static double
draw_text (Pen        *pen,
           const char *text,
           double      x,
           double      y,
           double      align,
           double      size,
           gboolean    is_bold,
           double      max_width)
{
  g_autoptr(PangoLayout) layout = gtk_print_context_create_pango_layout (pen->context);
  PangoFontDescription *font = pango_font_description_from_string ("Cantarell, Sans");
  int width, height;

  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_font_description_set_weight (font, is_bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_text (layout, text, -1);
  pango_layout_get_size (layout, &width, &height);

  if (max_width > 0.0 && width > max_width * PANGO_SCALE)
    {
      pango_layout_set_width (layout, (int) (max_width * PANGO_SCALE));
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_MIDDLE);
      pango_layout_get_size (layout, &width, &height);
    }

  cairo_move_to (pen->cr, x - align * width / PANGO_SCALE, y);
  pango_cairo_show_layout (pen->cr, layout);

  return (double) width / PANGO_SCALE;
}

static void
draw_line (Pen    *pen,
           double  x,
           double  y,
           double  width,
           double  gray)
{
  set_gray (pen->cr, gray);
  cairo_rectangle (pen->cr, x, y, width, LINE_WIDTH);
  cairo_fill (pen->cr);
}

static void
draw_head (Pen    *pen,
           double  y)
{
  const FareMonthReport *report = pen->paper->report;

  set_gray (pen->cr, PALE);
  draw_text (pen, _("Tokenfare"), pen->left + pen->width, y + SIZE_TITLE * 0.5, 1.0, SIZE_HEADING, TRUE, 0);
  set_gray (pen->cr, INK);
  draw_text (pen, report->title, pen->left, y, 0.0, SIZE_TITLE, TRUE, pen->width * 0.8);
  y += SIZE_TITLE * 1.5;

  set_gray (pen->cr, PALE);
  draw_text (pen, report->as_of, pen->left, y, 0.0, SIZE_TEXT, FALSE, pen->width);
  for (guint i = 0; i < report->notes->len; i++)
    {
      y += SIZE_TEXT * 1.5;
      draw_text (pen, g_ptr_array_index (report->notes, i), pen->left, y, 0.0, SIZE_TEXT, FALSE,
                 pen->width);
    }
}

static void
draw_figures (Pen    *pen,
              double  y)
{
  double pitch = pen->width / FARE_REPORT_N_FIGURES;

  draw_line (pen, pen->left, y, pen->width, FAINT);
  draw_line (pen, pen->left, y + FIGURE_HEIGHT, pen->width, FAINT);

  for (guint i = 0; i < FARE_REPORT_N_FIGURES; i++)
    {
      const FareReportFigure *figure = &pen->paper->report->figures[i];
      double x = pen->left + i * pitch;

      set_gray (pen->cr, PALE);
      draw_text (pen, figure->caption, x, y + 6, 0.0, SIZE_SMALL, TRUE, pitch - 6);
      draw_text (pen, figure->detail, x, y + 38, 0.0, SIZE_SMALL, FALSE, pitch - 6);
      set_gray (pen->cr, INK);
      draw_text (pen, figure->value, x, y + 16, 0.0, SIZE_FIGURE, TRUE, 0);
    }
}

static void
set_slot (cairo_t *cr,
          guint    slot)
{
  guint n_styles;
  GdkRGBA color;

  gdk_rgba_parse (&color, fare_style_table (&n_styles)[0].light.series[MIN (slot, FARE_PALETTE_OTHER)]);
  gdk_cairo_set_source_rgba (cr, &color);
}

static void
draw_axis (Pen    *pen,
           double  left,
           double  top,
           double  bottom)
{
  const FareMonthReport *report = pen->paper->report;

  for (guint i = 0; i <= report->axis.n_steps; i++)
    {
      double y = bottom - (bottom - top) * i / report->axis.n_steps;

      draw_line (pen, left, y, pen->left + pen->width - left, i == 0 ? PALE : FAINT);
      set_gray (pen->cr, PALE);
      draw_text (pen, report->axis_labels[i], left - 5, y - SIZE_SMALL * 0.7, 1.0, SIZE_SMALL, FALSE, 0);
    }
}

static void
draw_legend (Pen    *pen,
             double  x,
             double  y)
{
  const FareMonthReport *report = pen->paper->report;

  for (guint k = 0; k < report->n_series; k++)
    {
      set_slot (pen->cr, report->slots[k]);
      cairo_rectangle (pen->cr, x, y + 2, 7, 7);
      cairo_fill (pen->cr);
      set_gray (pen->cr, INK);
      x += 10 + draw_text (pen, report->names[k], x + 10, y, 0.0, SIZE_SMALL, FALSE, 0) + 12;
    }
}

static void
draw_bar (Pen    *pen,
          guint   day,
          double  x,
          double  width,
          double  bottom,
          double  scale)
{
  const FareMonthReport *report = pen->paper->report;
  double y = bottom;

  for (guint k = 0; k < report->n_series; k++)
    {
      double height = report->values[day * report->n_series + k] * scale;

      if (height <= 0.0)
        continue;

      set_slot (pen->cr, report->slots[k]);
      cairo_rectangle (pen->cr, x, y - height, width, height);
      cairo_fill (pen->cr);
      y -= height;

      /* Tells neighbours apart where there are only greys. */
      set_gray (pen->cr, 1.0);
      cairo_rectangle (pen->cr, x, y, width, LINE_WIDTH);
      cairo_fill (pen->cr);
    }
}

static void
draw_chart (Pen    *pen,
            double  y)
{
  const FareMonthReport *report = pen->paper->report;
  double left = pen->left + 46;
  double top = y + HEADING_HEIGHT;
  double bottom = top + CHART_HEIGHT - 14;
  double pitch = (pen->left + pen->width - left) / MAX (1, report->n_days);
  double scale = (bottom - top) / fare_chart_axis_get_reach (&report->axis);

  set_gray (pen->cr, INK);
  draw_text (pen, _("Cost by Day"), pen->left, y, 0.0, SIZE_HEADING, TRUE, 0);
  draw_axis (pen, left, top, bottom);

  for (guint i = 0; i < report->n_days; i++)
    {
      g_autofree char *label = g_strdup_printf ("%u", i + 1);
      double x = left + i * pitch;

      draw_bar (pen, i, x + pitch * 0.15, pitch * 0.7, bottom, scale);
      set_gray (pen->cr, PALE);
      draw_text (pen, label, x + pitch / 2, bottom + 3, 0.5, SIZE_SMALL, FALSE, 0);
    }

  draw_legend (pen, left, top + CHART_HEIGHT + 4);
}

static void
draw_cells (Pen                *pen,
            double              y,
            const char * const *cells,
            gboolean            is_bold)
{
  draw_text (pen, cells[0], pen->left, y, 0.0, SIZE_TEXT, is_bold, pen->width * column_ends[0]);
  for (guint i = 1; i < FARE_REPORT_N_CELLS; i++)
    draw_text (pen, cells[i], pen->left + pen->width * column_ends[i], y, 1.0, SIZE_TEXT, is_bold, 0);
}

static void
draw_table_head (Pen    *pen,
                 double  y,
                 guint   table)
{
  const char *cells[FARE_REPORT_N_CELLS] = {
    pen->paper->report->tables[table].title, _("Messages"), _("Tokens"), _("Cost"),
    C_("column of a report", "Share")
  };

  set_gray (pen->cr, INK);
  draw_cells (pen, y + GAP, cells, TRUE);
  draw_line (pen, pen->left, y + GAP + ROW_HEIGHT, pen->width, PALE);
}

static void
draw_footer (Pen *pen,
             int  page)
{
  g_autofree char *text = NULL;
  double y = gtk_print_context_get_height (pen->context) - MARGIN - SIZE_TEXT;

  /* Translators: number of a page, and how many there are */
  text = g_strdup_printf (_("Page %d of %d"), page + 1, pen->paper->n_pages);
  set_gray (pen->cr, PALE);
  draw_text (pen, pen->paper->report->title, pen->left, y, 0.0, SIZE_SMALL, FALSE, 0);
  draw_text (pen, text, pen->left + pen->width, y, 1.0, SIZE_SMALL, FALSE, 0);
}

static void
draw_cb (GtkPrintOperation *operation,
         GtkPrintContext   *context,
         int                page,
         gpointer           user_data)
{
  const Paper *paper = user_data;
  Pen pen = {
    paper, context, gtk_print_context_get_cairo_context (context), MARGIN,
    gtk_print_context_get_width (context) - 2 * MARGIN
  };

  for (guint i = 0; i < paper->blocks->len; i++)
    {
      const Block *block = &g_array_index (paper->blocks, Block, i);
      const FareReportRow *row;

      if (block->page != page)
        continue;

      switch (block->kind)
        {
        case BLOCK_HEAD:
          draw_head (&pen, block->y);
          break;

        case BLOCK_FIGURES:
          draw_figures (&pen, block->y);
          break;

        case BLOCK_CHART:
          draw_chart (&pen, block->y);
          break;

        case BLOCK_TABLE_HEAD:
          draw_table_head (&pen, block->y, block->table);
          break;

        case BLOCK_ROW:
        default:
          row = g_ptr_array_index (paper->report->tables[block->table].rows, block->row);
          set_gray (pen.cr, INK);
          draw_cells (&pen, block->y, (const char * const *) row->cells, FALSE);
        }
    }

  draw_footer (&pen, page);
}

GtkPrintOperation *
fare_month_paper_new_operation (FareMonthReport *report)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();
  g_autoptr(GtkPrintSettings) settings = gtk_print_settings_new ();
  g_autofree char *job = NULL;
  Paper *paper = g_new0 (Paper, 1);

  paper->report = fare_month_report_ref (report);
  paper->blocks = g_array_new (FALSE, FALSE, sizeof (Block));

  /* Translators: name of a print job; the placeholder is a month */
  job = g_strdup_printf (_("Tokenfare, %s"), report->title);
  gtk_print_settings_set (settings, GTK_PRINT_SETTINGS_OUTPUT_BASENAME, report->file_name);
  gtk_print_operation_set_print_settings (operation, settings);
  gtk_print_operation_set_job_name (operation, job);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  gtk_print_operation_set_allow_async (operation, TRUE);
  g_signal_connect (operation, "begin-print", G_CALLBACK (begin_cb), paper);
  g_signal_connect_data (operation, "draw-page", G_CALLBACK (draw_cb), paper, paper_free, 0);

  return operation;
}
