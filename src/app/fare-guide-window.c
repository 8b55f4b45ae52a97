/* fare-guide-window.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-guide-window.h"
#include "models/fare-guide.h"

struct _FareGuideWindow
{
  AdwWindow          parent_instance;

  AdwLeaflet        *leaflet;
  GtkListBox        *topics;
  AdwWindowTitle    *topic_title;
  GtkScrolledWindow *scroller;
  GtkBox            *text_box;

  const char        *page; /* id, static */
};

G_DEFINE_FINAL_TYPE (FareGuideWindow, fare_guide_window, ADW_TYPE_WINDOW)

static gboolean
link_cb (FareGuideWindow *self,
         const char      *target)
{
  return fare_guide_window_show_page (self, target);
}

static GtkWidget *
create_label (FareGuideWindow *self,
              const char      *markup)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_markup (GTK_LABEL (label), markup);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0.0);
  gtk_label_set_yalign (GTK_LABEL (label), 0.0);
  gtk_widget_set_hexpand (label, TRUE);
  g_signal_connect_swapped (label, "activate-link", G_CALLBACK (link_cb), self);

  return label;
}

static GtkWidget *
create_block (FareGuideWindow      *self,
              const FareGuideBlock *block)
{
  GtkWidget *label = create_label (self, block->markup);
  GtkWidget *box, *dot;

  switch (block->kind)
    {
    case FARE_GUIDE_HEADING:
      gtk_widget_add_css_class (label, "heading");
      return label;

    case FARE_GUIDE_SCREEN:
      gtk_label_set_selectable (GTK_LABEL (label), TRUE);
      gtk_widget_add_css_class (label, "monospace");
      gtk_widget_add_css_class (label, "card");
      gtk_widget_add_css_class (label, "fare-screen");
      return label;

    case FARE_GUIDE_ITEM:
      box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
      dot = gtk_label_new ("•");
      gtk_widget_set_valign (dot, GTK_ALIGN_START);
      gtk_box_append (GTK_BOX (box), dot);
      gtk_box_append (GTK_BOX (box), label);
      return box;

    case FARE_GUIDE_TEXT:
    default:
      return label;
    }
}

/* The list of topics again, for those who read the first page from its beginning to its end. */
static void
append_topics (FareGuideWindow *self)
{
  const char * const *ids = fare_guide_list_pages ();

  for (guint i = 1; ids[i] != NULL; i++)
    {
      g_autoptr(FareGuidePage) page = fare_guide_page_load (ids[i], NULL);
      g_autofree char *markup = NULL;

      if (page == NULL)
        continue;

      markup = g_markup_printf_escaped ("<a href=\"%s\">%s</a>\n%s", ids[i], page->title,
                                        page->summary);
      gtk_box_append (self->text_box, create_label (self, markup));
    }
}

static void
show_text (FareGuideWindow     *self,
           const FareGuidePage *page)
{
  GtkWidget *title = create_label (self, page->title);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->text_box))) != NULL)
    gtk_box_remove (self->text_box, child);

  gtk_widget_add_css_class (title, "title-1");
  gtk_box_append (self->text_box, title);

  for (guint i = 0; i < page->blocks->len; i++)
    gtk_box_append (self->text_box, create_block (self, g_ptr_array_index (page->blocks, i)));

  if (g_str_equal (page->id, "index"))
    append_topics (self);

  adw_window_title_set_title (self->topic_title, page->title);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0.0);
}

static void
topic_activated_cb (FareGuideWindow *self,
                    GtkListBoxRow   *row)
{
  fare_guide_window_show_page (self, fare_guide_list_pages ()[gtk_list_box_row_get_index (row)]);
}

static void
back_cb (FareGuideWindow *self)
{
  adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_BACK);
}

/* Beside its page the chosen topic is marked; alone a list has nothing to mark. */
static void
folded_cb (FareGuideWindow *self)
{
  gboolean is_folded = adw_leaflet_get_folded (self->leaflet);

  gtk_list_box_set_selection_mode (self->topics, is_folded ? GTK_SELECTION_NONE
                                                           : GTK_SELECTION_BROWSE);
  if (!is_folded && self->page != NULL)
    fare_guide_window_show_page (self, self->page);
}

static void
add_topics (FareGuideWindow *self)
{
  const char * const *ids = fare_guide_list_pages ();

  for (guint i = 0; ids[i] != NULL; i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(FareGuidePage) page = fare_guide_page_load (ids[i], &error);
      GtkWidget *label;

      if (page == NULL)
        g_error ("%s", error->message);

      label = gtk_label_new (page->title);
      gtk_label_set_xalign (GTK_LABEL (label), 0.0);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_widget_set_tooltip_text (label, page->summary);
      gtk_list_box_append (self->topics, label);
    }
}

static void
fare_guide_window_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), FARE_TYPE_GUIDE_WINDOW);

  G_OBJECT_CLASS (fare_guide_window_parent_class)->dispose (object);
}

static void
fare_guide_window_class_init (FareGuideWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fare_guide_window_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/tokenfare/Tokenfare/fare-guide-window.ui");
  gtk_widget_class_bind_template_child (widget_class, FareGuideWindow, leaflet);
  gtk_widget_class_bind_template_child (widget_class, FareGuideWindow, topics);
  gtk_widget_class_bind_template_child (widget_class, FareGuideWindow, topic_title);
  gtk_widget_class_bind_template_child (widget_class, FareGuideWindow, scroller);
  gtk_widget_class_bind_template_child (widget_class, FareGuideWindow, text_box);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, folded_cb);
  gtk_widget_class_bind_template_callback (widget_class, topic_activated_cb);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close", NULL);
}

static void
fare_guide_window_init (FareGuideWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  add_topics (self);
  fare_guide_window_show_page (self, "index");
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (gtk_list_box_get_selected_row (self->topics)));
}

GtkWindow *
fare_guide_window_new (GtkWindow *parent)
{
  /* Over a window that takes all input to itself it would otherwise get none. */
  return g_object_new (FARE_TYPE_GUIDE_WINDOW,
                       "transient-for", parent,
                       "modal", parent != NULL && gtk_window_get_modal (parent),
                       NULL);
}

gboolean
fare_guide_window_show_page (FareGuideWindow *self,
                             const char      *id)
{
  const char * const *ids = fare_guide_list_pages ();

  g_return_val_if_fail (FARE_IS_GUIDE_WINDOW (self), FALSE);

  for (guint i = 0; ids[i] != NULL; i++)
    {
      g_autoptr(FareGuidePage) page = NULL;

      if (!g_str_equal (ids[i], id))
        continue;

      page = fare_guide_page_load (id, NULL);
      if (page == NULL)
        return FALSE;

      self->page = ids[i];
      show_text (self, page);
      gtk_list_box_select_row (self->topics, gtk_list_box_get_row_at_index (self->topics, (int) i));
      adw_leaflet_set_visible_child_name (self->leaflet, "topic");
      return TRUE;
    }

  return FALSE;
}

const char *
fare_guide_window_get_page (FareGuideWindow *self)
{
  g_return_val_if_fail (FARE_IS_GUIDE_WINDOW (self), NULL);

  return self->page;
}
