/* A loop with a real engine, a database on a file, and a receiver on loopback. */
#ifndef TESTS_SUPPORT_LOOP_RIG_H
#define TESTS_SUPPORT_LOOP_RIG_H

#include "core/engine/loop.h"
#include "tests/support/check.h"
#include "tests/support/fleet.h"
#include "tests/support/receiver.h"

enum { LOOP_RIG_SERVICES = 40 };

struct loop_rig {
	struct receiver *receiver;
	struct fleet fleet;
	struct store *other; /* a second connection: another process, to the engine */
	struct transport *http;
	struct engine *engine;
	struct loop_options options; /* until idle; before_wait gets the rig */
	int waits;
	bool is_told;
};

/* cmocka set-up and tear-down: *state is a struct loop_rig *, no engine started. */
int loop_rig_open(void **state);
int loop_rig_close(void **state);

void loop_rig_start(struct loop_rig *rig, unsigned max_in_flight);
void loop_rig_stop(struct loop_rig *rig);
void loop_rig_run(struct loop_rig *rig); /* must end well */

/* An event of every monitor. */
void loop_rig_record(struct loop_rig *rig, enum event_state state);

#endif
