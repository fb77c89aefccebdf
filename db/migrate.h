/* The migration ladder: how a database gets the schema that this program knows. */
#ifndef DB_MIGRATE_H
#define DB_MIGRATE_H

#include "db/db.h"

/* Before anything is written to a new file; an older one is made anew for it. */
#define MIGRATE_SHRINKABLE "PRAGMA auto_vacuum = INCREMENTAL"

/* Climb to the latest rung, in one transaction; an older schema is copied to ret_backup
 * first ("" if it was empty). */
bool migrate_run(struct store *store, struct buf *ret_backup, struct err *err) CHECKED;

#endif
