/* incident report and history: what was decided, and what the public read. */
#include <stdlib.h>

#include "tests/support/stage.h"

/* A disruption that was refused once, its recovery, and a word of an operator. */
static struct stage *with_story(void **state)
{
	static const struct receiver_rule refuses_once = {
		.path = "/website", .times = 1, .status = 422, .body = "no such hook"
	};
	struct stage *s = *state;
	receiver_rule(s->receiver, refuses_once);
	stage_events(s, "12:00 Shop error");
	stage_settle(s);
	stage_do(s, "delivery retry 1");
	stage_settle(s);
	stage_do(s, "--because 'ticket 12' incident identify 1 --message 'Cable cut'");
	stage_events(s, "12:05 Shop ok");
	stage_settle(s);
	return s;
}

static void report__tells_the_story__in_text(void **state)
{
	struct stage *s = with_story(state);
	const char *out = stage_out(s, 0, "incident report 1");
	assert_holds(out, "Incident 1: Website\n");
	assert_holds(out, "  Began: 2026-01-05T12:00:00Z\n");
	assert_holds(out, "  To recover: ");
	assert_holds(out, "\nMonitors\n  2026-01-05T12:00:00Z  Shop: ok again\n");
	assert_holds(out, "disruption decided (incident investigating, service "
			  "disruption): delivered\n"
			  "      | Website: Service disruption\n"
			  "      | We are investigating a problem with Website.\n"
			  "      sent ");
	assert_holds(out, "(attempt 2), answered 200 at ");
	assert_holds(out, "recovery decided (incident monitoring, service operational): "
			  "delivered\n");
	assert_holds(out, "identify: Cable cut (");
}

static void report__tells_the_same__in_markdown(void **state)
{
	struct stage *s = with_story(state);
	const char *out = stage_out(s, 0, "incident report 1 --format markdown");
	assert_holds(out, "# Incident 1: Website\n\n");
	assert_holds(out, "- **Began:** 2026-01-05T12:00:00Z\n");
	assert_holds(out, "\n## Timeline\n\n- `");
	assert_holds(out,
		     "\n  > We are investigating a problem with Website.\n  - sent ");
}

static void report__quotes__line_by_line(void **state)
{
	struct stage *s = *state;
	stage_do(s, "incident open Website --message 'First\nSecond'");
	assert_holds(stage_out(s, 0, "incident report 1 --format markdown"),
		     "\n  > First\n  > Second\n");
}

/* T21: an answer of several lines makes none in the report. */
static void report__tells_an_answer__in_one_line(void **state)
{
	static const struct receiver_rule forges = { .path = "/website",
						     .times = 1,
						     .status = 422,
						     .body = "no\nTimeline\n# Forged" };
	struct stage *s = *state;
	receiver_rule(s->receiver, forges);
	stage_do(s, "event Shop error");
	stage_settle(s);
	assert_holds(stage_out(s, 0, "incident report 1"),
		     ": no<U+000A>Timeline<U+000A># Forged\n");
	assert_holds(stage_out(s, 0, "incident report 1 --format markdown"),
		     ": no<U+000A>Timeline<U+000A># Forged\n");
}

static void report__has_a_shape__in_json(void **state)
{
	struct stage *s = with_story(state);
	char *by_format = mem_strdup(stage_out(s, 0, "incident report 1 --format json"));
	assert_string_equal(stage_out(s, 0, "--json incident report 1"), by_format);
	struct json *report = assert_object(
		by_format, 0,
		"id key service integration monitors[] status service_status opened_at "
		"monitoring_at resolved_at published{} began_at detected_at "
		"published_at ended_at recovered_at seconds_to_detect "
		"seconds_to_publish seconds_to_recover monitors_joined[] updates[] "
		"timeline[]");
	const struct json *update = json_first(json_get(report, "updates"));
	assert_string_equal(json_string(json_get(update, "kind")), "disruption");
	assert_string_equal(json_string(json_get(update, "description")),
			    "We are investigating a problem with Website.");
	json_free(report);
	free(by_format);
}

static void report__is_refused__by_its_words(void **state)
{
	struct stage *s = *state;
	assert_holds(stage_err(s, 5, "incident report 3"), "Incident 3 does not exist");
	assert_holds(stage_err(s, 3, "incident report x"), "'x' is not a number");
	assert_holds(stage_err(s, 2, "incident report 1 --format pdf"),
		     "text|markdown|json");
}

/* ---- history ---- */

static void history__tells_what_the_page_took__newest_first(void **state)
{
	struct stage *s = with_story(state);
	const char *out = stage_out(s, 0, "--json history Website");
	assert_int_equal(count_lines(out), 2);
	struct json *told = assert_object(out, 0,
					  "at kind status service_status title "
					  "description incident delivery http_status");
	assert_string_equal(json_string(json_get(told, "kind")), "recovery");
	assert_string_equal(json_string(json_get(told, "description")),
			    "Website is operating normally.");
	json_free(told);
	out = stage_out(s, 0, "history Website");
	assert_holds(out, "disruption incident investigating, service disruption\n"
			  "    Website: Service disruption\n");
}

/* T21: what somebody wrote does not look like a row. */
static void history__sets_every_line_in__of_what_the_public_read(void **state)
{
	struct stage *s = *state;
	stage_do(s,
		 "incident open Website --message 'It is slow.\n2026-11-23 is better.'");
	stage_settle(s);
	assert_holds(stage_out(s, 0, "history Website"),
		     "\n    It is slow.\n    2026-11-23 is better.\n");
}

static void history__leaves_out__what_never_left(void **state)
{
	struct stage *s = *state;
	stage_do(s, "mode dry-run");
	stage_do(s, "event Shop error");
	stage_settle(s);
	assert_string_equal(stage_out(s, 0, "history Website"), "");
	assert_holds(stage_err(s, 0, "history Website"),
		     "The public was told nothing of 'Website'");
	assert_string_equal(stage_out(s, 0, "--json history Website"), "");
}

static void history__keeps_to_its_times(void **state)
{
	struct stage *s = with_story(state);
	assert_string_equal(stage_out(s, 0, "--json history Website --since +1h"), "");
	assert_string_equal(
		stage_out(s, 0, "--json history Website --until 2026-01-01T00:00:00Z"),
		"");
	assert_holds(stage_err(s, 0, "history Website --since 2026-01-01T00:00:00Z"),
		     "--since: 2026-01-01T00:00:00Z (2026-01-01 00:00:00 UTC)");
	assert_holds(stage_err(s, 3, "history Website --since then"), "--since");
	assert_holds(stage_err(s, 5, "history Nix"), "Service 'Nix'");
	stage_err(s, 2, "history");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STAGE_TEST(report__tells_the_story__in_text),
		STAGE_TEST(report__tells_the_same__in_markdown),
		STAGE_TEST(report__quotes__line_by_line),
		STAGE_TEST(report__tells_an_answer__in_one_line),
		STAGE_TEST(report__has_a_shape__in_json),
		STAGE_TEST(report__is_refused__by_its_words),
		STAGE_TEST(history__tells_what_the_page_took__newest_first),
		STAGE_TEST(history__sets_every_line_in__of_what_the_public_read),
		STAGE_TEST(history__leaves_out__what_never_left),
		STAGE_TEST(history__keeps_to_its_times),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
