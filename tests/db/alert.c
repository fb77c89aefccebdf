/* Alerts, and which services they reached (R3). */
#include <string.h>

#include "tests/support/journal.h"

static void alert_add__keeps_every_column__and_names(void **state)
{
	struct alert put = an_alert(*state, ALERT_ERROR, SHOP, 1, T0);
	struct alert got;
	assert_int_equal(strlen(put.guid), KEY_SIZE - 1);
	must(store_alert_set_reason(*state, put.id, "level 1 is inactive", err));
	must(store_alert_get(*state, put.id, &got, err));
	assert_memory_equal(&got, &put, offsetof(struct alert, monitor));
	assert_string_equal(got.monitor, "Shop");
	assert_string_equal(got.definition, "Default");
	assert_string_equal(got.reason, "level 1 is inactive");
	struct err why = { 0 };
	assert_false(store_alert_get(*state, 99, &got, &why));
	assert_int_equal(why.code, ERR_NOT_FOUND);
}

static void alert_find__is_one__per_monitor_episode_level_and_type_r2(void **state)
{
	struct alert put = an_alert(*state, ALERT_ERROR, SHOP, 2, T0);
	struct alert got;
	bool found = false;
	must(store_alert_find(*state, SHOP, 2, 1, ALERT_ERROR, &got, &found, err));
	assert_true(found);
	assert_int_equal(got.id, put.id);
	must(store_alert_find(*state, SHOP, 1, 1, ALERT_ERROR, &got, &found, err));
	assert_false(found);
	must(store_alert_find(*state, SHOP, 2, 2, ALERT_ERROR, &got, &found, err));
	assert_false(found);
	must(store_alert_find(*state, SHOP, 2, 1, ALERT_OK, &got, &found, err));
	assert_false(found);
	must(store_alert_find(*state, MAIL, 2, 1, ALERT_ERROR, &got, &found, err));
	assert_false(found);
}

static bool answer_ok(void *arg, const struct alert *alert)
{
	assert_int_equal(alert->type, ALERT_ERROR);
	(void)an_alert(arg, ALERT_OK, SHOP, alert->episode, T0);
	return true;
}

static void alerts_of_episode__may_be_answered__while_they_are_handed_out_r6(void **state)
{
	(void)an_alert(*state, ALERT_ERROR, SHOP, 1, T0);
	(void)an_alert(*state, ALERT_ERROR, SHOP, 1, T0);
	(void)an_alert(*state, ALERT_ERROR, SHOP, 2, T0);
	must(store_alerts_of_episode(*state, SHOP, 1, ALERT_ERROR, answer_ok, *state,
				     err));
	assert_int_equal(
		number_of_sql(*state, "SELECT count(*) FROM alert WHERE type = 1"), 2);
}

static void alert_reach_add__is_new__only_once_r3(void **state)
{
	struct alert alert = an_alert(*state, ALERT_ERROR, SHOP, 1, T0);
	bool is_new = false, reached = true;
	must(store_alert_reached(*state, alert.id, WEBSITE, &reached, err));
	assert_false(reached);
	must(store_alert_reach_add(*state, alert.id, WEBSITE, 7, &is_new, err));
	assert_true(is_new);
	must(store_alert_reach_add(*state, alert.id, WEBSITE, 8, &is_new, err));
	assert_false(is_new);
	must(store_alert_reached(*state, alert.id, WEBSITE, &reached, err));
	assert_true(reached);
	must(store_alert_reached(*state, alert.id, EMAIL, &reached, err));
	assert_false(reached);
}

static void alert__reads_as_before__when_monitor_and_definition_are_deleted_i22(
	void **state)
{
	struct alert alert = an_alert(*state, ALERT_ERROR, SHOP, 1, T0);
	run_sql(*state, "UPDATE monitor SET name = 'Shop EU' WHERE id = 1");
	run_sql(*state, "DELETE FROM monitor WHERE id = 1; DELETE FROM definition");
	must(store_alert_get(*state, alert.id, &alert, err));
	assert_string_equal(alert.monitor, "Shop EU");
	assert_string_equal(alert.definition, "Default");
}

/* The OK of an episode is made from its error alert. */
static void alert__hands_on_its_definition__that_was_deleted_i22(void **state)
{
	struct alert alert = an_alert(*state, ALERT_ERROR, SHOP, 1, T0);
	run_sql(*state, "DELETE FROM definition");
	must(store_alert_get(*state, alert.id, &alert, err));
	alert.type = ALERT_OK;
	must(store_alert_add(*state, &alert, err));
	must(store_alert_get(*state, alert.id, &alert, err));
	assert_string_equal(alert.definition, "Default");
}

static void former__ends_what_was_pending__of_a_deleted_monitor(void **state)
{
	struct event event = { .monitor_id = SHOP, .confirmed = true };
	struct monitor_state shop = { .monitor_id = SHOP,
				      .in_error = true,
				      .timer_ms = T0 };
	enum event_verdict verdict;
	bool conflict;
	must(store_event_add(*state, &event, T0, &verdict, &conflict, err));
	must(store_put_monitor_state(*state, &shop, err));
	run_sql(*state, "DELETE FROM monitor WHERE id = 1");
	struct event pending[1];
	struct timer timer;
	struct err why = { 0 };
	assert_int_equal(
		store_events_pending(*state, (struct event_place){ 0 }, pending, 1, &why),
		0);
	must(store_next_timer(*state, &timer, err));
	assert_int_equal(timer.kind, TIMER_NONE);
	assert_int_equal(number_of_sql(*state, "SELECT count(*) FROM event"), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		JOURNAL_TEST(alert_add__keeps_every_column__and_names),
		JOURNAL_TEST(alert_find__is_one__per_monitor_episode_level_and_type_r2),
		JOURNAL_TEST(
			alerts_of_episode__may_be_answered__while_they_are_handed_out_r6),
		JOURNAL_TEST(alert_reach_add__is_new__only_once_r3),
		JOURNAL_TEST(
			alert__reads_as_before__when_monitor_and_definition_are_deleted_i22),
		JOURNAL_TEST(alert__hands_on_its_definition__that_was_deleted_i22),
		JOURNAL_TEST(former__ends_what_was_pending__of_a_deleted_monitor),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
