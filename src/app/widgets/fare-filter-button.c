/* fare-filter-button.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "base/fare-text.h"
#include "models/fare-filter-choices.h"
#include "widgets/fare-filter-button.h"

/* Nobody looks further down in a list that can be searched. */
#define MAX_PER_KIND 200

struct _FareFilterButton
{
  GtkWidget        parent_instance;

  GtkMenuButton   *menu_button;
  GtkPopover      *popover;
  GtkSearchEntry  *entry;
  GtkListBox      *list;
  GtkLabel        *placeholder;
  GtkButton       *clear_button;

  FareFilter      *filter;
  FarePreferences *preferences;
  FareLiveQuery   *query; /* a FareFilterChoices */
  GPtrArray       *rows;  /* GtkListBoxRow with a Row each, in the order shown */
  guint            is_updating : 1;
};

/* What a row of the list stands for. */
typedef struct
{
  FareFilterKind  kind;
  char           *value;
  char           *folded; /* its title, for searching */
  GtkCheckButton *check;
  GtkLabel       *detail;
} Row;

G_DEFINE_FINAL_TYPE (FareFilterButton, fare_filter_button, GTK_TYPE_WIDGET)

static void
row_free (gpointer data)
{
  Row *row = data;

  g_free (row->value);
  g_free (row->folded);
  g_free (row);
}

static Row *
get_row (gpointer widget)
{
  return g_object_get_data (G_OBJECT (widget), "fare-row");
}

static char *
fold (const char *text)
{
  g_autofree char *ascii = g_str_to_ascii (text, "C");
  g_autofree char *folded = g_utf8_casefold (text, -1);
  g_autofree char *plain = g_utf8_casefold (ascii, -1);

  return g_strjoin ("\n", folded, plain, NULL);
}

static gboolean
filter_row_cb (GtkListBoxRow *widget,
               gpointer       user_data)
{
  FareFilterButton *self = user_data;
  g_autofree char *wanted = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->entry)), -1);

  return strstr (get_row (widget)->folded, wanted) != NULL;
}

static void
header_cb (GtkListBoxRow *widget,
           GtkListBoxRow *before,
           gpointer       user_data)
{
  FareFilterKind kind = get_row (widget)->kind;
  GtkWidget *label;

  if (before != NULL && get_row (before)->kind == kind)
    {
      gtk_list_box_row_set_header (widget, NULL);
      return;
    }

  label = gtk_label_new (fare_filter_get_kind_title (kind));
  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_widget_add_css_class (label, "heading");
  gtk_list_box_row_set_header (widget, label);
}

static void
toggled_cb (GtkCheckButton   *check,
            FareFilterButton *self)
{
  Row *row = get_row (gtk_widget_get_ancestor (GTK_WIDGET (check), GTK_TYPE_LIST_BOX_ROW));

  if (!self->is_updating)
    fare_filter_set (self->filter, row->kind, row->value, gtk_check_button_get_active (check));
}

static GtkWidget *
make_row (FareFilterButton *self,
          FareFilterKind    kind,
          const char       *value,
          const char       *title)
{
  GtkWidget *widget = gtk_list_box_row_new ();
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (title);
  GtkWidget *detail = gtk_label_new (NULL);
  Row *row = g_new0 (Row, 1);

  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 28);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (detail, "dim-label");
  gtk_widget_add_css_class (detail, "numeric");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), detail);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (check), box);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (widget), check);
  /* The tick takes the keyboard; list_key_cb() goes from row to row. */
  gtk_widget_set_focusable (widget, FALSE);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (widget), FALSE);
  gtk_widget_set_tooltip_text (widget, value);

  row->kind = kind;
  row->value = g_strdup (value);
  row->folded = fold (title);
  row->check = GTK_CHECK_BUTTON (check);
  row->detail = GTK_LABEL (detail);
  g_object_set_data_full (G_OBJECT (widget), "fare-row", row, row_free);
  g_signal_connect (check, "toggled", G_CALLBACK (toggled_cb), self);

  return widget;
}

/* Rows are kept where they are as long as they stand for the same, with the keyboard on them. */
static void
put_row (FareFilterButton *self,
         guint            *place,
         FareFilterKind    kind,
         const char       *value,
         const char       *title,
         const char       *detail)
{
  GtkWidget *widget = *place < self->rows->len ? g_ptr_array_index (self->rows, *place) : NULL;
  Row *row = widget != NULL ? get_row (widget) : NULL;

  if (row == NULL || row->kind != kind || !g_str_equal (row->value, value))
    {
      widget = make_row (self, kind, value, title);
      gtk_list_box_insert (self->list, widget, (int) *place);
      g_ptr_array_insert (self->rows, (int) *place, widget);
      row = get_row (widget);
    }

  gtk_label_set_label (row->detail, detail);
  gtk_check_button_set_active (row->check, fare_filter_has (self->filter, kind, value));
  gtk_accessible_update_property (GTK_ACCESSIBLE (row->check),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, detail, -1);
  ++*place;
}

static gboolean
has_choice (GPtrArray  *choices,
            const char *value)
{
  for (guint i = 0; i < MIN (choices->len, MAX_PER_KIND); i++)
    {
      if (g_str_equal (((FareFilterChoice *) g_ptr_array_index (choices, i))->value, value))
        return TRUE;
    }

  return FALSE;
}

/* What is ticked stays in the list, so that it can be taken away, even where it has no use. */
static void
put_ticked (FareFilterButton *self,
            guint            *place,
            FareFilterKind    kind,
            GPtrArray        *choices)
{
  const char * const *ticked = fare_filter_get (self->filter, kind);

  for (guint i = 0; ticked != NULL && ticked[i] != NULL; i++)
    {
      if (!has_choice (choices, ticked[i]))
        {
          g_autofree char *title = fare_filter_dup_title (kind, ticked[i]);

          put_row (self, place, kind, ticked[i], title, "");
        }
    }
}

static char *
describe (FareFilterButton       *self,
          const FareFilterChoice *choice)
{
  if (fare_preferences_get_hide_amounts (self->preferences) || !choice->sums.has_price)
    return fare_text_tokens (fare_usage_total (&choice->sums.usage));

  return fare_text_money (choice->sums.cost);
}

static void
show_choices (FareFilterButton *self)
{
  FareFilterChoices *choices = fare_live_query_get_answer (self->query);
  guint place = 0;

  if (choices == NULL)
    return;

  self->is_updating = TRUE;

  for (guint kind = 0; kind < FARE_FILTER_N_KINDS; kind++)
    {
      GPtrArray *list = choices->kinds[kind];

      put_ticked (self, &place, kind, list);

      for (guint i = 0; i < MIN (list->len, MAX_PER_KIND); i++)
        {
          const FareFilterChoice *choice = g_ptr_array_index (list, i);
          g_autofree char *detail = describe (self, choice);

          put_row (self, &place, kind, choice->value, choice->title, detail);
        }
    }

  while (self->rows->len > place)
    {
      gtk_list_box_remove (self->list, g_ptr_array_index (self->rows, place));
      g_ptr_array_remove_index (self->rows, place);
    }

  self->is_updating = FALSE;
  gtk_label_set_label (self->placeholder, self->rows->len > 0 ? _("Nothing of this name")
                                                              : _("Nothing to choose from yet"));
}

static void
filter_changed_cb (FareFilterButton *self)
{
  gboolean is_empty = fare_filter_is_empty (self->filter);

  gtk_widget_set_sensitive (GTK_WIDGET (self->clear_button), !is_empty);

  if (is_empty)
    gtk_widget_remove_css_class (GTK_WIDGET (self->menu_button), "accent");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->menu_button), "accent");

  show_choices (self);
}

static void
popover_map_cb (FareFilterButton *self)
{
  if (self->query == NULL)
    return;

  fare_live_query_set_active (self->query, TRUE);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
popover_unmap_cb (FareFilterButton *self)
{
  if (self->query != NULL)
    fare_live_query_set_active (self->query, FALSE);
}

static void
search_changed_cb (FareFilterButton *self)
{
  gtk_list_box_invalidate_filter (self->list);
  gtk_list_box_invalidate_headers (self->list);
}

static void
stop_search_cb (FareFilterButton *self)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (self->entry)) != '\0')
    gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  else
    gtk_popover_popdown (self->popover);
}

/* The tick of the row that is found after (or before) @child, or of the first (or last) one. */
static GtkWidget *
find_check (FareFilterButton *self,
            GtkWidget        *child,
            gboolean          forward)
{
  GtkWidget *list = GTK_WIDGET (self->list);
  GtkWidget *row;

  if (child != NULL)
    row = forward ? gtk_widget_get_next_sibling (child) : gtk_widget_get_prev_sibling (child);
  else
    row = forward ? gtk_widget_get_first_child (list) : gtk_widget_get_last_child (list);

  /* Titles of sections are children, too, and what does not match the search is not mapped. */
  while (row != NULL && !(GTK_IS_LIST_BOX_ROW (row) && gtk_widget_get_child_visible (row)))
    row = forward ? gtk_widget_get_next_sibling (row) : gtk_widget_get_prev_sibling (row);

  return row != NULL ? GTK_WIDGET (get_row (row)->check) : NULL;
}

/* The ticks have the keyboard, so the list cannot go from row to row by itself. */
static gboolean
list_key_cb (FareFilterButton *self,
             guint             key)
{
  gboolean forward = key == GDK_KEY_Down || key == GDK_KEY_KP_Down;
  GtkWidget *focus = gtk_widget_get_focus_child (GTK_WIDGET (self->list));
  GtkWidget *check;

  if (!forward && key != GDK_KEY_Up && key != GDK_KEY_KP_Up)
    return GDK_EVENT_PROPAGATE;

  check = focus != NULL ? find_check (self, focus, forward) : NULL;

  if (check != NULL)
    gtk_widget_grab_focus (check);
  else if (!forward)
    gtk_widget_grab_focus (GTK_WIDGET (self->entry));

  return GDK_EVENT_STOP;
}

static gboolean
entry_key_cb (FareFilterButton *self,
              guint             key)
{
  GtkWidget *check = find_check (self, NULL, TRUE);

  if ((key != GDK_KEY_Down && key != GDK_KEY_KP_Down) || check == NULL)
    return GDK_EVENT_PROPAGATE;

  gtk_widget_grab_focus (check);

  return GDK_EVENT_STOP;
}

static void
add_keys (FareFilterButton *self,
          GtkWidget        *widget,
          GCallback         callback)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", callback, self);
  gtk_widget_add_controller (widget, keys);
}

static void
clear_cb (FareFilterButton *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  fare_filter_clear (self->filter);
}

static gboolean
fare_filter_button_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (FARE_FILTER_BUTTON (widget)->menu_button));
}

/* Where a widget of its own would take the keyboard again on the way back, it never came further. */
static gboolean
fare_filter_button_focus (GtkWidget        *widget,
                         GtkDirectionType  direction)
{
  return gtk_widget_child_focus (GTK_WIDGET (FARE_FILTER_BUTTON (widget)->menu_button), direction);
}

static void
fare_filter_button_dispose (GObject *object)
{
  FareFilterButton *self = FARE_FILTER_BUTTON (object);

  g_clear_object (&self->query);
  g_clear_object (&self->filter);
  g_clear_object (&self->preferences);
  gtk_widget_dispose_template (GTK_WIDGET (object), FARE_TYPE_FILTER_BUTTON);

  G_OBJECT_CLASS (fare_filter_button_parent_class)->dispose (object);
}

static void
fare_filter_button_finalize (GObject *object)
{
  g_clear_pointer (&FARE_FILTER_BUTTON (object)->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (fare_filter_button_parent_class)->finalize (object);
}

static void
fare_filter_button_class_init (FareFilterButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = fare_filter_button_dispose;
  object_class->finalize = fare_filter_button_finalize;
  widget_class->grab_focus = fare_filter_button_grab_focus;
  widget_class->focus = fare_filter_button_focus;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/tokenfare/Tokenfare/fare-filter-button.ui");
  gtk_widget_class_bind_template_child (widget_class, FareFilterButton, menu_button);
  gtk_widget_class_bind_template_child (widget_class, FareFilterButton, popover);
  gtk_widget_class_bind_template_child (widget_class, FareFilterButton, entry);
  gtk_widget_class_bind_template_child (widget_class, FareFilterButton, list);
  gtk_widget_class_bind_template_child (widget_class, FareFilterButton, placeholder);
  gtk_widget_class_bind_template_child (widget_class, FareFilterButton, clear_button);
  gtk_widget_class_bind_template_callback (widget_class, popover_map_cb);
  gtk_widget_class_bind_template_callback (widget_class, popover_unmap_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_cb);
}

static void
fare_filter_button_init (FareFilterButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->rows = g_ptr_array_new ();
  gtk_list_box_set_filter_func (self->list, filter_row_cb, self, NULL);
  gtk_list_box_set_header_func (self->list, header_cb, NULL, NULL);
  add_keys (self, GTK_WIDGET (self->list), G_CALLBACK (list_key_cb));
  add_keys (self, GTK_WIDGET (self->entry), G_CALLBACK (entry_key_cb));
}

void
fare_filter_button_connect (FareFilterButton *self,
                            FareMeter        *meter,
                            FareRangeChoice  *choice,
                            FareFilter       *filter,
                            FarePreferences  *preferences)
{
  g_return_if_fail (FARE_IS_FILTER_BUTTON (self));
  g_return_if_fail (self->filter == NULL);

  self->filter = g_object_ref (filter);
  self->preferences = g_object_ref (preferences);
  self->query = fare_live_query_new (meter, choice, FALSE, NULL, fare_filter_choices_load,
                                     (GDestroyNotify) fare_filter_choices_free);
  g_signal_connect_object (self->query, "changed",
                           G_CALLBACK (show_choices), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (preferences, "notify::hide-amounts",
                           G_CALLBACK (show_choices), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (filter, "changed",
                           G_CALLBACK (filter_changed_cb), self, G_CONNECT_SWAPPED);
  filter_changed_cb (self);
}

void
fare_filter_button_popup (FareFilterButton *self)
{
  g_return_if_fail (FARE_IS_FILTER_BUTTON (self));

  gtk_menu_button_popup (self->menu_button);
}

FareLiveQuery *
fare_filter_button_get_query (FareFilterButton *self)
{
  g_return_val_if_fail (FARE_IS_FILTER_BUTTON (self), NULL);

  return self->query;
}
