/* Memory that fails: stands in front of the C library's allocations. Only in the programs that
 * are linked with it (Makefile). */
#ifndef TESTS_SUPPORT_MEMORY_H
#define TESTS_SUPPORT_MEMORY_H

#include <stdbool.h>

struct memory_plan {
	long at; /* the allocation that fails, counted from memory_use; the first is 1 */
	bool for_good; /* all that follow, too */
};

/* From now on, for this thread. */
void memory_use(const struct memory_plan *plan);

/* How many allocations were asked for since. */
long memory_asked(void);

#endif
