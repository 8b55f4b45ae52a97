/* fare-pass-scroll.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "widgets/fare-pass-scroll.h"

/* What a controller did before. */
#define PHASE "fare-pass-scroll"

static void
set_phase (GtkEventController *controller,
           gboolean            passes)
{
  GtkPropagationPhase phase = gtk_event_controller_get_propagation_phase (controller);

  if (passes && phase != GTK_PHASE_NONE)
    {
      g_object_set_data (G_OBJECT (controller), PHASE, GINT_TO_POINTER (phase));
      gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_NONE);
    }
  else if (!passes && phase == GTK_PHASE_NONE)
    {
      phase = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (controller), PHASE));
      gtk_event_controller_set_propagation_phase (controller, phase);
    }
}

void
fare_pass_scroll_set (GtkScrolledWindow *scroller,
                      gboolean           passes)
{
  g_autoptr(GListModel) controllers = NULL;

  g_return_if_fail (GTK_IS_SCROLLED_WINDOW (scroller));

  controllers = gtk_widget_observe_controllers (GTK_WIDGET (scroller));
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_SCROLL (controller))
        set_phase (controller, passes);
    }
}
