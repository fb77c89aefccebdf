/* The real engine on a real database beside its model: with a network, a disk and clocks that
 * do what a history says. Whatever happens, receivers are told what the model says, in its
 * order, and twice only what may not have arrived (R12, R13, R15, R22). */
#ifndef TESTS_SUPPORT_TWIN_H
#define TESTS_SUPPORT_TWIN_H

#include "core/engine/engine.h"
#include "tests/support/chance.h"
#include "tests/support/fake_transport.h"
#include "tests/support/fleet.h"
#include "tests/support/model.h"

/* Bugs that are planted, to see them found. */
enum twin_bug {
	TWIN_IS_SOUND,
	TWIN_SYNCS_TOO_LITTLE,      /* what was answered may be lost with the power */
	TWIN_TAKES_SILENCE_FOR_YES, /* no answer counts as an accepted update */
};

enum { TWIN_UNSURE_MAX = 512, TWIN_HISTORY_OPS = 20 };

struct arrival {
	char key[64];
	int service;
};

struct twin {
	struct fleet fleet;  /* its store is an operator's */
	struct buf template; /* the database as a history finds it */
	struct model model;
	struct store *store;   /* the engine's */
	struct engine *engine; /* NULL: none runs */
	struct fake_transport *fake;
	struct engine_turn turn;
	int64_t wall_ms, boot_ms;
	uint64_t random;
	bool was_set_back; /* the clock */
	bool is_pending;   /* an event may not have been judged */
	int events;        /* recorded so far, for their ids */
	struct arrival arrivals[2 * MODEL_SERVICES * MODEL_TOLD_MAX];
	size_t arrival_count;
	size_t told[MODEL_SERVICES];      /* different updates that arrived */
	size_t told_in_all;               /* in all histories */
	char unsure[TWIN_UNSURE_MAX][64]; /* keys that may come again */
	size_t unsure_count;
	size_t fresh
		[FAKE_SENT_MAX]; /* answered, and perhaps not stored yet: of fake->sent */
	size_t fresh_count;
	struct store *reader; /* NULL: nobody keeps the log from being emptied */
	struct transaction reading;
	enum twin_bug bug;
	char broken[256]; /* the first promise that was, or empty */
};

/* cmocka group set-up and tear-down: *state is a struct twin *. */
int twin_open(void **state);
int twin_close(void **state);

/* Histories from now on run with this bug. */
void twin_plant(struct twin *twin, enum twin_bug bug);

/* Run a history from a fresh database to the end, when everything works again and all has
 * been told. What it broke, or NULL; borrowed. Connections that are alive at the end stay
 * open, and find the database of the next as fresh. */
const char *twin_run(struct twin *twin, const struct history *history);
/* The same, as history_fn; arg is the twin. */
const char *twin_run_again(const struct history *history, void *arg);

/* One half (0 or 1) of 10,000 histories, or of a million in a hunt, or so many as
 * $HUBLINK_HISTORIES says; none breaks anything. */
void twin_run_half(struct twin *twin, int half);

void twin_print(const struct history *history, void *unused);

/* ---- operations by name, for histories that are written down ---- */

enum twin_op {
	TWIN_ERROR,
	TWIN_OK,
	TWIN_TIME,
	TWIN_TURN,
	TWIN_ANSWER,
	TWIN_STOP,
	TWIN_START,
	TWIN_KILL,
	TWIN_POWER,
	TWIN_DISK_FAILS,
	TWIN_DISK_FULL,
	TWIN_CLOCK,
	TWIN_PAUSE,
	TWIN_READ,
	TWIN_OPS,
};

const char *twin_op_name(enum twin_op op);

/* An operation that is just this one, with these arguments. */
struct op twin_op(enum twin_op op, uint32_t a, uint32_t b);

#endif
