/* Checks over the network: every way in which a target can answer, or not. */
#include "core/engine/prober.h"

#include <stdio.h>
#include <string.h>

#include "core/base/text.h"
#include "tests/support/check.h"
#include "tests/support/cli.h"
#include "tests/support/probing.h"

static void prober__passes_and_tells_each_time__of_an_answer_that_is_expected(
	void **state)
{
	struct probing *rig = *state;
	struct check_result result = probing_expect(rig, "/health", NULL);
	struct received got = receiver_get(rig->receiver, 0);
	assert_int_equal(result.http_status, 200);
	assert_true(result.connect_us > 0 && result.first_byte_us > 0);
	assert_int_equal(result.tls_us, 0);
	assert_true(result.total_us >= result.connect_us + result.first_byte_us);
	assert_string_equal(got.method, "GET");
	assert_holds(got.user_agent, "hublink/");
}

static void prober__fails__with_the_status_that_was_not_expected(void **state)
{
	struct probing *rig = *state;
	receiver_rule(rig->receiver, (struct receiver_rule){ .status = 500 });
	struct check_result result =
		probing_expect(rig, "/", "HTTP 500, expected 200-399");
	assert_int_equal(result.http_status, 500);
	assert_true(text_copy(rig->monitor.check_status, CHECK_STATUS_SIZE, "401,500"));
	probing_expect(rig, "/", NULL);
}

static void prober__makes_a_connection_each_time__and_closes_it(void **state)
{
	struct probing *rig = *state;
	probing_expect(rig, "/", NULL);
	probing_expect(rig, "/", NULL);
	assert_int_equal(receiver_connections(rig->receiver), 2);
	assert_true(receiver_wait_quiet(rig->receiver));
}

static void prober__sends_method_and_headers__as_they_are_set(void **state)
{
	struct probing *rig = *state;
	rig->monitor.check_method = METHOD_POST;
	assert_true(text_copy(rig->monitor.check_headers, CHECK_HEADERS_SIZE,
			      "Authorization: Bearer s3cr3t\nHost: shop.example"));
	probing_expect(rig, "/", NULL);
	struct received got = receiver_get(rig->receiver, 0);
	assert_string_equal(got.method, "POST");
	assert_holds(got.headers, "Authorization: Bearer s3cr3t\r\n");
	assert_holds(got.headers, "Host: shop.example\r\n");
	rig->monitor.check_method = METHOD_HEAD;
	probing_expect(rig, "/", NULL);
	assert_string_equal(receiver_get(rig->receiver, 1).method, "HEAD");
}

static void prober__finds_texts__wherever_they_lie_in_the_answer(void **state)
{
	enum { BEFORE = 40000 };
	static char body[BEFORE + 64];
	struct probing *rig = *state;
	memset(body, 'x', BEFORE);
	(void)snprintf(body + BEFORE, sizeof(body) - BEFORE, "Welcome to the shop");
	receiver_rule(rig->receiver, (struct receiver_rule){ .body = body });
	assert_true(text_copy(rig->monitor.check_contains, CHECK_TEXT_SIZE, "Welcome"));
	/* Wherever the pieces end: the text moves through all of one's beginnings. */
	for (int shift = 0; shift < 24; shift++) {
		body[0] = 'x';
		memmove(body + BEFORE - shift, "Welcome to the shop", 20);
		probing_expect(rig, "/", NULL);
		memset(body + BEFORE - shift, 'x', 20);
	}
	probing_expect(rig, "/", "the answer does not contain 'Welcome'");
}

static void prober__fails__when_the_answer_has_what_it_must_lack(void **state)
{
	struct probing *rig = *state;
	receiver_rule(rig->receiver, (struct receiver_rule){ .body = "We are Sorry." });
	assert_true(text_copy(rig->monitor.check_lacks, CHECK_TEXT_SIZE, "Sorry"));
	probing_expect(rig, "/", "the answer contains 'Sorry'");
}

static void prober__looks_at_one_mib__of_an_answer_without_end(void **state)
{
	struct probing *rig = *state;
	receiver_rule(rig->receiver, (struct receiver_rule){ .endless = true });
	probing_expect(rig, "/", NULL);
	assert_true(text_copy(rig->monitor.check_contains, CHECK_TEXT_SIZE, "Welcome"));
	probing_expect(rig, "/",
		       "the first MiB of the answer does not contain 'Welcome'");
}

static void prober__fails__when_no_answer_comes_in_time(void **state)
{
	struct probing *rig = *state;
	rig->monitor.check_timeout_ms = 1000;
	receiver_rule(rig->receiver, (struct receiver_rule){ .end = RECEIVER_HANGS });
	probing_expect(rig, "/", "no answer within 1s");
}

static void prober__fails__when_half_an_answer_comes(void **state)
{
	struct probing *rig = *state;
	receiver_rule(
		rig->receiver,
		(struct receiver_rule){
			.path = "/cut",
			.raw = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf" });
	receiver_rule(rig->receiver,
		      (struct receiver_rule){ .path = "/drop", .end = RECEIVER_DROPS });
	receiver_rule(rig->receiver,
		      (struct receiver_rule){ .path = "/other", .raw = "SSH-2.0-x\r\n" });
	probing_expect(rig, "/cut", "the answer ended too early");
	probing_expect(rig, "/drop", "the connection ended before an answer came");
	probing_expect(rig, "/other", "the answer is no HTTP");
}

static void prober__fails__when_headers_have_no_end(void **state)
{
	enum { LINES = 3000 };
	static char headers[LINES * 32];
	struct probing *rig = *state;
	for (int i = 0; i < LINES; i++)
		(void)snprintf(headers + i * 28, 29, "X-Long-Header-%04d: 123456\r\n", i);
	receiver_rule(rig->receiver, (struct receiver_rule){ .headers = headers });
	probing_expect(rig, "/", "the answer's headers are longer than 64 KiB");
}

/* ---- redirects ---- */

static void lead(struct probing *rig, const char *path, const char *to, int status,
		 char line[512])
{
	(void)snprintf(line, 512, "Location: %s\r\n", to);
	receiver_rule(rig->receiver, (struct receiver_rule){ .path = path,
							     .status = status,
							     .headers = line });
}

static void prober__follows_redirects__as_many_as_it_may(void **state)
{
	struct probing *rig = *state;
	char a[512], b[512];
	lead(rig, "/a", "/b", 302, a);
	lead(rig, "/b", "/c#part", 301, b);
	probing_expect(rig, "/a", NULL);
	assert_int_equal(receiver_count(rig->receiver), 3);
	assert_string_equal(receiver_get(rig->receiver, 2).path, "/c");
	rig->monitor.check_redirects = 1;
	probing_expect(rig, "/a", "more than 1 redirect");
	rig->monitor.check_redirects = 0;
	assert_int_equal(probing_expect(rig, "/a", NULL).http_status, 302);
	assert_int_equal(receiver_count(rig->receiver), 6);
}

static void prober__never_follows__where_a_check_must_not_go(void **state)
{
	struct probing *rig = *state;
	char file[512], gopher[512], user[512];
	lead(rig, "/file", "file:///etc/passwd", 302, file);
	lead(rig, "/gopher", "gopher://127.0.0.1:70/", 302, gopher);
	lead(rig, "/user", "http://me:s3cr3t@127.0.0.1/", 302, user);
	probing_expect(rig, "/file",
		       "redirected to '***', which a check of type http never follows");
	probing_expect(rig, "/gopher",
		       "redirected to 'gopher://127.0.0.1:70/', which a check of type "
		       "http never "
		       "follows");
	probing_expect(
		rig, "/user",
		"redirected to 'http://***@127.0.0.1/', which a check of type http never "
		"follows");
}

static void prober__gives_headers_to_no_other_host__when_it_is_redirected(void **state)
{
	struct probing *rig = *state;
	struct receiver *other = receiver_new();
	char url[128], line[512];
	receiver_url(other, "/there", url, sizeof(url));
	lead(rig, "/", url, 307, line);
	assert_true(text_copy(rig->monitor.check_headers, CHECK_HEADERS_SIZE,
			      "X-Key: s3cr3t"));
	probing_expect(rig, "/", NULL);
	assert_holds(receiver_get(rig->receiver, 0).headers, "X-Key: s3cr3t");
	assert_null(strstr(receiver_get(other, 0).headers, "s3cr3t"));
	receiver_free(other);
}

/* ---- tcp ---- */

static void prober__connects__and_sends_nothing_over_tcp(void **state)
{
	struct probing *rig = *state;
	rig->monitor.check_type = CHECK_TCP;
	(void)snprintf(rig->monitor.check_target, URL_SIZE, "127.0.0.1:%d",
		       receiver_port(rig->receiver));
	struct check_result result = probing_expect(rig, NULL, NULL);
	assert_int_equal(result.http_status, 0);
	assert_true(result.connect_us > 0);
	assert_true(receiver_wait_quiet(rig->receiver));
	assert_int_equal(receiver_count(rig->receiver), 0);
}

static void prober__says_who_refused__when_nobody_listens(void **state)
{
	struct probing *rig = *state;
	rig->monitor.check_type = CHECK_TCP;
	assert_true(text_copy(rig->monitor.check_target, URL_SIZE, "127.0.0.1:1"));
	probing_expect(rig, NULL, "no connection: Connection refused");
	assert_true(text_copy(rig->monitor.check_target, URL_SIZE, "nowhere.invalid:80"));
	probing_expect(rig, NULL, "the host's name does not resolve");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, probing_open, probing_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(prober__passes_and_tells_each_time__of_an_answer_that_is_expected),
		TEST(prober__fails__with_the_status_that_was_not_expected),
		TEST(prober__makes_a_connection_each_time__and_closes_it),
		TEST(prober__sends_method_and_headers__as_they_are_set),
		TEST(prober__finds_texts__wherever_they_lie_in_the_answer),
		TEST(prober__fails__when_the_answer_has_what_it_must_lack),
		TEST(prober__looks_at_one_mib__of_an_answer_without_end),
		TEST(prober__fails__when_no_answer_comes_in_time),
		TEST(prober__fails__when_half_an_answer_comes),
		TEST(prober__fails__when_headers_have_no_end),
		TEST(prober__follows_redirects__as_many_as_it_may),
		TEST(prober__never_follows__where_a_check_must_not_go),
		TEST(prober__gives_headers_to_no_other_host__when_it_is_redirected),
		TEST(prober__connects__and_sends_nothing_over_tcp),
		TEST(prober__says_who_refused__when_nobody_listens),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
