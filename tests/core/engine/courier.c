/* The courier with the real carrier against a receiver on loopback, and with one that
 * breaks down. */
#include "core/engine/courier.h"

#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/engine/http.h"
#include "tests/support/check.h"
#include "tests/support/receiver.h"

enum { IN_FLIGHT = 4, REQUESTS = 32, GIVE_UP_MS = 60000 };

struct bench {
	struct receiver *receiver;
	struct multi *multi;
	struct transport *courier;
	pthread_t holder;
	int64_t status[REQUESTS]; /* by id */
	bool sent[REQUESTS];
	char error[512]; /* the last one's */
	size_t done;
};

static void keep(void *arg, int64_t id, const struct outcome *outcome)
{
	struct bench *b = arg;
	assert_true(pthread_equal(pthread_self(), b->holder));
	b->status[id] = outcome->http_status;
	b->sent[id] = outcome->request_sent;
	(void)snprintf(b->error, sizeof(b->error), "%s",
		       outcome->error ? outcome->error : "");
	b->done++;
}

static void open_courier(struct bench *b, struct transport *carrier)
{
	struct err err = { 0 };
	b->holder = pthread_self();
	b->multi = multi_new(1, &err);
	assert_non_null(b->multi);
	b->courier = courier_new(carrier, b->multi, &err);
	assert_non_null(b->courier);
	b->courier->done = keep;
	b->courier->done_arg = b;
}

static int make_bench(void **state)
{
	struct bench *b = calloc(1, sizeof(*b));
	struct err err = { 0 };
	b->receiver = receiver_new();
	struct transport *http =
		http_new(&(struct http_options){ .max_in_flight = IN_FLIGHT }, &err);
	assert_non_null(http);
	open_courier(b, http);
	*state = b;
	return 0;
}

static int remove_bench(void **state)
{
	struct bench *b = *state;
	b->courier->ops->free(b->courier);
	multi_free(b->multi);
	receiver_free(b->receiver);
	free(b);
	return 0;
}

static void send_to(struct bench *b, int64_t id)
{
	char url[256];
	struct err err = { 0 };
	struct request request = { .id = id,
				   .url = receiver_url(b->receiver, "/hooks/t", url,
						       sizeof(url)),
				   .key = "11111111-2222-4333-8444-555555555555",
				   .body = "{\"type\":\"incident\"}" };
	assert_true(b->courier->ops->send(b->courier, &request, &err));
	memset(url, 'x', sizeof(url)); /* it has copies of its own */
}

static bool turn(struct bench *b, struct err *err)
{
	struct pollfd ready = { .fd = b->courier->ops->fd(b->courier), .events = POLLIN };
	(void)poll(&ready, 1, 100);
	return b->courier->ops->perform(b->courier, err);
}

static void turn_until(struct bench *b, size_t done)
{
	struct err err = { 0 };
	int64_t give_up_ms = clock_boot_ms() + GIVE_UP_MS;
	while (b->done < done && clock_boot_ms() < give_up_ms)
		assert_true(turn(b, &err));
	assert_int_equal(b->done, done);
}

static void courier__brings_each_outcome_back__to_its_holder(void **state)
{
	struct bench *b = *state;
	receiver_rule(b->receiver, (struct receiver_rule){ .times = 2, .status = 503 });
	for (int64_t id = 0; id < REQUESTS; id++) {
		send_to(b, id);
		turn_until(b, (size_t)id + 1);
	}
	assert_int_equal(receiver_count(b->receiver), REQUESTS);
	for (size_t id = 0; id < REQUESTS; id++)
		assert_int_equal(b->status[id], id < 2 ? 503 : 200);
	assert_string_equal(receiver_get(b->receiver, 7).body, "{\"type\":\"incident\"}");
}

static void courier__sends_on__while_its_holder_is_elsewhere(void **state)
{
	struct bench *b = *state;
	for (int64_t id = 0; id < IN_FLIGHT; id++)
		send_to(b, id);
	assert_true(receiver_wait(b->receiver, IN_FLIGHT));
	assert_int_equal(b->done, 0);
	turn_until(b, IN_FLIGHT);
}

static void courier__says_what_was_not_sent__when_the_carrier_refuses(void **state)
{
	struct bench *b = *state;
	receiver_rule(b->receiver, (struct receiver_rule){ .end = RECEIVER_HANGS });
	for (int64_t id = 0; id <= IN_FLIGHT; id++)
		send_to(b, id);
	turn_until(b, 1);
	assert_int_equal(b->status[IN_FLIGHT], 0);
	assert_false(b->sent[IN_FLIGHT]);
	assert_non_null(strstr(b->error, "in flight"));
}

static void courier__ends_at_once__with_requests_on_their_way(void **state)
{
	struct bench *b = *state;
	receiver_rule(b->receiver, (struct receiver_rule){ .end = RECEIVER_HANGS });
	send_to(b, 0);
	assert_true(receiver_wait(b->receiver, 1));
	int64_t begin_ms = clock_boot_ms();
	b->courier->ops->free(b->courier);
	b->courier = NULL;
	assert_true(clock_boot_ms() - begin_ms < HTTP_TIMEOUT_MS);
	assert_int_equal(b->done, 0);
	struct err err = { 0 };
	b->courier =
		courier_new(http_new(&(struct http_options){ 0 }, &err), b->multi, &err);
	assert_non_null(b->courier);
}

/* ---- what goes along with it ---- */

struct job {
	struct multi_job job; /* first */
	bool done;
};

static void note_end(struct multi_job *job, CURLcode code)
{
	assert_int_equal(code, CURLE_OK);
	((struct job *)job)->done = true;
}

static void courier__performs_what_is_beside_it__in_its_holders_thread(void **state)
{
	struct bench *b = *state;
	char url[256];
	struct err err = { 0 };
	struct job job = { .job = { .easy = curl_easy_init(), .done = note_end } };
	curl_easy_setopt(job.job.easy, CURLOPT_URL,
			 receiver_url(b->receiver, "/check", url, sizeof(url)));
	curl_easy_setopt(job.job.easy, CURLOPT_POSTFIELDS, "");
	assert_true(multi_add(b->multi, &job.job, &err));
	int64_t give_up_ms = clock_boot_ms() + GIVE_UP_MS;
	while (!job.done && clock_boot_ms() < give_up_ms) {
		int wait_ms = b->courier->ops->timeout_ms(b->courier);
		struct pollfd ready = { .fd = b->courier->ops->fd(b->courier),
					.events = POLLIN };
		(void)poll(&ready, 1, wait_ms < 0 || wait_ms > 100 ? 100 : wait_ms);
		assert_true(b->courier->ops->perform(b->courier, &err));
	}
	assert_true(job.done);
	curl_easy_cleanup(job.job.easy);
}

/* ---- a carrier that breaks down ---- */

static bool never_send(struct transport *transport, const struct request *request,
		       struct err *err)
{
	(void)transport;
	(void)request;
	(void)err;
	return true;
}

static bool break_down(struct transport *transport, struct err *err)
{
	(void)transport;
	return fail(err, ERR_FAILED, "the wheel is off");
}

static int no_fd(const struct transport *transport)
{
	(void)transport;
	return -1;
}

static void free_nothing(struct transport *transport)
{
	(void)transport;
}

static void courier__fails__when_its_carrier_has_broken_down(void **state)
{
	static const struct transport_ops ops = { .send = never_send,
						  .perform = break_down,
						  .fd = no_fd,
						  .timeout_ms = no_fd,
						  .free = free_nothing };
	struct transport carrier = { .ops = &ops };
	struct bench b = { 0 };
	struct err err = { 0 };
	(void)state;
	open_courier(&b, &carrier);
	int64_t give_up_ms = clock_boot_ms() + GIVE_UP_MS;
	while (turn(&b, &err) && clock_boot_ms() < give_up_ms)
		continue;
	assert_string_equal(err.text, "the wheel is off");
	/* Told once, the bell is silent, though nothing came back: it keeps nobody awake. */
	struct pollfd bell = { .fd = b.courier->ops->fd(b.courier), .events = POLLIN };
	assert_int_equal(poll(&bell, 1, 0), 0);
	b.courier->ops->free(b.courier);
	multi_free(b.multi);
}

#define COURIER_TEST(name) cmocka_unit_test_setup_teardown(name, make_bench, remove_bench)

int main(void)
{
	struct err err = { 0 };
	const struct CMUnitTest tests[] = {
		COURIER_TEST(courier__brings_each_outcome_back__to_its_holder),
		COURIER_TEST(courier__sends_on__while_its_holder_is_elsewhere),
		COURIER_TEST(courier__says_what_was_not_sent__when_the_carrier_refuses),
		COURIER_TEST(courier__ends_at_once__with_requests_on_their_way),
		COURIER_TEST(courier__performs_what_is_beside_it__in_its_holders_thread),
		cmocka_unit_test(courier__fails__when_its_carrier_has_broken_down),
	};
	if (!http_prepare_process(&err))
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
