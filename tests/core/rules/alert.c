/* Episodes and levels (R1, R2, R15), without a store. */
#include "core/rules/alert.h"

#include <string.h>

#include "core/base/clock.h"
#include "tests/support/check.h"

#define T0 INT64_C(1790000000000)

static struct event an_event(enum event_state state, int64_t minute)
{
	return (struct event){ .state = state,
			       .confirmed = true,
			       .at_ms = T0 + minute * MINUTE_MS };
}

static enum episode_change step(struct monitor_state *state, enum event_state what,
				int64_t minute)
{
	const struct event event = an_event(what, minute);
	return episode_step(state, &event, T0 + minute * MINUTE_MS);
}

static void episode_step__runs_from_the_first_error_to_the_ok__r1(void **state)
{
	(void)state;
	struct monitor_state s = { 0 };
	assert_int_equal(step(&s, EVENT_OK, 0), EPISODE_UNCHANGED);
	assert_int_equal(step(&s, EVENT_ERROR, 1), EPISODE_BEGINS);
	assert_int_equal(step(&s, EVENT_ERROR, 2), EPISODE_GOES_ON);
	assert_true(s.in_error);
	assert_int_equal(s.errors, 2);
	assert_int_equal(s.started_ms, T0 + MINUTE_MS);
	assert_int_equal(step(&s, EVENT_OK, 3), EPISODE_ENDS);
	assert_false(s.in_error);
	assert_int_equal(step(&s, EVENT_OK, 4), EPISODE_UNCHANGED);
	assert_int_equal(step(&s, EVENT_ERROR, 5), EPISODE_BEGINS);
	assert_int_equal(s.episode, 2);
	assert_int_equal(s.errors, 1);
}

static void episode_step__changes_nothing__on_an_unconfirmed_error_r1(void **state)
{
	(void)state;
	struct monitor_state s = {
		.in_error = true, .errors = 3, .episode = 1, .judged_ms = T0
	};
	const struct monitor_state before = s;
	struct event event = an_event(EVENT_ERROR, 1);
	event.confirmed = false;
	assert_int_equal(episode_step(&s, &event, T0), EPISODE_UNCHANGED);
	assert_memory_equal(&s, &before, sizeof(s));
}

static void episode_step__keeps_the_last_errors_message(void **state)
{
	(void)state;
	struct monitor_state s = { 0 };
	struct event event = an_event(EVENT_ERROR, 0);
	memcpy(event.message, "timed out", sizeof("timed out"));
	(void)episode_step(&s, &event, T0);
	assert_string_equal(s.message, "timed out");
	(void)step(&s, EVENT_OK, 1);
	assert_string_equal(s.message, "timed out");
}

static void episode_step__runs_timers_from_now__when_the_clock_jumped_back_r15(
	void **state)
{
	(void)state;
	struct monitor_state s = { 0 };
	const struct event ahead = an_event(EVENT_ERROR, 60);
	(void)episode_step(&s, &ahead, T0);
	assert_int_equal(s.started_ms, T0 + 60 * MINUTE_MS);
	assert_int_equal(s.timer_base_ms, T0);
}

static void episode_step__runs_timers_from_the_event__a_little_ahead_r14(void **state)
{
	(void)state;
	struct monitor_state s = { 0 };
	const struct event ahead = an_event(EVENT_ERROR, 5);
	(void)episode_step(&s, &ahead, T0);
	assert_int_equal(s.timer_base_ms, T0 + 5 * MINUTE_MS);
}

static void level_is_met__at_the_nth_error__and_from_then_on_r2(void **state)
{
	(void)state;
	const struct path level = { .after_errors = 3 };
	struct monitor_state s = { .in_error = true, .timer_base_ms = T0 };
	for (s.errors = 1; s.errors <= 5; s.errors++)
		assert_int_equal(level_is_met(&level, &s, T0), s.errors >= 3);
	s.in_error = false;
	assert_false(level_is_met(&level, &s, T0));
	assert_int_equal(level_deadline(&level, &s), 0);
}

static void level_is_met__when_the_minutes_are_over__r2(void **state)
{
	(void)state;
	const struct path level = { .after_minutes = 10 };
	const struct monitor_state s = { .in_error = true,
					 .timer_base_ms = T0,
					 .errors = 1 };
	assert_int_equal(level_deadline(&level, &s), T0 + 10 * MINUTE_MS);
	assert_false(level_is_met(&level, &s, T0 + 10 * MINUTE_MS - 1));
	assert_true(level_is_met(&level, &s, T0 + 10 * MINUTE_MS));
}

static void level_is_met__never__without_a_condition(void **state)
{
	(void)state;
	const struct path level = { 0 };
	const struct monitor_state s = { .in_error = true,
					 .errors = 9,
					 .timer_base_ms = T0 };
	assert_false(level_is_met(&level, &s, T0 + DAY_MS));
}

static void sooner_ms__takes_zero_for_never(void **state)
{
	(void)state;
	assert_int_equal(sooner_ms(0, 0), 0);
	assert_int_equal(sooner_ms(5, 0), 5);
	assert_int_equal(sooner_ms(0, 7), 7);
	assert_int_equal(sooner_ms(5, 7), 5);
	assert_int_equal(sooner_ms(7, 5), 5);
}

static void episode_step__takes_count_and_start__from_a_sender_that_tells_them(
	void **state)
{
	(void)state;
	struct monitor_state s = { .judged_ms = T0 };
	struct event event = an_event(EVENT_ERROR, 10);
	event.errors = 4;
	event.started_ms = T0 + 6 * MINUTE_MS;
	assert_int_equal(episode_step(&s, &event, event.at_ms), EPISODE_BEGINS);
	assert_int_equal(s.errors, 4);
	assert_int_equal(s.started_ms, T0 + 6 * MINUTE_MS);
	assert_int_equal(s.timer_base_ms, T0 + 6 * MINUTE_MS);
	/* More are counted; a sender that tells fewer than are known is behind. */
	event = an_event(EVENT_ERROR, 11);
	assert_int_equal(episode_step(&s, &event, event.at_ms), EPISODE_GOES_ON);
	assert_int_equal(s.errors, 5);
	event.errors = 2;
	event.started_ms = T0;
	(void)episode_step(&s, &event, event.at_ms);
	assert_int_equal(s.errors, 5);
	assert_int_equal(s.started_ms, T0 + 6 * MINUTE_MS);
}

static void episode_step__bounds_a_told_start__by_what_is_known(void **state)
{
	(void)state;
	struct monitor_state s = { .judged_ms = T0 };
	struct event event = an_event(EVENT_ERROR, 10);
	event.started_ms = T0 - MINUTE_MS;
	(void)episode_step(&s, &event, event.at_ms);
	assert_int_equal(s.started_ms, T0);
	s = (struct monitor_state){ .judged_ms = T0 };
	event.started_ms = event.at_ms + MINUTE_MS;
	(void)episode_step(&s, &event, event.at_ms);
	assert_int_equal(s.started_ms, event.at_ms);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			episode_step__takes_count_and_start__from_a_sender_that_tells_them),
		cmocka_unit_test(episode_step__bounds_a_told_start__by_what_is_known),
		cmocka_unit_test(episode_step__runs_from_the_first_error_to_the_ok__r1),
		cmocka_unit_test(
			episode_step__changes_nothing__on_an_unconfirmed_error_r1),
		cmocka_unit_test(episode_step__keeps_the_last_errors_message),
		cmocka_unit_test(
			episode_step__runs_timers_from_now__when_the_clock_jumped_back_r15),
		cmocka_unit_test(
			episode_step__runs_timers_from_the_event__a_little_ahead_r14),
		cmocka_unit_test(level_is_met__at_the_nth_error__and_from_then_on_r2),
		cmocka_unit_test(level_is_met__when_the_minutes_are_over__r2),
		cmocka_unit_test(level_is_met__never__without_a_condition),
		cmocka_unit_test(sooner_ms__takes_zero_for_never),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
