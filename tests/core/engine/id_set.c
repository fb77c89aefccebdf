#include "core/engine/id_set.h"

#include "core/base/random.h"
#include "tests/support/check.h"

static void id_set__knows_what_is_in_it__when_ids_come_and_go(void **state)
{
	enum { IDS = 500, STEPS = 20000 };
	(void)state;
	struct id_set set = { 0 };
	bool is_in[IDS + 1] = { false };
	uint64_t seed = 42;
	size_t count = 0;
	for (int step = 0; step < STEPS; step++) {
		int64_t id = 1 + (int64_t)(random_step(&seed) % IDS);
		if (random_step(&seed) % 2 == 0) {
			assert_int_equal(id_set_add(&set, id), !is_in[id]);
			count += !is_in[id];
			is_in[id] = true;
		} else {
			id_set_remove(&set, id);
			count -= is_in[id];
			is_in[id] = false;
		}
		assert_int_equal(set.count, count);
	}
	for (int64_t id = 1; id <= IDS; id++)
		assert_int_equal(id_set_has(&set, id), is_in[id]);
	id_set_done(&set);
}

static void id_set__is_empty__when_it_is_new(void **state)
{
	(void)state;
	struct id_set set = { 0 };
	assert_false(id_set_has(&set, 1));
	id_set_remove(&set, 1);
	id_set_done(&set);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(id_set__knows_what_is_in_it__when_ids_come_and_go),
		cmocka_unit_test(id_set__is_empty__when_it_is_new),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
