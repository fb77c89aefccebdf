/* F48: a receiver that is down for days while events come. Nothing that comes has to wait for
 * it, nothing is lost, and what became of each update is told. */
#include "core/engine/engine.h"

#include <string.h>

#include "core/base/clock.h"
#include "tests/support/engine_rig.h"

/* Time passes, and whatever is tried finds nobody, or ends without an answer. */
static void pass_without_receiver(struct rig *rig, int64_t ms, bool request_sent)
{
	for (int64_t left_ms = ms; left_ms > 0;) {
		for (size_t i = 0; i < rig->fake->count; i++)
			if (!rig->fake->sent[i].is_over)
				fake_lose(rig->fake, &rig->fake->sent[i], request_sent);
		rig_turn(rig);
		int64_t step_ms = rig->turn.wait_ms;
		step_ms = step_ms < 1 || step_ms > left_ms ? left_ms : step_ms;
		rig_pass(rig, step_ms);
		left_ms -= step_ms;
	}
}

/* An outage of an hour every two hours. */
static void fail_for_hours(struct rig *rig, int hours, bool request_sent)
{
	for (int hour = 0; hour < hours; hour++) {
		if (hour % 2 == 0)
			rig_error(rig, "Shop");
		else
			rig_ok(rig, "Shop");
		pass_without_receiver(rig, HOUR_MS, request_sent);
	}
}

/* From now on everything is accepted, until nothing waits any more. */
static void recover(struct rig *rig)
{
	do {
		fake_answer_all(rig->fake, 200);
		rig_turn(rig);
		if (fake_in_flight(rig->fake) == 0 && rig->turn.wait_ms > 0)
			rig_pass(rig, rig->turn.wait_ms);
	} while (fake_in_flight(rig->fake) > 0 || rig->turn.wait_ms > 0);
}

/* "disruption Website (delivered); recovery Website (delivered)", with what became of the
 * first of them. */
static void expect_pairs(struct rig *rig, int pairs, const char *first_disruption,
			 const char *first_recovery)
{
	DEFER(buf_done) struct buf text = BUF_INIT(1 << 14);
	for (int i = 0; i < pairs; i++)
		buf_addf(&text, "%sdisruption Website (%s); recovery Website (%s)",
			 i > 0 ? "; " : "", i == 0 ? first_disruption : "delivered",
			 i == 0 ? first_recovery : "delivered");
	expect_deliveries(rig->w, buf_text(&text));
}

/* Since request number `from`: each key once, investigating and monitoring in turn. */
static void expect_told_in_order(const struct rig *rig, size_t from,
				 bool starts_with_recovery)
{
	for (size_t i = from; i < rig->fake->count; i++) {
		const char *state = (i - from) % 2 == (size_t)starts_with_recovery
					    ? "investigating"
					    : "monitoring";
		assert_non_null(strstr(rig->fake->sent[i].body, state));
		for (size_t other = from; other < i; other++)
			assert_string_not_equal(rig->fake->sent[i].key,
						rig->fake->sent[other].key);
	}
}

static void engine__tells_everything_in_order__after_days_without_a_receiver_f48(
	void **state)
{
	struct rig *rig = *state;
	fail_for_hours(rig, 70, false);
	assert_in_range(rig->fake->count, 500, FAKE_SENT_MAX); /* every five minutes */
	size_t tried = rig->fake->count - fake_in_flight(rig->fake);
	recover(rig);
	expect_pairs(rig, 35, "delivered", "delivered");
	assert_int_equal(rig->fake->count - tried, 70);
	expect_told_in_order(rig, tried, false);
}

static void engine__says_what_came_too_late__after_three_days_f48(void **state)
{
	struct rig *rig = *state;
	fail_for_hours(rig, 73, false);
	rig_ok(rig, "Shop");
	recover(rig);
	/* It cannot have been accepted: nobody hears of that incident (R22). */
	expect_pairs(rig, 37, "expired", "superseded");
}

static void engine__sends_the_recovery__of_what_may_have_been_accepted_f48(void **state)
{
	struct rig *rig = *state;
	fail_for_hours(rig, 73, true);
	rig_ok(rig, "Shop");
	recover(rig);
	expect_pairs(rig, 37, "expired", "delivered");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, rig_open, rig_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(engine__tells_everything_in_order__after_days_without_a_receiver_f48),
		TEST(engine__says_what_came_too_late__after_three_days_f48),
		TEST(engine__sends_the_recovery__of_what_may_have_been_accepted_f48),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
