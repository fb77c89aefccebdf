#include "tests/support/acting.h"

#include <string.h>

#define MIN(n) (T0 + (n)*MINUTE_MS)

/* ---- R18 ---- */

static void act_open__is_sent_at_once_R18(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	DEFER(buf_done)
	struct buf body = BUF_INIT(BODY_MAX);
	run_sql(store, "UPDATE service SET publish_after_ms = 600000");

	acts(act_open(store, WEBSITE, "The cable is cut", T0, &result, err));
	says(result, "the public was told");
	struct delivery disruption = last_delivery(store);
	assert_int_equal(disruption.state, DELIVERY_QUEUED);
	assert_true(last_incident(store).by_hand);
	assert_int_equal(last_incident(store).start_ms, T0);
	must(store_delivery_body(store, disruption.id, &body, err));
	assert_non_null(strstr(buf_text(&body), "The cable is cut"));
}

static void act_open__recovers_only_by_hand_R18(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	acts(act_open(store, WEBSITE, "The cable is cut", T0, &result, err));
	int64_t id = result.incident_id;
	answer_all(store, 200, T0);
	error_at(store, SHOP, MIN(1));
	ok_at(store, SHOP, MIN(2));
	assert_int_equal(last_incident(store).id, id);
	assert_int_equal(last_incident(store).status, INCIDENT_INVESTIGATING);

	acts(act_recover(store, id, NULL, false, MIN(3), &result, err));
	assert_int_equal(last_incident(store).status, INCIDENT_MONITORING);
	assert_int_equal(last_delivery(store).kind, KIND_RECOVERY);
}

static void act_open__needs_words_and_a_service_R18(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;

	refused(ERR_INVALID, "--message",
		act_open(store, WEBSITE, NULL, T0, &result, err));
	refused(ERR_NOT_FOUND, "ervice", act_open(store, 99, "x", T0, &result, err));
	assert_int_equal(number_of_sql(store, "SELECT count(*) FROM incident"), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, acting_open, journal_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(act_open__is_sent_at_once_R18),
		TEST(act_open__recovers_only_by_hand_R18),
		TEST(act_open__needs_words_and_a_service_R18),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
