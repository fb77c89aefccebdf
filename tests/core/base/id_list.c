#include "core/base/id_list.h"

#include "core/base/compiler.h"
#include "tests/support/check.h"

static void id_list__keeps_what_is_added__in_its_order(void **state)
{
	DEFER(id_list_done) struct id_list ids = { 0 };
	(void)state;
	for (int64_t id = 100; id > 0; id--)
		assert_true(id_list_add(&ids, id));
	assert_int_equal(ids.count, 100);
	assert_int_equal(ids.items[0], 100);
	assert_int_equal(ids.items[99], 1);
}

static void id_list_add_once__refuses__what_is_there(void **state)
{
	DEFER(id_list_done) struct id_list ids = { 0 };
	(void)state;
	assert_true(id_list_add_once(&ids, 7));
	assert_true(id_list_add_once(&ids, 8));
	assert_false(id_list_add_once(&ids, 7));
	assert_int_equal(ids.count, 2);
}

static void id_list_done__leaves_an_empty_one(void **state)
{
	struct id_list ids = { 0 };
	(void)state;
	id_list_add(&ids, 7);
	id_list_done(&ids);
	assert_int_equal(ids.count, 0);
	assert_null(ids.items);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(id_list__keeps_what_is_added__in_its_order),
		cmocka_unit_test(id_list_add_once__refuses__what_is_there),
		cmocka_unit_test(id_list_done__leaves_an_empty_one),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
