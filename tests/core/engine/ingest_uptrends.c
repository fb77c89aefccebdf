/* What a custom integration of Uptrends posts and what becomes of it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/base/text.h"
#include "tests/support/listening.h"

enum { FILE_MAX = 256 * 1024 };

/* ---- Uptrends ---- */

static const char guid[] = "4a8f6e0e-2c41-4c8c-a0a5-64d7a1f3a001";

static void post_uptrends(struct listening *l, const char *alert, const char *monitor)
{
	char body[2048];
	(void)snprintf(body, sizeof(body), "{\"alert\":{%s},\"monitor\":{%s}}", alert,
		       monitor);
	post(l, "/v1/uptrends", body);
}

static void uptrends__alert_is_an_error__with_its_count_and_start(void **state)
{
	struct listening *l = *state;
	post_uptrends(l,
		      "\"alertGuid\":\"g1\",\"type\":\"Alert\","
		      "\"timestampUtc\":\"2026-09-21T14:13:20\","
		      "\"firstErrorUtc\":\"2026-09-21T14:08:20\","
		      "\"numberOfConsecutiveErrors\":\"6\","
		      "\"failureMessage\":\"HTTP 500\"",
		      "\"name\":\"Shop\"");
	assert_accepted(l, 1, 0);
	assert_int_equal(
		number(l, "SELECT count(*) FROM event WHERE monitor_id = 1 AND state = 0"
			  " AND confirmed = 1 AND errors = 6 AND explicit_at = 1"
			  " AND at_ms - started_ms = 300000 AND id = 'g1/Alert'"
			  " AND message = 'HTTP 500'"),
		1);
	assert_int_equal(number(l, "SELECT at_ms FROM event"), T0);
}

static void uptrends__ok_ends_it_and_a_reminder_changes_nothing__each(void **state)
{
	struct listening *l = *state;
	post_uptrends(l, "\"type\":\"Reminder\",\"alertGuid\":\"g0\"",
		      "\"name\":\"Shop\"");
	assert_accepted(l, 1, 0);
	post_uptrends(l, "\"type\":\"Reminder\"", "\"name\":\"Nowhere\"");
	assert_accepted(l, 1, 0);
	assert_int_equal(number(l, "SELECT count(*) FROM event"), 0);
	assert_int_equal(number(l, "SELECT count(*) FROM unmatched"), 0);
	post_uptrends(l, "\"type\":\"Ok\",\"alertGuid\":\"g1\"", "\"name\":\"Shop\"");
	assert_int_equal(number(l, "SELECT count(*) FROM event WHERE state = 1"
				   " AND explicit_at = 0 AND id = 'g1/Ok'"),
			 1);
}

static void uptrends__takes_what_may_be_absent__as_absent(void **state)
{
	struct listening *l = *state;
	post_uptrends(l,
		      "\"type\":\"Error\",\"alertGuid\":\"\",\"timestampUtc\":null,"
		      "\"firstErrorUtc\":\"\",\"numberOfConsecutiveErrors\":\"\","
		      "\"failureMessage\":null",
		      "\"monitorGuid\":\"\",\"name\":\"Shop\"");
	assert_int_equal(number(l, "SELECT count(*) FROM event WHERE id IS NULL"
				   " AND message IS NULL AND errors = 0"
				   " AND started_ms = 0 AND explicit_at = 0"),
			 1);
	post_uptrends(l, "\"type\":\"Alert\",\"numberOfConsecutiveErrors\":3",
		      "\"name\":\"Shop\"");
	assert_int_equal(number(l, "SELECT max(errors) FROM event"), 3);
}

static void uptrends__takes_times__with_zone_fraction_or_blank(void **state)
{
	struct listening *l = *state;
	static const char *const times[] = {
		"2026-09-21T14:13:20",       "2026-09-21 14:13:20",
		"2026-09-21T14:13:20.000",   "2026-09-21T14:13:20Z",
		"2026-09-21T16:13:20+02:00",
	};
	for (size_t i = 0; i < COUNT_OF(times); i++) {
		char alert[128];
		(void)snprintf(alert, sizeof(alert),
			       "\"type\":\"Alert\",\"timestampUtc\":\"%s\"", times[i]);
		post_uptrends(l, alert, "\"name\":\"Shop\"");
	}
	assert_int_equal(
		number(l, "SELECT count(*) FROM event WHERE at_ms <> 1790000000000"), 0);
	assert_int_equal(number(l, "SELECT count(*) FROM event"), COUNT_OF(times));
}

static void uptrends__refuses__what_it_cannot_read(void **state)
{
	struct listening *l = *state;
	static const struct {
		const char *body, *said;
	} cases[] = {
		{ "[]", "alert and monitor" },
		{ "{\"alert\":{\"type\":\"Alert\"}}", "alert and monitor" },
		{ "{\"alert\":{},\"monitor\":{\"name\":\"Shop\"}}", "alert: type" },
		{ "{\"alert\":{\"type\":\"Oops\"},\"monitor\":{\"name\":\"Shop\"}}",
		  "alert: type" },
		{ "{\"alert\":{\"type\":\"Ok\"},\"monitor\":{}}",
		  ":\"monitor: it must have a monitorGuid or a name" },
		{ "{\"alert\":{\"type\":\"Ok\"},\"monitor\":{\"name\":7}}",
		  "monitor: name" },
		{ "{\"alert\":{\"type\":\"Ok\",\"timestampUtc\":\"today\"},"
		  "\"monitor\":{\"name\":\"Shop\"}}",
		  "timestampUtc" },
		{ "{\"alert\":{\"type\":\"Ok\",\"timestampUtc\":\"2026-09-21T14:33:21\"},"
		  "\"monitor\":{\"name\":\"Shop\"}}",
		  "5 minutes ahead" },
		{ "{\"alert\":{\"type\":\"Alert\",\"numberOfConsecutiveErrors\":\"-1\"},"
		  "\"monitor\":{\"name\":\"Shop\"}}",
		  "numberOfConsecutiveErrors" },
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		assert_int_equal(ask(l, "/v1/uptrends", cases[i].body), 400);
		if (!strstr(answer_body(l), cases[i].said))
			fail_msg("case %zu: %s", i, answer_body(l));
	}
	assert_int_equal(number(l, "SELECT count(*) FROM event"), 0);
}

static void uptrends__is_idempotent__by_alert_and_type_r14(void **state)
{
	struct listening *l = *state;
	for (int i = 0; i < 2; i++) {
		post_uptrends(l, "\"type\":\"Alert\",\"alertGuid\":\"g1\"",
			      "\"name\":\"Shop\"");
		post_uptrends(l, "\"type\":\"Ok\",\"alertGuid\":\"g1\"",
			      "\"name\":\"Shop\"");
	}
	assert_int_equal(number(l, "SELECT count(*) FROM event"), 2);
}

/* ---- the body that the README tells to paste ---- */

static void read_file(const char *name, char *ret)
{
	char path[4096];
	(void)snprintf(path, sizeof(path), "%s/%s", HUBLINK_SOURCE, name);
	FILE *file = fopen(path, "re");
	if (!file)
		fail_msg("%s is missing", path);
	size_t bytes = fread(ret, 1, FILE_MAX - 1, file);
	ret[bytes] = '\0';
	fclose(file);
}

/* Values as hostile as text can be; Uptrends writes them into the JSON escaped. */
static const char nasty[] = "\\\"Zahl\\\" \\\\ \\n Grüße, 障害 \\u0007 {{@x}} 'a' </b>";

/* Put where the README's body has {{@…}}; an unknown one fails the test. */
static const char *value_of(const char *variable, size_t length)
{
	static const struct {
		const char *variable, *value;
	} values[] = {
		{ "@alert.alertGuid", "5d1c\\\"\\n" },
		{ "@alert.type", "Alert" },
		{ "@alert.timestampUtc", "2026-09-21T14:13:20" },
		{ "@alert.firstErrorUtc", "2026-09-21T14:11:20" },
		{ "@alert.numberOfConsecutiveErrors", "3" },
		{ "@alert.failureMessage", nasty },
		{ "@escalationLevel.id", "2" },
		{ "@monitor.monitorGuid", guid },
		{ "@monitor.name", nasty },
		{ "@incident.key", nasty },
	};
	for (size_t i = 0; i < COUNT_OF(values); i++)
		if (strlen(values[i].variable) == length &&
		    memcmp(values[i].variable, variable, length) == 0)
			return values[i].value;
	fail_msg("the README has {{%.*s}}", (int)length, variable);
	return NULL;
}

static void fill_in(const char *text, const char *end, struct buf *ret)
{
	while (text < end) {
		const char *open = strstr(text, "{{");
		if (!open || open >= end) {
			buf_add(ret, text, (size_t)(end - text));
			return;
		}
		const char *close = strstr(open, "}}");
		assert_non_null(close);
		buf_add(ret, text, (size_t)(open - text));
		buf_adds(ret, value_of(open + 2, (size_t)(close - open - 2)));
		text = close + 2;
	}
}

static void readme_body(struct buf *ret)
{
	char *readme = mem_new(FILE_MAX, 1);
	read_file("README.md", readme);
	const char *block = strstr(readme, "<!-- tested: uptrends -->\n```json\n");
	assert_non_null(block);
	block = strchr(strstr(block, "```json"), '\n') + 1;
	fill_in(block, strstr(block, "```"), ret);
	free(readme);
}

/* The id has quotes and a newline: it is refused. The same body with a GUID is taken. */
static void uptrends__takes_the_readmes_body__whatever_the_texts_hold(void **state)
{
	struct listening *l = *state;
	DEFER(buf_done) struct buf body = BUF_INIT(FILE_MAX);
	run_sql(l->store,
		"UPDATE monitor SET guid = '4A8F6E0E-2C41-4C8C-A0A5-64D7A1F3A001' "
		"WHERE id = 1");
	readme_body(&body);
	assert_int_equal(ask(l, "/v1/uptrends", buf_text(&body)), 400);
	assert_non_null(strstr(answer_body(l), "alertGuid"));
	char *text = mem_strdup(buf_text(&body));
	memcpy(strstr(text, "5d1c\\\"\\n"), "5d1c-999", 8);
	post(l, "/v1/uptrends", text);
	free(text);
	assert_accepted(l, 1, 0);
	assert_int_equal(number(l, "SELECT count(*) FROM event WHERE monitor_id = 1"
				   " AND errors = 3 AND at_ms - started_ms = 120000"),
			 1);
	struct event event;
	struct err err = { 0 };
	assert_int_equal(store_events_pending(l->store, (struct event_place){ 0 }, &event,
					      1, &err),
			 1);
	assert_string_equal(event.message,
			    "\"Zahl\" \\ \n Grüße, 障害 \a {{@x}} 'a' </b>");
}

/* A body as Uptrends would send it, kept as a file. */
static void uptrends__takes_the_fixture__as_it_came(void **state)
{
	struct listening *l = *state;
	char *fixture = mem_new(FILE_MAX, 1);
	read_file("tests/core/engine/uptrends.json", fixture);
	post(l, "/v1/uptrends", fixture);
	free(fixture);
	assert_accepted(l, 0, 1);
	assert_int_equal(number(l, "SELECT count(*) FROM unmatched WHERE errors = 4"
				   " AND name = 'Größe \"XL\" – 店'"
				   " AND guid = '0b1f2c3d-4e5f-6071-8293-a4b5c6d7e8f9'"),
			 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		LISTENING_TEST(uptrends__alert_is_an_error__with_its_count_and_start),
		LISTENING_TEST(uptrends__ok_ends_it_and_a_reminder_changes_nothing__each),
		LISTENING_TEST(uptrends__takes_what_may_be_absent__as_absent),
		LISTENING_TEST(uptrends__takes_times__with_zone_fraction_or_blank),
		LISTENING_TEST(uptrends__refuses__what_it_cannot_read),
		LISTENING_TEST(uptrends__is_idempotent__by_alert_and_type_r14),
		LISTENING_TEST(uptrends__takes_the_readmes_body__whatever_the_texts_hold),
		LISTENING_TEST(uptrends__takes_the_fixture__as_it_came),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
