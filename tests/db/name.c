/* Finding records by what operators call them. */
#include "db/name.h"

#include <stdio.h>
#include <string.h>

#include "core/base/name_set.h"
#include "tests/support/check.h"
#include "tests/support/place.h"

static struct place place;

static const char two_hubs[] =
	"{\"hublink\": 1, \"monitors\": [{\"name\": \"Shop EU\"}], \"integrations\": ["
	"{\"name\": \"A\", \"services\": [{\"name\": \"Web\", \"url\": "
	"\"https://h.example/?t=1\"},"
	" {\"name\": \"Mail\", \"url\": \"https://h.example/?t=2\"}]},"
	"{\"name\": \"A/B\", \"services\": [{\"name\": \"Web\", \"url\": "
	"\"https://h.example/?t=3\"},"
	" {\"name\": \"x/y\", \"url\": \"https://h.example/?t=4\"}]}]}";

static int open_two_hubs(void **state)
{
	*state = &place;
	(void)place_set_up_store(state);
	place_import(&place, two_hubs, false);
	return 0;
}

static int64_t find(enum record_kind kind, const char *name)
{
	struct err err = { 0 };
	int64_t id = 0;
	place_must(store_find_id(place.store, kind, name, &id, &err), &err);
	return id;
}

static void must_refuse(enum record_kind kind, const char *name, enum err_code code,
			const char *sentence)
{
	struct err err = { 0 };
	int64_t id = 0;
	assert_false(store_find_id(place.store, kind, name, &id, &err));
	assert_string_equal(err.text, sentence);
	assert_int_equal((int)err.code, (int)code);
}

static void store_find_id__finds_services__bare_or_in_full(void **state)
{
	(void)state;
	assert_int_equal(find(RECORD_SERVICE, "Mail"), 2);
	assert_int_equal(find(RECORD_SERVICE, "A/Web"), 1);
	assert_int_equal(find(RECORD_SERVICE, "A/B/Web"), 3);
	assert_int_equal(find(RECORD_SERVICE, "x/y"), 4);
	assert_int_equal(find(RECORD_SERVICE, "A/B/x/y"), 4);
}

static void store_find_id__lists_the_candidates__of_an_ambiguous_name(void **state)
{
	(void)state;
	must_refuse(RECORD_SERVICE, "Web", ERR_INVALID,
		    "Service 'Web' is ambiguous: 'A/Web', 'A/B/Web'; name one of them");
}

static void store_find_id__names_the_nearest__of_an_unknown_name(void **state)
{
	(void)state;
	must_refuse(RECORD_MONITOR, "Shop UE", ERR_NOT_FOUND,
		    "Monitor 'Shop UE' does not exist; 'Shop EU' is the nearest name; "
		    "`hublink list monitors` shows all");
	must_refuse(RECORD_SERVICE, "A/Mial", ERR_NOT_FOUND,
		    "Service 'A/Mial' does not exist; 'A/Mail' is the nearest name; "
		    "`hublink list services` shows all");
	must_refuse(RECORD_DEFINITION, "\x1b[2J", ERR_NOT_FOUND,
		    "Alert definition '<U+001B>[2J' does not exist; `hublink list "
		    "definitions` "
		    "shows all");
}

static void store_rename__moves_the_name__and_refuses_a_taken_one(void **state)
{
	(void)state;
	struct err err = { 0 };
	place_must(store_rename(place.store, RECORD_SERVICE, "A/Mail", "Post", &err),
		   &err);
	assert_int_equal(find(RECORD_SERVICE, "Post"), 2);
	assert_false(store_rename(place.store, RECORD_SERVICE, "Post", "Web", &err));
	assert_int_equal((int)err.code, ERR_INVALID);
	assert_non_null(strstr(err.text, "exists already"));
	assert_false(store_rename(place.store, RECORD_SERVICE, "Post", "", &err));
	assert_int_equal((int)err.code, ERR_INVALID);
	assert_int_equal(find(RECORD_SERVICE, "Post"), 2);
}

static void name_set__keeps_the_first_value__of_many_names(void **state)
{
	(void)state;
	struct name_set set = { 0 };
	char name[16];
	size_t value = 0;
	for (size_t i = 0; i < 5000; i++) {
		(void)snprintf(name, sizeof(name), "n%zu", i);
		assert_true(name_set_add(&set, name, i, NULL));
	}
	for (size_t i = 0; i < 5000; i++) {
		(void)snprintf(name, sizeof(name), "n%zu", i);
		assert_false(name_set_add(&set, name, 0, &value));
		assert_int_equal(value, i);
	}
	assert_false(name_set_has(&set, "other", &value));
	name_set_done(&set);
	assert_false(name_set_has(&set, "n1", &value));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(store_find_id__finds_services__bare_or_in_full),
		cmocka_unit_test(
			store_find_id__lists_the_candidates__of_an_ambiguous_name),
		cmocka_unit_test(store_find_id__names_the_nearest__of_an_unknown_name),
		cmocka_unit_test(store_rename__moves_the_name__and_refuses_a_taken_one),
		cmocka_unit_test(name_set__keeps_the_first_value__of_many_names),
	};
	return cmocka_run_group_tests(tests, open_two_hubs, place_tear_down);
}
