#include "core/engine/http.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/support/check.h"
#include "tests/support/http_bench.h"

static void http__sends_just_the_promised_headers_and_bytes__when_it_posts(void **state)
{
	struct http_bench *b = *state;
	struct http_result r = http_bench_ask(
		b, (struct receiver_rule){ .status = 202, .body = "thanks" });
	assert_int_equal(r.id, 7);
	assert_int_equal(r.outcome.http_status, 202);
	assert_true(r.outcome.request_sent);
	assert_string_equal(r.answer, "thanks");
	assert_string_equal(r.error, "");

	struct received got = receiver_get(b->receiver, 0);
	assert_string_equal(got.method, "POST");
	assert_string_equal(got.path, "/hooks/uptrends?token=s3cr3tvalue");
	assert_string_equal(got.content_type, "application/json");
	assert_string_equal(got.user_agent, "hublink/" HUBLINK_VERSION);
	assert_string_equal(got.key, "11111111-2222-4333-8444-555555555555");
	assert_string_equal(got.webhook_id, got.key);
	assert_string_equal(got.body, "{\"type\":\"incident\"}");
	assert_null(strcasestr(got.headers, "Expect:"));
	assert_null(strcasestr(got.headers, "Accept:"));
}

static void http__keeps_its_connection__when_requests_follow_each_other(void **state)
{
	struct http_bench *b = *state;
	for (int i = 0; i < 5; i++)
		assert_int_equal(http_bench_ask(b, (struct receiver_rule){ 0 })
					 .outcome.http_status,
				 200);
	assert_int_equal(receiver_connections(b->receiver), 1);
}

static void http__goes_by_the_status__when_it_is_answered(void **state)
{
	struct http_bench *b = *state;
	static const int statuses[] = { 200, 204, 400, 401, 404, 408,
					410, 425, 429, 500, 503 };
	for (size_t i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++) {
		struct http_result r = http_bench_ask(
			b, (struct receiver_rule){ .status = statuses[i] });
		char words[32];
		snprintf(words, sizeof(words), "answered %d", statuses[i]);
		assert_int_equal(r.outcome.http_status, statuses[i]);
		assert_true(r.outcome.request_sent);
		assert_string_equal(r.error, statuses[i] < 300 ? "" : words);
	}
}

static void http__does_not_follow__when_it_is_redirected(void **state)
{
	struct http_bench *b = *state;
	struct receiver *elsewhere = receiver_new();
	static const int statuses[] = { 301, 302, 303, 307, 308 };
	char header[256], url[128];
	snprintf(header, sizeof(header), "Location: %s\r\n",
		 receiver_url(elsewhere, "/other", url, sizeof(url)));
	for (size_t i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++) {
		struct http_result r =
			http_bench_ask(b, (struct receiver_rule){ .status = statuses[i],
								  .headers = header });
		assert_int_equal(r.outcome.http_status, statuses[i]);
		assert_non_null(strstr(r.error, "never followed"));
	}
	assert_int_equal(receiver_count(b->receiver), 5);
	assert_int_equal(receiver_connections(elsewhere), 0);
	receiver_free(elsewhere);
}

static void http__reads_retry_after__when_it_is_seconds_or_a_date(void **state)
{
	struct http_bench *b = *state;
	struct http_result r = http_bench_ask(
		b, (struct receiver_rule){ .status = 429,
					   .headers = "Retry-After: 120\r\n" });
	assert_true(r.outcome.has_retry_after);
	assert_int_equal(r.outcome.retry_after_ms, 120000);

	r = http_bench_ask(
		b,
		(struct receiver_rule){
			.status = 503,
			.headers = "retry-after:  Fri, 01 Jan 2100 00:00:00 GMT\r\n" });
	assert_true(r.outcome.has_retry_after);
	assert_true(r.outcome.retry_after_ms > 3600 * 1000);

	r = http_bench_ask(b,
			   (struct receiver_rule){ .status = 503,
						   .headers = "Retry-After: soon\r\n" });
	assert_false(r.outcome.has_retry_after);
	r = http_bench_ask(b, (struct receiver_rule){ .status = 503 });
	assert_false(r.outcome.has_retry_after);
}

static void http__says_nothing_left__when_nobody_listens(void **state) /* R22 */
{
	struct http_bench *b = *state;
	int port = receiver_port(b->receiver);
	receiver_free(b->receiver);
	b->receiver = NULL;
	char url[128];
	snprintf(url, sizeof(url), "http://127.0.0.1:%d/hooks?token=s3cr3tvalue", port);
	http_bench_send(b, 1, url);
	http_bench_turn_until(b, 1);
	assert_int_equal(b->results[0].outcome.http_status, 0);
	assert_false(b->results[0].outcome.request_sent);
	assert_string_not_equal(b->results[0].error, "");
	assert_null(strstr(b->results[0].error, "s3cr3t"));
}

static void http__says_it_may_have_been_accepted__when_the_answer_is_missing(
	void **state) /* R22 */
{
	struct http_bench *b = *state;
	static const enum receiver_end ends[] = { RECEIVER_DROPS, RECEIVER_RESETS,
						  RECEIVER_HANGS };
	for (size_t i = 0; i < 3; i++) {
		struct http_result r =
			http_bench_ask(b, (struct receiver_rule){ .end = ends[i] });
		assert_int_equal(r.outcome.http_status, 0);
		assert_true(r.outcome.request_sent);
		assert_string_not_equal(r.error, "");
		assert_null(strstr(r.error, "s3cr3t"));
	}
	assert_int_equal(receiver_count(b->receiver), 3);
}

/* libcurl would quietly send again on a fresh connection: at most one request per
 * attempt (I6). */
static void http__sends_once__when_a_kept_connection_is_dropped(void **state)
{
	struct http_bench *b = *state;
	assert_int_equal(
		http_bench_ask(b, (struct receiver_rule){ 0 }).outcome.http_status, 200);
	struct http_result r =
		http_bench_ask(b, (struct receiver_rule){ .end = RECEIVER_DROPS });
	assert_int_equal(r.outcome.http_status, 0);
	assert_true(r.outcome.request_sent);
	assert_string_equal(r.error, "the connection ended before an answer came");
	assert_int_equal(receiver_count(b->receiver), 2);
}

static void http__sends_on_a_fresh_connection__when_the_kept_one_was_closed(void **state)
{
	struct http_bench *b = *state;
	assert_int_equal(http_bench_ask(b, (struct receiver_rule){ .closes = true })
				 .outcome.http_status,
			 200);
	assert_int_equal(
		http_bench_ask(b, (struct receiver_rule){ 0 }).outcome.http_status, 200);
	assert_int_equal(receiver_connections(b->receiver), 2);
}

static void http__counts_as_delivered__when_anything_follows_a_2xx(void **state)
{
	struct http_bench *b = *state;
	static const char broken_off[] =
		"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nonly this";
	static const char garbage[] =
		"HTTP/1.1 201 OK\r\nContent-Length: nonsense\r\n\r\n";
	assert_int_equal(http_bench_ask(b, (struct receiver_rule){ .endless = true })
				 .outcome.http_status,
			 200);
	assert_int_equal(http_bench_ask(b, (struct receiver_rule){ .raw = broken_off })
				 .outcome.http_status,
			 200);
	assert_int_equal(http_bench_ask(b, (struct receiver_rule){ .raw = garbage })
				 .outcome.http_status,
			 201);
}

static void http__cuts_off__when_headers_have_no_end(void **state)
{
	struct http_bench *b = *state;
	static const char line[] = "HTTP/1.1 100 Continue\r\n\r\n";
	enum { LINES = HTTP_HEADERS_MAX / (sizeof(line) - 1) + 2 };
	static char flood[(LINES + 2) * sizeof(line)]; /* the receiver still sends it */
	for (size_t i = 0; i < LINES; i++)
		memcpy(flood + i * (sizeof(line) - 1), line, sizeof(line));
	struct http_result r = http_bench_ask(b, (struct receiver_rule){ .raw = flood });
	assert_int_equal(r.outcome.http_status, 0);
	assert_true(r.outcome.request_sent);
}

static void http__keeps_the_token_to_itself__when_the_answer_repeats_it(
	void **state) /* T5 */
{
	struct http_bench *b = *state;
	struct http_result r = http_bench_ask(
		b, (struct receiver_rule){ .status = 401,
					   .body = "token s3cr3tvalue unknown" });
	assert_null(strstr(r.answer, "s3cr3tvalue"));
	assert_non_null(strstr(r.answer, "unknown"));
}

static void http__ignores_the_environment__when_it_names_a_proxy(void **state) /* T6 */
{
	struct http_bench *b = *state;
	struct receiver *proxy = receiver_new();
	char url[128], keys[] = "/tmp/hublink-keys-XXXXXX";
	receiver_url(proxy, "", url, sizeof(url));
	static const char *const names[] = { "http_proxy", "all_proxy", "ALL_PROXY" };
	for (size_t i = 0; i < 3; i++)
		setenv(names[i], url, 1);
	int fd = mkstemp(keys);
	close(fd);
	unlink(keys);
	setenv("SSLKEYLOGFILE", keys, 1);
	assert_int_equal(
		http_bench_ask(b, (struct receiver_rule){ 0 }).outcome.http_status, 200);
	assert_int_equal(receiver_connections(proxy), 0);

	struct err err = { 0 };
	assert_true(http_prepare_process(&err));
	for (size_t i = 0; i < 3; i++)
		assert_null(getenv(names[i]));
	assert_null(getenv("SSLKEYLOGFILE"));
	assert_int_not_equal(access(keys, F_OK), 0);
	receiver_free(proxy);
}

static void http__refuses_to_start__when_the_url_is_not_allowed(void **state) /* T8 */
{
	struct http_bench *b = *state;
	static const char *const urls[] = { "http://example.org/hook?token=s3cr3tvalue",
					    "ftp://127.0.0.1/?t=s3cr3tvalue",
					    "https://user:s3cr3tvalue@127.0.0.1/",
					    "nonsense" };
	for (size_t i = 0; i < sizeof(urls) / sizeof(urls[0]); i++) {
		struct err err = { 0 };
		struct request request = {
			.id = 1, .url = urls[i], .key = "k", .body = "{}"
		};
		assert_false(b->http->ops->send(b->http, &request, &err));
		assert_int_equal(err.code, ERR_INVALID);
		assert_null(strstr(err.text, "s3cr3tvalue"));
	}
}

static void http__refuses_more__when_all_handles_are_in_flight(void **state)
{
	struct http_bench *b = *state;
	char url[128];
	receiver_rule(b->receiver, (struct receiver_rule){ .delay_ms = 50 });
	receiver_url(b->receiver, "/hook", url, sizeof(url));
	for (int i = 0; i < 8; i++)
		http_bench_send(b, i, url);
	struct err err = { 0 };
	struct request request = { .id = 9, .url = url, .key = "k", .body = "{}" };
	assert_false(b->http->ops->send(b->http, &request, &err));
	assert_int_equal(err.code, ERR_REFUSED);
	http_bench_turn_until(b, 8);
	assert_int_equal(receiver_connections(b->receiver), 8);
}

static void http__is_silent__when_nothing_is_in_flight(void **state)
{
	struct http_bench *b = *state;
	assert_int_equal(
		http_bench_ask(b, (struct receiver_rule){ 0 }).outcome.http_status, 200);
	struct err err = { 0 };
	assert_true(b->http->ops->perform(b->http, &err));
	struct pollfd ready = { .fd = b->http->ops->fd(b->http), .events = POLLIN };
	assert_int_equal(poll(&ready, 1, 0), 0);
	assert_int_equal(b->http->ops->timeout_ms(b->http), -1);
}

static void http__can_be_freed__when_requests_are_in_flight(void **state)
{
	struct http_bench *b = *state;
	char url[128];
	receiver_rule(b->receiver, (struct receiver_rule){ .end = RECEIVER_HANGS });
	http_bench_send(b, 1, receiver_url(b->receiver, "/hook", url, sizeof(url)));
	struct err err = { 0 };
	assert_true(b->http->ops->perform(b->http, &err));
	assert_int_equal(b->done, 0);
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, http_bench_make, http_bench_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(http__sends_just_the_promised_headers_and_bytes__when_it_posts),
		TEST(http__keeps_its_connection__when_requests_follow_each_other),
		TEST(http__goes_by_the_status__when_it_is_answered),
		TEST(http__does_not_follow__when_it_is_redirected),
		TEST(http__reads_retry_after__when_it_is_seconds_or_a_date),
		TEST(http__says_nothing_left__when_nobody_listens),
		cmocka_unit_test_setup_teardown(
			http__says_it_may_have_been_accepted__when_the_answer_is_missing,
			http_bench_make_hasty, http_bench_remove),
		TEST(http__sends_once__when_a_kept_connection_is_dropped),
		TEST(http__sends_on_a_fresh_connection__when_the_kept_one_was_closed),
		TEST(http__counts_as_delivered__when_anything_follows_a_2xx),
		TEST(http__cuts_off__when_headers_have_no_end),
		TEST(http__keeps_the_token_to_itself__when_the_answer_repeats_it),
		TEST(http__ignores_the_environment__when_it_names_a_proxy),
		TEST(http__refuses_to_start__when_the_url_is_not_allowed),
		TEST(http__refuses_more__when_all_handles_are_in_flight),
		TEST(http__is_silent__when_nothing_is_in_flight),
		TEST(http__can_be_freed__when_requests_are_in_flight),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
