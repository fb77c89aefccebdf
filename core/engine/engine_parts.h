/* The inside of an engine, shared by its three parts: sending, settling, and the turn
 * that puts them together. Nothing else includes this. */
#ifndef ENGINE_ENGINE_PARTS_H
#define ENGINE_ENGINE_PARTS_H

#include "core/base/buf.h"
#include "core/engine/claims.h"
#include "core/engine/engine.h"
#include "core/engine/flights.h"
#include "core/engine/follow.h"
#include "core/engine/ingest.h"
#include "core/engine/landings.h"
#include "core/engine/probe.h"
#include "core/engine/sweeper.h"
#include "core/engine/timekeeper.h"

enum {
	OUTCOMES_WAIT_MS = 50, /* at most, for others to join them */
	WORK_AT_ONCE = 64, /* steps or outcomes between two looks at what is in flight */
};

struct engine {
	struct store *store;
	struct transport *transport;
	struct ingest *ingest;     /* NULL: nobody listens */
	struct probe *probe;       /* NULL: nothing is checked */
	struct follow *follow;     /* NULL: nothing is followed */
	struct sweeper *sweeper;   /* NULL: everything is kept */
	struct landings *landings; /* NULL: nothing is noted */
	struct claims claims;
	struct flights flights;
	struct timekeeper clocks;
	int64_t jump_ms; /* the wall clock was set by this much; not stored yet */
	enum mode mode;
	bool is_stopping;
	/* The last turn could not be stored: nothing is sent before something is. */
	bool cannot_store;
	bool must_judge; /* another process committed, or more is left than a turn's steps */
	bool has_backlog;       /* more is left than a turn's steps */
	int64_t timer_ms;       /* wall clock: the judge's next timer; 0: none */
	struct claim_list aged; /* taken, but their time may be over: settled first */
	bool has_far_due;       /* a due time more than an hour ahead was seen */
	unsigned stored_count;  /* of the landed outcomes, in this transaction */
	int64_t landed_ms; /* boot clock: the first outcome that waits to be stored; 0: none */
	int64_t worked_ms; /* boot clock: when it last stored something; 0: rested since */
	int64_t log_emptied_ms; /* boot clock */
	uint64_t random;
	struct buf body; /* of the request being sent */
};

/* Is anything sent at all? Not while the clock has been set and that is not stored: what
 * is due is not known. Nor after a failure: an attempt whose outcome finds no room is one
 * that is made again. */
bool engine_may_send(const struct engine *e);

/* Send what is due, as far as there is room. Inside a transaction that reads. */
bool engine_send_due(struct engine *e, struct instant now, struct err *err) CHECKED;

/* In the middle of a transaction that writes: take what has come back, and let leave what
 * was listed before it began. It is committed, and still due: what the transaction itself
 * has decided is not listed. */
bool engine_keep_sending(struct engine *e, struct instant now, struct err *err) CHECKED;

/* Has anything happened that must be stored or judged? */
bool engine_has_to_settle(const struct engine *e, struct instant now);

/* State and outbox, outcomes and decisions: one transaction for all that happened
 * since the last turn. */
bool engine_settle(struct engine *e, struct instant now, struct err *err) CHECKED;

/* Afterwards: what was stored lets its services send again. Whatever fails, nothing is
 * stored twice. */
bool engine_release_settled(struct engine *e, struct instant now, struct err *err)
	CHECKED;

/* The steps of settling that starting and closing need alone. Inside a transaction. */
bool engine_store_jump(struct engine *e, struct err *err) CHECKED;
bool engine_store_outcomes(struct engine *e, struct instant now, struct err *err) CHECKED;
void engine_note_jump(struct engine *e); /* after the commit */

#endif
