/* A database that answers with a failure: stands in front of SQLite's own functions that
 * prepare and step. Only in the programs that are linked with it (Makefile). */
#ifndef TESTS_SUPPORT_STATEMENTS_H
#define TESTS_SUPPORT_STATEMENTS_H

#include <stdbool.h>

struct statements_plan {
	long at; /* the call that fails, counted from statements_use; the first is 1; 0: none */
	int code; /* SQLite's, with which it does */
};

void statements_use(const struct statements_plan *plan);

/* How many calls there were since. */
long statements_asked(void);

#endif
