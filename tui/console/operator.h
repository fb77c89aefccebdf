/* What an operator does to incidents and deliveries from the console: words asked, public
 * acts confirmed, then the same acts as the command line's (core/judge/act.h). */
#ifndef CONSOLE_OPERATOR_H
#define CONSOLE_OPERATOR_H

#include "tui/console/app.h"

/* Is action an operator's act on an incident, or on a delivery? Then it is asked for and
 * done; false: it is another action. */
bool operator_on_incident(struct app *app, enum action action, int64_t incident_id);
bool operator_on_delivery(struct app *app, enum action action, int64_t delivery_id);
/* An act on updates, of the incident's first one that waits: says so if none does. */
bool operator_on_waiting(struct app *app, enum action action, int64_t incident_id);

/* Resolves all that are in Monitoring, once that is confirmed. */
void operator_resolve_monitoring(struct app *app);

#endif
