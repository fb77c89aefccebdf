/* The audit's chain survives the removal of its beginning (I26). */
#include <string.h>

#include "tests/support/journal.h"

#define DAY DAY_MS
#define OLD (T0 - 500 * DAY)

enum { PLENTY = 1000 };

static void sweep_before(struct store *store, int64_t before_ms, unsigned rows)
{
	const struct clock clock = { .fixed = true, .fixed_ms = T0 };
	struct sweep sweep = { .before_ms = { [JOURNAL_AUDIT] = before_ms } };
	store_set_clock(store, &clock);
	for (bool done = false; !done;)
		must(store_sweep_some(store, rows, &sweep, &done, err));
}

static void act_at(struct store *store, int64_t at_ms)
{
	const struct clock clock = { .fixed = true, .fixed_ms = at_ms };
	store_set_clock(store, &clock);
	must(store_audit(store, "act", "monitor", SHOP, "Shop", NULL, NULL, err));
}

static struct audit_verdict verdict(struct store *store)
{
	struct audit_verdict found;
	must(store_verify_audit(store, &found, err));
	return found;
}

static void audit__is_proved_from_where_it_begins__after_a_sweep(void **state)
{
	for (int i = 0; i < 4; i++)
		act_at(*state, OLD + i);
	act_at(*state, T0 - DAY);
	sweep_before(*state, T0 - 400 * DAY, 3);
	struct audit_verdict found = verdict(*state);
	assert_true(found.holds);
	assert_int_equal(found.forgotten, 4);
	assert_int_equal(found.first_id, 5);
	assert_int_equal(found.rows, 3); /* one act, and two that tell of the removal */
	assert_int_equal(found.told_by, 7);
	/* The rows that tell of it go with time, too. */
	act_at(*state, T0 + 2 * DAY);
	sweep_before(*state, T0 + DAY, PLENTY);
	found = verdict(*state);
	assert_true(found.holds);
	assert_int_equal(found.forgotten, 7);
	assert_int_equal(found.first_id, 8);
}

static void audit__has_a_fault__where_more_was_removed_or_the_beginning_was_changed(
	void **state)
{
	static const struct {
		const char *sql, *broken;
	} cases[] = {
		{ "DELETE FROM audit WHERE id = 3", "row #3 is missing" },
		{ "DELETE FROM audit WHERE id < 5", "row #3 is missing" },
		{ "UPDATE audit SET object = 'Mall' WHERE id = 3", "row #3 is not" },
		{ "UPDATE audit SET object_id = 3 WHERE action = 'forget'",
		  "row #4 is missing" },
		{ "UPDATE audit SET after = replace(after, 'hash', 'hush') "
		  "WHERE action = 'forget'",
		  "row #3 is not" },
		{ "DELETE FROM audit WHERE action = 'forget'", "row #3 is not" },
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		act_at(*state, OLD);
		act_at(*state, OLD);
		for (int young = 0; young < 3; young++)
			act_at(*state, T0 - DAY);
		sweep_before(*state, T0 - 400 * DAY, PLENTY);
		assert_true(verdict(*state).holds);
		run_sql(*state, "DROP TRIGGER audit_is_never_changed;"
				"DROP TRIGGER audit_is_never_deleted");
		run_sql(*state, cases[i].sql);
		const struct audit_verdict found = verdict(*state);
		assert_false(found.holds);
		if (strncmp(found.broken, cases[i].broken, strlen(cases[i].broken)) != 0)
			fail_msg("%s: %s", cases[i].sql, found.broken);
		journal_close(state);
		assert_int_equal(journal_open(state), 0);
	}
}

/* Rows from before there was a chain have no hash to go on from. */
static void audit__begins_anew__behind_rows_without_a_hash(void **state)
{
	run_sql(*state, "INSERT INTO audit (at_ms, actor, source, action, object_kind,"
			" object_id, object) VALUES (1, 'anna', 'local', 'create',"
			" 'monitor', 1, 'Shop'), (2, 'anna', 'local', 'create',"
			" 'monitor', 2, 'Mail')");
	act_at(*state, T0 - DAY);
	sweep_before(*state, T0 - 400 * DAY, 1);
	assert_true(verdict(*state).holds);
	assert_int_equal(verdict(*state).forgotten, 2);
	assert_int_equal(verdict(*state).unchained, 0);
}

static void audit__keeps_its_rows__from_whoever_does_not_tell_first(void **state)
{
	struct err err = { 0 };
	act_at(*state, OLD);
	act_at(*state, T0);
	assert_false(db_exec(*state, "DELETE FROM audit WHERE id = 1", &err));
	sweep_before(*state, T0 - 400 * DAY, PLENTY);
	assert_false(db_exec(*state, "DELETE FROM audit WHERE id = 2", &err));
	assert_int_equal(verdict(*state).forgotten, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		JOURNAL_TEST(audit__is_proved_from_where_it_begins__after_a_sweep),
		JOURNAL_TEST(
			audit__has_a_fault__where_more_was_removed_or_the_beginning_was_changed),
		JOURNAL_TEST(audit__begins_anew__behind_rows_without_a_hash),
		JOURNAL_TEST(audit__keeps_its_rows__from_whoever_does_not_tell_first),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
