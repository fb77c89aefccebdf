#include "core/rules/payload.h"

#include <stdio.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/base/compiler.h"
#include "core/base/json.h"
#include "core/base/random.h"
#include "core/base/text.h"
#include "tests/support/check.h"

static const struct public_text wording = {
	.title = "{{@service.name}}: Service disruption",
	.disruption = "We are investigating a problem with {{@service.name}}.",
	.recovery = "{{@service.name}} is operating normally.",
};

/* A disruption of Website by Shop's level 1 at 14:03:51, in error since 14:02:51. */
static struct payload_facts a_disruption(enum payload payload)
{
	return (struct payload_facts){
		.payload = payload,
		.integration_text = &wording,
		.kind = KIND_DISRUPTION,
		.incident_key = "11111111-2222-4333-8444-555555555555",
		.incident_status = INCIDENT_INVESTIGATING,
		.service_status = SERVICE_DISRUPTION,
		.start_ms = INT64_C(1795442571000),
		.service = "Website",
		.integration = "Statushub",
		.has_alert = true,
		.alert_type = ALERT_ERROR,
		.alert_guid = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee",
		.definition = "Default",
		.level = 1,
		.alert_ms = INT64_C(1795442631000),
		.first_error_ms = INT64_C(1795442571000),
		.errors = 2,
		.failure_message = "HTTP 500",
		.monitor = "Shop",
		.monitor_guid = "0b1f",
	};
}

static struct payload_facts a_recovery(enum payload payload)
{
	struct payload_facts facts = a_disruption(payload);
	facts.kind = KIND_RECOVERY;
	facts.incident_status = INCIDENT_MONITORING;
	facts.service_status = SERVICE_OPERATIONAL;
	facts.alert_type = ALERT_OK;
	facts.alert_ms += 48 * HOUR_MS + 3 * MINUTE_MS;
	return facts;
}

static void repeat(char *ret, size_t size, const char *text, int times)
{
	struct buf all = BUF_INIT(size - 1);
	for (int i = 0; i < times; i++)
		buf_adds(&all, text);
	assert_true(text_copy(ret, size, buf_text(&all)));
	buf_done(&all);
}

static void assert_body(const struct payload_facts *facts, const char *expected)
{
	struct buf body = BUF_INIT(BODY_MAX);
	struct err err = { 0 };
	bool built = payload_build(facts, &body, &err);
	if (!built)
		print_error("%s\n", err.text);
	assert_true(built);
	assert_string_equal(buf_text(&body), expected);
	struct json *parsed = json_parse(body.data, body.len, &err);
	assert_non_null(parsed);
	json_free(parsed);
	buf_done(&body);
}

#define GENERIC_DISRUPTION                                                        \
	"{\"type\":\"incident\",\"id\":\"11111111-2222-4333-8444-555555555555\"," \
	"\"title\":\"Website: Service disruption\","                              \
	"\"description\":\"We are investigating a problem with Website.\","       \
	"\"start_time\":\"2026-11-23T14:02:51Z\",\"state\":\"investigating\""

static void payload_build__writes_generic_v2__byte_by_byte(void **state)
{
	struct payload_facts facts = a_disruption(PAYLOAD_GENERIC_V2);

	(void)state;
	assert_body(&facts, GENERIC_DISRUPTION "}");
}

static void payload_build__writes_uptrends_disruption__byte_by_byte_R4(void **state)
{
	struct payload_facts facts = a_disruption(PAYLOAD_UPTRENDS);

	(void)state;
	assert_body(&facts, GENERIC_DISRUPTION
		    ",\"service_status\":\"down\",\"alert\":{\"type\":\"Alert\","
		    "\"guid\":\"aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee\",\"definition\":"
		    "\"Default\","
		    "\"level\":1,\"timestamp\":\"2026-11-23T14:03:51Z\"},"
		    "\"monitor\":{\"name\":\"Shop\",\"guid\":\"0b1f\"}}");
}

static void payload_build__writes_uptrends_recovery__byte_by_byte_R6(void **state)
{
	struct payload_facts facts = a_recovery(PAYLOAD_UPTRENDS);

	(void)state;
	assert_body(
		&facts,
		"{\"type\":\"incident\",\"id\":\"11111111-2222-4333-8444-555555555555\","
		"\"title\":\"Website: Service disruption\","
		"\"description\":\"Website is operating normally.\","
		"\"start_time\":\"2026-11-23T14:02:51Z\",\"state\":\"monitoring\","
		"\"service_status\":\"up\",\"alert\":{\"type\":\"Ok\","
		"\"guid\":\"aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee\",\"definition\":"
		"\"Default\","
		"\"level\":1,\"timestamp\":\"2026-11-25T14:06:51Z\"},"
		"\"monitor\":{\"name\":\"Shop\",\"guid\":\"0b1f\"}}");
}

static void payload_build__writes_null_causes__by_hand_and_without_guid(void **state)
{
	struct payload_facts facts = a_disruption(PAYLOAD_UPTRENDS);

	(void)state;
	facts.has_alert = false;
	facts.message = "We \"look\" into it: {{@service.name}}\n{{@no.such}}";
	assert_body(
		&facts,
		"{\"type\":\"incident\",\"id\":\"11111111-2222-4333-8444-555555555555\","
		"\"title\":\"Website: Service disruption\","
		"\"description\":\"We \\\"look\\\" into it: "
		"{{@service.name}}\\n{{@no.such}}\","
		"\"start_time\":\"2026-11-23T14:02:51Z\",\"state\":\"investigating\","
		"\"service_status\":\"down\",\"alert\":null,\"monitor\":null}");

	facts = a_disruption(PAYLOAD_UPTRENDS);
	const char *const none[] = { "", NULL };
	for (size_t i = 0; i < COUNT_OF(none); i++) {
		facts.monitor_guid = none[i];
		struct buf body = BUF_INIT(BODY_MAX);
		assert_true(payload_build(&facts, &body, NULL));
		assert_non_null(strstr(buf_text(&body),
				       "\"monitor\":{\"name\":\"Shop\",\"guid\":null}"));
		buf_done(&body);
	}
}

static void payload_build__does_not_say_normal__while_the_service_is_down_R9(void **state)
{
	struct payload_facts facts = a_recovery(PAYLOAD_UPTRENDS);
	struct buf body = BUF_INIT(BODY_MAX);

	(void)state;
	facts.service_status = SERVICE_DISRUPTION;
	assert_true(payload_build(&facts, &body, NULL));
	assert_non_null(strstr(buf_text(&body), "\"state\":\"monitoring\""));
	assert_non_null(strstr(buf_text(&body), "\"service_status\":\"down\""));
	assert_null(strstr(buf_text(&body), "operating normally"));
	buf_done(&body);
}

static void payload_build__marks_a_test__in_title_and_field(void **state)
{
	struct payload_facts facts = a_disruption(PAYLOAD_UPTRENDS);
	struct buf body = BUF_INIT(BODY_MAX);

	(void)state;
	facts.test = true;
	assert_true(payload_build(&facts, &body, NULL));
	assert_non_null(strstr(buf_text(&body),
			       "\"title\":\"TEST – Website: Service disruption\""));
	assert_non_null(strstr(buf_text(&body), ",\"test\":true}"));
	buf_reset(&body);

	facts.payload = PAYLOAD_GENERIC_V2;
	assert_true(payload_build(&facts, &body, NULL));
	assert_non_null(strstr(buf_text(&body), "\"title\":\"TEST – Website"));
	assert_null(strstr(buf_text(&body), "\"test\""));
	buf_done(&body);
}

static void payload_build__prefers_the_services_words__where_it_has_some(void **state)
{
	static const struct public_text own = { .title = "Shop is slow" };
	struct payload_facts facts = a_disruption(PAYLOAD_GENERIC_V2);
	struct buf body = BUF_INIT(BODY_MAX);

	(void)state;
	facts.service_text = &own;
	assert_true(payload_build(&facts, &body, NULL));
	assert_non_null(strstr(buf_text(&body), "\"title\":\"Shop is slow\""));
	assert_non_null(strstr(buf_text(&body), "problem with Website."));
	buf_done(&body);
}

static void payload_build__fills_a_custom_template__inside_strings_only(void **state)
{
	struct payload_facts facts = a_recovery(PAYLOAD_CUSTOM);

	(void)state;
	facts.service = "Web\"site\\";
	facts.template_json =
		"{ \"t\": \"{{@incident.title}}\", \"n\": [1, true, \"\\u00e4\"],\n"
		"  \"all\": \"{{@alert.type}}/{{@escalationLevel.id}}"
		"/{{@alert.downtimeDuration}}/{{@service.status}}\" }";
	assert_body(&facts, "{ \"t\": \"Web\\\"site\\\\: Service disruption\", "
			    "\"n\": [1, true, \"\\u00e4\"],\n"
			    "  \"all\": \"Ok/1/48:04:00/up\" }");
}

static void payload_build__marks_a_custom_test__at_every_title_once(void **state)
{
	struct payload_facts facts = a_disruption(PAYLOAD_CUSTOM);

	(void)state;
	facts.test = true;
	facts.template_json = "{\"title\": \"{{@service.name}} down\", "
			      "\"x\": {\"title\" : \"{{@incident.title}}\"}, "
			      "\"text\": \"title\", \"list\": [\"title\", \"b\"]}";
	assert_body(&facts,
		    "{\"title\": \"TEST – Website down\", "
		    "\"x\": {\"title\" : \"TEST – Website: Service disruption\"}, "
		    "\"text\": \"title\", \"list\": [\"title\", \"b\"]}");
}

static void payload_build__keeps_every_body_valid_and_small__for_hostile_values(
	void **state)
{
	static char message[MESSAGE_SIZE], name[NAME_SIZE];
	static struct public_text loud;
	uint64_t seed = 3;

	(void)state;
	repeat(loud.disruption, sizeof(loud.disruption), "{{@alert.failureMessage}}", 80);
	repeat(loud.title, sizeof(loud.title), "{{@service.name}}", 117);
	for (int round = 0; round < 200; round++) {
		for (size_t i = 0; i < sizeof(message) - 1; i++)
			message[i] = "\"\\\n\t\x1b\x01{@}/<a"[random_step(&seed) % 13];
		for (size_t i = 0; i < NAME_CHARS_MAX; i++)
			name[i] = "\"\\{@}a"[random_step(&seed) % 6];
		struct payload_facts facts =
			a_disruption((enum payload)(round % PAYLOAD_COUNT));
		facts.integration_text = &loud;
		facts.failure_message = message;
		facts.monitor = facts.service = facts.definition = name;
		facts.message = round % 2 == 0 ? message : NULL;
		facts.template_json =
			"{\"a\":\"{{@alert.failureMessage}}{{@incident.title}}\","
			"\"{{@monitor.name}}\":\"{{@incident.description}}\"}";
		struct buf body = BUF_INIT(BODY_MAX);
		struct err err = { 0 };
		assert_true(payload_build(&facts, &body, &err));
		struct json *parsed = json_parse(body.data, body.len, &err);
		if (parsed == NULL)
			print_error("%s\n", err.text);
		assert_non_null(parsed);
		json_free(parsed);
		buf_done(&body);
	}
}

static void text_expand__knows_every_variable__once_and_literally(void **state)
{
	static const struct {
		const char *text, *expanded;
	} cases[] = {
		{ "{{@service.name}}", "Website" },
		{ "{{@integration.name}}/{{@service.status}}", "Statushub/up" },
		{ "{{@incident.key}}", "11111111-2222-4333-8444-555555555555" },
		{ "{{@incident.state}} {{@incident.startTime}}",
		  "monitoring 2026-11-23T14:02:51Z" },
		{ "{{@monitor.name}} {{@monitor.monitorGuid}}", "Shop 0b1f" },
		{ "{{@alert.alertGuid}}", "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee" },
		{ "{{@alert.failureMessage}}", "HTTP 500" },
		{ "{{@alert.numberOfConsecutiveErrors}}", "2" },
		{ "{{@alert.timestamp}}", "2026-11-25T14:06:51Z" },
		{ "{{@alert.timestampUtc}}", "2026-11-25T14:06:51" },
		{ "{{@alert.firstError}}", "2026-11-23T14:02:51Z" },
		{ "{{@alert.firstErrorUtc}}", "2026-11-23T14:02:51" },
		{ "{{@alertDefinition.name}}", "Default" },
		{ "{{@service.name}", "{{@service.name}" },
		{ "{{service.name}}", "{{service.name}}" },
		{ "{{@no.such}}", "{{@no.such}}" },
		{ "{{@incident.title}}", "{{@incident.title}}" },
		{ "{{@{{@service.name}}}}", "{{@Website}}" },
		{ "", "" },
	};
	struct payload_facts facts = a_recovery(PAYLOAD_UPTRENDS);

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct buf text = BUF_INIT(1000);
		text_expand(cases[i].text, &facts, &text);
		assert_string_equal(buf_text(&text), cases[i].expanded);
		buf_done(&text);
	}
}

static void text_expand__does_not_expand__what_a_value_brings(void **state)
{
	struct payload_facts facts = a_disruption(PAYLOAD_UPTRENDS);
	struct buf text = BUF_INIT(1000);

	(void)state;
	facts.failure_message = "{{@monitor.name}}\x1b[2J";
	text_expand("{{@alert.failureMessage}}", &facts, &text);
	assert_string_equal(buf_text(&text), "{{@monitor.name}} [2J");
	buf_done(&text);
}

static void assert_refused(bool (*check)(const char *, struct err *), const char *text,
			   const char *sentence)
{
	struct err err = { 0 };
	assert_false(check(text, &err));
	assert_int_equal(err.code, ERR_INVALID);
	if (strstr(err.text, sentence) == NULL)
		print_error("%s: %s\n", text, err.text);
	assert_non_null(strstr(err.text, sentence));
}

static void text_check__names_the_fault_and_the_nearest__variable(void **state)
{
	(void)state;
	assert_true(
		text_check("{{@service.name}} {{@alert.failureMessage}} {{x}}", NULL));
	assert_refused(text_check, "{{@service.nam}}",
		       "there is no variable {{@service.nam}}; {{@service.name}} is the "
		       "nearest");
	assert_refused(text_check, "{{@quite.other}}",
		       "there is no variable {{@quite.other}}");
	assert_refused(text_check, "{{@incident.title}}",
		       "there is no variable {{@incident.title}}");
	assert_refused(text_check, "{{@service.name}", "does not end with }}");
}

static void template_check__takes_objects__that_stay_small(void **state)
{
	char wide[1000], json[1100];

	(void)state;
	assert_true(template_check("{\"a\":\"{{@incident.title}}\"}", NULL));
	assert_refused(template_check, "", "missing");
	assert_refused(template_check, NULL, "missing");
	assert_refused(template_check, "{\"a\":{{@service.name}}}", "no JSON");
	assert_refused(template_check, "[1]", "a list");
	assert_refused(template_check, "{\"a\":\"{{@x}}\"}", "no variable");
	assert_refused(template_check, "{\"a\":1,\"a\":2}", "no JSON");
	repeat(wide, sizeof(wide), "{{@alert.failureMessage}}", 17);
	snprintf(json, sizeof(json), "{\"a\":\"%s\"}", wide);
	assert_refused(template_check, json, "can grow");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(payload_build__writes_generic_v2__byte_by_byte),
		cmocka_unit_test(
			payload_build__writes_uptrends_disruption__byte_by_byte_R4),
		cmocka_unit_test(
			payload_build__writes_uptrends_recovery__byte_by_byte_R6),
		cmocka_unit_test(
			payload_build__writes_null_causes__by_hand_and_without_guid),
		cmocka_unit_test(
			payload_build__does_not_say_normal__while_the_service_is_down_R9),
		cmocka_unit_test(payload_build__marks_a_test__in_title_and_field),
		cmocka_unit_test(
			payload_build__prefers_the_services_words__where_it_has_some),
		cmocka_unit_test(
			payload_build__fills_a_custom_template__inside_strings_only),
		cmocka_unit_test(payload_build__marks_a_custom_test__at_every_title_once),
		cmocka_unit_test(
			payload_build__keeps_every_body_valid_and_small__for_hostile_values),
		cmocka_unit_test(text_expand__knows_every_variable__once_and_literally),
		cmocka_unit_test(text_expand__does_not_expand__what_a_value_brings),
		cmocka_unit_test(text_check__names_the_fault_and_the_nearest__variable),
		cmocka_unit_test(template_check__takes_objects__that_stay_small),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
