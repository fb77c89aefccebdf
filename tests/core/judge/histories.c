/* Random histories against every promise (R1-R22, and the invariants that
 * tests/faults.txt lists). A seed that fails is shrunk by dropping operations, and
 * printed.
 *
 *     HUBLINK_HISTORIES=1000000 build/test/tests/core/judge/histories    how many
 *     HUBLINK_SEED=42 …                                                  only this one */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/judge/judge.h"
#include "core/rules/payload.h"
#include "tests/support/check.h"
#include "tests/support/flat/history.h"

enum { HISTORIES = 10000 };

/* The wire is not the matter here; the bytes need only tell updates apart. */
bool payload_build(const struct payload_facts *facts, struct buf *ret, struct err *err)
{
	(void)err;
	buf_addf(ret, "%d %d %d %" PRId64, (int)facts->kind, (int)facts->incident_status,
		 (int)facts->service_status, facts->start_ms);
	return true;
}

HISTORIES_ARE_SHORT

static const char *run_one(const struct history *history, void *store)
{
	return history_run(history, store);
}

static void print_one(const struct history *history, void *store)
{
	history_print(history);
	flat_print(store);
}

static void histories__keep_every_promise(void **state)
{
	histories_run(&(struct histories){ .run = run_one,
					   .print = print_one,
					   .arg = *state,
					   .first = 1,
					   .count = HISTORIES,
					   .ops = HISTORY_OPS_MAX });
}

/* ---- I17 ---- */

static void histories__end_the_same__from_the_same_seed_i17(void **state)
{
	struct store *first = *state;
	struct store *second = mem_new(1, sizeof(*second));
	struct history history;
	for (uint64_t seed = 1; seed <= 100; seed++) {
		history_make(&history, seed, HISTORY_OPS_MAX);
		(void)history_run(&history, first);
		(void)history_run(&history, second);
		assert_int_equal(first->delivery_count, second->delivery_count);
		assert_int_equal(first->incident_count, second->incident_count);
		assert_memory_equal(first->bodies, second->bodies,
				    (size_t)first->delivery_count *
					    sizeof(first->bodies[0]));
		for (int i = 0; i < first->delivery_count; i++)
			assert_int_equal(first->deliveries[i].state,
					 second->deliveries[i].state);
	}
	free(second);
}

/* ---- R2 ---- */

static void compare_decisions(const struct store *a, const struct store *b)
{
	assert_int_equal(a->alert_count, b->alert_count);
	for (int i = 0; i < a->alert_count; i++) {
		assert_int_equal(a->alerts[i].type, b->alerts[i].type);
		assert_int_equal(a->alerts[i].at_ms, b->alerts[i].at_ms);
		assert_int_equal(a->alerts[i].monitor_id, b->alerts[i].monitor_id);
		assert_int_equal(a->alerts[i].level, b->alerts[i].level);
	}
	assert_int_equal(a->incident_count, b->incident_count);
	for (int i = 0; i < a->incident_count; i++) {
		assert_int_equal(a->incidents[i].status, b->incidents[i].status);
		assert_int_equal(a->incidents[i].opened_at_ms,
				 b->incidents[i].opened_at_ms);
		assert_int_equal(a->incidents[i].monitoring_at_ms,
				 b->incidents[i].monitoring_at_ms);
	}
	assert_int_equal(a->delivery_count, b->delivery_count);
	for (int i = 0; i < a->delivery_count; i++) {
		assert_int_equal(a->deliveries[i].kind, b->deliveries[i].kind);
		assert_int_equal(a->deliveries[i].state, b->deliveries[i].state);
		assert_int_equal(a->deliveries[i].place, b->deliveries[i].place);
		assert_int_equal(a->bodies[i], b->bodies[i]);
	}
}

static void histories__decide_the_same__though_the_engine_was_down_r2(void **state)
{
	struct store *running = *state;
	struct store *down = mem_new(1, sizeof(*down));
	for (uint64_t seed = 1; seed <= 2000; seed++) {
		history_events(running, seed, true);
		history_events(down, seed, false);
		assert_string_equal(running->broken, "");
		assert_string_equal(down->broken, "");
		compare_decisions(running, down);
	}
	free(down);
}

static int open_flat(void **state)
{
	*state = mem_new(1, sizeof(struct store));
	return 0;
}

static int close_flat(void **state)
{
	free(*state);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(histories__keep_every_promise),
		cmocka_unit_test(histories__end_the_same__from_the_same_seed_i17),
		cmocka_unit_test(
			histories__decide_the_same__though_the_engine_was_down_r2),
	};
	return cmocka_run_group_tests(tests, open_flat, close_flat);
}
