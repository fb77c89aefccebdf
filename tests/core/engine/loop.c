#include "core/engine/loop.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "core/base/clock.h"
#include "tests/support/check.h"
#include "tests/support/loop_rig.h"

/* The loop may wait only for answers as long as anything is due. */
static bool waits_for_answers_only(void *arg, int64_t wait_ms)
{
	struct loop_rig *rig = arg;
	rig->waits++;
	if (wait_ms != 0)
		assert_int_equal(engine_in_flight(rig->engine), 2);
	return true;
}

static bool is_last_pair(struct loop_rig *rig)
{
	return receiver_count(rig->receiver) >= LOOP_RIG_SERVICES - 1;
}

static bool drains(void *arg, int64_t wait_ms)
{
	return is_last_pair(arg) || waits_for_answers_only(arg, wait_ms);
}

static void loop__drains_a_backlog_without_waiting_for_time__when_much_is_due(
	void **state)
{
	struct loop_rig *rig = *state;
	loop_rig_record(rig, EVENT_ERROR);
	loop_rig_start(rig, 2);
	rig->options.before_wait = drains;
	loop_rig_run(rig);
	assert_int_equal(receiver_count(rig->receiver), LOOP_RIG_SERVICES);
	assert_true(rig->waits > 0);
}

static void loop__ends__when_all_is_sent_and_it_runs_until_idle(void **state)
{
	struct loop_rig *rig = *state;
	loop_rig_start(rig, 64);
	loop_rig_run(rig);
	assert_int_equal(receiver_count(rig->receiver), 0);
	loop_rig_stop(rig);
	loop_rig_start(rig, 64);
	loop_rig_record(rig, EVENT_ERROR);
	loop_rig_record(rig, EVENT_OK);
	loop_rig_run(rig);
	assert_int_equal(receiver_count(rig->receiver), 2 * LOOP_RIG_SERVICES);
	for (size_t i = 0; i < 2 * LOOP_RIG_SERVICES; i++)
		assert_false(receiver_get(rig->receiver, i).overlapped);
}

static bool tells_when_idle(void *arg, int64_t wait_ms)
{
	struct loop_rig *rig = arg;
	if (wait_ms != -1)
		return true;
	if (rig->is_told)
		return false;
	fleet_event(&rig->fleet, rig->other, 0, EVENT_ERROR);
	rig->is_told = true;
	return true;
}

static void loop__wakes__when_another_process_commits(void **state)
{
	struct loop_rig *rig = *state;
	loop_rig_start(rig, 64);
	rig->options.until_idle = false;
	rig->options.before_wait = tells_when_idle;
	loop_rig_run(rig);
	assert_int_equal(receiver_count(rig->receiver), 1);
}

static bool counts_until_idle(void *arg, int64_t wait_ms)
{
	struct loop_rig *rig = arg;
	if (receiver_count(rig->receiver) == LOOP_RIG_SERVICES &&
	    engine_in_flight(rig->engine) == 0)
		rig->waits++;
	return wait_ms != -1;
}

/* After the last answer: its storing, its own ring, and then silence. */
static void loop__falls_silent__when_nothing_is_left_to_do(void **state)
{
	struct loop_rig *rig = *state;
	loop_rig_record(rig, EVENT_ERROR);
	loop_rig_start(rig, 64);
	rig->options.until_idle = false;
	rig->options.before_wait = counts_until_idle;
	loop_rig_run(rig);
	assert_int_equal(receiver_count(rig->receiver), LOOP_RIG_SERVICES);
	assert_in_range(rig->waits, 1, 4);
}

static bool stops_when_in_flight(void *arg, int64_t wait_ms)
{
	struct loop_rig *rig = arg;
	(void)wait_ms;
	if (engine_in_flight(rig->engine) == 2 && !rig->is_told) {
		kill(getpid(), SIGTERM);
		rig->is_told = true;
	}
	return true;
}

static void loop__finishes_what_is_in_flight__when_it_is_told_to_stop(void **state)
{
	struct loop_rig *rig = *state;
	receiver_rule(rig->receiver, (struct receiver_rule){ .delay_ms = 100 });
	loop_rig_record(rig, EVENT_ERROR);
	loop_rig_start(rig, 2);
	rig->options.until_idle = false;
	rig->options.before_wait = stops_when_in_flight;
	loop_rig_run(rig);
	assert_int_equal(receiver_count(rig->receiver), 2);

	struct counts counts;
	struct err err = { 0 };
	place_must(store_counts(rig->other, clock_now_ms(&(struct clock){ 0 }), &counts,
				&err),
		   &err);
	assert_int_equal(counts.deliveries_delivered, 2);
	assert_int_equal(counts.deliveries_queued, LOOP_RIG_SERVICES - 2);
	int64_t is_clean = 0;
	place_must(store_fact(rig->other, FACT_ENGINE_CLEAN, 0, &is_clean, &err), &err);
	assert_int_equal(is_clean, 1);
}

static void loop__gives_up_waiting__when_answers_do_not_come_after_the_stop(void **state)
{
	struct loop_rig *rig = *state;
	receiver_rule(rig->receiver, (struct receiver_rule){ .end = RECEIVER_HANGS });
	loop_rig_record(rig, EVENT_ERROR);
	loop_rig_start(rig, 2);
	rig->options.until_idle = false;
	rig->options.before_wait = stops_when_in_flight;
	loop_rig_run(rig);
	struct err err = { 0 };
	struct counts counts;
	place_must(store_counts(rig->other, clock_now_ms(&(struct clock){ 0 }), &counts,
				&err),
		   &err);
	assert_int_equal(counts.deliveries_delivered, 0);
	assert_int_equal(counts.deliveries_queued, LOOP_RIG_SERVICES);
}

static bool is_removed_when_idle(void *arg, int64_t wait_ms)
{
	struct loop_rig *rig = arg;
	if (wait_ms != -1)
		return true;
	assert_false(rig->is_told); /* it noticed nothing, and rests */
	rig->is_told = true;
	return unlink(rig->fleet.place.path) == 0;
}

/* Who goes on would send from, and store in, a file that nobody finds again. */
static void loop__says_so_and_ends__when_its_database_is_removed(void **state)
{
	struct loop_rig *rig = *state;
	struct err err = { 0 };
	loop_rig_start(rig, 64);
	rig->options.until_idle = false;
	rig->options.before_wait = is_removed_when_idle;
	assert_false(loop_run(rig->engine, rig->fleet.place.store, rig->http,
			      &rig->options, &err));
	assert_int_equal(err.code, ERR_FAILED);
	assert_non_null(strstr(err.text, rig->fleet.place.path));
	assert_non_null(strstr(err.text, "removed or replaced"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, loop_rig_open, loop_rig_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(loop__drains_a_backlog_without_waiting_for_time__when_much_is_due),
		TEST(loop__ends__when_all_is_sent_and_it_runs_until_idle),
		TEST(loop__wakes__when_another_process_commits),
		TEST(loop__falls_silent__when_nothing_is_left_to_do),
		TEST(loop__finishes_what_is_in_flight__when_it_is_told_to_stop),
		TEST(loop__gives_up_waiting__when_answers_do_not_come_after_the_stop),
		TEST(loop__says_so_and_ends__when_its_database_is_removed),
	};
	loop_block_signals(); /* before the receiver's thread exists */
	return cmocka_run_group_tests(tests, NULL, NULL);
}
