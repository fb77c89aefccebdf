/* Stores what one request says: all of it or nothing. */
#ifndef ENGINE_INGEST_RECORD_H
#define ENGINE_INGEST_RECORD_H

#include "core/engine/ingest_read.h"

struct ingest_tally {
	int64_t accepted; /* of known monitors, those that changed nothing included */
	int64_t unmatched;
	int64_t recorded, duplicate, too_old; /* of the accepted */
};

/* Inside a transaction. ERR_INVALID: the request is refused, *ret_conflict tells whether
 * by R14's ids; any other failure is the store's. */
bool ingest_record(struct store *store, ingest_read_fn *read, const struct json *body,
		   const char *label, int64_t now_ms, struct ingest_tally *ret,
		   bool *ret_conflict, struct err *err) CHECKED;

#endif
