/* What SQLite says of a failure, for an operator. */
#include <errno.h>
#include <sqlite3.h>

#include "db/db.h"

/* Not every file that has no room to grow says so: shared memory and new files do not. */
static bool is_full(struct store *store, int code)
{
	int why = sqlite3_system_errno(store->sql);
	return (code & 0xff) == SQLITE_FULL || code == SQLITE_IOERR_SHMSIZE ||
	       (((code & 0xff) == SQLITE_IOERR || (code & 0xff) == SQLITE_CANTOPEN) &&
		(why == ENOSPC || why == EDQUOT));
}

bool db_fail(struct store *store, int code, struct err *err)
{
	const char *text = sqlite3_errmsg(store->sql);
	if (is_full(store, code))
		return fail(err, ERR_REFUSED,
			    "The disk of %s is full; nothing was changed: make room and "
			    "try again",
			    store->path);
	switch (code & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return fail(err, ERR_REFUSED,
			    "The database is busy: another process has been writing to "
			    "it for "
			    "%d s; try again",
			    DB_BUSY_WAIT_MS / 1000);
	case SQLITE_READONLY:
	case SQLITE_PERM:
		return fail(err, ERR_REFUSED,
			    "The database %s can only be read here (%s)", store->path,
			    text);
	case SQLITE_NOTADB:
	case SQLITE_CORRUPT:
		return fail(err, ERR_FAILED,
			    "%s is damaged or no database (%s); `hublink doctor` looks "
			    "closer, "
			    "`hublink restore` puts a backup in place",
			    store->path, text);
	case SQLITE_CONSTRAINT:
		return fail(err, ERR_INVALID, "The database refuses this: %s", text);
	case SQLITE_CANTOPEN:
		return fail(err, ERR_FAILED,
			    "%s cannot be opened (%s); its folder must be writable too",
			    store->path, text);
	}
	return fail(err, ERR_FAILED, "Database %s: %s", store->path, text);
}
