/* late-bus.c
 *
 * To be loaded in front of the tray icon's program (LD_PRELOAD): whoever asks for the bus gets it half a
 * second late, as on a machine that is busy.  The bus' own watching of names is quicker.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <dlfcn.h>
#include <gio/gio.h>

#define LATE_MS 500

typedef struct
{
  GAsyncReadyCallback  callback;
  gpointer             user_data;
  GObject             *source;
  GAsyncResult        *result;
} Delivery;

static gboolean
deliver_cb (gpointer data)
{
  Delivery *self = data;

  self->callback (self->source, self->result, self->user_data);
  g_clear_object (&self->source);
  g_object_unref (self->result);
  g_free (self);

  return G_SOURCE_REMOVE;
}

static void
got_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  Delivery *self = user_data;

  self->source = source != NULL ? g_object_ref (source) : NULL;
  self->result = g_object_ref (result);
  g_timeout_add (LATE_MS, deliver_cb, self);
}

__attribute__ ((visibility ("default"))) void
g_bus_get (GBusType             bus_type,
           GCancellable        *cancellable,
           GAsyncReadyCallback  callback,
           gpointer             user_data)
{
  void (*get) (GBusType, GCancellable *, GAsyncReadyCallback, gpointer) = NULL;
  Delivery *delivery = g_new0 (Delivery, 1);

  *(void **) &get = dlsym (RTLD_NEXT, "g_bus_get");
  delivery->callback = callback;
  delivery->user_data = user_data;
  get (bus_type, cancellable, got_cb, delivery);
}
