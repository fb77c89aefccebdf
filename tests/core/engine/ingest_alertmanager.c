/* What Alertmanager's webhook says and what becomes of it. */
#include <stdio.h>
#include <string.h>

#include "core/base/clock.h"
#include "tests/support/listening.h"

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
	assert_int_equal(number(l, "SELECT count(*) FROM event NATURAL JOIN pending "
				   "WHERE state = 0"),
			 1);
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
