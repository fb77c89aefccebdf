/* Updates that end unsent, and saying again what differs, from outside: R22, R23, and
 * what a refusal blocks. */
#include <signal.h>

#include "tests/support/stage.h"

#define WEBSITE(members)                                                \
	"{'hublink': 1, 'integrations': [{'name': 'Hub', 'services': [" \
	" {'name': 'Website', " members "}]}]}"
#define PER_MONITOR "'incident_policy': 'per-monitor'"

/* The first requests are answered so, one each, those behind with 200. */
static void answer(struct stage *s, struct receiver_rule rule)
{
	rule.times = 1;
	receiver_rule(s->receiver, rule);
}
#define ERRS ((struct receiver_rule){ .status = 503, .headers = "Retry-After: 900\r\n" })
#define REFUSES ((struct receiver_rule){ .status = 404 })
#define ANSWERS ((struct receiver_rule){ .status = 200 })
#define DROPS ((struct receiver_rule){ .end = RECEIVER_DROPS })

/* ---- R22: cancelled ---- */

static void cancel_with_its_recovery_waiting(struct stage *s)
{
	stage_event(s, "Shop error");
	stage_do(s, "mode paused");
	stage_event(s, "Shop ok");
	stage_do(s, "delivery cancel 1");
	stage_do(s, "mode live --yes");
	stage_settle(s);
}

static void r22__cancelling_ends_its_recovery__when_it_was_never_tried(void **state)
{
	struct stage *s = *state;
	stage_do(s, "mode paused");
	cancel_with_its_recovery_waiting(s);
	assert_deliveries(s, "disruption cancelled, recovery superseded");
	assert_incidents(s, "Website never-public");
	assert_int_equal(receiver_connections(s->receiver), 0);
}

static void r22__cancelling_ends_its_recovery__when_each_try_was_answered_with_an_error(
	void **state)
{
	struct stage *s = *state;
	answer(s, ERRS);
	cancel_with_its_recovery_waiting(s);
	assert_deliveries(s, "disruption cancelled, recovery superseded");
	assert_incidents(s, "Website never-public");
}

static void r22__cancelling_ends_its_recovery__when_no_connection_was_made(void **state)
{
	struct stage *s = *state;
	stage_import(s, WEBSITE("'url': 'http://127.0.0.1:1/'"));
	cancel_with_its_recovery_waiting(s);
	assert_deliveries(s, "disruption cancelled, recovery superseded");
	assert_incidents(s, "Website never-public");
}

static void r22__its_recovery_is_still_sent__when_a_try_ended_without_an_answer(
	void **state)
{
	struct stage *s = *state;
	answer(s, DROPS);
	cancel_with_its_recovery_waiting(s);
	assert_deliveries(s, "disruption cancelled, recovery delivered");
	assert_incidents(s, "Website monitoring");
	assert_told(s, "/website", "investigating down, monitoring up");
}

static void r22__the_episode_is_silent__once_its_disruption_is_cancelled(void **state)
{
	struct stage *s = *state;
	stage_do(s, "mode paused");
	stage_event(s, "Shop error");
	stage_do(s, "delivery cancel 1");
	stage_do(s, "mode live");
	stage_event(s, "API error");
	stage_event(s, "Shop ok");
	assert_incidents(s, "Website never-public, Website investigating");
	assert_deliveries(s, "disruption cancelled, disruption delivered");
}

/* ---- R22: in flight ---- */

static void hang_and_kill(struct stage *s)
{
	answer(s, (struct receiver_rule){ .end = RECEIVER_HANGS });
	stage_engine_start(s);
	stage_do(s, "event Shop error");
	assert_true(receiver_wait(s->receiver, 1));
	assert_int_equal(stage_engine_end(s, SIGKILL), 128 + SIGKILL);
}

static void expect_recovery_only(struct stage *s)
{
	stage_event(s, "Shop ok");
	assert_deliveries(s, "disruption cancelled, recovery delivered");
	assert_told(s, "/website", "investigating down, monitoring up");
}

static void r22__what_was_in_flight_counts_as_unanswered__after_kill_9_and_restart(
	void **state)
{
	struct stage *s = *state;
	hang_and_kill(s);
	stage_do(s, "mode paused");
	stage_settle(s);
	stage_do(s, "delivery cancel 1");
	stage_do(s, "mode live");
	expect_recovery_only(s);
}

static void r22__what_was_in_flight_counts_as_unanswered__before_any_restart(void **state)
{
	struct stage *s = *state;
	hang_and_kill(s);
	stage_do(s, "delivery cancel 1");
	expect_recovery_only(s);
}

static void r22__what_is_accepted_after_its_cancelling_recovers__at_the_ok(void **state)
{
	struct stage *s = *state;
	answer(s, (struct receiver_rule){ .delay_ms = 700 });
	stage_engine_start(s);
	stage_do(s, "event Shop error");
	assert_true(receiver_wait(s->receiver, 1));
	stage_do(s, "delivery cancel 1");
	stage_wait(s, stage_incidents, "Website investigating");
	stage_do(s, "event Shop ok");
	stage_wait(s, stage_deliveries, "disruption delivered, recovery delivered");
}

/* ---- R22: expired ---- */

static const char a_last_try[] = "UPDATE delivery SET attempts = 19, next_attempt_ms = 1,"
				 " age_from_ms = age_from_ms - 73 * 3600000 WHERE id = 1";

static void expire(struct stage *s)
{
	stage_event(s, "Shop error");
	stage_event(s, "Shop ok");
	stage_change(s, a_last_try);
	answer(s, ERRS);
	stage_settle(s);
}

static void r22__expiring_ends_its_recovery__when_each_try_was_answered_with_an_error(
	void **state)
{
	struct stage *s = *state;
	answer(s, ERRS);
	expire(s);
	assert_deliveries(s, "disruption expired, recovery superseded");
	assert_incidents(s, "Website never-public");
	stage_event(s, "Shop error");
	assert_deliveries(
		s, "disruption expired, recovery superseded, disruption delivered");
}

static void r22__an_expired_ones_recovery_is_sent__when_a_try_ended_without_an_answer(
	void **state)
{
	struct stage *s = *state;
	answer(s, DROPS);
	answer(s, ERRS); /* the second try comes within the first settling, or not */
	stage_event(s, "Shop error");
	stage_event(s, "Shop ok");
	stage_change(s, a_last_try);
	receiver_forget_rules(s->receiver);
	answer(s, ERRS);
	stage_settle(s);
	assert_deliveries(s, "disruption expired, recovery delivered");
	assert_incidents(s, "Website monitoring");
}

static void retry__a_recovery_never_expires__however_old(void **state)
{
	struct stage *s = *state;
	answer(s, ANSWERS);
	answer(s, ERRS);
	stage_event(s, "Shop error");
	stage_event(s, "Shop ok");
	stage_change(s, "UPDATE delivery SET attempts = 99, next_attempt_ms = 1,"
			" age_from_ms = 1 WHERE id = 2");
	stage_settle(s);
	assert_deliveries(s, "disruption delivered, recovery delivered");
}

/* ---- what a refusal blocks ---- */

static void retry__a_new_disruption_takes_its_place__where_a_disruption_was_refused(
	void **state)
{
	struct stage *s = *state;
	answer(s, REFUSES);
	stage_event(s, "Shop error");
	stage_event(s, "Shop ok");
	assert_deliveries(s, "disruption failed, recovery queued");
	stage_event(s, "Shop error");
	assert_deliveries(s, "disruption superseded, recovery superseded, "
			     "disruption delivered");
	assert_incidents(s, "Website never-public, Website investigating");
}

static void retry__a_new_disruption_reopens__where_a_recovery_was_refused(void **state)
{
	struct stage *s = *state;
	answer(s, ANSWERS);
	answer(s, REFUSES);
	stage_event(s, "Shop error");
	stage_event(s, "Shop ok");
	assert_deliveries(s, "disruption delivered, recovery failed");
	stage_event(s, "API error");
	assert_deliveries(s,
			  "disruption delivered, recovery superseded, reopen delivered");
	assert_incidents(s, "Website investigating");
	stage_event(s, "API ok");
	assert_told(
		s, "/website",
		"investigating down, monitoring up, investigating down, monitoring up");
}

static void retry__a_new_disruption_reopens__where_what_was_refused_may_be_public(
	void **state)
{
	struct stage *s = *state;
	answer(s, DROPS);
	answer(s, REFUSES);
	stage_event(s, "Shop error");
	stage_do(s, "delivery retry 1");
	stage_settle(s);
	stage_event(s, "Shop ok");
	assert_deliveries(s, "disruption failed, recovery queued");
	stage_event(s, "Shop error");
	assert_deliveries(s,
			  "disruption superseded, recovery superseded, reopen delivered");
	assert_incidents(s, "Website investigating");
}

static void retry__another_monitors_incident_is_not_reopened__per_monitor(void **state)
{
	struct stage *s = *state;
	stage_import(s, WEBSITE(PER_MONITOR));
	answer(s, ANSWERS);
	answer(s, REFUSES);
	stage_event(s, "Shop error");
	stage_event(s, "Shop ok");
	stage_event(s, "API error");
	assert_incidents(s, "Website monitoring, Website investigating");
	assert_told(
		s, "/website",
		"investigating down, monitoring up, investigating down, monitoring down");
	assert_deliveries(s, "disruption delivered, recovery superseded, "
			     "disruption delivered, recovery delivered");
}

/* ---- R23 ---- */

static void r23__it_says_so__when_nothing_differs(void **state)
{
	struct stage *s = *state;
	stage_import(s, WEBSITE(PER_MONITOR));
	stage_events(s, "12:00 Shop error, 12:01 API error, 12:02 Shop ok, 12:03 API ok");
	stage_settle(s);
	assert_holds(stage_out(s, 0, "resync --all"), "Nothing differs");
	stage_settle(s);
	assert_told(
		s, "/website",
		"investigating down, investigating down, monitoring down, monitoring up");
}

static void r23__what_waits_is_superseded_and_one_update_says_it__oldest_first(
	void **state)
{
	struct stage *s = *state;
	stage_import(s, WEBSITE(PER_MONITOR));
	stage_event(s, "Shop error");
	stage_do(s, "mode paused");
	stage_event(s, "API error");
	stage_event(s, "Shop ok");
	stage_do(s, "resync Website --dry-run");
	assert_deliveries(s, "disruption delivered, disruption queued, recovery queued");
	stage_do(s, "resync Website");
	assert_deliveries(s, "disruption delivered, disruption superseded, "
			     "recovery superseded, recovery queued, disruption queued");
	stage_do(s, "mode live --yes");
	stage_settle(s);
	assert_told(s, "/website",
		    "investigating down, monitoring down, investigating down");
}

static void r23__what_cannot_have_been_public_is_not_told__when_it_is_over(void **state)
{
	struct stage *s = *state;
	stage_do(s, "mode paused");
	stage_event(s, "Shop error");
	stage_event(s, "Shop ok");
	assert_holds(stage_out(s, 0, "resync Website"), "Nothing differs");
	assert_deliveries(s, "disruption superseded, recovery superseded");
	assert_incidents(s, "Website never-public");
}

static void r23__the_recovery_is_told__when_its_disruption_may_be_public(void **state)
{
	struct stage *s = *state;
	answer(s, DROPS);
	stage_event(s, "Shop error");
	stage_do(s, "mode paused");
	stage_event(s, "Shop ok");
	stage_do(s, "resync Website");
	stage_do(s, "mode live --yes");
	stage_settle(s);
	assert_told(s, "/website", "investigating down, monitoring up");
	assert_holds(stage_out(s, 0, "resync Website"), "Nothing differs");
}

static const struct CMUnitTest tests[] = {
	STAGE_TEST(r22__cancelling_ends_its_recovery__when_it_was_never_tried),
	STAGE_TEST(
		r22__cancelling_ends_its_recovery__when_each_try_was_answered_with_an_error),
	STAGE_TEST(r22__cancelling_ends_its_recovery__when_no_connection_was_made),
	STAGE_TEST(r22__its_recovery_is_still_sent__when_a_try_ended_without_an_answer),
	STAGE_TEST(r22__the_episode_is_silent__once_its_disruption_is_cancelled),
	STAGE_TEST(
		r22__what_was_in_flight_counts_as_unanswered__after_kill_9_and_restart),
	STAGE_TEST(r22__what_was_in_flight_counts_as_unanswered__before_any_restart),
	STAGE_TEST(r22__what_is_accepted_after_its_cancelling_recovers__at_the_ok),
	STAGE_TEST(
		r22__expiring_ends_its_recovery__when_each_try_was_answered_with_an_error),
	STAGE_TEST(
		r22__an_expired_ones_recovery_is_sent__when_a_try_ended_without_an_answer),
	STAGE_TEST(retry__a_recovery_never_expires__however_old),
	STAGE_TEST(
		retry__a_new_disruption_takes_its_place__where_a_disruption_was_refused),
	STAGE_TEST(retry__a_new_disruption_reopens__where_a_recovery_was_refused),
	STAGE_TEST(retry__a_new_disruption_reopens__where_what_was_refused_may_be_public),
	STAGE_TEST(retry__another_monitors_incident_is_not_reopened__per_monitor),
	STAGE_TEST(r23__it_says_so__when_nothing_differs),
	STAGE_TEST(r23__what_waits_is_superseded_and_one_update_says_it__oldest_first),
	STAGE_TEST(r23__what_cannot_have_been_public_is_not_told__when_it_is_over),
	STAGE_TEST(r23__the_recovery_is_told__when_its_disruption_may_be_public),
};

int main(void)
{
	return cmocka_run_group_tests(tests, NULL, NULL);
}
