/* An engine in a child that is handicapped, or hit, and then run again to the end. What the
 * receiver heard is compared with a ledger that is kept outside hublink. */
#ifndef TESTS_SUPPORT_ENGINE_CHILD_H
#define TESTS_SUPPORT_ENGINE_CHILD_H

#include <sys/types.h>

#include "tests/support/fleet.h"
#include "tests/support/receiver.h"

struct engine_child {
	struct receiver *receiver;
	struct fleet fleet;
	struct buf template; /* the database's bytes before any engine */
	size_t from;         /* where the receiver's log began for this round */
	int ends;            /* of engines that did not end well in it */
	/* What an engine does, in its child; returns its exit code. NULL: `hublink engine`. */
	int (*work)(struct engine_child *rig);
};

/* cmocka set-up and tear-down: *state is a struct engine_child *. */
int engine_child_open(void **state);
int engine_child_close(void **state);

/* The services are to be found there, as BASE/S0 and so on, from the next round on. */
void engine_child_move_to(struct engine_child *rig, const char *base_url);

/* Three services have news, and no engine has run. The first tries of two of them fail. */
void engine_child_start_over(struct engine_child *rig);

/* An engine until it is idle. handicap is called in the child before it begins, with n; NULL:
 * none. Returns its wait status. */
int engine_child_run(struct engine_child *rig, void (*handicap)(long), long n);

/* The same in two parts, for who does something to it meanwhile. */
pid_t engine_child_begin(struct engine_child *rig, void (*handicap)(long), long n);
void engine_child_ended(struct engine_child *rig, int status);

/* Engines without a handicap, until nothing is left to send. */
void engine_child_run_to_the_end(struct engine_child *rig);

/* Everything was heard once and in its order, but for what was in flight when an engine ended
 * badly. n names the round. */
void engine_child_check(struct engine_child *rig, long n);

#endif
