/* fare-antigravity-record.c
 *
 * The wire format by hand.  Only the members on the way to what is known are entered, so
 * the depth is fixed; all others are passed over by their length.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-antigravity-record.h"

/* Wire types; groups (3 and 4) are long gone and taken for damage. */
enum
{
  WIRE_VARINT  = 0,
  WIRE_FIXED64 = 1,
  WIRE_BYTES   = 2,
  WIRE_FIXED32 = 5
};

#define MAX_VARINT 10

/* The first moment of the year 10000, in seconds. */
#define LAST_SECONDS G_GINT64_CONSTANT (253402300800)

typedef struct
{
  const guint8 *p;
  const guint8 *end;
  gboolean      failed;
} Wire;

/* A field as it comes: a number, or a span of bytes. */
typedef struct
{
  guint64       number; /* of the field */
  guint         type;
  guint64       value;
  const guint8 *bytes;
  gsize         length;
} Field;

/* Counts as they are stored, before they are made sense of. */
typedef struct
{
  gint64 output;
  gint64 thinking;
  gint64 visible;
  gint64 seconds;
  gint64 nanoseconds;
} Parts;

typedef struct
{
  FareAntigravityRecord *record;
  Parts                  parts;
} Reading;

/* What a field of a message is good for. */
typedef void (*FieldFunc) (Reading     *reading,
                           const Field *field,
                           Wire        *wire);

static guint64
read_varint (Wire *wire)
{
  guint64 value = 0;

  for (guint i = 0; i < MAX_VARINT && wire->p < wire->end; i++)
    {
      guint8 byte = *wire->p++;

      value |= (guint64) (byte & 0x7f) << (7 * i);
      if (byte < 0x80)
        return value;
    }
  wire->failed = TRUE;

  return 0;
}

static void
read_bytes (Wire    *wire,
            Field   *field,
            guint64  length)
{
  if (wire->failed || length > (guint64) (wire->end - wire->p))
    {
      wire->failed = TRUE;
      return;
    }
  field->bytes = wire->p;
  field->length = (gsize) length;
  wire->p += length;
}

/* FALSE at the end, or at damage. */
static gboolean
next_field (Wire  *wire,
            Field *field)
{
  guint64 tag;

  *field = (Field) { 0 };
  if (wire->failed || wire->p >= wire->end)
    return FALSE;
  tag = read_varint (wire);
  field->number = tag >> 3;
  field->type = tag & 7;
  wire->failed |= field->number == 0;
  if (field->type == WIRE_VARINT)
    field->value = read_varint (wire);
  else if (field->type == WIRE_BYTES)
    read_bytes (wire, field, read_varint (wire));
  else if (field->type == WIRE_FIXED64)
    read_bytes (wire, field, 8);
  else if (field->type == WIRE_FIXED32)
    read_bytes (wire, field, 4);
  else
    wire->failed = TRUE;

  return !wire->failed;
}

/* Goes through a message; one that stands there twice is one in two parts. */
static void
read_message (Reading      *reading,
              const guint8 *data,
              gsize         length,
              FieldFunc     func,
              Wire         *outer)
{
  Wire wire = { data, data + length, FALSE };
  Field field;

  while (next_field (&wire, &field))
    func (reading, &field, &wire);
  outer->failed |= wire.failed;
}

/* Large enough to be noticed as absurd, small enough to be added up. */
static gint64
to_count (guint64 value)
{
  if (value > G_MAXINT64)
    return 0;

  return (gint64) MIN (value, (guint64) (4 * FARE_USAGE_LIMIT));
}

static void
take_usage (Reading     *reading,
            const Field *field,
            Wire        *wire)
{
  FareUsage *usage = &reading->record->usage;

  if (field->type != WIRE_VARINT)
    return;
  if (field->number == 2)
    usage->input = to_count (field->value);
  else if (field->number == 3)
    reading->parts.output = to_count (field->value);
  else if (field->number == 4)
    usage->cache_write_5m = to_count (field->value);
  else if (field->number == 5)
    usage->cache_read = to_count (field->value);
  else if (field->number == 9)
    reading->parts.thinking = to_count (field->value);
  else if (field->number == 10)
    reading->parts.visible = to_count (field->value);
}

static void
take_moment (Reading     *reading,
             const Field *field,
             Wire        *wire)
{
  if (field->type != WIRE_VARINT)
    return;
  if (field->number == 1)
    reading->parts.seconds = (gint64) field->value;
  else if (field->number == 2)
    reading->parts.nanoseconds = (gint64) field->value;
}

static void
take_times (Reading     *reading,
            const Field *field,
            Wire        *wire)
{
  if (field->number == 4 && field->type == WIRE_BYTES)
    read_message (reading, field->bytes, field->length, take_moment, wire);
}

static void
take_name (char        **name,
           const Field  *field)
{
  g_free (*name);
  *name = g_strstrip (g_utf8_make_valid ((const char *) field->bytes, (gssize) field->length));
}

static void
take_generation (Reading     *reading,
                 const Field *field,
                 Wire        *wire)
{
  if (field->type != WIRE_BYTES)
    return;
  if (field->number == 4)
    read_message (reading, field->bytes, field->length, take_usage, wire);
  else if (field->number == 9)
    read_message (reading, field->bytes, field->length, take_times, wire);
  else if (field->number == 19)
    take_name (&reading->record->model, field);
  else if (field->number == 21)
    take_name (&reading->record->display_name, field);
}

static void
take_top (Reading     *reading,
          const Field *field,
          Wire        *wire)
{
  if (field->number == 1 && field->type == WIRE_BYTES)
    read_message (reading, field->bytes, field->length, take_generation, wire);
}

/* A member that is 0 is not written, so a sum of 0 is one that is not there. */
static void
finish (const Reading *reading)
{
  const Parts *parts = &reading->parts;
  FareAntigravityRecord *record = reading->record;

  record->usage.output = parts->output > 0 ? parts->output : parts->visible + parts->thinking;
  record->usage.reasoning = MIN (parts->thinking, record->usage.output);
  if (parts->seconds > 0 && parts->seconds < LAST_SECONDS)
    record->time_ms = parts->seconds * 1000
                      + (parts->nanoseconds >= 0 && parts->nanoseconds < 1000000000
                         ? parts->nanoseconds / 1000000 : 0);
}

gboolean
fare_antigravity_record_read (FareAntigravityRecord *self,
                              const guint8          *data,
                              gsize                  length)
{
  Reading reading = { .record = self };
  Wire outer = { 0 };

  *self = (FareAntigravityRecord) { 0 };
  read_message (&reading, data, length, take_top, &outer);
  if (outer.failed)
    return FALSE;
  finish (&reading);

  return TRUE;
}

void
fare_antigravity_record_clear (FareAntigravityRecord *self)
{
  g_clear_pointer (&self->model, g_free);
  g_clear_pointer (&self->display_name, g_free);
}
