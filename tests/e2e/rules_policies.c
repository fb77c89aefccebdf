/* Incidents of one service, and maintenance, from outside: R9-R11. */
#include "tests/support/stage.h"

#define HUB(members) "{'hublink': 1, 'integrations': [{'name': 'Hub', " members "}]}"
#define WEBSITE(members) HUB("'services': [{'name': 'Website', " members "}]")
#define PER_MONITOR WEBSITE("'incident_policy': 'per-monitor'")
#define AFTER(condition)                                                       \
	"{'hublink': 1, 'alert_definitions': [{'name': 'Default', 'levels': [" \
	" {'level': 1, 'after': {" condition "}}]}]}"

/* ---- R9 ---- */

static void r9__further_monitors_join__and_the_last_ok_recovers(void **state)
{
	struct stage *s = *state;
	stage_events(s, "12:00 Shop error, 12:01 API error, 12:02 Shop ok");
	stage_settle(s);
	assert_told(s, "/website", "investigating down");
	assert_holds(stage_out(s, 0, "incident show 1"), "API");
	stage_events(s, "12:03 API ok");
	stage_settle(s);
	assert_told(s, "/website", "investigating down, monitoring up");
	assert_string_equal(stage_sent(s, 1, "monitor.name"), "API");
	assert_string_equal(stage_member(s, "incidents", 0, "monitors"),
			    "[\"Shop\",\"API\"]");
}

static void r9__a_monitor_holds_nothing_open__that_has_raised_no_alert(void **state)
{
	struct stage *s = *state;
	stage_import(s, AFTER("'errors': 2"));
	stage_events(s, "12:00 API error, 12:01 Shop error, 12:02 Shop error,"
			"12:03 Shop ok");
	stage_settle(s);
	assert_told(s, "/website", "investigating down, monitoring up");
}

static void r9__each_monitor_has_its_incident_and_recovery__per_monitor(void **state)
{
	struct stage *s = *state;
	stage_import(s, PER_MONITOR);
	stage_events(s, "12:00 Shop error, 12:01 API error, 12:02 Shop ok");
	stage_settle(s);
	assert_told(s, "/website",
		    "investigating down, investigating down, monitoring down");
	assert_services(s, "Partner operational, Website disruption");
	assert_incidents(s, "Website monitoring, Website investigating");
	stage_events(s, "12:03 API ok");
	stage_settle(s);
	assert_told(
		s, "/website",
		"investigating down, investigating down, monitoring down, monitoring up");
	assert_services(s, "Partner operational, Website operational");
}

static void r9__an_open_incident_keeps_its_policy__when_the_service_changes(void **state)
{
	struct stage *s = *state;
	stage_event(s, "Shop error");
	stage_import(s, PER_MONITOR);
	stage_event(s, "API error");
	assert_incidents(s, "Website investigating");
	stage_event(s, "Shop ok");
	stage_event(s, "API ok");
	stage_event(s, "Shop error");
	stage_import(s, WEBSITE("'incident_policy': 'per-service'"));
	stage_event(s, "API error");
	assert_incidents(s, "Website monitoring, Website investigating, "
			    "Website investigating");
}

static void r9__a_service_is_shown_down__by_what_waits_but_not_by_what_is_held(
	void **state)
{
	struct stage *s = *state;
	stage_do(s, "mode paused");
	stage_import(s, HUB("'services': [{'name': 'Partner', 'publish_after': '1d'}]"));
	stage_do(s, "event Shop error");
	stage_event(s, "Batch error");
	assert_services(s, "Partner operational, Website disruption");
	stage_do(s, "delivery cancel 1");
	stage_do(s, "delivery release 2");
	assert_services(s, "Partner disruption, Website operational");
}

/* ---- R10 ---- */

static void r10__another_incident_opens__by_default(void **state)
{
	struct stage *s = *state;
	stage_events(s, "12:00 Shop error, 12:05 Shop ok, 12:06 Shop error");
	stage_settle(s);
	assert_incidents(s, "Website monitoring, Website investigating");
}

static void r10__the_latest_is_set_back__within_the_time_of_its_recovery(void **state)
{
	struct stage *s = *state;
	stage_import(s, WEBSITE("'reopen_within': '10m'"));
	stage_events(s, "12:00 Shop error, 12:05 Shop ok, 12:15 API error, 12:20 API ok,"
			"12:30:01 Shop error");
	stage_settle(s);
	assert_incidents(s, "Website monitoring, Website investigating");
	assert_deliveries(s,
			  "disruption delivered, recovery delivered, reopen delivered, "
			  "recovery delivered, disruption delivered");
	assert_told(
		s, "/website",
		"investigating down, monitoring up, investigating down, monitoring up, "
		"investigating down");
	assert_string_equal(stage_sent(s, 2, "start_time"), "2026-01-05T12:00:00Z");
	assert_string_equal(stage_sent(s, 2, "monitor.name"), "API");
}

static void r10__a_resolved_one_is_not_reopened__ever(void **state)
{
	struct stage *s = *state;
	stage_import(s, WEBSITE("'reopen_within': '1d'"));
	stage_event(s, "Shop error");
	stage_event(s, "Shop ok");
	stage_do(s, "incident resolve 1");
	stage_event(s, "Shop error");
	assert_incidents(s, "Website resolved, Website investigating");
}

static void r10__only_the_same_monitors_is_reopened__per_monitor(void **state)
{
	struct stage *s = *state;
	stage_import(s,
		     WEBSITE("'reopen_within': '1h', 'incident_policy': 'per-monitor'"));
	stage_events(s, "12:00 Shop error, 12:05 Shop ok, 12:06 API error, 12:07 API ok,"
			"12:08 Shop error");
	stage_settle(s);
	assert_incidents(s, "Website investigating, Website monitoring");
	assert_deliveries(
		s, "disruption delivered, recovery delivered, disruption delivered, "
		   "recovery delivered, reopen delivered");
}

/* ---- R11 ---- */

static void r11__what_lasts_is_judged_with_its_true_start__when_the_window_is_ended(
	void **state)
{
	struct stage *s = *state;
	stage_import(s, AFTER("'errors': 2"));
	assert_holds(stage_out(s, 0, "mute Shop --for 1h"), "Shop");
	stage_event(s, "Shop error --at 2026-01-05T12:00:00Z");
	stage_event(s, "Shop error");
	assert_alerts(s, "");
	assert_holds(stage_out(s, 1, "explain Shop"), "aintenance");
	stage_do(s, "maintenance end 1");
	stage_settle(s);
	assert_told(s, "/website", "investigating down");
	assert_string_equal(stage_sent(s, 0, "start_time"), "2026-01-05T12:00:00Z");
}

static void r11__what_ended_inside_is_never_sent__after_the_window(void **state)
{
	struct stage *s = *state;
	stage_do(s, "mute Shop --for 1h");
	stage_event(s, "Shop error");
	stage_event(s, "Shop ok");
	stage_do(s, "maintenance end 1");
	stage_settle(s);
	assert_alerts(s, "");
}

static void r11__the_recovery_of_an_open_incident_is_sent_at_once__inside(void **state)
{
	struct stage *s = *state;
	stage_event(s, "Shop error");
	stage_do(s, "mute Shop --for 1h");
	stage_event(s, "Shop ok");
	assert_told(s, "/website", "investigating down, monitoring up");
}

static void r11__no_reminder_is_sent__inside(void **state)
{
	struct stage *s = *state;
	stage_import(s, "{'hublink': 1, 'alert_definitions': [{'name': 'Default',"
			" 'levels': [{'level': 1,"
			"  'reminder': {'every_minutes': 30, 'max': 1}, 'integrations': ["
			"  {'integration': 'Hub', 'send_reminders': true}]}]}]}");
	stage_event(s, "Shop error");
	stage_do(s, "mute Shop --for 1h");
	stage_change(s, "UPDATE incident SET remind_at_ms = remind_at_ms - 1800000;"
			"UPDATE maintenance SET from_ms = from_ms - 3600000");
	stage_settle(s);
	assert_deliveries(s, "disruption delivered");
}

static void r11__it_ends_by_itself__and_extending_moves_the_end(void **state)
{
	struct stage *s = *state;
	stage_engine_start(s);
	stage_do(s, "mute Batch --for 2s");
	stage_do(s, "mute Shop --for 1s");
	stage_do(s, "maintenance extend 1 --until +1h");
	stage_do(s, "event Batch error");
	stage_do(s, "event Shop error");
	assert_true(receiver_wait(s->receiver, 1));
	stage_wait(s, stage_alerts, "Error Shop");
	assert_told(s, "/website", "investigating down");
	assert_told(s, "/partner", "");
}

/* 12:00 to 13:00 and 13:00 to 14:00 of the day of stage_events. */
static const char two_windows_of_the_past[] =
	"UPDATE maintenance SET from_ms = 1767614400000 + (id - 1) * 3600000,"
	" until_ms = 1767614400000 + id * 3600000";

static void r11__windows_that_touch_are_one__and_their_end_is_judged_after_downtime(
	void **state)
{
	struct stage *s = *state;
	stage_do(s, "mute Shop --for 1h");
	stage_do(s, "mute Shop --for 2h");
	stage_change(s, two_windows_of_the_past);
	stage_events(s, "12:30 Shop error, 14:30 Shop ok");
	stage_settle(s);
	assert_told(s, "/website", "investigating down, monitoring up");
	assert_string_equal(stage_sent(s, 0, "alert.timestamp"), "2026-01-05T14:00:00Z");
	assert_string_equal(stage_sent(s, 0, "start_time"), "2026-01-05T12:30:00Z");
}

static void r11__a_window_covers_its_targets__by_group_and_by_service(void **state)
{
	struct stage *s = *state;
	const char *said = stage_out(s, 0, "mute group:web service:Partner --for 1h");
	assert_holds(said, "Batch");
	assert_holds(said, "Shop");
	assert_holds(said, "Website");
	assert_lacks(said, "API");
	stage_do(s, "event Shop error");
	stage_do(s, "event Batch error");
	stage_event(s, "API error");
	assert_alerts(s, "Error API");
}

static const struct CMUnitTest tests[] = {
	STAGE_TEST(r9__further_monitors_join__and_the_last_ok_recovers),
	STAGE_TEST(r9__a_monitor_holds_nothing_open__that_has_raised_no_alert),
	STAGE_TEST(r9__each_monitor_has_its_incident_and_recovery__per_monitor),
	STAGE_TEST(r9__an_open_incident_keeps_its_policy__when_the_service_changes),
	STAGE_TEST(r9__a_service_is_shown_down__by_what_waits_but_not_by_what_is_held),
	STAGE_TEST(r10__another_incident_opens__by_default),
	STAGE_TEST(r10__the_latest_is_set_back__within_the_time_of_its_recovery),
	STAGE_TEST(r10__a_resolved_one_is_not_reopened__ever),
	STAGE_TEST(r10__only_the_same_monitors_is_reopened__per_monitor),
	STAGE_TEST(
		r11__what_lasts_is_judged_with_its_true_start__when_the_window_is_ended),
	STAGE_TEST(r11__what_ended_inside_is_never_sent__after_the_window),
	STAGE_TEST(r11__the_recovery_of_an_open_incident_is_sent_at_once__inside),
	STAGE_TEST(r11__no_reminder_is_sent__inside),
	STAGE_TEST(r11__it_ends_by_itself__and_extending_moves_the_end),
	STAGE_TEST(
		r11__windows_that_touch_are_one__and_their_end_is_judged_after_downtime),
	STAGE_TEST(r11__a_window_covers_its_targets__by_group_and_by_service),
};

int main(void)
{
	return cmocka_run_group_tests(tests, NULL, NULL);
}
