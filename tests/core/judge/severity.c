/* Partial outages through a real store (R21): what opens, joins, ends and changes makes a
 * service degraded or a disruption, and each change is told once. */
#include "tests/support/world.h"

/* Shop, Mail and Batch lead to Website, which is a disruption from two of them on. */
static struct world *three_monitors(void **state)
{
	struct world *w = *state;
	const int64_t level = world_level(w, 1, 1, 0);
	world_link(w, level, "Shop", "Website");
	world_link(w, level, "Mail", "Website");
	world_link(w, level, "Batch", "Website");
	world_set_service(w, "Website", "disruption_monitors", "2");
	return w;
}

/* What each update said of the service, oldest first, as digits: 0 operational, 1
 * degraded, 2 disruption. */
static void expect_said(struct world *w, int64_t digits)
{
	expect_number(w,
		      "SELECT group_concat(service_status, '') + 0 FROM"
		      " (SELECT service_status FROM delivery ORDER BY id)",
		      digits);
}

static void expect_now(struct world *w, enum service_status status)
{
	expect_number(w, "SELECT service_status FROM incident ORDER BY id DESC LIMIT 1",
		      status);
}

static void severity__is_told__each_time_it_changes_r21(void **state)
{
	struct world *w = three_monitors(state);
	world_error(w, 0, "Shop");
	world_error(w, 1, "Mail");
	world_error(w, 2, "Batch");
	world_ok(w, 3, "Shop");
	world_ok(w, 4, "Batch");
	expect_deliveries(w, "disruption Website; severity Website; severity Website");
	world_ok(w, 5, "Mail");
	expect_deliveries(w, "disruption Website; severity Website; severity Website; "
			     "recovery Website");
	expect_said(w, 1210);
	expect_incidents(w, "Website monitoring");
	/* Its title keeps how bad it was last. */
	expect_number(w, "SELECT severity FROM incident", SERVICE_DEGRADED);
}

static void severity__leaves_the_incident_as_it_is_r21(void **state)
{
	struct world *w = three_monitors(state);
	world_error(w, 0, "Shop");
	world_sql(w, "UPDATE incident SET status = 2");
	world_error(w, 1, "Mail");
	expect_incidents(w, "Website identified");
	expect_number(w, "SELECT incident_status FROM delivery WHERE kind = 4",
		      INCIDENT_IDENTIFIED);
}

static void severity__waits_for_the_alert__of_a_joined_monitor_r21(void **state)
{
	struct world *w = *state;
	const int64_t level = world_level(w, 1, 2, 0);
	world_link(w, level, "Shop", "Website");
	world_link(w, level, "Mail", "Website");
	world_set_service(w, "Website", "disruption_monitors", "2");
	world_error(w, 0, "Shop");
	world_error(w, 1, "Shop");
	world_error(w, 1, "Mail");
	expect_now(w, SERVICE_DEGRADED);
	world_error(w, 2, "Mail");
	expect_now(w, SERVICE_DISRUPTION);
	world_ok(w, 3, "Mail");
	world_error(w, 4, "Mail"); /* one error raises no alert */
	expect_now(w, SERVICE_DEGRADED);
	expect_said(w, 121);
}

static void severity__is_a_disruption_at_once__by_a_critical_link_r21(void **state)
{
	struct world *w = three_monitors(state);
	world_sql(w, "UPDATE link SET critical = 1 WHERE monitor_id ="
		     " (SELECT id FROM monitor WHERE name = 'Mail')");
	world_error(w, 0, "Shop");
	world_error(w, 1, "Mail");
	world_ok(w, 2, "Shop");
	expect_said(w, 12);
	expect_now(w, SERVICE_DISRUPTION);
}

static void severity__follows_the_configuration__at_once_r3_r21(void **state)
{
	struct world *w = three_monitors(state);
	world_error(w, 0, "Shop");
	world_set_service(w, "Website", "disruption_monitors", "1");
	world_run_until(w, 1);
	expect_said(w, 12);
	world_set_service(w, "Website", "disruption_monitors", "3");
	world_run_until(w, 2);
	expect_said(w, 121);
	/* Half of what is linked: one of three is not, one of two is. */
	world_sql(w,
		  "UPDATE service SET disruption_monitors = 0, disruption_percent = 50");
	world_set_service(w, "Website", "page_url", "http://127.0.0.1/");
	world_run_until(w, 3);
	expect_said(w, 121);
	world_set(w, RECORD_MONITOR, world_monitor(w, "Batch"), "active", "false");
	world_run_until(w, 4);
	expect_said(w, 1212);
}

static void severity__is_of_the_service__not_of_one_monitor_r9_r21(void **state)
{
	struct world *w = three_monitors(state);
	world_set_service(w, "Website", "policy", "per-monitor");
	world_error(w, 0, "Shop");
	world_error(w, 1, "Mail"); /* its own opening says it */
	expect_deliveries(w, "disruption Website; disruption Website");
	expect_number(w, "SELECT min(service_status) FROM incident", SERVICE_DISRUPTION);
	world_ok(w, 2, "Mail"); /* and its recovery */
	world_ok(w, 3, "Shop");
	expect_deliveries(w, "disruption Website; disruption Website; recovery Website; "
			     "recovery Website");
	expect_said(w, 1210);
}

static void severity__of_what_is_held__is_decided_when_it_is_let_out_r16(void **state)
{
	struct world *w = three_monitors(state);
	world_set_service(w, "Website", "publish_after_ms", "5m");
	world_error(w, 0, "Shop");
	expect_said(w, 1);
	world_error(w, 1, "Mail");
	expect_deliveries(w, "disruption Website (held)");
	expect_said(w, 2); /* shown, and not told yet */
	world_run_until(w, 6);
	expect_deliveries(w, "disruption Website");
	expect_said(w, 2);
	expect_now(w, SERVICE_DISRUPTION);
}

static void severity__stays__while_the_recovery_is_held_r16(void **state)
{
	struct world *w = three_monitors(state);
	world_set_service(w, "Website", "recover_after_ms", "5m");
	world_error(w, 0, "Shop");
	world_ok(w, 1, "Shop");
	expect_now(w, SERVICE_DEGRADED);
	world_error(w, 2, "Shop");
	world_error(w, 3, "Mail");
	expect_now(w, SERVICE_DISRUPTION);
	world_ok(w, 4, "Shop");
	world_ok(w, 4, "Mail");
	world_run_until(w, 10);
	expect_incidents(w, "Website monitoring");
	expect_now(w, SERVICE_OPERATIONAL);
}

static void severity__is_said_by_reopening_r10(void **state)
{
	struct world *w = three_monitors(state);
	world_set_service(w, "Website", "reopen_within_ms", "10m");
	world_error(w, 0, "Shop");
	world_ok(w, 1, "Shop");
	world_error(w, 2, "Mail");
	expect_deliveries(w, "disruption Website; recovery Website; reopen Website");
	expect_said(w, 101);
	world_error(w, 3, "Shop");
	expect_said(w, 1012);
}

static void severity__is_recorded_only__of_what_is_unpublished_r19(void **state)
{
	struct world *w = three_monitors(state);
	world_mode(w, MODE_DRY_RUN);
	world_error(w, 0, "Shop");
	world_error(w, 1, "Mail");
	expect_deliveries(w, "disruption Website (dry-run); severity Website (dry-run)");
	world_mode(w, MODE_LIVE);
	world_ok(w, 2, "Mail");
	expect_deliveries(w, "disruption Website (dry-run); severity Website (dry-run); "
			     "severity Website (dry-run)");
	world_error(w, 3, "Batch"); /* a live alert: its disruption */
	expect_said(w, 1212);
}

static void severity__goes_with_the_disruption__that_a_new_one_replaces_r22(void **state)
{
	struct world *w = three_monitors(state);
	world_set_service(w, "Website", "policy", "per-monitor");
	world_error(w, 0, "Shop");
	world_answer_all(w, 400);
	world_error(w, 1, "Mail");
	/* Shop's never came out: Mail's is alone with what the page can know. */
	expect_deliveries(w, "disruption Website (superseded); disruption Website");
	expect_said(w, 11);
}

static void severity__is_a_disruption__while_one_by_hand_is_open_r18(void **state)
{
	struct world *w = three_monitors(state);
	world_error(w, 0, "Shop");
	world_sql(w, "UPDATE incident SET by_hand = 1");
	world_error(w, 1, "Mail");
	expect_said(w, 12);
	world_ok(w, 2, "Mail");
	expect_now(w, SERVICE_DISRUPTION);
}

static void severity__is_never_told__where_one_monitor_is_enough(void **state)
{
	struct world *w = three_monitors(state);
	world_set_service(w, "Website", "disruption_monitors", "1");
	world_error(w, 0, "Shop");
	world_error(w, 1, "Mail");
	world_ok(w, 2, "Shop");
	world_ok(w, 3, "Mail");
	expect_deliveries(w, "disruption Website; recovery Website");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_A_WORLD(severity__is_told__each_time_it_changes_r21),
		IN_A_WORLD(severity__leaves_the_incident_as_it_is_r21),
		IN_A_WORLD(severity__waits_for_the_alert__of_a_joined_monitor_r21),
		IN_A_WORLD(severity__is_a_disruption_at_once__by_a_critical_link_r21),
		IN_A_WORLD(severity__follows_the_configuration__at_once_r3_r21),
		IN_A_WORLD(severity__is_of_the_service__not_of_one_monitor_r9_r21),
		IN_A_WORLD(severity__of_what_is_held__is_decided_when_it_is_let_out_r16),
		IN_A_WORLD(severity__stays__while_the_recovery_is_held_r16),
		IN_A_WORLD(severity__is_said_by_reopening_r10),
		IN_A_WORLD(severity__is_recorded_only__of_what_is_unpublished_r19),
		IN_A_WORLD(
			severity__goes_with_the_disruption__that_a_new_one_replaces_r22),
		IN_A_WORLD(severity__is_a_disruption__while_one_by_hand_is_open_r18),
		IN_A_WORLD(severity__is_never_told__where_one_monitor_is_enough),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
