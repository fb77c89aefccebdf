/* Names of what was deleted: kept as long as one row tells of it, and no longer (I22). */
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "tests/support/journal.h"

#define LONG_AGO (T0 - 1000 * DAY_MS)

enum {
	FEW_ROWS = 2,
	/* Ids of what is no more. */
	GONE = 70,
};

static void sweep(struct store *store, int64_t *ret_names)
{
	struct sweep sweep = { 0 };
	for (bool done = false; !done;)
		must(store_sweep_some(store, FEW_ROWS, &sweep, &done, err));
	if (ret_names)
		*ret_names = sweep.names;
}

static void a_former(struct store *store, const char *kind, int64_t id)
{
	char sql[200];
	(void)snprintf(sql, sizeof(sql),
		       "INSERT INTO former VALUES ('%s', %d, 'Old', '')", kind, (int)id);
	run_sql(store, sql);
}

static int64_t names(struct store *store)
{
	return number_of_sql(store, "SELECT count(*) FROM former");
}

/* ---- every row that can tell of it ---- */

static int64_t an_event_of(struct store *store, int64_t id)
{
	struct event event = { .monitor_id = SHOP, .state = EVENT_OK };
	enum event_verdict verdict;
	bool conflict;
	char sql[100];
	must(store_event_add(store, &event, T0, &verdict, &conflict, err));
	/* It came while there was such a monitor. */
	(void)snprintf(sql, sizeof(sql),
		       "UPDATE event SET monitor_id = %d WHERE seq = %d", (int)id,
		       (int)event.seq);
	run_sql(store, sql);
	return event.seq;
}

static int64_t an_alert_of_monitor(struct store *store, int64_t id)
{
	return an_alert(store, ALERT_ERROR, id, 1, LONG_AGO).id;
}

static int64_t an_alert_of_definition(struct store *store, int64_t id)
{
	struct alert alert = { .monitor_id = SHOP, .definition_id = id, .at_ms = T0 };
	must(store_alert_add(store, &alert, err));
	return alert.id;
}

static int64_t a_join_of(struct store *store, int64_t id)
{
	const struct join join = { .incident_id = an_incident(store, WEBSITE).id,
				   .monitor_id = id };
	must(store_join_put(store, &join, err));
	return join.incident_id;
}

static int64_t an_incident_of(struct store *store, int64_t id)
{
	return an_incident(store, id).id;
}

static int64_t a_delivery_of(struct store *store, int64_t id)
{
	return a_delivery(store, id, an_incident(store, WEBSITE).id).id;
}

static int64_t a_window_of(struct store *store, enum target_kind kind, int64_t id)
{
	struct maintenance window = { .from_ms = T0, .until_ms = T0 + 1000 };
	const struct maintenance_target target = { .kind = kind, .id = id };
	must(store_maintenance_add(store, &window, &target, 1, err));
	return window.head.id;
}

static int64_t a_window_of_monitor(struct store *store, int64_t id)
{
	return a_window_of(store, TARGET_MONITOR, id);
}

static int64_t a_window_of_service(struct store *store, int64_t id)
{
	return a_window_of(store, TARGET_SERVICE, id);
}

static const struct naming {
	const char *kind, *table, *column;
	int64_t (*add)(struct store *store,
		       int64_t id); /* returns what to take it away by */
	const char *remove;
} namings[] = {
	{ "monitor", "event", "monitor_id", an_event_of, "event WHERE seq" },
	{ "monitor", "alert", "monitor_id", an_alert_of_monitor, "alert WHERE id" },
	{ "monitor", "joining", "monitor_id", a_join_of, "joining WHERE incident_id" },
	{ "monitor", "maintenance_target", "monitor_id", a_window_of_monitor,
	  "maintenance WHERE id" },
	{ "definition", "alert", "definition_id", an_alert_of_definition,
	  "alert WHERE id" },
	{ "service", "incident", "service_id", an_incident_of, "incident WHERE id" },
	{ "service", "delivery", "service_id", a_delivery_of, "delivery WHERE id" },
	{ "service", "maintenance_target", "service_id", a_window_of_service,
	  "maintenance WHERE id" },
};

/* Two rows of each: the name stays with the first, and with the last, and goes after it. */
static void name__stays__as_long_as_one_row_tells_of_it(void **state)
{
	for (size_t i = 0; i < COUNT_OF(namings); i++) {
		const struct naming *naming = &namings[i];
		char sql[200];
		int64_t last = 0;
		a_former(*state, naming->kind, GONE);
		for (int rows = 0; rows < 2; rows++)
			last = naming->add(*state, GONE);
		sweep(*state, NULL);
		(void)snprintf(sql, sizeof(sql), "DELETE FROM %s <> %d", naming->remove,
			       (int)last);
		run_sql(*state, sql);
		sweep(*state, NULL);
		if (names(*state) != 1)
			fail_msg("%s.%s: gone too early", naming->table, naming->column);
		(void)snprintf(sql, sizeof(sql), "DELETE FROM %s = %d", naming->remove,
			       (int)last);
		run_sql(*state, sql);
		sweep(*state, NULL);
		if (names(*state) != 0)
			fail_msg("%s.%s: still there", naming->table, naming->column);
	}
}

/* What has such a column without a foreign key, and yet tells no name. */
static const struct {
	const char *table, *column, *why;
} mute[] = {
	{ "monitor_state", "monitor_id", "goes with its monitor" },
	{ "check_result", "monitor_id", "goes with its monitor" },
	{ "firing", "monitor_id", "goes with its monitor" },
	{ "unmatched", "monitor_id", "forgets its monitor" },
	{ "incident", "monitor_id", "has it in its joins" },
	{ "alert_reach", "service_id", "is that of its incident" },
};

static bool is_known(const char *table, const char *column)
{
	for (size_t i = 0; i < COUNT_OF(namings); i++)
		if (strcmp(table, namings[i].table) == 0 &&
		    strcmp(column, namings[i].column) == 0)
			return true;
	for (size_t i = 0; i < COUNT_OF(mute); i++)
		if (strcmp(table, mute[i].table) == 0 &&
		    strcmp(column, mute[i].column) == 0)
			return true;
	return false;
}

/* Whoever adds such a table finds this: its rows must keep names, or are listed above. */
static void name__is_asked_for__in_every_table_that_outlives_it(void **state)
{
	sqlite3_stmt *statement = NULL;
	size_t found = 0;
	assert_int_equal(
		sqlite3_prepare_v2(
			((struct store *)*state)->sql,
			"SELECT t.name, c.name FROM sqlite_schema t, "
			"pragma_table_info(t.name) c"
			" WHERE t.type = 'table'"
			" AND c.name IN ('monitor_id', 'definition_id', 'service_id')"
			" AND NOT EXISTS (SELECT 1 FROM pragma_foreign_key_list(t.name) f"
			"  WHERE f.\"from\" = c.name)",
			-1, &statement, NULL),
		SQLITE_OK);
	for (; sqlite3_step(statement) == SQLITE_ROW; found++) {
		const char *table = (const char *)sqlite3_column_text(statement, 0);
		const char *column = (const char *)sqlite3_column_text(statement, 1);
		if (!is_known(table, column))
			fail_msg("%s.%s", table, column);
	}
	sqlite3_finalize(statement);
	assert_int_equal(found, COUNT_OF(namings) + COUNT_OF(mute));
}

/* ---- how they go ---- */

static void name__goes__with_the_rows_of_the_same_sweep(void **state)
{
	struct sweep swept = { .before_ms[JOURNAL_ALERTS] = T0 - 400 * DAY_MS };
	a_former(*state, "monitor", GONE);
	an_alert_of_monitor(*state, GONE);
	an_alert(*state, ALERT_ERROR, SHOP, 1, T0);
	for (bool done = false; !done;)
		must(store_sweep_some(*state, FEW_ROWS, &swept, &done, err));
	assert_int_equal(swept.removed[JOURNAL_ALERTS], 1);
	assert_int_equal(swept.names, 1);
	assert_int_equal(names(*state), 0);
}

/* A step looks at so many ids and no more, however many names there are. */
static void names__go__in_ranges_of_ids(void **state)
{
	enum { MANY = 21 };
	static const char *const kinds[] = { "monitor", "definition", "service" };
	for (int i = 0; i < MANY; i++)
		for (size_t kind = 0; kind < COUNT_OF(kinds); kind++)
			a_former(*state, kinds[kind], GONE + i);
	an_event_of(*state, GONE + MANY / 2);
	struct sweep step = { 0 };
	for (bool done = false; !done;) {
		const int64_t before = names(*state);
		must(store_sweep_some(*state, FEW_ROWS, &step, &done, err));
		assert_true(before - names(*state) <= FEW_ROWS);
	}
	assert_int_equal(step.names, MANY * (int)COUNT_OF(kinds) - 1);
	assert_int_equal(number_of_sql(*state, "SELECT id FROM former"), GONE + MANY / 2);
}

/* An undo gives a record its id back: its name is the one that it has when it goes again. */
static void name__is_the_last_one__of_what_was_put_back_and_deleted_again(void **state)
{
	static const struct {
		enum record_kind kind;
		const char *table;
	} kinds[] = { { RECORD_MONITOR, "monitor" },
		      { RECORD_SERVICE, "service" },
		      { RECORD_DEFINITION, "definition" } };
	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		union {
			struct monitor monitor;
			struct service service;
			struct definition definition;
		} record;
		char sql[200];
		must(store_get(*state, kinds[i].kind, 1, &record, err));
		must(store_delete(*state, kinds[i].kind, 1, err));
		must(store_put_back(*state, kinds[i].kind, &record, err));
		(void)snprintf(sql, sizeof(sql),
			       "UPDATE %s SET name = 'New' WHERE id = 1", kinds[i].table);
		run_sql(*state, sql);
		must(store_delete(*state, kinds[i].kind, 1, err));
		(void)snprintf(
			sql, sizeof(sql),
			"SELECT name = 'New' FROM former WHERE kind = '%s' AND id = 1",
			kinds[i].table);
		assert_int_equal(number_of_sql(*state, sql), 1);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		JOURNAL_TEST(name__stays__as_long_as_one_row_tells_of_it),
		JOURNAL_TEST(name__is_asked_for__in_every_table_that_outlives_it),
		JOURNAL_TEST(name__goes__with_the_rows_of_the_same_sweep),
		JOURNAL_TEST(names__go__in_ranges_of_ids),
		JOURNAL_TEST(
			name__is_the_last_one__of_what_was_put_back_and_deleted_again),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
