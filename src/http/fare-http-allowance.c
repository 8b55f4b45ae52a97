/* fare-http-allowance.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-http-allowance.h"

struct _FareHttpAllowance
{
  gint64 bytes;
  gint64 span_us;
  gint64 end_us;   /* monotonic; 0 before the first byte */
};

#define FARE_TYPE_HTTP_INPUT (fare_http_input_get_type ())
G_DECLARE_FINAL_TYPE (FareHttpInput, fare_http_input, FARE, HTTP_INPUT, GFilterInputStream)

struct _FareHttpInput
{
  GFilterInputStream  parent_instance;
  GSocketConnection  *connection;
  FareHttpAllowance  *allowance;
};

static void fare_http_input_pollable_init (GPollableInputStreamInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FareHttpInput, fare_http_input, G_TYPE_FILTER_INPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_INPUT_STREAM,
                                                      fare_http_input_pollable_init))

static gssize
spend (FareHttpInput  *self,
       gssize          size,
       GError        **error)
{
  FareHttpAllowance *allowance = self->allowance;
  gint64 now_us = g_get_monotonic_time ();

  if (size <= 0)
    return size;

  if (allowance->end_us == 0)
    allowance->end_us = now_us + allowance->span_us;
  allowance->bytes -= size;
  if (allowance->bytes >= 0 && now_us <= allowance->end_us)
    return size;

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                       allowance->bytes < 0 ? "The request is too large."
                                            : "The request is too slow.");
  return -1;
}

static gssize
fare_http_input_read (GInputStream  *stream,
                      void          *buffer,
                      gsize          count,
                      GCancellable  *cancellable,
                      GError       **error)
{
  GInputStream *base = G_FILTER_INPUT_STREAM (stream)->base_stream;

  return spend (FARE_HTTP_INPUT (stream),
                g_input_stream_read (base, buffer, count, cancellable, error), error);
}

static gssize
fare_http_input_read_nonblocking (GPollableInputStream  *stream,
                                  void                  *buffer,
                                  gsize                  count,
                                  GError               **error)
{
  GInputStream *base = G_FILTER_INPUT_STREAM (stream)->base_stream;

  return spend (FARE_HTTP_INPUT (stream),
                g_pollable_input_stream_read_nonblocking (G_POLLABLE_INPUT_STREAM (base), buffer,
                                                          count, NULL, error),
                error);
}

static gboolean
fare_http_input_is_readable (GPollableInputStream *stream)
{
  GInputStream *base = G_FILTER_INPUT_STREAM (stream)->base_stream;

  return g_pollable_input_stream_is_readable (G_POLLABLE_INPUT_STREAM (base));
}

static GSource *
fare_http_input_create_source (GPollableInputStream *stream,
                               GCancellable         *cancellable)
{
  GInputStream *base = G_FILTER_INPUT_STREAM (stream)->base_stream;
  g_autoptr(GSource) source = g_pollable_input_stream_create_source (G_POLLABLE_INPUT_STREAM (base),
                                                                     NULL);

  return g_pollable_source_new_full (stream, source, cancellable);
}

/* The socket is closed with its streams, so that the other side learns of it at once. */
static gboolean
fare_http_input_close (GInputStream  *stream,
                       GCancellable  *cancellable,
                       GError       **error)
{
  return g_io_stream_close (G_IO_STREAM (FARE_HTTP_INPUT (stream)->connection), cancellable, error);
}

static void
fare_http_input_finalize (GObject *object)
{
  FareHttpInput *self = FARE_HTTP_INPUT (object);

  g_clear_object (&self->connection);
  g_clear_pointer (&self->allowance, fare_http_allowance_unref);
  G_OBJECT_CLASS (fare_http_input_parent_class)->finalize (object);
}

static void
fare_http_input_class_init (FareHttpInputClass *klass)
{
  GInputStreamClass *stream_class = G_INPUT_STREAM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = fare_http_input_finalize;
  stream_class->read_fn = fare_http_input_read;
  stream_class->close_fn = fare_http_input_close;
}

static void
fare_http_input_pollable_init (GPollableInputStreamInterface *iface)
{
  iface->is_readable = fare_http_input_is_readable;
  iface->read_nonblocking = fare_http_input_read_nonblocking;
  iface->create_source = fare_http_input_create_source;
}

static void
fare_http_input_init (FareHttpInput *self)
{
}

FareHttpAllowance *
fare_http_allowance_wrap (GSocketConnection  *connection,
                          GIOStream         **stream)
{
  FareHttpAllowance *self = g_rc_box_new0 (FareHttpAllowance);
  GIOStream *io = G_IO_STREAM (connection);
  g_autoptr(FareHttpInput) input = g_object_new (FARE_TYPE_HTTP_INPUT,
                                                 "base-stream", g_io_stream_get_input_stream (io),
                                                 "close-base-stream", FALSE,
                                                 NULL);

  input->connection = g_object_ref (connection);
  input->allowance = fare_http_allowance_ref (self);
  *stream = g_simple_io_stream_new (G_INPUT_STREAM (input), g_io_stream_get_output_stream (io));
  return self;
}

FareHttpAllowance *
fare_http_allowance_ref (FareHttpAllowance *self)
{
  return g_rc_box_acquire (self);
}

void
fare_http_allowance_unref (FareHttpAllowance *self)
{
  g_rc_box_release (self);
}

void
fare_http_allowance_set (FareHttpAllowance *self,
                         gint64             bytes,
                         guint              seconds)
{
  self->bytes = bytes;
  self->span_us = (gint64) seconds * G_USEC_PER_SEC;
  self->end_us = 0;
}
