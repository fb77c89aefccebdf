/* tui/console/form: typing, checking while typing, names, secrets, two who save. */
#include <curses.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/base/text.h"
#include "tests/support/check.h"
#include "tui/console/form.h"
#include "tui/console/keys.h"

#define CONTROL(letter) ((letter)&0x1f)
enum { COLUMNS = 40 };

static struct form *form;

static void begin(enum record_kind kind)
{
	void *rec = mem_new(1, record_types[kind].size);

	record_defaults(kind, rec);
	form_free(form);
	form = form_new(kind, rec);
	free(rec);
}

static int end(void **state)
{
	(void)state;
	form_free(form);
	form = NULL;
	return 0;
}

static void type(const char *text)
{
	for (; *text != '\0'; text++)
		(void)form_key(form, *text, COLUMNS);
}

static void go(const char *column)
{
	const struct form_field *wanted = form_field_of(form, column);

	assert_non_null(wanted);
	while (form_focused(form) != wanted)
		assert_true(form_move(form, 1));
}

static const char *fault_of(const char *column)
{
	return form_field_of(form, column)->fault;
}

static int64_t number_of(const char *column)
{
	return field_number(form_field_of(form, column)->field, form->rec);
}

static const char *shown(const char *column)
{
	static struct buf text = BUF_INIT(4096);

	buf_reset(&text);
	form_show(form, form_field_of(form, column), &text);
	return buf_text(&text);
}

/* ---- checking ---- */

static void form__says_while_typing__what_is_wrong(void **state)
{
	(void)state;
	begin(RECORD_SERVICE);
	go("publish_after_ms");
	type("5");
	assert_string_not_equal(fault_of("publish_after_ms"), "");
	type("m");
	assert_string_equal(fault_of("publish_after_ms"), "");
	assert_int_equal(number_of("publish_after_ms"), 5 * MINUTE_MS);
	type("x");
	assert_non_null(strstr(fault_of("publish_after_ms"), "'5mx' is not a duration"));
	assert_int_equal(number_of("publish_after_ms"), 5 * MINUTE_MS);
}

static void form__checks_everything__and_goes_to_the_first_fault(void **state)
{
	(void)state;
	begin(RECORD_MONITOR);
	assert_int_equal(form_check(form), 1);
	assert_string_equal(fault_of("name"), "Name is missing");
	assert_int_equal(form->focus, 0);
	type("Shop");
	assert_int_equal(form_check(form), 0);
	assert_string_equal(((struct monitor *)form->rec)->name, "Shop");
}

static bool shows(const char *column)
{
	return form_shows(form, form_field_of(form, column));
}

static void form__shows_the_fields_of_a_check__that_its_type_has(void **state)
{
	(void)state;
	begin(RECORD_MONITOR);
	assert_false(shows("check_every_ms"));
	assert_false(shows("check_method"));
	go("check_type");
	type(" "); /* http */
	assert_true(shows("check_every_ms"));
	assert_true(shows("check_headers"));
	type("  "); /* tcp */
	assert_int_equal(number_of("check_type"), CHECK_TCP);
	assert_true(shows("check_recheck_ms"));
	assert_false(shows("check_method"));
	assert_false(shows("check_certificate_days"));
}

static void form__puts_a_fault_of_the_whole__at_its_field(void **state)
{
	(void)state;
	begin(RECORD_MONITOR);
	type("Shop");
	assert_false(form_shows(form, form_field_of(form, "check_target")));
	go("check_type");
	type(" ");
	assert_non_null(strstr(fault_of("check_target"), "Check target is missing"));
	assert_true(form_shows(form, form_field_of(form, "check_target")));
	go("check_target");
	type("https://shop.example/");
	assert_int_equal(form_check(form), 0);
}

static void form__keeps_control_characters_visible__and_refuses_them(void **state)
{
	(void)state;
	begin(RECORD_MONITOR);
	assert_true(form_paste(form, "Sh\033[31mop\n\n"));
	assert_non_null(strstr(fault_of("name"), "control characters"));
	begin(RECORD_MONITOR);
	assert_true(form_paste(form, "Shop\n"));
	assert_string_equal(fault_of("name"), "");
	begin(RECORD_MONITOR);
	assert_true(form_paste(form, "Shop\nEU"));
	assert_non_null(strstr(fault_of("name"), "control characters"));
}

/* ---- values ---- */

static void form__switches_booleans_and_choices__by_space_and_letters(void **state)
{
	(void)state;
	begin(RECORD_SERVICE);
	go("policy");
	assert_string_equal(shown("policy"), "< per-service >");
	assert_true(form_key(form, ' ', COLUMNS));
	assert_string_equal(shown("policy"), "< per-monitor >");
	assert_true(form_key(form, KEY_RIGHT, COLUMNS));
	assert_string_equal(shown("policy"), "< per-service >");
	begin(RECORD_MONITOR);
	go("active");
	assert_true(form_key(form, ' ', COLUMNS));
	assert_string_equal(shown("active"), "[ ] no");
	assert_true(form_key(form, 'y', COLUMNS));
	assert_string_equal(shown("active"), "[x] yes");
	assert_true(form_key(form, 'q', COLUMNS)); /* a letter is no command here */
	assert_false(form_key(form, KEY_DOWN, COLUMNS));
}

static void form__types_a_number_anew__when_it_comes_to_it(void **state)
{
	(void)state;
	begin(RECORD_LEVEL);
	go("remind_max");
	type("12");
	assert_int_equal(number_of("remind_max"), 12);
	type("3");
	assert_int_equal(number_of("remind_max"), 123);
}

static void form__lets_minutes_take_the_place_of_errors(void **state)
{
	(void)state;
	begin(RECORD_LEVEL);
	assert_int_equal(number_of("after_errors"), 2);
	go("after_minutes");
	type("10");
	assert_int_equal(number_of("after_errors"), 0);
	assert_int_equal(number_of("after_minutes"), 10);
	assert_string_equal(form->fault, "");
	begin(RECORD_INTEGRATION);
	go("storm_max_new");
	type("5");
	assert_int_equal(number_of("storm_within_ms"), 10 * MINUTE_MS);
}

static void form__counts_times_from_now(void **state)
{
	(void)state;
	begin(RECORD_MAINTENANCE);
	form->now_ms = 20 * DAY_MS;
	go("until_ms");
	type("+30m");
	assert_int_equal(number_of("until_ms"), 20 * DAY_MS + 30 * MINUTE_MS);
}

/* ---- secrets ---- */

static void form__masks_a_secret__typed_or_stored(void **state)
{
	static const char url[] = "https://hooks.example/hooks/u?token=598f3b0da9ba4738";
	struct service *service = mem_new(1, sizeof(*service));

	(void)state;
	record_defaults(RECORD_SERVICE, service);
	service->head.id = 1;
	service->integration_id = 1;
	assert_true(text_copy(service->name, sizeof(service->name), "Website"));
	assert_true(text_copy(service->url, sizeof(service->url), url));
	form_free(form);
	form = form_new(RECORD_SERVICE, service);
	assert_null(strstr(shown("url"), "598f"));
	assert_non_null(strstr(shown("url"), "hooks.example"));
	assert_false(form_changed(form));
	form_field_of(form, "integration_id")->fixed = true;
	assert_int_equal(form_check(form), 0);
	go("url");
	type("https://hooks.example/x?token=typed0da9ba4738");
	assert_null(strstr(shown("url"), "typed0da"));
	assert_string_equal(((struct service *)form->rec)->url,
			    "https://hooks.example/x?token=typed0da9ba4738");
	/* Emptied, it stays as it was. */
	assert_true(form_key(form, CONTROL('u'), COLUMNS));
	assert_string_equal(((struct service *)form->rec)->url, url);
	assert_false(form_changed(form));
	free(service);
}

/* ---- names ---- */

static void form__completes_names__that_must_exist(void **state)
{
	const struct name_item *matches[4];
	struct form_field *f;

	(void)state;
	begin(RECORD_PLACEMENT);
	form_field_of(form, "level_id")->fixed = true;
	((struct placement *)form->rec)->level_id = 1;
	f = form_field_of(form, "integration_id");
	names_add(&f->names, "Pager", 7);
	names_add(&f->names, "Statushub", 8);
	names_add(&f->names, "Old Statushub", 9);
	go("integration_id");
	type("st");
	assert_int_equal(form_matches(form, matches, 4), 2);
	assert_string_equal(matches[0]->name, "Statushub");
	assert_non_null(strstr(fault_of("integration_id"), "does not exist"));
	assert_true(form_complete(form));
	assert_int_equal(number_of("integration_id"), 8);
	assert_false(form_complete(form));
	assert_true(form_key(form, CONTROL('n'), COLUMNS));
	assert_int_equal(number_of("integration_id"), 9);
	assert_int_equal(form_check(form), 0);
}

static void form__takes_a_name_a_line__and_knows_the_nearest(void **state)
{
	struct form_field *f;

	(void)state;
	begin(RECORD_DEFINITION);
	f = form_list_of(form, FORM_LIST_MONITORS);
	names_add(&f->names, "Shop", 1);
	names_add(&f->names, "Shop EU", 2);
	form->focus = (size_t)(f - form->fields);
	type("Shop\rShop UE");
	assert_string_equal(field_edit_text(&f->edit), "Shop\nShop UE");
	assert_non_null(strstr(f->fault, "'Shop EU' is the nearest"));
	assert_true(form_key(form, KEY_UP, COLUMNS));
	assert_false(form_key(form, KEY_UP, COLUMNS));
}

/* ---- two who save ---- */

static void form__merges_what_only_they_changed__and_keeps_mine(void **state)
{
	bool take[FORM_FIELDS_MAX] = { false };
	struct service *theirs = mem_new(1, sizeof(*theirs));

	(void)state;
	begin(RECORD_SERVICE);
	form_field_of(form, "integration_id")->fixed = true;
	go("name");
	type("Mine");
	go("publish_after_ms");
	type("1m");
	record_defaults(RECORD_SERVICE, theirs);
	theirs->head = (struct record_head){ 1, 5 };
	assert_true(text_copy(theirs->name, sizeof(theirs->name), "Theirs"));
	theirs->recover_after_ms = 2 * MINUTE_MS;
	size_t name = (size_t)(form_field_of(form, "name") - form->fields);
	assert_true(form_compare(form, name, theirs).differ);
	form_rebase(form, theirs, take);
	assert_int_equal(((struct record_head *)form->rec)->revision, 5);
	assert_string_equal(((struct service *)form->rec)->name, "Mine");
	assert_int_equal(number_of("publish_after_ms"), MINUTE_MS);
	assert_int_equal(number_of("recover_after_ms"), 2 * MINUTE_MS);
	take[name] = true;
	form_rebase(form, theirs, take);
	assert_string_equal(((struct service *)form->rec)->name, "Theirs");
	assert_int_equal(number_of("publish_after_ms"), MINUTE_MS);
	free(theirs);
}

#define FORM_TEST(test) cmocka_unit_test_teardown(test, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		FORM_TEST(form__says_while_typing__what_is_wrong),
		FORM_TEST(form__checks_everything__and_goes_to_the_first_fault),
		FORM_TEST(form__shows_the_fields_of_a_check__that_its_type_has),
		FORM_TEST(form__puts_a_fault_of_the_whole__at_its_field),
		FORM_TEST(form__keeps_control_characters_visible__and_refuses_them),
		FORM_TEST(form__switches_booleans_and_choices__by_space_and_letters),
		FORM_TEST(form__types_a_number_anew__when_it_comes_to_it),
		FORM_TEST(form__lets_minutes_take_the_place_of_errors),
		FORM_TEST(form__counts_times_from_now),
		FORM_TEST(form__masks_a_secret__typed_or_stored),
		FORM_TEST(form__completes_names__that_must_exist),
		FORM_TEST(form__takes_a_name_a_line__and_knows_the_nearest),
		FORM_TEST(form__merges_what_only_they_changed__and_keeps_mine),
	};

	(void)setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
