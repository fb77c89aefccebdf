/* test: a dry run by default, one attempt each with --send, a connection with --connect. */
#include <string.h>

#include "tests/support/stage.h"

static void test__is_a_dry_run__that_prints_exact_requests(void **state)
{
	struct stage *s = *state;
	const char *out = stage_out(s, 0, "--json test Website");
	assert_int_equal(count_lines(out), 2);
	for (int i = 0; i < 2; i++) {
		struct json *request = assert_object(out, i, "method url headers{} body");
		const char *text = json_string(json_get(request, "body"));
		struct json *body = json_parse(text, strlen(text), NULL);
		assert_non_null(body);
		assert_holds(json_string(json_get(body, "title")), "TEST – ");
		assert_string_equal(json_string(json_get(body, "state")),
				    i ? "monitoring" : "investigating");
		assert_string_equal(json_string(json_get(json_get(request, "headers"),
							 "Content-Type")),
				    "application/json");
		json_free(body);
		json_free(request);
	}
	assert_holds(stage_err(s, 0, "test Website"), "DRY RUN");
	assert_int_equal(receiver_connections(s->receiver), 0);
	assert_deliveries(s, "");
}

static void test__remarks_braces__that_go_out_as_they_stand(void **state)
{
	struct stage *s = *state;
	stage_import(s, "{\"hublink\":1,\"integrations\":[{\"name\":\"Hub\",\"text\":{"
			"\"title\":\"{{ @service.name }} is down\"}}]}");
	assert_holds(stage_err(s, 0, "test Website"),
		     "'{{ @service.name }}' goes out as it stands: a variable looks like "
		     "{{@service.name}}\n");
}

static void test__takes_a_state__services__an_integration__all(void **state)
{
	struct stage *s = *state;
	static const struct {
		const char *line;
		int requests;
	} runs[] = {
		{ "Website --state disruption", 1 },
		{ "Website --state operational", 1 },
		{ "Website --state both", 2 },
		{ "Website Partner", 4 },
		{ "--integration Hub --state disruption", 2 },
		{ "--all", 4 },
	};
	for (size_t i = 0; i < COUNT_OF(runs); i++)
		assert_int_equal(
			count_lines(stage_out(s, 0, "--json test %s", runs[i].line)),
			runs[i].requests);
}

static void test__is_refused__by_its_words(void **state)
{
	struct stage *s = *state;
	assert_holds(stage_err(s, 5, "test Nix"), "Service 'Nix'");
	assert_holds(stage_err(s, 5, "test --integration Nix"), "Integration 'Nix'");
	assert_holds(stage_err(s, 2, "test"), "needs SERVICE");
	stage_err(s, 2, "test Website --all");
	stage_err(s, 2, "test --all --integration Hub");
	assert_holds(stage_err(s, 2, "test Website --state red"),
		     "both|disruption|operational");
	assert_holds(stage_err(s, 2, "test Website --send --connect"), "exclude");
}

static void test__masks_urls__unless_asked__which_the_audit_keeps(void **state)
{
	struct stage *s = *state;
	stage_import(s, "{'hublink':1,'integrations':[{'name':'Hub','services':["
			"{'name':'Website','url':'{hub}/website?token=geheim'}]}]}");
	assert_holds(stage_out(s, 0, "test Website"), "/website?token=***");
	assert_lacks(stage_out(s, 0, "--json test Website"), "geheim");
	stage_err(s, 4, "--read-only test Website --show-secrets");
	assert_holds(stage_out(s, 0, "test Website --show-secrets"), "?token=geheim");
	assert_string_equal(stage_member(s, "audit --limit 1", 0, "action"), "reveal");
	assert_string_equal(stage_member(s, "audit --limit 1", 0, "object"), "Website");
}

static void test_send__is_one_attempt_each__whatever_the_mode(void **state)
{
	struct stage *s = *state;
	stage_do(s, "mode dry-run");
	const char *out = stage_out(s, 0, "--json test Website --send --yes");
	assert_int_equal(count_lines(out), 2);
	struct json *answer =
		assert_object(out, 0,
			      "method url headers{} body service integration delivered "
			      "http_status error answer");
	json_free(answer);
	assert_told(s, "/website", "investigating down, monitoring up");
	assert_string_equal(stage_member(s, "deliveries", 0, "kind"), "test");
	assert_string_equal(stage_member(s, "deliveries", 0, "incident"), "null");
	assert_holds(stage_out(s, 0, "--json history Website"),
		     "\"incident\":null,\"key\":null");
	assert_services(s, "Partner operational, Website operational");
}

static void test_send__needs_yes__without_a_terminal(void **state)
{
	struct stage *s = *state;
	assert_holds(stage_err(s, 4, "test Website --send"), "--yes");
	assert_int_equal(receiver_connections(s->receiver), 0);
	stage_err(s, 4, "--read-only test Website --send --yes");
}

static void test_send__is_1__when_it_is_not_delivered(void **state)
{
	static const struct receiver_rule refuses = { .status = 503, .body = "later" };
	struct stage *s = *state;
	receiver_rule(s->receiver, refuses);
	const char *out = stage_out(s, 1, "test Website --send --yes");
	assert_holds(out, "not delivered, answered 503");
	assert_holds(out, "later");
	assert_int_equal(receiver_count(s->receiver), 1); /* no retry, no recovery */
	assert_deliveries(s, "test cancelled");
}

static void test_send__is_refused__while_something_is_open(void **state)
{
	struct stage *s = *state;
	stage_do(s, "event Shop error");
	stage_settle(s);
	assert_holds(stage_err(s, 4, "test Website --send --yes"), "incident #1 open");
	stage_do(s, "incident detach 1");
	assert_holds(stage_err(s, 4, "test Website --send --yes"), "incident #1");
	stage_do(s, "event Shop ok");
	stage_settle(s);
	stage_out(s, 0, "test Website --send --yes");
	stage_do(s, "mode paused");
	stage_do(s, "event Batch error");
	stage_settle(s);
	stage_do(s, "incident resolve 2 --force");
	assert_holds(stage_err(s, 4, "test Partner --send --yes"), "unfinished");
	stage_out(s, 0, "test Partner");
}

static void test_connect__makes_no_request(void **state)
{
	struct stage *s = *state;
	struct json *answer =
		assert_object(stage_out(s, 0, "--json test Website --connect"), 0,
			      "service integration connected error");
	json_free(answer);
	assert_int_equal(receiver_connections(s->receiver), 1);
	assert_int_equal(receiver_count(s->receiver), 0);
	stage_import(s, "{'hublink':1,'integrations':[{'name':'Hub','services':["
			"{'name':'Website','url':'http://127.0.0.1:1/x'}]}]}");
	assert_holds(stage_out(s, 1, "test Website --connect"), "no connection");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STAGE_TEST(test__is_a_dry_run__that_prints_exact_requests),
		STAGE_TEST(test__remarks_braces__that_go_out_as_they_stand),
		STAGE_TEST(test__takes_a_state__services__an_integration__all),
		STAGE_TEST(test__is_refused__by_its_words),
		STAGE_TEST(test__masks_urls__unless_asked__which_the_audit_keeps),
		STAGE_TEST(test_send__is_one_attempt_each__whatever_the_mode),
		STAGE_TEST(test_send__needs_yes__without_a_terminal),
		STAGE_TEST(test_send__is_1__when_it_is_not_delivered),
		STAGE_TEST(test_send__is_refused__while_something_is_open),
		STAGE_TEST(test_connect__makes_no_request),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
