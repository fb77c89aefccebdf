/* The migration ladder's texts: db/schema/NNNN_name.sql, turned into C by the Makefile. */
#ifndef DB_SCHEMA_H
#define DB_SCHEMA_H

#include <stddef.h>

struct migration_text {
	int version; /* the file name's number; what PRAGMA user_version is afterwards */
	const char *name; /* the file name without its number: "initial" */
	const char *sql;
};

/* In ascending order of version. */
extern const struct migration_text schema_migrations[];
extern const size_t schema_migration_count;

#endif
