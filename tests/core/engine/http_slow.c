/* Answers that take for ever or are not what they say: F39, F40. A request is over after its
 * time at the latest, however much of the answer still comes. */
#include "core/engine/http.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/support/check.h"
#include "tests/support/http_bench.h"

enum { TRICKLE_MS = 100 }; /* such answers take longer than the bench has patience */

static const char endless_header[] =
	"HTTP/1.1 200 OK\r\nX-Story: "
	"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	"aaaa";

static void http__is_over_after_its_time__when_an_answer_comes_by_bytes_f39(void **state)
{
	struct http_bench *b = *state;
	struct http_result r =
		http_bench_ask(b, (struct receiver_rule){ .raw = endless_header,
							  .trickle_ms = TRICKLE_MS });
	/* The status line may have come by then; a 2xx counts, whatever follows. */
	assert_true(r.outcome.http_status == 0 || r.outcome.http_status == 200);
	assert_true(r.outcome.request_sent);

	r = http_bench_ask(b, (struct receiver_rule){ .raw = endless_header,
						      .trickle_ms = 10 * TRICKLE_MS });
	assert_int_equal(r.outcome.http_status, 0);
	assert_true(r.outcome.request_sent); /* R22: it may have been accepted */
	assert_non_null(strstr(r.error, "timed out"));
}

/* A socket that takes connections and never says a word. */
static int open_mute(int *ret_port)
{
	struct sockaddr_in address = { .sin_family = AF_INET,
				       .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t length = sizeof(address);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_int_equal(bind(fd, (struct sockaddr *)&address, length), 0);
	assert_int_equal(listen(fd, 16), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&address, &length), 0);
	*ret_port = ntohs(address.sin_port);
	return fd;
}

static void http__sends_nothing__when_tls_hangs_f39(void **state)
{
	struct http_bench *b = *state;
	int port;
	int mute = open_mute(&port);
	char url[128], other[128];
	snprintf(url, sizeof(url), "https://127.0.0.1:%d/hook?token=s3cr3tvalue", port);
	http_bench_send(b, 1, url);
	http_bench_turn_until_readable(b, mute);
	const int peer = accept(mute, NULL, NULL);
	/* It has begun to talk TLS: what that needs is loaded, which takes long in a debugger. */
	http_bench_turn_until_readable(b, peer);
	/* Others do not wait for it. */
	http_bench_send(b, 2, receiver_url(b->receiver, "/hook", other, sizeof(other)));
	http_bench_turn_until(b, 2);
	close(peer);
	close(mute);
	const int other_at = b->results[0].id == 2 ? 0 : 1;
	const struct http_result *hung = &b->results[1 - other_at];
	assert_int_equal(b->results[other_at].outcome.http_status, 200);
	assert_int_equal(hung->outcome.http_status, 0);
	assert_false(hung->outcome.request_sent); /* R22: answered with an error */
	assert_non_null(strstr(hung->error, "timed out"));
	assert_null(strstr(hung->error, "s3cr3t"));
}

/* What stands behind a 204 is no answer to the next request. */
static void http__takes_no_answer_out_of_a_body__that_may_not_be_there_f40(void **state)
{
	struct http_bench *b = *state;
	static const char smuggled[] = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
	static const int statuses[] = { 204, 304 };
	for (size_t i = 0; i < 2; i++) {
		struct http_result r =
			http_bench_ask(b, (struct receiver_rule){ .status = statuses[i],
								  .body = smuggled });
		assert_int_equal(r.outcome.http_status, statuses[i]);
		r = http_bench_ask(b, (struct receiver_rule){ .status = 503 });
		assert_int_equal(r.outcome.http_status, 503);
	}
}

static void http__takes_no_answer__without_a_status_line_f40(void **state)
{
	struct http_bench *b = *state;
	static const char *const raws[] = {
		"thank you, that was accepted\r\n", /* as HTTP/0.9 has it */
		"200 OK\r\n\r\n",
		"HTTP/1.1 OK\r\n\r\n",
		"HTTP/1.1 999999 OK\r\n\r\n",
	};
	for (size_t i = 0; i < sizeof(raws) / sizeof(raws[0]); i++) {
		struct http_result r =
			http_bench_ask(b, (struct receiver_rule){ .raw = raws[i] });
		assert_int_equal(r.outcome.http_status, 0);
		assert_true(r.outcome.request_sent);
		assert_string_not_equal(r.error, "");
		assert_null(strstr(r.error, "No error"));
	}
}

/* Nothing is asked for compressed, and nothing that comes so is unpacked: a bomb stays as
 * small as it came. */
static void http__unpacks_nothing__that_comes_compressed_f40(void **state)
{
	struct http_bench *b = *state;
	/* A kilobyte of 'a' in one block of fixed codes, as deflate has it. */
	static const char bomb[] = "\x78\x9c\x4b\x4c\x1c\x05\xa3\x60\x14\x0c\x77";
	static const char *const encodings[] = { "Content-Encoding: deflate\r\n",
						 "Content-Encoding: gzip\r\n",
						 "Content-Encoding: br\r\n",
						 "Content-Encoding: nonsense\r\n" };
	for (size_t i = 0; i < sizeof(encodings) / sizeof(encodings[0]); i++) {
		struct http_result r =
			http_bench_ask(b, (struct receiver_rule){ .headers = encodings[i],
								  .body = bomb });
		assert_int_equal(r.outcome.http_status, 200);
		assert_null(strstr(r.answer, "aaaa"));
		struct received got =
			receiver_get(b->receiver, receiver_count(b->receiver) - 1);
		assert_null(strcasestr(got.headers, "Accept-Encoding"));
	}
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, http_bench_make_hasty, http_bench_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(http__is_over_after_its_time__when_an_answer_comes_by_bytes_f39),
		TEST(http__sends_nothing__when_tls_hangs_f39),
		TEST(http__takes_no_answer_out_of_a_body__that_may_not_be_there_f40),
		TEST(http__takes_no_answer__without_a_status_line_f40),
		TEST(http__unpacks_nothing__that_comes_compressed_f40),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
