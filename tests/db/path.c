/* What lies between a monitor and the services it can reach (R3), and what mutes it
 * (R11). */
#include <string.h>

#include "tests/support/journal.h"

static struct paths paths_of(struct store *store, int64_t monitor_id)
{
	struct paths paths = { 0 };
	must(store_paths(store, monitor_id, &paths, err));
	return paths;
}

static void paths__are_one_row_each__sorted_r3(void **state)
{
	DEFER(paths_done) struct paths paths = paths_of(*state, MAIL);
	assert_int_equal(paths.count, 3);
	const struct path *first = &paths.items[0];
	assert_string_equal(first->service, "Email");
	assert_string_equal(first->integration, "Hub");
	assert_string_equal(first->definition, "Default");
	assert_int_equal(first->level, 1);
	assert_int_equal(first->after_errors, 2);
	assert_int_equal(first->after_minutes, 0);
	assert_int_equal(first->remind_every_minutes, 30);
	assert_true(first->monitor_active && first->definition_active &&
		    first->level_active);
	assert_true(first->placement_active && first->send_ok && !first->send_reminders);
	assert_string_equal(paths.items[1].service, "Website");
	assert_int_equal(paths.items[1].service_id, WEBSITE);
}

static void paths__leave_ids_0__where_something_is_missing_r3(void **state)
{
	DEFER(paths_done) struct paths paths = paths_of(*state, MAIL);
	const struct path *unplaced = &paths.items[2];
	assert_int_equal(unplaced->level, 2);
	assert_int_equal(unplaced->after_minutes, 10);
	assert_int_equal(unplaced->placement_id, 0);
	assert_int_equal(unplaced->integration_id, 0);
	assert_int_equal(unplaced->service_id, 0);
	run_sql(*state, "DELETE FROM link WHERE monitor_id = 2");
	DEFER(paths_done) struct paths unlinked = paths_of(*state, MAIL);
	assert_int_equal(unlinked.count, 2);
	assert_int_equal(unlinked.items[0].placement_id, 1);
	assert_int_equal(unlinked.items[0].service_id, 0);
}

static void paths__are_none__without_a_definition(void **state)
{
	DEFER(paths_done) struct paths paths = paths_of(*state, BATCH);
	assert_int_equal(paths.count, 0);
}

static void paths__come_once__of_a_definition_that_holds_a_monitor_several_times(
	void **state)
{
	run_sql(*state, "INSERT INTO monitor_group VALUES (1, 'eu'), (1, 'shop');"
			"INSERT INTO definition_group VALUES (1, 'eu'), (1, 'shop');"
			"INSERT INTO monitor_group VALUES (2, 'eu')");
	DEFER(paths_done) struct paths by_groups = paths_of(*state, SHOP);
	assert_int_equal(by_groups.count, 2);
	DEFER(paths_done) struct paths both = paths_of(*state, MAIL);
	assert_int_equal(both.count, 3);
}

static void window(struct store *store, enum target_kind kind, int64_t id,
		   int64_t from_ms, int64_t until_ms)
{
	struct maintenance window = { .from_ms = from_ms, .until_ms = until_ms };
	struct maintenance_target target = { .kind = kind, .id = id, .group = "web" };
	must(store_maintenance_add(store, &window, &target, 1, err));
}

static int64_t muted_until(struct store *store, int64_t monitor_id, int64_t at_ms)
{
	int64_t until_ms = -1;
	must(store_muted(store, monitor_id, at_ms, &until_ms, err));
	return until_ms;
}

static void muted__covers_a_monitor__by_name_group_and_service_r11(void **state)
{
	static const struct {
		enum target_kind kind;
		int64_t id;
		bool shop, mail, batch;
	} cases[] = {
		{ TARGET_MONITOR, BATCH, false, false, true },
		{ TARGET_GROUP, 0, true, false, false },
		{ TARGET_SERVICE, WEBSITE, true, true, false },
		{ TARGET_SERVICE, EMAIL, false, true, false },
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		run_sql(*state, "DELETE FROM maintenance");
		window(*state, cases[i].kind, cases[i].id, T0, T0 + 10);
		if ((muted_until(*state, SHOP, T0) != 0) != cases[i].shop ||
		    (muted_until(*state, MAIL, T0) != 0) != cases[i].mail ||
		    (muted_until(*state, BATCH, T0) != 0) != cases[i].batch)
			fail_msg("case %zu", i);
	}
}

static void muted__lasts_from_the_start__to_just_before_the_end_r11(void **state)
{
	window(*state, TARGET_MONITOR, SHOP, T0 + 10, T0 + 20);
	assert_int_equal(muted_until(*state, SHOP, T0 + 9), 0);
	assert_int_equal(muted_until(*state, SHOP, T0 + 10), T0 + 20);
	assert_int_equal(muted_until(*state, SHOP, T0 + 19), T0 + 20);
	assert_int_equal(muted_until(*state, SHOP, T0 + 20), 0);
}

static void muted__goes_on__through_windows_that_touch_r11(void **state)
{
	window(*state, TARGET_MONITOR, SHOP, T0, T0 + 20);
	window(*state, TARGET_GROUP, 0, T0 + 20, T0 + 30);
	window(*state, TARGET_SERVICE, WEBSITE, T0 + 25, T0 + 40);
	window(*state, TARGET_MONITOR, SHOP, T0 + 41, T0 + 50);
	window(*state, TARGET_MONITOR, BATCH, T0 + 40, T0 + 99);
	assert_int_equal(muted_until(*state, SHOP, T0 + 5), T0 + 40);
}

static void next_window_end__is_the_first__after_that_time(void **state)
{
	int64_t end_ms = -1;
	must(store_next_window_end(*state, T0, &end_ms, err));
	assert_int_equal(end_ms, 0);
	window(*state, TARGET_MONITOR, SHOP, T0, T0 + 20);
	window(*state, TARGET_MONITOR, SHOP, T0, T0 + 10);
	must(store_next_window_end(*state, T0 + 10, &end_ms, err));
	assert_int_equal(end_ms, T0 + 20);
}

static bool count(void *arg, int64_t id)
{
	(void)id;
	(*(int *)arg)++;
	return true;
}

static void monitors_in_error__are_those__whose_episode_runs(void **state)
{
	struct monitor_state shop = { .monitor_id = SHOP, .in_error = true };
	struct monitor_state mail = { .monitor_id = MAIL, .episode = 1 };
	int seen = 0;
	must(store_put_monitor_state(*state, &shop, err));
	must(store_put_monitor_state(*state, &mail, err));
	must(store_monitors_in_error(*state, count, &seen, err));
	assert_int_equal(seen, 1);
}

static int64_t unjoined(struct store *store)
{
	int seen = 0;
	must(store_monitors_unjoined(store, count, &seen, err));
	return seen;
}

static void monitors_unjoined__are_those__that_would_open_an_incident_r9(void **state)
{
	struct store *store = *state;
	struct monitor_state shop = { .monitor_id = SHOP, .in_error = true };
	struct incident incident = { .service_id = WEBSITE, .status = INCIDENT_DETACHED };
	must(store_put_monitor_state(store, &shop, err));
	run_sql(store, "DELETE FROM link; INSERT INTO link "
		       "(id, revision, placement_id, monitor_id, service_id) "
		       "VALUES (1, 1, 1, 1, 1)");
	assert_int_equal(unjoined(store), 1);
	must(store_incident_put(store, &incident, err));
	assert_int_equal(unjoined(store), 0);
	incident.over_ms = T0;
	must(store_incident_put(store, &incident, err));
	assert_int_equal(unjoined(store), 1);

	struct incident others = { .service_id = WEBSITE,
				   .policy = POLICY_PER_MONITOR,
				   .monitor_id = MAIL,
				   .status = INCIDENT_INVESTIGATING };
	struct incident own = others;
	own.monitor_id = SHOP;
	must(store_incident_put(store, &others, err));
	assert_int_equal(unjoined(store), 1);
	must(store_incident_put(store, &own, err));
	assert_int_equal(unjoined(store), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		JOURNAL_TEST(paths__are_one_row_each__sorted_r3),
		JOURNAL_TEST(paths__leave_ids_0__where_something_is_missing_r3),
		JOURNAL_TEST(paths__are_none__without_a_definition),
		JOURNAL_TEST(
			paths__come_once__of_a_definition_that_holds_a_monitor_several_times),
		JOURNAL_TEST(muted__covers_a_monitor__by_name_group_and_service_r11),
		JOURNAL_TEST(muted__lasts_from_the_start__to_just_before_the_end_r11),
		JOURNAL_TEST(muted__goes_on__through_windows_that_touch_r11),
		JOURNAL_TEST(next_window_end__is_the_first__after_that_time),
		JOURNAL_TEST(monitors_in_error__are_those__whose_episode_runs),
		JOURNAL_TEST(
			monitors_unjoined__are_those__that_would_open_an_incident_r9),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
