/* The engine through set clocks, kills and stops: R13, R15, R22. */
#include "core/engine/engine.h"

#include <stdio.h>
#include <string.h>

#include "core/base/clock.h"
#include "tests/support/engine_rig.h"

/* ---- clocks ---- */

static void set_clock(struct rig *rig, int64_t by_ms)
{
	rig->skew_ms += by_ms;
	rig->w->now_ms += by_ms;
}

static void engine__moves_what_waits__when_the_clock_is_set(void **state) /* R15 */
{
	static const int64_t jumps_ms[] = { 10 * DAY_MS, -10 * DAY_MS, HOUR_MS,
					    -HOUR_MS };
	struct rig *rig = *state;
	world_link(rig->w, world_level(rig->w, 2, 0, 10), "Mail", "Email");
	world_record(rig->w, 0, "Mail", EVENT_ERROR);
	rig_error(rig, "Shop");
	rig_turn(rig);
	fake_answer_later(rig->fake, &rig->fake->sent[0], 503, 3000 * SECOND_MS);
	rig_turn(rig);
	for (size_t i = 0; i < 4; i++) {
		set_clock(rig, jumps_ms[i]);
		rig_pass(rig, MINUTE_MS);
		assert_int_equal(rig->fake->count, 1);
		assert_int_equal(rig->turn.wait_ms, (9 - (int64_t)i) * MINUTE_MS);
	}
	rig_pass(rig, 6 * MINUTE_MS);
	assert_string_equal(fake_paths(rig->fake), "/Website /Email");
	fake_answer_all(rig->fake, 200);
	rig_pass(rig, 3000 * SECOND_MS);
	assert_string_equal(fake_paths(rig->fake), "/Website /Email /Website");
}

static void engine__notices__when_the_clock_was_set_between_two_engines(
	void **state) /* R15 */
{
	struct rig *rig = *state;
	world_link(rig->w, world_level(rig->w, 2, 0, 10), "Mail", "Email");
	world_record(rig->w, 0, "Mail", EVENT_ERROR);
	rig_turn(rig);
	world_must(engine_close(rig->engine, rig_now(rig), err));
	rig_kill(rig);
	set_clock(rig, DAY_MS);
	rig->w->now_ms += MINUTE_MS;
	rig_start(rig, 64);
	rig_turn(rig);
	assert_int_equal(rig->fake->count, 0);
	assert_int_equal(rig->turn.wait_ms, 9 * MINUTE_MS);
}

static void engine__takes_time_as_it_is__when_the_machine_was_started_anew(
	void **state) /* R2 */
{
	struct rig *rig = *state;
	world_link(rig->w, world_level(rig->w, 2, 0, 10), "Mail", "Email");
	world_record(rig->w, 0, "Mail", EVENT_ERROR);
	rig_turn(rig);
	world_must(engine_close(rig->engine, rig_now(rig), err));
	rig_kill(rig);
	world_must(store_set_fact(rig->w->store, "clock_start", 1, err));
	rig->w->now_ms += 20 * MINUTE_MS;
	rig->skew_ms = 20 * MINUTE_MS; /* the boot clock stood still */
	rig_start(rig, 64);
	rig_turn(rig);
	assert_string_equal(fake_paths(rig->fake), "/Email");
}

/* ---- ends ---- */

static void engine__repeats_what_was_in_flight__when_it_was_killed(
	void **state) /* R13, R22 */
{
	struct rig *rig = *state;
	char key[64];
	rig_error(rig, "Shop");
	rig_turn(rig);
	snprintf(key, sizeof(key), "%s", rig->fake->sent[0].key);
	rig_kill(rig);
	rig_start(rig, 64);
	expect_number(rig->w, "SELECT ambiguous FROM delivery", 1);
	rig_turn(rig);
	assert_int_equal(rig->fake->count, 1);
	assert_string_equal(rig->fake->sent[0].key, key);
}

static void engine__marks_nothing__when_the_one_before_ended_cleanly(
	void **state) /* R22 */
{
	struct rig *rig = *state;
	rig_turn(rig);
	world_must(engine_close(rig->engine, rig_now(rig), err));
	rig_kill(rig);
	rig_error(rig, "Shop");
	rig_start(rig, 64);
	expect_number(rig->w, "SELECT ambiguous FROM delivery", 0);
}

static void engine__stores_what_is_in_flight_as_unanswered__when_it_is_closed(
	void **state) /* R22 */
{
	struct rig *rig = *state;
	rig_error(rig, "Shop");
	rig_turn(rig);
	engine_stop_sending(rig->engine);
	world_must(engine_close(rig->engine, rig_now(rig), err));
	expect_number(rig->w, "SELECT no_answer FROM attempt", 1);
	expect_number(rig->w, "SELECT ambiguous FROM delivery", 1);
	expect_number(rig->w, "SELECT count(*) FROM delivery WHERE state = 1", 1);
}

static void engine__starts_nothing_more__when_it_is_stopping(void **state)
{
	struct rig *rig = *state;
	rig_turn(rig);
	engine_stop_sending(rig->engine);
	rig_error(rig, "Shop");
	rig_turn(rig);
	assert_int_equal(rig->fake->count, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, rig_open, rig_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(engine__moves_what_waits__when_the_clock_is_set),
		TEST(engine__notices__when_the_clock_was_set_between_two_engines),
		TEST(engine__takes_time_as_it_is__when_the_machine_was_started_anew),
		TEST(engine__repeats_what_was_in_flight__when_it_was_killed),
		TEST(engine__marks_nothing__when_the_one_before_ended_cleanly),
		TEST(engine__stores_what_is_in_flight_as_unanswered__when_it_is_closed),
		TEST(engine__starts_nothing_more__when_it_is_stopping),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
