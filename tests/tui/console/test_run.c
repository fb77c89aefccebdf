/* tui/console/test_run: what hublink-engine printed of a test, in words. */
#include "tui/console/test_run.h"

#include "tests/support/check.h"

static void expect(const char *output, bool is_well, const char *told)
{
	struct test_outcome outcome;
	DEFER(buf_done) struct buf text = BUF_INIT(4096);

	test_outcome_parse(output, &outcome);
	assert_int_equal(outcome.is_well, is_well);
	test_outcome_add(&outcome, &text);
	assert_string_equal(buf_text(&text), told);
}

static void outcome__tells_the_last_answer__when_all_is_delivered(void **state)
{
	(void)state;
	expect("{\"state\": \"disruption\", \"delivered\": true, \"http_status\": 202, "
	       "\"duration_ms\": 7, \"error\": null, \"answer\": \"ok\"}\n"
	       "{\"state\": \"operational\", \"delivered\": true, \"http_status\": 200, "
	       "\"duration_ms\": 5, \"error\": null, \"answer\": null}\n",
	       true, "delivered, answered 200 (5 ms)");
}

static void outcome__tells_what_went_wrong__wherever_it_stands(void **state)
{
	(void)state;
	expect("{\"state\": \"disruption\", \"delivered\": true, \"http_status\": 200, "
	       "\"duration_ms\": 7, \"error\": null, \"answer\": null}\n"
	       "{\"state\": \"operational\", \"delivered\": false, \"http_status\": 503, "
	       "\"duration_ms\": 5, \"error\": \"503 Service Unavailable\", "
	       "\"answer\": null}\n",
	       false, "not delivered, 503 Service Unavailable (5 ms)");
	expect("{\"state\": \"disruption\", \"delivered\": false, \"http_status\": null, "
	       "\"duration_ms\": 9, \"error\": null, \"answer\": null}\n",
	       false, "not delivered, no answer (9 ms)");
}

static void outcome__is_a_connection__where_no_update_is_told(void **state)
{
	(void)state;
	expect("{\"service\": \"W\", \"connected\": true, \"duration_ms\": 3, "
	       "\"error\": null}\n",
	       true, "connected (3 ms)");
	expect("{\"service\": \"W\", \"connected\": false, \"duration_ms\": 3, "
	       "\"error\": \"Connection refused\"}",
	       false, "no connection, Connection refused (3 ms)");
}

static void outcome__is_the_sentence__when_nothing_was_tried(void **state)
{
	(void)state;
	expect("hublink: Service 'W' has incident #1 open\n", false,
	       "Service 'W' has incident #1 open");
	expect("", false, "hublink-engine ended without an answer");
	expect("{\"state\": \"disruption\", \"delivered\": true, \"http_status\": 200}\n"
	       "hublink: the disk is full\n",
	       false, "the disk is full");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(outcome__tells_the_last_answer__when_all_is_delivered),
		cmocka_unit_test(outcome__tells_what_went_wrong__wherever_it_stands),
		cmocka_unit_test(outcome__is_a_connection__where_no_update_is_told),
		cmocka_unit_test(outcome__is_the_sentence__when_nothing_was_tried),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
