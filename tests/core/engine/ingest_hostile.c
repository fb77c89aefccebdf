/* The listener and clients that mean no good, or cannot help it (T13, F41 to F46). */
#include "core/engine/ingest.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/support/listening.h"

/* ---- hostile clients ---- */

static void ingest__serves_others__while_many_are_slow_f41(void **state)
{
	struct listening *l = *state;
	enum { SLOW = 200 };
	int slow[SLOW];
	for (int i = 0; i < SLOW; i++) {
		slow[i] = client_open(l);
		client_send(l, slow[i],
			    i % 2 ? "POST /v1/ev" : HEAD "Content-Length: 34\r\n\r\n{");
	}
	assert_int_equal(ask(l, "/v1/events", EVENT), 202);
	/* They go on, a byte now and then; that keeps none of them beyond its time. */
	l->boot_ms += INGEST_DEADLINE_MS - 1;
	for (int i = 0; i < SLOW; i++)
		client_send(l, slow[i], " ");
	assert_int_equal(ask(l, "/v1/events", EVENT), 202);
	l->boot_ms += 1;
	for (int i = 0; i < SLOW; i++) {
		assert_true(client_is_closed(l, slow[i]));
		close(slow[i]);
	}
	assert_int_equal(events(l), 2);
}

static void ingest__plans_to_wake__at_the_next_deadline(void **state)
{
	struct listening *l = *state;
	listening_turn(l);
	assert_int_equal(ingest_timeout_ms(l->ingest, l->boot_ms), -1);
	int fd = client_open(l);
	client_send(l, fd, "GET");
	listening_turn(l);
	l->boot_ms += INGEST_DEADLINE_MS - 5;
	assert_int_equal(ingest_timeout_ms(l->ingest, l->boot_ms), 5);
	close(fd);
}

static void ingest__gives_each_request_its_own_time__on_one_connection(void **state)
{
	struct listening *l = *state;
	int fd = client_open(l);
	for (int i = 0; i < 3; i++) {
		l->boot_ms += INGEST_DEADLINE_MS - 1;
		client_send(l, fd, HEAD "Content-Length: 34\r\n\r\n" EVENT);
		assert_int_equal(client_answer(l, fd), 202);
	}
	l->boot_ms += INGEST_DEADLINE_MS;
	assert_true(client_is_closed(l, fd));
	close(fd);
}

static void ingest__closes_at_once__one_connection_too_many_f42(void **state)
{
	struct listening *l = *state;
	enum { MANY = 8 };
	int fds[MANY + 1];
	l->options.connections = MANY;
	listening_start(l);
	for (int i = 0; i < MANY; i++) {
		fds[i] = client_open(l);
		listening_turn(l);
	}
	fds[MANY] = client_open(l);
	assert_true(client_is_closed(l, fds[MANY]));
	client_send(l, fds[0], HEAD "Content-Length: 34\r\n\r\n" EVENT);
	assert_int_equal(client_answer(l, fds[0]), 202);
	for (int i = 0; i <= MANY; i++)
		close(fds[i]);
	listening_turn(l);
	assert_int_equal(ask(l, "/v1/events", EVENT), 202);
}

static void ingest__refuses_a_body__beyond_a_mebibyte_f43(void **state)
{
	struct listening *l = *state;
	char *body = mem_new(INGEST_BODY_MAX + 2, 1);
	memset(body, ' ', INGEST_BODY_MAX + 1);
	memcpy(body, EVENT, strlen(EVENT));
	assert_int_equal(ask(l, "/v1/events", body), 413);
	assert_error(l);
	body[INGEST_BODY_MAX] = '\0';
	assert_int_equal(ask(l, "/v1/events", body), 202);

	/* In pieces, without saying how much: 1 MiB and then more. */
	int fd = client_open(l);
	client_send(l, fd, HEAD "Transfer-Encoding: chunked\r\n\r\n");
	for (int i = 0; i < 17; i++) {
		client_send(l, fd, "10000\r\n");
		client_send_bytes(l, fd, body, 0x10000);
		client_send(l, fd, "\r\n");
	}
	client_send(l, fd, "0\r\n\r\n");
	assert_int_equal(client_answer(l, fd), 413);
	close(fd);
	free(body);
	assert_int_equal(events(l), 1);
}

static void ingest__changes_nothing__for_lengths_that_lie_f43(void **state)
{
	struct listening *l = *state;
	static const struct {
		const char *text;
		int status; /* 0: closed without an answer */
	} cases[] = {
		{ HEAD "Content-Length: -1\r\n\r\n" EVENT, 400 },
		{ HEAD "Content-Length: x\r\n\r\n" EVENT, 400 },
		{ HEAD "Content-Length: 99999999999999999999\r\n\r\n" EVENT, 413 },
		{ HEAD "Content-Length: 1048577\r\n\r\n" EVENT, 413 },
		{ HEAD "Transfer-Encoding: chunked\r\n\r\nzz\r\n" EVENT, 400 },
		{ HEAD "Content-Length: 5\r\n\r\n" EVENT, 400 },
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		int fd = client_open(l);
		client_send(l, fd, cases[i].text);
		int status = client_answer(l, fd);
		if (status != cases[i].status)
			fail_msg("case %zu: %d %s", i, status, buf_text(&l->answer));
		close(fd);
	}
	assert_int_equal(events(l), 0);
}

/* A promise of more than is sent: the client may wait as long as it is given. */
static void ingest__closes_a_request__that_never_ends(void **state)
{
	struct listening *l = *state;
	int fd = client_open(l);
	client_send(l, fd, HEAD "Content-Length: 1000\r\n\r\n" EVENT);
	l->boot_ms += INGEST_DEADLINE_MS;
	assert_true(client_is_closed(l, fd));
	close(fd);
	assert_int_equal(events(l), 0);
}

static void ingest__answers_in_order__what_is_pipelined(void **state)
{
	struct listening *l = *state;
	int fd = client_open(l);
	client_send(l, fd,
		    HEAD "Content-Length: 34\r\n\r\n" EVENT
			 "GET /healthz HTTP/1.1\r\nHost: test\r\n\r\n" HEAD
			 "Connection: close\r\nContent-Length: 2\r\n\r\n[]");
	assert_true(client_is_closed(l, fd));
	const char *text = buf_text(&l->answer);
	const char *first = strstr(text, "\"accepted\":1");
	const char *second = first ? strstr(first, "\"status\":\"ok\"") : NULL;
	assert_non_null(second);
	assert_non_null(strstr(second, "\"accepted\":0"));
	close(fd);
}

static void ingest__survives_garbage__of_any_kind_f46(void **state)
{
	struct listening *l = *state;
	uint64_t random = 46;
	for (int i = 0; i < 300; i++) {
		char bytes[512];
		size_t count = random_step(&random) % sizeof(bytes);
		for (size_t j = 0; j < count; j++)
			bytes[j] = (char)random_step(&random);
		int fd = client_open(l);
		if (i % 3 == 0)
			client_send(l, fd, HEAD);
		client_send_bytes(l, fd, bytes, count);
		client_send(l, fd, "\r\n\r\n");
		listening_turn(l);
		close(fd);
	}
	assert_int_equal(ask(l, "/v1/events", EVENT), 202);
	assert_int_equal(events(l), 1);
}

static void ingest__refuses_a_head__that_is_too_long(void **state)
{
	struct listening *l = *state;
	char *head = mem_new(INGEST_HEADERS_MAX + 100, 1);
	memset(head, 'a', INGEST_HEADERS_MAX + 50);
	int fd = client_open(l);
	client_send(l, fd, HEAD "X-Long: ");
	client_send(l, fd, head);
	client_send(l, fd, "\r\nContent-Length: 34\r\n\r\n" EVENT);
	int status = client_answer(l, fd);
	assert_true(status == 0 || status == 431 || status == 413 || status == 400);
	close(fd);
	free(head);
	assert_int_equal(events(l), 0);
}

/* Requests hidden in others: never two where a proxy sees one. */
static void ingest__takes_no_second_request__out_of_a_smuggling_pair_f43(void **state)
{
	struct listening *l = *state;
	static const char *const lengths[] = {
		"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
		"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n",
		"Content-Length: 5\r\nContent-Length: 4\r\n",
		"Content-Length: 5\r\ncontent-length: 5\r\n",
		"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
	};
	for (size_t i = 0; i < COUNT_OF(lengths); i++) {
		int fd = client_open(l);
		client_send(l, fd, HEAD);
		client_send(l, fd, lengths[i]);
		client_send(l, fd,
			    "\r\n0\r\n\r\n" HEAD "Content-Length: 34\r\n\r\n" EVENT);
		assert_int_equal(client_answer(l, fd), 400);
		assert_true(client_is_closed(l, fd));
		close(fd);
	}
	assert_int_equal(events(l), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		LISTENING_TEST(ingest__serves_others__while_many_are_slow_f41),
		LISTENING_TEST(ingest__plans_to_wake__at_the_next_deadline),
		LISTENING_TEST(
			ingest__gives_each_request_its_own_time__on_one_connection),
		LISTENING_TEST(ingest__closes_at_once__one_connection_too_many_f42),
		LISTENING_TEST(ingest__refuses_a_body__beyond_a_mebibyte_f43),
		LISTENING_TEST(ingest__changes_nothing__for_lengths_that_lie_f43),
		LISTENING_TEST(ingest__closes_a_request__that_never_ends),
		LISTENING_TEST(ingest__answers_in_order__what_is_pipelined),
		LISTENING_TEST(ingest__survives_garbage__of_any_kind_f46),
		LISTENING_TEST(ingest__refuses_a_head__that_is_too_long),
		LISTENING_TEST(
			ingest__takes_no_second_request__out_of_a_smuggling_pair_f43),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
