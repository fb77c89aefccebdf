/* delivery: one update with its attempts and its request, and acts on it (R16, R22). */
#include "tests/support/stage.h"

static const char held[] = "{'hublink': 1, 'integrations': [{'name': 'Hub', 'services': ["
			   " {'name': 'Website', 'publish_after': '10m'}]}]}";

static struct stage *with_held(void **state)
{
	struct stage *s = *state;
	stage_import(s, held);
	stage_do(s, "event Shop error");
	stage_settle(s);
	assert_deliveries(s, "disruption held");
	return s;
}

/* Website's disruption was answered with 422. */
static struct stage *with_failed(void **state)
{
	static const struct receiver_rule refuses = {
		.path = "/website", .times = 1, .status = 422, .body = "no such hook"
	};
	struct stage *s = *state;
	receiver_rule(s->receiver, refuses);
	stage_do(s, "event Shop error");
	stage_settle(s);
	assert_deliveries(s, "disruption failed");
	return s;
}

static const char delivery_keys[] =
	"id key incident service integration kind state attempts http_status error "
	"created_at next_attempt_at sent_at delivered_at";

static void delivery_show__has_the_shape_of_the_contract(void **state)
{
	struct stage *s = with_failed(state);
	const char *out = stage_out(s, 0, "--json delivery show 1");
	json_free(assert_object(out, 0, delivery_keys));
	struct json *delivery = assert_object(out, 0, "request{} tries[]");
	const struct json *request = json_get(delivery, "request");
	struct received sent = receiver_get(s->receiver, 0);
	assert_string_equal(json_string(json_get(request, "method")), "POST");
	assert_non_null(json_string(json_get(request, "url")));
	assert_string_equal(
		json_string(json_get(json_get(request, "headers"), "Idempotency-Key")),
		sent.key);
	assert_string_equal(json_string(json_get(request, "body")), sent.body);
	const struct json *attempt = json_first(json_get(delivery, "tries"));
	assert_string_equal(json_string(json_get(attempt, "answer")), "no such hook");
	json_free(delivery);
}

static void delivery_show__prints_every_attempt__and_the_request(void **state)
{
	struct stage *s = with_failed(state);
	const char *out = stage_out(s, 0, "delivery show 1");
	assert_holds(out, "state        failed\n");
	assert_holds(out, "error        answered 422\n");
	assert_holds(out, "422");
	assert_holds(out, "no such hook");
	assert_holds(out, "\nPOST http://127.0.0.1:");
	assert_holds(out, "\nIdempotency-Key: ");
	assert_holds(out, "\"state\":\"investigating\"");
}

static void delivery_show__says_so__when_it_was_not_tried(void **state)
{
	struct stage *s = with_held(state);
	assert_holds(stage_err(s, 0, "delivery show 1"), "It was not tried yet.");
	json_free(assert_object(stage_out(s, 0, "--json delivery show 1"), 0,
				"state tries[] request{}"));
}

static void delivery_show__of_a_test__names_no_incident(void **state)
{
	struct stage *s = *state;
	stage_do(s, "test Website --send --yes --state disruption");
	assert_lacks(stage_out(s, 0, "delivery show 1"), "incident     #");
}

static void delivery__is_5__when_there_is_none_and_3__when_it_is_no_number(void **state)
{
	static const char *const acts[] = { "show", "retry", "cancel", "release" };
	struct stage *s = *state;
	for (size_t i = 0; i < COUNT_OF(acts); i++) {
		assert_holds(stage_err(s, 5, "delivery %s 7", acts[i]),
			     "Delivery 7 does not exist");
		assert_holds(stage_err(s, 3, "delivery %s 0", acts[i]),
			     "`hublink list deliveries`");
		stage_err(s, 2, "delivery %s", acts[i]);
	}
}

static void delivery_retry__tries_at_once__what_was_refused(void **state)
{
	struct stage *s = with_failed(state);
	assert_holds(stage_out(s, 0, "delivery retry 1"),
		     "Delivery #1 to 'Website' is tried now");
	stage_settle(s);
	assert_deliveries(s, "disruption delivered");
	assert_holds(stage_err(s, 4, "delivery retry 1"), "it is delivered");
}

static void set_url__tries_at_once__what_was_refused(void **state)
{
	struct stage *s = with_failed(state);
	char url[100];
	receiver_url(s->receiver, "/elsewhere\n", url, sizeof(url));
	assert_holds(cli_err_fed(&s->sandbox, 0, "service set-url Website", url),
		     "refused before, is tried with the new URL\n"
		     "No engine runs: it is sent when one does");
	stage_settle(s);
	assert_told(s, "/elsewhere", "investigating down");
}

static void delivery_retry__takes_all_that_failed__or_waits(void **state)
{
	struct stage *s = with_failed(state);
	struct json *answer =
		assert_object(stage_out(s, 0, "--json delivery retry --all-failed"), 0,
			      "count queued said[]");
	int64_t count = 0;
	assert_true(json_integer(json_get(answer, "count"), &count));
	assert_int_equal(count, 1);
	json_free(answer);
	assert_deliveries(s, "disruption queued");
	assert_holds(stage_out(s, 0, "delivery retry --all-waiting"),
		     "1 delivery is tried now");
	assert_string_equal(stage_out(s, 0, "delivery retry --all-failed"),
			    "No delivery is failed\n");
	stage_err(s, 2, "delivery retry --all-failed --all-waiting");
	stage_err(s, 2, "delivery retry --all-failed 1");
}

static void list_deliveries__tells_the_next_try__of_what_is_unfinished(void **state)
{
	static const char no_next_try[] = " UTC  -  ";
	struct stage *s = with_held(state);
	assert_lacks(stage_out(s, 0, "list deliveries"), no_next_try);
	stage_out(s, 0, "delivery cancel 1");
	assert_holds(stage_out(s, 0, "list deliveries"), no_next_try);
}

static void delivery_release__lets_go__what_is_held(void **state) /* R16 */
{
	struct stage *s = with_held(state);
	assert_holds(stage_err(s, 4, "delivery retry 1"), "`hublink delivery release 1`");
	assert_holds(stage_err(s, 0, "delivery release 1"), "No engine runs");
	assert_holds(stage_err(s, 4, "delivery release 1"), "it is queued, not held");
	stage_settle(s);
	assert_told(s, "/website", "investigating down");
}

static void delivery_cancel__makes_it_never_public(void **state) /* R16, R22 */
{
	struct stage *s = with_held(state);
	const char *out = stage_out(s, 0, "--json delivery cancel 1");
	json_free(assert_object(out, 0, delivery_keys));
	struct json *answer = assert_object(out, 0, "queued local said[]");
	assert_string_equal(json_string(json_get(answer, "state")), "cancelled");
	json_free(answer);
	assert_incidents(s, "Website never-public");
	assert_string_equal(stage_member(s, "incidents", 0, "service_status"),
			    "operational"); /* R9 */
	assert_holds(stage_err(s, 4, "delivery cancel 1"), "it is cancelled");
}

static void delivery_cancel__of_a_recovery__names_the_remedy(void **state)
{
	struct stage *s = *state;
	stage_events(s, "12:00 Shop error");
	stage_settle(s);
	stage_do(s, "mode paused");
	stage_events(s, "12:05 Shop ok");
	stage_settle(s);
	assert_deliveries(s, "disruption delivered, recovery queued");
	assert_holds(stage_out(s, 0, "delivery cancel 2"),
		     "`hublink resync 'Hub/Website'` tells it");
}

static void delivery_acts__change_all_or_none(void **state)
{
	struct stage *s = with_held(state);
	assert_holds(stage_err(s, 5, "delivery cancel 1 9"), "Nothing was changed");
	assert_deliveries(s, "disruption held");
	stage_err(s, 4, "--read-only delivery cancel 1");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STAGE_TEST(delivery_show__has_the_shape_of_the_contract),
		STAGE_TEST(delivery_show__prints_every_attempt__and_the_request),
		STAGE_TEST(delivery_show__says_so__when_it_was_not_tried),
		STAGE_TEST(delivery_show__of_a_test__names_no_incident),
		STAGE_TEST(
			delivery__is_5__when_there_is_none_and_3__when_it_is_no_number),
		STAGE_TEST(delivery_retry__tries_at_once__what_was_refused),
		STAGE_TEST(set_url__tries_at_once__what_was_refused),
		STAGE_TEST(delivery_retry__takes_all_that_failed__or_waits),
		STAGE_TEST(list_deliveries__tells_the_next_try__of_what_is_unfinished),
		STAGE_TEST(delivery_release__lets_go__what_is_held),
		STAGE_TEST(delivery_cancel__makes_it_never_public),
		STAGE_TEST(delivery_cancel__of_a_recovery__names_the_remedy),
		STAGE_TEST(delivery_acts__change_all_or_none),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
