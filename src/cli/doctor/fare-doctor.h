/* fare-doctor.h
 *
 * How Tokenfare is doing on this computer: what it finds, what it has made of that, what
 * runs, and what is wrong.  Only looks: no file is created or changed, no program is started
 * that would stay, and nobody waits for long.
 *
 * fare_doctor_new() gathers facts, each kind in a file of its own; fare-doctor-issues.c alone
 * judges them; the views show both.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "base/fare-paths.h"
#include "fare-owner.h"
#include "fare-statusline-install.h"

G_BEGIN_DECLS

/* Counts that cannot be told. */
#define FARE_DOCTOR_UNKNOWN (-1)

/* What an agent is to us.  Counts are -1 where the index cannot tell. */
typedef struct
{
  const char *client;
  gboolean    is_off;        /* switched off by the user */
  GStrv       folders;       /* looked at, and there */
  GStrv       absent;        /* looked at, and not there */
  GStrv       extra;         /* those of both that the user has added */
  gint64      files;         /* log files on disk now */
  gint64      unread;        /* of them, those that the index does not know yet */
  gint64      gone;          /* files that are no longer there; what they said is kept */
  gint64      sessions;
  gint64      newest_ms;     /* newest record, UTC milliseconds; 0 when there is none */
  gboolean    is_forgetful;  /* the agent deletes its sessions by itself */
  int         keeps_days;    /* FARE_RETENTION_FOREVER, or after so many days */
  gboolean    is_default;    /* nobody has chosen that number of days */
} FareDoctorSource;

typedef enum
{
  FARE_DOCTOR_UNREADABLE,    /* a file or folder that could not be read */
  FARE_DOCTOR_MALFORMED      /* a file with lines that are not what they should be */
} FareDoctorFailureKind;

typedef struct
{
  FareDoctorFailureKind kind;
  char       *client;
  char       *path;
  char       *reason;        /* (nullable): a translated sentence */
  gint64      lines;         /* malformed ones */
  gint64      offset;        /* of the first one, bytes; -1 when unknown */
  gint64      line;          /* its number from 1; 0 when it has none, or it cannot be counted */
} FareDoctorFailure;

typedef enum
{
  FARE_DOCTOR_INDEX_MISSING,
  FARE_DOCTOR_INDEX_SOUND,
  FARE_DOCTOR_INDEX_OLDER,        /* brought up to date by the next command that reads logs */
  FARE_DOCTOR_INDEX_NEWER,
  FARE_DOCTOR_INDEX_FOREIGN,      /* a database of another program */
  FARE_DOCTOR_INDEX_DAMAGED,
  FARE_DOCTOR_INDEX_LOCKED,
  FARE_DOCTOR_INDEX_UNFINISHED,   /* its writer was interrupted */
  FARE_DOCTOR_INDEX_UNREADABLE
} FareDoctorIndexState;

typedef struct
{
  FareDoctorIndexState state;
  char       *error;         /* (nullable): what SQLite or the system says */
  int         schema;        /* -1 when unknown */
  gint64      size;          /* bytes, with its journal */
  gint64      messages;      /* counted responses */
  gint64      sessions;
  gint64      last_scan_ms;  /* UTC milliseconds, 0 if there was none */
  gint64      scan_took_ms;  /* 0 when unknown */
  gboolean    is_checked;    /* every page was looked at in the time there was */
  int         writer;        /* process that holds the writer's lock, 0 when nobody */
  char       *writer_name;   /* (nullable) */
} FareDoctorIndex;

/* A place that we have to write to. */
typedef struct
{
  char       *path;
  gboolean    exists;
  gboolean    is_writable;   /* or could be created */
  gint64      free_bytes;    /* on its disk, -1 when unknown */
} FareDoctorPlace;

typedef struct
{
  char       *model;
  char       *provider;      /* (nullable) */
  char       *reason;        /* id of machine output */
  gint64      tokens;
} FareDoctorUnpriced;

typedef struct
{
  char       *error;         /* (nullable): the shipped table cannot be used */
  char       *updated;       /* (nullable): date of its newest evidence, "YYYY-MM-DD" */
  int         age_days;      /* -1 when unknown */
  guint       n_models;
  guint       n_overrides;   /* entries that are the user's */
  GStrv       problems;      /* translated sentences: what was left out */
  GPtrArray  *unpriced;      /* FareDoctorUnpriced, most tokens first */
} FareDoctorPrices;

typedef struct
{
  gint64      needed;        /* folders whose changes should be seen at once */
  gint64      limit;         /* that the system lets this user watch, -1 when unknown */
  gint64      used;          /* by all programs of this user */
  gint64      ours;          /* of them, by Tokenfare */
  gint64      instances;     /* monitors of all programs of this user */
  gint64      instance_limit;
} FareDoctorWatches;

/* One of our programs that runs now. */
typedef struct
{
  char       *name;
  int         pid;
  gboolean    is_outdated;   /* its file has been replaced or removed since it began */
} FareDoctorProgram;

typedef enum
{
  FARE_DOCTOR_PORT_SILENT,
  FARE_DOCTOR_PORT_OURS,
  FARE_DOCTOR_PORT_TOKDASH,
  FARE_DOCTOR_PORT_FOREIGN
} FareDoctorPortState;

typedef struct
{
  guint       number;
  FareDoctorPortState state;
  char       *version;       /* (nullable): what answers there says */
  char       *owner;         /* (nullable): of a foreign one */
} FareDoctorPort;

typedef struct
{
  gboolean    has_bus;       /* the session bus answers */
  gboolean    has_watcher;   /* somebody keeps a list of tray icons */
  gboolean    has_host;      /* and somebody shows them */
  gboolean    has_systemd;   /* a systemd of the user is on the bus */
  char       *unit_file;     /* (nullable): "enabled", "disabled", … as systemd says of our unit */
  char       *unit_active;   /* (nullable): "active", "inactive", "failed", … */
  gboolean    wants_tray;    /* the user has not switched the icon off */
} FareDoctorDesktop;

typedef struct
{
  FareLineOwner owner;
  char       *path;          /* Claude Code's settings */
  char       *command;       /* (nullable): what writes the line */
  gboolean    is_lost;       /* the line is ours, and its program is not there */
} FareDoctorLine;

typedef struct
{
  char       *path;
  gboolean    exists;
  GStrv       problems;      /* translated sentences */
  gboolean    wants_api;
} FareDoctorSettings;

typedef struct
{
  char       *variable;      /* (nullable): TZ */
  gboolean    is_valid;
  char       *name;          /* of the zone in use, "Europe/Berlin" */
  int         offset_s;      /* now, seconds east of UTC */
} FareDoctorZone;

/* What setup remembers to have done. */
typedef struct
{
  char       *path;
  gboolean    exists;
  char       *error;         /* (nullable): it cannot be understood */
  gboolean    has_service;   /* setup has switched each of these on */
  gboolean    has_tray;
  gboolean    has_line;
  gboolean    has_tailscale;
  gboolean    is_tray_off;   /* the autostart entry that setup wrote no longer holds */
} FareDoctorSetup;

typedef struct
{
  const char *id;            /* for machines */
  char       *what;          /* a translated sentence */
  char       *remedy;        /* (nullable): a translated sentence */
} FareDoctorIssue;

typedef struct
{
  FarePaths         *paths;
  gint64             now_ms;
  GTimeZone         *zone;

  FareOwner          owner;        /* of this program's file */
  gboolean           has_home;
  FareDoctorPlace    data;
  FareDoctorPlace    config;
  FareDoctorSettings settings;
  FareDoctorIndex    index;
  GPtrArray         *sources;      /* FareDoctorSource, every client */
  GPtrArray         *failures;     /* FareDoctorFailure */
  FareDoctorPrices   prices;
  FareDoctorZone     time;
  FareDoctorWatches  watches;
  GPtrArray         *programs;     /* FareDoctorProgram */
  FareDoctorPort     port;
  FareDoctorDesktop  desktop;
  FareDoctorLine     line;
  FareDoctorSetup    setup;

  GPtrArray         *issues;       /* FareDoctorIssue: wrong */
  GPtrArray         *notes;        /* FareDoctorIssue: good to know */
} FareDoctor;

/**
 * fare_doctor_new:
 *
 * Looks at everything and judges it.
 *
 * Returns: (transfer full): what was found
 */
FareDoctor *fare_doctor_new   (FarePaths  *paths) G_GNUC_WARN_UNUSED_RESULT;
void        fare_doctor_free  (FareDoctor *self);

/**
 * fare_doctor_print:
 *
 * Prints it for people.
 */
void        fare_doctor_print (FareDoctor *self);

/**
 * fare_doctor_write:
 *
 * Prints it for programs.
 */
void        fare_doctor_write (FareDoctor *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareDoctor, fare_doctor_free)

G_END_DECLS
