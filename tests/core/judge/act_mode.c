#include "tests/support/acting.h"

#include <string.h>

#define MIN(n) (T0 + (n)*MINUTE_MS)

static enum mode mode_of(struct store *store)
{
	enum mode mode;

	must(store_mode(store, &mode, err));
	return mode;
}

static void act_mode__asks_nothing__when_nothing_would_leave_R19(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	int64_t leaving = -1;
	set_mode(store, MODE_DRY_RUN);
	error_at(store, SHOP, T0);

	acts(act_mode(store, MODE_LIVE, false, MIN(1), &leaving, &result, err));
	assert_int_equal(leaving, 0);
	assert_int_equal(mode_of(store), MODE_LIVE);
	assert_int_equal(deliveries_in(store, DELIVERY_QUEUED), 0);
}

static void act_mode__lists_what_would_leave__and_changes_nothing_R19(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	int64_t leaving = 0;
	set_mode(store, MODE_PAUSED);
	error_at(store, MAIL, T0); /* Website and Email */
	int64_t rows = audit_rows(store);

	must(act_mode(store, MODE_LIVE, false, MIN(1), &leaving, &result, err));
	assert_int_equal(leaving, 2);
	says(result, "Website goes red");
	says(result, "Email goes red");
	assert_int_equal(mode_of(store), MODE_PAUSED);
	assert_int_equal(audit_rows(store), rows);

	acts(act_mode(store, MODE_LIVE, true, MIN(1), &leaving, &result, err));
	assert_int_equal(leaving, 2);
	assert_int_equal(mode_of(store), MODE_LIVE);
}

static void act_mode__does_not_age_what_waited_while_paused(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	int64_t leaving;
	error_at(store, SHOP, T0);
	acts(act_mode(store, MODE_PAUSED, false, MIN(1), &leaving, &result, err));

	acts(act_mode(store, MODE_LIVE, true, MIN(61), &leaving, &result, err));
	assert_int_equal(last_delivery(store).age_from_ms, MIN(60));
}

static void act_mode__refuses_dry_run__while_a_public_incident_is_open_R19(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	int64_t leaving;
	error_at(store, SHOP, T0);
	answer_all(store, 200, T0);

	refused(ERR_REFUSED, "Incident #1 of 'Website' is public",
		act_mode(store, MODE_DRY_RUN, true, MIN(1), &leaving, &result, err));
	assert_int_equal(mode_of(store), MODE_LIVE);

	acts(act_detach(store, 1, NULL, MIN(2), &result, err));
	refused(ERR_REFUSED, "Incident #1",
		act_mode(store, MODE_DRY_RUN, true, MIN(3), &leaving, &result, err));
	ok_at(store, SHOP, MIN(4));
	acts(act_mode(store, MODE_DRY_RUN, true, MIN(5), &leaving, &result, err));
	assert_int_equal(mode_of(store), MODE_DRY_RUN);
}

static void act_mode__refuses_dry_run__while_an_update_waits_R19(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	int64_t leaving;
	error_at(store, SHOP, T0);

	refused(ERR_REFUSED, "Delivery #1 to 'Website' is queued",
		act_mode(store, MODE_DRY_RUN, true, MIN(1), &leaving, &result, err));
	refused(ERR_REFUSED,
		"let it leave or cancel it first, or use `hublink mode paused`",
		act_mode(store, MODE_DRY_RUN, true, MIN(1), &leaving, &result, err));
	set_mode(store, MODE_PAUSED); /* where nothing leaves by itself */
	refused(ERR_REFUSED, "sent; go live to let it leave or cancel it first",
		act_mode(store, MODE_DRY_RUN, true, MIN(2), &leaving, &result, err));
}

static void act_mode__says_so__when_it_is_that_already(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	int64_t leaving;
	int64_t rows = audit_rows(store);

	must(act_mode(store, MODE_LIVE, false, T0, &leaving, &result, err));
	says(result, "is live already");
	assert_int_equal(audit_rows(store), rows);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, acting_open, journal_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(act_mode__asks_nothing__when_nothing_would_leave_R19),
		TEST(act_mode__lists_what_would_leave__and_changes_nothing_R19),
		TEST(act_mode__does_not_age_what_waited_while_paused),
		TEST(act_mode__refuses_dry_run__while_a_public_incident_is_open_R19),
		TEST(act_mode__refuses_dry_run__while_an_update_waits_R19),
		TEST(act_mode__says_so__when_it_is_that_already),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
