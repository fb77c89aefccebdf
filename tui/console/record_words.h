/* Records in words: what they are called in titles, questions and notes. */
#ifndef CONSOLE_RECORD_WORDS_H
#define CONSOLE_RECORD_WORDS_H

#include "core/base/buf.h"
#include "core/store.h"

/* "alert definition", for the middle of a sentence. */
const char *record_word(enum record_kind kind);

/* "service Website of Hub", "level 2 of Default", "integration Hub in level 1 of Default";
 * a record without a name yet: "service of Hub". */
bool record_add_title(struct store *store, enum record_kind kind, const void *rec,
		      struct buf *ret, struct err *err) CHECKED;

/* The same of what is stored. */
bool record_read_title(struct store *store, enum record_kind kind, int64_t id,
		       struct buf *ret, struct err *err) CHECKED;

#endif
