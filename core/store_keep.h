/* The contract with db/, continued: how long journals are kept, and removing what is older, a
 * little at a time. Included by store.h, whose rules hold. */
#ifndef CORE_STORE_KEEP_H
#define CORE_STORE_KEEP_H

#include "core/rules/keep.h"
#include "core/store.h"

bool store_keep(struct store *store, struct keep *ret, struct err *err) CHECKED;
/* Unless it is so already: with its audit row, and the engine sweeps at once. */
bool store_set_keep(struct store *store, enum journal journal, int64_t days,
		    struct err *err) CHECKED;
/* When the oldest row of the journal is from; 0: it is empty. */
bool store_keep_oldest(struct store *store, enum journal journal, int64_t *ret_ms,
		       struct err *err) CHECKED;

/* The time that the last sweep went by; 0 asks for one. */
#define FACT_KEEP_SWEPT "keep_swept_ms"
/* A sweep was asked for, because what is kept was changed. */
#define FACT_KEEP_ASKED "keep_asked"

/* A sweep is many short transactions, so that nobody waits for it; where it stands is the
 * caller's to keep. Zeroed: at the beginning. */
struct sweep {
	int64_t before_ms[JOURNAL_COUNT]; /* keep_before_ms; 0: nothing of it goes */
	int phase;
	int64_t after_id; /* in this phase, rows up to this one were looked at */
	int64_t removed[JOURNAL_COUNT];
	int64_t names; /* of deleted records, removed: no row tells of them any more */
};

/* Looks at, or removes, about so many rows, in a transaction of its own. What is not over
 * stays with all that it refers to, and so does the newest row of each journal: ids are not
 * used again. What goes out of the audit is told by a row of it, from which its chain is
 * proved from then on. Last go the names of deleted records that no row tells of. */
bool store_sweep_some(struct store *store, unsigned rows, struct sweep *sweep,
		      bool *ret_done, struct err *err) CHECKED;

/* Gives free pages back to the file system, at most so many, unless they are few: what comes
 * next takes those. *ret_given 0: there is nothing to give. */
bool store_give_back_pages(struct store *store, unsigned pages, int64_t *ret_given,
			   struct err *err) CHECKED;

#endif
