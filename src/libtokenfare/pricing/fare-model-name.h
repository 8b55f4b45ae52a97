/* fare-model-name.h
 *
 * The text of model names: one spelling for the many that clients write, and the
 * suffixes that may be cut off.  Knows no model and no price.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What may stand behind a model's name; an entry says which of them it accepts. */
typedef enum
{
  FARE_SUFFIX_NONE     = 0,
  FARE_SUFFIX_DATE     = 1 << 0,
  FARE_SUFFIX_EFFORT   = 1 << 1,
  FARE_SUFFIX_THINKING = 1 << 2,
  FARE_SUFFIX_LATEST   = 1 << 3,
  FARE_SUFFIX_FAST     = 1 << 4
} FareSuffixes;

/**
 * fare_suffix_from_name:
 * @name: as in "accepts" of a price file
 *
 * Returns: the flag, or %FARE_SUFFIX_NONE for an unknown name
 */
FareSuffixes fare_suffix_from_name         (const char *name);

/**
 * fare_model_name_normalise:
 * @name: any text
 *
 * Returns: (transfer full): trimmed, in lower case (ASCII only), "\" as "/", runs of blanks and
 *   "_" as one "-"
 */
char        *fare_model_name_normalise     (const char *name) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_model_name_to_key:
 * @name: a normalised name
 *
 * Returns: (transfer full): what names are compared by: every "." between two digits read as "-"
 */
char        *fare_model_name_to_key        (const char *name) G_GNUC_WARN_UNUSED_RESULT;

typedef enum
{
  FARE_UNWRAP_DONE,
  FARE_UNWRAP_OPAQUE,     /* an ARN that does not name its model */
  FARE_UNWRAP_PARTITION   /* an ARN of a separate cloud, whose prices are its own */
} FareUnwrap;

/**
 * fare_model_name_unwrap:
 * @name: a normalised name
 * @plain: (out) (transfer full): without resource paths and markers that have no price meaning,
 *   as parts divided by "/"; %NULL unless done
 */
FareUnwrap   fare_model_name_unwrap        (const char *name,
                                            char      **plain);

/**
 * fare_model_name_cut_suffix:
 * @name: changed in place
 *
 * Cuts one suffix: "-latest", a real date, "-fast", an effort or "-thinking".
 *
 * Returns: which kind was cut
 */
FareSuffixes fare_model_name_cut_suffix    (char       *name);

/**
 * fare_model_name_cut_version:
 * @name: changed in place
 * @is_long: whether only "-vN:N" is cut, or "-vN" too
 *
 * Returns: whether a version in the manner of Bedrock was cut
 */
gboolean     fare_model_name_cut_version   (char       *name,
                                            gboolean    is_long);

/**
 * fare_model_name_cut_context:
 * @name: changed in place
 *
 * Returns: whether a context size in the manner of Bedrock (":200k") was cut
 */
gboolean     fare_model_name_cut_context   (char       *name);

/**
 * fare_model_name_fold_at:
 * @name: changed in place
 *
 * Turns "@YYYYMMDD" into "-YYYYMMDD" and drops "@default" and "@latest".
 *
 * Returns: %FALSE when something else stands behind an "@"
 */
gboolean     fare_model_name_fold_at       (char       *name);

G_END_DECLS
