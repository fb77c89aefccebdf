/* What every question of the store costs: each can be prepared, and none reads through the journal or the
 * outbox, however long they are. */
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "tests/support/journal.h"

static const struct {
	const char *name, *sql;
} queries[] = {
#define QUERY(name, sql) { #name, sql },
#include "db/queries.def"
#undef QUERY
};

/* Reading all of a partial index is reading what is unfinished. */
static const char *const partial[] = {
	"event_pending",    "monitor_state_timer", "monitor_state_in_error",
	"incident_standing", "incident_monitoring", "incident_reminder",
	"delivery_due",     "delivery_lane",       "delivery_hold",
	"delivery_failed",
};

/* Tables that grow with time. */
static const char *const history[] = { "event", "alert", "alert_reach", "incident",
				       "joining", "timeline", "delivery", "delivery_body",
				       "attempt" };

static bool uses_partial_index(const char *step)
{
	for (size_t i = 0; i < COUNT_OF(partial); i++) {
		if (strstr(step, partial[i]) != NULL)
			return true;
	}
	return false;
}

/* The table a step scans, by the letter or name it goes by in questions. */
static bool names_history(const char *scanned)
{
	static const char *const letters[] = { "e", "a", "r", "i", "j", "d", "o", "t" };
	size_t length = strcspn(scanned, " ");
	for (size_t i = 0; i < COUNT_OF(history); i++) {
		if (strlen(history[i]) == length && strncmp(scanned, history[i], length) == 0)
			return true;
	}
	for (size_t i = 0; i < COUNT_OF(letters); i++) {
		if (length == 1 && scanned[0] == letters[i][0])
			return true;
	}
	return false;
}

static bool reads_history(const char *step)
{
	return strncmp(step, "SCAN ", 5) == 0 && names_history(step + 5) &&
	       !uses_partial_index(step);
}

static sqlite3_stmt *prepare(struct store *store, const char *name, const char *sql)
{
	sqlite3_stmt *statement = NULL;
	if (sqlite3_prepare_v2(store->sql, sql, -1, &statement, NULL) != SQLITE_OK)
		fail_msg("%s: %s", name, sqlite3_errmsg(store->sql));
	return statement;
}

static void queries__are_prepared__each(void **state)
{
	for (size_t i = 0; i < COUNT_OF(queries); i++)
		sqlite3_finalize(prepare(*state, queries[i].name, queries[i].sql));
}

static void queries__read_no_history__each(void **state)
{
	size_t faults = 0;
	for (size_t i = 0; i < COUNT_OF(queries); i++) {
		char explain[16384];
		if (strncmp(queries[i].sql, "PRAGMA", 6) == 0)
			continue;
		(void)snprintf(explain, sizeof(explain), "EXPLAIN QUERY PLAN %s",
			       queries[i].sql);
		sqlite3_stmt *plan = prepare(*state, queries[i].name, explain);
		while (sqlite3_step(plan) == SQLITE_ROW) {
			const char *step = (const char *)sqlite3_column_text(plan, 3);
			if (!reads_history(step))
				continue;
			print_error("%s: %s\n", queries[i].name, step);
			faults++;
		}
		sqlite3_finalize(plan);
	}
	assert_int_equal(faults, 0);
}

static void queries__are_noticed__when_they_read_history(void **state)
{
	(void)state;
	assert_true(reads_history("SCAN delivery"));
	assert_true(reads_history("SCAN d USING INDEX delivery_of_service"));
	assert_false(reads_history("SCAN d USING COVERING INDEX delivery_lane"));
	assert_false(reads_history("SEARCH d USING INDEX delivery_of_service (service_id=?)"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(queries__are_prepared__each),
		cmocka_unit_test(queries__read_no_history__each),
		cmocka_unit_test(queries__are_noticed__when_they_read_history),
	};
	return cmocka_run_group_tests(tests, journal_open, journal_close);
}
