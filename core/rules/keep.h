/* How long the journals are kept, and what "older" means: pure. */
#ifndef RULES_KEEP_H
#define RULES_KEEP_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/clock.h"
#include "core/base/compiler.h"
#include "core/base/err.h"

/* Incidents are kept with their updates and timelines; tests, and maintenance, with them. */
enum journal {
	JOURNAL_EVENTS,
	JOURNAL_ALERTS,
	JOURNAL_INCIDENTS,
	JOURNAL_AUDIT,
	JOURNAL_COUNT
};

enum {
	KEEP_DAYS_DEFAULT = 400,
	KEEP_DAYS_MAX = 36500,
};

/* What a sweep goes by may be ahead of the one before by no more than this: a clock that is
 * wrong for a day must not cost a year of history (R15). */
#define KEEP_ADVANCE_MAX_MS (30 * DAY_MS)

/* So often what is too old is removed. */
#define KEEP_EVERY_MS DAY_MS

struct keep {
	int64_t days[JOURNAL_COUNT]; /* 0: for ever */
};

/* The word of the command line and of the document; -1 for what is none, NULL included. */
const char *journal_text(enum journal journal);
int journal_parse(const char *text);
const char *journal_help(enum journal journal);

/* "400", "400d" or "forever". */
bool keep_days_parse(const char *text, int64_t *ret, struct err *err) CHECKED;
bool keep_days_check(int64_t days, struct err *err) CHECKED;

/* When is the next sweep due, and by which time does it go? swept_ms: the time that the last
 * one went by; 0: there was none, and nothing goes on the first day of a hublink that removes. */
int64_t keep_next_sweep_ms(int64_t swept_ms, int64_t now_ms);
int64_t keep_sweep_time_ms(int64_t swept_ms, int64_t now_ms);

/* Rows from before this may go; 0: none may. */
int64_t keep_before_ms(int64_t days, int64_t sweep_time_ms);

#endif
