/* Groups and what definitions hold. */
#include "db/group.h"

#include <inttypes.h>
#include <string.h>

#include "db/record.h"
#include "tests/support/check.h"
#include "tests/support/place.h"

static struct place place;

static bool add_group(void *arg, const char *group, int64_t monitors)
{
	buf_addf(arg, "%s %" PRId64 ";", group, monitors);
	return true;
}

static bool add_text(void *arg, const char *text)
{
	buf_addf(arg, "%s;", text);
	return true;
}

static bool add_monitor(void *arg, const void *rec)
{
	return add_text(arg, record_name(RECORD_MONITOR, rec));
}

static int64_t audit_rows(void)
{
	struct err err = { 0 };
	int64_t rows = 0;
	place_must(
		db_pragma_number(place.store, "SELECT count(*) FROM audit", &rows, &err),
		&err);
	return rows;
}

static void groups__exist__while_a_monitor_or_a_definition_names_them(void **state)
{
	(void)state;
	struct err err = { 0 };
	DEFER(buf_done) struct buf groups = BUF_INIT(1000);
	place_must(store_group_set(place.store, "night", 2, true, &err), &err);
	place_must(store_definition_set_group(place.store, 1, "empty", true, &err), &err);
	place_must(store_list_groups(place.store, add_group, &groups, &err), &err);
	assert_string_equal(buf_text(&groups), "empty 0;night 1;web 1;");
	buf_reset(&groups);
	place_must(store_group_set(place.store, "night", 2, false, &err), &err);
	place_must(store_definition_set_group(place.store, 1, "empty", false, &err),
		   &err);
	place_must(store_list_groups(place.store, add_group, &groups, &err), &err);
	assert_string_equal(buf_text(&groups), "web 1;");
}

static void members__are_listed_by_name__of_monitor_and_definition(void **state)
{
	(void)state;
	struct err err = { 0 };
	DEFER(buf_done) struct buf names = BUF_INIT(1000);
	place_must(store_definition_set_monitor(place.store, 1, 1, true, &err), &err);
	place_must(store_groups_of_monitor(place.store, 1, add_text, &names, &err), &err);
	place_must(store_groups_of_definition(place.store, 1, add_text, &names, &err),
		   &err);
	place_must(
		store_monitors_of_definition(place.store, 1, add_monitor, &names, &err),
		&err);
	assert_string_equal(buf_text(&names), "web;web;Nightly batch;Shop;");
}

static void store_group_set__writes_one_audit_row__only_if_it_changes_something(
	void **state)
{
	(void)state;
	struct err err = { 0 };
	int64_t before = audit_rows();
	place_must(store_group_set(place.store, "web", 1, true, &err), &err);
	assert_int_equal(audit_rows(), before);
	place_must(store_group_set(place.store, "web", 1, false, &err), &err);
	assert_int_equal(audit_rows(), before + 1);
}

static void store_group_set__refuses__bad_names_and_missing_monitors(void **state)
{
	(void)state;
	struct err err = { 0 };
	assert_false(store_group_set(place.store, "", 1, true, &err));
	assert_int_equal((int)err.code, ERR_INVALID);
	assert_false(store_group_set(place.store, "a\nb", 1, true, &err));
	assert_int_equal((int)err.code, ERR_INVALID);
	assert_false(store_group_set(place.store, "web", 99, true, &err));
	assert_int_equal((int)err.code, ERR_NOT_FOUND);
}

#define ON_THE_EXAMPLE(test) PLACE_TEST(test, place_set_up_example, &place)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_THE_EXAMPLE(groups__exist__while_a_monitor_or_a_definition_names_them),
		ON_THE_EXAMPLE(members__are_listed_by_name__of_monitor_and_definition),
		ON_THE_EXAMPLE(
			store_group_set__writes_one_audit_row__only_if_it_changes_something),
		ON_THE_EXAMPLE(store_group_set__refuses__bad_names_and_missing_monitors),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
