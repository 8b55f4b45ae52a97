/* fare-stat-card.c
 *
 * One headline figure.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "widgets/fare-quiet-label.h"
#include "widgets/fare-quiet-tooltip.h"
#include "widgets/fare-share-bar.h"
#include "widgets/fare-stat-card.h"
#include "widgets/fare-still-label.h"

struct _FareStatCard
{
  GtkBox      parent_instance;

  GtkLabel   *caption_label;
  GtkLabel   *note_label;
  FareStillLabel *value_label;
  FareStillLabel *detail_label;
  GtkSpinner *spinner;
  FareShareBar *level_bar;

  guint       is_name : 1;
};

G_DEFINE_FINAL_TYPE (FareStatCard, fare_stat_card, GTK_TYPE_BOX)

enum
{
  PROP_0,
  PROP_CAPTION,
  PROP_IS_NAME,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
set_is_name (FareStatCard *self,
             gboolean      is_name)
{
  GtkWidget *value = GTK_WIDGET (self->value_label);

  self->is_name = !!is_name;

  if (is_name)
    {
      gtk_widget_remove_css_class (value, "title-1");
      gtk_widget_add_css_class (value, "title-4");
    }

  g_object_set (self->value_label,
                "wrap", is_name,
                "ellipsize", is_name ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE,
                NULL);
}

static void
show_spinner (FareStatCard *self,
              gboolean      show)
{
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), show);
  gtk_spinner_set_spinning (self->spinner, show);
}

static void
fare_stat_card_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), FARE_TYPE_STAT_CARD);

  G_OBJECT_CLASS (fare_stat_card_parent_class)->dispose (object);
}

static void
fare_stat_card_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  FareStatCard *self = FARE_STAT_CARD (object);

  switch (prop_id)
    {
    case PROP_CAPTION:
      g_value_set_string (value, gtk_label_get_label (self->caption_label));
      break;

    case PROP_IS_NAME:
      g_value_set_boolean (value, self->is_name);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
fare_stat_card_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  FareStatCard *self = FARE_STAT_CARD (object);

  switch (prop_id)
    {
    case PROP_CAPTION:
      gtk_label_set_label (self->caption_label, g_value_get_string (value));
      fare_stat_card_blank (self, FALSE);
      break;

    case PROP_IS_NAME:
      set_is_name (self, g_value_get_boolean (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
fare_stat_card_class_init (FareStatCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = fare_stat_card_dispose;
  object_class->get_property = fare_stat_card_get_property;
  object_class->set_property = fare_stat_card_set_property;

  properties[PROP_CAPTION] =
    g_param_spec_string ("caption", NULL, NULL, NULL, flags);
  properties[PROP_IS_NAME] =
    g_param_spec_boolean ("is-name", NULL, NULL, FALSE, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  g_type_ensure (FARE_TYPE_SHARE_BAR);
  g_type_ensure (FARE_TYPE_STILL_LABEL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/tokenfare/Tokenfare/fare-stat-card.ui");
  gtk_widget_class_bind_template_child (widget_class, FareStatCard, caption_label);
  gtk_widget_class_bind_template_child (widget_class, FareStatCard, note_label);
  gtk_widget_class_bind_template_child (widget_class, FareStatCard, value_label);
  gtk_widget_class_bind_template_child (widget_class, FareStatCard, detail_label);
  gtk_widget_class_bind_template_child (widget_class, FareStatCard, spinner);
  gtk_widget_class_bind_template_child (widget_class, FareStatCard, level_bar);
}

static void
fare_stat_card_init (FareStatCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
fare_card_text_clear (FareCardText *text)
{
  g_clear_pointer (&text->value, g_free);
  g_clear_pointer (&text->detail, g_free);
  g_clear_pointer (&text->note, g_free);
  g_clear_pointer (&text->tooltip, g_free);
  g_clear_pointer (&text->spoken, g_free);
}

void
fare_stat_card_show (FareStatCard       *self,
                     const FareCardText *text)
{
  g_return_if_fail (FARE_IS_STAT_CARD (self));
  g_return_if_fail (text != NULL);

  show_spinner (self, FALSE);
  gtk_widget_set_size_request (GTK_WIDGET (self), -1, -1);
  fare_still_label_set_label (self->value_label, text->value);
  fare_still_label_set_label (self->detail_label, text->detail);
  fare_quiet_label_set (self->note_label, text->note != NULL ? text->note : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note_label), text->note != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->level_bar), text->has_level);
  g_object_set (self->level_bar,
                "fraction", text->has_level ? CLAMP (text->level, 0.0, 1.0) : 0.0,
                "slot", text->slot,
                NULL);
  fare_quiet_tooltip_set (GTK_WIDGET (self), text->tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, text->spoken, -1);
}

void
fare_stat_card_blank (FareStatCard *self,
                      gboolean      is_slow)
{
  int height;

  g_return_if_fail (FARE_IS_STAT_CARD (self));

  height = gtk_widget_get_allocated_height (GTK_WIDGET (self));
  if (height > 0)
    gtk_widget_set_size_request (GTK_WIDGET (self), -1, height);

  fare_still_label_set_label (self->value_label, "");
  fare_still_label_set_label (self->detail_label, "");
  g_object_set (self->level_bar, "fraction", 0.0, NULL);
  fare_quiet_tooltip_set (GTK_WIDGET (self), NULL);
  show_spinner (self, is_slow);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_label_get_label (self->caption_label), -1);
}

const char *
fare_stat_card_get_value (FareStatCard *self)
{
  g_return_val_if_fail (FARE_IS_STAT_CARD (self), NULL);

  return fare_still_label_get_label (self->value_label);
}

const char *
fare_stat_card_get_detail (FareStatCard *self)
{
  g_return_val_if_fail (FARE_IS_STAT_CARD (self), NULL);

  return fare_still_label_get_label (self->detail_label);
}
