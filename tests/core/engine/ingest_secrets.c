/* What senders are answered holds no secret (I30): not their token, right or wrong, and none
 * of the database's, whatever they ask and however they fail. */
#include "core/engine/ingest.h"

#include <stdio.h>
#include <string.h>

#include "tests/support/canary.h"
#include "tests/support/listening.h"

#define WRONG "wR0ngT0kenThatIsAS3cret"
#define URL_TOKEN "Kx9QwT7zLm2PvR4yTk"
#define GOOD_TOKEN "Authorization: Bearer " LISTENING_TOKEN "\r\n"
#define WRONG_TOKEN "Authorization: Bearer " WRONG "\r\n"
#define JSON "Content-Type: application/json\r\n"

static void have_secrets(struct listening *l)
{
	struct service service;
	must(store_get(l->store, RECORD_SERVICE, WEBSITE, &service, err));
	(void)snprintf(service.url, sizeof(service.url),
		       "https://hub.example/hooks?token=" URL_TOKEN);
	must(store_put(l->store, RECORD_SERVICE, &service, err));
}

static void ingest__answers_with_no_secret__whatever_is_asked(void **state)
{
	struct listening *l = *state;
	static const struct {
		const char *method, *path, *headers, *body;
		int status;
	} requests[] = {
		{ "POST", "/v1/events", GOOD_TOKEN JSON,
		  "{\"monitor\":\"Shop\",\"state\":\"error\"}", 202 },
		{ "POST", "/v1/events", WRONG_TOKEN JSON,
		  "{\"monitor\":\"Shop\",\"state\":\"error\"}", 401 },
		{ "POST", "/v1/events", "Authorization: Basic " WRONG "\r\n" JSON, "{}",
		  401 },
		{ "POST", "/v1/events", GOOD_TOKEN JSON, "{\"token\":\"" WRONG "\"}",
		  400 },
		{ "POST", "/v1/events", GOOD_TOKEN JSON, "{\"monitor\":" WRONG "}", 400 },
		{ "POST", "/v1/events", GOOD_TOKEN "Content-Type: " WRONG "\r\n", "{}",
		  415 },
		{ "GET", "/v1/events?token=" LISTENING_TOKEN, GOOD_TOKEN, NULL, 405 },
		{ "GET", "/" WRONG "?token=" WRONG, GOOD_TOKEN, NULL, 404 },
		{ "GET", "/metrics", GOOD_TOKEN, NULL, 200 },
		{ "GET", "/metrics?token=" WRONG, "", NULL, 401 },
		{ "GET", "/healthz", GOOD_TOKEN, NULL, 200 },
		{ "POST", "/v1/uptrends", GOOD_TOKEN JSON, "{\"alert\":\"" WRONG "\"}",
		  400 },
		{ "POST", "/v1/alertmanager", GOOD_TOKEN JSON,
		  "{\"version\":\"" WRONG "\"}", 400 },
	};
	struct canaries canaries = { 0 };
	canary_add(&canaries, "the sender's token", LISTENING_TOKEN);
	canary_add(&canaries, "a service's token", URL_TOKEN);
	canary_add(&canaries, "a wrong token", WRONG);
	have_secrets(l);
	for (size_t i = 0; i < COUNT_OF(requests); i++) {
		const int status = ask_with(l, requests[i].method, requests[i].path,
					    requests[i].headers, requests[i].body);
		const char *found =
			canary_in(&canaries, buf_text(&l->answer), l->answer.len);
		if (found || status != requests[i].status)
			fail_msg("request %zu: %d with %s: %s", i, status,
				 found ? found : "no secret", buf_text(&l->answer));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		LISTENING_TEST(ingest__answers_with_no_secret__whatever_is_asked),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
