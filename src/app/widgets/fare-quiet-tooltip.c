/* fare-quiet-tooltip.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "widgets/fare-quiet-tooltip.h"

static GQuark
get_quark (void)
{
  return g_quark_from_static_string ("fare-quiet-tooltip");
}

static gboolean
query_tooltip_cb (GtkWidget  *widget,
                  int         x,
                  int         y,
                  gboolean    is_keyboard,
                  GtkTooltip *tooltip)
{
  const char *text = fare_quiet_tooltip_get (widget);

  if (text == NULL)
    return FALSE;

  gtk_tooltip_set_text (tooltip, text);

  return TRUE;
}

void
fare_quiet_tooltip_set (GtkWidget  *widget,
                        const char *text)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));

  if (g_strcmp0 (fare_quiet_tooltip_get (widget), text) == 0)
    return;

  if (!gtk_widget_get_has_tooltip (widget))
    {
      g_signal_connect (widget, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
      gtk_widget_set_has_tooltip (widget, TRUE);
    }

  g_object_set_qdata_full (G_OBJECT (widget), get_quark (), g_strdup (text), g_free);
}

const char *
fare_quiet_tooltip_get (GtkWidget *widget)
{
  g_return_val_if_fail (GTK_IS_WIDGET (widget), NULL);

  return g_object_get_qdata (G_OBJECT (widget), get_quark ());
}
