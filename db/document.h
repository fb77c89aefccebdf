/* The configuration document: what export and import both know of its shape beside the
 * field tables. */
#ifndef DB_DOCUMENT_H
#define DB_DOCUMENT_H

#include "db/db.h"

#define DOCUMENT_VERSION_KEY "hublink"
#define DOCUMENT_VERSION 1
#define DOCUMENT_INTEGRATION_TYPE "statushub"
#define DOCUMENT_HEADERS "check.headers" /* lines in the record, an object here */

/* A nested object whose fields have keys like "storm.within". */
struct document_object {
	enum record_kind kind;
	const char *key;         /* "storm" */
	bool replaced;           /* what it does not name is none: else it is unchanged */
	bool nullable;           /* null: as on creation */
	const char *required[3]; /* keys it cannot do without, ended by NULL */
	const char *unset_by; /* column that is 0 or empty when there is no such object;
				 NULL: texts, all empty */
};

/* The object that this dotted key is in; NULL: it is in none. */
const struct document_object *document_object(enum record_kind kind,
					      const char *dotted_key);

/* The object of this key; NULL: there is none. */
const struct document_object *document_object_named(enum record_kind kind,
						    const char *key);

/* The field's key inside the object, or NULL if it is not in it. */
const char *document_key_within(const struct document_object *object,
				const struct field *field);

/* Is anything of it set in rec? */
bool document_object_is_set(const struct document_object *object, const void *rec);

#endif
