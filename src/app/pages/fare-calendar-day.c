/* fare-calendar-day.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "accounting/fare-sums.h"
#include "base/fare-text.h"
#include "models/fare-calendar-text.h"
#include "pages/fare-calendar-day.h"
#include "pricing/fare-energy.h"
#include "widgets/fare-quiet-label.h"
#include "widgets/fare-quiet-tooltip.h"
#include "widgets/fare-slow-spinner.h"

struct _FareCalendarDay
{
  GtkBox             parent_instance;

  GtkWidget         *back_button;
  GtkLabel          *title;
  GtkWidget         *previous_button;
  GtkWidget         *next_button;
  GtkStack          *stack;
  GtkLabel          *message;
  GtkScrolledWindow *scroller;
  GtkLabel          *cost;
  GtkWidget         *cost_note;
  GtkLabel          *totals;
  GtkGrid           *tokens;
  GtkBox            *clients;
  GtkBox            *models;
  GtkLabel          *sessions_title;
  GtkBox            *sessions;
  GtkButton         *open_button;

  FareLiveQuery     *query;
  FareCalendarSheet *sheet;
  FareDay            day;
  gboolean           is_active;
};

G_DEFINE_FINAL_TYPE (FareCalendarDay, fare_calendar_day, GTK_TYPE_BOX)

enum
{
  SIGNAL_STEP,
  SIGNAL_LEFT,
  SIGNAL_BACK,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static GtkWidget *
add_label (GtkWidget  *box,
           const char *css_class,
           float       xalign)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);

  return label;
}

/* A line of the bill: name and details at the left, the amount at the right. */
static GtkWidget *
make_line (gboolean is_button)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *names = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *name, *details;

  gtk_widget_set_hexpand (names, TRUE);
  name = add_label (names, NULL, 0.0);
  details = add_label (names, "caption", 0.0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_label_set_ellipsize (GTK_LABEL (details), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (name), 36);
  gtk_widget_add_css_class (details, "dim-label");
  gtk_widget_add_css_class (details, "numeric");
  gtk_box_append (GTK_BOX (line), names);
  gtk_widget_add_css_class (add_label (line, "numeric", 1.0), "amount");
  gtk_widget_add_css_class (line, "fare-bill-line");

  if (is_button)
    {
      GtkWidget *button = gtk_button_new ();

      gtk_button_set_child (GTK_BUTTON (button), line);
      gtk_widget_add_css_class (button, "flat");
      return button;
    }

  return line;
}

static void
left_cb (FareCalendarDay *self)
{
  g_signal_emit (self, signals[SIGNAL_LEFT], 0);
}

/* Keeps as many lines as there are, so that the focus stays on its line. */
static void
set_n_lines (FareCalendarDay *self,
             GtkBox          *box,
             guint            n_lines,
             gboolean         are_buttons)
{
  GtkWidget *line = gtk_widget_get_first_child (GTK_WIDGET (box));
  guint n_there = 0;

  while (line != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (line);

      if (n_there < n_lines)
        n_there++;
      else
        gtk_box_remove (box, line);

      line = next;
    }

  for (; n_there < n_lines; n_there++)
    {
      line = make_line (are_buttons);
      if (are_buttons)
        g_signal_connect_swapped (line, "clicked", G_CALLBACK (left_cb), self);
      gtk_box_append (box, line);
    }
}

static void
show_line (FareCalendarDay    *self,
           GtkWidget          *line,
           const FareBillLine *bill_line)
{
  gboolean is_session = bill_line->client != NULL;
  GtkWidget *box = is_session ? gtk_button_get_child (GTK_BUTTON (line)) : line;
  GtkWidget *names = gtk_widget_get_first_child (box);
  GtkWidget *name = gtk_widget_get_first_child (names);
  gint64 n_tokens = fare_usage_total (&bill_line->sums.usage);
  g_autofree char *tokens = fare_metric_value_to_text (FARE_METRIC_TOKENS, n_tokens);
  g_autofree char *messages = fare_metric_value_to_text (FARE_METRIC_MESSAGES,
                                                         bill_line->sums.messages);
  g_autofree char *money = fare_calendar_text_money (self->sheet, &bill_line->sums);
  g_autofree char *unpriced = fare_sums_unpriced_to_text (&bill_line->sums);
  g_autofree char *exact = fare_text_count (n_tokens);
  g_autoptr(GString) details = g_string_new (NULL);

  if (is_session)
    {
      g_autofree char *project = fare_text_project (bill_line->project);

      g_string_append_printf (details, "%s · %s · ", fare_text_client (bill_line->client), project);
    }
  g_string_append_printf (details, "%s · %s", tokens, messages);
  if (bill_line->energy_j > 0.0)
    {
      g_autofree char *energy = fare_energy_to_text (bill_line->energy_j);

      g_string_append_printf (details, " · %s", energy);
    }
  if (unpriced != NULL && fare_sums_has_cost (&bill_line->sums))
    g_string_append_printf (details, " · %s", unpriced);

  fare_quiet_label_set (GTK_LABEL (name), bill_line->title);
  fare_quiet_tooltip_set (name, bill_line->title);
  fare_quiet_label_set (GTK_LABEL (gtk_widget_get_next_sibling (name)), details->str);
  fare_quiet_tooltip_set (gtk_widget_get_next_sibling (name), details->str);
  fare_quiet_label_set (GTK_LABEL (gtk_widget_get_last_child (box)), money);

  if (is_session)
    {
      gtk_actionable_set_action_target (GTK_ACTIONABLE (line), "(ss)", bill_line->client,
                                        bill_line->key);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (line), "win.show-session");
    }
}

static void
show_lines (FareCalendarDay *self,
            GtkBox          *box,
            GPtrArray       *lines,
            gboolean         are_buttons)
{
  GtkWidget *line;

  set_n_lines (self, box, lines->len, are_buttons);
  line = gtk_widget_get_first_child (GTK_WIDGET (box));

  for (guint i = 0; i < lines->len; i++, line = gtk_widget_get_next_sibling (line))
    show_line (self, line, g_ptr_array_index (lines, i));
}

/* Two columns of kinds of tokens. */
static void
show_tokens (FareCalendarDay *self,
             const FareUsage *usage)
{
  const struct
  {
    const char *name;
    gint64      tokens;
  } kinds[] = {
    { _("Input"), usage->input },
    { _("Output"), usage->output },
    { _("Cache read"), usage->cache_read },
    { _("of it reasoning"), usage->reasoning },
    { _("Cache write"), usage->cache_write_5m + usage->cache_write_1h },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *tokens = fare_text_tokens (kinds[i].tokens);
      g_autofree char *exact = fare_text_count (kinds[i].tokens);
      int column = 2 * (i % 2);
      GtkWidget *value = gtk_grid_get_child_at (self->tokens, column + 1, i / 2);

      if (value == NULL)
        {
          GtkWidget *name = gtk_label_new (kinds[i].name);

          value = gtk_label_new (NULL);
          gtk_label_set_xalign (GTK_LABEL (name), 0.0);
          gtk_label_set_xalign (GTK_LABEL (value), 1.0);
          gtk_widget_set_hexpand (value, TRUE);
          gtk_widget_add_css_class (name, "dim-label");
          gtk_widget_add_css_class (value, "numeric");
          gtk_grid_attach (self->tokens, name, column, i / 2, 1, 1);
          gtk_grid_attach (self->tokens, value, column + 1, i / 2, 1, 1);
        }

      fare_quiet_label_set (GTK_LABEL (value), tokens);
      fare_quiet_tooltip_set (value, exact);
    }
}

static void
show_bill (FareCalendarDay        *self,
           const FareCalendarBill *bill)
{
  g_autofree char *money = fare_calendar_text_money (self->sheet, &bill->total);
  g_autofree char *tokens = fare_metric_value_to_text (FARE_METRIC_TOKENS,
                                                       fare_usage_total (&bill->total.usage));
  g_autofree char *messages = fare_metric_value_to_text (FARE_METRIC_MESSAGES, bill->total.messages);
  g_autofree char *energy = fare_energy_to_text (bill->energy_j);
  g_autofree char *hit_rate = fare_text_percent (fare_usage_hit_rate (&bill->total.usage));
  g_autofree char *unpriced = fare_sums_unpriced_to_text (&bill->total);
  g_autofree char *sessions = NULL;
  g_autoptr(GString) totals = g_string_new (NULL);

  fare_quiet_label_set (self->cost, money);
  gtk_widget_set_visible (self->cost_note, fare_sums_has_cost (&bill->total));
  /* Translators: an amount of energy, and a percentage */
  g_string_append_printf (totals, _("%s · %s · about %s · cache hit rate %s"), tokens, messages,
                          energy, hit_rate);
  if (unpriced != NULL && fare_sums_has_cost (&bill->total))
    g_string_append_printf (totals, " · %s", unpriced);
  fare_quiet_label_set (self->totals, totals->str);
  fare_quiet_tooltip_set (GTK_WIDGET (self->totals), _("Energy is an order of magnitude."));

  show_tokens (self, &bill->total.usage);
  show_lines (self, self->clients, bill->clients, FALSE);
  show_lines (self, self->models, bill->models, FALSE);
  show_lines (self, self->sessions, bill->sessions, TRUE);

  if (bill->n_sessions > bill->sessions->len)
    /* Translators: how many sessions are listed, and how many there are */
    sessions = g_strdup_printf (_("Largest Sessions, %u of %u"), bill->sessions->len,
                                bill->n_sessions);
  else
    sessions = g_strdup (_("Sessions"));
  fare_quiet_label_set (self->sessions_title, sessions);
}

static void
answer_changed_cb (FareCalendarDay *self)
{
  const FareCalendarBill *bill = fare_calendar_day_get_bill (self);
  const GError *error = fare_live_query_get_error (self->query);

  /* What comes after the reader has left is shown when they are back. */
  if (!self->is_active || self->sheet == NULL)
    return;

  if (error != NULL)
    {
      fare_quiet_label_set (self->message, error->message);
      gtk_stack_set_visible_child_name (self->stack, "message");
    }
  else if (bill == NULL)
    {
      gtk_stack_set_visible_child_name (self->stack, "busy");
    }
  else if (bill->clients->len == 0)
    {
      fare_quiet_label_set (self->message, _("No use on this day"));
      gtk_stack_set_visible_child_name (self->stack, "message");
    }
  else
    {
      show_bill (self, bill);
      gtk_stack_set_visible_child_name (self->stack, "bill");
    }

  gtk_widget_set_sensitive (GTK_WIDGET (self->open_button), bill != NULL && bill->clients->len > 0);
}

static void
previous_cb (FareCalendarDay *self)
{
  g_signal_emit (self, signals[SIGNAL_STEP], 0, -1);
}

static void
next_cb (FareCalendarDay *self)
{
  g_signal_emit (self, signals[SIGNAL_STEP], 0, 1);
}

static void
back_cb (FareCalendarDay *self)
{
  g_signal_emit (self, signals[SIGNAL_BACK], 0);
}

static void
fare_calendar_day_dispose (GObject *object)
{
  FareCalendarDay *self = FARE_CALENDAR_DAY (object);

  g_clear_object (&self->query);
  g_clear_pointer (&self->sheet, fare_calendar_sheet_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), FARE_TYPE_CALENDAR_DAY);

  G_OBJECT_CLASS (fare_calendar_day_parent_class)->dispose (object);
}

static void
fare_calendar_day_class_init (FareCalendarDayClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fare_calendar_day_dispose;

  signals[SIGNAL_STEP] =
    g_signal_new ("step", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[SIGNAL_LEFT] =
    g_signal_new ("left", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_BACK] =
    g_signal_new ("back", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (FARE_TYPE_SLOW_SPINNER);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/tokenfare/Tokenfare/fare-calendar-day.ui");
  gtk_widget_class_bind_template_child (widget_class, FareCalendarDay, back_button);
  gtk_widget_class_bind_template_child (widget_class, FareCalendarDay, title);
  gtk_widget_class_bind_template_child (widget_class, FareCalendarDay, previous_button);
  gtk_widget_class_bind_template_child (widget_class, FareCalendarDay, next_button);
  gtk_widget_class_bind_template_child (widget_class, FareCalendarDay, stack);
  gtk_widget_class_bind_template_child (widget_class, FareCalendarDay, message);
  gtk_widget_class_bind_template_child (widget_class, FareCalendarDay, scroller);
  gtk_widget_class_bind_template_child (widget_class, FareCalendarDay, cost);
  gtk_widget_class_bind_template_child (widget_class, FareCalendarDay, cost_note);
  gtk_widget_class_bind_template_child (widget_class, FareCalendarDay, totals);
  gtk_widget_class_bind_template_child (widget_class, FareCalendarDay, tokens);
  gtk_widget_class_bind_template_child (widget_class, FareCalendarDay, clients);
  gtk_widget_class_bind_template_child (widget_class, FareCalendarDay, models);
  gtk_widget_class_bind_template_child (widget_class, FareCalendarDay, sessions_title);
  gtk_widget_class_bind_template_child (widget_class, FareCalendarDay, sessions);
  gtk_widget_class_bind_template_child (widget_class, FareCalendarDay, open_button);
  gtk_widget_class_bind_template_callback (widget_class, previous_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, left_cb);
}

static void
fare_calendar_day_init (FareCalendarDay *self)
{
  self->day = FARE_DAY_MIN;
  gtk_widget_init_template (GTK_WIDGET (self));

}

void
fare_calendar_day_connect (FareCalendarDay       *self,
                           const FarePageContext *context)
{
  g_return_if_fail (FARE_IS_CALENDAR_DAY (self));

  self->query = fare_live_query_new (context->meter, context->choice, FALSE, context->filter,
                                     fare_calendar_bill_load,
                                     (GDestroyNotify) fare_calendar_bill_free);
  g_signal_connect_object (self->query, "changed",
                           G_CALLBACK (answer_changed_cb), self, G_CONNECT_SWAPPED);
}

void
fare_calendar_day_set_active (FareCalendarDay *self,
                              gboolean         is_active)
{
  g_return_if_fail (FARE_IS_CALENDAR_DAY (self));

  self->is_active = !!is_active;
  fare_live_query_set_active (self->query, is_active);
  answer_changed_cb (self);
}

void
fare_calendar_day_show (FareCalendarDay   *self,
                        FareCalendarSheet *sheet,
                        FareDay            day,
                        FareDay            first)
{
  g_autofree char *title = NULL;
  g_autofree char *id = NULL;

  g_return_if_fail (FARE_IS_CALENDAR_DAY (self));
  g_return_if_fail (sheet != NULL);

  fare_calendar_sheet_ref (sheet);
  g_clear_pointer (&self->sheet, fare_calendar_sheet_unref);
  self->sheet = sheet;
  self->day = day;

  title = fare_calendar_text_day (day);
  id = fare_day_to_string (day);
  fare_quiet_label_set (self->title, title);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->open_button), "s", id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->open_button), "win.show-day");
  gtk_widget_set_sensitive (self->previous_button, day > first);
  gtk_widget_set_sensitive (self->next_button, day < sheet->today);
  fare_live_query_set_subject (self->query,
                               fare_calendar_bill_make_subject ((FareRange) { day, day + 1 }));
  answer_changed_cb (self);
}

void
fare_calendar_day_set_page (FareCalendarDay *self,
                            gboolean         is_page)
{
  g_return_if_fail (FARE_IS_CALENDAR_DAY (self));

  gtk_widget_set_visible (self->back_button, is_page);
  gtk_widget_set_size_request (GTK_WIDGET (self), is_page ? -1 : 400, is_page ? -1 : 440);
  gtk_scrolled_window_set_max_content_height (self->scroller, is_page ? -1 : 420);
}

FareDay
fare_calendar_day_get_day (FareCalendarDay *self)
{
  g_return_val_if_fail (FARE_IS_CALENDAR_DAY (self), FARE_DAY_MIN);

  return self->day;
}

const FareCalendarBill *
fare_calendar_day_get_bill (FareCalendarDay *self)
{
  const FareCalendarBill *bill;

  g_return_val_if_fail (FARE_IS_CALENDAR_DAY (self), NULL);

  bill = fare_live_query_get_answer (self->query);

  return bill != NULL && bill->range.first == self->day ? bill : NULL;
}
