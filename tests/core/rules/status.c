/* The three machines: what may follow what (R6, R7, R10, R13, R16, R19, R22). */
#include "core/rules/status.h"

#include "tests/support/check.h"

static bool leads(enum incident_status from, enum incident_cause cause,
		  enum incident_status to)
{
	enum incident_status got;
	return incident_next(from, cause, &got) && got == to;
}

static bool refuses(enum incident_status from, enum incident_cause cause)
{
	enum incident_status got;
	return !incident_next(from, cause, &got);
}

static void incident_next__never_resolves_by_itself__r7(void **state)
{
	(void)state;
	for (enum incident_status from = 0; from < INCIDENT_STATUS_COUNT; from++)
		for (enum incident_cause cause = 0; cause < CAUSE_COUNT; cause++) {
			enum incident_status to = from;
			(void)incident_next(from, cause, &to);
			if (to == INCIDENT_RESOLVED && from != INCIDENT_RESOLVED)
				assert_int_equal(cause, CAUSE_RESOLVED);
			if (from == INCIDENT_RESOLVED)
				assert_int_equal(to, INCIDENT_RESOLVED);
		}
}

static void incident_next__follows_the_operators__r7(void **state)
{
	(void)state;
	assert_true(leads(INCIDENT_INVESTIGATING, CAUSE_IDENTIFIED, INCIDENT_IDENTIFIED));
	assert_true(leads(INCIDENT_IDENTIFIED, CAUSE_RESOLVED, INCIDENT_RESOLVED));
	assert_true(leads(INCIDENT_MONITORING, CAUSE_RESOLVED, INCIDENT_RESOLVED));
	assert_true(leads(INCIDENT_DETACHED, CAUSE_RESOLVED, INCIDENT_RESOLVED));
	assert_true(leads(INCIDENT_INVESTIGATING, CAUSE_DETACHED, INCIDENT_DETACHED));
	assert_true(refuses(INCIDENT_HELD, CAUSE_IDENTIFIED));
	assert_true(refuses(INCIDENT_HELD, CAUSE_RESOLVED));
	assert_true(refuses(INCIDENT_MONITORING, CAUSE_RECOVERED));
	assert_true(refuses(INCIDENT_DETACHED, CAUSE_RECOVERED));
	assert_true(refuses(INCIDENT_NEVER_PUBLIC, CAUSE_RESOLVED));
	for (enum incident_status from = 0; from < INCIDENT_STATUS_COUNT; from++) {
		assert_true(leads(from, CAUSE_NOTED, from));
		assert_non_null(incident_refusal(from));
	}
}

static void incident_next__reopens_only_what_is_monitoring__r10(void **state)
{
	(void)state;
	for (enum incident_status from = 0; from < INCIDENT_STATUS_COUNT; from++)
		assert_int_equal(refuses(from, CAUSE_REOPENED),
				 from != INCIDENT_MONITORING);
}

static void incident_move__keeps_the_times__of_what_it_becomes(void **state)
{
	(void)state;
	struct incident incident = { .status = INCIDENT_INVESTIGATING,
				     .remind_at_ms = 5,
				     .remind_left = 2 };
	assert_true(incident_move(&incident, CAUSE_IDENTIFIED, 6));
	assert_int_equal(incident.remind_at_ms, 5);
	assert_true(incident_move(&incident, CAUSE_RECOVERED, 7));
	assert_int_equal(incident.monitoring_at_ms, 7);
	assert_int_equal(incident.remind_at_ms, 0);
	assert_true(incident_move(&incident, CAUSE_REOPENED, 8));
	assert_int_equal(incident.monitoring_at_ms, 0);
	assert_true(incident_move(&incident, CAUSE_RESOLVED, 9));
	assert_int_equal(incident.resolved_at_ms, 9);
	assert_false(incident_move(&incident, CAUSE_REOPENED, 10));
	assert_int_equal(incident.status, INCIDENT_RESOLVED);
}

static void reach_next__never_forgets__what_may_be_public_r22(void **state)
{
	(void)state;
	for (enum reach_cause cause = 0; cause < REACH_CAUSE_COUNT; cause++) {
		assert_int_equal(reach_next(REACH_YES, cause), REACH_YES);
		assert_true(reach_is_public(reach_next(REACH_MAYBE, cause)));
	}
	for (enum reach from = 0; from < REACH_COUNT; from++)
		assert_int_equal(reach_next(from, REACH_ON_ACCEPTED), REACH_YES);
	assert_int_equal(reach_next(REACH_WAITING, REACH_ON_END), REACH_NONE);
	assert_int_equal(reach_next(REACH_HELD, REACH_ON_END), REACH_NONE);
	assert_int_equal(reach_next(REACH_WAITING, REACH_ON_NO_ANSWER), REACH_MAYBE);
}

static bool moves(enum delivery_state from, enum delivery_cause cause,
		  enum delivery_state to)
{
	struct delivery delivery = { .state = from };
	return delivery_move(&delivery, cause, 5) && delivery.state == to;
}

static void delivery_move__ends_only_as_promised__r13(void **state)
{
	(void)state;
	assert_true(moves(DELIVERY_QUEUED, DELIVERY_ON_ACCEPTED, DELIVERY_DELIVERED));
	assert_true(moves(DELIVERY_FAILED, DELIVERY_ON_ACCEPTED, DELIVERY_DELIVERED));
	assert_true(moves(DELIVERY_QUEUED, DELIVERY_ON_REFUSED, DELIVERY_FAILED));
	assert_true(moves(DELIVERY_FAILED, DELIVERY_ON_RETRY, DELIVERY_QUEUED));
	assert_true(moves(DELIVERY_HELD, DELIVERY_ON_CANCEL, DELIVERY_CANCELLED));
	assert_true(moves(DELIVERY_HELD, DELIVERY_ON_RELEASE, DELIVERY_QUEUED));
	assert_true(moves(DELIVERY_QUEUED, DELIVERY_ON_EXPIRY, DELIVERY_EXPIRED));
	assert_false(moves(DELIVERY_HELD, DELIVERY_ON_ACCEPTED, DELIVERY_DELIVERED));
	assert_false(moves(DELIVERY_DRY_RUN, DELIVERY_ON_ACCEPTED, DELIVERY_DELIVERED));
	assert_false(moves(DELIVERY_DELIVERED, DELIVERY_ON_CANCEL, DELIVERY_CANCELLED));
}

static void delivery_move__finishes_what_is_over__and_nothing_else(void **state)
{
	(void)state;
	for (enum delivery_state from = 0; from < DELIVERY_STATE_COUNT; from++)
		for (enum delivery_cause cause = 0; cause < DELIVERY_CAUSE_COUNT;
		     cause++) {
			struct delivery delivery = { .state = from };
			if (!delivery_move(&delivery, cause, 5))
				continue;
			assert_int_equal(delivery.finished_ms != 0,
					 !delivery_is_unfinished(delivery.state));
			assert_int_equal(delivery.delivered_ms != 0,
					 delivery.state == DELIVERY_DELIVERED);
		}
}

static void delivery_move__believes_an_acceptance__though_it_was_ended_meanwhile_r22(
	void **state)
{
	(void)state;
	assert_true(moves(DELIVERY_CANCELLED, DELIVERY_ON_ACCEPTED, DELIVERY_DELIVERED));
	assert_true(moves(DELIVERY_SUPERSEDED, DELIVERY_ON_ACCEPTED, DELIVERY_DELIVERED));
	assert_true(moves(DELIVERY_EXPIRED, DELIVERY_ON_ACCEPTED, DELIVERY_DELIVERED));
	assert_false(moves(DELIVERY_CANCELLED, DELIVERY_ON_TEMPORARY, DELIVERY_QUEUED));
}

static void incident_cause_text__tells_every_cause(void **state)
{
	(void)state;
	for (enum incident_cause cause = 0; cause < CAUSE_COUNT; cause++)
		assert_non_null(incident_cause_text(cause));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(incident_next__never_resolves_by_itself__r7),
		cmocka_unit_test(incident_next__follows_the_operators__r7),
		cmocka_unit_test(incident_next__reopens_only_what_is_monitoring__r10),
		cmocka_unit_test(incident_move__keeps_the_times__of_what_it_becomes),
		cmocka_unit_test(reach_next__never_forgets__what_may_be_public_r22),
		cmocka_unit_test(delivery_move__ends_only_as_promised__r13),
		cmocka_unit_test(delivery_move__finishes_what_is_over__and_nothing_else),
		cmocka_unit_test(
			delivery_move__believes_an_acceptance__though_it_was_ended_meanwhile_r22),
		cmocka_unit_test(incident_cause_text__tells_every_cause),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
