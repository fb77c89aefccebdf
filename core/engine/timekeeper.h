/* Tells a wall clock that was set from time that passed, by the boot clock, which
 * nobody sets (R15). */
#ifndef ENGINE_TIMEKEEPER_H
#define ENGINE_TIMEKEEPER_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/err.h"
#include "core/store.h"

enum { CLOCK_JUMP_MS = 2000 }; /* less is a clock being steered, and left alone */

/* Both clocks as they were last seen together. */
struct timekeeper {
	int64_t wall_ms, boot_ms;
	int64_t saved_ms; /* boot clock: when they were last stored */
};

/* The clocks as the engine before stored them, if the machine has not been started
 * anew since; else as they are now. */
bool timekeeper_load(struct timekeeper *keeper, struct store *store, int64_t wall_ms,
		     int64_t boot_ms, struct err *err) CHECKED;

/* By how much the wall clock has jumped since: 0 unless by more than CLOCK_JUMP_MS.
 * Takes in the new times. */
int64_t timekeeper_turn(struct timekeeper *keeper, int64_t wall_ms, int64_t boot_ms);

/* Stores the clocks for the engine that comes next; not more often than once a second,
 * unless at_once. */
bool timekeeper_save(struct timekeeper *keeper, struct store *store, bool at_once,
		     struct err *err) CHECKED;

#endif
