/* fare-setup-plan.h
 *
 * What "tokenfare setup" would do on this computer.  Making a plan changes nothing.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "fare-setup-manifest.h"
#include "fare-statusline-install.h"
#include "fare-user-unit.h"

G_BEGIN_DECLS

typedef enum
{
  FARE_PART_SERVICE,    /* the server, as a systemd user unit */
  FARE_PART_TRAY,       /* the icon in the panel, from login on */
  FARE_PART_STATUSLINE, /* the line in Claude Code */
  FARE_N_PARTS
} FarePart;

typedef enum
{
  FARE_PART_TO_DO,
  FARE_PART_ALREADY,     /* switched on before */
  FARE_PART_LEFT_OUT,    /* not wanted */
  FARE_PART_UNAVAILABLE, /* cannot be had here, and nothing is wrong with that */
  FARE_PART_BLOCKED,     /* something of somebody else is in the way */
  FARE_PART_DONE,
  FARE_PART_FAILED
} FarePartState;

/* What has to be said, for people and for programs. */
typedef struct
{
  const char *id;   /* "port-moved", …; static and never translated */
  char       *text; /* a translated sentence */
} FareRemark;

typedef struct
{
  FarePartState  state;
  FareRemark     reason;    /* of UNAVAILABLE, BLOCKED and FAILED; its id is NULL otherwise */
  gboolean       can_force; /* of BLOCKED: --force, or a yes, gets over it */
  gboolean       replaces;  /* something of somebody else goes, and comes back with uninstall */
  char          *path;      /* (nullable): the file it is about */
} FarePartPlan;

typedef struct
{
  gboolean is_left_out[FARE_N_PARTS];
  gboolean force;
  guint    port; /* 0: as the settings say */
} FareSetupWish;

typedef struct
{
  FarePaths    *paths;
  FarePartPlan  parts[FARE_N_PARTS];
  FareUserUnit  unit;
  gboolean      is_linked;   /* the unit's file is outside systemd's folders */
  guint         port;        /* for the server */
  guint         port_before; /* as the settings say */
  char         *command;     /* for Claude Code */
  char         *line_before; /* (nullable): what Claude Code runs now */
  GArray       *notes;       /* (element-type FareRemark) */
} FareSetupPlan;

/* The names of parts and states for programs. */
const char    *fare_part_to_id         (FarePart              part);
const char    *fare_part_state_to_id   (FarePartState         state);

/**
 * fare_setup_plan_new:
 *
 * Returns: (transfer full): what would be done, having looked at everything
 */
FareSetupPlan *fare_setup_plan_new     (FarePaths            *paths,
                                        const FareSetupWish  *wish) G_GNUC_WARN_UNUSED_RESULT;
void           fare_setup_plan_free    (FareSetupPlan        *self);

/**
 * fare_setup_plan_note:
 * @text: (transfer full)
 */
void           fare_setup_plan_note    (FareSetupPlan        *self,
                                        const char           *id,
                                        char                 *text);

/**
 * fare_setup_plan_has:
 *
 * Returns: whether any part is in @state
 */
gboolean       fare_setup_plan_has     (const FareSetupPlan  *self,
                                        FarePartState         state);

/**
 * fare_part_plan_set:
 * @text: (transfer full): why
 */
void           fare_part_plan_set      (FarePartPlan         *self,
                                        FarePartState         state,
                                        const char           *id,
                                        char                 *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareSetupPlan, fare_setup_plan_free)

G_END_DECLS
