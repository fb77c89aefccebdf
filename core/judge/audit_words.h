/* What a row of the audit changed, in words: for undo's question and a record's history. */
#ifndef JUDGE_AUDIT_WORDS_H
#define JUDGE_AUDIT_WORDS_H

#include "core/base/buf.h"
#include "core/base/json.h"
#include "core/store.h"

/* The kind of record that the row is about; -1: none of the configuration. */
int audit_record_kind(const struct audit_row *row);

/* What a row tells, before or after, as JSON: for json_free. NULL: nothing. */
struct json *audit_parse(const char *text);

/* Does the row tell of a group or of who is in a definition, not of a record? */
bool audit_is_membership(const struct audit_row *row);

/* "Name: Site -> Website, Active: yes -> no"; "created"; "deleted, and 3 that hung on it";
 * "group web: added". back: read from after to before, as undo does. Nothing for rows
 * that tell nothing. */
void audit_add_words(struct buf *ret, const struct audit_row *row, const char *before,
		     const char *after, bool back);

#endif
