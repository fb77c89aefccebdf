/* The gates between a trigger and a service (R3), in their order, as one table: the judge
 * stops at the first shut one, `explain` prints them all. */
#ifndef RULES_ROUTE_H
#define RULES_ROUTE_H

#include "core/base/buf.h"
#include "core/rules/model.h"

enum route_gate {
	ROUTE_MONITOR, /* monitor active */
	ROUTE_DEFINITION, /* definition active (that it holds the monitor is what makes the path) */
	ROUTE_LEVEL,     /* level active */
	ROUTE_PLACEMENT, /* integration placed and ticked in that level */
	ROUTE_LINK,      /* a link from the monitor to a service in that placement */
	ROUTE_OPEN,      /* no gate is shut: the alert reaches the service */
};

bool route_gate_is_open(const struct path *path, enum route_gate gate);

/* The first gate that is shut; ROUTE_OPEN if none is. */
enum route_gate route_first_shut(const struct path *path);

/* Append a sentence without its full stop: why the gate is shut, and the remedy; or, when
 * it is open, what it found. Names are added as they are: whoever shows the text makes it
 * safe. */
void route_say(const struct path *path, enum route_gate gate, struct buf *ret);

#endif
