/* A store in memory with the configuration of another as far as it concerns one monitor, for
 * simulations: the same ids, no history. */
#include <sqlite3.h>

#include "db/db.h"

enum { SQL_MAX = 1024 };

/* Its services, with all their links and the monitors of those: how many there are decides how bad
 * an outage is (R21). A configuration may have a hundred thousand others. */
#define ITS_SERVICES "(SELECT service_id FROM link WHERE monitor_id = :monitor)"
#define ITS_MONITORS                                                           \
	"(SELECT :monitor UNION SELECT monitor_id FROM link WHERE service_id " \
	"IN " ITS_SERVICES ")"
#define OF_TARGETS                                                      \
	" WHERE (monitor_id IS NULL OR monitor_id IN " ITS_MONITORS ")" \
	" AND (service_id IS NULL OR service_id IN " ITS_SERVICES ")"

/* Parents before children. Maintenance windows are what operators have arranged, too. */
static const struct {
	const char *name, *which; /* NULL: all rows */
} tables[] = {
	{ "monitor", " WHERE id IN " ITS_MONITORS },
	{ "monitor_group", " WHERE monitor_id IN " ITS_MONITORS },
	{ "integration", NULL },
	{ "service", " WHERE id IN " ITS_SERVICES },
	{ "definition", NULL },
	{ "definition_monitor", " WHERE monitor_id IN " ITS_MONITORS },
	{ "definition_group", NULL },
	{ "level", NULL },
	{ "placement", NULL },
	{ "link", " WHERE service_id IN " ITS_SERVICES },
	{ "maintenance", NULL },
	{ "maintenance_target", OF_TARGETS },
	{ "schedule", NULL },
	{ "schedule_target", OF_TARGETS },
	{ "schedule_made", NULL },
	{ "schedule_window", NULL },
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
		       const char *which, int64_t monitor_id, struct err *err)
{
	DEFER(buf_done) struct buf sql = BUF_INIT(SQL_MAX);
	sqlite3_stmt *from = NULL;
	sqlite3_stmt *to = NULL;
	buf_addf(&sql, "SELECT * FROM %s%s", table, which ? which : "");
	int code = sqlite3_prepare_v2(source->sql, buf_text(&sql), -1, &from, NULL);
	if (code != SQLITE_OK)
		return db_fail(source, code, err);
	if (which)
		sqlite3_bind_int64(from, 1, monitor_id);
	buf_reset(&sql);
	add_insert(&sql, table, sqlite3_column_count(from));
	code = sqlite3_prepare_v2(scratch->sql, buf_text(&sql), -1, &to, NULL);
	if (code == SQLITE_OK)
		code = copy_rows(from, to);
	sqlite3_finalize(from);
	sqlite3_finalize(to);
	return code == SQLITE_DONE || db_fail(scratch, code, err);
}

static bool copy_all(struct store *source, struct store *scratch, int64_t monitor_id,
		     struct err *err)
{
	DEFER(store_abort) struct transaction tx = { 0 };
	if (!store_begin(scratch, &tx, err))
		return false;
	for (size_t i = 0; i < COUNT_OF(tables); i++) {
		if (!copy_table(source, scratch, tables[i].name, tables[i].which,
				monitor_id, err))
			return fail_in(err, "copying the table %s", tables[i].name);
	}
	return store_set_mode(scratch, MODE_LIVE, 0, err) && store_commit(&tx, err);
}

static bool copy_in_snapshot(struct store *source, struct store *scratch,
			     int64_t monitor_id, struct err *err)
{
	DEFER(store_abort) struct transaction tx = { 0 };
	return store_begin_reading(source, &tx, err) &&
	       copy_all(source, scratch, monitor_id, err);
}

bool store_open_scratch(struct store *source, int64_t monitor_id, struct store **ret,
			struct err *err)
{
	DEFER(store_done) struct store *scratch = NULL;
	if (!db_open_memory(&scratch, err) ||
	    !copy_in_snapshot(source, scratch, monitor_id, err))
		return false;
	scratch->actor = source->actor;
	scratch->clock = source->clock;
	*ret = TAKE(scratch);
	return true;
}
