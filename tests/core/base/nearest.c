#include "core/base/nearest.h"

#include "tests/support/check.h"

static const char *nearest_of(const char *wanted, const char *const *names)
{
	static struct nearest nearest;
	nearest_init(&nearest, wanted);
	for (; *names; names++)
		nearest_offer(&nearest, *names);
	return nearest_found(&nearest);
}

static const char *const commands[] = { "status", "event", "engine", "Shop EU", NULL };

static void text_distance__counts_letters__of_each_kind_of_slip(void **state)
{
	(void)state;
	assert_int_equal(text_distance("status", "status"), 0);
	assert_int_equal(text_distance("Status", "sTATUS"), 0);
	assert_int_equal(text_distance("staus", "status"), 1);
	assert_int_equal(text_distance("statuus", "status"), 1);
	assert_int_equal(text_distance("stutus", "status"), 1);
	assert_int_equal(text_distance("sttaus", "status"), 1);
	assert_int_equal(text_distance("", "abc"), 3);
}

static void nearest_found__gives_the_closest__when_one_is_near(void **state)
{
	(void)state;
	assert_string_equal(nearest_of("evnet", commands), "event");
	assert_string_equal(nearest_of("engin", commands), "engine");
}

static void nearest_found__takes_a_longer_name__when_it_begins_with_the_wanted(
	void **state)
{
	(void)state;
	assert_string_equal(nearest_of("shop", commands), "Shop EU");
}

static void nearest_found__gives_nothing__when_all_are_far(void **state)
{
	(void)state;
	assert_null(nearest_of("maintenance", commands));
	assert_null(nearest_of("", commands));
	assert_null(nearest_of("x", (const char *const[]){ "-", NULL }));
	assert_null(nearest_of("even", (const char *const[]){ "next", "seen", NULL }));
	assert_null(nearest_of("nope", (const char *const[]){ "mode", "next", NULL }));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_distance__counts_letters__of_each_kind_of_slip),
		cmocka_unit_test(nearest_found__gives_the_closest__when_one_is_near),
		cmocka_unit_test(
			nearest_found__takes_a_longer_name__when_it_begins_with_the_wanted),
		cmocka_unit_test(nearest_found__gives_nothing__when_all_are_far),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
