/* fare-tray-gate.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-tray-gate.h"

#define PATIENCE_US (2 * G_USEC_PER_SEC)

struct _FareTrayGate
{
  gatomicrefcount  ref_count; /* the owner's, and the bus' thread's */
  GDBusConnection *bus;
  guint            filter_id;
  gint64           end_us;
  GMutex           lock;
  GCond            opened;
  gboolean         is_open;   /* (locked) */
};

static void
unref (gpointer data)
{
  FareTrayGate *self = data;

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_mutex_clear (&self->lock);
  g_cond_clear (&self->opened);
  g_free (self);
}

/* Runs in the thread that reads the bus. */
static GDBusMessage *
hold_cb (GDBusConnection *bus,
         GDBusMessage    *message,
         gboolean         incoming,
         gpointer         user_data)
{
  FareTrayGate *self = user_data;

  if (!incoming)
    return message;

  g_mutex_lock (&self->lock);
  while (!self->is_open && g_cond_wait_until (&self->opened, &self->lock, self->end_us))
    continue;
  g_mutex_unlock (&self->lock);

  return message;
}

FareTrayGate *
fare_tray_gate_new (GDBusConnection *bus)
{
  FareTrayGate *self = g_new0 (FareTrayGate, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_atomic_ref_count_inc (&self->ref_count);
  g_mutex_init (&self->lock);
  g_cond_init (&self->opened);
  self->bus = g_object_ref (bus);
  self->end_us = g_get_monotonic_time () + PATIENCE_US;
  self->filter_id = g_dbus_connection_add_filter (bus, hold_cb, self, unref);

  return self;
}

void
fare_tray_gate_free (FareTrayGate *self)
{
  g_mutex_lock (&self->lock);
  self->is_open = TRUE;
  g_cond_signal (&self->opened);
  g_mutex_unlock (&self->lock);

  g_dbus_connection_remove_filter (self->bus, self->filter_id);
  g_clear_object (&self->bus);
  unref (self);
}
