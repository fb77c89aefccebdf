/* Random histories on the flat store: events, time, configuration, operators, the wire
 * and crashes. After each operation every promise of check.c must hold. */
#ifndef TESTS_SUPPORT_FLAT_HISTORY_H
#define TESTS_SUPPORT_FLAT_HISTORY_H

#include "tests/support/chance.h"
#include "tests/support/flat/store.h"

#define HISTORY_T0 INT64_C(1790000000000)

/* Runs it from an empty store to the end, and then until everything is over. Returns what
 * was broken, or NULL; borrowed from the store. */
const char *history_run(const struct history *history, struct store *store);

/* Events of an hour or so, judged one by one as they come, or all at the end: an engine
 * that ran, and one that was down (R2). */
void history_events(struct store *store, uint64_t seed, bool at_once);

/* "error Shop" … one operation a line, for the report of a failure. */
void history_print(const struct history *history);

#endif
