/* An engine on the judge's small world with a fake transport: monitor "Shop" reaches
 * service "Website" at its first error. */
#ifndef TESTS_SUPPORT_ENGINE_RIG_H
#define TESTS_SUPPORT_ENGINE_RIG_H

#include "core/engine/engine.h"
#include "tests/support/fake_transport.h"
#include "tests/support/world.h"

struct rig {
	struct world *w;
	struct fake_transport *fake;
	struct engine *engine;
	struct engine_turn turn; /* what the last turn said */
	int64_t skew_ms;         /* the wall clock was set by this much */
};

/* cmocka set-up and tear-down: *state is a struct rig *, its engine started. */
int rig_open(void **state);
int rig_close(void **state);

struct instant rig_now(const struct rig *rig);
void rig_start(struct rig *rig, unsigned max_in_flight);
void rig_kill(struct rig *rig); /* as kill -9 would: nothing is said to the database */

/* Turns until there is nothing to do at once; the same some time later. */
void rig_turn(struct rig *rig);
void rig_pass(struct rig *rig, int64_t ms);

/* An event of the monitor now, judged. */
void rig_error(struct rig *rig, const char *monitor);
void rig_ok(struct rig *rig, const char *monitor);

/* Services S0 … that Shop reaches too. */
void rig_add_services(struct rig *rig, int count);

#endif
