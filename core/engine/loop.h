/* The engine's loop and its only wait: for answers, signals, other processes' commits
 * and time, all at once. */
#ifndef ENGINE_LOOP_H
#define ENGINE_LOOP_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/compiler.h"
#include "core/base/err.h"
#include "core/engine/engine.h"
#include "core/engine/ingest.h"

enum {
	LOOP_STOP_WAIT_MS = 5000, /* for what is in flight, after SIGTERM or SIGINT */
	LOOP_FAILURES_MAX =
		3, /* failed turns in a row; a busy database or a full disk never counts */
	LOOP_FAILURE_WAIT_MS = 1000,
};

struct loop_options {
	bool until_idle;
	struct ingest *ingest; /* NULL: nobody listens; borrowed */
	/* For tests; NULL: none. Called before each wait with the time it may take
	 * (-1: for ever); false ends the loop. */
	bool (*before_wait)(void *arg, int64_t wait_ms);
	void *before_wait_arg;
};

/* Blocks SIGTERM and SIGINT for the loop to read. Before any thread exists. */
void loop_block_signals(void);

/* Runs until a signal, or until idle if so asked; then closes the engine cleanly.
 * False: it could not go on, and the end is not a clean one. */
bool loop_run(struct engine *engine, struct store *store, struct transport *transport,
	      const struct loop_options *options, struct err *err) CHECKED;

#endif
