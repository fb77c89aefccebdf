/* What senders say and what becomes of it: events, Uptrends' integration, Alertmanager's
 * webhook, and monitors nobody knows (contract section 6, R14). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/base/text.h"
#include "tests/support/listening.h"

enum { FILE_MAX = 256 * 1024 };

#define number(l, sql) number_of_sql((l)->store, sql)

static void assert_accepted(struct listening *l, int accepted, int unmatched)
{
	char expected[64];
	(void)snprintf(expected, sizeof(expected), "{\"accepted\":%d,\"unmatched\":%d}",
		       accepted, unmatched);
	assert_int_equal(l->status, 202);
	assert_string_equal(answer_body(l), expected);
}

static void post(struct listening *l, const char *path, const char *body)
{
	int status = ask(l, path, body);
	if (status != 202)
		fail_msg("%s: %d %s", path, status, buf_text(&l->answer));
}

static int64_t events_of(struct listening *l, int64_t monitor, enum event_state state)
{
	char sql[128];
	(void)snprintf(sql, sizeof(sql),
		       "SELECT count(*) FROM event WHERE monitor_id = %d AND state = %d",
		       (int)monitor, (int)state);
	return number(l, sql);
}

/* ---- events ---- */

static void events__are_taken_all__or_none(void **state)
{
	struct listening *l = *state;
	post(l, "/v1/events",
	     "[{\"monitor\":\"Shop\",\"state\":\"error\",\"message\":\"slow\"},"
	     "{\"monitor\":\"Mail\",\"state\":\"ok\"},"
	     "{\"monitor\":\"Nowhere\",\"state\":\"error\"}]");
	assert_accepted(l, 2, 1);
	assert_int_equal(ask(l, "/v1/events",
			     "[{\"monitor\":\"Shop\",\"state\":\"ok\"},"
			     "{\"monitor\":\"Else\",\"state\":\"ok\"},{}]"),
			 400);
	assert_int_equal(number(l, "SELECT count(*) FROM event"), 2);
	assert_int_equal(number(l, "SELECT count(*) FROM unmatched"), 1);
	post(l, "/v1/events", "[]");
	assert_accepted(l, 0, 0);
}

static void events__name_a_monitor__by_guid_before_name(void **state)
{
	struct listening *l = *state;
	run_sql(l->store, "UPDATE monitor SET guid = 'AbC-1' WHERE id = 2;"
			  "UPDATE monitor SET guid = 'Shop' WHERE id = 3");
	post(l, "/v1/events", "{\"monitor\":\"aBc-1\",\"state\":\"error\"}");
	assert_int_equal(events_of(l, MAIL, EVENT_ERROR), 1);
	post(l, "/v1/events", "{\"monitor\":\"Shop\",\"state\":\"error\"}");
	assert_int_equal(events_of(l, BATCH, EVENT_ERROR), 1);
	assert_int_equal(events_of(l, SHOP, EVENT_ERROR), 0);
}

static void events__too_old__are_accepted_without_effect_r14(void **state)
{
	struct listening *l = *state;
	post(l, "/v1/events", "{\"monitor\":\"Shop\",\"state\":\"error\"}");
	post(l, "/v1/events",
	     "{\"monitor\":\"Shop\",\"state\":\"ok\",\"at\":\"2020-01-01T00:00:00Z\"}");
	assert_accepted(l, 1, 0);
	assert_int_equal(number(l, "SELECT effect FROM event WHERE state = 1"),
			 EFFECT_TOO_OLD);
}

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
		  "monitorGuid or a name" },
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

/* ---- Alertmanager ---- */

static void fire(struct listening *l, const char *status, const char *fingerprint,
		 const char *starts_at, const char *labels)
{
	char body[2048];
	(void)snprintf(body, sizeof(body),
		       "{\"version\":\"4\",\"status\":\"firing\",\"alerts\":[{"
		       "\"status\":\"%s\",\"fingerprint\":\"%s\","
		       "\"startsAt\":\"2026-09-21T%sZ\",\"labels\":{%s},"
		       "\"annotations\":{\"summary\":\"it is down\"},"
		       "\"endsAt\":\"0001-01-01T00:00:00Z\"}]}",
		       status, fingerprint, starts_at, labels);
	post(l, "/v1/alertmanager", body);
}
#define SHOP_LABEL "\"monitor\":\"Shop\",\"alertname\":\"Down\""

static void alertmanager__sends_the_ok__when_the_last_one_resolves(void **state)
{
	struct listening *l = *state;
	fire(l, "firing", "aaaa", "14:00:00.123456789", SHOP_LABEL);
	fire(l, "firing", "bbbb", "14:01:00", SHOP_LABEL);
	assert_int_equal(events_of(l, SHOP, EVENT_ERROR), 2);
	assert_int_equal(
		number(l, "SELECT count(*) FROM event WHERE message = 'it is down' AND "
			  "id = 'bbbb/2026-09-21T14:01:00Z/firing'"),
		1);
	fire(l, "resolved", "aaaa", "14:00:00.123456789", SHOP_LABEL);
	assert_accepted(l, 1, 0);
	assert_int_equal(events_of(l, SHOP, EVENT_OK), 0);
	fire(l, "resolved", "bbbb", "14:01:00", SHOP_LABEL);
	assert_int_equal(events_of(l, SHOP, EVENT_OK), 1);
	assert_int_equal(number(l, "SELECT count(*) FROM firing"), 0);
}

/* It began before it was told; and it is told late, which must not lose it. */
static void alertmanager__counts_from_its_arrival__and_tells_its_start(void **state)
{
	struct listening *l = *state;
	post(l, "/v1/events", "{\"monitor\":\"Shop\",\"state\":\"ok\"}");
	fire(l, "firing", "aaaa", "14:00:00", SHOP_LABEL);
	assert_int_equal(number(l, "SELECT at_ms FROM event WHERE state = 0"), T0);
	assert_int_equal(
		number(l, "SELECT at_ms - started_ms FROM event WHERE state = 0"),
		800 * SECOND_MS);
	assert_int_equal(number(l, "SELECT effect FROM event WHERE state = 0"),
			 EFFECT_PENDING);
}

static void alertmanager__is_idempotent__through_repeats_and_late_copies(void **state)
{
	struct listening *l = *state;
	fire(l, "firing", "aaaa", "14:00:00", SHOP_LABEL);
	fire(l, "firing", "aaaa", "14:00:00", SHOP_LABEL);
	assert_accepted(l, 1, 0);
	fire(l, "resolved", "aaaa", "14:00:00", SHOP_LABEL);
	fire(l, "resolved", "aaaa", "14:00:00", SHOP_LABEL);
	fire(l, "firing", "aaaa", "14:00:00", SHOP_LABEL);
	assert_int_equal(number(l, "SELECT count(*) FROM event"), 2);
	assert_int_equal(number(l, "SELECT count(*) FROM firing"), 0);
	/* It fires anew; a resolve of the first time comes late. */
	fire(l, "firing", "aaaa", "14:05:00", SHOP_LABEL);
	fire(l, "resolved", "aaaa", "14:00:00", SHOP_LABEL);
	assert_int_equal(events_of(l, SHOP, EVENT_OK), 1);
	fire(l, "resolved", "aaaa", "14:05:00", SHOP_LABEL);
	assert_int_equal(events_of(l, SHOP, EVENT_OK), 2);
}

/* An OK of what never fired would end an episode that somebody else reported. */
static void alertmanager__ends_nothing__that_it_has_not_begun(void **state)
{
	struct listening *l = *state;
	post(l, "/v1/events", "{\"monitor\":\"Shop\",\"state\":\"error\"}");
	fire(l, "resolved", "cccc", "14:00:00", SHOP_LABEL);
	assert_accepted(l, 1, 0);
	assert_int_equal(events_of(l, SHOP, EVENT_OK), 0);
}

static void alertmanager__remembers_what_fires__across_a_restart(void **state)
{
	struct listening *l = *state;
	fire(l, "firing", "aaaa", "14:00:00", SHOP_LABEL);
	fire(l, "firing", "bbbb", "14:00:00", SHOP_LABEL);
	listening_start(l);
	fire(l, "resolved", "aaaa", "14:00:00", SHOP_LABEL);
	assert_int_equal(events_of(l, SHOP, EVENT_OK), 0);
	listening_start(l);
	fire(l, "resolved", "bbbb", "14:00:00", SHOP_LABEL);
	assert_int_equal(events_of(l, SHOP, EVENT_OK), 1);
}

static void alertmanager__takes_the_label__that_it_was_told(void **state)
{
	struct listening *l = *state;
	l->options.label = "service";
	listening_start(l);
	fire(l, "firing", "aaaa", "14:00:00",
	     "\"service\":\"Mail\",\"monitor\":\"Shop\"");
	assert_int_equal(events_of(l, MAIL, EVENT_ERROR), 1);
}

/* Not even where its name happens to be a monitor's: nobody said so. */
static void alertmanager__keeps_as_unmatched__what_has_no_label(void **state)
{
	struct listening *l = *state;
	fire(l, "firing", "aaaa", "14:00:00", "\"alertname\":\"Shop\"");
	assert_accepted(l, 0, 1);
	assert_int_equal(number(l, "SELECT count(*) FROM event"), 0);
	must(store_unmatched_adopt(l->store, 1, MAIL, T0, err));
	fire(l, "firing", "bbbb", "14:00:00", "\"alertname\":\"Shop\"");
	assert_accepted(l, 1, 0);
	assert_int_equal(events_of(l, MAIL, EVENT_ERROR), 2);
}

static void alertmanager__refuses__what_it_cannot_read(void **state)
{
	struct listening *l = *state;
#define ALERT(members) "{\"version\":\"4\",\"alerts\":[{" members "}]}"
	static const struct {
		const char *body, *said;
	} cases[] = {
		{ "{\"version\":\"3\",\"alerts\":[]}", "version 4" },
		{ "{\"version\":\"4\"}", "version 4" },
		{ ALERT(""), "alert 1: status" },
		{ ALERT("\"status\":\"burning\""), "alert 1: status" },
		{ ALERT("\"status\":\"firing\""), "alert 1: fingerprint" },
		{ ALERT("\"status\":\"firing\",\"fingerprint\":\"a\""),
		  "alert 1: startsAt" },
		{ ALERT("\"status\":\"firing\",\"fingerprint\":\"a\","
			"\"startsAt\":\"soon\""),
		  "alert 1: startsAt" },
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		assert_int_equal(ask(l, "/v1/alertmanager", cases[i].body), 400);
		if (!strstr(answer_body(l), cases[i].said))
			fail_msg("case %zu: %s", i, answer_body(l));
	}
	post(l, "/v1/alertmanager", "{\"version\":\"4\",\"alerts\":[]}");
	assert_accepted(l, 0, 0);
}

/* ---- unmatched ---- */

static void unmatched__goes_on_as_the_monitor__once_adopted(void **state)
{
	struct listening *l = *state;
	fire(l, "firing", "aaaa", "14:00:00", "\"monitor\":\"Shap\"");
	fire(l, "firing", "bbbb", "14:00:00", "\"monitor\":\"Shap\"");
	fire(l, "resolved", "aaaa", "14:00:00", "\"monitor\":\"Shap\"");
	assert_accepted(l, 0, 1);
	assert_int_equal(number(l, "SELECT count(*) FROM unmatched WHERE events = 2"), 1);
	must(store_unmatched_adopt(l->store, 1, SHOP, T0 + 1, err));
	assert_int_equal(events_of(l, SHOP, EVENT_ERROR), 1);
	fire(l, "resolved", "bbbb", "14:00:00", "\"monitor\":\"Shap\"");
	assert_accepted(l, 1, 0);
	assert_int_equal(events_of(l, SHOP, EVENT_OK), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		LISTENING_TEST(events__are_taken_all__or_none),
		LISTENING_TEST(events__name_a_monitor__by_guid_before_name),
		LISTENING_TEST(events__too_old__are_accepted_without_effect_r14),
		LISTENING_TEST(uptrends__alert_is_an_error__with_its_count_and_start),
		LISTENING_TEST(uptrends__ok_ends_it_and_a_reminder_changes_nothing__each),
		LISTENING_TEST(uptrends__takes_what_may_be_absent__as_absent),
		LISTENING_TEST(uptrends__takes_times__with_zone_fraction_or_blank),
		LISTENING_TEST(uptrends__refuses__what_it_cannot_read),
		LISTENING_TEST(uptrends__is_idempotent__by_alert_and_type_r14),
		LISTENING_TEST(uptrends__takes_the_readmes_body__whatever_the_texts_hold),
		LISTENING_TEST(uptrends__takes_the_fixture__as_it_came),
		LISTENING_TEST(alertmanager__sends_the_ok__when_the_last_one_resolves),
		LISTENING_TEST(
			alertmanager__counts_from_its_arrival__and_tells_its_start),
		LISTENING_TEST(
			alertmanager__is_idempotent__through_repeats_and_late_copies),
		LISTENING_TEST(alertmanager__ends_nothing__that_it_has_not_begun),
		LISTENING_TEST(alertmanager__remembers_what_fires__across_a_restart),
		LISTENING_TEST(alertmanager__takes_the_label__that_it_was_told),
		LISTENING_TEST(alertmanager__keeps_as_unmatched__what_has_no_label),
		LISTENING_TEST(alertmanager__refuses__what_it_cannot_read),
		LISTENING_TEST(unmatched__goes_on_as_the_monitor__once_adopted),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
