/* Numbers that are kept instead of counted: how many rows there are, or were, of a state
 * that only ever grows. What a transaction adds is gathered in memory and written once,
 * before it is committed or a nested one begins. */
#ifndef DB_TALLY_H
#define DB_TALLY_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/compiler.h"
#include "core/base/err.h"

struct store;

enum tally {
	TALLY_MONITORING, /* incidents; the rest: deliveries that ended so */
	TALLY_DELIVERED,
	TALLY_CANCELLED,
	TALLY_SUPERSEDED,
	TALLY_EXPIRED,
	TALLY_DRY_RUN,
	TALLY_COUNT,
};

/* Inside a transaction only. */
void tally_add(struct store *store, enum tally tally, int64_t count);

/* Write what was added. */
bool tally_flush(struct store *store, struct err *err) CHECKED;

/* Drop what was added since: it was rolled back. */
void tally_forget(struct store *store);

/* As it was written last. */
bool tally_read(struct store *store, enum tally tally, int64_t *ret, struct err *err)
	CHECKED;

#endif
