/* Any record of the configuration to and from its table, driven by its field table. What
 * store.h offers adds the rules, the audit and the revision of the configuration on top;
 * import works with these alone and writes one audit row for all. */
#ifndef DB_RECORD_H
#define DB_RECORD_H

#include "db/db.h"

/* Zeroed room for one record of the kind: some are too big for the stack.
 * DEFER(mem_free) void *rec. */
void *record_new(enum record_kind kind) CHECKED;

/* Read id, revision and the fields in the table's order, beginning at column first.
 * Returns the column behind. Read-only members (a service's integration) are left as they
 * are. */
int record_read(const struct stmt *stmt, int first, enum record_kind kind, void *ret);

/* What a record shows of its parents: a service's integration. */
bool record_fill(struct store *store, enum record_kind kind, void *rec, struct err *err)
	CHECKED;

/* *ret false: no such id. */
bool record_load(struct store *store, enum record_kind kind, int64_t id, void *ret,
		 bool *ret_found, struct err *err) CHECKED;

/* The id of the record that is the same thing as rec (same name, same place …); 0: none.
 */
bool record_twin(struct store *store, enum record_kind kind, const void *rec,
		 int64_t *ret_id, struct err *err) CHECKED;

/* Everything that must hold before rec is stored: its fields, what they mean together,
 * and what the rest of the configuration demands of it. ERR_INVALID. */
bool record_check_whole(struct store *store, enum record_kind kind, const void *rec,
			struct err *err) CHECKED;

/* Insert (id 0: fills id, revision) or update. *ret_stale: the revision is not the stored
 * one, nothing was changed. */
bool record_save(struct store *store, enum record_kind kind, void *rec, bool *ret_stale,
		 struct err *err) CHECKED;
/* Inserts rec with its id, which must be free, and with its revision. */
bool record_put_back(struct store *store, enum record_kind kind, const void *rec,
		     struct err *err) CHECKED;
bool record_remove(struct store *store, enum record_kind kind, int64_t id,
		   struct err *err) CHECKED;

/* R8: what stands in the way of deleting it; ERR_REFUSED names it. */
bool record_check_free(struct store *store, enum record_kind kind, const void *rec,
		       struct err *err) CHECKED;

/* Does saving or removing it drop a secret from the file? Then the log is emptied after
 * the commit. */
void record_note_secret(struct store *store, enum record_kind kind, const void *before,
			const void *after);

/* Append the record as one line of JSON for the audit, secrets masked, with their
 * fingerprint. */
void record_describe(enum record_kind kind, const void *rec, struct buf *ret);

/* The same of a record that is about to be deleted, with a member "with": everything that
 * goes with it, in an order in which it can come back. */
bool record_describe_whole(struct store *store, enum record_kind kind, const void *rec,
			   struct buf *ret, struct err *err) CHECKED;

/* +1 to the revision of the configuration (R3). */
bool record_configuration_changed(struct store *store, struct err *err) CHECKED;

#endif
