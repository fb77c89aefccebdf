/* What the document needs of db/keep.c. */
#ifndef DB_KEEP_H
#define DB_KEEP_H

#include "core/base/json.h"
#include "db/db.h"

/* Without an audit row: the document has one for all of it. */
bool keep_put(struct store *store, enum journal journal, int64_t days, struct err *err)
	CHECKED;

enum { KEEP_WORDS_SIZE = 32 };
/* "30 days", "for ever". */
void keep_words(int64_t days, char ret[KEEP_WORDS_SIZE]);

#define DOCUMENT_KEEP_KEY "keep"
/* Only where it is not the default in everything: most documents say nothing of it. */
bool document_put_keep(struct store *store, struct json_writer *w, struct err *err)
	CHECKED;

#endif
