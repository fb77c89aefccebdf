/* The migration ladder: which schema a database has, and how it gets the one this program
 * knows. */
#ifndef DB_MIGRATE_H
#define DB_MIGRATE_H

#include "db/db.h"

/* The schema that this program reads and writes: the last rung. */
int migrate_latest(void);

/* user_version of the open database; 0: empty. ERR_INVALID if it is no database of
 * hublink; ERR_REFUSED if it is newer than this program (nothing is written then, not
 * even on closing). */
bool migrate_version(struct store *store, int64_t *ret, struct err *err) CHECKED;

/* Before anything is written to a new file; an older one is made anew for it. */
#define MIGRATE_SHRINKABLE "PRAGMA auto_vacuum = INCREMENTAL"

/* Climb to the latest rung, in one transaction; an older schema is copied to ret_backup
 * first ("" if it was empty). */
bool migrate_run(struct store *store, struct buf *ret_backup, struct err *err) CHECKED;

#endif
