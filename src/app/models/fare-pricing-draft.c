/* fare-pricing-draft.c
 *
 * The user's price file while it is edited as text.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "models/fare-pricing-change.h"
#include "models/fare-pricing-draft.h"
#include "pricing/fare-price-document.h"
#include "pricing/fare-price-file.h"
#include "pricing/fare-price-json.h"

/* How long after the last key the text is looked over. */
#define CHECK_MS 300

struct _FarePricingDraft
{
  GObject           parent_instance;

  GtkTextBuffer    *own;         /* what is typed */
  GtkTextBuffer    *shipped;

  FareMeter        *meter;
  GBytes           *base;        /* what the file held; NULL for no file */
  FarePricingCheck *check;       /* NULL: not looked over yet */
  char             *trouble;     /* (nullable): why the file cannot be read */
  guint             check_id;
  guint             generation;  /* of the text; an answer about an older one is dropped */
  guint             is_loading : 1;
  guint             is_broken : 1; /* the file is no text and must not be touched here */
};

G_DEFINE_FINAL_TYPE (FarePricingDraft, fare_pricing_draft, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static char *
dup_buffer (GtkTextBuffer *buffer)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);

  return gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
}

/* What travels to a worker: a text, and the generation it is of. */
typedef struct
{
  FareMeter *meter;
  char      *text;
  guint      generation;
} Errand;

static void
errand_free (gpointer data)
{
  Errand *errand = data;

  g_object_unref (errand->meter);
  g_free (errand->text);
  g_free (errand);
}

static GTask *
create_task (FarePricingDraft     *self,
             GAsyncReadyCallback  callback)
{
  GTask *task = g_task_new (self, NULL, callback, NULL);
  Errand *errand = g_new0 (Errand, 1);

  errand->meter = g_object_ref (self->meter);
  errand->text = dup_buffer (self->own);
  errand->generation = self->generation;
  g_task_set_task_data (task, errand, errand_free);

  return task;
}

static void
check_in_thread (GTask        *task,
                 gpointer      source_object,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  Errand *errand = task_data;
  FarePaths *paths = fare_meter_get_paths (errand->meter);
  g_autofree char *energy = g_build_filename (fare_paths_get_pkgdata_dir (paths), "energy.json",
                                              NULL);
  g_autoptr(GHashTable) classes = fare_price_file_load_classes (energy);

  g_task_return_pointer (task, fare_pricing_check_text (errand->text, classes),
                         (GDestroyNotify) fare_pricing_check_free);
}

static void
checked_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  FarePricingDraft *self = FARE_PRICING_DRAFT (object);
  Errand *errand = g_task_get_task_data (G_TASK (result));
  FarePricingCheck *check = g_task_propagate_pointer (G_TASK (result), NULL);

  if (errand->generation != self->generation || self->own == NULL)
    {
      fare_pricing_check_free (check);
      return;
    }

  g_clear_pointer (&self->check, fare_pricing_check_free);
  self->check = check;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static gboolean
check_now_cb (gpointer user_data)
{
  FarePricingDraft *self = user_data;
  g_autoptr(GTask) task = create_task (self, checked_cb);

  self->check_id = 0;
  g_task_run_in_thread (task, check_in_thread);

  return G_SOURCE_REMOVE;
}

static void
buffer_changed_cb (FarePricingDraft *self)
{
  self->generation++;
  g_clear_handle_id (&self->check_id, g_source_remove);
  if (self->meter != NULL)
    self->check_id = g_timeout_add (self->is_loading ? 0 : CHECK_MS, check_now_cb, self);
  /* Until it was looked over again nothing is known about the text. */
  g_clear_pointer (&self->check, fare_pricing_check_free);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
modified_cb (FarePricingDraft *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
set_text (FarePricingDraft *self,
          GtkTextBuffer   *buffer,
          const char      *text)
{
  self->is_loading = TRUE;
  gtk_text_buffer_begin_irreversible_action (buffer);
  gtk_text_buffer_set_text (buffer, text, -1);
  gtk_text_buffer_end_irreversible_action (buffer);
  gtk_text_buffer_set_modified (buffer, FALSE);
  self->is_loading = FALSE;
}

/* What the files hold. */
typedef struct
{
  GBytes *own;     /* NULL: no file */
  char   *shipped;
  char   *empty;   /* what to begin with where there is no file */
} Contents;

static void
contents_free (gpointer data)
{
  Contents *contents = data;

  g_clear_pointer (&contents->own, g_bytes_unref);
  g_free (contents->shipped);
  g_free (contents->empty);
  g_free (contents);
}

static void
load_in_thread (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Errand *errand = task_data;
  FarePaths *paths = fare_meter_get_paths (errand->meter);
  g_autofree char *shipped = g_build_filename (fare_paths_get_pkgdata_dir (paths), "models.json",
                                               NULL);
  g_autoptr(JsonNode) empty = fare_price_document_create ();
  Contents *contents = g_new0 (Contents, 1);
  GError *error = NULL;

  contents->empty = fare_price_json_to_text (empty);
  if (!g_file_get_contents (shipped, &contents->shipped, NULL, NULL))
    contents->shipped = g_strdup ("");

  if (fare_pricing_change_read (fare_paths_get_prices_file (paths), &contents->own, &error))
    g_task_return_pointer (task, contents, contents_free);
  else
    {
      contents_free (contents);
      g_task_return_error (task, error);
    }
}

static void
show_contents (FarePricingDraft *self,
               Contents        *contents)
{
  gsize length = 0;
  const char *text = contents->own != NULL ? g_bytes_get_data (contents->own, &length) : NULL;
  g_autofree char *own = text != NULL ? g_strndup (text, length) : g_strdup (contents->empty);

  /* An empty file is one, too. */
  if (contents->own != NULL && text == NULL)
    own[0] = '\0';

  g_clear_pointer (&self->base, g_bytes_unref);
  self->base = g_steal_pointer (&contents->own);
  self->is_broken = text != NULL && !g_utf8_validate (text, (gssize) length, NULL);
  g_clear_pointer (&self->trouble, g_free);
  if (self->is_broken)
    {
      g_free (own);
      own = g_utf8_make_valid (text, (gssize) length);
    }

  set_text (self, self->own, own);
  if (gtk_text_buffer_get_char_count (self->shipped) == 0 &&
      g_utf8_validate (contents->shipped, -1, NULL))
    set_text (self, self->shipped, contents->shipped);
}

static void
loaded_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  FarePricingDraft *self = FARE_PRICING_DRAFT (object);
  g_autoptr(GError) error = NULL;
  Contents *contents = g_task_propagate_pointer (G_TASK (result), &error);

  if (self->own == NULL)
    {
      g_clear_pointer (&contents, contents_free);
      return;
    }

  if (contents == NULL)
    {
      self->is_broken = TRUE;
      g_free (self->trouble);
      self->trouble = g_strdup (error->message);
      g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
      return;
    }

  /* Somebody has begun to type meanwhile; what was typed counts. */
  if (!fare_pricing_draft_is_unsaved (self))
    {
      gboolean is_same = self->base != NULL && contents->own != NULL &&
                         g_bytes_equal (self->base, contents->own);

      if (!is_same || self->is_broken)
        show_contents (self, contents);
    }
  contents_free (contents);
}

void
fare_pricing_draft_refresh (FarePricingDraft *self)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (FARE_IS_PRICING_DRAFT (self));

  if (fare_pricing_draft_is_unsaved (self) || self->meter == NULL)
    return;

  task = create_task (self, loaded_cb);
  g_task_run_in_thread (task, load_in_thread);
}

static void
format_in_thread (GTask        *task,
                  gpointer      source_object,
                  gpointer      task_data,
                  GCancellable *cancellable)
{
  Errand *errand = task_data;
  g_autoptr(JsonNode) root = fare_price_json_parse (errand->text, strlen (errand->text),
                                                    "prices.json", NULL);

  g_task_return_pointer (task, root != NULL ? fare_price_json_to_text (root) : NULL, g_free);
}

static void
formatted_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  FarePricingDraft *self = FARE_PRICING_DRAFT (object);
  Errand *errand = g_task_get_task_data (G_TASK (result));
  g_autofree char *text = g_task_propagate_pointer (G_TASK (result), NULL);
  GtkTextIter start, end;

  if (text == NULL || errand->generation != self->generation || self->own == NULL ||
      g_str_equal (text, errand->text))
    return;

  /* One step for undo. */
  gtk_text_buffer_begin_user_action (self->own);
  gtk_text_buffer_get_bounds (self->own, &start, &end);
  gtk_text_buffer_delete (self->own, &start, &end);
  gtk_text_buffer_insert (self->own, &start, text, -1);
  gtk_text_buffer_end_user_action (self->own);
}

void
fare_pricing_draft_format (FarePricingDraft *self)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (FARE_IS_PRICING_DRAFT (self));

  task = create_task (self, formatted_cb);
  g_task_run_in_thread (task, format_in_thread);
}

static void
fare_pricing_draft_dispose (GObject *object)
{
  FarePricingDraft *self = FARE_PRICING_DRAFT (object);

  g_clear_handle_id (&self->check_id, g_source_remove);
  if (self->own != NULL)
    g_signal_handlers_disconnect_by_data (self->own, self);
  g_clear_object (&self->own);
  g_clear_object (&self->shipped);
  g_clear_object (&self->meter);
  g_clear_pointer (&self->base, g_bytes_unref);
  g_clear_pointer (&self->check, fare_pricing_check_free);
  g_clear_pointer (&self->trouble, g_free);

  G_OBJECT_CLASS (fare_pricing_draft_parent_class)->dispose (object);
}

static void
fare_pricing_draft_class_init (FarePricingDraftClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = fare_pricing_draft_dispose;

  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
fare_pricing_draft_init (FarePricingDraft *self)
{
  self->own = gtk_text_buffer_new (NULL);
  self->shipped = gtk_text_buffer_new (NULL);
  gtk_text_buffer_set_enable_undo (self->own, TRUE);
  g_signal_connect_swapped (self->own, "changed", G_CALLBACK (buffer_changed_cb), self);
  g_signal_connect_swapped (self->own, "modified-changed", G_CALLBACK (modified_cb), self);
}

FarePricingDraft *
fare_pricing_draft_new (FareMeter *meter)
{
  FarePricingDraft *self;

  g_return_val_if_fail (FARE_IS_METER (meter), NULL);

  self = g_object_new (FARE_TYPE_PRICING_DRAFT, NULL);
  self->meter = g_object_ref (meter);

  return self;
}

GtkTextBuffer *
fare_pricing_draft_get_buffer (FarePricingDraft *self)
{
  g_return_val_if_fail (FARE_IS_PRICING_DRAFT (self), NULL);

  return self->own;
}

GtkTextBuffer *
fare_pricing_draft_get_shipped (FarePricingDraft *self)
{
  g_return_val_if_fail (FARE_IS_PRICING_DRAFT (self), NULL);

  return self->shipped;
}

const FarePricingCheck *
fare_pricing_draft_get_check (FarePricingDraft *self)
{
  g_return_val_if_fail (FARE_IS_PRICING_DRAFT (self), NULL);

  return self->check;
}

const char *
fare_pricing_draft_get_trouble (FarePricingDraft *self)
{
  g_return_val_if_fail (FARE_IS_PRICING_DRAFT (self), NULL);

  if (self->is_broken && self->trouble == NULL)
    return _("The file is not text in UTF-8 and cannot be edited here.");

  return self->trouble;
}

gboolean
fare_pricing_draft_is_unsaved (FarePricingDraft *self)
{
  g_return_val_if_fail (FARE_IS_PRICING_DRAFT (self), FALSE);

  return self->own != NULL && gtk_text_buffer_get_modified (self->own);
}

gboolean
fare_pricing_draft_can_save (FarePricingDraft *self)
{
  g_return_val_if_fail (FARE_IS_PRICING_DRAFT (self), FALSE);

  return !self->is_broken && self->check != NULL && self->check->can_save;
}

GBytes *
fare_pricing_draft_dup_text (FarePricingDraft *self)
{
  char *text;

  g_return_val_if_fail (FARE_IS_PRICING_DRAFT (self), NULL);

  text = dup_buffer (self->own);

  return g_bytes_new_take (text, strlen (text));
}

GBytes *
fare_pricing_draft_get_base (FarePricingDraft *self)
{
  g_return_val_if_fail (FARE_IS_PRICING_DRAFT (self), NULL);

  return self->base;
}

void
fare_pricing_draft_set_saved (FarePricingDraft *self,
                             GBytes          *contents)
{
  g_autoptr(GBytes) text = NULL;

  g_return_if_fail (FARE_IS_PRICING_DRAFT (self));
  g_return_if_fail (contents != NULL);

  g_clear_pointer (&self->base, g_bytes_unref);
  self->base = g_bytes_ref (contents);
  text = fare_pricing_draft_dup_text (self);
  /* What was typed while it was written is not saved. */
  gtk_text_buffer_set_modified (self->own, !g_bytes_equal (text, contents));
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

void
fare_pricing_draft_discard (FarePricingDraft *self)
{
  g_return_if_fail (FARE_IS_PRICING_DRAFT (self));

  /* What is there now is not what the file says, whatever that is. */
  g_clear_pointer (&self->base, g_bytes_unref);
  gtk_text_buffer_set_modified (self->own, FALSE);
  fare_pricing_draft_refresh (self);
}
