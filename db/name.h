/* Names of records in sentences, and finding a record by what an operator calls it. */
#ifndef DB_NAME_H
#define DB_NAME_H

#include "db/db.h"

enum { NAME_SHOWN_MAX = 4096 };

/* Append 'name' in quotes, safe for a terminal. */
void name_add_quoted(struct buf *ret, const char *name);

/* The service of this integration; 0: none. */
bool name_find_service(struct store *store, const char *integration, const char *service,
		       int64_t *ret_id, struct err *err) CHECKED;

/* A record's id by its own name (services: bare, of one integration); 0: none. */
bool name_find(struct store *store, enum record_kind kind, const char *name,
	       int64_t *ret_id, struct err *err) CHECKED;

#endif
