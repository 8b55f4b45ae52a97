/* fare-pull.h
 *
 * A pull reader for one line of JSON: walks an object member by member and skips
 * what nobody asks for at the speed of a text search.  It never allocates, never
 * reads outside the line, and stops at the first thing that is not JSON.  Skipped
 * values are only checked for balanced brackets and closed strings.
 *
 * For log lines, and for a quick look over what is then read with json-glib.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "formats/fare-span.h"

G_BEGIN_DECLS

typedef struct
{
  const char *p;      /* next byte */
  const char *end;
  gboolean    failed; /* not JSON; nothing more will come */
} FarePull;

/* Larger numbers are cut to this one.  It is absurd as a count of anything, but some of them can
 * still be added up. */
#define FARE_PULL_COUNT_MAX (G_GINT64_CONSTANT (1) << 58)

/**
 * fare_pull_init:
 * @text: a line, need not end in NUL; must outlive the reader and all spans
 */
void     fare_pull_init         (FarePull       *self,
                                 const char     *text,
                                 gsize           length);

/**
 * fare_pull_enter:
 * @bracket: '{' or '['
 *
 * Steps into the container that comes next.
 *
 * Returns: %FALSE when something else comes; that value is then skipped
 */
gboolean fare_pull_enter        (FarePull       *self,
                                 char            bracket);

/**
 * fare_pull_next_member:
 * @key: (out): the member's name
 *
 * Moves to the next member of the object entered last; its value must then be read or skipped.
 *
 * Returns: %FALSE after the last member, or when the line is broken
 */
gboolean fare_pull_next_member  (FarePull       *self,
                                 FareSpan       *key);

/* A member that is wanted, and where to. */
typedef struct
{
  const char *name;
  FareSpan   *span;
  gboolean    is_raw;  /* any value, as it stands; else the inside of a string */
} FareMember;

/**
 * fare_pull_members:
 * @members: (array length=n_members): those that are wanted
 *
 * Reads all members of the object entered last.  Spans of those that are missing are left as they are.
 */
void     fare_pull_members      (FarePull         *self,
                                 const FareMember *members,
                                 guint             n_members);

/**
 * fare_pull_next_item:
 *
 * Moves to the next item of the array entered last; it must then be read or skipped.
 */
gboolean fare_pull_next_item    (FarePull       *self);

/**
 * fare_pull_peek:
 *
 * Returns: the first byte of the value that comes next, 0 at the end
 */
char     fare_pull_peek         (FarePull       *self);

/* Skips the value that comes next, whatever it is. */
void     fare_pull_skip         (FarePull       *self);

/**
 * fare_pull_string:
 * @span: (out): the string's inside; empty when the value is no string
 *
 * Returns: %FALSE when another kind of value came; it is skipped
 */
gboolean fare_pull_string       (FarePull       *self,
                                 FareSpan       *span);

/**
 * fare_pull_raw:
 *
 * Skips the value that comes next.
 *
 * Returns: its text as it stands in the line, to be read later by a reader of its own
 */
FareSpan fare_pull_raw          (FarePull       *self);

/**
 * fare_pull_count:
 *
 * Reads a count the way logs write them: integers, floats (cut), numbers in strings.  Null,
 * booleans, junk and negative numbers are 0.
 *
 * Returns: the count, at most %FARE_PULL_COUNT_MAX
 */
gint64   fare_pull_count        (FarePull       *self);

/**
 * fare_pull_number:
 * @value: (out): the number
 *
 * Returns: %FALSE when no finite number (or string with one) came
 */
gboolean fare_pull_number       (FarePull       *self,
                                 double         *value);

/**
 * fare_pull_boolean:
 *
 * Returns: %TRUE only for the literal true
 */
gboolean fare_pull_boolean      (FarePull       *self);

/**
 * fare_pull_at_end:
 *
 * Returns: whether nothing but blanks follows, that is: the line was one whole value
 */
gboolean fare_pull_at_end       (FarePull       *self);

G_END_DECLS
