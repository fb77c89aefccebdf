/* The listener's own form of events, and whom they are about (R14). */
#include <string.h>

#include "core/base/clock.h"
#include "tests/support/listening.h"

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

int main(void)
{
	const struct CMUnitTest tests[] = {
		LISTENING_TEST(events__are_taken_all__or_none),
		LISTENING_TEST(events__name_a_monitor__by_guid_before_name),
		LISTENING_TEST(events__too_old__are_accepted_without_effect_r14),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
