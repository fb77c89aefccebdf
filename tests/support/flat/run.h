/* One history under way, and the operations that it is made of. */
#ifndef TESTS_SUPPORT_FLAT_RUN_H
#define TESTS_SUPPORT_FLAT_RUN_H

#include "tests/support/flat/history.h"

/* in_flight: per service, the delivery that was sent and not answered yet. */
struct run {
	struct store *store;
	int64_t now_ms;
	int64_t in_flight[FLAT_SERVICES + 1];
	int64_t arrived_place[FLAT_SERVICES + 1];
	bool arrived[FLAT_DELIVERIES]; /* accepted by the receiver, answered or not */
	uint64_t random;
};

/* A refusal is an answer; any other failure breaks a promise. */
void run_must(struct run *run, bool ok, const struct err *err);
/* Judge all that is due. */
void run_judge(struct run *run);

/* Send the lane's head if it may leave; answer what is in flight. arrives: the receiver
 * accepts it. */
void run_send_head(struct run *run, int64_t service_id);
void run_answer(struct run *run, int64_t service_id, int status, bool arrives);

/* The operations, wire.c's and operations.c's; a and b of op are random. */
typedef void op_fn(struct run *run, const struct op *op);
op_fn op_error, op_ok, op_time, op_long_time, op_shift, op_configure, op_set_service,
	op_mute, op_mode, op_word, op_delivery, op_resync;
op_fn op_send, op_answer, op_crash;

#endif
