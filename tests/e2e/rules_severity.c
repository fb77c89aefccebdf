/* Partial outages (R21) with the real programs: what the receiver reads, and what an
 * operator sees. */
#include <string.h>

#include "tests/support/stage.h"

#define HUB(more) "{'hublink': 1, 'integrations': [{'name': 'Hub', " more "}]}"
#define WEBSITE(more) HUB("'services': [{'name': 'Website', " more "}]")
#define FROM_TWO "'disruption_when': {'monitors': 2}"

static void has(const char *text, const char *part)
{
	if (!strstr(text, part))
		fail_msg("'%s' is not in: %s", part, text);
}

static void r21__each_change_is_one_update__status_unchanged(void **state)
{
	struct stage *s = *state;
	stage_import(s, WEBSITE(FROM_TWO));
	stage_events(s, "12:00 Shop error, 12:01 API error, 12:02 Shop ok, 12:03 API ok");
	stage_settle(s);
	assert_told(s, "/website",
		    "investigating degraded-performance, investigating down, "
		    "investigating degraded-performance, monitoring up");
	assert_deliveries(s, "disruption delivered, severity delivered, severity "
			     "delivered, recovery delivered");
}

static void r21__payloads_without_a_field__say_it_in_title_and_text(void **state)
{
	struct stage *s = *state;
	stage_import(
		s,
		HUB("'payload': 'generic-v2', 'services': [{'name': 'Website', " FROM_TWO
		    "}]"));
	stage_events(s, "12:00 Shop error, 12:01 API error, 12:02 Shop ok, 12:03 API ok");
	stage_settle(s);
	assert_told(s, "/website",
		    "investigating, investigating, investigating, monitoring");
	assert_string_equal(stage_sent(s, 0, "title"), "Website: Degraded performance");
	assert_string_equal(stage_sent(s, 0, "description"),
			    "We are investigating degraded performance of Website.");
	assert_string_equal(stage_sent(s, 1, "title"), "Website: Service disruption");
	assert_string_equal(stage_sent(s, 1, "description"),
			    "We are investigating a problem with Website.");
	assert_string_equal(stage_sent(s, 2, "title"), "Website: Degraded performance");
	assert_string_equal(stage_sent(s, 3, "title"), "Website: Degraded performance");
	assert_string_equal(stage_sent(s, 3, "description"),
			    "Website is operating normally.");
}

static void r21__a_percentage_counts__what_is_linked(void **state)
{
	struct stage *s = *state;
	stage_import(s, WEBSITE("'disruption_when': {'percent': 51}"));
	stage_events(s, "12:00 Shop error");
	stage_settle(s);
	assert_services(s, "Partner operational, Website degraded");
	/* API leads to it no more: Shop is all there is. */
	stage_do(s, "engine --until-idle");
	stage_import_with(
		s, 0, "--prune",
		"{'hublink': 1, 'alert_definitions': [{'name': 'Default', 'levels': ["
		"{'level': 1, 'integrations': [{'integration': 'Hub', 'links': ["
		"{'monitor': 'Shop', 'service': 'Website'},"
		"{'monitor': 'Batch', 'service': 'Partner'}]}]}]}]}");
	stage_settle(s);
	assert_services(s, "Partner operational, Website disruption");
	assert_told(s, "/website",
		    "investigating degraded-performance, investigating down");
}

static void r21__a_critical_link__counts_as_all(void **state)
{
	struct stage *s = *state;
	stage_import(s, WEBSITE(FROM_TWO));
	stage_import(
		s, "{'hublink': 1, 'alert_definitions': [{'name': 'Default', 'levels': ["
		   "{'level': 1, 'integrations': [{'integration': 'Hub', 'links': ["
		   "{'monitor': 'API', 'service': 'Website', 'critical': true}]}]}]}]}");
	stage_events(s, "12:00 API error");
	stage_settle(s);
	assert_told(s, "/website", "investigating down");
	has(stage_out(s, 0, "export"),
	    "{\"monitor\":\"API\",\"service\":\"Website\",\"critical\":true}");
}

static void r21__a_change_of_the_threshold__is_judged_and_said_at_once(void **state)
{
	struct stage *s = *state;
	stage_import(s, WEBSITE(FROM_TWO));
	stage_events(s, "12:00 Shop error");
	stage_settle(s);
	has(stage_import_with(s, 0, "--dry-run",
			      WEBSITE("'disruption_when': {'monitors': 1}")),
	    "This changes 'Website' to disruption in incident #1");
	assert_services(s, "Partner operational, Website degraded");
	stage_import(s, WEBSITE("'disruption_when': {'monitors': 1}"));
	assert_services(s, "Partner operational, Website disruption");
	stage_settle(s);
	assert_told(s, "/website",
		    "investigating degraded-performance, investigating down");
}

static void r21__resync_says_it_again__when_the_page_reads_another(void **state)
{
	struct stage *s = *state;
	stage_import(s, WEBSITE(FROM_TWO));
	stage_events(s, "12:00 Shop error");
	stage_settle(s);
	stage_events(s, "12:01 API error");
	stage_do(s, "mode paused");
	stage_settle(s);
	assert_deliveries(s, "disruption delivered, severity queued");
	stage_do(s, "delivery cancel 2");
	assert_string_equal(stage_member(s, "incidents", 0, "published.service_status"),
			    "degraded");
	assert_string_equal(stage_member(s, "incidents", 0, "service_status"),
			    "disruption");
	has(stage_out(s, 0, "resync Website"), "service disruption");
	stage_do(s, "mode live --yes");
	stage_settle(s);
	assert_told(s, "/website",
		    "investigating degraded-performance, investigating down");
	assert_deliveries(s, "disruption delivered, severity cancelled, severity "
			     "delivered");
}

static void r21__simulate_and_explain__tell_what_it_would_be(void **state)
{
	struct stage *s = *state;
	has(stage_out(s, 0, "--json simulate Shop --error-for 5m"),
	    "\"service_status\":\"disruption\"");
	stage_import(s, WEBSITE(FROM_TWO));
	has(stage_out(s, 0, "--json simulate Shop --error-for 5m"),
	    "\"service_status\":\"degraded\"");
	has(stage_out(s, 0, "explain Shop Website"),
	    "with 'Shop' in error 1 of 2 linked monitors of 'Website' are: degraded");
	stage_events(s, "12:00 API error");
	stage_settle(s);
	has(stage_out(s, 0, "explain Shop Website"),
	    "with 'Shop' in error 2 of 2 linked monitors of 'Website' are: disruption");
}

static void r21__either_a_number_or_a_percentage(void **state)
{
	struct stage *s = *state;
	has(stage_import_with(
		    s, 3, "",
		    WEBSITE("'disruption_when': {'monitors': 2, 'percent': 5}")),
	    "set one of them, the other to 0");
	has(stage_import_with(s, 3, "", WEBSITE("'disruption_when': {'percent': 101}")),
	    "disruption_when.percent");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STAGE_TEST(r21__each_change_is_one_update__status_unchanged),
		STAGE_TEST(r21__payloads_without_a_field__say_it_in_title_and_text),
		STAGE_TEST(r21__a_percentage_counts__what_is_linked),
		STAGE_TEST(r21__a_critical_link__counts_as_all),
		STAGE_TEST(r21__a_change_of_the_threshold__is_judged_and_said_at_once),
		STAGE_TEST(r21__resync_says_it_again__when_the_page_reads_another),
		STAGE_TEST(r21__simulate_and_explain__tell_what_it_would_be),
		STAGE_TEST(r21__either_a_number_or_a_percentage),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
