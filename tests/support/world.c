#include "tests/support/world.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/base/text.h"
#include "db/db.h"

int64_t minutes(double count)
{
	return (int64_t)(count * (double)MINUTE_MS);
}

int64_t at(double minute)
{
	return WORLD_T0 + minutes(minute);
}

/* ---- life ---- */

static void make_hub(struct world *w)
{
	struct integration *hub = mem_new(1, sizeof(*hub));
	record_defaults(RECORD_INTEGRATION, hub);
	assert_true(text_copy(hub->name, sizeof(hub->name), "Hub"));
	hub->payload = PAYLOAD_GENERIC_V2;
	world_must(store_put(w->store, RECORD_INTEGRATION, hub, err));
	w->integration_id = hub->head.id;
	free(hub);
}

static void make_definition(struct world *w)
{
	struct definition definition = { .name = "Default", .active = true };
	world_must(store_put(w->store, RECORD_DEFINITION, &definition, err));
	w->definition_id = definition.head.id;
}

int world_open(void **state)
{
	struct world *w = mem_new(1, sizeof(*w));
	const struct clock clock = { .fixed = true, .fixed_ms = WORLD_T0 };
	w->now_ms = WORLD_T0;
	w->told = BUF_INIT(1 << 20);
	world_must(db_open_memory(&w->store, err));
	store_set_clock(w->store, &clock);
	make_hub(w);
	make_definition(w);
	world_mode(w, MODE_LIVE);
	*state = w;
	return 0;
}

int world_close(void **state)
{
	struct world *w = *state;
	store_close(w->store);
	buf_done(&w->told);
	free(w);
	return 0;
}

/* ---- configuration ---- */

static bool find(struct world *w, enum record_kind kind, const char *name, int64_t *ret)
{
	return store_find_id(w->store, kind, name, ret, NULL);
}

int64_t world_monitor(struct world *w, const char *name)
{
	int64_t id;
	if (find(w, RECORD_MONITOR, name, &id))
		return id;
	struct monitor monitor;
	record_defaults(RECORD_MONITOR, &monitor);
	assert_true(text_copy(monitor.name, sizeof(monitor.name), name));
	world_must(store_put(w->store, RECORD_MONITOR, &monitor, err));
	world_must(store_definition_set_monitor(w->store, w->definition_id,
						monitor.head.id, true, err));
	return monitor.head.id;
}

int64_t world_service(struct world *w, const char *name)
{
	int64_t id;
	if (find(w, RECORD_SERVICE, name, &id))
		return id;
	struct service *service = mem_new(1, sizeof(*service));
	record_defaults(RECORD_SERVICE, service);
	service->integration_id = w->integration_id;
	assert_true(text_copy(service->name, sizeof(service->name), name));
	(void)snprintf(service->url, sizeof(service->url), "http://127.0.0.1:1/%s", name);
	world_must(store_put(w->store, RECORD_SERVICE, service, err));
	id = service->head.id;
	free(service);
	return id;
}

int64_t world_level(struct world *w, int number, int errors, int after)
{
	struct level level = {
		.definition_id = w->definition_id,
		.number = number,
		.active = true,
		.after_errors = errors,
		.after_minutes = after,
		.remind_every_minutes = 30,
	};
	world_must(store_put(w->store, RECORD_LEVEL, &level, err));
	struct placement placement = {
		.level_id = level.head.id,
		.integration_id = w->integration_id,
		.active = true,
		.send_ok = true,
	};
	world_must(store_put(w->store, RECORD_PLACEMENT, &placement, err));
	return level.head.id;
}

static bool take_id(void *arg, const void *rec)
{
	*(int64_t *)arg = ((const struct record_head *)rec)->id;
	return false;
}

int64_t world_placement(struct world *w, int64_t level_id)
{
	int64_t id = 0;
	world_must(store_list(w->store, RECORD_PLACEMENT, level_id, take_id, &id, err));
	return id;
}

void world_link(struct world *w, int64_t level_id, const char *monitor,
		const char *service)
{
	struct link link = {
		.placement_id = world_placement(w, level_id),
		.monitor_id = world_monitor(w, monitor),
		.service_id = world_service(w, service),
	};
	world_must(store_put(w->store, RECORD_LINK, &link, err));
}

void world_set(struct world *w, enum record_kind kind, int64_t id, const char *column,
	       const char *text)
{
	void *rec = mem_new(1, record_types[kind].size);
	world_must(store_get(w->store, kind, id, rec, err));
	world_must(field_parse(field_by_column(kind, column), text, rec, err));
	world_must(store_put(w->store, kind, rec, err));
	free(rec);
}

void world_set_service(struct world *w, const char *service, const char *column,
		       const char *text)
{
	world_set(w, RECORD_SERVICE, world_service(w, service), column, text);
}

void world_storm(struct world *w, int max_new, double within, double release_after)
{
	struct integration *hub = mem_new(1, sizeof(*hub));
	world_must(store_get(w->store, RECORD_INTEGRATION, w->integration_id, hub, err));
	hub->storm_max_new = max_new;
	hub->storm_within_ms = minutes(within);
	hub->storm_release_after_ms = minutes(release_after);
	world_must(store_put(w->store, RECORD_INTEGRATION, hub, err));
	free(hub);
}

void world_mode(struct world *w, enum mode mode)
{
	world_must(store_set_mode(w->store, mode, w->now_ms, err));
}

void world_mute(struct world *w, const char *monitor, double from, double until)
{
	char sql[320];
	(void)snprintf(sql, sizeof(sql),
		       "INSERT INTO maintenance (from_ms, until_ms) VALUES (%lld, %lld);"
		       "INSERT INTO maintenance_target (maintenance_id, monitor_id) "
		       "VALUES (last_insert_rowid(), %lld)",
		       (long long)at(from), (long long)at(until),
		       (long long)world_monitor(w, monitor));
	world_sql(w, sql);
}

/* ---- what happens ---- */

void world_record(struct world *w, double minute, const char *monitor,
		  enum event_state state)
{
	struct event event = {
		.monitor_id = world_monitor(w, monitor),
		.state = state,
		.confirmed = true,
		.explicit_at = true,
		.at_ms = at(minute),
		.message = "it is down",
	};
	enum event_verdict verdict;
	bool conflict;
	if (w->now_ms < at(minute))
		w->now_ms = at(minute);
	world_must(
		store_event_add(w->store, &event, w->now_ms, &verdict, &conflict, err));
}

void world_run(struct world *w)
{
	do {
		world_must(judge_run(w->store, w->now_ms, 1000, &w->report, err));
	} while (w->report.more);
}

void world_error(struct world *w, double minute, const char *monitor)
{
	world_record(w, minute, monitor, EVENT_ERROR);
	world_run(w);
}

void world_ok(struct world *w, double minute, const char *monitor)
{
	world_record(w, minute, monitor, EVENT_OK);
	world_run(w);
}

void world_run_until(struct world *w, double minute)
{
	w->now_ms = at(minute);
	world_run(w);
}

static void answer_one(struct world *w, int64_t delivery_id, int http_status)
{
	const struct outcome outcome = {
		.http_status = http_status,
		.request_sent = true,
		.error = http_status / 100 == 2 ? NULL : "not today",
		.started_ms = w->now_ms,
		.duration_ms = 1,
	};
	struct retry_decision decision;
	struct delivery delivery;
	world_must(judge_outcome(w->store, delivery_id, &outcome, w->now_ms, 0, &decision,
				 err));
	world_must(store_delivery_get(w->store, delivery_id, &delivery, err));
	if (delivery.state == DELIVERY_DELIVERED)
		buf_addf(&w->told, "%s%s %s", w->told.len > 0 ? "; " : "",
			 delivery_kind_text(delivery.kind), delivery.service);
}

enum { DUE_MAX = 256 };

struct due_ids {
	int64_t ids[DUE_MAX];
	size_t count;
};

static bool add_due(void *arg, const struct due_delivery *due)
{
	struct due_ids *list = arg;
	list->ids[list->count++] = due->id;
	return list->count < DUE_MAX;
}

static size_t answer_due(struct world *w, int http_status)
{
	struct due_ids due = { .count = 0 };
	world_must(store_deliveries_due(w->store, w->now_ms, 0, 0, DUE_MAX, add_due, &due,
					err));
	for (size_t i = 0; i < due.count; i++)
		answer_one(w, due.ids[i], http_status);
	return due.count;
}

void world_answer_all(struct world *w, int http_status)
{
	(void)answer_due(w, http_status);
}

void world_answer(struct world *w, const char *service, int http_status)
{
	char sql[128];
	(void)snprintf(sql, sizeof(sql),
		       "SELECT id FROM delivery WHERE is_head = 1 AND service_id = %lld",
		       (long long)world_service(w, service));
	answer_one(w, world_number(w, sql), http_status);
}

void world_deliver(struct world *w)
{
	while (answer_due(w, 200) > 0)
		continue;
}

/* ---- what was decided ---- */

/* Each row's first three columns as words of one line. */
static void rows_as_text(struct world *w, const char *sql, struct buf *ret)
{
	sqlite3_stmt *s = NULL;
	assert_int_equal(sqlite3_prepare_v2(w->store->sql, sql, -1, &s, NULL), SQLITE_OK);
	while (sqlite3_step(s) == SQLITE_ROW) {
		buf_adds(ret, ret->len > 0 ? "; " : "");
		buf_adds(ret, (const char *)sqlite3_column_text(s, 0));
	}
	sqlite3_finalize(s);
}

static void expect_rows(struct world *w, const char *sql, const char *text)
{
	DEFER(buf_done) struct buf got = BUF_INIT(1 << 20);
	rows_as_text(w, sql, &got);
	assert_string_equal(buf_text(&got), text);
}

void expect_deliveries(struct world *w, const char *text)
{
	expect_rows(
		w,
		"SELECT printf('%s %s%s', CASE d.kind WHEN 0 THEN 'disruption' WHEN 1 "
		"THEN "
		"'recovery' WHEN 2 THEN 'reminder' WHEN 3 THEN 'reopen' WHEN 5 THEN "
		"'note' "
		"WHEN 4 THEN 'severity' ELSE 'other' END, s.name, CASE d.state WHEN 0 "
		"THEN ' (held)' WHEN 1 "
		"THEN '' "
		"WHEN 3 THEN ' (delivered)' WHEN 4 THEN ' (failed)' WHEN 5 THEN "
		"' (cancelled)' WHEN 6 THEN ' (superseded)' WHEN 7 THEN ' (expired)' "
		"ELSE "
		"' (dry-run)' END) FROM delivery d JOIN service s ON s.id = d.service_id "
		"ORDER BY d.id",
		text);
}

void expect_incidents(struct world *w, const char *text)
{
	expect_rows(w,
		    "SELECT printf('%s %s', s.name, CASE i.status WHEN 0 THEN 'held' "
		    "WHEN 1 THEN "
		    "'investigating' WHEN 2 THEN 'identified' WHEN 3 THEN 'monitoring' "
		    "WHEN 4 THEN "
		    "'resolved' WHEN 5 THEN iif(i.over_ms > 0, 'over', 'detached') ELSE "
		    "'never-public' END) FROM incident i JOIN service s ON s.id = "
		    "i.service_id "
		    "ORDER BY i.id",
		    text);
}

void expect_alerts(struct world *w, const char *text)
{
	expect_rows(w,
		    "SELECT printf('%s %d %s', CASE a.type WHEN 0 THEN 'Error' WHEN 1 "
		    "THEN 'Ok' "
		    "ELSE 'Reminder' END, a.level, m.name) FROM alert a JOIN monitor m "
		    "ON m.id = "
		    "a.monitor_id ORDER BY a.id",
		    text);
}

void expect_told(struct world *w, const char *text)
{
	assert_string_equal(buf_text(&w->told), text);
}

int64_t world_number(struct world *w, const char *sql)
{
	sqlite3_stmt *s = NULL;
	assert_int_equal(sqlite3_prepare_v2(w->store->sql, sql, -1, &s, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(s), SQLITE_ROW);
	const int64_t number = sqlite3_column_int64(s, 0);
	sqlite3_finalize(s);
	return number;
}

void expect_number(struct world *w, const char *sql, int64_t number)
{
	assert_int_equal(world_number(w, sql), number);
}

void world_sql(struct world *w, const char *sql)
{
	world_must(db_exec(w->store, sql, err));
}

int64_t world_last_incident(struct world *w)
{
	return world_number(w, "SELECT coalesce(max(id), 0) FROM incident");
}

int64_t world_last_delivery(struct world *w)
{
	return world_number(w, "SELECT coalesce(max(id), 0) FROM delivery");
}
