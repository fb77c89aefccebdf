/* The engine's decisions, a turn at a time: what happened is judged and stored in one
 * transaction, what is due is sent. It reads no clock and waits for nothing: the loop
 * does, and hands in both clocks.
 *
 * A crash between sending and storing sends again, with the same key and bytes:
 * nothing is lost, nothing overtakes (R13). What was in flight at a crash counts as
 * tried without an answer (R22); what had been accepted is noted elsewhere (landings.h). */
#ifndef ENGINE_ENGINE_H
#define ENGINE_ENGINE_H

#include "core/base/err.h"
#include "core/engine/transport.h"
#include "core/store.h"

enum {
	IN_FLIGHT_DEFAULT = 64,
	IN_FLIGHT_MAX = 4096,
	STEPS_PER_TURN = 256,      /* events and timers judged in one transaction */
	OUTCOMES_PER_COMMIT = 512, /* and outcomes; so many land before they are stored */
};

/* The boot clock never jumps; the wall clock is what people read. */
struct instant {
	int64_t wall_ms, boot_ms;
};

struct engine;
struct ingest;
struct landings;
struct probe;
struct follow;
struct sweeper;

/* Takes the engine's place in the database: notes an unclean end of the one before
 * (R22) and a clock that was set meanwhile (R15). store and transport are borrowed;
 * transport's outcomes come here. */
bool engine_new(struct store *store, struct transport *transport, unsigned max_in_flight,
		struct instant now, struct engine **ret, struct err *err) CHECKED;
void engine_free(struct engine *engine); /* NULL is fine */

/* What is accepted is noted there until it is stored, from now on: room for as many as may be
 * in flight and OUTCOMES_PER_COMMIT more. Borrowed. */
void engine_note(struct engine *engine, struct landings *landings);

/* What the listener has taken is stored with every turn from now on. Borrowed. */
void engine_listen(struct engine *engine, struct ingest *ingest);

/* Built-in checks are made from now on, whatever the mode. Borrowed. */
void engine_check(struct engine *engine, struct probe *probe);

/* The alerts of the Uptrends account are read from now on, if there is one that says so.
 * Borrowed. */
void engine_follow(struct engine *engine, struct follow *follow);

/* What is older than it is kept is removed from now on, a little at a time. Borrowed. */
void engine_sweep(struct engine *engine, struct sweeper *sweeper);

/* The shorter of two waits; -1: for ever. */
static inline int64_t engine_soonest(int64_t a_ms, int64_t b_ms)
{
	if (a_ms < 0 || b_ms < 0)
		return a_ms < 0 ? b_ms : a_ms;
	return a_ms < b_ms ? a_ms : b_ms;
}

struct engine_turn {
	bool again;      /* there is more to do at once */
	bool idle;       /* everything is judged, nothing is due or in flight */
	int64_t wait_ms; /* otherwise: until the next due time; -1: until something happens */
	int64_t rest_ms; /* until it would give back memory after work; -1: it has */
};

/* Goes on with what is in flight, without waiting; takes what has come back. */
bool engine_perform(struct engine *engine, struct err *err) CHECKED;

/* One turn. On failure nothing is lost: what was not stored is tried again with the
 * next turn. */
bool engine_turn(struct engine *engine, struct instant now, struct engine_turn *ret,
		 struct err *err) CHECKED;

/* From now on nothing more is sent; what is in flight may end. */
void engine_stop_sending(struct engine *engine);
unsigned engine_in_flight(const struct engine *engine);

/* The clean end: stores the last outcomes; what is still in flight counts as tried
 * without an answer. */
bool engine_close(struct engine *engine, struct instant now, struct err *err) CHECKED;

#endif
