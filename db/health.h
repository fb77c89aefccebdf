/* Is a database whole? */
#ifndef DB_HEALTH_H
#define DB_HEALTH_H

#include "db/db.h"

/* SQLite's integrity check; ret_text: its first line. Fails only if it cannot be asked. */
bool health_integrity(struct store *store, char *ret_text, size_t size, bool *ret_whole,
		      struct err *err) CHECKED;

#endif
