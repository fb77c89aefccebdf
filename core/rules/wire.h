/* The words of the wire, which are not those of the screens. */
#ifndef RULES_WIRE_H
#define RULES_WIRE_H

#include "core/rules/model.h"

/* "investigating", "identified", "monitoring", "resolved". */
const char *wire_incident_state(enum incident_status status);
/* "up", "degraded-performance", "down". */
const char *wire_service_status(enum service_status status);
/* "Alert", "Ok", "Reminder". */
const char *wire_alert_type(enum alert_type type);

#endif
