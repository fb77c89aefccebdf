#include "tests/support/http_bench.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/base/clock.h"
#include "tests/support/check.h"

static void keep(void *arg, int64_t id, const struct outcome *outcome)
{
	struct http_bench *b = arg;
	assert_true(b->done < HTTP_RESULTS_MAX);
	struct http_result *r = &b->results[b->done++];
	*r = (struct http_result){ .id = id, .outcome = *outcome };
	snprintf(r->error, sizeof(r->error), "%s", outcome->error ? outcome->error : "");
	snprintf(r->answer, sizeof(r->answer), "%s",
		 outcome->answer ? outcome->answer : "");
}

static void open_http(struct http_bench *b, const struct http_options *options)
{
	struct err err = { 0 };
	b->http = http_new(options, &err);
	assert_non_null(b->http);
	b->http->done = keep;
	b->http->done_arg = b;
}

enum { GIVE_UP_MS = 60000, HASTE_MS = 1500 };

static void make(void **state, int64_t timeout_ms)
{
	struct http_bench *b = calloc(1, sizeof(*b));
	b->receiver = receiver_new();
	open_http(b,
		  &(struct http_options){ .max_in_flight = 8, .timeout_ms = timeout_ms });
	*state = b;
}

int http_bench_make(void **state)
{
	make(state, GIVE_UP_MS);
	return 0;
}

int http_bench_make_hasty(void **state)
{
	make(state, HASTE_MS);
	return 0;
}

int http_bench_remove(void **state)
{
	struct http_bench *b = *state;
	b->http->ops->free(b->http);
	receiver_free(b->receiver);
	free(b);
	return 0;
}

/* fd: looked at, too; -1: none. True: it can be read from. */
static bool turn(struct http_bench *b, int fd)
{
	struct err err = { 0 };
	struct pollfd ready[] = {
		{ .fd = b->http->ops->fd(b->http), .events = POLLIN },
		{ .fd = fd, .events = POLLIN },
	};
	int wait_ms = b->http->ops->timeout_ms(b->http);
	poll(ready, COUNT_OF(ready), wait_ms < 0 || wait_ms > 100 ? 100 : wait_ms);
	assert_true(b->http->ops->perform(b->http, &err));
	return ready[1].revents != 0;
}

void http_bench_turn_until(struct http_bench *b, size_t done)
{
	int64_t give_up_ms = clock_boot_ms() + GIVE_UP_MS;
	while (b->done < done && clock_boot_ms() < give_up_ms)
		(void)turn(b, -1);
	assert_int_equal(b->done, done);
}

void http_bench_turn_until_readable(struct http_bench *b, int fd)
{
	int64_t give_up_ms = clock_boot_ms() + GIVE_UP_MS;
	while (!turn(b, fd))
		assert_true(clock_boot_ms() < give_up_ms);
}

void http_bench_send(struct http_bench *b, int64_t id, const char *url)
{
	struct err err = { 0 };
	struct request request = { .id = id,
				   .url = url,
				   .key = "11111111-2222-4333-8444-555555555555",
				   .body = "{\"type\":\"incident\"}" };
	bool taken = b->http->ops->send(b->http, &request, &err);
	assert_string_equal(err.text, "");
	assert_true(taken);
}

struct http_result http_bench_ask(struct http_bench *b, struct receiver_rule rule)
{
	char url[256];
	receiver_forget_rules(b->receiver);
	receiver_rule(b->receiver, rule);
	http_bench_send(b, 7,
			receiver_url(b->receiver, "/hooks/uptrends?token=s3cr3tvalue",
				     url, sizeof(url)));
	http_bench_turn_until(b, b->done + 1);
	return b->results[b->done - 1];
}
