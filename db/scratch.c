/* A store in memory with the configuration of another, for simulations: the same ids, no
 * history. */
#include <sqlite3.h>

#include "db/db.h"

enum { SQL_MAX = 512 };

/* Parents before children. Maintenance windows are what operators have arranged, too. */
static const char *const tables[] = {
	"monitor",          "monitor_group",
	"integration",      "service",
	"definition",       "definition_monitor",
	"definition_group", "level",
	"placement",        "link",
	"maintenance",      "maintenance_target",
	"schedule",         "schedule_target",
	"schedule_window",
};

static void add_insert(struct buf *ret, const char *table, int columns)
{
	buf_addf(ret, "INSERT INTO %s VALUES (?", table);
	for (int i = 1; i < columns; i++)
		buf_adds(ret, ", ?");
	buf_addc(ret, ')');
}

static int copy_rows(sqlite3_stmt *from, sqlite3_stmt *to)
{
	int columns = sqlite3_column_count(from);
	int code;
	while ((code = sqlite3_step(from)) == SQLITE_ROW) {
		for (int i = 0; i < columns; i++)
			sqlite3_bind_value(to, i + 1, sqlite3_column_value(from, i));
		code = sqlite3_step(to);
		if (code != SQLITE_DONE)
			return code;
		sqlite3_reset(to);
	}
	return code;
}

static bool copy_table(struct store *source, struct store *scratch, const char *table,
		       struct err *err)
{
	DEFER(buf_done) struct buf sql = BUF_INIT(SQL_MAX);
	sqlite3_stmt *from = NULL;
	sqlite3_stmt *to = NULL;
	buf_addf(&sql, "SELECT * FROM %s", table);
	int code = sqlite3_prepare_v2(source->sql, buf_text(&sql), -1, &from, NULL);
	if (code != SQLITE_OK)
		return db_fail(source, code, err);
	buf_reset(&sql);
	add_insert(&sql, table, sqlite3_column_count(from));
	code = sqlite3_prepare_v2(scratch->sql, buf_text(&sql), -1, &to, NULL);
	if (code == SQLITE_OK)
		code = copy_rows(from, to);
	sqlite3_finalize(from);
	sqlite3_finalize(to);
	return code == SQLITE_DONE || db_fail(scratch, code, err);
}

static bool copy_all(struct store *source, struct store *scratch, struct err *err)
{
	DEFER(store_abort) struct transaction tx = { 0 };
	if (!store_begin(scratch, &tx, err))
		return false;
	for (size_t i = 0; i < COUNT_OF(tables); i++) {
		if (!copy_table(source, scratch, tables[i], err))
			return fail_in(err, "copying the table %s", tables[i]);
	}
	return store_set_mode(scratch, MODE_LIVE, 0, err) && store_commit(&tx, err);
}

static bool copy_in_snapshot(struct store *source, struct store *scratch, struct err *err)
{
	DEFER(store_abort) struct transaction tx = { 0 };
	return store_begin_reading(source, &tx, err) && copy_all(source, scratch, err);
}

bool store_open_scratch(struct store *source, struct store **ret, struct err *err)
{
	DEFER(store_done) struct store *scratch = NULL;
	if (!db_open_memory(&scratch, err) || !copy_in_snapshot(source, scratch, err))
		return false;
	scratch->actor = source->actor;
	scratch->clock = source->clock;
	*ret = TAKE(scratch);
	return true;
}
