/* Sweeps in the engine's turns: a day apart, at once when the days were changed, in steps that
 * wait for nobody. */
#include "core/engine/sweeper.h"

#include "tests/support/journal.h"

#define DAY DAY_MS

enum { OLD_EVENTS = 3 * SWEEP_ROWS };

struct run {
	struct store *store;
	struct sweeper *sweeper;
	struct instant now;
};

static int open_run(void **state)
{
	static struct run run;
	void *store;
	run = (struct run){ .now = { .wall_ms = T0, .boot_ms = 1000 } };
	if (journal_open(&store) != 0)
		return -1;
	run.store = store;
	run.sweeper = sweeper_new();
	must(store_set_fact(store, FACT_KEEP_SWEPT, T0 - DAY, err));
	*state = &run;
	return 0;
}

static int close_run(void **state)
{
	struct run *run = *state;
	void *store = run->store;
	sweeper_free(run->sweeper);
	return journal_close(&store);
}

static void add_events(struct run *run, int count, int64_t at_ms)
{
	struct transaction tx = { 0 };
	must(store_begin(run->store, &tx, err));
	for (int i = 0; i < count; i++) {
		struct event event = { .monitor_id = SHOP, .state = EVENT_OK };
		enum event_verdict verdict;
		bool conflict;
		must(store_event_add(run->store, &event, at_ms, &verdict, &conflict,
				     err));
	}
	const struct event_place all = { .at_ms = INT64_MAX, .seq = INT64_MAX };
	must(store_events_judged(run->store, all, err));
	must(store_commit(&tx, err));
}

static int64_t events(const struct run *run)
{
	return number_of_sql(run->store, "SELECT count(*) FROM event");
}

static void pass(struct run *run, int64_t ms)
{
	run->now.wall_ms += ms;
	run->now.boot_ms += ms;
}

/* Turns whenever it asks for one, until it asks for none within the minute. Returns how many. */
static int sweep(struct run *run)
{
	int turns = 0;
	for (;; turns++) {
		sweeper_turn(run->sweeper, run->store, run->now);
		const int64_t wait_ms = sweeper_wait_ms(run->sweeper, run->now.boot_ms);
		assert_true(wait_ms > 0);
		if (wait_ms > 60 * 1000)
			return turns;
		pass(run, wait_ms);
	}
}

static void sweep__removes_what_is_old__in_steps_with_pauses(void **state)
{
	struct run *run = *state;
	add_events(run, OLD_EVENTS, T0 - 500 * DAY);
	add_events(run, 2, T0 - DAY);
	const int64_t began_ms = run->now.boot_ms;
	const int turns = sweep(run);
	assert_int_equal(events(run), 2);
	assert_true(turns >= OLD_EVENTS / SWEEP_ROWS);
	assert_true(run->now.boot_ms - began_ms >= (turns - 1) * SWEEP_PAUSE_MS);
}

/* Who has just got a hublink that removes has a day to say what is kept. */
static void sweep__does_not_come__on_the_first_day(void **state)
{
	struct run *run = *state;
	add_events(run, 2, T0 - 500 * DAY);
	must(store_set_fact(run->store, FACT_KEEP_SWEPT, 0, err));
	sweep(run);
	assert_int_equal(events(run), 2);
	pass(run, DAY);
	sweep(run);
	assert_int_equal(events(run), 1);
}

static void sweep__comes_again__after_a_day(void **state)
{
	struct run *run = *state;
	sweep(run);
	add_events(run, 2, T0 - 399 * DAY);
	sweeper_look_again(run->sweeper);
	sweep(run);
	assert_int_equal(events(run), 2);
	const int64_t wait_ms = sweeper_wait_ms(run->sweeper, run->now.boot_ms);
	assert_true(wait_ms > DAY - 60 * 1000 && wait_ms <= DAY);
	add_events(run, 1, T0);
	pass(run, 2 * DAY);
	sweep(run);
	assert_int_equal(events(run), 1);
}

static void sweep__comes_at_once__when_the_days_were_changed(void **state)
{
	struct run *run = *state;
	add_events(run, 2, T0 - 20 * DAY);
	add_events(run, 1, T0);
	sweep(run);
	assert_int_equal(events(run), 3);
	must(store_set_keep(run->store, JOURNAL_EVENTS, 10, err));
	sweeper_look_again(run->sweeper);
	sweep(run);
	assert_int_equal(events(run), 1);
}

/* R15: a clock that is set ten years ahead must not cost the history. */
static void sweep__takes_a_month_at_most__when_the_clock_leapt(void **state)
{
	struct run *run = *state;
	add_events(run, 1, T0 - 390 * DAY);
	add_events(run, 2, T0 - 300 * DAY);
	sweep(run);
	run->now.wall_ms += 3650 * DAY;
	pass(run, DAY);
	sweep(run);
	sweeper_look_again(run->sweeper);
	sweep(run);
	assert_int_equal(events(run), 2);
}

static void step__waits_for_nobody__who_writes(void **state)
{
	struct run *run = *state;
	struct store *other = NULL;
	struct transaction tx = { 0 };
	add_events(run, 2, T0 - 500 * DAY);
	sweeper_turn(run->sweeper, run->store, run->now);
	must(store_open(store_path(run->store), STORE_WRITE, &other, err));
	must(store_begin(other, &tx, err));
	pass(run, SWEEP_PAUSE_MS);
	sweeper_turn(run->sweeper, run->store, run->now);
	assert_int_equal(sweeper_wait_ms(run->sweeper, run->now.boot_ms), SWEEP_PAUSE_MS);
	assert_int_equal(events(run), 2);
	store_abort(&tx);
	store_close(other);
	sweep(run);
	assert_int_equal(events(run), 1); /* the newest stays */
}

static void nothing__is_removed__without_a_sweeper(void **state)
{
	const struct run *run = *state;
	sweeper_look_again(NULL);
	sweeper_turn(NULL, run->store, run->now);
	assert_int_equal(sweeper_wait_ms(NULL, 0), -1);
	sweeper_free(NULL);
}

#define ON_A_STORE(test) cmocka_unit_test_setup_teardown(test, open_run, close_run)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_A_STORE(sweep__removes_what_is_old__in_steps_with_pauses),
		ON_A_STORE(sweep__does_not_come__on_the_first_day),
		ON_A_STORE(sweep__comes_again__after_a_day),
		ON_A_STORE(sweep__comes_at_once__when_the_days_were_changed),
		ON_A_STORE(sweep__takes_a_month_at_most__when_the_clock_leapt),
		ON_A_STORE(step__waits_for_nobody__who_writes),
		ON_A_STORE(nothing__is_removed__without_a_sweeper),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
