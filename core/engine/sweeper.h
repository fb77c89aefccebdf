/* Removing what is older than it is kept, in the engine's turns: a small transaction, then a
 * pause, so that neither the engine nor another writer waits for it. */
#ifndef ENGINE_SWEEPER_H
#define ENGINE_SWEEPER_H

#include "core/engine/engine.h"

enum {
	SWEEP_ROWS = 50,     /* looked at or removed in one transaction: milliseconds */
	SWEEP_PAGES = 25,    /* given back in one */
	SWEEP_PAUSE_MS = 20, /* between two */
	SWEEP_FAILED_MS = 60 * 60 * 1000, /* then it is tried again */
};

struct sweeper *sweeper_new(void);
void sweeper_free(struct sweeper *sweeper); /* NULL is fine */

/* All that follows takes NULL: nothing is removed. */

/* Another process has committed: other days may have been asked for. */
void sweeper_look_again(struct sweeper *sweeper);

/* One step, if it is time for one. A failure is logged, and tried again later: it is nobody's
 * concern but the disk's. */
void sweeper_turn(struct sweeper *sweeper, struct store *store, struct instant now);

/* How long until the next step; -1: nothing is removed. */
int64_t sweeper_wait_ms(const struct sweeper *sweeper, int64_t boot_ms);

#endif
