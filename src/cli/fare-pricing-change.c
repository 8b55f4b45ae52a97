/* fare-pricing-change.c
 *
 * tokenfare pricing set, reset, import and check: the user's own price file.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "fare-json-writer.h"
#include "fare-pricing-actions.h"
#include "fare-print.h"
#include "pricing/fare-price-edit.h"
#include "pricing/fare-price-import.h"
#include "pricing/fare-price-list.h"

FarePriceBook *
fare_pricing_load_book (const FarePricingRequest *request,
                        FareExit                 *status)
{
  g_autofree char *warning = NULL;
  g_autoptr(GError) error = NULL;
  FarePriceBook *book = fare_price_book_load (request->shipped_path, request->user_path, &warning,
                                              &error);

  if (book == NULL)
    *status = fare_command_failed (error);
  else if (warning != NULL)
    fare_print_message ("%s", warning);

  return book;
}

/* The id that the user means: an entry in force by any of its names, else a new one. */
static char *
dup_id (FarePriceBook *book,
        FarePriceEdit *edit,
        const char    *name)
{
  g_autofree char *id = NULL;
  const FarePriceEntry *entry = fare_price_book_find_entry (book, name);

  if (entry == NULL)
    {
      id = fare_price_edit_dup_id (edit, name);
      entry = id != NULL ? fare_price_book_find_entry (book, id) : NULL;
    }

  return entry != NULL ? g_strdup (fare_price_entry_get_id (entry)) : g_steal_pointer (&id);
}

static FareExit
save (FarePriceEdit *edit)
{
  g_autoptr(GError) error = NULL;

  return fare_price_edit_save (edit, &error) ? FARE_EXIT_DONE : fare_command_failed (error);
}

static void
write_member (const char *name,
              const char *value)
{
  g_autoptr(FareJsonWriter) writer = fare_json_writer_new (FALSE);

  fare_json_writer_begin_object (writer, NULL);
  fare_json_writer_add_string (writer, name, value);
  fare_json_writer_end_object (writer);
}

FareExit
fare_pricing_set (const FarePricingRequest *request)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(FarePriceEdit) edit = fare_price_edit_open (request->shipped_path, request->user_path,
                                                        &error);
  g_autoptr(FarePriceBook) book = NULL;
  g_autofree char *id = NULL;
  FarePriceChange change = {
    .provider = request->provider,
    .aliases = (const char * const *) request->aliases,
    .from = request->from,
    .card = request->card,
    .now_ms = request->now_ms,
  };
  FareExit status;

  if (edit == NULL)
    return fare_command_failed (error);
  book = fare_pricing_load_book (request, &status);
  if (book == NULL)
    return status;

  change.id = id = dup_id (book, edit, request->word);
  if (id == NULL)
    {
      fare_print_message (_("“%s” cannot be given a price: who sells it is not known."),
                          request->word);
      return FARE_EXIT_FAILED;
    }

  if (!fare_price_edit_set (edit, &change, &error))
    return fare_command_failed (error);
  status = save (edit);
  if (status != FARE_EXIT_DONE)
    return status;

  if (request->json)
    write_member ("entry", id);
  else
    fare_print (_("“%s” now has your own price.\n"), id);
  return FARE_EXIT_DONE;
}

static FareExit
reset_all (const FarePricingRequest *request,
           FarePriceEdit            *edit)
{
  guint n_entries = fare_price_edit_reset_all (edit);
  FareExit status = save (edit);

  if (status != FARE_EXIT_DONE)
    return status;

  if (request->json)
    {
      g_autoptr(FareJsonWriter) writer = fare_json_writer_new (FALSE);

      fare_json_writer_begin_object (writer, NULL);
      fare_json_writer_add_int (writer, "reset", n_entries);
      fare_json_writer_end_object (writer);
    }
  else
    {
      fare_print (ngettext ("%u price of your own was dropped; the shipped ones hold.\n",
                            "%u prices of your own were dropped; the shipped ones hold.\n",
                            n_entries),
                  n_entries);
    }
  return FARE_EXIT_DONE;
}

FareExit
fare_pricing_reset (const FarePricingRequest *request)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(FarePriceEdit) edit = fare_price_edit_open (request->shipped_path, request->user_path,
                                                        &error);
  g_autoptr(FarePriceBook) book = NULL;
  g_autofree char *id = NULL;
  FareExit status;

  if (edit == NULL)
    return fare_command_failed (error);
  if (request->all)
    return reset_all (request, edit);

  book = fare_pricing_load_book (request, &status);
  if (book == NULL)
    return status;

  /* An entry that was left out for a fault is in no book, but can be dropped by its id. */
  id = dup_id (book, edit, request->word);
  if (!fare_price_edit_reset (edit, request->word)
      && (id == NULL || !fare_price_edit_reset (edit, id)))
    {
      fare_print_message (_("You have no price of your own for “%s”."), request->word);
      return FARE_EXIT_FAILED;
    }

  status = save (edit);
  if (status != FARE_EXIT_DONE)
    return status;

  if (request->json)
    write_member ("entry", id != NULL ? id : request->word);
  else
    fare_print (_("Your own price for “%s” was dropped.\n"), id != NULL ? id : request->word);
  return FARE_EXIT_DONE;
}

static void
write_import (const FarePriceImport *report)
{
  g_autoptr(FareJsonWriter) writer = fare_json_writer_new (FALSE);

  fare_json_writer_begin_object (writer, NULL);
  fare_json_writer_add_int (writer, "imported", report->n_taken);
  fare_json_writer_add_int (writer, "same", report->n_same);
  fare_json_writer_add_int (writer, "left_out", report->problems->len);
  fare_json_writer_end_object (writer);
}

FareExit
fare_pricing_import (const FarePricingRequest *request)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(FarePriceEdit) edit = fare_price_edit_open (request->shipped_path, request->user_path,
                                                        &error);
  g_auto(FarePriceImport) report = { 0 };
  FareExit status;

  if (edit == NULL || !fare_price_import (edit, request->word, request->now_ms, &report, &error))
    return fare_command_failed (error);

  status = save (edit);
  if (status != FARE_EXIT_DONE)
    return status;

  for (guint i = 0; i < report.problems->len; i++)
    fare_print_message ("%s", (const char *) report.problems->pdata[i]);

  if (request->json)
    {
      write_import (&report);
      return FARE_EXIT_DONE;
    }

  fare_print (ngettext ("%u price was taken over.\n", "%u prices were taken over.\n",
                        report.n_taken),
              report.n_taken);
  if (report.n_same > 0)
    fare_print (ngettext ("%u was left out because the shipped table says the same.\n",
                          "%u were left out because the shipped table says the same.\n",
                          report.n_same),
                report.n_same);
  return FARE_EXIT_DONE;
}

static void
write_check (FarePriceBook *book,
             guint          n_faults)
{
  g_autoptr(FareJsonWriter) writer = fare_json_writer_new (FALSE);

  fare_json_writer_begin_object (writer, NULL);
  fare_json_writer_add_string (writer, "updated", fare_price_book_get_updated (book));
  fare_json_writer_add_int (writer, "entries", fare_price_book_get_n_entries (book));
  fare_json_writer_add_int (writer, "faults", n_faults);
  fare_json_writer_end_object (writer);
}

FareExit
fare_pricing_check (const FarePricingRequest *request)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(FarePriceBook) book = fare_price_book_load (request->shipped_path, request->user_path,
                                                        NULL, &error);
  const char * const *problems = NULL;
  guint n_faults = 0;

  if (book == NULL)
    return fare_command_failed (error);

  problems = fare_price_book_get_problems (book);
  for (; problems[n_faults] != NULL; n_faults++)
    fare_print_message ("%s", problems[n_faults]);

  if (request->json)
    write_check (book, n_faults);
  else if (n_faults == 0)
    fare_print (ngettext ("The price files have no faults and price %u model.\n",
                          "The price files have no faults and price %u models.\n",
                          fare_price_book_get_n_entries (book)),
                fare_price_book_get_n_entries (book));

  return n_faults == 0 ? FARE_EXIT_DONE : FARE_EXIT_FAILED;
}
