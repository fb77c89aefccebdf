/* The audit's chain: it holds, and a row that was changed, taken out, put in between or cut
 * off the end is named (T20, I26). */
#include <string.h>

#include "core/base/json.h"
#include "core/base/text.h"
#include "db/audit_chain.h"
#include "db/db.h"
#include "tests/support/check.h"
#include "tests/support/place.h"

static struct place place;

static void act(const char *object, const char *after)
{
	struct err err = { 0 };
	place_must(
		store_audit(place.store, "act", "monitor", 1, object, NULL, after, &err),
		&err);
}

static struct audit_verdict verdict(void)
{
	struct err err = { 0 };
	struct audit_verdict found;
	place_must(store_verify_audit(place.store, &found, &err), &err);
	return found;
}

/* As who can write the file would: without the triggers that stand in the way. */
static void tamper(const char *sql)
{
	DEFER(buf_done) struct buf why = BUF_INIT(1000);
	if (!place_sql(&place,
		       "DROP TRIGGER audit_is_never_changed; "
		       "DROP TRIGGER audit_is_never_deleted",
		       &why) ||
	    !place_sql(&place, sql, &why))
		fail_msg("%s", buf_text(&why));
}

static void four_acts(void)
{
	act("Shop", "{\"active\":true}");
	act("Mail", NULL);
	act("with \"quotes\"\nand lines", "");
	act("last", NULL);
}

static void chain__holds__from_the_first_row_on(void **state)
{
	(void)state;
	assert_true(verdict().holds);
	assert_int_equal(verdict().rows, 0);
	four_acts();
	assert_true(verdict().holds);
	assert_int_equal(verdict().rows, 4);
	assert_int_equal(verdict().first_id, 1);
	assert_int_equal(verdict().last_id, 4);
	assert_int_equal(strlen(verdict().hash), SHA256_HEX_SIZE - 1);
}

static void chain__goes_on__in_one_transaction_and_after_one_was_rolled_back(void **state)
{
	struct err err = { 0 };
	(void)state;
	act("before", NULL);
	{
		DEFER(store_abort) struct transaction tx = { 0 };
		place_must(store_begin(place.store, &tx, &err), &err);
		act("never was", NULL);
		act("neither", NULL);
	}
	struct transaction tx = { 0 };
	place_must(store_begin(place.store, &tx, &err), &err);
	act("one", NULL);
	act("two", NULL);
	place_must(store_commit(&tx, &err), &err);
	assert_true(verdict().holds);
	assert_int_equal(verdict().rows, 3);
}

static void chain__names_the_row__that_does_not_fit(void **state)
{
	static const struct {
		const char *sql, *broken;
	} cases[] = {
		{ "UPDATE audit SET object = 'Mall' WHERE id = 2",
		  "row #2 is not what was written" },
		{ "UPDATE audit SET at_ms = at_ms + 1 WHERE id = 1", "row #1 is not" },
		{ "UPDATE audit SET because = '' WHERE id = 3", "row #3 is not" },
		{ "UPDATE audit SET after = NULL WHERE id = 3", "row #3 is not" },
		{ "UPDATE audit SET hash = NULL WHERE id = 3", "row #3 has lost" },
		{ "DELETE FROM audit WHERE id = 3", "row #3 is missing" },
		{ "DELETE FROM audit WHERE id = 4", "row #4 is missing" },
		{ "DELETE FROM audit", "row #1 is missing" },
		{ "UPDATE audit SET id = -id; UPDATE audit SET id = id + 5",
		  "row #1 is not" },
		{ "INSERT INTO audit (id, at_ms, actor, source, action, object_kind, "
		  "object_id, object, hash) SELECT 5, at_ms, 'eve', source, action, "
		  "object_kind, object_id, object, hash FROM audit WHERE id = 4",
		  "row #5 is not" },
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		four_acts();
		tamper(cases[i].sql);
		const struct audit_verdict found = verdict();
		assert_false(found.holds);
		if (!text_starts_with(found.broken, cases[i].broken))
			fail_msg("%s: %s", cases[i].sql, found.broken);
		place_tear_down(state);
		place_set_up_store(state);
	}
}

/* The first row of a chain may stand behind rows that have none. */
static void chain__begins_behind__rows_of_before_there_was_one(void **state)
{
	DEFER(buf_done) struct buf why = BUF_INIT(1000);
	(void)state;
	assert_true(place_sql(&place,
			      "INSERT INTO audit (at_ms, actor, source, action, "
			      "object_kind, object_id, object) VALUES (1, 'anna', "
			      "'local', 'create', 'monitor', 1, 'Shop')",
			      &why));
	act("Mail", NULL);
	assert_true(verdict().holds);
	assert_int_equal(verdict().unchained, 1);
	assert_int_equal(verdict().rows, 1);
	assert_int_equal(verdict().first_id, 1);
}

static bool count_line(void *arg, const char *json)
{
	struct json *row = json_parse(json, strlen(json), NULL);
	assert_non_null(row);
	assert_int_equal(json_count(row), 16);
	json_free(row);
	++*(int *)arg;
	return true;
}

/* What others keep is enough to compute the chain anew. */
static bool check_line(void *arg, const char *json)
{
	char *previous = arg, hash[SHA256_HEX_SIZE];
	DEFER(buf_done) struct buf array = BUF_INIT(10000);
	struct json *row = json_parse(json, strlen(json), NULL);
	const char *kept = json_string(json_get(row, "hash"));
	buf_addf(&array, "[\"%s\"", previous);
	for (const struct json *one = json_first(row); one; one = json_next(one)) {
		if (text_equal(json_key(one), "hash"))
			break;
		buf_addc(&array, ',');
		json_add_value(&array, one);
	}
	buf_addc(&array, ']');
	sha256_hex(hash, buf_text(&array), array.len);
	assert_string_equal(kept, hash);
	memcpy(previous, hash, sizeof(hash));
	json_free(row);
	return true;
}

static void export__gives_all_that_the_hashes_are_of(void **state)
{
	struct err err = { 0 };
	char previous[SHA256_HEX_SIZE] = "";
	int lines = 0;
	(void)state;
	four_acts();
	place_must(store_export_audit(place.store, &FILTER_ALL, count_line, &lines, &err),
		   &err);
	assert_int_equal(lines, 4);
	place_must(
		store_export_audit(place.store, &FILTER_ALL, check_line, previous, &err),
		&err);
	assert_string_equal(previous, verdict().hash);
}

#define ON_A_STORE(test) PLACE_TEST(test, place_set_up_store, &place)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_A_STORE(chain__holds__from_the_first_row_on),
		ON_A_STORE(
			chain__goes_on__in_one_transaction_and_after_one_was_rolled_back),
		ON_A_STORE(chain__names_the_row__that_does_not_fit),
		ON_A_STORE(chain__begins_behind__rows_of_before_there_was_one),
		ON_A_STORE(export__gives_all_that_the_hashes_are_of),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
