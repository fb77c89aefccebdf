/* The transport of deliveries on a bench: libcurl against a receiver of our own, turned by
 * the test until the outcomes have come. */
#ifndef TESTS_SUPPORT_HTTP_BENCH_H
#define TESTS_SUPPORT_HTTP_BENCH_H

#include <stddef.h>
#include <stdint.h>

#include "core/engine/http.h"
#include "core/rules/model.h"
#include "tests/support/receiver.h"

enum { HTTP_RESULTS_MAX = 64 };

struct http_result {
	int64_t id;
	struct outcome outcome;
	char error[512], answer[ANSWER_KEPT + 1];
};

struct http_bench {
	struct receiver *receiver;
	struct transport *http;
	struct http_result
		results[HTTP_RESULTS_MAX]; /* in the order in which they came */
	size_t done;
};

/* cmocka set-up and tear-down: *state is a struct http_bench *. A hasty one gives a request a
 * second and a half, for who waits until that is over; any other a minute. */
int http_bench_make(void **state);
int http_bench_make_hasty(void **state);
int http_bench_remove(void **state);

void http_bench_send(struct http_bench *bench, int64_t id, const char *url);
/* Until that many outcomes have come; fails after ten seconds. */
void http_bench_turn_until(struct http_bench *bench, size_t done);
/* Until there is something to read from fd, or its end; fails after ten seconds. */
void http_bench_turn_until_readable(struct http_bench *bench, int fd);
/* One request under this rule alone. */
struct http_result http_bench_ask(struct http_bench *bench, struct receiver_rule rule);

#endif
