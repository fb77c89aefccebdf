/* Checks in the engine's turns, without a network: when, how many, and what they tell. */
#include "core/engine/probe.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/store_sources.h"
#include "tests/support/engine_rig.h"
#include "tests/support/fake_prober.h"

enum { IN_FLIGHT = 8 };

struct bench {
	struct rig *rig;
	struct fake_prober *fake;
	struct probe *probe;
};

static void begin(struct bench *bench)
{
	bench->fake = fake_prober_new();
	bench->probe = probe_new(&bench->fake->prober, IN_FLIGHT);
	engine_check(bench->rig->engine, bench->probe);
}

static void end(struct bench *bench)
{
	probe_free(bench->probe);
	bench->fake->prober.ops->free(&bench->fake->prober);
}

static int64_t add_check(struct bench *bench, const char *monitor, const char *every)
{
	struct world *w = bench->rig->w;
	int64_t id = world_monitor(w, monitor);
	world_set(w, RECORD_MONITOR, id, "check_every_ms", every);
	world_set(w, RECORD_MONITOR, id, "check_target", "http://shop.example/");
	world_set(w, RECORD_MONITOR, id, "check_type", "http");
	return id;
}

/* The world writes through the engine's own connection, which does not ring by itself. */
static void look(struct bench *bench)
{
	probe_look_again(bench->probe);
	rig_turn(bench->rig);
}

static int open_bench(void **state)
{
	struct bench *bench = calloc(1, sizeof(*bench));
	void *rig;
	rig_open(&rig);
	bench->rig = rig;
	add_check(bench, "Shop", "1m");
	begin(bench);
	*state = bench;
	return 0;
}

static int close_bench(void **state)
{
	struct bench *bench = *state;
	void *rig = bench->rig;
	end(bench);
	rig_close(&rig);
	free(bench);
	return 0;
}

/* Time passes until a check is on its way; returns how long that took. */
static int64_t pass_until_started(struct bench *bench)
{
	int64_t from_ms = bench->rig->w->now_ms;
	while (bench->fake->count == 0) {
		assert_true(bench->rig->w->now_ms - from_ms < 2 * MINUTE_MS);
		rig_pass(bench->rig, 100);
	}
	return bench->rig->w->now_ms - from_ms;
}

/* The check on its way ends, and is stored. */
static void answer(struct bench *bench, const char *message)
{
	fake_prober_answer(bench->fake, message);
	rig_turn(bench->rig);
	rig_pass(bench->rig, PROBE_STORE_WAIT_MS);
}

static void expect_events(struct bench *bench, const char *wanted)
{
	DEFER(buf_done) struct buf sql = BUF_INIT(2000);
	buf_addf(&sql,
		 "SELECT coalesce((SELECT group_concat(w, '; ') FROM (SELECT iif(state = "
		 "1, "
		 "'ok', iif(confirmed, 'error', 'unconfirmed')) || coalesce(' ' || "
		 "message, "
		 "'') AS w FROM event ORDER BY seq)), '') = '%s'",
		 wanted);
	expect_number(bench->rig->w, buf_text(&sql), 1);
}

static void probe__checks_within_the_first_interval__then_each(void **state)
{
	struct bench *bench = *state;
	assert_true(pass_until_started(bench) <= MINUTE_MS);
	answer(bench, NULL);
	int64_t waited_ms = pass_until_started(bench);
	assert_in_range(waited_ms, 57 * SECOND_MS, MINUTE_MS);
}

static void probe__tells_an_ok__only_when_it_says_something_new(void **state)
{
	struct bench *bench = *state;
	for (int i = 0; i < 3; i++) {
		pass_until_started(bench);
		answer(bench, NULL);
	}
	expect_events(bench, "ok");
	expect_number(bench->rig->w, "SELECT count(*) FROM check_result", 3);
	rig_error(bench->rig, "Shop"); /* somebody else saw it fail */
	pass_until_started(bench);
	answer(bench, NULL);
	expect_number(bench->rig->w,
		      "SELECT count(*) FROM event WHERE state = 1 AND confirmed", 2);
}

static void probe__finds_a_first_failure_again__before_it_counts_R1(void **state)
{
	struct bench *bench = *state;
	pass_until_started(bench);
	answer(bench, NULL);
	pass_until_started(bench);
	answer(bench, "HTTP 500, expected 200-399");
	expect_events(bench, "ok; unconfirmed HTTP 500, expected 200-399");
	expect_number(bench->rig->w, "SELECT in_error FROM monitor_state", 0);
	assert_true(pass_until_started(bench) <= 5 * SECOND_MS);
	answer(bench, "HTTP 502, expected 200-399");
	expect_number(bench->rig->w, "SELECT in_error FROM monitor_state", 1);
	expect_number(bench->rig->w, "SELECT errors FROM monitor_state", 1);
	assert_true(pass_until_started(bench) > 30 * SECOND_MS);
	answer(bench, "HTTP 502, expected 200-399");
	expect_number(bench->rig->w, "SELECT errors FROM monitor_state", 2);
	pass_until_started(bench);
	answer(bench, NULL);
	expect_number(bench->rig->w, "SELECT in_error FROM monitor_state", 0);
}

static void probe__forgives_a_failure__that_is_not_found_again_R1(void **state)
{
	struct bench *bench = *state;
	pass_until_started(bench);
	answer(bench, "no answer within 10s");
	pass_until_started(bench);
	answer(bench, NULL);
	expect_events(bench, "unconfirmed no answer within 10s; ok");
	expect_deliveries(bench->rig->w, "");
}

static void probe__counts_a_failure_at_once__without_a_recheck(void **state)
{
	struct bench *bench = *state;
	world_set(bench->rig->w, RECORD_MONITOR, world_monitor(bench->rig->w, "Shop"),
		  "check_recheck_ms", "0s");
	look(bench);
	pass_until_started(bench);
	answer(bench, "refused");
	expect_events(bench, "error refused");
}

static void probe__goes_on_counting__after_a_restart_in_an_episode(void **state)
{
	struct bench *bench = *state;
	rig_error(bench->rig, "Shop");
	end(bench);
	begin(bench);
	pass_until_started(bench);
	answer(bench, "refused");
	expect_number(bench->rig->w, "SELECT errors FROM monitor_state", 2);
}

static void probe__leaves_alone__what_is_inactive_or_has_no_check(void **state)
{
	struct bench *bench = *state;
	world_monitor(bench->rig->w, "Events only");
	world_set(bench->rig->w, RECORD_MONITOR, world_monitor(bench->rig->w, "Shop"),
		  "active", "no");
	look(bench);
	for (int i = 0; i < 130; i++)
		rig_pass(bench->rig, SECOND_MS);
	assert_int_equal(bench->fake->started, 0);
	assert_int_equal(probe_wait_ms(bench->probe, rig_now(bench->rig).boot_ms), -1);
}

static void probe__checks_at_once__what_was_changed(void **state)
{
	struct bench *bench = *state;
	rig_turn(bench->rig);
	assert_int_equal(bench->fake->count, 0);
	world_set(bench->rig->w, RECORD_MONITOR, world_monitor(bench->rig->w, "Shop"),
		  "check_target", "http://new.example/");
	look(bench);
	assert_int_equal(bench->fake->count, 1);
	assert_string_equal(bench->fake->flying[0].target, "http://new.example/");
}

static void probe__drops_what_was_found__once_the_check_is_another(void **state)
{
	struct bench *bench = *state;
	pass_until_started(bench);
	world_set(bench->rig->w, RECORD_MONITOR, world_monitor(bench->rig->w, "Shop"),
		  "check_target", "http://new.example/");
	look(bench);
	assert_int_equal(bench->fake->count, 2);
	answer(bench, "of the old target");
	expect_events(bench, "");
	answer(bench, NULL);
	expect_events(bench, "ok");
	expect_number(bench->rig->w, "SELECT count(*) FROM check_result", 1);
}

static void probe__drops_what_was_found__once_the_monitor_is_gone(void **state)
{
	struct bench *bench = *state;
	int64_t id = add_check(bench, "Short-lived", "10s");
	look(bench);
	pass_until_started(bench);
	fake_prober_answer(bench->fake, "down");
	rig_turn(bench->rig);
	world_must(store_delete(bench->rig->w->store, RECORD_MONITOR, id, err));
	rig_pass(bench->rig, PROBE_STORE_WAIT_MS);
	expect_events(bench, "");
	expect_number(bench->rig->w, "SELECT count(*) FROM check_result", 0);
}

static void add_many(struct bench *bench, int count)
{
	char name[32];
	for (int i = 0; i < count; i++) {
		(void)snprintf(name, sizeof(name), "Many %02d", i);
		add_check(bench, name, "1m");
	}
}

static void probe__has_so_many_on_their_way_at_most__and_goes_on(void **state)
{
	struct bench *bench = *state;
	add_many(bench, 30);
	look(bench);
	for (int i = 0; i < 120; i++)
		rig_pass(bench->rig, 500);
	assert_int_equal(bench->fake->count, IN_FLIGHT);
	while (bench->fake->count > 0) {
		fake_prober_answer(bench->fake, NULL);
		rig_turn(bench->rig);
	}
	assert_in_range(bench->fake->started, 31, 62);
}

/* After hours of sleep each is due once, not once for every minute, and not all at once. */
static void probe__makes_up_for_nothing__after_the_machine_slept(void **state)
{
	struct bench *bench = *state;
	add_many(bench, 30);
	look(bench);
	for (int i = 0; i < 120; i++) {
		rig_pass(bench->rig, 500);
		while (bench->fake->count > 0)
			fake_prober_answer(bench->fake, NULL);
	}
	size_t before = bench->fake->started;
	rig_pass(bench->rig, 3 * HOUR_MS);
	assert_true(bench->fake->started - before <= 2);
	for (int i = 0; i < 59; i++) {
		while (bench->fake->count > 0)
			fake_prober_answer(bench->fake, NULL);
		rig_pass(bench->rig, SECOND_MS);
	}
	assert_in_range(bench->fake->started - before, 28, 33);
}

static void probe__checks__whatever_the_mode(void **state)
{
	struct bench *bench = *state;
	world_mode(bench->rig->w, MODE_PAUSED);
	pass_until_started(bench);
	answer(bench, "down");
	pass_until_started(bench);
	answer(bench, "down");
	expect_deliveries(bench->rig->w, "disruption Website");
}

static void probe__keeps_the_last_results__of_each_monitor(void **state)
{
	struct bench *bench = *state;
	struct world *w = bench->rig->w;
	struct check_result result = { .monitor_id = world_monitor(w, "Shop") };
	bool kept;
	for (int i = 0; i < CHECK_RESULTS_KEPT + 5; i++)
		world_must(store_check_add(w->store, &result, &kept, err));
	assert_true(kept);
	expect_number(w, "SELECT count(*) FROM check_result", CHECK_RESULTS_KEPT);
	expect_number(w, "SELECT min(number) FROM check_result", 6);
	result.monitor_id = 4711;
	world_must(store_check_add(w->store, &result, &kept, err));
	assert_false(kept);
}

static void probe__stores_what_it_heard__when_the_engine_ends(void **state)
{
	struct bench *bench = *state;
	pass_until_started(bench);
	fake_prober_answer(bench->fake, "down");
	world_must(probe_turn(bench->probe, bench->rig->w->store, rig_now(bench->rig),
			      NULL, err));
	world_must(engine_close(bench->rig->engine, rig_now(bench->rig), err));
	expect_events(bench, "unconfirmed down");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_bench, close_bench)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(probe__checks_within_the_first_interval__then_each),
		TEST(probe__tells_an_ok__only_when_it_says_something_new),
		TEST(probe__finds_a_first_failure_again__before_it_counts_R1),
		TEST(probe__forgives_a_failure__that_is_not_found_again_R1),
		TEST(probe__counts_a_failure_at_once__without_a_recheck),
		TEST(probe__goes_on_counting__after_a_restart_in_an_episode),
		TEST(probe__leaves_alone__what_is_inactive_or_has_no_check),
		TEST(probe__checks_at_once__what_was_changed),
		TEST(probe__drops_what_was_found__once_the_check_is_another),
		TEST(probe__drops_what_was_found__once_the_monitor_is_gone),
		TEST(probe__has_so_many_on_their_way_at_most__and_goes_on),
		TEST(probe__makes_up_for_nothing__after_the_machine_slept),
		TEST(probe__checks__whatever_the_mode),
		TEST(probe__keeps_the_last_results__of_each_monitor),
		TEST(probe__stores_what_it_heard__when_the_engine_ends),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
