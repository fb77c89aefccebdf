/* Decisions about incidents, without a store (R4-R10, R16-R19). */
#include "core/rules/incident.h"

#include "core/base/clock.h"
#include "tests/support/check.h"

#define T0 INT64_C(1790000000000)

static enum incident_opening opening_of(const struct alert_facts *facts)
{
	return incident_on_alert(facts).opening;
}

static void incident_on_alert__opens__when_nothing_stands_r4(void **state)
{
	(void)state;
	const struct alert_facts facts = { .t_ms = T0, .mode = MODE_LIVE };
	const struct alert_decision decision = incident_on_alert(&facts);
	assert_int_equal(decision.opening, OPENING_NEW);
	assert_int_equal(decision.kind, KIND_DISRUPTION);
	assert_true(decision.may_be_held);
	assert_null(decision.incident);
}

static void incident_on_alert__joins__what_stands_r9(void **state)
{
	(void)state;
	static const enum incident_status standing[] = { INCIDENT_HELD,
							 INCIDENT_INVESTIGATING,
							 INCIDENT_IDENTIFIED,
							 INCIDENT_DETACHED };
	for (size_t i = 0; i < COUNT_OF(standing); i++) {
		const struct incident incident = { .status = standing[i],
						   .reach = REACH_YES };
		const struct alert_facts facts = { .t_ms = T0,
						   .mode = MODE_LIVE,
						   .standing = &incident };
		assert_int_equal(opening_of(&facts), OPENING_JOINS);
	}
}

static void incident_on_alert__publishes__what_was_opened_dry_r19(void **state)
{
	(void)state;
	const struct incident incident = { .status = INCIDENT_INVESTIGATING,
					   .reach = REACH_NONE };
	struct alert_facts facts = { .t_ms = T0,
				     .mode = MODE_LIVE,
				     .standing = &incident,
				     .standing_was_dry = true };
	assert_int_equal(opening_of(&facts), OPENING_PUBLISHES);
	assert_true(incident_on_alert(&facts).may_be_held);
	facts.mode = MODE_PAUSED;
	assert_int_equal(opening_of(&facts), OPENING_PUBLISHES);
	facts.mode = MODE_DRY_RUN;
	assert_int_equal(opening_of(&facts), OPENING_JOINS);
	facts.mode = MODE_LIVE;
	facts.standing_was_dry = false;
	assert_int_equal(opening_of(&facts), OPENING_JOINS);
}

static void incident_on_alert__reopens__within_the_time_r10(void **state)
{
	(void)state;
	struct incident incident = { .status = INCIDENT_MONITORING,
				     .reach = REACH_YES,
				     .monitoring_at_ms = T0 };
	struct alert_facts facts = { .mode = MODE_LIVE,
				     .latest = &incident,
				     .reopen_within_ms = MINUTE_MS };
	facts.t_ms = T0 + MINUTE_MS;
	assert_int_equal(opening_of(&facts), OPENING_REOPENS);
	assert_int_equal(incident_on_alert(&facts).kind, KIND_REOPEN);
	assert_false(incident_on_alert(&facts).may_be_held);
	incident.reach = REACH_NONE;
	assert_int_equal(incident_on_alert(&facts).kind, KIND_DISRUPTION);
	facts.t_ms = T0 + MINUTE_MS + 1;
	assert_int_equal(opening_of(&facts), OPENING_NEW);
	facts.t_ms = T0;
	facts.reopen_within_ms = 0;
	assert_int_equal(opening_of(&facts), OPENING_NEW);
	facts.reopen_within_ms = MINUTE_MS;
	incident.status = INCIDENT_RESOLVED;
	assert_int_equal(opening_of(&facts), OPENING_NEW);
}

static void incident_on_alert__reopens__what_a_refusal_keeps_from_recovering(void **state)
{
	(void)state;
	const struct incident incident = { .status = INCIDENT_MONITORING,
					   .reach = REACH_MAYBE };
	const struct alert_facts facts = { .t_ms = T0,
					   .mode = MODE_LIVE,
					   .unrecovered = &incident };
	assert_int_equal(opening_of(&facts), OPENING_REOPENS);
	assert_ptr_equal(incident_on_alert(&facts).incident, &incident);
}

static void incident_on_alert__is_silent__for_an_episode_that_was_let_go_r7(void **state)
{
	(void)state;
	const struct incident incident = { .status = INCIDENT_INVESTIGATING };
	const struct alert_facts facts = { .t_ms = T0,
					   .let_go = true,
					   .standing = &incident };
	assert_int_equal(opening_of(&facts), OPENING_SILENCED);
}

/* ---- holds ---- */

static void incident_hold__takes_the_later__of_the_two_r16_r17(void **state)
{
	(void)state;
	static const struct {
		int64_t publish_after, max_new, release_after, decided;
		bool held, by_storm;
		int64_t until;
	} rows[] = {
		{ 0, 0, 0, 99, false, false, 0 },   { 5, 0, 0, 99, true, false, T0 + 5 },
		{ 0, 3, 7, 2, false, false, 0 },    { 0, 3, 7, 3, true, true, T0 + 7 },
		{ 9, 3, 7, 3, true, true, T0 + 9 }, { 5, 3, 7, 4, true, true, T0 + 7 },
		{ 5, 3, 0, 3, true, true, 0 },      { 5, 3, 0, 2, true, false, T0 + 5 },
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const struct hold_facts facts = {
			.t_ms = T0,
			.publish_after_ms = rows[i].publish_after,
			.storm_max_new = rows[i].max_new,
			.storm_release_after_ms = rows[i].release_after,
			.decided = rows[i].decided,
		};
		const struct hold hold = incident_hold(&facts);
		assert_int_equal(hold.held, rows[i].held);
		assert_int_equal(hold.by_storm, rows[i].by_storm);
		assert_int_equal(hold.until_ms, rows[i].until);
	}
}

/* ---- OKs ---- */

static struct incident an_open_one(void)
{
	return (struct incident){ .status = INCIDENT_INVESTIGATING,
				  .reach = REACH_YES,
				  .send_ok = true };
}

static enum incident_ending ending_of(const struct incident *incident)
{
	const struct ok_facts facts = { .incident = incident };
	return incident_on_ok(&facts);
}

static void incident_on_ok__recovers__r6(void **state)
{
	(void)state;
	struct incident incident = an_open_one();
	assert_int_equal(ending_of(&incident), ENDING_RECOVERS);
	incident.status = INCIDENT_IDENTIFIED;
	assert_int_equal(ending_of(&incident), ENDING_RECOVERS);
	incident.send_ok = false;
	assert_int_equal(ending_of(&incident), ENDING_NOT_SENT);
}

static void incident_on_ok__waits__for_other_monitors_r9(void **state)
{
	(void)state;
	const struct incident incident = an_open_one();
	const struct ok_facts facts = { .incident = &incident, .others_in_error = true };
	assert_int_equal(incident_on_ok(&facts), ENDING_WAITS);
}

static void incident_on_ok__holds__for_recover_after_r16(void **state)
{
	(void)state;
	const struct incident incident = an_open_one();
	const struct ok_facts facts = { .incident = &incident, .recover_after_ms = 1 };
	assert_int_equal(incident_on_ok(&facts), ENDING_HOLDS);
}

static void incident_on_ok__is_never_public__when_nothing_was_accepted_r16_r22(
	void **state)
{
	(void)state;
	struct incident incident = an_open_one();
	incident.status = INCIDENT_HELD;
	incident.reach = REACH_HELD;
	assert_int_equal(ending_of(&incident), ENDING_NEVER_PUBLIC);
	incident = an_open_one();
	incident.reach = REACH_NONE;
	assert_int_equal(ending_of(&incident), ENDING_NEVER_PUBLIC);
	const struct ok_facts dry = { .incident = &incident, .was_dry = true };
	assert_int_equal(incident_on_ok(&dry), ENDING_RECOVERS);
}

static void incident_on_ok__leaves_to_people__what_is_theirs_r7_r18(void **state)
{
	(void)state;
	struct incident incident = an_open_one();
	incident.let_go = true;
	assert_int_equal(ending_of(&incident), ENDING_NOT_OURS);
	incident = an_open_one();
	incident.by_hand = true;
	assert_int_equal(ending_of(&incident), ENDING_BY_HAND);
	incident = an_open_one();
	incident.status = INCIDENT_DETACHED;
	assert_int_equal(ending_of(&incident), ENDING_OVER);
	incident.over_ms = 1;
	assert_int_equal(ending_of(&incident), ENDING_NOT_OURS);
	incident.status = INCIDENT_MONITORING;
	assert_int_equal(ending_of(&incident), ENDING_NOT_OURS);
	for (enum incident_ending ending = 0; ending < ENDING_COUNT; ending++)
		assert_non_null(incident_ending_text(ending));
}

static void incident_on_error__counts_for_what_stands__r16(void **state)
{
	(void)state;
	for (enum incident_status status = 0; status < INCIDENT_STATUS_COUNT; status++) {
		const struct incident incident = { .status = status };
		const bool stands = status == INCIDENT_HELD || incident_is_open(status) ||
				    status == INCIDENT_DETACHED;
		assert_int_equal(incident_on_error(&incident), stands);
	}
}

/* ---- reminders ---- */

static void incident_arm_reminders__needs_the_level_and_the_placement__r5(void **state)
{
	(void)state;
	struct path path = { .remind_max = 2,
			     .remind_every_minutes = 10,
			     .send_reminders = true };
	struct incident incident = { .status = INCIDENT_INVESTIGATING };
	incident_arm_reminders(&incident, &path, T0);
	assert_int_equal(incident.remind_at_ms, T0 + 10 * MINUTE_MS);
	assert_int_equal(incident.remind_left, 2);
	incident.status = INCIDENT_HELD;
	incident_arm_reminders(&incident, &path, T0);
	assert_int_equal(incident.remind_at_ms, 0);
	assert_int_equal(incident.remind_left, 2);
	path.send_reminders = false;
	incident_arm_reminders(&incident, &path, T0);
	assert_int_equal(incident.remind_left, 0);
	path.send_reminders = true;
	path.remind_max = 0;
	incident_arm_reminders(&incident, &path, T0);
	assert_int_equal(incident.remind_at_ms, 0);
}

static void incident_on_reminder__follows_incident_and_monitor__r5_r11(void **state)
{
	(void)state;
	struct incident incident = an_open_one();
	incident.remind_left = 1;
	assert_int_equal(incident_on_reminder(&incident, true, false), REMIND_SEND);
	assert_int_equal(incident_on_reminder(&incident, true, true), REMIND_SKIP);
	assert_int_equal(incident_on_reminder(&incident, false, false), REMIND_STOP);
	incident.status = INCIDENT_DETACHED;
	assert_int_equal(incident_on_reminder(&incident, true, false), REMIND_STOP);
	incident.status = INCIDENT_INVESTIGATING;
	incident.remind_left = 0;
	assert_int_equal(incident_on_reminder(&incident, true, false), REMIND_STOP);
}

static void incident_reminded__counts_only_what_was_sent__r5(void **state)
{
	(void)state;
	struct incident incident = { .remind_left = 2,
				     .remind_every_ms = 10,
				     .remind_at_ms = 10 };
	incident_reminded(&incident, REMIND_SKIP, 10);
	assert_int_equal(incident.remind_left, 2);
	assert_int_equal(incident.remind_at_ms, 20);
	incident_reminded(&incident, REMIND_SEND, 20);
	assert_int_equal(incident.remind_at_ms, 30);
	incident_reminded(&incident, REMIND_SEND, 30);
	assert_int_equal(incident.remind_at_ms, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(incident_on_alert__opens__when_nothing_stands_r4),
		cmocka_unit_test(incident_on_alert__joins__what_stands_r9),
		cmocka_unit_test(incident_on_alert__publishes__what_was_opened_dry_r19),
		cmocka_unit_test(incident_on_alert__reopens__within_the_time_r10),
		cmocka_unit_test(
			incident_on_alert__reopens__what_a_refusal_keeps_from_recovering),
		cmocka_unit_test(
			incident_on_alert__is_silent__for_an_episode_that_was_let_go_r7),
		cmocka_unit_test(incident_hold__takes_the_later__of_the_two_r16_r17),
		cmocka_unit_test(incident_on_ok__recovers__r6),
		cmocka_unit_test(incident_on_ok__waits__for_other_monitors_r9),
		cmocka_unit_test(incident_on_ok__holds__for_recover_after_r16),
		cmocka_unit_test(
			incident_on_ok__is_never_public__when_nothing_was_accepted_r16_r22),
		cmocka_unit_test(incident_on_ok__leaves_to_people__what_is_theirs_r7_r18),
		cmocka_unit_test(incident_on_error__counts_for_what_stands__r16),
		cmocka_unit_test(
			incident_arm_reminders__needs_the_level_and_the_placement__r5),
		cmocka_unit_test(
			incident_on_reminder__follows_incident_and_monitor__r5_r11),
		cmocka_unit_test(incident_reminded__counts_only_what_was_sent__r5),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
