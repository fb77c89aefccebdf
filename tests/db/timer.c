/* What happens by itself, soonest first (R2). */
#include "tests/support/journal.h"

static struct timer next(struct store *store)
{
	struct timer timer;
	must(store_next_timer(store, &timer, err));
	return timer;
}

static void put_level(struct store *store, int64_t at_ms)
{
	struct monitor_state state = { .monitor_id = SHOP,
				       .in_error = true,
				       .timer_ms = at_ms };
	must(store_put_monitor_state(store, &state, err));
}

static void next_timer__is_none__when_nothing_waits(void **state)
{
	assert_int_equal(next(*state).kind, TIMER_NONE);
	struct delivery forever = { .service_id = WEBSITE, .state = DELIVERY_HELD };
	must(store_delivery_add(*state, &forever, "", err));
	put_level(*state, 0);
	assert_int_equal(next(*state).kind, TIMER_NONE);
}

static void next_timer__is_the_earliest__of_every_kind(void **state)
{
	struct maintenance window = { .from_ms = T0, .until_ms = T0 + 40 };
	struct maintenance_target target = { .kind = TARGET_MONITOR, .id = SHOP };
	must(store_maintenance_add(*state, &window, &target, 1, err));
	struct timer timer = next(*state);
	assert_int_equal(timer.kind, TIMER_WINDOW);
	assert_int_equal(timer.at_ms, T0 + 40);

	struct incident incident = an_incident(*state, WEBSITE);
	incident.remind_at_ms = T0 + 30;
	must(store_incident_put(*state, &incident, err));
	timer = next(*state);
	assert_int_equal(timer.kind, TIMER_REMINDER);
	assert_int_equal(timer.id, incident.id);

	struct delivery held = { .service_id = WEBSITE,
				 .state = DELIVERY_HELD,
				 .next_attempt_ms = T0 + 20 };
	must(store_delivery_add(*state, &held, "", err));
	timer = next(*state);
	assert_int_equal(timer.kind, TIMER_HOLD);
	assert_int_equal(timer.id, held.id);

	put_level(*state, T0 + 10);
	timer = next(*state);
	assert_int_equal(timer.kind, TIMER_LEVEL);
	assert_int_equal(timer.at_ms, T0 + 10);
	assert_int_equal(timer.id, SHOP);
}

static void next_timer__leaves_out__window_ends_that_are_judged_r11(void **state)
{
	struct maintenance window = { .from_ms = T0, .until_ms = T0 + 40 };
	struct maintenance_target target = { .kind = TARGET_MONITOR, .id = SHOP };
	must(store_maintenance_add(*state, &window, &target, 1, err));
	must(store_set_fact(*state, FACT_WINDOWS_JUDGED, T0 + 40, err));
	assert_int_equal(next(*state).kind, TIMER_NONE);
}

static void next_timer__takes_levels_first__at_one_time(void **state)
{
	struct delivery held = { .service_id = WEBSITE,
				 .state = DELIVERY_HELD,
				 .next_attempt_ms = T0 };
	must(store_delivery_add(*state, &held, "", err));
	put_level(*state, T0);
	assert_int_equal(next(*state).kind, TIMER_LEVEL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		JOURNAL_TEST(next_timer__is_none__when_nothing_waits),
		JOURNAL_TEST(next_timer__is_the_earliest__of_every_kind),
		JOURNAL_TEST(next_timer__leaves_out__window_ends_that_are_judged_r11),
		JOURNAL_TEST(next_timer__takes_levels_first__at_one_time),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
