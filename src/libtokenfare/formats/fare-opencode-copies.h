/* fare-opencode-copies.h
 *
 * Which messages of one database are copies that a fork made under new ids.  They were
 * never billed again.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "formats/fare-opencode-message.h"

G_BEGIN_DECLS

/* A session of the database. */
typedef struct _FareOpencodeSession FareOpencodeSession;

struct _FareOpencodeSession
{
  guint32              number;     /* in the log's string table */
  gint64               created_ms; /* 0 when not known */
  gboolean             is_fork;
  gboolean             is_task;    /* works for another session */
  char                *origin;     /* (nullable): id of the session it is a fork of */
  FareOpencodeSession *fork_of;    /* (nullable): that session, if it is there */
};

/* A message of the database. */
typedef struct
{
  FareRow              row;
  char                *id;
  FareOpencodeSession *session;
  gint64               completed_ms;
  gint64               seq;       /* place in its session, -1 in the older tables */
  FareOpencodeTokens   tokens;    /* as logged */
} FareOpencodeRecord;

/**
 * fare_opencode_find_copies:
 * @records: (element-type FareOpencodeRecord): all messages of a database
 *
 * Flags copies with %FARE_ROW_COPIED.  A copy that was given another time joins its original's
 * cluster.
 */
void fare_opencode_find_copies (GArray *records);

G_END_DECLS
