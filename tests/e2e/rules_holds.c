/* What is held back, and incidents by hand, from outside: R16-R18. */
#include "core/base/compiler.h"
#include "tests/support/stage.h"

#define HUB(members) "{'hublink': 1, 'integrations': [{'name': 'Hub', " members "}]}"
#define WEBSITE(members) HUB("'services': [{'name': 'Website', " members "}]")
#define STORM(members) HUB("'storm': {'max_new': 1, 'within': '10m'" members "}")

/* ---- R16: publish_after ---- */

static void r16__a_disruption_waits_as_held__for_publish_after(void **state)
{
	struct stage *s = *state;
	stage_import(s, WEBSITE("'publish_after': '1d'"));
	stage_event(s, "Shop error");
	assert_incidents(s, "Website held");
	assert_deliveries(s, "disruption held");
	assert_holds(stage_out(s, 0, "next"), "Website");
	stage_do(s, "delivery release 1");
	assert_incidents(s, "Website investigating");
	stage_event(s, "Shop ok");
	assert_told(s, "/website", "investigating down, monitoring up");
}

static void r16__neither_update_is_sent__when_the_episode_ends_first(void **state)
{
	struct stage *s = *state;
	stage_import(s, WEBSITE("'publish_after': '10m'"));
	stage_events(s,
		     "12:00 Shop error, 12:09 Shop ok, 13:00 Shop error, 13:11 Shop ok");
	stage_settle(s);
	assert_incidents(s, "Website never-public, Website monitoring");
	assert_told(s, "/website", "investigating down, monitoring up");
	assert_string_equal(stage_sent(s, 0, "start_time"), "2026-01-05T13:00:00Z");
}

static void r16__further_alerts_join_the_held_one__and_their_ok_ends_it(void **state)
{
	struct stage *s = *state;
	stage_import(s, WEBSITE("'publish_after': '10m'"));
	stage_events(s, "12:00 Shop error, 12:01 API error, 12:02 Shop ok, 12:03 API ok");
	stage_settle(s);
	assert_incidents(s, "Website never-public");
	assert_int_equal(receiver_count(s->receiver), 0);
}

static void r16__the_episodes_that_joined_are_silent__once_it_is_cancelled(void **state)
{
	struct stage *s = *state;
	stage_import(s, WEBSITE("'publish_after': '1d'"));
	stage_import(s, "{'hublink': 1, 'alert_definitions': [{'name': 'Default',"
			" 'levels': [{'level': 2, 'after': {'errors': 2},"
			"  'integrations': [{'integration': 'Hub', 'active': true,"
			"  'links': [{'monitor': 'Shop', 'service': 'Website'}]}]}]}]}");
	stage_event(s, "Shop error");
	stage_do(s, "delivery cancel 1");
	assert_incidents(s, "Website never-public");
	stage_event(s, "Shop error");
	stage_event(s, "Shop ok");
	assert_deliveries(s, "disruption cancelled");
	assert_alerts(s, "Error Shop, Error Shop, Ok Shop, Ok Shop");
	stage_event(s, "Shop error");
	assert_incidents(s, "Website never-public, Website held");
}

static void r16__a_held_incident_refuses__what_only_a_public_one_can(void **state)
{
	struct stage *s = *state;
	stage_import(s, WEBSITE("'publish_after': '1d'"));
	stage_event(s, "Shop error");
	static const char *const verbs[] = { "identify", "resolve", "recover" };
	for (size_t i = 0; i < COUNT_OF(verbs); i++)
		assert_holds(stage_err(s, 4, "incident %s 1", verbs[i]), "held");
	assert_holds(stage_err(s, 4, "delivery retry 1"), "held");
}

/* ---- R16: recover_after ---- */

static void r16__the_recovery_waits_as_held__for_recover_after(void **state)
{
	struct stage *s = *state;
	stage_import(s, WEBSITE("'recover_after': '1d'"));
	stage_event(s, "Shop error");
	stage_event(s, "Shop ok");
	assert_deliveries(s, "disruption delivered, recovery held");
	assert_incidents(s, "Website investigating");
	assert_services(s, "Partner operational, Website disruption");
	stage_do(s, "delivery release 2");
	stage_settle(s);
	assert_told(s, "/website", "investigating down, monitoring up");
	assert_incidents(s, "Website monitoring");
}

static void
r16__an_error_drops_it_and_the_next_ok_holds_it_anew__though_it_triggers_nothing(
	void **state)
{
	struct stage *s = *state;
	stage_import(s, WEBSITE("'recover_after': '10m'"));
	stage_import(s, "{'hublink': 1, 'alert_definitions': [{'name': 'Default',"
			" 'levels': [{'level': 1, 'after': {'errors': 2}}]}]}");
	stage_events(s, "12:00 Shop error, 12:01 Shop error, 12:02 Shop ok,"
			"12:05 Shop error, 12:06 Shop ok, 12:15:59 Shop ok");
	stage_settle(s);
	assert_deliveries(
		s, "disruption delivered, recovery superseded, recovery delivered");
	assert_told(s, "/website", "investigating down, monitoring up");
	assert_string_equal(stage_member(s, "incidents", 0, "monitoring_at"),
			    "2026-01-05T12:16:00Z");
}

static void r16__another_monitor_that_joins_drops_it__until_its_ok(void **state)
{
	struct stage *s = *state;
	stage_import(s, WEBSITE("'recover_after': '10m'"));
	stage_events(s, "12:00 Shop error, 12:02 Shop ok, 12:05 API error, 12:30 API ok");
	stage_settle(s);
	assert_deliveries(
		s, "disruption delivered, recovery superseded, recovery delivered");
	assert_incidents(s, "Website monitoring");
}

/* ---- R17 ---- */

static void r17__further_disruptions_are_held__in_a_storm(void **state)
{
	struct stage *s = *state;
	stage_import(s, STORM(""));
	stage_events(s, "12:00 Shop error, 12:09 Batch error");
	stage_settle(s);
	assert_incidents(s, "Website investigating, Partner held");
	assert_deliveries(s, "disruption delivered, disruption held");
	stage_events(s, "12:10 Shop ok"); /* what is published recovers */
	stage_settle(s);
	assert_told(s, "/website", "investigating down, monitoring up");
	stage_do(s, "delivery release 2");
	stage_settle(s);
	assert_told(s, "/partner", "investigating down");
}

static void r17__no_disruption_is_held__outside_the_time_of_the_guard(void **state)
{
	struct stage *s = *state;
	stage_import(s, STORM(""));
	stage_events(s, "12:00 Shop error, 12:10:01 Batch error");
	stage_settle(s);
	assert_incidents(s, "Website investigating, Partner investigating");
}

static void r17__a_held_one_is_released_by_itself__after_release_after(void **state)
{
	struct stage *s = *state;
	stage_import(s, STORM(", 'release_after': '30m'"));
	stage_events(s, "12:00 Shop error, 12:01 Batch error, 12:30:59 Batch ok,"
			"12:50 Shop ok, 12:51 Shop error, 12:52 Batch error,"
			"13:22 Batch error");
	stage_settle(s);
	assert_incidents(s, "Website monitoring, Partner never-public, "
			    "Website investigating, Partner investigating");
	assert_told(s, "/partner", "investigating down");
}

/* ---- R18 ---- */

static void r18__it_is_never_held_and_recovers_by_command__when_made_by_hand(void **state)
{
	struct stage *s = *state;
	stage_import(s, STORM(""));
	stage_import(s, WEBSITE("'publish_after': '1d', 'recover_after': '1d'"));
	stage_event(s, "Batch error");
	stage_do(s, "incident open Website --message 'We look into it'");
	stage_settle(s);
	assert_told(s, "/website", "investigating down");
	assert_string_equal(stage_sent(s, 1, "description"), "We look into it");
	assert_string_equal(stage_sent(s, 1, "alert"), "null");
	stage_event(s, "Shop error");
	stage_event(s, "Shop ok");
	assert_incidents(s, "Partner investigating, Website investigating");
	stage_do(s, "incident recover 2");
	stage_settle(s);
	assert_told(s, "/website", "investigating down, monitoring up");
}

static void r18__it_is_refused__without_a_text(void **state)
{
	struct stage *s = *state;
	assert_holds(stage_err(s, 2, "incident open Website"), "--message");
	assert_holds(stage_err(s, 5, "incident open Nowhere --message x"), "Nowhere");
	assert_incidents(s, "");
}

static void r18__alerts_open_their_own__per_monitor(void **state)
{
	struct stage *s = *state;
	stage_import(s, WEBSITE("'incident_policy': 'per-monitor'"));
	stage_do(s, "incident open Website --message 'We look'");
	stage_event(s, "Shop error");
	stage_event(s, "Shop ok");
	assert_incidents(s, "Website investigating, Website monitoring");
	assert_told(s, "/website",
		    "investigating down, investigating down, monitoring down");
}

static const struct CMUnitTest tests[] = {
	STAGE_TEST(r16__a_disruption_waits_as_held__for_publish_after),
	STAGE_TEST(r16__neither_update_is_sent__when_the_episode_ends_first),
	STAGE_TEST(r16__further_alerts_join_the_held_one__and_their_ok_ends_it),
	STAGE_TEST(r16__the_episodes_that_joined_are_silent__once_it_is_cancelled),
	STAGE_TEST(r16__a_held_incident_refuses__what_only_a_public_one_can),
	STAGE_TEST(r16__the_recovery_waits_as_held__for_recover_after),
	STAGE_TEST(
		r16__an_error_drops_it_and_the_next_ok_holds_it_anew__though_it_triggers_nothing),
	STAGE_TEST(r16__another_monitor_that_joins_drops_it__until_its_ok),
	STAGE_TEST(r17__further_disruptions_are_held__in_a_storm),
	STAGE_TEST(r17__no_disruption_is_held__outside_the_time_of_the_guard),
	STAGE_TEST(r17__a_held_one_is_released_by_itself__after_release_after),
	STAGE_TEST(r18__it_is_never_held_and_recovers_by_command__when_made_by_hand),
	STAGE_TEST(r18__it_is_refused__without_a_text),
	STAGE_TEST(r18__alerts_open_their_own__per_monitor),
};

int main(void)
{
	return cmocka_run_group_tests(tests, NULL, NULL);
}
