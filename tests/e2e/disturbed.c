/* F25, F50: an engine that signals rain on, or that is not alone. Nothing is lost, nothing is
 * reordered, and nothing is repeated. */
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>

#include "tests/support/check.h"
#include "tests/support/engine_child.h"

enum { REFUSED = 4 };

static void expect_nothing_lost(struct engine_child *rig, long n)
{
	engine_child_run_to_the_end(rig);
	engine_child_check(rig, n);
}

/* ---- signals ---- */

/* Until it ends; returns how many were sent. */
static long rain_on(pid_t engine, int *ret_status)
{
	static const int rain[] = {
		SIGPIPE, SIGCHLD, SIGURG, SIGWINCH, SIGSTOP, SIGCONT
	};
	long sent = 0;
	while (waitpid(engine, ret_status, WNOHANG) == 0) {
		for (size_t i = 0; i < COUNT_OF(rain); i++, sent++)
			kill(engine, rain[i]);
		(void)poll(NULL, 0, sent % 100 == 0 ? 1 : 0);
	}
	return sent;
}

static void engine__minds_nothing__when_it_rains_signals_f25(void **state)
{
	enum { WANTED = 10000 };
	struct engine_child *rig = *state;
	for (long sent = 0; sent < WANTED;) {
		int status = 0;
		engine_child_start_over(rig);
		pid_t engine = engine_child_begin(rig, NULL, 0);
		assert_true(receiver_wait(rig->receiver, rig->from + 1));
		sent += rain_on(engine, &status);
		assert_int_equal(status, 0);
		engine_child_ended(rig, status);
		expect_nothing_lost(rig, sent);
	}
}

/* ---- others ---- */

static int end_of(pid_t engine)
{
	int status = 0;
	assert_int_equal(waitpid(engine, &status, 0), engine);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void engine__works_alone__when_five_are_started_at_once_f50(void **state)
{
	enum { ENGINES = 5, ROUNDS = 8 };
	struct engine_child *rig = *state;
	for (long round = 0; round < ROUNDS; round++) {
		pid_t engines[ENGINES];
		int went_well = 0;
		engine_child_start_over(rig);
		for (int i = 0; i < ENGINES; i++)
			engines[i] = engine_child_begin(rig, NULL, 0);
		for (int i = 0; i < ENGINES; i++) {
			int code = end_of(engines[i]);
			assert_true(code == 0 || code == REFUSED);
			went_well += code == 0;
		}
		assert_true(went_well > 0);
		engine_child_ended(rig, 0);
		expect_nothing_lost(rig, round);
	}
}

/* It wakes and goes on where it was: nobody has worked meanwhile. */
static void engine__keeps_its_place__while_it_is_stopped_f50(void **state)
{
	enum { MAY_BE_ON_THEIR_WAY = 3 };
	struct engine_child *rig = *state;
	engine_child_start_over(rig);
	receiver_rule(
		rig->receiver, /* lest it ends before it is stopped */
		(struct receiver_rule){ .path = "/S2", .times = 1, .delay_ms = 2000 });
	pid_t first = engine_child_begin(rig, NULL, 0);
	assert_true(receiver_wait(rig->receiver, rig->from + 1));
	kill(first, SIGSTOP);
	size_t heard = receiver_count(rig->receiver);
	assert_int_equal(end_of(engine_child_begin(rig, NULL, 0)), REFUSED);
	assert_in_range(receiver_count(rig->receiver), heard,
			heard + MAY_BE_ON_THEIR_WAY);
	kill(first, SIGCONT);
	assert_int_equal(end_of(first), 0);
	engine_child_ended(rig, 0);
	expect_nothing_lost(rig, 0);
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, engine_child_open, engine_child_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(engine__minds_nothing__when_it_rains_signals_f25),
		TEST(engine__works_alone__when_five_are_started_at_once_f50),
		TEST(engine__keeps_its_place__while_it_is_stopped_f50),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
