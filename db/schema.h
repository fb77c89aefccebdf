/* The schema: its texts (db/schema/NNNN_name.sql, turned into C by the Makefile), and which of
 * them a database has climbed. */
#ifndef DB_SCHEMA_H
#define DB_SCHEMA_H

#include <stddef.h>
#include <stdint.h>

#include "core/base/err.h"

struct store;

struct migration_text {
	int version; /* the file name's number; what PRAGMA user_version is afterwards */
	const char *name; /* the file name without its number: "initial" */
	const char *sql;
};

/* In ascending order of version. */
extern const struct migration_text schema_migrations[];
extern const size_t schema_migration_count;

/* The schema that this program reads and writes: the last rung. */
int schema_latest(void);

/* user_version of the open database; 0: empty. ERR_INVALID if it is no database of
 * hublink; ERR_REFUSED if it is newer than this program (nothing is written then, not
 * even on closing). */
bool schema_version(struct store *store, int64_t *ret, struct err *err) CHECKED;

#endif
