/* fare-pricing-field.h
 *
 * A row of a form to type into, and under it what is to be said about that.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

typedef struct
{
  AdwEntryRow *row;      /* NULL as long as there is no such row */
  GtkWidget   *hint_row;
  GtkLabel    *hint;
} FarePricingField;

/**
 * fare_pricing_field_init:
 * @list: where the rows are added; it owns them
 */
void  fare_pricing_field_init     (FarePricingField       *self,
                                   GtkListBox             *list,
                                   const char             *title);

/**
 * fare_pricing_field_dup_text:
 *
 * Returns: (transfer full): what was typed, without blanks around it
 */
char *fare_pricing_field_dup_text (const FarePricingField *self) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_pricing_field_show:
 * @error: (nullable): why it cannot be taken as it is
 * @remark: (nullable): what is to be said where there is no error
 */
void  fare_pricing_field_show     (FarePricingField       *self,
                                   const char             *error,
                                   const char             *remark);

G_END_DECLS
