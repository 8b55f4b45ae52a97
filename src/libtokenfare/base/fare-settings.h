/* fare-settings.h
 *
 * The user's settings as every program reads them: a snapshot of the key file in which
 * the window keeps its GSettings.  Read directly, because a command that has to be quick
 * cannot wait for a settings service and its modules.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "base/fare-paths.h"

G_BEGIN_DECLS

/* Path and group under which GSettings keeps the keys of our schema in the file. */
#define FARE_SETTINGS_ROOT  "/io/github/tokenfare/Tokenfare/"
#define FARE_SETTINGS_GROUP "tokenfare"

typedef struct _FareSettings FareSettings;

/**
 * fare_settings_load:
 * @paths: where the file is
 *
 * Returns: (transfer full): what the file says now; nothing when it is missing or not readable
 */
FareSettings *fare_settings_load        (FarePaths          *paths) G_GNUC_WARN_UNUSED_RESULT;
void          fare_settings_free        (FareSettings       *self);

/**
 * fare_settings_dup_value:
 * @key: a key of the schema
 * @type: its type
 *
 * Returns: (transfer full) (nullable): the value set by the user; %NULL when the default holds
 */
GVariant     *fare_settings_dup_value   (FareSettings       *self,
                                         const char         *key,
                                         const GVariantType *type) G_GNUC_WARN_UNUSED_RESULT;

/* The value set by the user, @fallback where none is set or it is of another type. */
gboolean      fare_settings_get_boolean (FareSettings       *self,
                                         const char         *key,
                                         gboolean            fallback);
double        fare_settings_get_double  (FareSettings       *self,
                                         const char         *key,
                                         double              fallback);
guint         fare_settings_get_uint    (FareSettings       *self,
                                         const char         *key,
                                         guint               fallback);

/**
 * fare_settings_dup_string:
 *
 * Returns: (transfer full): the value of a key that holds a string or one of a list of words
 */
char         *fare_settings_dup_string  (FareSettings       *self,
                                         const char         *key,
                                         const char         *fallback) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_settings_dup_strv:
 *
 * Returns: (transfer full): the value of a key that holds a list of strings, empty if not set
 */
GStrv         fare_settings_dup_strv    (FareSettings       *self,
                                         const char         *key) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_settings_change:
 * @key: a key of the schema
 * @value: (nullable): a floating value is taken; %NULL for the default again
 *
 * Writes one key into the file, for programs without GSettings; those with it notice the change.
 * A file that is damaged stays as it is.
 *
 * Returns: %FALSE with @error when the file could not be written
 */
gboolean      fare_settings_change      (FarePaths          *paths,
                                         const char         *key,
                                         GVariant           *value,
                                         GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareSettings, fare_settings_free)

G_END_DECLS
