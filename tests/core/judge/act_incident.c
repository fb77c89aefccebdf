#include "tests/support/acting.h"

#include <string.h>

#define MIN(n) (T0 + (n)*MINUTE_MS)

/* An incident of Shop on Website that the page has taken. */
static void generic(struct store *store)
{
	run_sql(store, "UPDATE integration SET payload = 'generic-v2'");
}

/* ---- R7: a word is a local record, or posted ---- */

static void act_identify__is_local__with_payload_uptrends_R7(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	struct incident incident = public_incident(store);

	acts(act_identify(store, incident.id, "a disk", MIN(1), &result, err));
	assert_true(result.local);
	assert_false(result.queued);
	says(result, "local only: do it in StatusHub");
	assert_int_equal(last_incident(store).status, INCIDENT_IDENTIFIED);
	assert_int_equal(deliveries_in(store, DELIVERY_QUEUED), 0);
}

static void act_identify__is_posted__with_payload_generic_v2_R7(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	DEFER(buf_done)
	struct buf body = BUF_INIT(BODY_MAX);
	generic(store);
	struct incident incident = public_incident(store);

	acts(act_identify(store, incident.id, "a broken disk", MIN(1), &result, err));
	assert_true(result.queued);
	says(result, "the public was told");
	struct delivery note = last_delivery(store);
	assert_int_equal(note.kind, KIND_NOTE);
	assert_int_equal(note.incident_status, INCIDENT_IDENTIFIED);
	must(store_delivery_body(store, note.id, &body, err));
	assert_non_null(strstr(buf_text(&body), "a broken disk"));
	assert_non_null(strstr(buf_text(&body), "\"identified\""));
}

static void act_identify__is_recorded_only__in_dry_run_R19(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	generic(store);
	set_mode(store, MODE_DRY_RUN);
	error_at(store, SHOP, T0);

	acts(act_identify(store, last_incident(store).id, NULL, MIN(1), &result, err));
	assert_true(result.dry);
	says(result, "the mode is dry-run");
	assert_int_equal(last_delivery(store).state, DELIVERY_DRY_RUN);
}

static void act_identify__says_when_it_is_told__while_paused(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	generic(store);
	struct incident incident = public_incident(store);
	set_mode(store, MODE_PAUSED);

	acts(act_identify(store, incident.id, NULL, MIN(1), &result, err));
	assert_true(result.queued);
	says(result, "once the mode is live again");
}

static void act_identify__is_refused__once_recovered_R7(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	struct incident incident = public_incident(store);
	ok_at(store, SHOP, MIN(1));

	refused(ERR_REFUSED, "cannot be identified: it has recovered",
		act_identify(store, incident.id, NULL, MIN(2), &result, err));
	assert_int_equal(last_incident(store).status, INCIDENT_MONITORING);
}

static void act_identify__is_not_found__without_such_an_incident(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;

	refused(ERR_NOT_FOUND, "77", act_identify(store, 77, NULL, T0, &result, err));
}

static void act_note__needs_words_R7(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	struct incident incident = public_incident(store);

	refused(ERR_INVALID, "--message",
		act_note(store, incident.id, "", MIN(1), &result, err));
}

static void act_note__leaves_the_status_R7(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	generic(store);
	struct incident incident = public_incident(store);

	acts(act_note(store, incident.id, "half of it works", MIN(1), &result, err));
	assert_int_equal(last_incident(store).status, INCIDENT_INVESTIGATING);
	assert_int_equal(last_delivery(store).kind, KIND_NOTE);
	assert_int_equal(last_delivery(store).incident_status, INCIDENT_INVESTIGATING);
}

static void act_note__is_local__while_the_incident_is_held_R16(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	generic(store);
	run_sql(store, "UPDATE service SET publish_after_ms = 600000");
	error_at(store, SHOP, T0);

	acts(act_note(store, last_incident(store).id, "look", MIN(1), &result, err));
	assert_true(result.local);
	assert_int_equal(last_delivery(store).kind, KIND_DISRUPTION);
}

static void act_note__is_refused__when_it_is_too_long(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	static char words[PUBLIC_TEXT_CHARS_MAX + 2];
	memset(words, 'x', sizeof(words) - 1);
	struct incident incident = public_incident(store);

	refused(ERR_INVALID, "2001 characters",
		act_note(store, incident.id, words, MIN(1), &result, err));
}

/* ---- R7: resolve ---- */

static void act_resolve__is_refused__while_a_joined_monitor_is_in_error_R7(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	struct incident incident = public_incident(store);

	refused(ERR_REFUSED, "hublink event 'Shop' ok",
		act_resolve(store, incident.id, NULL, false, MIN(1), &result, err));
	assert_int_equal(last_incident(store).status, INCIDENT_INVESTIGATING);
}

static void act_resolve__takes_the_ok_that_waits__first(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	struct incident incident = public_incident(store);
	struct event ok = { .monitor_id = SHOP, .state = EVENT_OK, .confirmed = true };
	enum event_verdict verdict;
	bool conflict;
	must(store_event_add(store, &ok, MIN(1), &verdict, &conflict, err));

	acts(act_resolve(store, incident.id, NULL, false, MIN(2), &result, err));
	assert_int_equal(last_incident(store).status, INCIDENT_RESOLVED);
	assert_int_equal(last_delivery(store).kind, KIND_RECOVERY);
	says(result, "recovery still waits");
}

static void act_resolve__ends_hublinks_say__when_forced_R7(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	struct incident incident = public_incident(store);

	acts(act_resolve(store, incident.id, NULL, true, MIN(1), &result, err));
	says(result, "local only: do it in StatusHub");
	int64_t newest = last_delivery(store).id;
	judge_at(store, MIN(30)); /* level 2 */
	ok_at(store, SHOP, MIN(31));
	assert_int_equal(last_incident(store).id, incident.id);
	assert_int_equal(last_incident(store).status, INCIDENT_RESOLVED);
	assert_int_equal(last_delivery(store).id, newest);
}

static void act_resolve__lets_another_monitor_open_anew_R7(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	struct incident incident = public_incident(store);
	acts(act_resolve(store, incident.id, NULL, true, MIN(1), &result, err));

	error_at(store, MAIL, MIN(2));
	int64_t opened =
		number_of_sql(store, "SELECT max(id) FROM incident WHERE service_id = 1");
	assert_true(opened > incident.id);
}

static void act_resolve__drops_a_held_recovery_R16(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	run_sql(store, "UPDATE service SET recover_after_ms = 600000");
	struct incident incident = public_incident(store);
	ok_at(store, SHOP, MIN(1));
	struct delivery recovery = last_delivery(store);
	assert_int_equal(recovery.state, DELIVERY_HELD);

	acts(act_resolve(store, incident.id, NULL, false, MIN(2), &result, err));
	assert_int_equal(the_delivery(store, recovery.id).state, DELIVERY_SUPERSEDED);
	assert_int_equal(last_incident(store).status, INCIDENT_RESOLVED);
}

static void act_resolve__posts_resolved__with_payload_generic_v2_R7(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	generic(store);
	struct incident incident = public_incident(store);
	ok_at(store, SHOP, MIN(1));
	answer_all(store, 200, MIN(1));

	acts(act_resolve(store, incident.id, "all good", false, MIN(2), &result, err));
	assert_int_equal(last_delivery(store).incident_status, INCIDENT_RESOLVED);
	assert_int_equal(last_delivery(store).service_status, SERVICE_OPERATIONAL);
	assert_int_equal(last_incident(store).resolved_at_ms, MIN(2));
}

static void act_resolve__is_refused__twice(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	struct incident incident = public_incident(store);
	ok_at(store, SHOP, MIN(1));
	acts(act_resolve(store, incident.id, NULL, false, MIN(2), &result, err));

	refused(ERR_REFUSED, "it is resolved",
		act_resolve(store, incident.id, NULL, false, MIN(3), &result, err));
}

static void act_resolve_all_monitoring__leaves_open_ones_R7(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	error_at(store, MAIL, T0); /* Website and Email */
	answer_all(store, 200, T0);
	ok_at(store, MAIL, MIN(1));
	answer_all(store, 200, MIN(1));
	error_at(store, SHOP, MIN(2)); /* Website again */

	acts(act_resolve_all_monitoring(store, MIN(3), &result, err));
	assert_int_equal(result.count, 2);
	assert_int_equal(last_incident(store).status, INCIDENT_INVESTIGATING);

	must(act_resolve_all_monitoring(store, MIN(4), &result, err));
	says(result, "No incident waits for its Resolved");
}

static void act_resolve_all_monitoring__leaves_what_is_in_error_again_R7(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	struct incident incident = public_incident(store);
	ok_at(store, SHOP, MIN(1));
	run_sql(store, "UPDATE level SET after_errors = 5 WHERE id = 1");
	error_at(store, SHOP, MIN(2)); /* triggers nothing yet */

	must(act_resolve_all_monitoring(store, MIN(3), &result, err));
	says(result, "is left: monitor 'Shop' is in error again");
	assert_int_equal(result.count, 0);
	assert_int_equal(the_incident(store, incident.id).status, INCIDENT_MONITORING);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, acting_open, journal_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(act_identify__is_local__with_payload_uptrends_R7),
		TEST(act_identify__is_posted__with_payload_generic_v2_R7),
		TEST(act_identify__is_recorded_only__in_dry_run_R19),
		TEST(act_identify__says_when_it_is_told__while_paused),
		TEST(act_identify__is_refused__once_recovered_R7),
		TEST(act_identify__is_not_found__without_such_an_incident),
		TEST(act_note__needs_words_R7),
		TEST(act_note__leaves_the_status_R7),
		TEST(act_note__is_local__while_the_incident_is_held_R16),
		TEST(act_note__is_refused__when_it_is_too_long),
		TEST(act_resolve__is_refused__while_a_joined_monitor_is_in_error_R7),
		TEST(act_resolve__takes_the_ok_that_waits__first),
		TEST(act_resolve__ends_hublinks_say__when_forced_R7),
		TEST(act_resolve__lets_another_monitor_open_anew_R7),
		TEST(act_resolve__drops_a_held_recovery_R16),
		TEST(act_resolve__posts_resolved__with_payload_generic_v2_R7),
		TEST(act_resolve__is_refused__twice),
		TEST(act_resolve_all_monitoring__leaves_open_ones_R7),
		TEST(act_resolve_all_monitoring__leaves_what_is_in_error_again_R7),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
