#include "core/engine/engine.h"

#include <stdio.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/engine/hosts.h"
#include "core/rules/retry.h"
#include "db/db.h"
#include "tests/support/check.h"
#include "core/engine/engine_parts.h"
#include "tests/support/engine_rig.h"

/* ---- order ---- */

static void engine__sends_one_after_the_other__when_a_service_has_two_updates(
	void **state) /* R12 */
{
	struct rig *rig = *state;
	rig_error(rig, "Shop");
	rig->w->now_ms += 1000;
	rig_ok(rig, "Shop");
	rig_turn(rig);
	assert_int_equal(fake_in_flight(rig->fake), 1);
	assert_non_null(strstr(rig->fake->sent[0].body, "investigating"));

	fake_answer_all(rig->fake, 200);
	rig_turn(rig);
	assert_int_equal(rig->fake->count, 2);
	assert_non_null(strstr(rig->fake->sent[1].body, "monitoring"));
	assert_string_not_equal(rig->fake->sent[0].key, rig->fake->sent[1].key);
	fake_answer_all(rig->fake, 200);
	rig_turn(rig);
	assert_true(rig->turn.idle);
	expect_incidents(rig->w, "Website monitoring");
}

static void engine__keeps_to_one_in_flight__when_the_one_in_flight_is_cancelled(
	void **state) /* I9 */
{
	struct rig *rig = *state;
	rig_error(rig, "Shop");
	rig_turn(rig);
	struct delivery sent;
	world_must(store_delivery_get(rig->w->store, world_last_delivery(rig->w), &sent,
				      err));
	sent.state = DELIVERY_CANCELLED;
	world_must(store_delivery_put(rig->w->store, &sent, err));
	rig->w->now_ms += 1000;
	rig_ok(rig, "Shop");
	rig->w->now_ms += 1000;
	rig_error(rig, "Shop");
	rig_turn(rig);
	assert_int_equal(fake_in_flight(rig->fake), 1);
}

static void engine__lets_others_pass__when_one_lane_is_blocked(void **state) /* I13 */
{
	struct rig *rig = *state;
	rig_add_services(rig, 20);
	rig_error(rig, "Shop");
	rig_turn(rig);
	assert_int_equal(fake_in_flight(rig->fake), 21);
	struct fake_sent *blocked = fake_find(rig->fake, "/S3");
	for (size_t i = 0; i < 21; i++)
		if (&rig->fake->sent[i] != blocked)
			fake_answer(rig->fake, &rig->fake->sent[i], 200);
	rig_turn(rig);
	rig->w->now_ms += 1000;
	rig_ok(rig, "Shop");
	rig_turn(rig);
	assert_int_equal(rig->fake->count, 41);
	assert_int_equal(fake_in_flight(rig->fake), 21);
}

static void engine__stores_outcomes_together__while_others_fly(void **state)
{
	static const char delivered[] = "SELECT count(*) FROM delivery WHERE state = 3";
	struct rig *rig = *state;
	rig_add_services(rig, 2);
	rig_error(rig, "Shop");
	rig_turn(rig);
	assert_int_equal(fake_in_flight(rig->fake), 3);
	fake_answer(rig->fake, &rig->fake->sent[0], 200);
	rig_turn(rig);
	expect_number(rig->w, delivered, 0);
	assert_in_range(rig->turn.wait_ms, 1, 50);
	fake_answer(rig->fake, &rig->fake->sent[1], 200);
	rig->w->now_ms += rig->turn.wait_ms;
	rig_turn(rig);
	expect_number(rig->w, delivered, 2);
	fake_answer(rig->fake, &rig->fake->sent[2], 200);
	rig_turn(rig);
	expect_number(rig->w, delivered, 3);
	assert_true(rig->turn.idle);
}

/* One receiver that hangs is no company to wait for. */
static void engine__stores_an_outcome_at_once__while_one_receiver_hangs(void **state)
{
	struct rig *rig = *state;
	rig_add_services(rig, 1);
	rig_error(rig, "Shop");
	rig_turn(rig);
	assert_int_equal(fake_in_flight(rig->fake), 2);
	fake_answer(rig->fake, &rig->fake->sent[0], 200);
	rig_turn(rig);
	expect_number(rig->w, "SELECT count(*) FROM delivery WHERE state = 3", 1);
}

static void engine__keeps_within_its_limit__when_much_is_due(void **state)
{
	struct rig *rig = *state;
	rig_kill(rig);
	rig_start(rig, 3);
	rig_add_services(rig, 20);
	rig_error(rig, "Shop");
	rig_turn(rig);
	while (rig->fake->count < 21) {
		assert_int_equal(fake_in_flight(rig->fake), 3);
		fake_answer(
			rig->fake,
			fake_find(rig->fake, rig->fake->sent[rig->fake->count - 3].path),
			200);
		rig_turn(rig);
	}
	fake_answer_all(rig->fake, 200);
	rig_turn(rig);
	assert_true(rig->turn.idle);
	expect_number(rig->w, "SELECT count(*) FROM delivery WHERE state = 3", 21);
	expect_number(rig->w, "SELECT count(DISTINCT service_id) FROM delivery", 21);
}

/* Each time that it looks, one has come back, and the next one leaves. */
static void engine__goes_on_sending__while_it_judges_much(void **state)
{
	static const char delivered[] = "SELECT count(*) FROM delivery WHERE state = 3";
	struct rig *rig = *state;
	struct err err = { 0 };
	rig_kill(rig);
	rig_start(rig, 1);
	rig_add_services(rig, 20);
	rig_error(rig, "Shop");
	for (int i = 0; i < 2 * WORK_AT_ONCE + 1; i++)
		world_record(rig->w, 1, "Shop", EVENT_ERROR);
	rig->fake->answers = true;
	assert_true(engine_turn(rig->engine, rig_now(rig), &rig->turn, &err));
	assert_int_equal(rig->fake->count, 3);
	expect_number(rig->w, delivered, 0);
	while (!rig->turn.idle) {
		fake_answer_all(rig->fake, 200);
		rig_turn(rig);
	}
	expect_number(rig->w, delivered, 21);
	assert_int_equal(rig->fake->count, 21);
}

static void engine__sends_all__when_there_is_more_than_one_page(void **state)
{
	struct rig *rig = *state;
	rig_add_services(rig, 600);
	rig_error(rig, "Shop");
	rig_turn(rig);
	while (fake_in_flight(rig->fake) > 0) {
		fake_answer_all(rig->fake, 200);
		rig_turn(rig);
	}
	assert_int_equal(rig->fake->count, 601);
	assert_true(rig->turn.idle);
}

/* ---- retry ---- */

static void engine__sends_the_same_again__when_an_attempt_fails(void **state) /* R13 */
{
	struct rig *rig = *state;
	rig_error(rig, "Shop");
	rig_turn(rig);
	fake_answer(rig->fake, &rig->fake->sent[0], 503);
	rig_turn(rig);
	assert_int_equal(rig->fake->count, 1);
	assert_in_range(rig->turn.wait_ms, 200, 300);
	assert_true(rig->turn.idle);

	rig_pass(rig, rig->turn.wait_ms - 1);
	assert_int_equal(rig->fake->count, 1);
	rig_pass(rig, 1);
	assert_int_equal(rig->fake->count, 2);
	assert_string_equal(rig->fake->sent[1].key, rig->fake->sent[0].key);
	assert_string_equal(rig->fake->sent[1].body, rig->fake->sent[0].body);

	fake_lose(rig->fake, &rig->fake->sent[1], true);
	rig_turn(rig);
	assert_in_range(rig->turn.wait_ms, 400, 600);
	rig_pass(rig, rig->turn.wait_ms);
	assert_string_equal(rig->fake->sent[2].key, rig->fake->sent[0].key);
	fake_answer(rig->fake, &rig->fake->sent[2], 200);
	rig_turn(rig);
	expect_number(rig->w, "SELECT count(*) FROM attempt", 3);
	expect_number(rig->w, "SELECT state FROM delivery", 3);
}

static void engine__obeys_retry_after__when_it_is_told(void **state)
{
	struct rig *rig = *state;
	rig_error(rig, "Shop");
	rig_turn(rig);
	fake_answer_later(rig->fake, &rig->fake->sent[0], 429, 90000);
	rig_turn(rig);
	assert_int_equal(rig->turn.wait_ms, 90000);
	rig_pass(rig, 90000);
	fake_answer_later(rig->fake, &rig->fake->sent[1], 429, 99 * HOUR_MS);
	rig_turn(rig);
	assert_int_equal(rig->turn.wait_ms, RETRY_AFTER_MAX_MS);
}

static void engine__counts_it_as_tried__when_a_request_cannot_start(void **state)
{
	struct rig *rig = *state;
	rig->fake->refuses = true;
	rig_error(rig, "Shop");
	rig_turn(rig);
	expect_number(rig->w, "SELECT count(*) FROM attempt WHERE no_answer = 0", 1);
	expect_number(rig->w, "SELECT ambiguous FROM delivery", 0);
	assert_in_range(rig->turn.wait_ms, 200, 300);
	rig->fake->refuses = false;
	rig_pass(rig, rig->turn.wait_ms);
	assert_int_equal(fake_in_flight(rig->fake), 1);
}

static void engine__never_waits_longer_than_an_hour__when_a_due_time_is_far_ahead(
	void **state)
{
	struct rig *rig = *state;
	rig_error(rig, "Shop");
	world_must(db_exec(
		rig->w->store,
		"UPDATE delivery SET next_attempt_ms = next_attempt_ms + 864000000",
		err));
	rig_turn(rig);
	assert_int_equal(rig->turn.wait_ms, DUE_AHEAD_MAX_MS);
	rig_pass(rig, DUE_AHEAD_MAX_MS);
	assert_int_equal(fake_in_flight(rig->fake), 1);
}

static void engine__expires_a_disruption__when_its_time_is_over(void **state)
{
	struct rig *rig = *state;
	rig_error(rig, "Shop");
	world_must(db_exec(rig->w->store,
			   "UPDATE delivery SET attempts = 20, age_from_ms = age_from_ms "
			   "- 72 * 3600000",
			   err));
	rig_turn(rig);
	assert_int_equal(rig->fake->count, 0);
	expect_number(rig->w, "SELECT state FROM delivery", DELIVERY_EXPIRED);
	assert_true(rig->turn.idle);
}

static void engine__sends_on__when_a_disruption_is_old_but_was_not_tried_enough(
	void **state)
{
	struct rig *rig = *state;
	rig_error(rig, "Shop");
	world_must(db_exec(rig->w->store,
			   "UPDATE delivery SET attempts = 18, age_from_ms = age_from_ms "
			   "- 72 * 3600000",
			   err));
	rig_turn(rig);
	assert_int_equal(rig->fake->count, 1);
}

/* ---- hosts ---- */

static void engine__tries_the_rest_at_once__when_a_host_has_recovered(void **state)
{
	struct rig *rig = *state;
	rig_add_services(rig, 3);
	rig_error(rig, "Shop");
	rig_turn(rig);
	fake_answer(rig->fake, fake_find(rig->fake, "/S0"), 503);
	fake_answer(rig->fake, fake_find(rig->fake, "/S1"), 503);
	fake_answer_later(rig->fake, fake_find(rig->fake, "/S2"), 503, 90000);
	rig_turn(rig);
	assert_int_equal(rig->fake->count, 4);
	fake_answer(rig->fake, fake_find(rig->fake, "/Website"), 200);
	rig_turn(rig);
	/* S2 is under a Retry-After. */
	assert_int_equal(rig->fake->count, 6);
	fake_answer(rig->fake, fake_find(rig->fake, "/S0"), 503);
	rig_turn(rig);
	fake_answer(rig->fake, fake_find(rig->fake, "/S1"), 200);
	rig_turn(rig);
	/* A success a moment after another says nothing new. */
	assert_int_equal(rig->fake->count, 6);
}

static void engine__spaces_requests__when_the_integration_has_a_rate(void **state)
{
	struct rig *rig = *state;
	int64_t level = world_number(rig->w, "SELECT min(id) FROM level");
	char name[32], url[96];
	world_set(rig->w, RECORD_INTEGRATION, rig->w->integration_id, "max_per_second",
		  "5");
	for (int i = 0; i < 40; i++) {
		snprintf(name, sizeof(name), "S%d", i);
		snprintf(url, sizeof(url), "https://hooks.example/%s", name);
		world_link(rig->w, level, "Shop", name);
		world_set_service(rig->w, name, "url", url);
	}
	rig_error(rig, "Shop");
	rig_turn(rig);
	/* Loopback is never limited, and waits for nobody. */
	assert_int_equal(rig->fake->count, 2);
	fake_answer_all(rig->fake, 200);
	for (size_t sent = 2; sent < 41; sent++) {
		rig_turn(rig);
		assert_int_equal(rig->fake->count, sent);
		assert_in_range(rig->turn.wait_ms, 1, 200);
		assert_false(rig->turn.idle);
		rig_pass(rig, rig->turn.wait_ms);
		fake_answer_all(rig->fake, 200);
	}
	rig_turn(rig);
	assert_int_equal(rig->fake->count, 41);
	assert_int_equal(rig->w->now_ms - WORLD_T0, 39 * 200);
	assert_true(rig->turn.idle);
}

/* ---- modes, timers ---- */

static void engine__sends_nothing__when_it_is_not_live(void **state) /* R19 */
{
	struct rig *rig = *state;
	static const enum mode modes[] = { MODE_PAUSED, MODE_DRY_RUN };
	rig_error(rig, "Shop");
	for (size_t i = 0; i < 2; i++) {
		rig_kill(rig);
		world_mode(rig->w, modes[i]);
		rig_start(rig, 64);
		rig_turn(rig);
		assert_int_equal(rig->fake->count, 0);
		assert_true(rig->turn.idle);
	}
	rig_kill(rig);
	world_mode(rig->w, MODE_LIVE);
	rig_start(rig, 64);
	rig_turn(rig);
	assert_int_equal(rig->fake->count, 1);
}

static void engine__wakes_for_a_level__when_minutes_are_over(void **state) /* R2 */
{
	struct rig *rig = *state;
	world_link(rig->w, world_level(rig->w, 2, 0, 10), "Mail", "Email");
	world_record(rig->w, 0, "Mail", EVENT_ERROR);
	rig_turn(rig);
	assert_int_equal(rig->turn.wait_ms, 10 * MINUTE_MS);
	assert_true(rig->turn.idle);
	rig_pass(rig, 10 * MINUTE_MS);
	assert_string_equal(fake_paths(rig->fake), "/Email");
}

static void engine__waits_for_nothing__when_nothing_is_due(void **state)
{
	struct rig *rig = *state;
	rig_turn(rig);
	assert_int_equal(rig->turn.wait_ms, -1);
	assert_true(rig->turn.idle);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, rig_open, rig_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(engine__sends_one_after_the_other__when_a_service_has_two_updates),
		TEST(engine__keeps_to_one_in_flight__when_the_one_in_flight_is_cancelled),
		TEST(engine__lets_others_pass__when_one_lane_is_blocked),
		TEST(engine__stores_outcomes_together__while_others_fly),
		TEST(engine__stores_an_outcome_at_once__while_one_receiver_hangs),
		TEST(engine__keeps_within_its_limit__when_much_is_due),
		TEST(engine__goes_on_sending__while_it_judges_much),
		TEST(engine__sends_all__when_there_is_more_than_one_page),
		TEST(engine__sends_the_same_again__when_an_attempt_fails),
		TEST(engine__obeys_retry_after__when_it_is_told),
		TEST(engine__counts_it_as_tried__when_a_request_cannot_start),
		TEST(engine__never_waits_longer_than_an_hour__when_a_due_time_is_far_ahead),
		TEST(engine__expires_a_disruption__when_its_time_is_over),
		TEST(engine__sends_on__when_a_disruption_is_old_but_was_not_tried_enough),
		TEST(engine__tries_the_rest_at_once__when_a_host_has_recovered),
		TEST(engine__spaces_requests__when_the_integration_has_a_rate),
		TEST(engine__sends_nothing__when_it_is_not_live),
		TEST(engine__wakes_for_a_level__when_minutes_are_over),
		TEST(engine__waits_for_nothing__when_nothing_is_due),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
