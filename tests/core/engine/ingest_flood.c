/* F44: events by the ten thousand, in few requests and over many connections. Whatever was
 * answered with 202 is there, and nothing else is. */
#include "core/engine/ingest.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "tests/support/listening.h"

enum { EVENTS = 10000, IN_ONE = 1000, CLIENTS = 200, BODY_MAX_BYTES = 1 << 20 };

#define REQUEST HEAD "Content-Length: %zu\r\n\r\n%s"

/* Event n of all: each monitor's turn, with an id of its own. */
static void add_event(struct buf *ret, int n)
{
	static const char *const monitors[] = { "Shop", "Mail", "Batch" };
	buf_addf(ret, "{\"monitor\":\"%s\",\"state\":\"%s\",\"id\":\"%d\"}",
		 monitors[n % 3], n % 2 == 0 ? "error" : "ok", n);
}

static void post_thousand(struct listening *l, int first)
{
	DEFER(buf_done) struct buf body = BUF_INIT(BODY_MAX_BYTES);
	for (int n = first; n < first + IN_ONE; n++) {
		buf_adds(&body, n == first ? "[" : ",");
		add_event(&body, n);
	}
	buf_adds(&body, "]");
	post(l, "/v1/events", buf_text(&body));
	assert_accepted(l, IN_ONE, 0);
}

static void ingest__loses_nothing__of_ten_thousand_in_arrays_f44(void **state)
{
	struct listening *l = *state;
	for (int first = 0; first < EVENTS; first += IN_ONE)
		post_thousand(l, first);
	assert_int_equal(events(l), EVENTS);
	/* All of them again, as a sender does that heard no answer. */
	for (int first = 0; first < EVENTS; first += IN_ONE)
		post_thousand(l, first);
	assert_int_equal(events(l), EVENTS);
}

static void write_request(int fd, int n)
{
	DEFER(buf_done) struct buf body = BUF_INIT(512);
	char text[1024];
	add_event(&body, n);
	(void)snprintf(text, sizeof(text), REQUEST, body.len, buf_text(&body));
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
}

/* Every client asks for one thing after the other, and all of them at once. */
static void ingest__loses_nothing__of_ten_thousand_requests_f44(void **state)
{
	struct listening *l = *state;
	int clients[CLIENTS];
	for (int i = 0; i < CLIENTS; i++)
		clients[i] = client_open(l);
	for (int n = 0; n < EVENTS; n += CLIENTS) {
		for (int i = 0; i < CLIENTS; i++)
			write_request(clients[i], n + i);
		for (int i = 0; i < CLIENTS; i++)
			assert_int_equal(client_answer(l, clients[i]), 202);
	}
	for (int i = 0; i < CLIENTS; i++)
		close(clients[i]);
	assert_int_equal(events(l), EVENTS);
	/* They share transactions: a disk that syncs slowly is not asked each time. */
	assert_in_range(l->commits, 1, EVENTS / 10);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		LISTENING_TEST(ingest__loses_nothing__of_ten_thousand_in_arrays_f44),
		LISTENING_TEST(ingest__loses_nothing__of_ten_thousand_requests_f44),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
