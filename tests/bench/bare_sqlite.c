/* Bare SQLite loops: the same rows in group commits, and a page out of many; nothing
 * checked, nothing decided.
 *
 *     bare_sqlite store FILE COUNT PER_COMMIT     the rows that `event --batch` stores
 *     bare_sqlite page FILE COUNT                 50-row pages out of COUNT rows
 *
 * Prints "seconds S"; for page: of one page, the median of 1,001. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/base/text.h"

enum { PAGES = 1001, PAGE_ROWS = 50, MONITORS = 10000 };
#define FIRST_MS INT64_C(1795000000000)

static double now_s(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void run(sqlite3 *db, const char *sql)
{
	char *text = NULL;

	if (sqlite3_exec(db, sql, NULL, NULL, &text) == SQLITE_OK)
		return;
	(void)fprintf(stderr, "%s: %s\n", sql, text);
	exit(1);
}

static sqlite3 *open_bare(const char *path)
{
	sqlite3 *db = NULL;

	if (sqlite3_open(path, &db) != SQLITE_OK)
		exit(1);
	run(db, "PRAGMA journal_mode=WAL");
	run(db, "PRAGMA synchronous=FULL");
	run(db,
	    "CREATE TABLE event (seq INTEGER PRIMARY KEY, monitor_id INTEGER NOT NULL, "
	    "state INTEGER NOT NULL, confirmed INTEGER NOT NULL, explicit_at INTEGER "
	    "NOT NULL, at_ms INTEGER NOT NULL, received_ms INTEGER NOT NULL, effect "
	    "INTEGER NOT NULL, id TEXT, message TEXT, errors INTEGER NOT NULL DEFAULT "
	    "0, started_ms INTEGER NOT NULL DEFAULT 0) STRICT");
	run(db, "CREATE INDEX event_of_monitor ON event (monitor_id)");
	run(db, "CREATE UNIQUE INDEX event_by_id ON event (monitor_id, id) "
		"WHERE id IS NOT NULL");
	run(db, "CREATE TABLE pending (at_ms INTEGER NOT NULL, seq INTEGER NOT NULL, "
		"PRIMARY KEY (at_ms, seq)) STRICT, WITHOUT ROWID");
	run(db, "CREATE TABLE monitor_state (monitor_id INTEGER PRIMARY KEY, newest_ms "
		"INTEGER NOT NULL, message TEXT) STRICT");
	return db;
}

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *statement = NULL;

	if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK)
		exit(1);
	return statement;
}

static void store_row(sqlite3_stmt *statement, const int64_t *numbers, int count)
{
	for (int i = 0; i < count; i++)
		(void)sqlite3_bind_int64(statement, i + 1, numbers[i]);
	if (sqlite3_step(statement) != SQLITE_DONE)
		exit(1);
	(void)sqlite3_reset(statement);
}

/* What an event leaves: its row, its place among those that wait, its monitor's newest. */
static void store_rows(sqlite3 *db, int64_t count, int64_t per_commit)
{
	enum { SEQ, MONITOR, AT, RECEIVED };
	sqlite3_stmt *event = prepare(
		db, "INSERT INTO event (seq, monitor_id, at_ms, received_ms, state, "
		    "confirmed, explicit_at, effect, message) "
		    "VALUES (?, ?, ?, ?, 0, 1, 0, 1, 'timeout after 10000 ms')");
	sqlite3_stmt *pending =
		prepare(db, "INSERT INTO pending (seq, at_ms) VALUES (?, ?)");
	sqlite3_stmt *state =
		prepare(db, "INSERT INTO monitor_state (monitor_id, newest_ms) VALUES "
			    "(?, ?) ON CONFLICT DO UPDATE SET newest_ms = "
			    "excluded.newest_ms");

	for (int64_t i = 0; i < count; i++) {
		const int64_t row[] = { i + 1, i % MONITORS + 1, FIRST_MS + i,
					FIRST_MS + i };
		const int64_t place[] = { row[SEQ], row[AT] };
		if (i % per_commit == 0)
			run(db, "BEGIN IMMEDIATE");
		store_row(state, &row[MONITOR], 2);
		store_row(event, row, RECEIVED + 1);
		store_row(pending, place, 2);
		if (i % per_commit == per_commit - 1 || i == count - 1)
			run(db, "COMMIT");
	}
	(void)sqlite3_finalize(event);
	(void)sqlite3_finalize(pending);
	(void)sqlite3_finalize(state);
}

static int compare(const void *a, const void *b)
{
	double left = *(const double *)a;
	double right = *(const double *)b;

	return (left > right) - (left < right);
}

static double page_seconds(sqlite3 *db, int64_t count)
{
	static double seconds[PAGES];
	sqlite3_stmt *page = NULL;
	size_t bytes = 0;

	if (sqlite3_prepare_v2(db,
			       "SELECT seq, monitor_id, state, at_ms, message FROM event "
			       "WHERE seq < ? "
			       "ORDER BY seq DESC LIMIT ?",
			       -1, &page, NULL) != SQLITE_OK)
		exit(1);
	for (int i = 0; i < PAGES; i++) {
		double begin = now_s();
		(void)sqlite3_bind_int64(page, 1, count - (int64_t)i * PAGE_ROWS % count);
		(void)sqlite3_bind_int64(page, 2, PAGE_ROWS);
		while (sqlite3_step(page) == SQLITE_ROW)
			bytes += (size_t)sqlite3_column_bytes(page, 4);
		(void)sqlite3_reset(page);
		seconds[i] = now_s() - begin;
	}
	(void)sqlite3_finalize(page);
	qsort(seconds, PAGES, sizeof(seconds[0]), compare);
	return bytes > 0 ? seconds[PAGES / 2] : 0;
}

int main(int argc, char **argv)
{
	int64_t count = 0;
	int64_t per_commit = 1000;

	if (argc < 4 || !text_integer(argv[3], &count) || count < 1 ||
	    count > 100000000 ||
	    (argc > 4 && (!text_integer(argv[4], &per_commit) || per_commit < 1))) {
		(void)fprintf(stderr,
			      "usage: bare_sqlite store|page FILE COUNT [PER_COMMIT]\n");
		return 2;
	}
	sqlite3 *db = open_bare(argv[2]);
	double begin = now_s();
	store_rows(db, count, per_commit);
	double seconds = now_s() - begin;
	if (strcmp(argv[1], "page") == 0)
		seconds = page_seconds(db, count);
	printf("seconds %.9f\n", seconds);
	return sqlite3_close(db) != SQLITE_OK;
}
