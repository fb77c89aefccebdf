#include "core/rules/event.h"

#include <stdio.h>
#include <string.h>

#include "core/base/clock.h"
#include "tests/support/check.h"

static bool read_event(const char *text, struct event *ret, char monitor[NAME_SIZE],
		       struct err *err)
{
	DEFER(json_done)
	struct json *value = json_parse(text, strlen(text), err);
	assert_non_null(value);
	return event_from_json(value, ret, monitor, err);
}

static void refused(const char *text, const char *named)
{
	struct event event;
	struct err err = { 0 };
	char monitor[NAME_SIZE];
	assert_false(read_event(text, &event, monitor, &err));
	assert_int_equal(err.code, ERR_INVALID);
	assert_non_null(strstr(err.text, named));
}

static void event_from_json__reads_every_key(void **state)
{
	(void)state;
	struct event event;
	struct err err;
	char monitor[NAME_SIZE];
	assert_true(read_event(
		"{\"monitor\":\"Shop\",\"state\":\"error\",\"at\":"
		"\"1970-01-01T00:01:00Z\",\"id\":\"x1\",\"message\":\"no answer\","
		"\"unconfirmed\":true}",
		&event, monitor, &err));
	assert_string_equal(monitor, "Shop");
	assert_int_equal(event.state, EVENT_ERROR);
	assert_true(event.explicit_at);
	assert_int_equal(event.at_ms, MINUTE_MS);
	assert_string_equal(event.id, "x1");
	assert_string_equal(event.message, "no answer");
	assert_false(event.confirmed);
}

static void event_from_json__is_confirmed_and_without_time__when_nothing_is_said(
	void **state)
{
	(void)state;
	struct event event;
	struct err err;
	char monitor[NAME_SIZE];
	assert_true(read_event("{\"state\":\"ok\",\"monitor\":\"Shop\"}", &event, monitor,
			       &err));
	assert_int_equal(event.state, EVENT_OK);
	assert_true(event.confirmed);
	assert_false(event.explicit_at);
	assert_string_equal(event.id, "");
}

static void event_from_json__names_the_key__when_it_refuses(void **state)
{
	(void)state;
	refused("[1]", "object");
	refused("{\"monitor\":\"Shop\"}", "state is missing");
	refused("{\"state\":\"ok\"}", "monitor is missing");
	refused("{\"monitor\":1,\"state\":\"ok\"}", "monitor:");
	refused("{\"monitor\":\"\",\"state\":\"ok\"}", "monitor:");
	refused("{\"monitor\":\"Shop\",\"state\":\"bad\"}", "state:");
	refused("{\"monitor\":\"Shop\",\"state\":\"ok\",\"at\":\"noon\"}", "at");
	refused("{\"monitor\":\"Shop\",\"state\":\"ok\",\"at\":5}", "at:");
	refused("{\"monitor\":\"Shop\",\"state\":\"ok\",\"id\":\"\"}", "id:");
	refused("{\"monitor\":\"Shop\",\"state\":\"ok\",\"message\":null}", "message:");
	refused("{\"monitor\":\"Shop\",\"state\":\"ok\",\"unconfirmed\":\"yes\"}",
		"unconfirmed:");
	refused("{\"monitor\":\"Shop\",\"state\":\"ok\",\"colour\":1}", "colour");
	refused("{\"monitor\":\"Shop\",\"state\":1}", "state:");
	refused("{\"monitor\":\"Shop\",\"state\":\"ok\",\"id\":7}",
		"id: it must be text");
	refused("{\"monitor\":\"Shop\",\"state\":\"ok\",\"id\":\"a\\nb\"}", "control");
}

static void event_from_json__refuses__a_character_too_many(void **state)
{
	(void)state;
	char text[4 * (NAME_SIZE + EVENT_ID_SIZE)], many[NAME_SIZE + EVENT_ID_SIZE];
	memset(many, 'x', sizeof(many) - 1);
	many[sizeof(many) - 1] = '\0';
	snprintf(text, sizeof(text), "{\"monitor\":\"%s\",\"state\":\"ok\"}", many);
	refused(text, "monitor: a name has 1 to 120 characters");
	snprintf(text, sizeof(text),
		 "{\"monitor\":\"Shop\",\"state\":\"ok\",\"id\":\"%s\"}", many);
	refused(text, "id: it must have 1 to");
}

static void event_set_message__cuts__at_the_limit(void **state) /* R14 */
{
	(void)state;
	struct event event = { 0 };
	char text[MESSAGE_CHARS_MAX + 100];
	memset(text, 'x', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	event_set_message(&event, text);
	assert_int_equal(strlen(event.message), MESSAGE_CHARS_MAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(event_from_json__reads_every_key),
		cmocka_unit_test(
			event_from_json__is_confirmed_and_without_time__when_nothing_is_said),
		cmocka_unit_test(event_from_json__names_the_key__when_it_refuses),
		cmocka_unit_test(event_from_json__refuses__a_character_too_many),
		cmocka_unit_test(event_set_message__cuts__at_the_limit),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
