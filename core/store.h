/* The contract with db/: everything that hublink remembers, behind an opaque store. Plain prototypes, one
 * implementation (SQLite, in db/); core and tui never see SQL.
 *
 * Every function that can fail returns bool and tells why in *err; outputs are written only on success. "No such row" is
 * ERR_NOT_FOUND for functions named get or find with an id, and `*ret_found = false` where absence is normal.
 * Lists hand each row to a callback, which returns false to stop early; the row is valid during the call only. What the
 * judge asks (alerts, joins, ids, lanes) is read whole first, so that its callbacks may write; those of store_list_* may not.
 * Writes outside store_begin … store_commit are transactions of their own. */
#ifndef CORE_STORE_H
#define CORE_STORE_H

#include "core/base/buf.h"
#include "core/base/clock.h"
#include "core/base/err.h"
#include "core/rules/fields.h"
#include "core/rules/model.h"

struct store;

/* ---- life ---- */

enum store_access {
	STORE_READ,   /* opens query-only; an old schema is refused (4), a newer one too */
	STORE_WRITE,  /* must exist (5 with path and remedy); an old schema is refused (4) */
	STORE_CREATE, /* init, import, engine: created when absent (0600 in a 0700 folder); an old schema is
	               * migrated after a backup */
	STORE_MIGRATE,
};

bool store_open(const char *path, enum store_access access, struct store **ret, struct err *err) CHECKED;
void store_close(struct store *store);  /* NULL is fine; an open transaction is rolled back */
void store_done(struct store **store);  /* for DEFER */
const char *store_path(const struct store *store);
bool store_was_created(const struct store *store); /* this open made the file */

/* The clock that dates audit rows and the mode; the system's unless this was called. Copied. */
void store_set_clock(struct store *store, const struct clock *clock);

/* Why the database is paused although nobody said so (restored, found on another machine): a sentence, or nothing.
 * Kept until the mode is set. */
bool store_notice(struct store *store, struct buf *ret, struct err *err) CHECKED;

/* An empty in-memory store holding a copy of source's configuration, mode live, nothing in error: for simulate. */
bool store_open_scratch(struct store *source, struct store **ret, struct err *err) CHECKED;

/* Who does what this store is asked to do from now on; every audit row carries it. Text is copied. */
struct actor {
	char name[ACTOR_SIZE];
	char source[ACTOR_SIZE];
	char because[MESSAGE_SIZE];
};
void store_set_actor(struct store *store, const struct actor *actor);

/* BEGIN IMMEDIATE; nested calls are savepoints. Waits up to 5 s for another writer, then ERR_REFUSED.
 *     DEFER(store_abort) struct transaction tx = { 0 };
 *     if (!store_begin(store, &tx, err)) …   …   return store_commit(&tx, err); */
struct transaction {
	struct store *store; /* NULL when none is open */
	int depth;
};
bool store_begin(struct store *store, struct transaction *tx, struct err *err) CHECKED;
/* One that only reads: one snapshot, and one taking of locks, for many questions. End it with store_abort. */
bool store_begin_reading(struct store *store, struct transaction *tx, struct err *err) CHECKED;
bool store_commit(struct transaction *tx, struct err *err) CHECKED;
void store_abort(struct transaction *tx); /* rolls back unless committed */

/* True if another connection has committed since the last call (PRAGMA data_version). */
bool store_changed(struct store *store);

/* Nothing is going on: give back memory; also_log: the write-ahead log's room on the disk too, if nobody reads it just now. Never
 * waits for others. */
void store_rest(struct store *store, bool also_log);

/* Is another connection in the middle of writing? Asked without waiting. False: every commit whose log was written before this
 * call is visible to store_changed. */
bool store_is_being_written(struct store *store);

/* ---- settings: one row per name ---- */

bool store_mode(struct store *store, enum mode *ret, struct err *err) CHECKED;
bool store_set_mode(struct store *store, enum mode mode, int64_t now_ms, struct err *err) CHECKED; /* audit is the caller's */
/* Small facts by name; absent: *ret = fallback. */
bool store_fact(struct store *store, const char *name, int64_t fallback, int64_t *ret, struct err *err) CHECKED;
bool store_set_fact(struct store *store, const char *name, int64_t value, struct err *err) CHECKED;
#define FACT_CONFIG_REVISION "config_revision" /* +1 with every change of configuration; db keeps it */
#define FACT_JUDGED_REVISION "judged_revision" /* the config_revision that open episodes were last judged by (R3) */
#define FACT_ENGINE_CLEAN "engine_clean"       /* 0 while an engine runs; 1 after a clean stop (R22) */
#define FACT_ENGINE_SINCE "engine_since_ms"
#define FACT_MODE_SINCE "mode_since_ms"
#define FACT_CLOCK_WALL "clock_wall_ms" /* wall and boot clock as they stood at the last commit of the engine (R15) */
#define FACT_CLOCK_BOOT "clock_boot_ms"
#define FACT_WINDOWS_JUDGED "windows_judged_ms" /* maintenance window ends up to here have been judged (R11) */

/* ---- configuration records ----
 * Generic, by field table: kind names the record, rec points to its struct (monitor, integration, service, …). */

bool store_get(struct store *store, enum record_kind kind, int64_t id, void *ret, struct err *err) CHECKED;

/* id 0: creates (fills id, revision). Else updates where revision matches, else ERR_REFUSED "changed meanwhile by …".
 * Validates by field table and validate.h, writes the audit row, bumps config_revision. */
bool store_put(struct store *store, enum record_kind kind, void *rec, struct err *err) CHECKED;

/* ERR_REFUSED naming what depends on it (R8). Its history stays readable (I22). */
bool store_delete(struct store *store, enum record_kind kind, int64_t id, struct err *err) CHECKED;

/* Rows sorted by name (levels by number). parent_id: services of an integration, levels of a definition, placements of
 * a level, links of a placement; 0: all. rec is valid during the call. */
typedef bool record_fn(void *arg, const void *rec); /* false stops the list */
bool store_list(struct store *store, enum record_kind kind, int64_t parent_id, record_fn *row, void *arg,
		struct err *err) CHECKED;

/* By name, exact. Services: "Name" or "Integration/Name"; an ambiguous bare name is ERR_INVALID with the candidates.
 * ERR_NOT_FOUND names the thing and, where there is one, the nearest existing name. */
bool store_find_id(struct store *store, enum record_kind kind, const char *name, int64_t *ret_id,
		   struct err *err) CHECKED;
bool store_rename(struct store *store, enum record_kind kind, const char *old_name, const char *new_name,
		  struct err *err) CHECKED;

/* Groups exist through their members (monitors and definitions). */
typedef bool text_fn(void *arg, const char *text);
bool store_group_set(struct store *store, const char *group, int64_t monitor_id, bool member, struct err *err) CHECKED;
bool store_definition_set_monitor(struct store *store, int64_t definition_id, int64_t monitor_id, bool member,
				  struct err *err) CHECKED;
bool store_definition_set_group(struct store *store, int64_t definition_id, const char *group, bool member,
				struct err *err) CHECKED;
bool store_groups_of_monitor(struct store *store, int64_t monitor_id, text_fn *row, void *arg, struct err *err) CHECKED;
bool store_groups_of_definition(struct store *store, int64_t definition_id, text_fn *row, void *arg,
				struct err *err) CHECKED;
bool store_monitors_of_definition(struct store *store, int64_t definition_id, record_fn *row, void *arg,
				  struct err *err) CHECKED; /* direct members, struct monitor */
typedef bool group_fn(void *arg, const char *group, int64_t monitors);
bool store_list_groups(struct store *store, group_fn *row, void *arg, struct err *err) CHECKED;

/* ---- document (contract.md section 4); the JSON itself is core/rules/document.h's business ---- */

/* The whole configuration as a document: names sorted, deterministic. secrets: URLs in clear; else masked. */
bool store_export(struct store *store, bool secrets, struct buf *ret, struct err *err) CHECKED;
/* {"Integration/Service": "url", …} for --secrets-only. */
bool store_export_secrets(struct store *store, struct buf *ret, struct err *err) CHECKED;

struct import_options {
	bool prune;
	const char *secrets; /* text of the --secrets file, or NULL */
};
/* Applies a document inside the caller's transaction (the caller may abort it: --dry-run). All faults are found, one per
 * line with its path, in ret_faults (then ERR_INVALID); ret_plan gets one line per change: "+ monitor Shop",
 * "~ service Statushub/Website: publish_after 0s -> 5m", "- link …". */
bool store_import(struct store *store, const char *text, size_t bytes, const struct import_options *options,
		  struct buf *ret_plan, struct buf *ret_faults, struct err *err) CHECKED;

/* ---- journal: events and monitor states ---- */

enum event_verdict {
	VERDICT_ACCEPTED,
	VERDICT_DUPLICATE, /* same id again: nothing changes (R14) */
	VERDICT_TOO_OLD,   /* recorded, no effect (R14) */
};
/* Records one event (R14): event->at_ms is used if explicit_at, else now_ms, never before the monitor's newest.
 * VERDICT_DUPLICATE: *event becomes what was recorded the first time. ERR_INVALID: same id with another state or
 * explicit time (*ret_conflict: the listener answers 409), or at more than 5 min ahead. An OK is always confirmed.
 * Advances monitor_state.newest_ms. */
bool store_event_add(struct store *store, struct event *event, int64_t now_ms, enum event_verdict *ret,
		     bool *ret_conflict, struct err *err) CHECKED;

/* Where an event stands among those that wait: they are judged in this order. */
struct event_place {
	int64_t at_ms, seq;
};
/* Pending events behind the place (zeroed: from the first), in order, at most max; returns the count, -1 on failure.
 * ret: caller's array. */
int store_events_pending(struct store *store, struct event_place after, struct event *ret, int max,
			 struct err *err) CHECKED;
/* All that were pending up to that place are judged. */
bool store_events_judged(struct store *store, struct event_place last, struct err *err) CHECKED;

bool store_monitor_state(struct store *store, int64_t monitor_id, struct monitor_state *ret, struct err *err) CHECKED; /* zeroed if none */
bool store_put_monitor_state(struct store *store, const struct monitor_state *state, struct err *err) CHECKED; /* all but newest_ms */

/* ---- what the judge asks (core/judge) ---- */

/* All paths of a monitor: one row per (definition that holds it, level, placement, link of this monitor). A definition
 * without levels gives none; a level without placements, or a placement without a link of this monitor, gives one row with the
 * missing ids 0. Sorted by definition id, level, integration, service. Grown with VEC_PUSH; free(paths->items). */
struct paths {
	struct path *items;
	size_t count, capacity;
};
bool store_paths(struct store *store, int64_t monitor_id, struct paths *ret, struct err *err) CHECKED;
void paths_done(struct paths *paths);

/* Is the monitor inside a maintenance window at at_ms? ret_until_ms: when the last covering window ends (chained windows
 * that touch count as one); 0 if not covered. */
bool store_muted(struct store *store, int64_t monitor_id, int64_t at_ms, int64_t *ret_until_ms, struct err *err) CHECKED;
/* The next edge (end of a window) after after_ms, 0 if none. */
bool store_next_window_end(struct store *store, int64_t after_ms, int64_t *ret_ms, struct err *err) CHECKED;

/* Monitors in error, for re-judging after a change of configuration or the end of a window. */
typedef bool id_fn(void *arg, int64_t id);
bool store_monitors_in_error(struct store *store, id_fn *row, void *arg, struct err *err) CHECKED;

/* The earliest of: level timers (monitor_state.timer_ms), timed holds, reminders, window ends after the judged mark.
 * 0: none. Cheap: answered from partial indexes. */
enum timer_kind { TIMER_NONE, TIMER_LEVEL, TIMER_HOLD, TIMER_REMINDER, TIMER_WINDOW };
struct timer {
	enum timer_kind kind;
	int64_t at_ms;
	int64_t id; /* monitor, delivery, incident; 0 for windows */
};
bool store_next_timer(struct store *store, struct timer *ret, struct err *err) CHECKED;

/* Alerts. One Error alert per (monitor, episode, level); which services it reached are its reaches. */
bool store_alert_add(struct store *store, struct alert *alert, struct err *err) CHECKED; /* fills id, guid */
bool store_alert_find(struct store *store, int64_t monitor_id, int64_t episode, int64_t level_id, enum alert_type type,
		      struct alert *ret, bool *ret_found, struct err *err) CHECKED;
bool store_alert_get(struct store *store, int64_t id, struct alert *ret, struct err *err) CHECKED;
/* The newest Ok alert that reached the incident: the cause of a recovery that no Ok alert of its own brings about. */
bool store_alert_last_ok(struct store *store, int64_t incident_id, struct alert *ret, bool *ret_found, struct err *err) CHECKED;
bool store_alert_set_reason(struct store *store, int64_t alert_id, const char *reason, struct err *err) CHECKED;
bool store_alerts_of_episode(struct store *store, int64_t monitor_id, int64_t episode, enum alert_type type,
			     bool (*row)(void *arg, const struct alert *), void *arg, struct err *err) CHECKED;
/* A path already alerted is not alerted again (R3): adds (alert, service); *ret_new false if it was there. */
bool store_alert_reach_add(struct store *store, int64_t alert_id, int64_t service_id, int64_t incident_id,
			   bool *ret_new, struct err *err) CHECKED;
bool store_alert_reached(struct store *store, int64_t alert_id, int64_t service_id, bool *ret, struct err *err) CHECKED;

/* Incidents. "Standing" is held, open, or detached and not over: what a further alert can join. */
bool store_incident_get(struct store *store, int64_t id, struct incident *ret, struct err *err) CHECKED;
/* What an alert of the monitor on the service joins: the newest standing per-service incident (by_hand ones
 * too), else the newest standing per-monitor one of that monitor. */
bool store_incident_standing(struct store *store, int64_t service_id, int64_t monitor_id, struct incident *ret,
			     bool *ret_found, struct err *err) CHECKED;
/* The newest incident of the service in any status; monitor_id != 0: the newest per-monitor one of that monitor. */
bool store_incident_latest(struct store *store, int64_t service_id, int64_t monitor_id, struct incident *ret,
			   bool *ret_found, struct err *err) CHECKED;
bool store_incident_put(struct store *store, struct incident *incident, struct err *err) CHECKED; /* id 0: inserts, fills id and key */
/* Incidents that the monitor is joined to and that are not finished: held, open, detached and not over, or Monitoring
 * (of each service the latest that it joined). Ids only, oldest first. row may write. */
bool store_incidents_of_monitor(struct store *store, int64_t monitor_id, id_fn *row, void *arg, struct err *err) CHECKED;
/* The newest incident of the service that this episode of the monitor has joined and that was let go (R7, R16);
 * *ret_incident_id 0: none. */
bool store_episode_let_go(struct store *store, int64_t service_id, int64_t monitor_id, int64_t episode,
			  int64_t *ret_incident_id, struct err *err) CHECKED;
/* Does another incident of the service keep it from reading operational (R9)? */
bool store_service_down(struct store *store, int64_t service_id, int64_t except_incident_id, bool *ret,
			struct err *err) CHECKED;
/* New incidents of the integration opened at or after since_ms, whatever became of them (R17); counted no further than
 * its storm_max_new + 1. */
bool store_disruptions_since(struct store *store, int64_t integration_id, int64_t since_ms, int64_t *ret,
			     struct err *err) CHECKED;

bool store_join_get(struct store *store, int64_t incident_id, int64_t monitor_id, struct join *ret, bool *ret_found,
		    struct err *err) CHECKED;
bool store_join_put(struct store *store, const struct join *join, struct err *err) CHECKED;
bool store_joined_in_error(struct store *store, int64_t incident_id, int64_t *ret_count, struct err *err) CHECKED;
bool store_joins(struct store *store, int64_t incident_id, bool (*row)(void *arg, const struct join *, const char *monitor),
		 void *arg, struct err *err) CHECKED;

/* A line of the timeline that no other row tells (an operator's act, a dropped hold …). */
bool store_timeline_add(struct store *store, int64_t incident_id, int64_t at_ms, const char *kind, const char *text,
			struct err *err) CHECKED;

/* ---- outbox ---- */

/* Adds an update. Fills id, key (unless set), place. state is held, queued or dry-run; body are its exact bytes. */
bool store_delivery_add(struct store *store, struct delivery *delivery, const char *body, struct err *err) CHECKED;
bool store_delivery_get(struct store *store, int64_t id, struct delivery *ret, struct err *err) CHECKED;
bool store_delivery_body(struct store *store, int64_t id, struct buf *ret, struct err *err) CHECKED;
/* Saves all columns but key and place; keeps the lane's head right. */
bool store_delivery_put(struct store *store, const struct delivery *delivery, struct err *err) CHECKED;
/* held -> queued: new place at the end of its lane, new body, due now. */
bool store_delivery_release(struct store *store, int64_t id, const char *body, int64_t now_ms, struct err *err) CHECKED;
/* The unfinished deliveries of a service in order of place (R12), held ones at the end. row may write. */
bool store_lane(struct store *store, int64_t service_id, bool (*row)(void *arg, const struct delivery *), void *arg,
		struct err *err) CHECKED;
/* Is any delivery failed (refused)? */
bool store_any_failed(struct store *store, bool *ret, struct err *err) CHECKED;
/* Was the incident opened, or last reopened, in dry-run (R19)? */
bool store_incident_was_dry(struct store *store, int64_t incident_id, bool *ret, struct err *err) CHECKED;
bool store_attempt_add(struct store *store, struct attempt *attempt, struct err *err) CHECKED;

/* The heads of lanes that are due: queued (or failed and due again), head of their lane, next_attempt_ms <= now_ms,
 * ordered by (next_attempt_ms, id), rows after the cursor (after_ms, after_id). For the engine. */
struct due_delivery {
	int64_t id, service_id;
	enum delivery_kind kind;
	int64_t attempts, age_from_ms, next_attempt_ms;
	int64_t integration_id;
	int64_t max_per_second;
	char url[URL_SIZE];
};
typedef bool due_fn(void *arg, const struct due_delivery *due);
bool store_deliveries_due(struct store *store, int64_t now_ms, int64_t after_ms, int64_t after_id, int limit,
			  due_fn *row, void *arg, struct err *err) CHECKED;
/* The head of the service's lane, if it is due. */
bool store_lane_due(struct store *store, int64_t service_id, int64_t now_ms, due_fn *row, void *arg,
		    struct err *err) CHECKED;
/* What leaves, as it stands at the moment of sending: the head may have been ended, the URL edited since it was listed. *ret_due
 * false (the rest unwritten): it is not a due head any more. ret_body: emptied first. */
struct outgoing {
	char key[KEY_SIZE];
	char url[URL_SIZE];
};
bool store_delivery_outgoing(struct store *store, int64_t id, int64_t now_ms, struct outgoing *ret, struct buf *ret_body,
			     bool *ret_due, struct err *err) CHECKED;
/* When the next head that is not due yet becomes due; 0: none. */
bool store_next_due(struct store *store, int64_t after_ms, int64_t *ret_ms, struct err *err) CHECKED;
/* Heads due later than latest_ms become due then: no stored due time is honoured further ahead than 1 h (section 2). */
bool store_clamp_due(struct store *store, int64_t latest_ms, struct err *err) CHECKED;
/* Heads on the host become due now, except those under a Retry-After (contract.md section 2). */
bool store_host_recovered(struct store *store, const char *host, int64_t now_ms, struct err *err) CHECKED;
/* After an unclean end: heads that were due count as tried without an answer (R22). Returns how many in *ret. */
bool store_mark_ambiguous(struct store *store, int64_t now_ms, int64_t *ret, struct err *err) CHECKED;
/* The wall clock jumped by delta_ms: moves level timers, holds, reminders, due and age times with it (R15). */
bool store_shift_clock(struct store *store, int64_t delta_ms, struct err *err) CHECKED;
/* Leaving paused: unfinished deliveries do not age while paused. */
bool store_add_paused_time(struct store *store, int64_t paused_since_ms, int64_t now_ms, struct err *err) CHECKED;

/* ---- maintenance (R11) ---- */

enum target_kind { TARGET_MONITOR, TARGET_GROUP, TARGET_SERVICE };
struct maintenance_target {
	enum target_kind kind;
	int64_t id;            /* monitor or service */
	char group[NAME_SIZE]; /* group */
};
bool store_maintenance_add(struct store *store, struct maintenance *window, const struct maintenance_target *targets,
			   size_t count, struct err *err) CHECKED;
/* The monitors it mutes (struct monitor) and the services that links of theirs lead to (struct service), by name. */
bool store_maintenance_covers(struct store *store, int64_t maintenance_id, record_fn *monitor, record_fn *service,
			      void *arg, struct err *err) CHECKED; /* struct monitor, struct service */

/* ---- lists and reports: for the command line and the console ---- */

struct filter {
	/* Incidents: held, open, or detached and not over. Deliveries: unfinished. Monitors: in error. Services:
	 * not operational. Alerts: of an episode that runs. Events: pending. Maintenance: not over. */
	bool open;
	int state;          /* of events, alerts (type), incidents and deliveries; or -1 */
	int64_t service_id; /* 0: any */
	int64_t monitor_id;
	int64_t incident_id;
	int64_t since_ms, until_ms; /* 0: any */
	int64_t before_id;  /* only rows with a smaller id: paging; 0: from the newest */
	int64_t limit;      /* 0: all */
	const char *search; /* part of a name, ASCII case folded; NULL: any */
};
#define FILTER_ALL ((struct filter){ .state = -1 })

struct monitor_row {
	struct monitor monitor;
	struct monitor_state state;
	bool muted;
	int64_t links;
};
struct service_row {
	struct service service;
	enum service_status status; /* R9, as shown */
	int64_t open_incidents;
	int64_t links;
	int64_t unfinished; /* deliveries */
	bool has_told;      /* the next two are set */
	enum incident_status told_status;
	int64_t told_ms;
	int64_t told_http;
};
struct link_row {
	int64_t id;
	char definition[NAME_SIZE], monitor[NAME_SIZE], integration[NAME_SIZE], service[NAME_SIZE];
	int64_t level;
	bool active; /* every gate of the path but the monitor's state is open */
};
/* Newest first where there is a time, by name elsewhere. */
bool store_list_monitors(struct store *, const struct filter *, bool (*row)(void *, const struct monitor_row *), void *, struct err *) CHECKED;
bool store_list_services(struct store *, const struct filter *, bool (*row)(void *, const struct service_row *), void *, struct err *) CHECKED;
bool store_list_links(struct store *, const struct filter *, bool (*row)(void *, const struct link_row *), void *, struct err *) CHECKED;
bool store_list_events(struct store *, const struct filter *, bool (*row)(void *, const struct event *), void *, struct err *) CHECKED;
bool store_list_alerts(struct store *, const struct filter *, bool (*row)(void *, const struct alert *), void *, struct err *) CHECKED;
bool store_list_incidents(struct store *, const struct filter *, bool (*row)(void *, const struct incident *), void *, struct err *) CHECKED;
bool store_list_deliveries(struct store *, const struct filter *, bool (*row)(void *, const struct delivery *), void *, struct err *) CHECKED;
bool store_list_attempts(struct store *, int64_t delivery_id, bool (*row)(void *, const struct attempt *), void *, struct err *) CHECKED; /* oldest first */
bool store_list_maintenance(struct store *, const struct filter *, bool (*row)(void *, const struct maintenance *), void *, struct err *) CHECKED;
bool store_list_audit(struct store *, const struct filter *, bool (*row)(void *, const struct audit_row *), void *, struct err *) CHECKED;
bool store_timeline(struct store *, int64_t incident_id, bool newest_first, bool (*row)(void *, const struct timeline_entry *), void *, struct err *) CHECKED;
/* Monitor names joined to an incident, in order of joining. */
bool store_incident_monitors(struct store *, int64_t incident_id, text_fn *row, void *, struct err *) CHECKED;

struct counts {
	int64_t monitors_ok, monitors_error, monitors_unknown, monitors_maintenance, monitors_inactive;
	int64_t incidents_held, incidents_investigating, incidents_identified, incidents_monitoring;
	int64_t deliveries_held, deliveries_queued, deliveries_failed, deliveries_delivered;
	int64_t overdue_ms; /* how long the most overdue queued or held-and-timed delivery has been due; 0: none */
	int64_t events_pending;
};
bool store_counts(struct store *store, int64_t now_ms, struct counts *ret, struct err *err) CHECKED;

/* ---- audit ---- */

/* One row for one act (I26). before and after are short JSON or text without secrets, or NULL. */
bool store_audit(struct store *store, const char *action, const char *object_kind, int64_t object_id,
		 const char *object, const char *before, const char *after, struct err *err) CHECKED;

/* ---- the file itself ---- */

bool store_backup(struct store *store, const char *target, struct err *err) CHECKED; /* 0600; refuses an existing file */
/* Puts a copy in place of path (no engine may run: the caller checks); it starts paused. */
bool store_restore(const char *path, const char *copy, struct err *err) CHECKED;
struct store_health {
	bool integrity_ok;
	char integrity[256];
	int64_t schema_version, schema_expected;
	int64_t bytes, wal_bytes, room_bytes;
	unsigned file_mode, folder_mode;
	bool owner_ok;
};
bool store_health(const char *path, struct store_health *ret, struct err *err) CHECKED;
/* What migrate would do, a line per step, without doing it. */
bool store_migration_plan(const char *path, struct buf *ret, struct err *err) CHECKED;

#endif
