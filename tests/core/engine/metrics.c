/* The page for Prometheus: every family that operators ask for, and valid. */
#include "core/engine/metrics.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/base/text.h"
#include "tests/support/journal.h"
#include "tests/support/run.h"

#define PROMTOOL "/usr/bin/promtool"

static void write_page(struct metrics *metrics, struct store *store, struct buf *ret)
{
	buf_reset(ret);
	must(metrics_write(metrics, store, T0, ret, err));
}

static void assert_line(const struct buf *page, const char *line)
{
	char whole[256];
	(void)snprintf(whole, sizeof(whole), "\n%s\n", line);
	if (!strstr(buf_text(page), whole))
		fail_msg("'%s' is not in:\n%s", line, buf_text(page));
}

static void metrics__tells__what_the_engine_counted(void **state)
{
	struct metrics metrics = { 0 };
	DEFER(buf_done) struct buf page = BUF_INIT(METRICS_MAX);
	metrics_request(&metrics, "/v1/events", 202);
	metrics_request(&metrics, "/v1/events", 202);
	metrics_request(&metrics, NULL, 404);
	metrics_request(&metrics, "/healthz", 599);
	metrics_events(&metrics, &(struct ingest_tally){ .recorded = 5,
							 .duplicate = 2,
							 .too_old = 1,
							 .unmatched = 3 });
	metrics_attempt(&metrics, RETRY_REFUSED);
	metrics_turn(&metrics, 1250);
	metrics_turn(&metrics, 3);
	write_page(&metrics, *state, &page);
	assert_line(&page, "hublink_build_info{version=\"" HUBLINK_VERSION "\"} 1");
	assert_line(&page, "hublink_listener_requests_total{path=\"/v1/events\","
			   "code=\"202\"} 2");
	assert_line(&page,
		    "hublink_listener_requests_total{path=\"other\",code=\"404\"} 1");
	assert_line(&page,
		    "hublink_listener_requests_total{path=\"/healthz\",code=\"0\"} 1");
	assert_line(&page, "hublink_listener_events_total{outcome=\"recorded\"} 5");
	assert_line(&page, "hublink_listener_events_total{outcome=\"unmatched\"} 3");
	assert_line(&page, "hublink_attempts_total{outcome=\"refused\"} 1");
	assert_line(&page, "hublink_loop_turns_total 2");
	assert_line(&page, "hublink_loop_lag_seconds 1.250");
	write_page(&metrics, *state, &page);
	assert_line(&page, "hublink_loop_lag_seconds 0.000");
}

static void metrics__sorts_latencies__into_buckets(void **state)
{
	struct metrics metrics = { 0 };
	DEFER(buf_done) struct buf page = BUF_INIT(METRICS_MAX);
	metrics_delivered(&metrics, 10);
	metrics_delivered(&metrics, 11);
	metrics_delivered(&metrics, 3600001);
	metrics_delivered(&metrics, -5);
	write_page(&metrics, *state, &page);
	assert_line(&page, "hublink_delivery_latency_seconds_bucket{le=\"0.01\"} 2");
	assert_line(&page, "hublink_delivery_latency_seconds_bucket{le=\"0.05\"} 3");
	assert_line(&page, "hublink_delivery_latency_seconds_bucket{le=\"3600.00\"} 3");
	assert_line(&page, "hublink_delivery_latency_seconds_bucket{le=\"+Inf\"} 4");
	assert_line(&page, "hublink_delivery_latency_seconds_count 4");
	assert_line(&page, "hublink_delivery_latency_seconds_sum 3600.022");
}

static void end_delivery(struct store *store, enum delivery_state how)
{
	struct incident incident = an_incident(store, WEBSITE);
	struct delivery delivery = a_delivery(store, WEBSITE, incident.id);
	delivery.state = how;
	must(store_delivery_put(store, &delivery, err));
}

static void metrics__tells__what_checks_found_and_how_late_they_were(void **state)
{
	struct metrics metrics = { 0 };
	DEFER(buf_done) struct buf page = BUF_INIT(METRICS_MAX);
	metrics_check(&metrics, &(struct check_result){ .total_us = 70000 });
	metrics_check(&metrics, &(struct check_result){ .verdict = CHECK_FAILED,
							.total_us = 10000000 });
	metrics_check_late(&metrics, 1250);
	metrics_check_late(&metrics, 3);
	write_page(&metrics, *state, &page);
	assert_line(&page, "hublink_checks_total{outcome=\"ok\"} 1");
	assert_line(&page, "hublink_checks_total{outcome=\"unconfirmed\"} 0");
	assert_line(&page, "hublink_checks_total{outcome=\"failed\"} 1");
	assert_line(&page, "hublink_check_duration_seconds_bucket{le=\"0.10\"} 1");
	assert_line(&page, "hublink_check_duration_seconds_sum 10.070");
	assert_line(&page, "hublink_check_overdue_seconds 1.250");
	write_page(&metrics, *state, &page);
	assert_line(&page, "hublink_check_overdue_seconds 0.000");
}

static void metrics__tells__what_the_database_knows(void **state)
{
	struct metrics metrics = { 0 };
	struct alert reached = { .type = ALERT_ERROR, .monitor_id = SHOP, .at_ms = T0 };
	struct alert silent = reached;
	DEFER(buf_done) struct buf page = BUF_INIT(METRICS_MAX);
	end_delivery(*state, DELIVERY_CANCELLED);
	end_delivery(*state, DELIVERY_SUPERSEDED);
	end_delivery(*state, DELIVERY_SUPERSEDED);
	end_delivery(*state, DELIVERY_EXPIRED);
	end_delivery(*state, DELIVERY_DELIVERED);
	assert_true(text_copy(silent.reason, sizeof(silent.reason), "muted"));
	must(store_alert_add(*state, &reached, err));
	must(store_alert_add(*state, &silent, err));
	must(store_alert_add(*state, &silent, err));
	run_sql(*state, "INSERT INTO event (seq, monitor_id, state, confirmed, "
			"explicit_at, at_ms, received_ms, effect) VALUES "
			"(42, 1, 0, 1, 0, 1, 1, 1); "
			"INSERT INTO pending (at_ms, seq) VALUES (1, 42)");
	write_page(&metrics, *state, &page);
	assert_line(&page, "hublink_events_total 42");
	assert_line(&page, "hublink_events_pending 1");
	assert_line(&page, "hublink_unmatched_monitors 0");
	assert_line(&page, "hublink_alerts_total{type=\"Error\",outcome=\"reached\"} 1");
	assert_line(&page, "hublink_alerts_total{type=\"Error\",outcome=\"silent\"} 2");
	assert_line(&page, "hublink_incidents_opened_total 5");
	assert_line(&page, "hublink_deliveries_total{outcome=\"cancelled\"} 1");
	assert_line(&page, "hublink_deliveries_total{outcome=\"superseded\"} 2");
	assert_line(&page, "hublink_deliveries_total{outcome=\"expired\"} 1");
	assert_line(&page, "hublink_deliveries_total{outcome=\"delivered\"} 1");
	assert_line(&page, "hublink_monitors{state=\"unknown\"} 3");
	must(store_alert_add(*state, &reached, err));
	write_page(&metrics, *state, &page);
	assert_line(&page, "hublink_alerts_total{type=\"Error\",outcome=\"reached\"} 2");
}

static void metrics__are_valid__to_promtool(void **state)
{
	if (access(PROMTOOL, X_OK) != 0) {
		print_message("NOT TESTED: " PROMTOOL
			      " is missing (package prometheus)\n");
		skip();
	}
	struct metrics metrics = { 0 };
	DEFER(buf_done) struct buf page = BUF_INIT(METRICS_MAX);
	DEFER(ran_done) struct ran ran = { 0 };
	metrics_request(&metrics, "/v1/events", 202);
	metrics_delivered(&metrics, 70);
	write_page(&metrics, *state, &page);
	assert_false(buf_overflowed(&page));
	run_program(&ran, (const char *const[]){ PROMTOOL, "check", "metrics", NULL },
		    buf_text(&page), NULL);
	assert_string_equal(buf_text(&ran.err), "");
	assert_int_equal(ran.exit_code, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		JOURNAL_TEST(metrics__tells__what_the_engine_counted),
		JOURNAL_TEST(metrics__sorts_latencies__into_buckets),
		JOURNAL_TEST(metrics__tells__what_checks_found_and_how_late_they_were),
		JOURNAL_TEST(metrics__tells__what_the_database_knows),
		JOURNAL_TEST(metrics__are_valid__to_promtool),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
