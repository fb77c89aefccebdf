#include "tests/support/showcase.h"

#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "core/base/clock.h"
#include "tui/console/console.h"

enum { LOCK_WAIT_MS = 60000 };

static const char document[] =
	"{'hublink': 1,"
	" 'monitors': [{'name': 'Checkout flow', 'groups': ['shop']},"
	"  {'name': 'Login page', 'groups': ['shop']}, {'name': 'Search p95'},"
	"  {'name': 'Payments EU'}, {'name': 'Stock feed'}, {'name': 'Mail relay'},"
	"  {'name': 'Old gateway'}],"
	" 'integrations': [{'name': 'Public page', 'services': ["
	"  {'name': 'Checkout', 'url': '{hub}/checkout'},"
	"  {'name': 'Login', 'url': '{hub}/login'},"
	"  {'name': 'Search', 'url': '{hub}/search'},"
	"  {'name': 'Payments', 'url': '{hub}/payments'},"
	"  {'name': 'Mail', 'url': '{hub}/mail', 'publish_after': '1h'}]},"
	"  {'name': 'Partner page', 'services': ["
	"   {'name': 'Partner API', 'url': '{hub}/partners'}]}],"
	" 'alert_definitions': [{'name': 'Shop and accounts', 'groups': ['shop'],"
	"  'monitors': ['Search p95', 'Payments EU', 'Stock feed', 'Mail relay'],"
	"  'levels': [{'level': 1, 'after': {'errors': 1}, 'integrations': ["
	"   {'integration': 'Public page', 'active': true, 'links': ["
	"    {'monitor': 'Checkout flow', 'service': 'Checkout'},"
	"    {'monitor': 'Stock feed', 'service': 'Checkout'},"
	"    {'monitor': 'Login page', 'service': 'Login'},"
	"    {'monitor': 'Search p95', 'service': 'Search'},"
	"    {'monitor': 'Payments EU', 'service': 'Payments'},"
	"    {'monitor': 'Mail relay', 'service': 'Mail'}]}]},"
	"   {'level': 2, 'after': {'minutes': 1}, 'integrations': ["
	"    {'integration': 'Partner page', 'active': true, 'links': ["
	"     {'monitor': 'Checkout flow', 'service': 'Partner API'}]}]}]}]}";

/* Oldest first. */
static const struct {
	int ago_minutes;
	const char *monitor, *state;
} story[] = {
	{ 55, "Checkout flow", "ok" },    { 55, "Login page", "ok" },
	{ 55, "Search p95", "ok" },       { 55, "Payments EU", "ok" },
	{ 55, "Stock feed", "ok" },       { 55, "Mail relay", "ok" },
	{ 40, "Login page", "error" },    { 34, "Login page", "ok" },
	{ 12, "Checkout flow", "error" }, { 8, "Payments EU", "error" },
	{ 7, "Stock feed", "error" },     { 5, "Payments EU", "ok" },
	{ 4, "Search p95", "error" },     { 2, "Mail relay", "error" },
};

/* UPDATE table SET column = text, where {} in text stands for the column. */
static void add_change(struct buf *sql, const char *table, const char *column,
		       const char *text)
{
	buf_addf(sql, "UPDATE \"%s\" SET %s = ", table, column);
	for (; *text != '\0'; text++)
		if (strncmp(text, "{}", 2) == 0) {
			buf_adds(sql, column);
			text++;
		} else
			buf_addc(sql, *text);
	buf_addc(sql, ';');
}

/* Every time that is stored becomes "VALUE WHERE CONDITION"; {} stands for it in both. */
static void change_times(struct stage *s, const char *text)
{
	static const char every[] =
		"SELECT t.name, c.name FROM sqlite_schema t, pragma_table_info(t.name) c "
		"WHERE t.type = 'table' AND c.name LIKE '%\\_ms' ESCAPE '\\'";
	DEFER(buf_done) struct buf sql = BUF_INIT(64 * 1024);
	sqlite3 *db = NULL;
	sqlite3_stmt *columns = NULL;

	assert_int_equal(sqlite3_open(s->sandbox.db, &db), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db, every, -1, &columns, NULL), SQLITE_OK);
	while (sqlite3_step(columns) == SQLITE_ROW)
		add_change(&sql, (const char *)sqlite3_column_text(columns, 0),
			   (const char *)sqlite3_column_text(columns, 1), text);
	sqlite3_finalize(columns);
	sqlite3_close(db);
	stage_change(s, buf_text(&sql));
}

/* An event, what came of it, and then as if all of it had been that long ago. */
static void tell(struct stage *s, size_t i, int64_t begun_ms)
{
	char at[TIME_TEXT_SIZE], change[160];
	const int64_t now_ms = clock_now_ms(NULL);
	const int64_t ago_ms = now_ms - begun_ms + story[i].ago_minutes * MINUTE_MS;

	time_format_utc(at, now_ms - ago_ms);
	stage_do(s, "event '%s' %s --at %s", story[i].monitor, story[i].state, at);
	stage_settle(s);
	(void)snprintf(change, sizeof(change), "{} - %lld WHERE {} BETWEEN %lld AND %lld",
		       (long long)ago_ms, (long long)(now_ms - 20 * SECOND_MS),
		       (long long)(now_ms + 90 * MINUTE_MS));
	change_times(s, change);
}

/* Its engine stands still, and not in the middle of a write: that would keep the lock. */
static void stop_engine(struct stage *s)
{
	sqlite3 *db = NULL;

	stage_engine_start(s);
	assert_int_equal(sqlite3_open(s->sandbox.db, &db), SQLITE_OK);
	sqlite3_busy_timeout(db, LOCK_WAIT_MS);
	assert_int_equal(sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL),
			 SQLITE_OK);
	assert_int_equal(kill(s->engine, SIGSTOP), 0);
	sqlite3_close(db);
}

static void tell_from(struct stage *s, int64_t begun_ms)
{
	(void)stage_import_with(s, 0, "--prune", document);
	stage_change(s, "DROP TRIGGER audit_is_never_changed;"
			"UPDATE audit SET actor = 'anna'");
	for (size_t i = 0; i < COUNT_OF(story); i++)
		tell(s, i, begun_ms);
}

void showcase_tell(struct stage *s)
{
	tell_from(s, clock_now_ms(NULL));
}

void showcase_fill(struct stage *s)
{
	const int64_t begun_ms = clock_now_ms(NULL);
	char change[300];

	tell_from(s, begun_ms);
	stop_engine(s);
	stage_change(s, "UPDATE attempt SET duration_ms = 88;"
			"UPDATE service SET url = 'https://hooks.example.com/hooks/"
			"uptrends?token=0123456789abcdef' || id");
	(void)snprintf(change, sizeof(change),
		       "%lld + CAST(round(({} - %lld) / 60000.0) AS INTEGER) * 60000 "
		       "WHERE {} > 1000000000000",
		       (long long)SHOWCASE_NOW_MS, (long long)begun_ms);
	change_times(s, change);
	(void)snprintf(change, sizeof(change),
		       "UPDATE setting SET number = %lld WHERE name IN "
		       "('" FACT_ENGINE_SINCE "', '" FACT_MODE_SINCE "')",
		       (long long)(SHOWCASE_NOW_MS - DAY_MS));
	stage_change(s, change);
}

int showcase_console(const char *path)
{
	const struct console_options options = {
		.clock = { .fixed = true, .fixed_ms = SHOWCASE_NOW_MS }
	};
	struct store *store = NULL;
	struct err err = { 0 };
	bool done = store_open(path, STORE_WRITE, &store, &err) &&
		    console_run(store, &options, &err);

	store_close(store);
	if (!done)
		(void)fprintf(stderr, "%s\n", err.text);
	return done ? 0 : 1;
}
