/* fare-pricing-form.h
 *
 * What a form says about a model's price, to be carried to the worker that writes it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "pricing/fare-price-revision.h"

G_BEGIN_DECLS

typedef struct
{
  char          *id;              /* (nullable): NULL when it follows from the logged name */
  char          *logged_provider; /* (nullable) */
  char          *logged_name;     /* (nullable) */
  char          *name;            /* (nullable): NULL leaves it */
  char          *provider;        /* (nullable): NULL leaves it */
  GStrv          aliases;         /* (nullable): NULL leaves them */
  gboolean       has_card;
  char          *from;            /* (nullable): "YYYY-MM-DD" of a price of its own */
  FareRateCard   card;
} FarePricingForm;

FarePricingForm *fare_pricing_form_new   (void) G_GNUC_WARN_UNUSED_RESULT;
void             fare_pricing_form_free  (FarePricingForm *self);

/* Each is a #FarePricingEditFunc of a #FarePricingForm.  @form's id, or logged name, says which
 * model is meant. */
gboolean         fare_pricing_form_save      (FarePriceEdit  *edit,
                                              gpointer        form,
                                              GError        **error);

/* Adds the form's aliases to those that the entry has. */
gboolean         fare_pricing_form_add_names (FarePriceEdit  *edit,
                                              gpointer        form,
                                              GError        **error);
gboolean         fare_pricing_form_hide      (FarePriceEdit  *edit,
                                              gpointer        form,
                                              GError        **error);
gboolean         fare_pricing_form_reset     (FarePriceEdit  *edit,
                                              gpointer        form,
                                              GError        **error);
gboolean         fare_pricing_form_reset_all (FarePriceEdit  *edit,
                                              gpointer        form,
                                              GError        **error);

/* Make the unknown seller of the logged name a gateway, or a server on this machine. */
gboolean         fare_pricing_form_gateway   (FarePriceEdit  *edit,
                                              gpointer        form,
                                              GError        **error);
gboolean         fare_pricing_form_local     (FarePriceEdit  *edit,
                                              gpointer        form,
                                              GError        **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FarePricingForm, fare_pricing_form_free)

G_END_DECLS
