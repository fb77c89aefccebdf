/* What every question of the store costs: each can be prepared, and none reads through
 * the journal or the outbox, however long they are. */
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
	"monitor_state_timer", "monitor_state_in_error", "incident_standing",
	"incident_monitoring", "incident_reminder",      "delivery_due",
	"delivery_lane",       "delivery_hold",          "delivery_failed",
};

/* Tables that grow with time. */
static const char *const history[] = {
	"event",    "alert",    "alert_reach",   "incident", "joining",
	"timeline", "delivery", "delivery_body", "attempt",  "maintenance_target"
};

static bool uses_partial_index(const char *step)
{
	for (size_t i = 0; i < COUNT_OF(partial); i++) {
		if (strstr(step, partial[i]) != NULL)
			return true;
	}
	return false;
}

/* Is the name that a step scans one of those tables, or what the question calls one
 * ("delivery d")? */
static bool names_history(const char *sql, const char *scanned)
{
	int length = (int)strcspn(scanned, " ");
	for (size_t i = 0; i < COUNT_OF(history); i++) {
		char called[64];
		(void)snprintf(called, sizeof(called), " %s %.*s ", history[i], length,
			       scanned);
		if (strstr(sql, called) != NULL)
			return true;
		if (strlen(history[i]) == (size_t)length &&
		    strncmp(scanned, history[i], (size_t)length) == 0)
			return true;
	}
	return false;
}

static bool reads_history(const char *sql, const char *step)
{
	return strncmp(step, "SCAN ", 5) == 0 && names_history(sql, step + 5) &&
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
			if (!reads_history(queries[i].sql, step))
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
	const char *sql = "SELECT 1 FROM delivery d JOIN definition e ON 1";
	assert_true(reads_history(sql, "SCAN delivery"));
	assert_true(reads_history(sql, "SCAN d"));
	assert_true(reads_history(sql, "SCAN d USING INDEX delivery_of_service"));
	assert_false(reads_history(sql, "SCAN e"));
	assert_false(reads_history(sql, "SCAN d USING COVERING INDEX delivery_lane"));
	assert_false(
		reads_history(sql, "SEARCH d USING INDEX delivery_told (service_id=?)"));
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
