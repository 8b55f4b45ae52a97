/* fare-doctor-private.h
 *
 * The parts of an examination; each fills what its name says, in this order, and none fails.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "base/fare-settings.h"
#include "doctor/fare-doctor.h"
#include "index/fare-index-reader.h"

G_BEGIN_DECLS

void fare_doctor_look_at_places   (FareDoctor      *self);
void fare_doctor_look_at_settings (FareDoctor      *self,
                                   FareSettings    *settings);

/**
 * fare_doctor_look_at_index:
 *
 * Returns: (transfer full) (nullable): a snapshot, where the index can be read
 */
FareIndexReader *fare_doctor_look_at_index (FareDoctor *self) G_GNUC_WARN_UNUSED_RESULT;

/* @reader is %NULL where the index cannot tell. */
void fare_doctor_look_at_sources  (FareDoctor      *self,
                                   FareSettings    *settings,
                                   FareIndexReader *reader);
void fare_doctor_look_at_prices   (FareDoctor      *self,
                                   FareIndexReader *reader);
void fare_doctor_look_at_zone     (FareDoctor      *self);
void fare_doctor_look_at_programs (FareDoctor      *self);
void fare_doctor_look_at_port     (FareDoctor      *self);
void fare_doctor_look_at_desktop  (FareDoctor      *self,
                                   FareSettings    *settings);
void fare_doctor_look_at_line     (FareDoctor      *self);
void fare_doctor_look_at_setup    (FareDoctor      *self);

/**
 * fare_doctor_judge:
 *
 * Makes issues and notes of the facts; looks at nothing else.
 */
void fare_doctor_judge            (FareDoctor      *self);

/* Parts of fare_doctor_print(). */
void fare_doctor_print_sources    (FareDoctor      *self);
void fare_doctor_print_failures   (FareDoctor      *self);

G_END_DECLS
