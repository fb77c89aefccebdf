/* One database whose engine is killed again and again while events come in through its
 * listener. What happens stands in the book, in order: what the receiver hears
 * (storm_receiver.h), "event M<n> STATE" for each event that was answered 202, and "kill". */
#ifndef TESTS_SUPPORT_STORM_LANE_H
#define TESTS_SUPPORT_STORM_LANE_H

#include <stdint.h>

enum { STORM_SERVICES = 6 };

struct storm_plan {
	const char *engine; /* path of hublink-engine */
	const char *folder; /* for database and book: folder/book */
	int kills;
	uint64_t seed;
};

/* In a process of its own, which ends: 0, or 1 with a sentence on standard error. */
_Noreturn void storm_lane_run(const struct storm_plan *plan);

#endif
