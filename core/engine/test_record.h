/* The trace that `test --send` leaves: when it may be sent, its delivery (kind test)
 * with its attempt, its audit row. */
#ifndef ENGINE_TEST_RECORD_H
#define ENGINE_TEST_RECORD_H

#include "core/base/err.h"
#include "core/judge/request.h"
#include "core/rules/retry.h"
#include "core/store.h"

/* ERR_REFUSED naming it while the service has an open incident, a detached one that is
 * not over, or an unfinished delivery: a test must not mix with what is public. */
bool test_may_be_sent(struct store *store, const struct service *service, struct err *err)
	CHECKED;

/* Before the attempt: the delivery with its exact bytes, finished from the start so
 * that no engine ever sends it, and the audit row. */
bool test_record_begin(struct store *store, const struct wire_request *request,
		       bool recovery, int64_t now_ms, int64_t *ret_delivery_id,
		       struct err *err) CHECKED;

/* After it: delivered, or cancelled with the reason; a test is not tried again. */
bool test_record_end(struct store *store, int64_t delivery_id,
		     const struct outcome *outcome, int64_t now_ms, struct err *err)
	CHECKED;

#endif
