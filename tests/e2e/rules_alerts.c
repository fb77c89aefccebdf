/* From events to alerts, from outside: R1-R6. */
#include <signal.h>

#include "core/base/clock.h"
#include "tests/support/stage.h"

/* Definition Default's level 1 as given; in it Hub is ticked and linked as before. */
#define LEVEL_1(members)                                                       \
	"{'hublink': 1, 'alert_definitions': [{'name': 'Default', 'levels': [" \
	" {'level': 1, " members "}]}]}"
/* Hub's place in that level. */
#define PLACE_1(members) LEVEL_1("'integrations': [{'integration': 'Hub', " members "}]")
#define TO_WEBSITE(monitor) "'links': [{'monitor': '" monitor "', 'service': 'Website'}]"

/* ---- R1 ---- */

static void r1__an_unconfirmed_error_changes_nothing__before_a_confirmed_one(void **state)
{
	struct stage *s = *state;
	stage_do(s, "event Shop error --unconfirmed");
	stage_do(s, "event Shop ok");
	stage_settle(s);
	assert_alerts(s, "");
	assert_int_equal(receiver_connections(s->receiver), 0);
	stage_do(s, "event Shop error");
	stage_settle(s);
	assert_told(s, "/website", "investigating down");
}

static void r1__an_ok_changes_nothing__without_an_episode(void **state)
{
	struct stage *s = *state;
	stage_events(s, "12:00 Shop error, 12:01 Shop ok, 12:02 Shop ok, 12:03 Shop ok");
	stage_settle(s);
	assert_alerts(s, "Error Shop, Ok Shop");
	assert_told(s, "/website", "investigating down, monitoring up");
}

/* ---- R2 ---- */

static void r2__a_level_triggers_once__at_the_nth_consecutive_error(void **state)
{
	struct stage *s = *state;
	stage_import(s, LEVEL_1("'after': {'errors': 3}"));
	stage_events(s, "12:00 Shop error, 12:01 Shop error, 12:02 Shop ok,"
			"12:03 Shop error, 12:04 Shop error, 12:05 Shop error,"
			"12:06 Shop error, 12:07 Shop error");
	stage_settle(s);
	assert_alerts(s, "Error Shop");
	assert_string_equal(stage_sent(s, 0, "alert.timestamp"), "2026-01-05T12:05:00Z");
	assert_string_equal(stage_sent(s, 0, "start_time"), "2026-01-05T12:03:00Z");
}

static void r2__both_updates_are_sent__when_all_happened_while_no_engine_ran(void **state)
{
	struct stage *s = *state;
	stage_import(s, LEVEL_1("'after': {'minutes': 10}"));
	stage_events(s, "12:00 Shop error, 12:30 Shop ok");
	stage_settle(s);
	assert_told(s, "/website", "investigating down, monitoring up");
	assert_string_equal(stage_sent(s, 0, "alert.timestamp"), "2026-01-05T12:10:00Z");
	assert_string_equal(stage_sent(s, 1, "alert.timestamp"), "2026-01-05T12:30:00Z");
	assert_string_equal(stage_sent(s, 1, "start_time"), "2026-01-05T12:00:00Z");
}

static void r2__the_event_goes_first__at_equal_times(void **state)
{
	struct stage *s = *state;
	stage_import(s, LEVEL_1("'after': {'minutes': 10}"));
	stage_events(s, "12:00 Shop error, 12:10 Shop ok");
	stage_settle(s);
	assert_alerts(s, "");
}

static void r2__timers_and_events_are_judged_in_order_of_time__after_downtime(
	void **state)
{
	struct stage *s = *state;
	stage_import(s, "{'hublink': 1, 'alert_definitions': [{'name': 'Slow',"
			" 'monitors': ['Batch'], 'levels': [{'level': 1,"
			"  'after': {'minutes': 10}, 'integrations': ["
			"  {'integration': 'Hub', 'active': true, " TO_WEBSITE(
				"Batch") "}]}]}]}");
	/* Batch reaches Website at 12:10, API at 12:05, Shop at 12:15: API opens. */
	stage_events(s, "12:00 Batch error, 12:05 API error, 12:15 Shop error,"
			"12:20 API ok, 12:21 Shop ok, 12:22 Batch ok");
	stage_settle(s);
	assert_told(s, "/website", "investigating down, monitoring up");
	assert_told(s, "/partner", "investigating down, monitoring up");
	assert_string_equal(stage_member(s, "incidents --service Website", 0, "monitors"),
			    "[\"API\",\"Batch\",\"Shop\"]");
	assert_string_equal(
		stage_member(s, "incidents --service Website", 0, "start_time"),
		"2026-01-05T12:05:00Z");
}

/* An error that minutes levels of one minute meet a second from now. */
static void err_almost_a_minute_ago(struct stage *s, const char *monitor)
{
	char at[TIME_TEXT_SIZE];
	stage_do(s, "event %s error --at %s", monitor,
		 time_format_utc(at, clock_now_ms(NULL) - 59 * SECOND_MS));
}

static void r2__a_level_of_minutes_triggers__by_the_engines_own_timer_and_after_a_restart(
	void **state)
{
	struct stage *s = *state;
	stage_import(s, LEVEL_1("'after': {'minutes': 1}"));
	stage_engine_start(s);
	err_almost_a_minute_ago(s, "Shop");
	assert_true(receiver_wait(s->receiver, 1));
	err_almost_a_minute_ago(s, "Batch");
	assert_int_equal(stage_engine_end(s, SIGKILL), 128 + SIGKILL);
	stage_engine_start(s);
	assert_true(receiver_wait(s->receiver, 2));
	stage_wait(s, stage_deliveries, "disruption delivered, disruption delivered");
}

/* ---- R3 ---- */

struct gate {
	const char *shuts, *opens, *reason;
};

static void shut_then_open(struct stage *s, const struct gate *gate)
{
	stage_import(s, gate->shuts);
	stage_events(s, "12:00 Shop error, 12:01 Shop error");
	stage_settle(s);
	assert_alerts(s, "Error Shop");
	assert_holds(stage_member(s, "alerts", 0, "reason"), gate->reason);
	assert_holds(stage_out(s, 1, "explain Shop"), gate->reason);
	assert_int_equal(receiver_count(s->receiver), 0);

	assert_holds(stage_import_with(s, 0, "--dry-run", gate->opens),
		     "would open: 1\n");
	assert_incidents(s, "");
	assert_holds(stage_import(s, gate->opens), "opened: 1\n");
	stage_settle(s);
	assert_told(s, "/website", "investigating down");
	assert_string_equal(stage_sent(s, 0, "start_time"), "2026-01-05T12:00:00Z");
	assert_string_equal(stage_member(s, "alerts", 0, "reason"), "null");
	assert_alerts(s, "Error Shop");
	stage_out(s, 0, "explain Shop");
}

#define DEFINITION_ACTIVE(yes) \
	"{'hublink': 1, 'alert_definitions': [{'name': 'Default', 'active': " yes "}]}"

static void r3__nothing_is_sent_until_it_opens__while_the_definition_is_inactive(
	void **state)
{
	shut_then_open(*state, &(struct gate){ DEFINITION_ACTIVE("false"),
					       DEFINITION_ACTIVE("true"),
					       "definition 'Default'" });
}

static void r3__nothing_is_sent_until_it_opens__while_the_level_is_inactive(void **state)
{
	shut_then_open(*state, &(struct gate){ LEVEL_1("'active': false"),
					       LEVEL_1("'active': true"), "level 1" });
}

static void r3__nothing_is_sent_until_it_opens__while_the_integration_is_unticked(
	void **state)
{
	shut_then_open(*state,
		       &(struct gate){ PLACE_1("'active': false"),
				       PLACE_1("'active': true"), "integration 'Hub'" });
}

static void r3__an_integration_is_unticked__when_it_is_newly_placed(void **state)
{
	static const char level_2[] =
		"{'hublink': 1, 'alert_definitions': [{'name': 'Default', 'levels': ["
		"{'level': 2, 'after': {'errors': 1}, 'integrations': ["
		" {'integration': 'Hub', 'links': [{'monitor': 'Shop',"
		"  'service': 'Partner'}]}]}]}]}";
	struct stage *s = *state;
	stage_import(s, level_2);
	stage_do(s, "event Shop error");
	stage_settle(s);
	assert_told(s, "/website", "investigating down");
	assert_told(s, "/partner", "");
}

static void r3__nothing_is_sent_until_it_opens__while_there_is_no_link(void **state)
{
	static const char without[] =
		"{'hublink': 1, 'monitors': [{'name': 'New'}], 'alert_definitions': ["
		" {'name': 'Default', 'monitors': ['New']}]}";
	struct stage *s = *state;
	stage_import(s, without);
	stage_events(s, "12:00 New error");
	stage_settle(s);
	assert_holds(stage_member(s, "alerts", 0, "reason"), "link");
	assert_holds(stage_out(s, 1, "explain New"), "link");
	assert_holds(stage_import(s, PLACE_1(TO_WEBSITE("New"))), "opened: 1\n");
	stage_settle(s);
	assert_told(s, "/website", "investigating down");
}

static void r3__an_alert_is_raised_at_once__when_a_definition_takes_a_monitor(
	void **state)
{
	struct stage *s = *state;
	stage_import(s, "{'hublink': 1, 'monitors': [{'name': 'New'}]}");
	stage_import(s, PLACE_1(TO_WEBSITE("New")));
	stage_events(s, "12:00 New error");
	stage_settle(s);
	assert_alerts(s, "");
	assert_holds(stage_import(s, "{'hublink': 1, 'monitors': ["
				     "{'name': 'New', 'groups': ['web']}]}"),
		     "opened: 1\n");
	stage_settle(s);
	assert_alerts(s, "Error New");
	assert_string_equal(stage_sent(s, 0, "start_time"), "2026-01-05T12:00:00Z");
}

static void r3__the_episode_is_judged_at_once__when_a_threshold_changes(void **state)
{
	struct stage *s = *state;
	stage_import(s, LEVEL_1("'after': {'errors': 5}"));
	stage_events(s, "12:00 Shop error, 12:01 Shop error, 12:02 Batch error");
	stage_settle(s);
	assert_alerts(s, "");
	assert_holds(stage_import(s, LEVEL_1("'after': {'minutes': 5}")), "opened: 2\n");
	stage_settle(s);
	assert_told(s, "/website", "investigating down");
	assert_told(s, "/partner", "investigating down");
}

static void r3__a_path_is_not_alerted_again__when_its_gate_shuts_and_opens(void **state)
{
	struct stage *s = *state;
	stage_do(s, "event Shop error");
	stage_settle(s);
	stage_do(s, "incident resolve 1 --force");
	stage_import(s, LEVEL_1("'active': false"));
	assert_lacks(stage_import(s, LEVEL_1("'active': true")), "incident");
	stage_do(s, "event Shop error");
	stage_settle(s);
	assert_deliveries(s, "disruption delivered");
	assert_alerts(s, "Error Shop");
}

/* ---- R4 ---- */

static void r4__one_incident_opens__for_several_levels_and_definitions(void **state)
{
	struct stage *s = *state;
	stage_import(
		s, "{'hublink': 1, 'alert_definitions': ["
		   "{'name': 'Default', 'levels': [{'level': 2,"
		   "  'after': {'errors': 2}, 'integrations': ["
		   "  {'integration': 'Hub', 'active': true, " TO_WEBSITE(
			   "Shop") "}]}]},"
				   "{'name': 'Other', 'monitors': ['Shop'], 'levels': "
				   "[{'level': 1,"
				   "  'after': {'minutes': 3}, 'integrations': ["
				   "  {'integration': 'Hub', 'active': true, " TO_WEBSITE(
					   "Shop") "}]}]}]}");
	stage_events(s, "12:00 Shop error, 12:01 Shop error, 12:10 Shop ok");
	stage_settle(s);
	assert_alerts(s, "Error Shop, Error Shop, Error Shop, Ok Shop, Ok Shop, Ok Shop");
	assert_incidents(s, "Website monitoring");
	assert_told(s, "/website", "investigating down, monitoring up");
}

static const struct CMUnitTest tests[] = {
	STAGE_TEST(r1__an_unconfirmed_error_changes_nothing__before_a_confirmed_one),
	STAGE_TEST(r1__an_ok_changes_nothing__without_an_episode),
	STAGE_TEST(r2__a_level_triggers_once__at_the_nth_consecutive_error),
	STAGE_TEST(r2__both_updates_are_sent__when_all_happened_while_no_engine_ran),
	STAGE_TEST(r2__the_event_goes_first__at_equal_times),
	STAGE_TEST(r2__timers_and_events_are_judged_in_order_of_time__after_downtime),
	STAGE_TEST(
		r2__a_level_of_minutes_triggers__by_the_engines_own_timer_and_after_a_restart),
	STAGE_TEST(r3__nothing_is_sent_until_it_opens__while_the_definition_is_inactive),
	STAGE_TEST(r3__nothing_is_sent_until_it_opens__while_the_level_is_inactive),
	STAGE_TEST(r3__nothing_is_sent_until_it_opens__while_the_integration_is_unticked),
	STAGE_TEST(r3__an_integration_is_unticked__when_it_is_newly_placed),
	STAGE_TEST(r3__nothing_is_sent_until_it_opens__while_there_is_no_link),
	STAGE_TEST(r3__an_alert_is_raised_at_once__when_a_definition_takes_a_monitor),
	STAGE_TEST(r3__the_episode_is_judged_at_once__when_a_threshold_changes),
	STAGE_TEST(r3__a_path_is_not_alerted_again__when_its_gate_shuts_and_opens),
	STAGE_TEST(r4__one_incident_opens__for_several_levels_and_definitions),
};

int main(void)
{
	return cmocka_run_group_tests(tests, NULL, NULL);
}
