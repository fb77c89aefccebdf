#include "core/rules/fields.h"

#include <string.h>

#include "core/base/clock.h"
#include "core/base/compiler.h"
#include "core/base/text.h"
#include "tests/support/check.h"

/* Room for any record. */
union any {
	struct monitor monitor;
	struct integration integration;
	struct service service;
	struct definition definition;
	struct level level;
	struct placement placement;
	struct link link;
	struct maintenance maintenance;
};

static void record_types__describe_every_field_wholly__and_once(void **state)
{
	(void)state;
	for (int kind = 0; kind < RECORD_KIND_COUNT; kind++) {
		const struct record_type *type = &record_types[kind];
		assert_in_range(type->size, sizeof(struct record_head),
				sizeof(union any));
		for (size_t i = 0; i < type->field_count; i++) {
			const struct field *field = &type->fields[i];
			assert_non_null(field->label);
			assert_non_null(field->help);
			assert_int_equal(field->help[strlen(field->help) - 1], '.');
			assert_true(field->offset >= sizeof(struct record_head));
			assert_true(field->offset + field->size <= type->size);
			assert_true(field->min <= field->max);
			assert_ptr_equal(
				field_by_column((enum record_kind)kind, field->column),
				field);
			if (field->key != NULL)
				assert_ptr_equal(
					field_by_key((enum record_kind)kind, field->key),
					field);
		}
	}
}

static void record_types__name_columns_by_their_unit__for_durations_and_times(
	void **state)
{
	(void)state;
	for (int kind = 0; kind < RECORD_KIND_COUNT; kind++) {
		for (size_t i = 0; i < record_types[kind].field_count; i++) {
			const struct field *field = &record_types[kind].fields[i];
			size_t bytes = strlen(field->column);
			bool ms = bytes > 3 &&
				  strcmp(field->column + bytes - 3, "_ms") == 0;
			assert_int_equal(ms, field->type == FIELD_DURATION ||
						     field->type == FIELD_TIME);
		}
	}
}

/* As README and hublink-document(5) show them. */
static void record_defaults__are_the_contracts__for_every_kind(void **state)
{
	static union any it;

	(void)state;
	record_defaults(RECORD_MONITOR, &it);
	assert_true(it.monitor.active);
	assert_int_equal(it.monitor.check_type, CHECK_NONE);
	assert_int_equal(it.monitor.check_every_ms, MINUTE_MS);
	record_defaults(RECORD_INTEGRATION, &it);
	assert_int_equal(it.integration.payload, PAYLOAD_UPTRENDS);
	assert_int_equal(it.integration.max_per_second, 5);
	assert_int_equal(it.integration.storm_max_new, 0);
	assert_string_equal(it.integration.text.title,
			    "{{@service.name}}: Service disruption");
	assert_string_equal(it.integration.text.disruption,
			    "We are investigating a problem with {{@service.name}}.");
	assert_string_equal(it.integration.text.recovery,
			    "{{@service.name}} is operating normally.");
	record_defaults(RECORD_SERVICE, &it);
	assert_int_equal(it.service.policy, POLICY_PER_SERVICE);
	assert_int_equal(it.service.reopen_within_ms, 0);
	assert_int_equal(it.service.publish_after_ms, 0);
	assert_int_equal(it.service.recover_after_ms, 0);
	assert_string_equal(it.service.text.title, "");
	record_defaults(RECORD_DEFINITION, &it);
	assert_true(it.definition.active);
	record_defaults(RECORD_LEVEL, &it);
	assert_true(it.level.active);
	assert_int_equal(it.level.after_errors, 2);
	assert_int_equal(it.level.after_minutes, 0);
	assert_int_equal(it.level.remind_every_minutes, 30);
	assert_int_equal(it.level.remind_max, 0);
	record_defaults(RECORD_PLACEMENT, &it);
	assert_false(it.placement.active);
	assert_true(it.placement.send_ok);
	assert_false(it.placement.send_reminders);
}

static void field_parse__undoes_field_format__for_every_field_without_secrets(
	void **state)
{
	static union any it, again;

	(void)state;
	for (int kind = 0; kind < RECORD_KIND_COUNT; kind++) {
		const struct record_type *type = &record_types[kind];
		record_defaults((enum record_kind)kind, &it);
		for (size_t i = 0; i < type->field_count; i++) {
			const struct field *field = &type->fields[i];
			if (!field_check(field, &it, NULL) || field->secret)
				continue;
			struct buf text = BUF_INIT(PUBLIC_TEXT_SIZE);
			field_format(field, &it, &text);
			memset(&again, 0, sizeof(again));
			assert_true(field_parse(field, buf_text(&text), &again, NULL));
			assert_memory_equal((char *)&again + field->offset,
					    (char *)&it + field->offset, field->size);
			buf_done(&text);
		}
	}
}

static void assert_parse(enum record_kind kind, const char *column, const char *text,
			 const char *sentence)
{
	static union any it, before;
	struct err err = { 0 };

	record_defaults(kind, &it);
	before = it;
	const struct field *field = field_by_column(kind, column);
	assert_non_null(field);
	bool good = field_parse(field, text, &it, &err);
	if (good != (sentence == NULL))
		print_error("%s = '%s': %s\n", column, text, err.text);
	assert_int_equal(good, sentence == NULL);
	if (good)
		return;
	assert_int_equal(err.code, ERR_INVALID);
	assert_string_equal(err.text, sentence);
	assert_memory_equal(&it, &before, sizeof(it));
}

static void field_parse__names_label_and_limits__when_it_refuses(void **state)
{
	(void)state;
	assert_parse(RECORD_MONITOR, "name", "Shop", NULL);
	assert_parse(RECORD_MONITOR, "name", "", "Name is missing");
	assert_parse(RECORD_MONITOR, "name", "a\tb",
		     "Name has control characters; take them out");
	assert_parse(RECORD_MONITOR, "name", "a\xff", "Name is not valid UTF-8");
	assert_parse(RECORD_MONITOR, "active", "YES", NULL);
	assert_parse(RECORD_MONITOR, "active", "maybe",
		     "Active: 'maybe' is neither yes nor no");
	assert_parse(RECORD_LEVEL, "number", "4", NULL);
	assert_parse(RECORD_LEVEL, "number", "5", "Level is 5; it must be from 1 to 4");
	assert_parse(RECORD_LEVEL, "number", "1.0", "Level: '1.0' is no whole number");
	assert_parse(RECORD_LEVEL, "number", "99999999999999999999",
		     "Level: '99999999999999999999' is no whole number");
	assert_parse(RECORD_SERVICE, "policy", "per-monitor", NULL);
	assert_parse(RECORD_SERVICE, "policy", "never",
		     "Incident policy: 'never' is none of per-service, per-monitor");
	assert_parse(RECORD_SERVICE, "publish_after_ms", "90s", NULL);
	assert_parse(RECORD_SERVICE, "publish_after_ms", "367d",
		     "Publish after is 367d; it must be from 0s to 366d");
	assert_parse(RECORD_SERVICE, "page_url", "", NULL);
	assert_parse(RECORD_INTEGRATION, "title", "two\nlines", NULL);
	assert_parse(RECORD_INTEGRATION, "title", "bell\a",
		     "Title has control characters; take them out");
	assert_parse(RECORD_INTEGRATION, "title", "tab\tand delete\x7f",
		     "Title has control characters; take them out");
	assert_parse(RECORD_SERVICE, "publish_after_ms", "soon",
		     "Publish after: 'soon' is not a duration: write a number and its "
		     "unit, such as 90s, 5m, 2h, 1d or 1h30m, at most 3650d");
	assert_parse(RECORD_MAINTENANCE, "from_ms", "2026-11-27T22:00:00Z", NULL);
	assert_parse(RECORD_MAINTENANCE, "from_ms", "noon",
		     "From: 'noon' is not a time of RFC 3339 with its zone, from 1970 "
		     "on, such as 2026-11-23T14:03:51Z");
}

static void field_parse__masks_the_url__that_it_refuses(void **state)
{
	(void)state;
	assert_parse(RECORD_SERVICE, "url", "https://h.example/?token=598f3b0d", NULL);
	assert_parse(RECORD_SERVICE, "url", "http://h.example/?token=598f3b0d",
		     "Service URL: the URL 'http://h.example/?token=***' must begin with "
		     "https://; "
		     "http:// is for loopback only");
}

static void field_format__masks_secrets__and_nothing_else(void **state)
{
	static union any it;
	struct buf text = BUF_INIT(500);

	(void)state;
	record_defaults(RECORD_SERVICE, &it);
	assert_true(text_copy(it.service.url, URL_SIZE, "https://h.example/?token=598f"));
	field_format(field_by_column(RECORD_SERVICE, "url"), &it, &text);
	assert_string_equal(buf_text(&text), "https://h.example/?token=***");
	buf_done(&text);
}

static void field_check__counts_characters__up_to_120_of_4_bytes(void **state)
{
	static union any it;
	const struct field *name = field_by_column(RECORD_MONITOR, "name");

	(void)state;
	record_defaults(RECORD_MONITOR, &it);
	for (int i = 0; i < NAME_CHARS_MAX; i++)
		memcpy(it.monitor.name + i * 4, "\xf0\x9f\x98\x80", 5);
	assert_true(field_check(name, &it, NULL));
	memset(it.monitor.name, 'a', NAME_CHARS_MAX + 1);
	it.monitor.name[NAME_CHARS_MAX + 1] = '\0';
	assert_false(field_check(name, &it, NULL));
}

static void record_equal__looks_at_fields__not_at_id_and_revision(void **state)
{
	static union any a, b;

	(void)state;
	record_defaults(RECORD_LEVEL, &a);
	b = a;
	b.level.head.revision = 9;
	assert_true(record_equal(RECORD_LEVEL, &a, &b));
	b.level.remind_max = 1;
	assert_false(record_equal(RECORD_LEVEL, &a, &b));
}

static void record_name__is_the_name__or_says_what_it_is(void **state)
{
	static union any it;

	(void)state;
	record_defaults(RECORD_MONITOR, &it);
	assert_true(text_copy(it.monitor.name, NAME_SIZE, "Shop"));
	assert_string_equal(record_name(RECORD_MONITOR, &it), "Shop");
	record_defaults(RECORD_LEVEL, &it);
	it.level.number = 2;
	assert_string_equal(record_name(RECORD_LEVEL, &it), "level 2");
	it.level.number = 9;
	assert_string_equal(record_name(RECORD_LEVEL, &it), "level");
	assert_string_equal(record_name(RECORD_LINK, &it), "link");
}

/* Whatever does not exist, the sentence tells where one sees what does. */
static void record_missing__has_a_remedy__for_every_kind(void **state)
{
	(void)state;
	for (enum record_kind kind = 0; kind < RECORD_KIND_COUNT; kind++) {
		struct err err = { 0 };
		assert_false(record_missing(kind, "#4", &err));
		assert_int_equal((int)err.code, ERR_NOT_FOUND);
		assert_non_null(strstr(err.text, " #4 does not exist; `hublink "));
		assert_non_null(strstr(err.text, "` shows "));
	}
}

static void record_kind_named__is_exact__for_every_kind(void **state)
{
	(void)state;
	for (int kind = 0; kind < RECORD_KIND_COUNT; kind++)
		assert_int_equal(record_kind_named(record_types[kind].name), kind);
	assert_int_equal(record_kind_named("Monitor"), -1);
	assert_int_equal(record_kind_named(NULL), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(record_types__describe_every_field_wholly__and_once),
		cmocka_unit_test(record_kind_named__is_exact__for_every_kind),
		cmocka_unit_test(
			record_types__name_columns_by_their_unit__for_durations_and_times),
		cmocka_unit_test(record_defaults__are_the_contracts__for_every_kind),
		cmocka_unit_test(
			field_parse__undoes_field_format__for_every_field_without_secrets),
		cmocka_unit_test(field_parse__names_label_and_limits__when_it_refuses),
		cmocka_unit_test(field_parse__masks_the_url__that_it_refuses),
		cmocka_unit_test(field_format__masks_secrets__and_nothing_else),
		cmocka_unit_test(field_check__counts_characters__up_to_120_of_4_bytes),
		cmocka_unit_test(record_equal__looks_at_fields__not_at_id_and_revision),
		cmocka_unit_test(record_name__is_the_name__or_says_what_it_is),
		cmocka_unit_test(record_missing__has_a_remedy__for_every_kind),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
