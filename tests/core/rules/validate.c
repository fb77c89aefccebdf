#include "core/rules/validate.h"

#include <string.h>

#include "core/base/clock.h"
#include "core/base/text.h"
#include "tests/support/check.h"

static void assert_invalid(enum record_kind kind, const void *rec, const char *beginning)
{
	struct err err = { 0 };
	assert_false(record_validate(kind, rec, &err));
	assert_int_equal(err.code, ERR_INVALID);
	if (strncmp(err.text, beginning, strlen(beginning)) != 0)
		print_error("%s\n", err.text);
	assert_int_equal(strncmp(err.text, beginning, strlen(beginning)), 0);
}

static void record_validate__wants_exactly_one_threshold__of_a_level(void **state)
{
	struct level level;

	(void)state;
	record_defaults(RECORD_LEVEL, &level);
	level.definition_id = 1;
	assert_true(record_validate(RECORD_LEVEL, &level, NULL));
	level.after_minutes = 5;
	assert_invalid(RECORD_LEVEL, &level, "A level triggers either");
	level.after_errors = 0;
	assert_true(record_validate(RECORD_LEVEL, &level, NULL));
	level.after_minutes = 0;
	assert_invalid(RECORD_LEVEL, &level, "A level triggers either");
	level.number = 5;
	assert_invalid(RECORD_LEVEL, &level, "Level is 5");
}

static struct integration *an_integration(void)
{
	static struct integration integration;

	record_defaults(RECORD_INTEGRATION, &integration);
	assert_true(text_copy(integration.name, NAME_SIZE, "Statushub"));
	return &integration;
}

static void record_validate__wants_a_whole_storm_guard__or_none_R17(void **state)
{
	struct integration *it = an_integration();

	(void)state;
	assert_true(record_validate(RECORD_INTEGRATION, it, NULL));
	it->storm_max_new = 5;
	assert_invalid(RECORD_INTEGRATION, it, "Storm within is 0s");
	it->storm_within_ms = 10 * MINUTE_MS;
	assert_true(record_validate(RECORD_INTEGRATION, it, NULL));
	it->storm_max_new = 0;
	assert_invalid(RECORD_INTEGRATION, it, "Storm guard is 0");
}

static void record_validate__wants_a_template__with_payload_custom_only(void **state)
{
	struct integration *it = an_integration();

	(void)state;
	it->payload = PAYLOAD_CUSTOM;
	assert_invalid(RECORD_INTEGRATION, it, "Template is missing");
	assert_true(text_copy(it->template_json, TEMPLATE_SIZE, "{\"a\":\"{{@no}}\"}"));
	assert_invalid(RECORD_INTEGRATION, it, "Template: there is no variable {{@no}}");
	assert_true(text_copy(it->template_json, TEMPLATE_SIZE, "{\"a\":1}"));
	assert_true(record_validate(RECORD_INTEGRATION, it, NULL));
	it->payload = PAYLOAD_UPTRENDS;
	assert_invalid(RECORD_INTEGRATION, it,
		       "Template is posted with payload custom only");
}

static void record_validate__names_unknown_variables__in_every_text(void **state)
{
	static struct service service;
	struct integration *it = an_integration();

	(void)state;
	assert_true(
		text_copy(it->text.recovery, PUBLIC_TEXT_SIZE, "{{@servic.name}} is up"));
	assert_invalid(RECORD_INTEGRATION, it, "Recovery text: there is no variable");

	record_defaults(RECORD_SERVICE, &service);
	service.integration_id = 1;
	assert_true(text_copy(service.name, NAME_SIZE, "Website"));
	assert_true(text_copy(service.url, URL_SIZE, "https://h.example/?token=1"));
	assert_true(record_validate(RECORD_SERVICE, &service, NULL));
	assert_true(text_copy(service.text.title, PUBLIC_TEXT_SIZE, "{{@x}}"));
	assert_invalid(RECORD_SERVICE, &service, "Title: there is no variable {{@x}}");
	const struct {
		char *text;
		const char *named;
	} texts[] = { { service.text.disruption, "Disruption text: " },
		      { service.text.degraded_title, "Degraded title: " },
		      { service.text.degraded, "Degraded text: " } };
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		service.text = (struct public_text){ 0 };
		assert_true(text_copy(texts[i].text, PUBLIC_TEXT_SIZE, "{{@x}}"));
		assert_invalid(RECORD_SERVICE, &service, texts[i].named);
	}
}

static void record_validate__wants_a_target__for_a_check(void **state)
{
	static struct monitor monitor;

	(void)state;
	record_defaults(RECORD_MONITOR, &monitor);
	assert_true(text_copy(monitor.name, NAME_SIZE, "Shop"));
	assert_true(record_validate(RECORD_MONITOR, &monitor, NULL));
	monitor.check_type = CHECK_HTTPS;
	assert_invalid(RECORD_MONITOR, &monitor, "Check target is missing");
}

static void record_validate__wants_an_end_after_the_beginning__of_a_window(void **state)
{
	static struct maintenance window;

	(void)state;
	record_defaults(RECORD_MAINTENANCE, &window);
	window.from_ms = 2;
	window.until_ms = 1;
	assert_invalid(RECORD_MAINTENANCE, &window, "Until is before From");
	window.until_ms = 3;
	assert_true(record_validate(RECORD_MAINTENANCE, &window, NULL));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			record_validate__wants_exactly_one_threshold__of_a_level),
		cmocka_unit_test(record_validate__wants_a_whole_storm_guard__or_none_R17),
		cmocka_unit_test(
			record_validate__wants_a_template__with_payload_custom_only),
		cmocka_unit_test(record_validate__names_unknown_variables__in_every_text),
		cmocka_unit_test(record_validate__wants_a_target__for_a_check),
		cmocka_unit_test(
			record_validate__wants_an_end_after_the_beginning__of_a_window),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
