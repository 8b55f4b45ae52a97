/* fare-bus-errand.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-bus-errand.h"

typedef struct
{
  GDBusMethodInvocation *invocation;
  FareBusAnswerFunc      func;
  gpointer               errand;
  GDestroyNotify         errand_free;
} Call;

static void
call_free (gpointer data)
{
  Call *self = data;

  self->errand_free (self->errand);
  g_free (self);
}

static void
answer_in_thread (GTask        *task,
                  gpointer      source_object,
                  gpointer      task_data,
                  GCancellable *cancellable)
{
  Call *self = task_data;
  GError *error = NULL;
  GVariant *reply = self->func (self->errand, &error);

  if (reply != NULL)
    g_task_return_pointer (task, g_variant_ref_sink (reply), (GDestroyNotify) g_variant_unref);
  else
    g_task_return_error (task, error);
}

static void
answered_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  Call *self = g_task_get_task_data (G_TASK (result));
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) reply = g_task_propagate_pointer (G_TASK (result), &error);
  g_autofree char *name = error != NULL ? g_dbus_error_get_remote_error (error) : NULL;

  if (reply != NULL)
    {
      g_dbus_method_invocation_return_value (self->invocation, reply);
    }
  else if (name != NULL)
    {
      g_dbus_error_strip_remote_error (error);
      g_dbus_method_invocation_return_dbus_error (self->invocation, name, error->message);
    }
  else
    {
      g_dbus_method_invocation_return_error_literal (self->invocation, G_DBUS_ERROR,
                                                     G_DBUS_ERROR_FAILED, error->message);
    }
}

void
fare_bus_errand_run (gpointer               source,
                     GDBusMethodInvocation *invocation,
                     FareBusAnswerFunc      func,
                     gpointer               errand,
                     GDestroyNotify         errand_free)
{
  g_autoptr(GTask) task = g_task_new (source, NULL, answered_cb, NULL);
  Call *self = g_new0 (Call, 1);

  self->invocation = invocation;
  self->func = func;
  self->errand = errand;
  self->errand_free = errand_free;
  g_task_set_source_tag (task, fare_bus_errand_run);
  g_task_set_task_data (task, self, call_free);
  g_task_run_in_thread (task, answer_in_thread);
}

void
fare_bus_errand_refuse (GDBusMethodInvocation *invocation)
{
  g_dbus_method_invocation_return_error_literal (invocation, G_DBUS_ERROR, G_DBUS_ERROR_FAILED,
                                                 "There are no figures");
}
