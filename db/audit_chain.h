/* The audit's chain: each row's hash is of what it says and of the hash before it, so that
 * a row which was changed, taken out or put in between is found. */
#ifndef DB_AUDIT_CHAIN_H
#define DB_AUDIT_CHAIN_H

#include "core/base/random.h"
#include "core/store.h"

/* What the hash is of. Texts are borrowed; NULL is JSON's null. */
struct audit_link {
	int64_t id, at_ms;
	const char *actor, *source, *because, *action, *object_kind;
	int64_t object_id;
	const char *object, *before, *after;
	int64_t act, undoes; /* 0: null */
};

/* The row behind the last one: its id, and the hash before it ("" begins the chain). */
bool audit_chain_next(struct store *store, int64_t *ret_id,
		      char ret_previous[SHA256_HEX_SIZE], struct err *err) CHECKED;

/* SHA-256, in hex, of a JSON array on one line: the hash before it, then all of the row
 * in this order. */
void audit_chain_hash(const struct audit_link *row, const char *previous,
		      char ret[SHA256_HEX_SIZE]);

/* The row is the last one from now on: a chain that is cut short is found, too. */
bool audit_chain_end(struct store *store, int64_t id, const char *hash, struct err *err)
	CHECKED;

#endif
