/* An operator's word on incidents, from outside: R7, R8. */
#include <stdlib.h>

#include "core/base/compiler.h"
#include "tests/support/stage.h"

#define HUB(members) "{'hublink': 1, 'integrations': [{'name': 'Hub', " members "}]}"
#define GENERIC HUB("'payload': 'generic-v2'")
#define PER_MONITOR \
	HUB("'services': [{'name': 'Website', 'incident_policy': 'per-monitor'}]")

/* ---- R7: words ---- */

static void r7__words_are_kept_and_say_so__with_payload_uptrends(void **state)
{
	struct stage *s = *state;
	stage_event(s, "Shop error");
	static const char local[] = "local only: do it in StatusHub";
	assert_holds(stage_out(s, 0, "incident identify 1"), local);
	assert_incidents(s, "Website identified");
	assert_holds(stage_out(s, 0, "incident note 1 --message 'We look'"), local);
	stage_event(s, "Shop ok");
	assert_holds(stage_out(s, 0, "incident resolve 1"), local);
	assert_incidents(s, "Website resolved");
	stage_settle(s);
	assert_told(s, "/website", "investigating down, monitoring up");
}

static void r7__words_are_posted_and_say_so__with_payload_generic_v2(void **state)
{
	struct stage *s = *state;
	static const char told[] = "the public was told";
	stage_import(s, GENERIC);
	stage_event(s, "Shop error");
	assert_holds(stage_out(s, 0, "incident identify 1 --message 'A cable'"), told);
	assert_holds(stage_out(s, 0, "incident note 1 --message 'We dig'"), told);
	stage_event(s, "Shop ok");
	assert_holds(stage_out(s, 0, "incident resolve 1 --message 'Mended'"), told);
	stage_settle(s);
	assert_told(s, "/website",
		    "investigating, identified, identified, monitoring, resolved");
	assert_string_equal(stage_sent(s, 1, "description"), "A cable");
	assert_string_equal(stage_sent(s, 2, "description"), "We dig");
	assert_string_equal(stage_sent(s, 4, "description"), "Mended");
}

static void r7__an_incident_is_not_resolved__by_hublink_itself(void **state)
{
	struct stage *s = *state;
	stage_events(s, "12:00 Shop error, 12:05 Shop ok");
	stage_settle(s);
	assert_incidents(s, "Website monitoring");
}

/* ---- R7: the end of hublink's say ---- */

static const char level_2[] =
	"{'hublink': 1, 'alert_definitions': [{'name': 'Default', 'levels': ["
	" {'level': 2, 'after': {'errors': 3}, 'integrations': ["
	"  {'integration': 'Hub', 'active': true, 'links': ["
	"   {'monitor': 'Shop', 'service': 'Website'}]}]}]}]}";

static void refuse_while_in_error(struct stage *s, const char *verb)
{
	stage_import(s, level_2);
	stage_event(s, "Shop error");
	const char *said = stage_err(s, 4, "incident %s 1", verb);
	assert_holds(said, "'Shop'");
	assert_holds(said, "--force");
	assert_incidents(s, "Website investigating");
	stage_do(s, "incident %s 1 --force", verb);
}

/* Its later levels and its OK are silent; what comes after is not. */
static void expect_silence(struct stage *s, const char *told_before)
{
	stage_event(s, "Shop error");
	stage_event(s, "Shop error"); /* triggers level 2 */
	assert_alerts(s, "Error Shop, Error Shop");
	stage_event(s, "Shop ok");
	assert_told(s, "/website", told_before);
}

static void r7__a_resolved_incident_says_nothing_more__though_its_monitor_is_in_error(
	void **state)
{
	struct stage *s = *state;
	refuse_while_in_error(s, "resolve");
	expect_silence(s, "investigating down");
	assert_incidents(s, "Website resolved");
	stage_event(s, "Shop error");
	assert_incidents(s, "Website resolved, Website investigating");
}

static void r7__a_recovered_incident_says_nothing_more__though_its_monitor_is_in_error(
	void **state)
{
	struct stage *s = *state;
	refuse_while_in_error(s, "recover");
	stage_settle(s);
	expect_silence(s, "investigating down, monitoring up");
	assert_incidents(s, "Website monitoring");
	stage_event(s, "Shop error");
	assert_incidents(s, "Website monitoring, Website investigating");
}

static void r7__another_monitors_alert_opens_another__once_it_is_resolved(void **state)
{
	struct stage *s = *state;
	stage_event(s, "Shop error");
	stage_do(s, "incident resolve 1 --force");
	stage_event(s, "API error");
	assert_incidents(s, "Website resolved, Website investigating");
	stage_event(s, "Shop ok");
	stage_event(s, "API ok");
	assert_incidents(s, "Website resolved, Website monitoring");
	assert_told(s, "/website",
		    "investigating down, investigating down, monitoring up");
}

static void r7__the_recovery_is_sent__by_recover_in_either_payload(void **state)
{
	struct stage *s = *state;
	stage_import(s, GENERIC);
	stage_do(s, "incident open Website --message 'Looking'");
	assert_holds(stage_out(s, 0, "incident recover 1"), "the public was told");
	stage_settle(s);
	assert_told(s, "/website", "investigating, monitoring");
	assert_holds(stage_err(s, 4, "incident recover 1"), "recovered");
}

static void r7__all_in_monitoring_are_resolved__but_those_in_error_again(void **state)
{
	struct stage *s = *state;
	stage_import(s, "{'hublink': 1, 'alert_definitions': [{'name': 'Default',"
			" 'levels': [{'level': 1, 'after': {'errors': 2}}]}]}");
	stage_events(s, "12:00 Shop error, 12:01 Shop error, 12:02 Shop ok,"
			"12:00 Batch error, 12:01 Batch error, 12:02 Batch ok");
	stage_do(s, "event Batch error");
	stage_settle(s);
	assert_holds(stage_out(s, 0, "incident resolve --all-monitoring"), "'Batch'");
	stage_wait(s, stage_incidents, "Website resolved, Partner monitoring");
}

/* ---- R7: detached ---- */

static void r7__further_monitors_join_silently__until_a_detached_one_is_over(void **state)
{
	struct stage *s = *state;
	stage_event(s, "Shop error");
	stage_do(s, "incident detach 1");
	stage_event(s, "API error");
	stage_event(s, "Shop ok");
	assert_services(s, "Partner operational, Website disruption");
	assert_string_equal(stage_member(s, "incidents", 0, "over_at"), "null");
	stage_event(s, "API ok");
	assert_services(s, "Partner operational, Website operational");
	assert_told(s, "/website", "investigating down");
	stage_event(s, "Shop error");
	assert_incidents(s, "Website detached, Website investigating");
}

static void r7__only_its_own_monitor_joins__a_detached_one_per_monitor(void **state)
{
	struct stage *s = *state;
	stage_import(s, PER_MONITOR);
	stage_event(s, "Shop error");
	stage_do(s, "incident detach 1");
	stage_event(s, "API error");
	assert_incidents(s, "Website detached, Website investigating");
	stage_event(s, "API ok");
	assert_told(s, "/website",
		    "investigating down, investigating down, monitoring down");
}

static void r7__what_waits_is_not_sent__once_it_is_detached(void **state)
{
	struct stage *s = *state;
	stage_do(s, "mode paused");
	stage_event(s, "Shop error");
	stage_do(s, "incident detach 1");
	assert_deliveries(s, "disruption superseded");
	assert_incidents(s, "Website detached");
}

static void r7__a_detached_one_waits_for_its_monitor__though_it_was_recovered_by_force(
	void **state)
{
	struct stage *s = *state;
	stage_event(s, "Shop error");
	stage_event(s, "API error");
	stage_do(s, "incident recover 1 --force");
	stage_event(s, "API ok");
	stage_do(s, "incident detach 1");
	assert_string_equal(stage_member(s, "incidents", 0, "over_at"), "null");
	stage_event(s, "Shop ok");
	assert_string_not_equal(stage_member(s, "incidents", 0, "over_at"), "null");
}

static void r7__a_detached_one_is_over__at_the_ok_of_an_episode_that_triggered_nothing(
	void **state)
{
	struct stage *s = *state;
	stage_import(s, "{'hublink': 1, 'alert_definitions': [{'name': 'Default',"
			" 'levels': [{'level': 1, 'after': {'errors': 2}}]}]}");
	stage_events(s, "12:00 Shop error, 12:01 Shop error, 12:02 Shop ok");
	stage_event(s, "Shop error");
	stage_do(s, "incident detach 1");
	assert_string_equal(stage_member(s, "incidents", 0, "over_at"), "null");
	stage_event(s, "Shop ok");
	assert_string_not_equal(stage_member(s, "incidents", 0, "over_at"), "null");
}

/* ---- R8 ---- */

#define KEPT_MONITORS                                                        \
	"'monitors': [{'name': 'Shop', 'groups': ['web']}, {'name': 'API'}," \
	" {'name': 'Batch'}]"
#define KEPT_HUB                                         \
	"'integrations': [{'name': 'Hub', 'services': [" \
	" {'name': 'Website', 'url': '{hub}/website'},"  \
	" {'name': 'Partner', 'url': '{hub}/partner'}]}]"

static void r8__the_recovery_is_sent__though_every_path_was_taken_away(void **state)
{
	struct stage *s = *state;
	stage_event(s, "Shop error");
	stage_import(s,
		     "{'hublink': 1, 'alert_definitions': [{'name': 'Default',"
		     " 'active': false, 'levels': [{'level': 1, 'active': false,"
		     " 'integrations': [{'integration': 'Hub', 'active': false}]}]}]}");
	stage_import_with(s, 0, "--prune",
			  "{'hublink': 1, 'monitors': [{'name': 'Shop'}], " KEPT_HUB ","
			  " 'alert_definitions': []}");
	stage_event(s, "Shop ok");
	assert_told(s, "/website", "investigating down, monitoring up");
}

static void r8__a_whole_import_is_refused__where_an_open_incident_needs_it(void **state)
{
	struct stage *s = *state;
	stage_event(s, "Shop error");
	char *before = mem_strdup(stage_out(s, 0, "export"));
	static const char *const documents[] = {
		"{'hublink': 1, 'monitors': [{'name': 'Batch'}], " KEPT_HUB "}",
		"{'hublink': 1, " KEPT_MONITORS ", 'integrations': [{'name': 'Hub',"
		" 'services': [{'name': 'Partner', 'url': '{hub}/partner'}]}]}",
		"{'hublink': 1, " KEPT_MONITORS ", 'integrations': []}",
	};
	for (size_t i = 0; i < COUNT_OF(documents); i++) {
		const char *said = stage_import_with(s, 4, "--prune", documents[i]);
		assert_holds(said, "incident #1");
		assert_string_equal(stage_out(s, 0, "export"), before);
	}
	stage_event(s, "Shop ok");
	stage_import_with(s, 0, "--prune", documents[2]);
	assert_incidents(s, "Website monitoring"); /* its history stays */
	free(before);
}

static void r8__deleting_is_refused__where_an_unfinished_delivery_needs_it(void **state)
{
	struct stage *s = *state;
	stage_do(s, "mode paused");
	stage_do(s, "incident open Partner --message 'Looking'");
	stage_do(s, "incident resolve 1");
	const char *said =
		stage_import_with(s, 4, "--prune", "{'hublink': 1, 'integrations': []}");
	assert_holds(said, "elivery");
	assert_holds(said, "Partner");
}

static const struct CMUnitTest tests[] = {
	STAGE_TEST(r7__words_are_kept_and_say_so__with_payload_uptrends),
	STAGE_TEST(r7__words_are_posted_and_say_so__with_payload_generic_v2),
	STAGE_TEST(r7__an_incident_is_not_resolved__by_hublink_itself),
	STAGE_TEST(
		r7__a_resolved_incident_says_nothing_more__though_its_monitor_is_in_error),
	STAGE_TEST(
		r7__a_recovered_incident_says_nothing_more__though_its_monitor_is_in_error),
	STAGE_TEST(r7__another_monitors_alert_opens_another__once_it_is_resolved),
	STAGE_TEST(r7__the_recovery_is_sent__by_recover_in_either_payload),
	STAGE_TEST(r7__all_in_monitoring_are_resolved__but_those_in_error_again),
	STAGE_TEST(r7__further_monitors_join_silently__until_a_detached_one_is_over),
	STAGE_TEST(r7__only_its_own_monitor_joins__a_detached_one_per_monitor),
	STAGE_TEST(r7__what_waits_is_not_sent__once_it_is_detached),
	STAGE_TEST(
		r7__a_detached_one_waits_for_its_monitor__though_it_was_recovered_by_force),
	STAGE_TEST(
		r7__a_detached_one_is_over__at_the_ok_of_an_episode_that_triggered_nothing),
	STAGE_TEST(r8__the_recovery_is_sent__though_every_path_was_taken_away),
	STAGE_TEST(r8__a_whole_import_is_refused__where_an_open_incident_needs_it),
	STAGE_TEST(r8__deleting_is_refused__where_an_unfinished_delivery_needs_it),
};

int main(void)
{
	return cmocka_run_group_tests(tests, NULL, NULL);
}
