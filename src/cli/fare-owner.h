/* fare-owner.h
 *
 * Who has installed the running program, and how that one brings it up to date.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "base/fare-paths.h"

G_BEGIN_DECLS

typedef enum
{
  FARE_OWNER_FLATPAK,
  FARE_OWNER_DPKG,
  FARE_OWNER_RPM,
  FARE_OWNER_PACMAN,
  FARE_OWNER_PREFIX, /* installed from source */
  FARE_OWNER_BUILD   /* runs from where it was built */
} FareOwnerKind;

typedef struct
{
  FareOwnerKind  kind;
  char          *program; /* this one's file */
  char          *package; /* (nullable): its name for a package manager */
  char          *folder;  /* (nullable): of PREFIX and BUILD, where it is */
  char          *command; /* (nullable): brings it up to date, as typed into a shell */
} FareOwner;

/**
 * fare_owner_find:
 * @result: (out): cleared with fare_owner_clear()
 *
 * Asks the package managers that are there.
 */
void         fare_owner_find       (FarePaths      *paths,
                                    FareOwner      *result);
void         fare_owner_clear      (FareOwner      *self);

/* The name for programs: "dpkg", … */
const char  *fare_owner_kind_to_id (FareOwnerKind   kind);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FareOwner, fare_owner_clear)

G_END_DECLS
