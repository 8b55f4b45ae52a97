/* keep-quarks.c
 *
 * To be loaded in front of a program that looks for leaks (LD_PRELOAD).  Programs with a toolkit fill GLib's table
 * of quarks beyond its first block, which GLib then forgets on purpose.  Here a pointer to that block stays.  No
 * suppression could tell it from other leaks but by whole stacks, and those make a program twenty times as slow.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <stddef.h>

/* QUARK_BLOCK_SIZE of gquark.c, in pointers. */
#define BLOCK_SIZE (2048 * sizeof (void *))

static const volatile void *quarks;

void __sanitizer_malloc_hook (const volatile void *block,
                              size_t               size);

/* The sanitizer calls this for whatever is allocated.  GLib's table comes first, when the library is loaded. */
void
__sanitizer_malloc_hook (const volatile void *block,
                         size_t               size)
{
  if (quarks == NULL && size == BLOCK_SIZE)
    quarks = block;
}
