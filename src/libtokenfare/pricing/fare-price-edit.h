/* fare-price-edit.h
 *
 * Changes to the user's own price file.  The file holds only what differs from the
 * shipped table; what it holds besides, known to us or not, stays as it is.  A file
 * that cannot be read is never written.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "pricing/fare-rates.h"
#include "pricing/fare-sellers.h"

G_BEGIN_DECLS

typedef struct _FarePriceEdit FarePriceEdit;

/* A price that the user states. */
typedef struct
{
  const char         *id;       /* the model; an id or alias in force, or a new name */
  const char         *provider; /* (nullable): who makes it; NULL leaves it */
  const char * const *aliases;  /* (nullable): names to add */
  const char         *from;     /* (nullable): first day or moment; NULL replaces all prices */
  FareRateCard        card;     /* only rates in card.stated are written */
  gint64              now_ms;   /* UTC milliseconds, noted as the day of the evidence */
} FarePriceChange;

/**
 * fare_price_edit_open:
 * @shipped_path: the shipped models.json
 * @user_path: the user's file; it need not exist
 *
 * Returns: (transfer full): an edit of what is in the files now, or %NULL with a #FarePriceError
 *   when one of them cannot be used
 */
FarePriceEdit *fare_price_edit_open        (const char             *shipped_path,
                                            const char             *user_path,
                                            GError                **error) G_GNUC_WARN_UNUSED_RESULT;
void           fare_price_edit_free        (FarePriceEdit          *self);

/**
 * fare_price_edit_set:
 * @error: %FARE_PRICE_ERROR_VALUE when the change breaks a rule; nothing is changed then
 *
 * Changes the user's entry, else a copy of the shipped one, else makes a new one.  With a date one
 * segment is added, or the one of the same date replaced.
 */
gboolean       fare_price_edit_set         (FarePriceEdit          *self,
                                            const FarePriceChange  *change,
                                            GError                **error);

/**
 * fare_price_edit_put:
 * @entries: of JsonNode: elements of "models"; the user's entries of the same ids are replaced
 * @lists: (nullable): object of whose "vendors", "gateways", "hosts" and "local_hosts" is added
 *   what the shipped table does not say alike
 * @error: %FARE_PRICE_ERROR_VALUE when the result breaks a rule; nothing is changed then
 */
gboolean       fare_price_edit_put         (FarePriceEdit          *self,
                                            GPtrArray              *entries,
                                            JsonObject             *lists,
                                            GError                **error);

/**
 * fare_price_edit_reset:
 * @id: an id, in any spelling
 *
 * Drops the user's entry, so that the shipped one, if any, holds again.
 *
 * Returns: %FALSE when the user's file has no such entry
 */
gboolean       fare_price_edit_reset       (FarePriceEdit          *self,
                                            const char             *id);

/**
 * fare_price_edit_reset_all:
 *
 * Drops every entry, vendor, gateway, host and local host of the user's file.
 *
 * Returns: how many entries that were
 */
guint          fare_price_edit_reset_all   (FarePriceEdit          *self);

/**
 * fare_price_edit_get_shipped:
 * @id: an id, in any spelling
 *
 * Returns: (transfer none) (nullable): the shipped entry, an object
 */
JsonNode      *fare_price_edit_get_shipped (FarePriceEdit          *self,
                                            const char             *id);

/**
 * fare_price_edit_dup_entry:
 * @id: an id, in any spelling
 *
 * Returns: (transfer full) (nullable): a copy of the entry in force, an object: the user's, else the
 *   shipped one; %NULL when there is none or the user has hidden it
 */
JsonNode      *fare_price_edit_dup_entry   (FarePriceEdit          *self,
                                            const char             *id) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_price_edit_dup_ids:
 *
 * Returns: (transfer full): the ids of the user's entries as they stand in the file, hidden ones
 *   among them
 */
GStrv          fare_price_edit_dup_ids     (FarePriceEdit          *self) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_price_edit_get_sellers:
 *
 * Returns: (transfer none): vendors, gateways and hosts of both files, as they were opened
 */
FareSellers   *fare_price_edit_get_sellers (FarePriceEdit          *self);

/**
 * fare_price_edit_dup_id:
 * @name: a model's name, with or without a seller in front
 *
 * Returns: (transfer full) (nullable): the id of an entry that @name leads to, be there one or
 *   not: without the vendor, with the namespace of a gateway or host that has prices of its own.
 *   %NULL when no entry can ever apply, because the seller is unknown or this machine
 */
char          *fare_price_edit_dup_id      (FarePriceEdit          *self,
                                            const char             *name) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_price_edit_save:
 * @error: %FARE_PRICE_ERROR_READ when the file cannot be written; it is then as it was
 *
 * Writes the user's file in one step.
 */
gboolean       fare_price_edit_save        (FarePriceEdit          *self,
                                            GError                **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FarePriceEdit, fare_price_edit_free)

G_END_DECLS
