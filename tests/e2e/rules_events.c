/* Events and what they lead to, from outside: R5, R6, R14, R20. */
#include <stdlib.h>
#include <string.h>

#include "core/base/clock.h"
#include "tests/support/stage.h"

#define LEVEL_1(members)                                                       \
	"{'hublink': 1, 'alert_definitions': [{'name': 'Default', 'levels': [" \
	" {'level': 1, " members "}]}]}"
#define PLACE_1(members) LEVEL_1("'integrations': [{'integration': 'Hub', " members "}]")
#define MONITOR(members) "{'hublink': 1, 'monitors': [{" members "}]}"

/* ---- R5 ---- */

static const char two_reminders[] =
	LEVEL_1("'reminder': {'every_minutes': 30, 'max': 2}, 'integrations': ["
		"{'integration': 'Hub', 'send_reminders': true}]");

static void r5__no_reminder_is_sent__unless_the_integration_takes_them(void **state)
{
	struct stage *s = *state;
	stage_import(s, LEVEL_1("'reminder': {'every_minutes': 30, 'max': 2}"));
	stage_events(s, "12:00 Shop error, 18:00 Shop error, 20:00 Shop ok");
	stage_settle(s);
	assert_told(s, "/website", "investigating down, monitoring up");
}

static void r5__reminders_are_sent_apart__at_most_max(void **state)
{
	struct stage *s = *state;
	stage_import(s, two_reminders);
	stage_events(s, "12:00 Shop error, 18:00 Shop error, 20:00 Shop ok");
	stage_settle(s);
	assert_told(s, "/website",
		    "investigating down, investigating down, investigating down, "
		    "monitoring up");
	assert_string_equal(stage_sent(s, 1, "alert.type"), "Reminder");
	assert_string_equal(stage_sent(s, 1, "alert.timestamp"), "2026-01-05T12:30:00Z");
	assert_string_equal(stage_sent(s, 2, "alert.timestamp"), "2026-01-05T13:00:00Z");
	assert_alerts(s, "Error Shop, Reminder Shop, Reminder Shop, Ok Shop");
}

static void r5__no_reminder_is_sent__after_the_ok(void **state)
{
	struct stage *s = *state;
	stage_import(s, two_reminders);
	stage_import(s, PLACE_1("'send_ok': false"));
	stage_events(s, "12:00 Shop error, 12:40 Shop ok");
	stage_settle(s);
	assert_deliveries(s, "disruption delivered, reminder delivered");
	assert_incidents(s, "Website investigating");
}

static void r5__a_reminder_carries_the_status__that_the_incident_has_now(void **state)
{
	struct stage *s = *state;
	stage_import(s, two_reminders);
	stage_do(s, "event Shop error");
	stage_settle(s);
	stage_do(s, "incident identify 1");
	stage_change(s, "UPDATE incident SET remind_at_ms = 1, remind_left = 1");
	stage_settle(s);
	assert_told(s, "/website", "investigating down, identified down");
}

/* ---- R6 ---- */

static void r6__the_incident_stays_open_and_says_why__without_send_ok(void **state)
{
	struct stage *s = *state;
	stage_import(s, PLACE_1("'send_ok': false"));
	stage_events(s, "12:00 Shop error, 12:05 Shop ok");
	stage_settle(s);
	assert_told(s, "/website", "investigating down");
	assert_incidents(s, "Website investigating");
	assert_services(s, "Partner operational, Website disruption");
	assert_alerts(s, "Error Shop, Ok Shop");
	assert_holds(stage_out(s, 0, "incident show 1"), "OK not sent: send_ok is off");
	assert_string_equal(stage_member(s, "incidents", 0, "ok_not_sent"), "true");
	stage_do(s, "incident recover 1");
	stage_settle(s);
	assert_told(s, "/website", "investigating down, monitoring up");
	assert_string_equal(stage_member(s, "incidents", 0, "ok_not_sent"), "false");
}

static void r6__send_ok_counts__as_it_was_when_it_triggered(void **state)
{
	struct stage *s = *state;
	stage_do(s, "event Shop error");
	stage_settle(s);
	stage_import(s, PLACE_1("'send_ok': false"));
	stage_do(s, "event Shop ok");
	stage_settle(s);
	assert_told(s, "/website", "investigating down, monitoring up");

	stage_do(s, "event Batch error");
	stage_settle(s);
	stage_import(s, PLACE_1("'send_ok': true"));
	stage_do(s, "event Batch ok");
	stage_settle(s);
	assert_told(s, "/partner", "investigating down");
}

static void r6__the_recovery_is_sent__if_any_level_that_joined_wants_it(void **state)
{
	struct stage *s = *state;
	stage_import(s, "{'hublink': 1, 'alert_definitions': [{'name': 'Default',"
			" 'levels': [{'level': 1, 'integrations': ["
			"   {'integration': 'Hub', 'send_ok': false}]},"
			"  {'level': 2, 'after': {'errors': 2}, 'integrations': ["
			"   {'integration': 'Hub', 'active': true, 'links': ["
			"   {'monitor': 'Shop', 'service': 'Website'}]}]},"
			"  {'level': 3, 'after': {'errors': 3}}]}]}");
	stage_events(s, "12:00 Shop error, 12:01 Shop error, 12:05 Shop ok");
	stage_settle(s);
	assert_told(s, "/website", "investigating down, monitoring up");
	assert_alerts(s, "Error Shop, Error Shop, Ok Shop, Ok Shop");
}

static void r6__nothing_is_sent__when_the_episode_triggered_nothing(void **state)
{
	struct stage *s = *state;
	stage_import(s, LEVEL_1("'after': {'errors': 2}"));
	stage_events(s, "12:00 Shop error, 12:05 Shop ok");
	stage_settle(s);
	assert_alerts(s, "");
	assert_deliveries(s, "");
}

/* ---- R14 ---- */

static const char *in_minutes(double minutes, char ret[TIME_TEXT_SIZE])
{
	return time_format_utc(ret, clock_now_ms(NULL) + (int64_t)(minutes * MINUTE_MS));
}

static void r14__the_same_id_again_changes_nothing__within_its_monitor(void **state)
{
	struct stage *s = *state;
	stage_import(s, LEVEL_1("'after': {'errors': 2}"));
	char *first = mem_strdup(stage_out(s, 0, "--json event Shop error --id a"));
	stage_settle(s);
	assert_string_equal(stage_out(s, 0, "--json event Shop error --id a"), first);
	stage_settle(s);
	assert_alerts(s, "");
	stage_do(s, "event API error --id a");
	stage_do(s, "event API error --id b");
	stage_settle(s);
	assert_alerts(s, "Error API");
	free(first);
}

static void r14__the_same_answer_comes__when_a_late_event_is_sent_again(void **state)
{
	struct stage *s = *state;
	static const char late[] =
		"--json event Shop ok --id x --at 2026-01-05T12:00:00Z";
	stage_do(s, "event Shop error --at 2026-01-05T13:00:00Z");
	char *first = mem_strdup(stage_out(s, 0, "%s", late));
	assert_holds(first, "too-old");
	assert_string_equal(stage_out(s, 0, "%s", late), first);
	stage_settle(s);
	assert_told(s, "/website", "investigating down");
	free(first);
}

static void r14__an_id_is_refused__with_another_state_or_time(void **state)
{
	struct stage *s = *state;
	stage_do(s, "event Shop error --id a --at 2026-01-05T12:00:00Z");
	assert_holds(stage_err(s, 3, "event Shop ok --id a"), "'a'");
	assert_holds(stage_err(s, 3, "event Shop error --id a --at 2026-01-05T12:00:01Z"),
		     "'a'");
	stage_do(s, "event Shop error --id a");
	stage_settle(s);
	assert_alerts(s, "Error Shop");
}

static void r14__the_same_instant_is_taken__in_order_of_arrival(void **state)
{
	struct stage *s = *state;
	stage_events(s, "12:00 Shop error, 12:00 Shop ok, 12:00 Shop error");
	stage_settle(s);
	assert_alerts(s, "Error Shop, Ok Shop, Error Shop");
	assert_incidents(s, "Website monitoring, Website investigating");
}

static void r14__an_event_is_refused__more_than_five_minutes_ahead(void **state)
{
	struct stage *s = *state;
	char at[TIME_TEXT_SIZE];
	assert_holds(stage_err(s, 3, "event Shop error --at %s", in_minutes(5.5, at)),
		     "ahead");
	stage_do(s, "event Shop error --at %s", in_minutes(4.5, at));
	stage_settle(s);
	assert_alerts(s, "Error Shop");
	stage_do(s, "event Shop ok"); /* never before the monitor's newest */
	stage_settle(s);
	assert_told(s, "/website", "investigating down, monitoring up");
}

static void r14__an_unconfirmed_error_is_not_the_newest__for_what_comes_late(void **state)
{
	struct stage *s = *state;
	stage_do(s, "event Shop error --unconfirmed");
	stage_events(s, "12:00 Shop error");
	stage_settle(s);
	assert_alerts(s, "Error Shop");
}

static void r14__a_message_is_cut__above_a_thousand_characters(void **state)
{
	struct stage *s = *state;
	char text[1600];
	stage_import(s, "{'hublink': 1, 'integrations': [{'name': 'Hub', 'text': {"
			"'disruption': '{{@alert.failureMessage}}'}}]}");
	memset(text, 'x', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	stage_do(s, "event Shop error --message %s", text);
	stage_settle(s);
	assert_int_equal(strlen(stage_sent(s, 0, "description")), 1000);
}

/* ---- R20 ---- */

static void r20__errors_count_but_raise_nothing__while_the_monitor_is_inactive(
	void **state)
{
	struct stage *s = *state;
	stage_import(s, LEVEL_1("'after': {'errors': 3}"));
	stage_import(s, MONITOR("'name': 'Shop', 'active': false"));
	stage_events(s, "12:00 Shop error, 12:01 Shop error, 12:02 Shop error");
	stage_settle(s);
	assert_alerts(s, "");
	assert_holds(stage_out(s, 1, "explain Shop"), "inactive");
	assert_holds(stage_import(s, MONITOR("'name': 'Shop', 'active': true")),
		     "opened: 1\n");
	stage_settle(s);
	assert_told(s, "/website", "investigating down");
	assert_string_equal(stage_sent(s, 0, "start_time"), "2026-01-05T12:00:00Z");
}

static void r20__its_ok_ends_the_episode__while_the_monitor_is_inactive(void **state)
{
	struct stage *s = *state;
	stage_do(s, "event Shop error");
	stage_settle(s);
	const char *said = stage_import(s, MONITOR("'name': 'Shop', 'active': false"));
	assert_holds(said, "incident #1");
	assert_holds(said, "event 'Shop' ok");
	stage_do(s, "event Shop ok");
	stage_settle(s);
	assert_told(s, "/website", "investigating down, monitoring up");

	stage_do(s, "event Shop error");
	stage_do(s, "event Shop ok");
	stage_import(s, MONITOR("'name': 'Shop', 'active': true"));
	stage_settle(s);
	assert_told(s, "/website", "investigating down, monitoring up");
}

static const struct CMUnitTest tests[] = {
	STAGE_TEST(r5__no_reminder_is_sent__unless_the_integration_takes_them),
	STAGE_TEST(r5__reminders_are_sent_apart__at_most_max),
	STAGE_TEST(r5__no_reminder_is_sent__after_the_ok),
	STAGE_TEST(r5__a_reminder_carries_the_status__that_the_incident_has_now),
	STAGE_TEST(r6__the_incident_stays_open_and_says_why__without_send_ok),
	STAGE_TEST(r6__send_ok_counts__as_it_was_when_it_triggered),
	STAGE_TEST(r6__the_recovery_is_sent__if_any_level_that_joined_wants_it),
	STAGE_TEST(r6__nothing_is_sent__when_the_episode_triggered_nothing),
	STAGE_TEST(r14__the_same_id_again_changes_nothing__within_its_monitor),
	STAGE_TEST(r14__the_same_answer_comes__when_a_late_event_is_sent_again),
	STAGE_TEST(r14__an_id_is_refused__with_another_state_or_time),
	STAGE_TEST(r14__the_same_instant_is_taken__in_order_of_arrival),
	STAGE_TEST(r14__an_event_is_refused__more_than_five_minutes_ahead),
	STAGE_TEST(r14__an_unconfirmed_error_is_not_the_newest__for_what_comes_late),
	STAGE_TEST(r14__a_message_is_cut__above_a_thousand_characters),
	STAGE_TEST(r20__errors_count_but_raise_nothing__while_the_monitor_is_inactive),
	STAGE_TEST(r20__its_ok_ends_the_episode__while_the_monitor_is_inactive),
};

int main(void)
{
	return cmocka_run_group_tests(tests, NULL, NULL);
}
