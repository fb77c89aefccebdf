/* Memory that fails: stands in front of the C library's allocations. Only in the programs that
 * are linked with it (Makefile). */
#ifndef TESTS_SUPPORT_MEMORY_H
#define TESTS_SUPPORT_MEMORY_H

#include <stdatomic.h>
#include <stdbool.h>

struct memory_plan {
	long at; /* the allocation that fails, counted from memory_use; the first is 1 */
	bool for_good; /* all that follow, too */
};

/* From now on, for all threads. */
void memory_use(const struct memory_plan *wanted);

/* Spares this thread, or no longer: what it asks for is given, and not counted. */
void memory_spare(bool spared);

/* How many allocations were asked for since. */
long memory_asked(void);

/* Counts there from now on: in memory that is shared with who wants to know, perhaps. */
void memory_count_at(atomic_long *counter);

#endif
