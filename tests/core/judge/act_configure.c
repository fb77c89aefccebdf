#include "tests/support/acting.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"

#define MIN(n) (T0 + (n)*MINUTE_MS)

/* A change that ticks, or unticks, the only placement. */
static bool tick(void *arg, struct store *store, struct err *err)
{
	struct placement placement;

	if (!store_get(store, RECORD_PLACEMENT, 1, &placement, err))
		return false;
	placement.active = *(bool *)arg;
	return store_put(store, RECORD_PLACEMENT, &placement, err);
}

static bool set_active(void *arg, struct store *store, struct err *err)
{
	struct monitor monitor;

	if (!store_get(store, RECORD_MONITOR, SHOP, &monitor, err))
		return false;
	monitor.active = *(bool *)arg;
	return store_put(store, RECORD_MONITOR, &monitor, err);
}

static bool fail_after_change(void *arg, struct store *store, struct err *err)
{
	return tick(arg, store, err) && fail(err, ERR_INVALID, "no such thing");
}

static bool on = true, off = false;

static void act_configure__says_how_many_incidents_a_gate_opens_R3(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	acts(act_configure(store, tick, &off, false, T0, &result, err));
	assert_int_equal(result.count, 0);
	error_at(store, MAIL, MIN(1));
	assert_int_equal(number_of_sql(store, "SELECT count(*) FROM incident"), 0);

	acts(act_configure(store, tick, &on, false, MIN(2), &result, err));
	assert_int_equal(result.count, 2);
	says(result, "of 'Website' (its update is queued)");
	assert_int_equal(last_incident(store).start_ms, MIN(1)); /* its true start */
	assert_int_equal(deliveries_in(store, DELIVERY_QUEUED), 2);
}

static void act_configure__opens_nothing__for_a_path_already_alerted_R3(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	error_at(store, SHOP, T0);
	acts(act_configure(store, tick, &off, false, MIN(1), &result, err));

	acts(act_configure(store, tick, &on, false, MIN(2), &result, err));
	assert_int_equal(result.count, 0);
	assert_int_equal(number_of_sql(store, "SELECT count(*) FROM incident"), 1);
}

static void act_configure__changes_nothing__when_asked_what_it_would_open_R3(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	acts(act_configure(store, tick, &off, false, T0, &result, err));
	error_at(store, SHOP, MIN(1));
	int64_t rows = audit_rows(store);

	must(act_configure(store, tick, &on, true, MIN(2), &result, err));
	assert_int_equal(result.count, 1);
	says(result, "opens incident");
	assert_int_equal(number_of_sql(store, "SELECT count(*) FROM incident"), 0);
	assert_int_equal(number_of_sql(store, "SELECT active FROM placement"), 0);
	assert_int_equal(audit_rows(store), rows);
}

static void act_configure__changes_nothing__when_the_change_fails(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;

	refused(ERR_INVALID, "no such thing",
		act_configure(store, fail_after_change, &off, false, T0, &result, err));
	assert_int_equal(number_of_sql(store, "SELECT active FROM placement"), 1);
}

static void act_configure__warns__when_a_joined_monitor_is_deactivated_R20(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	error_at(store, SHOP, T0);

	acts(act_configure(store, set_active, &off, false, MIN(1), &result, err));
	says(result, "incident #1 of 'Website'");
	says(result, "hublink event 'Shop' ok");
}

static void act_configure__judges_a_reactivated_monitor_R20(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	acts(act_configure(store, set_active, &off, false, T0, &result, err));
	says(result, "");
	error_at(store, SHOP, MIN(1));
	assert_int_equal(number_of_sql(store, "SELECT count(*) FROM alert"), 0);

	acts(act_configure(store, set_active, &on, false, MIN(2), &result, err));
	assert_int_equal(result.count, 1);
	assert_int_equal(last_incident(store).start_ms, MIN(1));
}

static bool set_url(void *arg, struct store *store, struct err *err)
{
	struct service *service = mem_new(1, sizeof(*service));
	bool ok = store_get(store, RECORD_SERVICE, WEBSITE, service, err) &&
		  text_copy(service->url, sizeof(service->url), arg) &&
		  store_put(store, RECORD_SERVICE, service, err);

	free(service);
	return ok;
}

static void act_configure__tries_a_refused_update_at_once__with_a_new_url(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	char old[] = "http://127.0.0.1:1/a", new[] = "http://127.0.0.1:1/b";
	error_at(store, SHOP, T0);
	answer_all(store, 404, T0);
	struct delivery failed = last_delivery(store);

	acts(act_configure(store, set_url, old, false, MIN(1), &result, err));
	assert_int_equal(the_delivery(store, failed.id).state, DELIVERY_FAILED);
	acts(act_configure(store, set_url, new, false, MIN(2), &result, err));
	says(result, "is tried with the new URL");
	assert_int_equal(the_delivery(store, failed.id).next_attempt_ms, MIN(2));
	assert_int_equal(the_delivery(store, failed.id).state, DELIVERY_QUEUED);
}

static void act_warn_deactivate__is_silent__for_a_monitor_that_is_well_R20(void **state)
{
	struct store *store = *state;
	DEFER(buf_done)
	struct buf warning = BUF_INIT(1000);
	error_at(store, SHOP, T0);
	ok_at(store, SHOP, MIN(1));

	must(act_warn_deactivate(store, SHOP, &warning, err));
	assert_string_equal(buf_text(&warning), "");
}

static void act_warn_deactivate__names_a_held_incident_R20(void **state)
{
	struct store *store = *state;
	DEFER(buf_done)
	struct buf warning = BUF_INIT(1000);
	run_sql(store, "UPDATE service SET publish_after_ms = 600000");
	error_at(store, SHOP, T0);

	must(act_warn_deactivate(store, SHOP, &warning, err));
	assert_non_null(strstr(buf_text(&warning), "incident #1 of 'Website'"));
	assert_non_null(strstr(buf_text(&warning), "hublink event 'Shop' ok"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, acting_open, journal_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(act_configure__says_how_many_incidents_a_gate_opens_R3),
		TEST(act_configure__opens_nothing__for_a_path_already_alerted_R3),
		TEST(act_configure__changes_nothing__when_asked_what_it_would_open_R3),
		TEST(act_configure__changes_nothing__when_the_change_fails),
		TEST(act_configure__warns__when_a_joined_monitor_is_deactivated_R20),
		TEST(act_configure__judges_a_reactivated_monitor_R20),
		TEST(act_configure__tries_a_refused_update_at_once__with_a_new_url),
		TEST(act_warn_deactivate__is_silent__for_a_monitor_that_is_well_R20),
		TEST(act_warn_deactivate__names_a_held_incident_R20),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
