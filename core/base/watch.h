/* Notices that another process may have committed: inotify on the database's
 * write-ahead log rings, PRAGMA data_version (store_changed) confirms.
 *
 * SQLite writes the log, syncs it, and only then makes the commit visible: a ring
 * comes a little early. So after each ring the database is to be looked at again,
 * after 1 ms, 2 ms, 4 ms … 16 s; then there is silence until the next one. Where
 * inotify does not work, every 2 s. It rings, too, when the database is removed or
 * renamed. */
#ifndef BASE_WATCH_H
#define BASE_WATCH_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/compiler.h"

enum {
	WATCH_AGAIN_FIRST_MS = 1,
	WATCH_AGAIN_LAST_MS = 16 * 1024,
	WATCH_POLL_MS = 2000, /* without inotify */
};

struct watch {
	int fd;           /* readable when it rang; -1: without inotify */
	int64_t again_ms; /* boot clock: look again then; 0: not before it rings */
	int64_t pause_ms; /* the last pause between two looks */
};

/* Watch the log of the database (its store must be open, so that the log exists).
 * Never fails: falls back to polling. */
void watch_init(struct watch *watch, const char *database, int64_t boot_ms);
void watch_done(struct watch *watch);

/* To be called after every wait, before asking store_changed: takes in rings and plans
 * the next look. */
void watch_turn(struct watch *watch, int64_t boot_ms);

/* Who may write can know more: while nobody else is writing (store_is_being_written),
 * all that rang before is visible, and there is nothing to look for until it rings
 * again. */
bool watch_looks_again(const struct watch *watch);
void watch_settle(struct watch *watch);

/* How long to wait at most, in ms for poll(); -1: until fd is readable. */
int watch_timeout_ms(const struct watch *watch, int64_t boot_ms);

#endif
