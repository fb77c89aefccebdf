/* incident: what an operator says of one, from the command line (R7, R18). */
#include "tests/support/stage.h"

static const char generic[] =
	"{'hublink': 1, 'integrations': [{'name': 'Hub', 'payload': 'generic-v2'}]}";

/* Website's incident 1 is public, Shop is in error. */
static struct stage *with_incident(void **state)
{
	struct stage *s = *state;
	stage_do(s, "event Shop error");
	stage_settle(s);
	assert_incidents(s, "Website investigating");
	return s;
}

/* The same, and Shop is OK again. */
static struct stage *with_recovery(void **state)
{
	struct stage *s = with_incident(state);
	stage_do(s, "event Shop ok");
	stage_settle(s);
	assert_incidents(s, "Website monitoring");
	return s;
}

static void incident_show__has_the_shape_of_the_contract(void **state)
{
	struct stage *s = with_incident(state);
	struct json *incident = assert_object(
		stage_out(s, 0, "--json incident show 1"), 0,
		"id key service integration monitors[] status service_status opened_at "
		"monitoring_at resolved_at published{} timeline[]");
	const struct json *published = json_get(incident, "published");
	assert_string_equal(json_string(json_get(published, "status")), "investigating");
	assert_string_equal(json_string(json_get(published, "service_status")),
			    "disruption");
	assert_non_null(json_string(json_get(published, "at")));
	assert_string_equal(json_string(json_get(incident, "service")), "Website");
	assert_string_equal(json_string(json_get(incident, "integration")), "Hub");
	json_free(incident);
}

static void incident_show__tells_the_story__and_marks_a_difference(void **state)
{
	struct stage *s = with_incident(state);
	const char *out = stage_out(s, 0, "incident show 1");
	assert_holds(out, "Website (Hub)");
	assert_holds(out, "monitor      Shop: in error");
	assert_holds(out, "Disruption answered with 200");
	assert_lacks(out, "differs");
	stage_do(s, "incident identify 1 --message 'Cable cut'");
	out = stage_out(s, 0, "incident show '#1'");
	assert_holds(out, "last told    investigating, service disruption - differs from "
			  "what hublink decided");
	assert_holds(out, "Cable cut");
}

static void incident__is_5__when_there_is_none_and_3__when_it_is_no_number(void **state)
{
	static const char *const acts[] = { "show",    "report", "identify", "resolve",
					    "recover", "detach", "note" };
	struct stage *s = *state;
	for (size_t i = 0; i < COUNT_OF(acts); i++) {
		const char *needed = i == 6 ? " --message x" : "";
		assert_holds(stage_err(s, 5, "incident %s 7%s", acts[i], needed),
			     "Incident 7 does not exist");
		assert_holds(stage_err(s, 3, "incident %s Website%s", acts[i], needed),
			     "'Website' is not a number out of `hublink list incidents`");
		stage_err(s, 2, "incident %s%s", acts[i], needed);
	}
}

static void incident_identify__is_local__with_payload_uptrends(void **state) /* R7 */
{
	struct stage *s = with_incident(state);
	assert_string_equal(stage_out(s, 0, "incident identify 1"),
			    "Incident #1 of 'Website' is identified: local only: do it "
			    "in StatusHub\n");
	assert_string_equal(stage_err(s, 0, "incident note 1 --message x --force"), "");
	stage_settle(s);
	assert_told(s, "/website", "investigating down");
}

static void incident_identify__is_posted__with_payload_generic(void **state) /* R7 */
{
	struct stage *s = with_incident(state);
	stage_import(s, generic);
	assert_string_equal(
		stage_out(s, 0, "incident identify 1 --message 'Cable cut'"),
		"Incident #1 of 'Website' is identified: the public was told\n");
	assert_holds(stage_err(s, 0, "incident note 1 --message 'Digging'"),
		     "No engine runs: it is sent when one does");
	stage_settle(s);
	assert_told(s, "/website", "investigating down, identified, identified");
	assert_string_equal(stage_sent(s, 1, "description"), "Cable cut");
	assert_string_equal(stage_sent(s, 2, "description"), "Digging");
}

static void incident_acts__answer_with_the_incident__and_what_was_said(void **state)
{
	struct stage *s = with_incident(state);
	struct json *answer =
		assert_object(stage_out(s, 0, "--json incident identify 1"), 0,
			      "id key service integration monitors[] status "
			      "service_status opened_at monitoring_at resolved_at "
			      "published{} queued local said[]");
	bool local = false;
	assert_true(json_bool(json_get(answer, "local"), &local));
	assert_true(local);
	assert_string_equal(json_string(json_get(answer, "status")), "identified");
	json_free(answer);
}

static void incident_acts__change_all_or_none(void **state)
{
	struct stage *s = with_incident(state);
	assert_holds(stage_err(s, 5, "incident identify 1 9"),
		     "Nothing was changed: Incident 9 does not exist");
	assert_incidents(s, "Website investigating");
	assert_holds(stage_err(s, 3, "incident identify 1 x"), "'x' is not a number");
	assert_incidents(s, "Website investigating");
}

static void incident_note__needs_its_words(void **state)
{
	struct stage *s = with_incident(state);
	assert_holds(stage_err(s, 2, "incident note 1"), "needs --message TEXT");
	assert_holds(stage_err(s, 3, "incident note 1 --message ''"), "--message");
	assert_holds(stage_err(s, 3, "incident note 1 --message '\xff'"), "UTF-8");
}

static void incident_resolve__is_refused__while_a_monitor_is_in_error(
	void **state) /* R7 */
{
	struct stage *s = with_incident(state);
	assert_holds(stage_err(s, 4, "incident resolve 1"), "monitor 'Shop'");
	assert_holds(stage_err(s, 4, "incident recover 1"), "--force");
	assert_incidents(s, "Website investigating");
	assert_holds(stage_out(s, 0, "incident resolve 1 --force"), "is resolved");
	assert_incidents(s, "Website resolved");
	assert_holds(stage_err(s, 4, "incident resolve 1 --force"), "cannot be resolved");
}

static void incident_recover__sends_the_recovery(void **state) /* R7 */
{
	struct stage *s = with_incident(state);
	assert_holds(stage_out(s, 0, "incident recover 1 --force"),
		     "is recovered: the public was told");
	stage_do(s, "event Shop ok");
	stage_settle(s);
	assert_told(s, "/website", "investigating down, monitoring up");
	assert_holds(stage_err(s, 4, "incident recover 1"), "it has recovered");
}

static void incident_resolve__takes_all_in_monitoring(void **state)
{
	struct stage *s = with_recovery(state);
	struct json *answer =
		assert_object(stage_out(s, 0, "--json incident resolve --all-monitoring"),
			      0, "count queued said[]");
	json_free(answer);
	assert_incidents(s, "Website resolved");
	assert_string_equal(stage_out(s, 0, "incident resolve --all-monitoring"),
			    "No incident waits for its Resolved\n");
	stage_err(s, 2, "incident resolve --all-monitoring 1");
	assert_holds(stage_err(s, 2, "incident resolve --all-monitoring --message x"),
		     "'--message' does not go with '--all-monitoring'");
}

static void incident_detach__sends_nothing_more(void **state) /* R7 */
{
	struct stage *s = with_incident(state);
	assert_holds(stage_out(s, 0, "incident detach 1"), "a person handles its page");
	assert_holds(stage_err(s, 4, "incident detach 1"), "it is detached");
	assert_holds(stage_err(s, 4, "incident recover 1 --force"), "it is detached");
	stage_do(s, "event Shop ok");
	stage_settle(s);
	assert_told(s, "/website", "investigating down");
}

static void incident_open__is_told__once_for_each_service(void **state) /* R18 */
{
	struct stage *s = *state;
	const char *line = "--json incident open Website Partner --message 'We look'";
	const char *out = stage_out(s, 0, "%s", line);
	assert_int_equal(count_lines(out), 2);
	json_free(assert_object(out, 0, "id key status opened_at published"));
	struct json *second = assert_object(out, 1, "id service queued local said[]");
	assert_string_equal(json_string(json_get(second, "service")), "Partner");
	json_free(second);
	stage_settle(s);
	assert_told(s, "/partner", "investigating down");
	assert_string_equal(stage_sent(s, 0, "description"), "We look");
	stage_do(s, "incident recover 2");
	stage_settle(s);
	assert_told(s, "/partner", "investigating down, monitoring up");
}

static void incident_open__says_once__that_no_engine_runs(void **state)
{
	struct stage *s = *state;
	assert_string_equal(
		stage_err(s, 0, "incident open Website Partner --message x"),
		"No engine runs: it is sent when one does (`hublink engine`)\n");
}

static void incident_open__opens_all_or_none(void **state)
{
	struct stage *s = *state;
	assert_holds(stage_err(s, 5, "incident open Website Nix --message x"), "'Nix'");
	assert_incidents(s, "");
	assert_holds(stage_err(s, 2, "incident open Website"), "needs --message TEXT");
	assert_holds(stage_err(s, 3, "incident open Website --message ''"), "--message");
	stage_err(s, 2, "incident open --message x");
	assert_incidents(s, "");
}

static void incident_acts__keep_why__in_the_audit(void **state)
{
	struct stage *s = with_incident(state);
	stage_do(s, "--because 'ticket 12' incident identify 1");
	assert_string_equal(stage_member(s, "audit --limit 1", 0, "action"), "identify");
	assert_string_equal(stage_member(s, "audit --limit 1", 0, "because"),
			    "ticket 12");
	stage_err(s, 4, "--read-only incident identify 1");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STAGE_TEST(incident_show__has_the_shape_of_the_contract),
		STAGE_TEST(incident_show__tells_the_story__and_marks_a_difference),
		STAGE_TEST(
			incident__is_5__when_there_is_none_and_3__when_it_is_no_number),
		STAGE_TEST(incident_identify__is_local__with_payload_uptrends),
		STAGE_TEST(incident_identify__is_posted__with_payload_generic),
		STAGE_TEST(incident_acts__answer_with_the_incident__and_what_was_said),
		STAGE_TEST(incident_acts__change_all_or_none),
		STAGE_TEST(incident_note__needs_its_words),
		STAGE_TEST(incident_resolve__is_refused__while_a_monitor_is_in_error),
		STAGE_TEST(incident_recover__sends_the_recovery),
		STAGE_TEST(incident_resolve__takes_all_in_monitoring),
		STAGE_TEST(incident_detach__sends_nothing_more),
		STAGE_TEST(incident_open__is_told__once_for_each_service),
		STAGE_TEST(incident_open__says_once__that_no_engine_runs),
		STAGE_TEST(incident_open__opens_all_or_none),
		STAGE_TEST(incident_acts__keep_why__in_the_audit),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
