#include "tests/support/acting.h"

#include <string.h>

#define MIN(n) (T0 + (n)*MINUTE_MS)

static const struct maintenance_target group_web[] = {
	{ .kind = TARGET_GROUP, .group = "web" },
};
static const struct maintenance_target service_email[] = {
	{ .kind = TARGET_SERVICE, .id = EMAIL },
};

static int64_t mute_web(void **state, int64_t from_ms, int64_t until_ms)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;

	acts(act_maintenance_add(store, group_web, 1, from_ms, until_ms, "move", from_ms,
				 &result, err));
	return result.window_id;
}

static void act_maintenance_add__names_whom_it_covers_R11(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;

	acts(act_maintenance_add(store, service_email, 1, T0, MIN(10), "move", T0,
				 &result, err));
	says(result, "Mail");
	says(result, "Email");
	assert_int_equal(result.window_id, 1);
	assert_int_equal(number_of_sql(store,
				       "SELECT count(*) FROM audit WHERE object_kind "
				       "= 'maintenance' AND object = "
				       "'service:Email'"),
			 1);
}

static void act_maintenance_add__mutes_the_monitors_of_a_group_R11(void **state)
{
	struct store *store = *state;
	mute_web(state, T0, MIN(10));

	error_at(store, SHOP, MIN(1));
	assert_int_equal(number_of_sql(store, "SELECT count(*) FROM alert"), 0);
	judge_at(store, MIN(10));
	assert_int_equal(last_incident(store).start_ms, MIN(1)); /* its true start */
}

static void act_maintenance_add__is_refused__with_impossible_times(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;

	refused(ERR_INVALID, "not after it begins",
		act_maintenance_add(store, group_web, 1, MIN(2), MIN(1), NULL, T0,
				    &result, err));
	refused(ERR_INVALID, "which is over",
		act_maintenance_add(store, group_web, 1, T0, MIN(1), NULL, MIN(2),
				    &result, err));
	refused(ERR_INVALID, "name a monitor",
		act_maintenance_add(store, NULL, 0, T0, MIN(1), NULL, T0, &result, err));
}

static void act_maintenance_end__judges_what_still_lasts_R11(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	int64_t id = mute_web(state, T0, MIN(60));
	error_at(store, SHOP, MIN(1));

	acts(act_maintenance_end(store, id, MIN(5), &result, err));
	says(result, "is ended");
	assert_int_equal(last_incident(store).opened_at_ms, MIN(5));
	assert_int_equal(deliveries_in(store, DELIVERY_QUEUED), 1);
}

static void act_maintenance_end__sends_nothing_of_what_ended_inside_R11(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	int64_t id = mute_web(state, T0, MIN(60));
	error_at(store, SHOP, MIN(1));
	ok_at(store, SHOP, MIN(2));

	acts(act_maintenance_end(store, id, MIN(5), &result, err));
	assert_int_equal(number_of_sql(store, "SELECT count(*) FROM incident"), 0);
}

static void act_maintenance_end__ends_one_that_has_not_begun(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	acts(act_maintenance_add(store, group_web, 1, MIN(10), MIN(60), NULL, T0, &result,
				 err));

	acts(act_maintenance_end(store, result.window_id, MIN(5), &result, err));
	error_at(store, SHOP, MIN(20));
	assert_int_equal(deliveries_in(store, DELIVERY_QUEUED), 1);
}

static void act_maintenance_end__is_refused__twice(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	int64_t id = mute_web(state, T0, MIN(60));
	acts(act_maintenance_end(store, id, MIN(5), &result, err));

	refused(ERR_REFUSED, "hublink mute",
		act_maintenance_end(store, id, MIN(6), &result, err));
	refused(ERR_NOT_FOUND, "77",
		act_maintenance_end(store, 77, MIN(6), &result, err));
}

static void act_maintenance_extend__moves_the_end_R11(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	int64_t id = mute_web(state, T0, MIN(10));
	error_at(store, SHOP, MIN(1));

	acts(act_maintenance_extend(store, id, MIN(30), MIN(5), &result, err));
	judge_at(store, MIN(20));
	assert_int_equal(number_of_sql(store, "SELECT count(*) FROM incident"), 0);
	judge_at(store, MIN(30));
	assert_int_equal(number_of_sql(store, "SELECT count(*) FROM incident"), 1);
}

static void act_maintenance_extend__is_refused__towards_an_earlier_end(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	int64_t id = mute_web(state, T0, MIN(10));

	refused(ERR_INVALID, "give a later end",
		act_maintenance_extend(store, id, MIN(9), MIN(5), &result, err));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, acting_open, journal_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(act_maintenance_add__names_whom_it_covers_R11),
		TEST(act_maintenance_add__mutes_the_monitors_of_a_group_R11),
		TEST(act_maintenance_add__is_refused__with_impossible_times),
		TEST(act_maintenance_end__judges_what_still_lasts_R11),
		TEST(act_maintenance_end__sends_nothing_of_what_ended_inside_R11),
		TEST(act_maintenance_end__ends_one_that_has_not_begun),
		TEST(act_maintenance_end__is_refused__twice),
		TEST(act_maintenance_extend__moves_the_end_R11),
		TEST(act_maintenance_extend__is_refused__towards_an_earlier_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
