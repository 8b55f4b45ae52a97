/* fare-price-edit.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pricing/fare-price-edit.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "pricing/fare-model-name.h"
#include "pricing/fare-price-book.h"
#include "pricing/fare-price-document.h"
#include "pricing/fare-price-file.h"
#include "pricing/fare-price-json.h"
#include "pricing/fare-price-segment.h"

struct _FarePriceEdit
{
  char        *path;
  JsonNode    *shipped;
  JsonNode    *root;     /* the user's document as it will be written */
  GHashTable  *problems; /* sentences about faults that were there before */
  FareSellers *sellers;
};

static void
note_problems (FarePriceFile *file,
               GHashTable    *problems)
{
  g_autoptr(FareSellers) sellers = fare_sellers_new ();

  /* Reading the lists is what finds their faults. */
  fare_price_file_add_sellers (file, sellers);
  for (guint i = 0; i < file->problems->len; i++)
    g_hash_table_add (problems, g_strdup (file->problems->pdata[i]));
}

/* Whether @entry counts.  A fault that was there before is no excuse in what is changed now: the
 * change would be written and have no effect. */
static gboolean
is_usable (FarePriceEdit  *self,
           const char     *id,
           JsonNode       *entry,
           GError        **error)
{
  g_autoptr(JsonNode) alone = fare_price_document_create ();
  g_autoptr(FarePriceFile) file = NULL;

  fare_price_document_put (alone, id, entry);
  file = fare_price_file_read (alone, self->path, NULL, error);
  if (file == NULL || file->problems->len == 0)
    return file != NULL;

  g_set_error_literal (error, FARE_PRICE_ERROR, FARE_PRICE_ERROR_VALUE, file->problems->pdata[0]);
  return FALSE;
}

/* Takes @root over as the user's document unless it has a fault that was not there before. */
static gboolean
commit (FarePriceEdit  *self,
        JsonNode       *root,
        GError        **error)
{
  g_autoptr(FarePriceFile) file = fare_price_file_read (root, self->path, NULL, error);
  g_autoptr(GHashTable) problems = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer problem;

  if (file == NULL)
    return FALSE;

  note_problems (file, problems);
  g_hash_table_iter_init (&iter, problems);
  while (g_hash_table_iter_next (&iter, &problem, NULL))
    if (!g_hash_table_contains (self->problems, problem))
      {
        g_set_error_literal (error, FARE_PRICE_ERROR, FARE_PRICE_ERROR_VALUE, problem);
        return FALSE;
      }

  json_node_unref (self->root);
  self->root = json_node_ref (root);
  return TRUE;
}

static void
set_prices (JsonObject            *entry,
            const FarePriceChange *change)
{
  JsonArray *old = change->from != NULL ? fare_price_json_get_array (entry, "prices") : NULL;

  fare_price_segment_put (entry, old, fare_price_segment_new (NULL, change->from, &change->card));

  /* What was known of other prices says nothing about this one. */
  if (change->from == NULL)
    {
      json_object_set_array_member (entry, "sources", json_array_new ());
      if (json_object_has_member (entry, "note"))
        json_object_remove_member (entry, "note");
    }
  fare_price_segment_put_evidence (entry, change->now_ms);
}

/* A hidden entry is no start for a change: it has no prices. */
static gboolean
is_removal (JsonNode *entry)
{
  return json_object_has_member (json_node_get_object (entry), "remove");
}

static void
set_provider (FarePriceEdit *self,
              JsonNode      *root,
              JsonObject    *entry,
              const char    *provider)
{
  g_autofree char *name = fare_model_name_normalise (provider);
  const char *vendor = NULL;
  JsonObject *vendors = NULL;

  if (fare_sellers_find (self->sellers, name, &vendor) == FARE_SELLER_VENDOR)
    {
      json_object_set_string_member (entry, "provider", vendor);
      return;
    }

  /* A new vendor: without a spelling its name as a prefix would mean nothing. */
  json_object_set_string_member (entry, "provider", name);
  vendors = fare_price_document_ensure (json_node_get_object (root), "vendors");
  fare_price_document_add_name (vendors, name, name);
}

gboolean
fare_price_edit_set (FarePriceEdit          *self,
                     const FarePriceChange  *change,
                     GError                **error)
{
  g_autofree char *id = fare_model_name_normalise (change->id);
  g_autoptr(JsonNode) root = fare_price_json_copy (self->root);
  g_autoptr(JsonNode) entry = NULL;
  JsonNode *known = fare_price_document_find (root, id);
  JsonObject *object = NULL;

  if (known == NULL || is_removal (known))
    known = fare_price_document_find (self->shipped, id);
  entry = known != NULL ? fare_price_json_copy (known) : fare_price_document_create_entry (id);
  object = json_node_get_object (entry);

  if (change->provider != NULL)
    set_provider (self, root, object, change->provider);
  for (guint i = 0; change->aliases != NULL && change->aliases[i] != NULL; i++)
    {
      g_autofree char *alias = fare_model_name_normalise (change->aliases[i]);

      fare_price_document_add_name (object, "aliases", alias);
    }
  set_prices (object, change);

  if (!is_usable (self, id, entry, error))
    return FALSE;

  fare_price_document_put (root, id, entry);
  return commit (self, root, error);
}

static const char * const list_names[] = { "vendors", "gateways", "hosts", "local_hosts" };

gboolean
fare_price_edit_put (FarePriceEdit  *self,
                     GPtrArray      *entries,
                     JsonObject     *lists,
                     GError        **error)
{
  g_autoptr(JsonNode) root = fare_price_json_copy (self->root);

  for (guint i = 0; i < entries->len; i++)
    {
      const char *id = fare_price_json_get_string (json_node_get_object (entries->pdata[i]), "id");

      if (!is_usable (self, id, entries->pdata[i], error))
        return FALSE;

      fare_price_document_put (root, id, entries->pdata[i]);
    }

  for (guint i = 0; lists != NULL && i < G_N_ELEMENTS (list_names); i++)
    fare_price_document_merge (json_node_get_object (root), json_node_get_object (self->shipped),
                               lists, list_names[i]);

  return commit (self, root, error);
}

gboolean
fare_price_edit_reset (FarePriceEdit *self,
                       const char    *id)
{
  return fare_price_document_find (self->root, id) != NULL
         && fare_price_document_put (self->root, id, NULL);
}

guint
fare_price_edit_reset_all (FarePriceEdit *self)
{
  JsonObject *object = json_node_get_object (self->root);
  JsonArray *models = fare_price_json_get_array (object, "models");
  guint n_entries = models != NULL ? json_array_get_length (models) : 0;

  if (json_object_has_member (object, "models"))
    json_object_remove_member (object, "models");
  for (guint i = 0; i < G_N_ELEMENTS (list_names); i++)
    if (json_object_has_member (object, list_names[i]))
      json_object_remove_member (object, list_names[i]);

  return n_entries;
}

JsonNode *
fare_price_edit_get_shipped (FarePriceEdit *self,
                             const char    *id)
{
  return fare_price_document_find (self->shipped, id);
}

JsonNode *
fare_price_edit_dup_entry (FarePriceEdit *self,
                           const char    *id)
{
  JsonNode *entry = fare_price_document_find (self->root, id);

  if (entry == NULL)
    entry = fare_price_document_find (self->shipped, id);

  return entry != NULL && !is_removal (entry) ? fare_price_json_copy (entry) : NULL;
}

GStrv
fare_price_edit_dup_ids (FarePriceEdit *self)
{
  JsonArray *models = fare_price_json_get_array (json_node_get_object (self->root), "models");
  g_autoptr(GStrvBuilder) ids = g_strv_builder_new ();

  for (guint i = 0; models != NULL && i < json_array_get_length (models); i++)
    {
      JsonNode *entry = json_array_get_element (models, i);
      const char *id = JSON_NODE_HOLDS_OBJECT (entry)
                           ? fare_price_json_get_string (json_node_get_object (entry), "id")
                           : NULL;

      if (id != NULL)
        g_strv_builder_add (ids, id);
    }

  return g_strv_builder_end (ids);
}

FareSellers *
fare_price_edit_get_sellers (FarePriceEdit *self)
{
  return self->sellers;
}

char *
fare_price_edit_dup_id (FarePriceEdit *self,
                        const char    *name)
{
  g_autofree char *normal = fare_model_name_normalise (name);
  const char *slash = strchr (normal, '/');
  g_autofree char *prefix = slash != NULL ? g_strndup (normal, slash - normal) : NULL;
  g_autofree char *rest = NULL;
  const char *detail = NULL;

  if (slash == NULL)
    return normal[0] != '\0' ? g_steal_pointer (&normal) : NULL;

  rest = fare_price_edit_dup_id (self, slash + 1);
  switch (fare_sellers_find (self->sellers, prefix, &detail))
    {
    case FARE_SELLER_VENDOR:
      return g_steal_pointer (&rest);

    case FARE_SELLER_GATEWAY:
    case FARE_SELLER_HOST:
      return rest != NULL && detail != NULL ? g_strconcat (detail, "/", rest, NULL)
                                            : g_steal_pointer (&rest);

    case FARE_SELLER_LOCAL:
    case FARE_SELLER_UNKNOWN:
    default:
      return NULL;
    }
}

FarePriceEdit *
fare_price_edit_open (const char  *shipped_path,
                      const char  *user_path,
                      GError     **error)
{
  g_autoptr(FarePriceFile) shipped = fare_price_file_load (shipped_path, NULL, error);
  g_autoptr(FarePriceFile) own = NULL;
  g_autoptr(JsonNode) root = NULL;
  FarePriceEdit *self = NULL;

  if (shipped == NULL)
    return NULL;

  root = g_file_test (user_path, G_FILE_TEST_EXISTS) ? fare_price_json_load (user_path, error)
                                                     : fare_price_document_create ();
  own = root != NULL ? fare_price_file_read (root, user_path, NULL, error) : NULL;
  if (own == NULL)
    return NULL;

  self = g_new0 (FarePriceEdit, 1);
  self->path = g_strdup (user_path);
  self->shipped = json_node_ref (shipped->root);
  self->root = g_steal_pointer (&root);
  self->problems = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->sellers = fare_sellers_new ();
  fare_price_file_add_sellers (shipped, self->sellers);
  fare_price_file_add_sellers (own, self->sellers);
  note_problems (own, self->problems);
  return self;
}

void
fare_price_edit_free (FarePriceEdit *self)
{
  g_free (self->path);
  json_node_unref (self->shipped);
  json_node_unref (self->root);
  g_hash_table_unref (self->problems);
  fare_sellers_free (self->sellers);
  g_free (self);
}

gboolean
fare_price_edit_save (FarePriceEdit  *self,
                      GError        **error)
{
  g_autofree char *text = fare_price_json_to_text (self->root);
  /* The file may be a link into a folder of settings under version control. */
  char *target = realpath (self->path, NULL);
  const char *path = target != NULL ? target : self->path;
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr(GError) local_error = NULL;
  gboolean is_saved = FALSE;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    local_error = g_error_new_literal (G_FILE_ERROR, g_file_error_from_errno (errno),
                                       g_strerror (errno));
  else
    is_saved = g_file_set_contents_full (path, text, -1,
                                         G_FILE_SET_CONTENTS_CONSISTENT
                                         | G_FILE_SET_CONTENTS_DURABLE,
                                         0644, &local_error);

  if (!is_saved)
    g_set_error (error, FARE_PRICE_ERROR, FARE_PRICE_ERROR_READ, _("Cannot write “%s”: %s"),
                 self->path, local_error->message);
  free (target);
  return is_saved;
}
