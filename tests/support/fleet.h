/* A database on a file with many monitors, each linked to a service of its own at one
 * receiver: monitor M0 to service S0 at BASE/S0, and so on; one level of one error;
 * live. */
#ifndef TESTS_SUPPORT_FLEET_H
#define TESTS_SUPPORT_FLEET_H

#include "core/store.h"
#include "tests/support/place.h"

struct fleet {
	struct place place;
	int64_t first_monitor_id; /* M0's; the others follow */
	int count;
};

void fleet_open(struct fleet *fleet, const char *base_url, int count);
void fleet_close(struct fleet *fleet);

/* Records an event of monitor M<number>, through whichever connection. */
void fleet_event(const struct fleet *fleet, struct store *store, int number,
		 enum event_state state);

#endif
