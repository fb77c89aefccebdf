/* R13: kill -9 at any instant loses nothing, reorders nothing, and repeats with the same
 * key and bytes.
 *
 * The engine runs in a child that is killed at its n-th step of a statement, for every
 * n of a whole scenario, then runs again to the end. What the receiver saw is compared
 * with a ledger that is kept outside hublink. */
#include <dlfcn.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/log.h"
#include "tests/support/check.h"
#include "tests/support/engine_child.h"

/* ---- the killer: stands in front of SQLite's own function ---- */

static long steps_left; /* 0: nobody is killed */

int sqlite3_step(sqlite3_stmt *stmt)
{
	static int (*real)(sqlite3_stmt *);
	if (!real)
		*(void **)&real = dlsym(RTLD_NEXT, "sqlite3_step");
	if (steps_left > 0 && --steps_left == 0)
		kill(getpid(), SIGKILL);
	return real(stmt);
}

static void kill_at_step(long n)
{
	log_set_level(LOG_LEVEL_ERROR);
	steps_left = n;
}

static bool is_killed(struct engine_child *rig, long n)
{
	int status = engine_child_run(rig, kill_at_step, n);
	bool was_killed = WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
	assert_true(was_killed || status == 0);
	return was_killed;
}

/* ---- tests ---- */

static void engine__loses_and_reorders_nothing__when_killed_at_any_step(
	void **state) /* R13, I5-I9 */
{
	struct engine_child *rig = *state;
	bool was_killed = true;
	long n = 0;
	while (was_killed) {
		engine_child_start_over(rig);
		was_killed = is_killed(rig, ++n);
		engine_child_run_to_the_end(rig);
		engine_child_check(rig, n);
	}
	print_message("killed at each of %ld steps\n", n - 1);
	assert_true(n > 100);
}

static void engine__loses_and_reorders_nothing__when_killed_while_it_recovers(
	void **state) /* R13, R22 */
{
	struct engine_child *rig = *state;
	bool was_killed = true;
	for (long n = 1; was_killed; n += 23) {
		engine_child_start_over(rig);
		was_killed = is_killed(rig, n);
		for (long again = 3; again < 60; again += 14)
			(void)is_killed(rig, again);
		engine_child_run_to_the_end(rig);
		engine_child_check(rig, n);
	}
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, engine_child_open, engine_child_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(engine__loses_and_reorders_nothing__when_killed_at_any_step),
		TEST(engine__loses_and_reorders_nothing__when_killed_while_it_recovers),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
