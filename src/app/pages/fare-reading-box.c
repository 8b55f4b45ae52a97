/* fare-reading-box.c
 *
 * How far the first scan has come.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "base/fare-text.h"
#include "pages/fare-reading-box.h"

struct _FareReadingBox
{
  GtkBox          parent_instance;

  GtkProgressBar *bar;
  GtkLabel       *label;
};

G_DEFINE_FINAL_TYPE (FareReadingBox, fare_reading_box, GTK_TYPE_BOX)

static void
fare_reading_box_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), FARE_TYPE_READING_BOX);

  G_OBJECT_CLASS (fare_reading_box_parent_class)->dispose (object);
}

static void
fare_reading_box_class_init (FareReadingBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fare_reading_box_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/tokenfare/Tokenfare/fare-reading-box.ui");
  gtk_widget_class_bind_template_child (widget_class, FareReadingBox, bar);
  gtk_widget_class_bind_template_child (widget_class, FareReadingBox, label);
}

static void
fare_reading_box_init (FareReadingBox *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
fare_reading_box_show (FareReadingBox     *self,
                       const FareProgress *progress)
{
  g_autofree char *done = NULL;
  g_autofree char *total = NULL;
  g_autofree char *text = NULL;
  double fraction = 0.0;

  g_return_if_fail (FARE_IS_READING_BOX (self));
  g_return_if_fail (progress != NULL);

  done = fare_text_count (progress->files_done);
  total = fare_text_count (progress->files_total);

  /* Translators: counts, as in “1,204 of 3,880 files” */
  text = progress->files_total > 0
         ? g_strdup_printf (ngettext ("%s of %s file", "%s of %s files", progress->files_total),
                            done, total)
         : g_strdup ("");

  /* By bytes, because the sizes of log files differ a thousandfold. */
  if (progress->bytes_total > 0)
    fraction = CLAMP ((double) progress->bytes_done / (double) progress->bytes_total, 0.0, 1.0);

  if (g_strcmp0 (gtk_label_get_label (self->label), text) != 0)
    gtk_label_set_label (self->label, text);

  gtk_progress_bar_set_fraction (self->bar, fraction);
}
