/* The stand-in over real sockets: what it keeps, refuses and fails to do. */
#include <signal.h>
#include <string.h>

#include "core/base/compiler.h"
#include "core/base/random.h"
#include "tests/support/check.h"
#include "tests/support/hub.h"

static void hub__keeps_an_incident__from_disruption_to_recovery_R4_R6(void **state)
{
	struct hub hub = HUB_START();
	char body[UPDATE_SIZE];

	(void)state;
	assert_int_equal(hub_status(&hub, "/hooks/uptrends?token=t1",
				    an_update(body, "i1", "investigating", "down"), "k1"),
			 200);
	struct json *document = hub_state_of(&hub);
	const struct json *service = json_first(json_get(document, "services"));
	char token[FINGERPRINT_SIZE];
	assert_text(service, "name", "Web<site>");
	assert_text(service, "status", "disruption");
	assert_text(service, "token", fingerprint(token, "t1"));
	json_free(document);

	assert_int_equal(hub_status(&hub, "/hooks/uptrends?token=t1",
				    an_update(body, "i1", "monitoring", "up"), "k2"),
			 200);
	document = hub_state_of(&hub);
	const struct json *incident = json_first(json_get(document, "incidents"));
	const struct json *updates = json_get(incident, "updates");
	assert_text(json_first(json_get(document, "services")), "status", "operational");
	assert_int_equal(json_count(json_get(document, "incidents")), 1);
	assert_text(incident, "id", "i1");
	assert_text(incident, "state", "monitoring");
	assert_int_equal(json_count(updates), 2);
	assert_text(json_first(updates), "state", "investigating");
	assert_text(json_first(updates), "key", "k1");
	assert_text(json_next(json_first(updates)), "description", "now monitoring");
	assert_int_equal(number_of(document, "requests"), 2);
	json_free(document);
	hub_stop(&hub, SIGTERM);
}

static void hub__counts_a_repeated_key__and_changes_nothing(void **state)
{
	struct hub hub = HUB_START("--listen", "127.0.0.1:0");
	char body[UPDATE_SIZE];

	(void)state;
	for (int i = 0; i < 3; i++)
		assert_int_equal(hub_status(&hub, "/hooks/x?token=t&name=Mail",
					    an_update(body, "i", "investigating", NULL),
					    "k"),
				 200);
	struct json *document = hub_state_of(&hub);
	assert_int_equal(number_of(document, "duplicates"), 2);
	assert_int_equal(number_of(document, "accepted"), 1);
	assert_text(json_first(json_get(document, "services")), "name", "Mail");
	assert_int_equal(json_count(json_get(json_first(json_get(document, "incidents")),
					     "updates")),
			 1);
	json_free(document);
	hub_stop(&hub, SIGINT);
}

static void hub__derives_the_status__of_a_generic_v2_service(void **state)
{
	struct hub hub = HUB_START();
	char body[UPDATE_SIZE];

	(void)state;
	hub_status(&hub, "/hooks/v2?token=t", an_update(body, "a", "investigating", NULL),
		   "1");
	hub_status(&hub, "/hooks/v2?token=t", an_update(body, "b", "identified", NULL),
		   "2");
	hub_status(&hub, "/hooks/v2?token=t", an_update(body, "a", "monitoring", NULL),
		   "3");
	struct json *document = hub_state_of(&hub);
	assert_text(json_first(json_get(document, "services")), "status", "disruption");
	json_free(document);
	hub_status(&hub, "/hooks/v2?token=t", an_update(body, "b", "resolved", NULL),
		   "4");
	document = hub_state_of(&hub);
	assert_text(json_first(json_get(document, "services")), "status", "operational");
	json_free(document);
	hub_stop(&hub, SIGTERM);
}

static void hub__has_a_service__per_token_and_path(void **state)
{
	static const char *const paths[] = { "/hooks/a?token=1", "/hooks/a?token=2",
					     "/hooks/b?token=1", "/hooks/a?token=1&x=1" };
	struct hub hub = HUB_START();
	char body[UPDATE_SIZE];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(paths); i++)
		hub_status(&hub, paths[i], an_update(body, "i", "investigating", NULL),
			   NULL);
	struct json *document = hub_state_of(&hub);
	assert_int_equal(json_count(json_get(document, "services")), 3);
	assert_int_equal(json_count(json_get(document, "incidents")), 3);
	json_free(document);
	hub_stop(&hub, SIGTERM);
}

static void hub__refuses__what_no_hook_takes(void **state)
{
	static const struct {
		const char *path, *body;
		long status;
	} cases[] = {
		{ "/hooks/x?token=t", "{", 400 },
		{ "/hooks/x?token=t", "[]", 400 },
		{ "/hooks/x?token=t", "{\"type\":\"incident\"}", 400 },
		{ "/hooks/x?token=t", "{\"type\":\"x\",\"type\":\"incident\"}", 400 },
		{ "/hooks/x", "{}", 401 },
		{ "/hooks/x?token=", "{}", 401 },
		{ "/hooks/", "{}", 404 },
		{ "/else", "{}", 404 },
		{ "/state", "{}", 405 },
		{ "/hooks/x?token=t", NULL, 405 },
	};
	struct hub hub = HUB_START();
	char body[UPDATE_SIZE];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		assert_int_equal(hub_status(&hub, cases[i].path, cases[i].body, NULL),
				 cases[i].status);
	assert_int_equal(hub_status(&hub, "/hooks/x?token=t",
				    an_update(body, "i", "never-public", NULL), NULL),
			 400);
	assert_int_equal(hub_status(&hub, "/hooks/x?token=t",
				    an_update(body, "i", "monitoring", "sideways"), NULL),
			 400);
	struct json *document = hub_state_of(&hub);
	assert_int_equal(json_count(json_get(document, "services")), 0);
	assert_int_equal(number_of(document, "refused"), 8);
	json_free(document);
	hub_stop(&hub, SIGTERM);
}

static void hub__fails__as_its_options_say(void **state)
{
	struct hub hub = HUB_START("--status=429", "--retry-after", "7");
	char body[UPDATE_SIZE];

	(void)state;
	struct answer answer = hub_ask(&hub, "/hooks/x?token=t",
				       an_update(body, "i", "investigating", NULL), "k");
	assert_int_equal(answer.status, 429);
	assert_string_equal(answer.retry_after, "7");
	buf_done(&answer.body);

	assert_int_equal(hub_status(&hub, "/control", "{\"status\":0}", NULL), 200);
	assert_int_equal(hub_status(&hub, "/hooks/x?token=t", body, "k"), 200);
	assert_int_equal(hub_status(&hub, "/control", "{\"status\":503}", NULL), 200);
	assert_int_equal(hub_status(&hub, "/hooks/x?token=t", body, "l"), 503);
	assert_int_equal(hub_status(&hub, "/control", "{\"fail_percent\":0}", NULL), 200);
	assert_int_equal(hub_status(&hub, "/hooks/x?token=t", body, "l"), 200);
	assert_int_equal(hub_status(&hub, "/control", "{\"fail_percent\":101}", NULL),
			 400);
	assert_int_equal(hub_status(&hub, "/control", "{\"colour\":1}", NULL), 400);
	struct json *document = hub_state_of(&hub);
	assert_int_equal(number_of(document, "failed"), 2);
	assert_int_equal(number_of(document, "accepted"), 2);
	assert_int_equal(number_of(document, "duplicates"), 0);
	json_free(document);
	hub_stop(&hub, SIGTERM);
}

static void hub__fails_a_part__of_the_requests(void **state)
{
	struct hub hub = HUB_START("--fail", "50");
	char body[UPDATE_SIZE];
	int failed = 0;

	(void)state;
	an_update(body, "i", "investigating", NULL);
	for (int i = 0; i < 100; i++)
		failed += hub_status(&hub, "/hooks/x?token=t", body, NULL) == 503;
	assert_in_range(failed, 15, 85);
	hub_stop(&hub, SIGTERM);
}

static void hub__takes_and_says_nothing__when_it_drops(void **state)
{
	struct hub hub = HUB_START("--drop", "100");
	char body[UPDATE_SIZE];

	(void)state;
	struct answer answer = hub_ask(&hub, "/hooks/x?token=t",
				       an_update(body, "i", "investigating", NULL), "k");
	assert_int_equal(answer.code, CURLE_GOT_NOTHING);
	buf_done(&answer.body);
	hub_status(&hub, "/control", "{\"drop_percent\":0}", NULL);
	assert_int_equal(hub_status(&hub, "/hooks/x?token=t", body, "k"), 200);
	struct json *document = hub_state_of(&hub);
	assert_int_equal(number_of(document, "dropped"), 1);
	assert_int_equal(number_of(document, "duplicates"), 1);
	json_free(document);
	hub_stop(&hub, SIGTERM);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			hub__keeps_an_incident__from_disruption_to_recovery_R4_R6),
		cmocka_unit_test(hub__counts_a_repeated_key__and_changes_nothing),
		cmocka_unit_test(hub__derives_the_status__of_a_generic_v2_service),
		cmocka_unit_test(hub__has_a_service__per_token_and_path),
		cmocka_unit_test(hub__refuses__what_no_hook_takes),
		cmocka_unit_test(hub__fails__as_its_options_say),
		cmocka_unit_test(hub__fails_a_part__of_the_requests),
		cmocka_unit_test(hub__takes_and_says_nothing__when_it_drops),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
