#include "core/judge/simulate.h"

#include <string.h>

#include "tests/support/acting.h"

#define MIN(n) (T0 + (n)*MINUTE_MS)

/* Updates as "0 Error 1 Website disruption investigating": seconds after the first error.
 */
static bool note_update(void *arg, const struct simulated_update *update)
{
	buf_addf(arg, "%lld %s %lld %s %s %s%s\n",
		 (long long)(update->after_ms / SECOND_MS),
		 alert_type_text(update->alert), (long long)update->level,
		 update->service, service_status_text(update->service_status),
		 incident_status_text(update->incident_status),
		 update->held ? " held" : "");
	return true;
}

static void expect(struct store *store, int64_t monitor_id, int64_t error_for_ms,
		   int64_t every_ms, const char *updates)
{
	DEFER(buf_done)
	struct buf got = BUF_INIT(65536);

	must(simulate(store, monitor_id, T0, error_for_ms, every_ms, note_update, &got,
		      err));
	assert_string_equal(buf_text(&got), updates);
}

static void simulate__tells_both_updates_of_an_outage(void **state)
{
	expect(*state, SHOP, 5 * MINUTE_MS, MINUTE_MS,
	       "0 Error 1 Website disruption investigating\n"
	       "300 Ok 1 Website operational monitoring\n");
}

static void simulate__takes_the_ok_with_the_first_check_at_or_after_the_end(void **state)
{
	expect(*state, SHOP, 5 * MINUTE_MS + SECOND_MS, 2 * MINUTE_MS,
	       "0 Error 1 Website disruption investigating\n"
	       "360 Ok 1 Website operational monitoring\n");
}

static void simulate__counts_errors_as_the_engine_does_R2(void **state)
{
	run_sql(*state, "UPDATE level SET after_errors = 3 WHERE id = 1");
	expect(*state, SHOP, 3 * MINUTE_MS, MINUTE_MS,
	       "120 Error 1 Website disruption investigating\n"
	       "180 Ok 1 Website operational monitoring\n");
	expect(*state, SHOP, 2 * MINUTE_MS, MINUTE_MS, "");
}

static void simulate__runs_level_timers_between_checks_R2(void **state)
{
	run_sql(*state, "INSERT INTO placement VALUES (2, 1, 2, 1, 1, 1, 0);"
			"INSERT INTO link (id, revision, placement_id, monitor_id, "
			"service_id) VALUES (9, 1, 2, 1, 2)"); /* Shop to Email */
	expect(*state, SHOP, 21 * MINUTE_MS, 7 * MINUTE_MS,
	       "0 Error 1 Website disruption investigating\n"
	       "600 Error 2 Email disruption investigating\n"
	       "1260 Ok 1 Website operational monitoring\n"
	       "1260 Ok 2 Email operational monitoring\n");
}

static void simulate__runs_holds_to_their_end_R16(void **state)
{
	run_sql(*state, "UPDATE service SET publish_after_ms = 120000, "
			"recover_after_ms = 60000");
	expect(*state, SHOP, 5 * MINUTE_MS, MINUTE_MS,
	       "120 Error 1 Website disruption investigating\n"
	       "360 Ok 1 Website operational monitoring\n");
	expect(*state, SHOP, MINUTE_MS, MINUTE_MS, ""); /* never public */
}

static void simulate__counts_the_storm_guard_R17(void **state)
{
	run_sql(*state, "UPDATE integration SET storm_max_new = 1, "
			"storm_within_ms = 600000, storm_release_after_ms = 120000");
	DEFER(buf_done)
	struct buf got = BUF_INIT(65536);

	must(simulate(*state, MAIL, T0, 5 * MINUTE_MS, MINUTE_MS, note_update, &got,
		      err));
	assert_non_null(strstr(buf_text(&got), "\n120 Error 1 "));
}

static void simulate__tells_of_reminders_R5(void **state)
{
	run_sql(*state, "UPDATE level SET remind_max = 1, remind_every_minutes = 2;"
			"UPDATE placement SET send_reminders = 1");
	expect(*state, SHOP, 10 * MINUTE_MS, MINUTE_MS,
	       "0 Error 1 Website disruption investigating\n"
	       "120 Reminder 1 Website disruption investigating\n"
	       "600 Ok 1 Website operational monitoring\n");
}

static void simulate__starts_from_a_clean_slate_and_in_live_mode(void **state)
{
	set_mode(*state, MODE_DRY_RUN);
	error_at(*state, SHOP, T0); /* an incident stands */
	expect(*state, SHOP, 5 * MINUTE_MS, MINUTE_MS,
	       "0 Error 1 Website disruption investigating\n"
	       "300 Ok 1 Website operational monitoring\n");
}

static void simulate__writes_nothing(void **state)
{
	expect(*state, SHOP, 5 * MINUTE_MS, MINUTE_MS,
	       "0 Error 1 Website disruption investigating\n"
	       "300 Ok 1 Website operational monitoring\n");
	assert_int_equal(number_of_sql(*state, "SELECT count(*) FROM event"), 0);
	assert_int_equal(number_of_sql(*state, "SELECT count(*) FROM delivery"), 0);
	assert_int_equal(audit_rows(*state), 0);
}

static void simulate__is_refused__with_impossible_times(void **state)
{
	struct store *store = *state;
	DEFER(buf_done)
	struct buf got = BUF_INIT(65536);

	refused(ERR_INVALID, "lasts no time",
		simulate(store, SHOP, T0, 0, MINUTE_MS, note_update, &got, err));
	refused(ERR_INVALID, "less than 1s",
		simulate(store, SHOP, T0, MINUTE_MS, 999, note_update, &got, err));
	refused(ERR_INVALID, "more than 100000 checks",
		simulate(store, SHOP, T0, 100000 * SECOND_MS, SECOND_MS, note_update,
			 &got, err));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, acting_open, journal_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(simulate__tells_both_updates_of_an_outage),
		TEST(simulate__takes_the_ok_with_the_first_check_at_or_after_the_end),
		TEST(simulate__counts_errors_as_the_engine_does_R2),
		TEST(simulate__runs_level_timers_between_checks_R2),
		TEST(simulate__runs_holds_to_their_end_R16),
		TEST(simulate__counts_the_storm_guard_R17),
		TEST(simulate__tells_of_reminders_R5),
		TEST(simulate__starts_from_a_clean_slate_and_in_live_mode),
		TEST(simulate__writes_nothing),
		TEST(simulate__is_refused__with_impossible_times),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
