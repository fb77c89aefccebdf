/* The listener's HTTP: who is let in, what is refused and how, and when it is answered
 * (T12). */
#include "core/engine/ingest.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/base/text.h"
#include "tests/support/listening.h"

/* ---- who is let in ---- */

static void ingest__takes_an_event__with_a_token(void **state)
{
	struct listening *l = *state;
	assert_int_equal(ask(l, "/v1/events", EVENT), 202);
	assert_string_equal(answer_body(l), "{\"accepted\":1,\"unmatched\":0}");
	assert_int_equal(events(l), 1);
}

static void ingest__refuses_alike__wrong_and_missing_tokens_t12(void **state)
{
	struct listening *l = *state;
	static const char *const headers[] = {
		"",
		"Authorization: Bearer wrong\r\n",
		"Authorization: Bearer \r\n",
		"Authorization: Basic " LISTENING_TOKEN "\r\n",
		"Authorization: " LISTENING_TOKEN "\r\n",
		"Authorization: Bearer " LISTENING_TOKEN "0\r\n",
		"Authorization: Bearer 0123456789abcdef0123456789abcde\r\n",
	};
	char first[512] = "";
	for (size_t i = 0; i < COUNT_OF(headers); i++) {
		char all[512];
		(void)snprintf(all, sizeof(all), "%s" JSON, headers[i]);
		assert_int_equal(ask_with(l, "POST", "/v1/events", all, EVENT), 401);
		assert_error(l);
		if (i == 0)
			assert_true(text_copy(first, sizeof(first), answer_body(l)));
		assert_string_equal(answer_body(l), first);
		assert_int_equal(ask_with(l, "GET", "/nothing", headers[i], NULL), 401);
		assert_int_equal(ask_with(l, "GET", "/metrics", headers[i], NULL), 401);
	}
	assert_non_null(strstr(buf_text(&l->answer), "WWW-Authenticate: Bearer"));
	assert_int_equal(events(l), 0);
}

static void ingest__forgets_a_token__as_soon_as_it_is_revoked(void **state)
{
	struct listening *l = *state;
	assert_int_equal(ask(l, "/v1/events", EVENT), 202);
	struct store *other = NULL;
	must(store_open(store_path(l->store), STORE_WRITE, &other, err));
	must(store_token_revoke(other, "sender", err));
	store_close(other);
	assert_int_equal(ask(l, "/v1/events", EVENT), 401);
	assert_int_equal(events(l), 1);
}

static void ingest__notes_the_last_use__to_the_minute(void **state)
{
	struct listening *l = *state;
	static const char used[] = "SELECT used_ms FROM token";
	assert_int_equal(ask(l, "/v1/events", "no json"), 400);
	assert_int_equal(number_of_sql(l->store, used), 0);
	assert_int_equal(ask(l, "/v1/events", EVENT), 202);
	assert_int_equal(number_of_sql(l->store, used), T0);
	l->wall_ms += 59999;
	assert_int_equal(ask(l, "/v1/events", EVENT), 202);
	assert_int_equal(number_of_sql(l->store, used), T0);
	l->wall_ms += 1;
	assert_int_equal(ask(l, "/metrics", NULL), 200);
	listening_turn(l);
	assert_int_equal(number_of_sql(l->store, used), T0 + 60000);
}

/* ---- errors ---- */

static void ingest__refuses__with_the_right_status(void **state)
{
	struct listening *l = *state;
	static const struct {
		const char *method, *path, *headers, *body;
		int status;
		const char *said;
	} cases[] = {
		{ "POST", "/v1/events", TOKEN JSON, "", 400, "line 1" },
		{ "POST", "/v1/events", TOKEN JSON, "{", 400, "line 1" },
		{ "POST", "/v1/events", TOKEN JSON, "[[[[1]]]]", 400, "event 1: " },
		{ "POST", "/v1/events", TOKEN JSON, "7", 400, "An event is an object" },
		{ "POST", "/v1/events", TOKEN JSON, "{\"monitor\":\"Shop\"}", 400,
		  "state is missing" },
		{ "POST", "/v1/events", TOKEN JSON,
		  "[" EVENT ",{\"monitor\":\"Shop\",\"state\":\"red\"}]", 400,
		  "event 2: state" },
		{ "POST", "/v1/events", TOKEN JSON,
		  "{\"monitor\":\"Shop\",\"state\":\"ok\",\"at\":\"2999-01-01T00:00:"
		  "00Z\"}",
		  400, "5 minutes ahead" },
		{ "POST", "/v1/events", TOKEN JSON,
		  "{\"monitor\":\"Shop\",\"monitor\":\"API\",\"state\":\"ok\"}", 400,
		  "twice" },
		{ "POST", "/v1/events", TOKEN JSON,
		  "{\"monitor\":\"\xff\",\"state\":\"ok\"}", 400, "UTF-8" },
		{ "POST", "/v1/events", TOKEN JSON,
		  "{\"monitor\":\"Sh\\u0000op\",\"state\":\"ok\"}", 400, "line 1" },
		{ "GET", "/v1/events", TOKEN, NULL, 405, "POST" },
		{ "PUT", "/v1/events", TOKEN JSON, EVENT, 405, "POST" },
		{ "DELETE", "/metrics", TOKEN, NULL, 405, "GET" },
		{ "POST", "/healthz", JSON, EVENT, 405, "GET" },
		{ "GET", "/", TOKEN, NULL, 404, "/v1/events" },
		{ "POST", "/v1/events/", TOKEN JSON, EVENT, 404, "/v1/events" },
		{ "POST", "/v1/events", TOKEN, EVENT, 415, "application/json" },
		{ "POST", "/v1/events", TOKEN "Content-Type: text/plain\r\n", EVENT, 415,
		  "application/json" },
		{ "POST", "/v1/events", TOKEN "Content-Type: application/jsonx\r\n",
		  EVENT, 415, "application/json" },
		{ "POST", "/v1/events", TOKEN JSON "Content-Encoding: gzip\r\n", EVENT,
		  415, "application/json" },
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		int status = ask_with(l, cases[i].method, cases[i].path, cases[i].headers,
				      cases[i].body);
		if (status != cases[i].status || !strstr(answer_body(l), cases[i].said))
			fail_msg("case %zu: %d %s", i, status, answer_body(l));
		assert_error(l);
	}
	assert_int_equal(events(l), 0);
	assert_int_equal(number_of_sql(l->store, "SELECT count(*) FROM unmatched"), 0);
}

static void ingest__takes_json__with_a_charset(void **state)
{
	struct listening *l = *state;
	assert_int_equal(ask_with(l, "POST", "/v1/events",
				  TOKEN
				  "Content-Type: Application/JSON; charset=utf-8\r\n",
				  EVENT),
			 202);
}

static void ingest__says_conflict__when_an_id_means_something_else_r14(void **state)
{
	struct listening *l = *state;
	static const char error[] =
		"{\"monitor\":\"Shop\",\"state\":\"error\",\"id\":\"a\"}";
	assert_int_equal(ask(l, "/v1/events", error), 202);
	assert_int_equal(ask(l, "/v1/events", error), 202);
	assert_string_equal(answer_body(l), "{\"accepted\":1,\"unmatched\":0}");
	assert_int_equal(ask(l, "/v1/events",
			     "[" EVENT
			     ",{\"monitor\":\"Shop\",\"state\":\"ok\",\"id\":\"a\"}]"),
			 409);
	assert_error(l);
	assert_int_equal(events(l), 1);
	assert_int_equal(
		ask(l, "/v1/events", "{\"monitor\":\"X\",\"state\":\"ok\",\"id\":\"a\"}"),
		202);
	assert_int_equal(ask(l, "/v1/events",
			     "{\"monitor\":\"X\",\"state\":\"error\",\"id\":\"a\"}"),
			 409);
	assert_string_equal(answer_body(l),
			    "{\"error\":\"Event id 'a' was already used for another "
			    "state or time of this monitor; send a new id\"}");
}

static void ingest__refuses_a_token__that_asks_too_often(void **state)
{
	struct listening *l = *state;
	l->options.max_per_second = 3;
	listening_start(l);
	for (int i = 0; i < 3; i++)
		assert_int_equal(ask(l, "/v1/events", EVENT), 202);
	assert_int_equal(ask(l, "/v1/events", EVENT), 429);
	assert_error(l);
	assert_non_null(strstr(buf_text(&l->answer), "Retry-After: 1"));
	assert_int_equal(events(l), 3);
	for (int i = 0; i < 3; i++)
		assert_int_equal(ask_with(l, "GET", "/metrics", "", NULL), 401);
	assert_int_equal(ask_with(l, "GET", "/metrics", "", NULL), 429);
	assert_int_equal(ask_with(l, "GET", "/healthz", "", NULL), 200);
	l->boot_ms += 1000;
	assert_int_equal(ask(l, "/v1/events", EVENT), 202);
}

/* ---- durability ---- */

static void ingest__answers_many_requests__after_one_commit(void **state)
{
	struct listening *l = *state;
	enum { CLIENTS = 20 };
	int clients[CLIENTS];
	for (int i = 0; i < CLIENTS; i++) {
		clients[i] = client_open(l);
		assert_true(write(clients[i], HEAD "Content-Length: 34\r\n\r\n" EVENT,
				  strlen(HEAD "Content-Length: 34\r\n\r\n" EVENT)) > 0);
	}
	for (int i = 0; i < CLIENTS; i++) {
		assert_int_equal(client_answer(l, clients[i]), 202);
		close(clients[i]);
	}
	assert_int_equal(events(l), CLIENTS);
	assert_in_range(l->commits, 1, CLIENTS / 2);
}

static void ingest__answers_503__when_the_store_cannot_take_it(void **state)
{
	struct listening *l = *state;
	l->fails = true;
	assert_int_equal(ask(l, "/v1/events", EVENT), 503);
	assert_error(l);
	assert_int_equal(events(l), 0);
	l->fails = false;
	ingest_set_failing(l->ingest, true);
	assert_int_equal(ask(l, "/v1/events", EVENT), 503);
	assert_int_equal(ask_with(l, "GET", "/healthz", "", NULL), 503);
	ingest_set_failing(l->ingest, false);
	assert_int_equal(ask_with(l, "GET", "/healthz", "", NULL), 200);
	assert_int_equal(ask(l, "/v1/events", EVENT), 202);
	assert_int_equal(events(l), 1);
}

/* F45: whoever sends it again, with its id, is answered as the first time. */
static void ingest__counts_once__what_a_client_that_left_sends_again(void **state)
{
	struct listening *l = *state;
	static const char body[] =
		"{\"monitor\":\"Shop\",\"state\":\"error\",\"id\":\"once\"}";
	char text[512];
	int fd = client_open(l);
	int bytes = snprintf(text, sizeof(text), HEAD "Content-Length: %zu\r\n\r\n%s",
			     strlen(body), body);
	assert_true(write(fd, text, (size_t)bytes) == bytes);
	close(fd);
	while (events(l) == 0)
		listening_turn(l);
	assert_int_equal(ask(l, "/v1/events", body), 202);
	assert_int_equal(events(l), 1);
}

static void ingest__refuses_what_comes__once_it_is_stopping(void **state)
{
	struct listening *l = *state;
	int fd = client_open(l);
	client_send(l, fd, HEAD "Content-Length: 34\r\n\r\n" EVENT);
	assert_int_equal(client_answer(l, fd), 202);
	ingest_stop(l->ingest);
	client_send(l, fd, HEAD "Content-Length: 34\r\n\r\n" EVENT);
	assert_int_equal(client_answer(l, fd), 503);
	close(fd);
	assert_int_equal(events(l), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		LISTENING_TEST(ingest__takes_an_event__with_a_token),
		LISTENING_TEST(ingest__refuses_alike__wrong_and_missing_tokens_t12),
		LISTENING_TEST(ingest__forgets_a_token__as_soon_as_it_is_revoked),
		LISTENING_TEST(ingest__notes_the_last_use__to_the_minute),
		LISTENING_TEST(ingest__refuses__with_the_right_status),
		LISTENING_TEST(ingest__takes_json__with_a_charset),
		LISTENING_TEST(
			ingest__says_conflict__when_an_id_means_something_else_r14),
		LISTENING_TEST(ingest__refuses_a_token__that_asks_too_often),
		LISTENING_TEST(ingest__answers_many_requests__after_one_commit),
		LISTENING_TEST(ingest__answers_503__when_the_store_cannot_take_it),
		LISTENING_TEST(ingest__counts_once__what_a_client_that_left_sends_again),
		LISTENING_TEST(ingest__refuses_what_comes__once_it_is_stopping),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
