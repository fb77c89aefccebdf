/* The engine's lock: one process per database, freed by the kernel whatever ends that
 * process. A POSIX record lock on a file of its own, because only that kind tells who
 * holds it, and the database's own locks must be left alone. */
#ifndef BASE_LOCK_H
#define BASE_LOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/err.h"

enum { LOCK_PATH_SIZE = 4096 };

/* Held while fd >= 0. A process that holds it must not open the same lock file a
 * second time: closing that would free it. */
struct lock {
	int fd;
};
#define LOCK_NONE ((struct lock){ .fd = -1 })

/* Take <database>.lock, made with mode 0600 if absent, without waiting. ERR_REFUSED
 * names the process that holds it; *ret is then untouched. */
bool lock_take(const char *database, struct lock *ret, struct err *err) CHECKED;
void lock_release(struct lock *lock); /* LOCK_NONE is fine */

/* Which process holds the lock of the database: its pid, or 0 if none does (or there
 * is no lock file). */
int64_t lock_holder(const char *database);

#endif
