/* fare-doctor-port.c
 *
 * Who answers where our interface for other programs is expected.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "doctor/fare-doctor-private.h"

#include "../http/fare-http-rival.h"
#include "fare-port.h"

void
fare_doctor_look_at_port (FareDoctor *self)
{
  g_auto(FarePort) found = { 0 };
  FareDoctorPort *port = &self->port;

  port->number = fare_port_get_wanted (self->paths);
  fare_port_ask (port->number, &found);
  if (!found.is_open)
    return;

  port->state = found.is_tokenfare ? FARE_DOCTOR_PORT_OURS
                : found.is_tokdash ? FARE_DOCTOR_PORT_TOKDASH : FARE_DOCTOR_PORT_FOREIGN;
  port->version = g_strdup (found.version);
  if (port->state == FARE_DOCTOR_PORT_FOREIGN)
    port->owner = fare_http_rival_find (port->number);
}
