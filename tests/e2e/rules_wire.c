/* What goes on the wire, from outside. */
#include <stdio.h>
#include <string.h>

#include "tests/support/stage.h"

#define HUB(members) "{'hublink': 1, 'integrations': [{'name': 'Hub', " members "}]}"
#define GENERIC HUB("'payload': 'generic-v2'")

/* "type id title": the keys of an object, in order. */
static const char *keys_of(struct stage *s, const struct json *object)
{
	buf_reset(&s->text);
	for (const struct json *item = json_first(object); item; item = json_next(item))
		buf_addf(&s->text, "%s%s", s->text.len ? " " : "", json_key(item));
	return buf_text(&s->text);
}

static void assert_sent(struct stage *s, size_t index, const char *path,
			const char *expected)
{
	assert_string_equal(stage_sent(s, index, path), expected);
}

/* ---- headers ---- */

static void assert_uuid(const char *text)
{
	assert_int_equal(strlen(text), 36);
	assert_int_equal(strspn(text, "0123456789abcdef-"), 36);
	assert_int_equal(text[14], '4'); /* random */
}

static void wire__each_request_has_its_headers__and_a_key_of_its_own(void **state)
{
	struct stage *s = *state;
	stage_import(s, HUB("'services': [{'name': 'Website',"
			    " 'url': '{hub}/hooks/uptrends?token=598f3b0da9ba4738'}]"));
	stage_events(s, "12:00 Shop error, 12:05 Shop ok");
	stage_settle(s);
	struct received one = receiver_get(s->receiver, 0);
	struct received other = receiver_get(s->receiver, 1);
	assert_string_equal(one.method, "POST");
	assert_string_equal(one.path, "/hooks/uptrends?token=598f3b0da9ba4738");
	assert_string_equal(one.content_type, "application/json");
	assert_string_equal(one.user_agent, "hublink/" HUBLINK_VERSION);
	assert_string_equal(one.webhook_id, one.key);
	assert_uuid(one.key);
	assert_uuid(other.key);
	assert_string_not_equal(one.key, other.key);
}

/* ---- generic-v2 ---- */

static void wire__generic_v2_has_just_its_fields__and_the_default_texts(void **state)
{
	struct stage *s = *state;
	stage_import(s, GENERIC);
	stage_events(s, "12:00 Shop error, 12:05 Shop ok");
	stage_settle(s);
	for (size_t i = 0; i < 2; i++) {
		struct json *body = stage_body(s, i);
		assert_string_equal(keys_of(s, body),
				    "type id title description start_time state");
		json_free(body);
		assert_sent(s, i, "type", "incident");
		assert_sent(s, i, "title", "Website: Service disruption");
		assert_sent(s, i, "start_time", "2026-01-05T12:00:00Z");
	}
	assert_sent(s, 0, "description", "We are investigating a problem with Website.");
	assert_sent(s, 1, "description", "Website is operating normally.");
	assert_sent(s, 0, "state", "investigating");
	assert_sent(s, 1, "state", "monitoring");
}

static void wire__the_id_is_the_incidents_key__the_same_in_every_update_of_it(
	void **state)
{
	struct stage *s = *state;
	stage_events(s, "12:00 Shop error, 12:05 Shop ok, 12:06 Shop error");
	stage_settle(s);
	char key[64], other[64];
	snprintf(key, sizeof(key), "%s", stage_member(s, "incidents", 0, "key"));
	snprintf(other, sizeof(other), "%s", stage_member(s, "incidents", 1, "key"));
	assert_sent(s, 0, "id", key);
	assert_sent(s, 1, "id", key);
	assert_sent(s, 2, "id", other);
	assert_string_not_equal(key, other);
}

/* ---- uptrends ---- */

static void assert_member_keys(struct stage *s, size_t index, const char *member,
			       const char *expected)
{
	struct json *body = stage_body(s, index);
	const struct json *object = *member ? json_get(body, member) : body;
	assert_string_equal(keys_of(s, object), expected);
	json_free(body);
}

static void wire__uptrends_has_its_fields_too__of_the_updates_cause(void **state)
{
	struct stage *s = *state;
	stage_import(s, "{'hublink': 1, 'monitors': [{'name': 'Shop',"
			" 'guid': '0b1f1111-2222-4333-8444-555566667777'}]}");
	stage_events(s, "12:00 Shop error, 12:01 API error, 12:05 Shop ok, 12:07 API ok");
	stage_settle(s);
	for (size_t i = 0; i < 2; i++) {
		assert_member_keys(s, i, "",
				   "type id title description start_time state "
				   "service_status alert monitor");
		assert_member_keys(s, i, "alert", "type guid definition level timestamp");
		assert_member_keys(s, i, "monitor", "name guid");
		assert_sent(s, i, "alert.definition", "Default");
		assert_sent(s, i, "alert.level", "1");
		assert_uuid(stage_sent(s, i, "alert.guid"));
	}
	assert_sent(s, 0, "service_status", "down");
	assert_sent(s, 0, "alert.type", "Alert");
	assert_sent(s, 0, "alert.timestamp", "2026-01-05T12:00:00Z");
	assert_sent(s, 0, "monitor.name", "Shop");
	assert_sent(s, 0, "monitor.guid", "0b1f1111-2222-4333-8444-555566667777");
	assert_sent(s, 1, "service_status", "up");
	assert_sent(s, 1, "alert.type", "Ok");
	assert_sent(s, 1, "alert.timestamp", "2026-01-05T12:07:00Z");
	assert_sent(s, 1, "monitor.name", "API");
	assert_sent(s, 1, "monitor.guid", "null");
}

static void wire__a_recovery_names_its_ok__though_the_last_episode_triggered_nothing(
	void **state)
{
	struct stage *s = *state;
	stage_import(s, HUB("'services': [{'name': 'Website', 'recover_after': '10m'}]"));
	stage_import(s, "{'hublink': 1, 'alert_definitions': [{'name': 'Default',"
			" 'levels': [{'level': 1, 'after': {'errors': 2}}]}]}");
	stage_events(s, "12:00 Shop error, 12:01 Shop error, 12:02 Shop ok,"
			"12:05 Shop error, 12:06 Shop ok");
	stage_settle(s);
	assert_told(s, "/website", "investigating down, monitoring up");
	assert_sent(s, 1, "alert.type", "Ok");
	assert_sent(s, 1, "monitor.name", "Shop");
}

static void wire__alert_and_monitor_are_null__by_hand(void **state)
{
	struct stage *s = *state;
	stage_do(s, "incident open Website --message 'We look'");
	stage_event(s, "Batch error");
	stage_do(s, "incident recover 1");
	stage_settle(s);
	char opened[32];
	snprintf(opened, sizeof(opened), "%.19s",
		 stage_member(s, "incidents", 0, "opened_at"));
	for (size_t i = 0; i < receiver_count(s->receiver); i++) {
		if (strcmp(receiver_get(s->receiver, i).path, "/website") != 0)
			continue;
		assert_sent(s, i, "alert", "null");
		assert_sent(s, i, "monitor", "null");
		assert_memory_equal(stage_sent(s, i, "start_time"), opened, 19);
	}
	assert_told(s, "/website", "investigating down, monitoring up");
}

/* ---- texts ---- */

static void wire__a_text_takes_its_variables_inside_strings__whatever_they_hold(
	void **state)
{
	struct stage *s = *state;
	stage_import(s,
		     HUB("'text': {'title': '{{@monitor.name}} of {{@service.name}}',"
			 " 'disruption': '{{@alert.failureMessage}}'},"
			 "'services': [{'name': 'Partner', 'text': {'title': 'Own'}}]"));
	stage_do(s, "event Batch error");
	stage_event(s, "Shop error --message a\"b\\c{{@service.name}}");
	for (size_t i = 0; i < 2; i++)
		if (strcmp(receiver_get(s->receiver, i).path, "/website") == 0) {
			assert_sent(s, i, "title", "Shop of Website");
			assert_sent(s, i, "description", "a\"b\\c{{@service.name}}");
		} else {
			assert_sent(s, i, "title", "Own");
		}
}

static void wire__a_custom_payload_is_the_template__filled_in(void **state)
{
	struct stage *s = *state;
	stage_import(s, HUB("'payload': 'custom', 'template': {'text':"
			    " '{{@service.name}} {{@alert.type}}', 'n': 1}"));
	stage_event(s, "Shop error");
	assert_member_keys(s, 0, "", "text n");
	assert_holds(stage_sent(s, 0, "text"), "Website ");
}

/* ---- what is shown is what is sent ---- */

static void wire__the_bytes_shown_are_those_sent__by_delivery_show(void **state)
{
	struct stage *s = *state;
	struct err err = { 0 };
	stage_event(s, "Shop error");
	const char *text = stage_out(s, 0, "--json delivery show 1");
	struct json *shown = json_parse(text, strlen(text), &err);
	assert_non_null(shown);
	const struct json *request = json_get(shown, "request");
	if (!request)
		request = shown;
	struct received sent = receiver_get(s->receiver, 0);
	assert_string_equal(json_string(json_get(request, "body")), sent.body);
	assert_string_equal(json_string(json_get(request, "method")), "POST");
	const struct json *headers = json_get(request, "headers");
	assert_string_equal(json_string(json_get(headers, "Idempotency-Key")), sent.key);
	json_free(shown);
}

static void wire__a_test_opens_no_socket_and_says_so__until_it_is_sent(void **state)
{
	struct stage *s = *state;
	const char *text = stage_out(s, 0, "--json test Website");
	assert_int_equal(count_lines(text), 2);
	json_free(assert_object(text, 0, "method url headers{} body"));
	assert_int_equal(receiver_connections(s->receiver), 0);
	stage_err(s, 4, "test Website --send");
	assert_int_equal(receiver_connections(s->receiver), 0);
	stage_do(s, "mode dry-run"); /* whatever the mode */
	stage_do(s, "test Website --send --yes");
	assert_told(s, "/website", "investigating down, monitoring up");
	assert_memory_equal(stage_sent(s, 0, "title"), "TEST – ", strlen("TEST – "));
	assert_sent(s, 0, "test", "true");
	stage_import(s, GENERIC);
	stage_do(s, "test Website --send --yes --state disruption");
	assert_member_keys(s, 2, "", "type id title description start_time state");
}

static const struct CMUnitTest tests[] = {
	STAGE_TEST(wire__each_request_has_its_headers__and_a_key_of_its_own),
	STAGE_TEST(wire__generic_v2_has_just_its_fields__and_the_default_texts),
	STAGE_TEST(wire__the_id_is_the_incidents_key__the_same_in_every_update_of_it),
	STAGE_TEST(wire__uptrends_has_its_fields_too__of_the_updates_cause),
	STAGE_TEST(
		wire__a_recovery_names_its_ok__though_the_last_episode_triggered_nothing),
	STAGE_TEST(wire__alert_and_monitor_are_null__by_hand),
	STAGE_TEST(wire__a_text_takes_its_variables_inside_strings__whatever_they_hold),
	STAGE_TEST(wire__a_custom_payload_is_the_template__filled_in),
	STAGE_TEST(wire__the_bytes_shown_are_those_sent__by_delivery_show),
	STAGE_TEST(wire__a_test_opens_no_socket_and_says_so__until_it_is_sent),
};

int main(void)
{
	return cmocka_run_group_tests(tests, NULL, NULL);
}
