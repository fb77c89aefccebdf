/* Sending, from outside: R12, R13, retries. */
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/base/compiler.h"
#include "tests/support/stage.h"

#define WEBSITE(members)                                                \
	"{'hublink': 1, 'integrations': [{'name': 'Hub', 'services': [" \
	" {'name': 'Website', " members "}]}]}"

static void answer(struct stage *s, struct receiver_rule rule)
{
	receiver_forget_rules(s->receiver);
	receiver_rule(s->receiver, rule);
}

/* ---- R12 ---- */

static void r12__updates_leave_in_order_one_at_a_time__within_a_service(void **state)
{
	struct stage *s = *state;
	receiver_rule(s->receiver, (struct receiver_rule){ .path = "/website",
							   .status = 503,
							   .times = 2,
							   .delay_ms = 50 });
	stage_engine_start(s);
	stage_events(s,
		     "12:00 Shop error, 12:01 Shop ok, 12:02 Shop error, 12:03 Shop ok");
	stage_wait(s, stage_deliveries,
		   "disruption delivered, recovery delivered, disruption delivered, "
		   "recovery delivered");
	assert_told(s, "/website",
		    "investigating down, investigating down, investigating down, "
		    "monitoring up, investigating down, monitoring up");
	for (size_t i = 0; i < receiver_count(s->receiver); i++)
		assert_false(receiver_get(s->receiver, i).overlapped);
}

static void r12__services_do_not_delay_each_other__while_one_hangs(void **state)
{
	struct stage *s = *state;
	answer(s, (struct receiver_rule){ .path = "/website", .end = RECEIVER_HANGS });
	stage_engine_start(s);
	stage_do(s, "event Shop error");
	assert_true(receiver_wait(s->receiver, 1));
	stage_events(s, "12:00 Batch error, 12:01 Batch ok");
	stage_wait(s, stage_deliveries,
		   "disruption queued, disruption delivered, recovery delivered");
}

/* ---- R13 ---- */

static void assert_same_request(struct stage *s, size_t a, size_t b)
{
	struct received one = receiver_get(s->receiver, a);
	struct received other = receiver_get(s->receiver, b);
	assert_string_equal(one.key, other.key);
	assert_string_equal(one.webhook_id, one.key);
	assert_string_equal(one.body, other.body);
	assert_string_equal(one.path, other.path);
}

static void r13__every_attempt_has_the_same_key_and_bytes__through_kill_9(void **state)
{
	struct stage *s = *state;
	receiver_rule(s->receiver, (struct receiver_rule){ .status = 503, .times = 1 });
	receiver_rule(s->receiver,
		      (struct receiver_rule){ .end = RECEIVER_DROPS, .times = 1 });
	receiver_rule(s->receiver,
		      (struct receiver_rule){ .end = RECEIVER_HANGS, .times = 1 });
	stage_engine_start(s);
	stage_do(s, "event Shop error --message one");
	assert_true(receiver_wait(s->receiver, 3));
	assert_int_equal(stage_engine_end(s, SIGKILL), 128 + SIGKILL);
	stage_import(s, "{'hublink': 1, 'integrations': [{'name': 'Hub', 'text': {"
			"'title': 'Another title'}}]}");
	stage_settle(s);
	assert_int_equal(receiver_count(s->receiver), 4);
	for (size_t i = 1; i < 4; i++)
		assert_same_request(s, 0, i);
	assert_deliveries(s, "disruption delivered");
}

static void engine__finishes_what_is_in_flight__at_sigterm(void **state)
{
	struct stage *s = *state;
	answer(s, (struct receiver_rule){ .delay_ms = 300 });
	stage_engine_start(s);
	stage_events(s, "12:00 Shop error, 12:01 Shop ok");
	assert_true(receiver_wait(s->receiver, 1));
	assert_int_equal(stage_engine_end(s, SIGTERM), 0);
	assert_deliveries(s, "disruption delivered, recovery queued");
}

/* ---- the status line decides ---- */

struct statuses {
	const char *state;
	int status[12];
};

static void each_status(struct stage *s, const struct statuses *row)
{
	for (size_t i = 0; i < COUNT_OF(row->status) && row->status[i]; i++) {
		char expected[16];
		answer(s, (struct receiver_rule){ .status = row->status[i] });
		stage_do(s, "incident open Website --message x");
		stage_settle(s);
		const char *text = stage_out(s, 0, "--json list deliveries --limit 1");
		snprintf(expected, sizeof(expected), "\"%s\"", row->state);
		assert_holds(text, expected);
		snprintf(expected, sizeof(expected), ":%d,", row->status[i]);
		assert_holds(text, expected);
		stage_change(s, "DELETE FROM delivery; DELETE FROM incident");
	}
}

static void retry__a_2xx_is_delivered__whichever(void **state)
{
	each_status(*state,
		    &(struct statuses){ "delivered", { 200, 201, 202, 204, 299 } });
}

static void retry__some_statuses_are_temporary__and_wait(void **state)
{
	each_status(*state, &(struct statuses){ "queued",
						{ 408, 425, 429, 500, 502, 503, 599 } });
}

static void retry__anything_else_is_refused__redirects_too(void **state)
{
	struct stage *s = *state;
	each_status(s, &(struct statuses){
			       "failed",
			       { 300, 301, 304, 400, 401, 403, 404, 410, 422, 499 } });
	answer(s, (struct receiver_rule){ .path = "/website",
					  .status = 307,
					  .headers = "Location: /elsewhere\r\n" });
	stage_event(s, "Shop error");
	assert_told(s, "/elsewhere", "");
	assert_deliveries(s, "disruption failed");
	assert_holds(stage_out(s, 1, "status --check"), "failed");
}

static void retry__a_2xx_is_delivered__whatever_follows(void **state)
{
	struct stage *s = *state;
	answer(s, (struct receiver_rule){
			  .path = "/website",
			  .raw = "HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\ncut" });
	receiver_rule(s->receiver,
		      (struct receiver_rule){ .path = "/partner", .endless = true });
	stage_do(s, "event Shop error");
	stage_event(s, "Batch error");
	assert_deliveries(s, "disruption delivered, disruption delivered");
}

static void retry__what_fails_in_transport_is_temporary__and_told(void **state)
{
	struct stage *s = *state;
	answer(s, (struct receiver_rule){ .end = RECEIVER_RESETS });
	stage_event(s, "Shop error");
	assert_deliveries(s, "disruption queued");
	stage_import(s, WEBSITE("'url': 'http://127.0.0.1:1/nobody'"));
	stage_do(s, "delivery retry 1");
	stage_settle(s);
	assert_deliveries(s, "disruption queued");
	assert_string_equal(stage_member(s, "deliveries", 0, "http_status"), "null");
	assert_holds(stage_member(s, "deliveries", 0, "error"), "127.0.0.1");
}

/* ---- when again ---- */

static int64_t ms_of(struct stage *s, const char *member)
{
	struct err err = { 0 };
	int64_t ret = 0;
	const char *text = stage_member(s, "deliveries", 0, member);
	if (!time_parse_rfc3339(text, &ret, &err))
		fail_msg("%s: '%s'", member, text);
	return ret;
}

static void expect_next_after(struct stage *s, const char *headers, int64_t ms)
{
	answer(s, (struct receiver_rule){ .status = 503, .headers = headers });
	stage_do(s, "delivery retry 1");
	stage_settle(s);
	const int64_t after_ms = ms_of(s, "next_attempt_at") - ms_of(s, "sent_at");
	assert_in_range(after_ms, ms - SECOND_MS, ms + 20 * SECOND_MS);
}

static void retry__a_retry_after_is_obeyed__within_a_second_and_an_hour(void **state)
{
	struct stage *s = *state;
	answer(s, (struct receiver_rule){ .status = 503,
					  .headers = "Retry-After: 100\r\n" });
	stage_event(s, "Shop error");
	expect_next_after(s, "Retry-After: 300\r\n", 300 * SECOND_MS);
	expect_next_after(s, "Retry-After: 99999999999\r\n", 3600 * SECOND_MS);
	expect_next_after(s, "Retry-After: Fri, 01 Jan 2100 00:00:00 GMT\r\n",
			  3600 * SECOND_MS);
	expect_next_after(s, "Retry-After: 0\r\n", SECOND_MS);
	assert_true(ms_of(s, "next_attempt_at") - ms_of(s, "sent_at") >= SECOND_MS);
}

static void retry__a_refused_one_is_tried_again__hourly_and_at_once_on_retry(void **state)
{
	struct stage *s = *state;
	answer(s, (struct receiver_rule){ .status = 404, .times = 1 });
	stage_event(s, "Shop error");
	const int64_t after_ms = ms_of(s, "next_attempt_at") - ms_of(s, "sent_at");
	assert_in_range(after_ms, 3600 * SECOND_MS, 3620 * SECOND_MS);
	stage_do(s, "delivery retry --all-failed");
	stage_settle(s);
	assert_deliveries(s, "disruption delivered");
}

static void retry__a_refused_one_is_tried_at_once__when_the_url_is_edited(void **state)
{
	struct stage *s = *state;
	answer(s, (struct receiver_rule){ .path = "/website", .status = 410 });
	stage_event(s, "Shop error");
	stage_engine_start(s);
	stage_import(s, WEBSITE("'url': '{hub}/moved'"));
	assert_true(receiver_wait(s->receiver, 2));
	stage_wait(s, stage_deliveries, "disruption delivered");
	assert_told(s, "/moved", "investigating down");
	assert_string_equal(receiver_get(s->receiver, 0).key,
			    receiver_get(s->receiver, 1).key);
	assert_string_equal(receiver_get(s->receiver, 0).body,
			    receiver_get(s->receiver, 1).body);
}

static void retry__no_due_time_is_honoured__further_ahead_than_an_hour(void **state)
{
	struct stage *s = *state;
	answer(s, (struct receiver_rule){ .status = 503 });
	stage_event(s, "Shop error");
	stage_change(s,
		     "UPDATE delivery SET next_attempt_ms = next_attempt_ms + 259200000");
	stage_settle(s);
	assert_in_range(ms_of(s, "next_attempt_at") - clock_now_ms(NULL), 0,
			3600 * SECOND_MS);
}

static void retry__what_waits_is_due__when_its_host_answers_again(void **state)
{
	struct stage *s = *state;
	answer(s,
	       (struct receiver_rule){ .path = "/website", .status = 503, .times = 1 });
	stage_event(s, "Shop error");
	stage_change(s,
		     "UPDATE delivery SET next_attempt_ms = next_attempt_ms + 1800000");
	stage_event(s, "Batch error");
	assert_deliveries(s, "disruption delivered, disruption delivered");
}

static void retry__a_retry_after_still_holds__when_its_host_answers_again(void **state)
{
	struct stage *s = *state;
	answer(s, (struct receiver_rule){ .path = "/website",
					  .status = 503,
					  .times = 1,
					  .headers = "Retry-After: 600\r\n" });
	stage_event(s, "Shop error");
	stage_event(s, "Batch error");
	assert_deliveries(s, "disruption queued, disruption delivered");
}

static const struct CMUnitTest tests[] = {
	STAGE_TEST(r12__updates_leave_in_order_one_at_a_time__within_a_service),
	STAGE_TEST(r12__services_do_not_delay_each_other__while_one_hangs),
	STAGE_TEST(r13__every_attempt_has_the_same_key_and_bytes__through_kill_9),
	STAGE_TEST(engine__finishes_what_is_in_flight__at_sigterm),
	STAGE_TEST(retry__a_2xx_is_delivered__whichever),
	STAGE_TEST(retry__some_statuses_are_temporary__and_wait),
	STAGE_TEST(retry__anything_else_is_refused__redirects_too),
	STAGE_TEST(retry__a_2xx_is_delivered__whatever_follows),
	STAGE_TEST(retry__what_fails_in_transport_is_temporary__and_told),
	STAGE_TEST(retry__a_retry_after_is_obeyed__within_a_second_and_an_hour),
	STAGE_TEST(retry__a_refused_one_is_tried_again__hourly_and_at_once_on_retry),
	STAGE_TEST(retry__a_refused_one_is_tried_at_once__when_the_url_is_edited),
	STAGE_TEST(retry__no_due_time_is_honoured__further_ahead_than_an_hour),
	STAGE_TEST(retry__what_waits_is_due__when_its_host_answers_again),
	STAGE_TEST(retry__a_retry_after_still_holds__when_its_host_answers_again),
};

int main(void)
{
	return cmocka_run_group_tests(tests, NULL, NULL);
}
