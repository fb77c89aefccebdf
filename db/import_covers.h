/* What recurring maintenance of a document covers, and did. */
#ifndef DB_IMPORT_COVERS_H
#define DB_IMPORT_COVERS_H

#include "db/import.h"
#include "db/schedule.h"

struct covers {
	struct maintenance_target *items; /* what it is to cover */
	size_t count, capacity;
	size_t named;     /* so many of them are the document's, first */
	bool is_list;     /* the document has one */
	bool has_changed; /* against what is stored */
};

/* The list of an entry. Release with import_covers_done. */
bool import_covers_read(struct import *im, const struct spot *entry,
			const struct json *json, struct covers *ret) CHECKED;
/* Plan what changes: what the document names is there now; what is stored beside it stays,
 * unless --prune takes it away. */
bool import_covers_merge(struct import *im, const struct json *json,
			 const struct schedule *schedule, struct covers *covers) CHECKED;
void import_covers_done(struct covers *covers);

#endif
