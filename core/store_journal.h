/* The contract with db/, continued: what happened, and what was decided about it: events,
 * monitor states, alerts, incidents, maintenance windows. Included by store.h, whose rules
 * hold. */
#ifndef CORE_STORE_JOURNAL_H
#define CORE_STORE_JOURNAL_H

#include "core/rules/severity.h"
#include "core/store.h"

/* ---- journal: events and monitor states ---- */

enum event_verdict {
	VERDICT_ACCEPTED,
	VERDICT_DUPLICATE, /* same id again: nothing changes (R14) */
	VERDICT_TOO_OLD,   /* recorded, no effect (R14) */
};
/* Records one event (R14): event->at_ms is used if explicit_at, else now_ms, never before
 * the monitor's newest. VERDICT_DUPLICATE: *event becomes what was recorded the first time.
 * ERR_INVALID: same id with another state or explicit time (*ret_conflict: the listener
 * answers 409), or at more than 5 min ahead. An OK is always confirmed. Advances
 * monitor_state.newest_ms. */
bool store_event_add(struct store *store, struct event *event, int64_t now_ms,
		     enum event_verdict *ret, bool *ret_conflict, struct err *err)
	CHECKED;

/* Where an event stands among those that wait: they are judged in this order. */
struct event_place {
	int64_t at_ms, seq;
};
/* Pending events behind the place (zeroed: from the first), in order, at most max; returns
 * the count, -1 on failure. ret: caller's array. */
int store_events_pending(struct store *store, struct event_place after, struct event *ret,
			 int max, struct err *err) CHECKED;
/* All that were pending up to that place are judged. */
bool store_events_judged(struct store *store, struct event_place last, struct err *err)
	CHECKED;

/* Zeroed if there is none. */
bool store_monitor_state(struct store *store, int64_t monitor_id,
			 struct monitor_state *ret, struct err *err) CHECKED;
/* Saves all but newest_ms. */
bool store_put_monitor_state(struct store *store, const struct monitor_state *state,
			     struct err *err) CHECKED;

/* ---- what the judge asks (core/judge) ---- */

/* All paths of a monitor: one row per (definition that holds it, level, placement, link of
 * this monitor). A definition without levels gives none; a level without placements, or a
 * placement without a link of this monitor, gives one row with the missing ids 0. Sorted by
 * definition id, level, integration, service. Grown with VEC_PUSH; free(paths->items). */
struct paths {
	struct path *items;
	size_t count, capacity;
};
bool store_paths(struct store *store, int64_t monitor_id, struct paths *ret,
		 struct err *err) CHECKED;
void paths_done(struct paths *paths);

/* What a decision says of a monitor; the rest of its record is for those who check it. */
struct monitor_card {
	int64_t id;
	bool active;
	char name[NAME_SIZE];
	char guid[GUID_SIZE];
};
bool store_monitor_card(struct store *store, int64_t id, struct monitor_card *ret,
			struct err *err) CHECKED;

/* Is the monitor inside a maintenance window at at_ms? ret_until_ms: when the last covering
 * window ends (chained windows that touch count as one); 0 if not covered. */
bool store_muted(struct store *store, int64_t monitor_id, int64_t at_ms,
		 int64_t *ret_until_ms, struct err *err) CHECKED;
/* The next edge (end of a window) after after_ms, 0 if none. */
bool store_next_window_end(struct store *store, int64_t after_ms, int64_t *ret_ms,
			   struct err *err) CHECKED;

/* Monitors in error, for re-judging after a change of configuration or the end of a window. */
typedef bool id_fn(void *arg, int64_t id);
bool store_monitors_in_error(struct store *store, id_fn *row, void *arg, struct err *err)
	CHECKED;
/* Those of them that are linked to a service where nothing stands that they would join (R9):
 * few, also when thousands are in error. */
bool store_monitors_unjoined(struct store *store, id_fn *row, void *arg, struct err *err)
	CHECKED;

/* The earliest of: level timers (monitor_state.timer_ms), timed holds, reminders, window
 * ends after the judged mark. 0: none. Cheap: answered from partial indexes. */
enum timer_kind { TIMER_NONE, TIMER_LEVEL, TIMER_HOLD, TIMER_REMINDER, TIMER_WINDOW };
struct timer {
	enum timer_kind kind;
	int64_t at_ms;
	int64_t id; /* monitor, delivery, incident; 0 for windows */
};
bool store_next_timer(struct store *store, struct timer *ret, struct err *err) CHECKED;

/* Alerts. One Error alert per (monitor, episode, level); which services it reached are its
 * reaches. */
/* Fills id, guid. */
bool store_alert_add(struct store *store, struct alert *alert, struct err *err) CHECKED;
bool store_alert_find(struct store *store, int64_t monitor_id, int64_t episode,
		      int64_t level_id, enum alert_type type, struct alert *ret,
		      bool *ret_found, struct err *err) CHECKED;
bool store_alert_get(struct store *store, int64_t id, struct alert *ret, struct err *err)
	CHECKED;
/* The newest Ok alert that reached the incident: the cause of a recovery that no Ok alert
 * of its own brings about. */
bool store_alert_last_ok(struct store *store, int64_t incident_id, struct alert *ret,
			 bool *ret_found, struct err *err) CHECKED;
bool store_alert_set_reason(struct store *store, int64_t alert_id, const char *reason,
			    struct err *err) CHECKED;
bool store_alerts_of_episode(struct store *store, int64_t monitor_id, int64_t episode,
			     enum alert_type type,
			     bool (*row)(void *arg, const struct alert *), void *arg,
			     struct err *err) CHECKED;
/* A path already alerted is not alerted again (R3): adds (alert, service); *ret_new false
 * if it was there. */
bool store_alert_reach_add(struct store *store, int64_t alert_id, int64_t service_id,
			   int64_t incident_id, bool *ret_new, struct err *err) CHECKED;
bool store_alert_reached(struct store *store, int64_t alert_id, int64_t service_id,
			 bool *ret, struct err *err) CHECKED;

/* Incidents. "Standing" is held, open, or detached and not over: what a further alert can
 * join. */
bool store_incident_get(struct store *store, int64_t id, struct incident *ret,
			struct err *err) CHECKED;
/* The same for the judge: without the names of its service and integration, and with its
 * service_id even if that is gone. So are the ones below. */
bool store_incident_read(struct store *store, int64_t id, struct incident *ret,
			 struct err *err) CHECKED;
/* What an alert of the monitor on the service joins: the newest standing per-service
 * incident (by_hand ones too), else the newest standing per-monitor one of that monitor. */
bool store_incident_standing(struct store *store, int64_t service_id, int64_t monitor_id,
			     struct incident *ret, bool *ret_found, struct err *err)
	CHECKED;
/* The newest incident of the service in any status; monitor_id != 0: the newest per-monitor
 * one of that monitor. */
bool store_incident_latest(struct store *store, int64_t service_id, int64_t monitor_id,
			   struct incident *ret, bool *ret_found, struct err *err)
	CHECKED;
/* id 0: inserts, fills id and key. */
bool store_incident_put(struct store *store, struct incident *incident, struct err *err)
	CHECKED;
/* Saves reach and the published four alone: all that changes when an update of it was
 * accepted. */
bool store_incident_put_published(struct store *store, const struct incident *incident,
				  struct err *err) CHECKED;
/* The operator's text that a hand-made one was opened with (R18): its timeline's line
 * "open". Nothing for others. */
bool store_incident_message(struct store *store, int64_t id, struct buf *ret,
			    struct err *err) CHECKED;
/* Incidents that the monitor is joined to and that are not finished: held, open, detached
 * and not over, or Monitoring (of each service the latest that it joined). Ids only, oldest
 * first. row may write. */
bool store_incidents_of_monitor(struct store *store, int64_t monitor_id, id_fn *row,
				void *arg, struct err *err) CHECKED;
/* The newest incident of the service that this episode of the monitor has joined and that
 * was let go (R7, R16); *ret_incident_id 0: none. */
bool store_episode_let_go(struct store *store, int64_t service_id, int64_t monitor_id,
			  int64_t episode, int64_t *ret_incident_id, struct err *err)
	CHECKED;
/* Does another incident of the service keep it from reading operational (R9)? */
bool store_service_down(struct store *store, int64_t service_id,
			int64_t except_incident_id, bool *ret, struct err *err) CHECKED;
/* What says how bad it is for the service (R21): its incidents that keep it from reading
 * operational, but for incident_id, and with that one if it counts. joins: a monitor whose
 * join is not stored yet; 0: none. */
bool store_severity_facts(struct store *store, int64_t service_id, int64_t incident_id,
			  bool counts, int64_t joins, struct severity_facts *ret,
			  struct err *err) CHECKED;
/* Can any service be degraded, or is any incident? */
bool store_any_degrees(struct store *store, bool *ret, struct err *err) CHECKED;
/* The incidents of the service that store_severity_facts counts say what that is now. */
bool store_put_severity(struct store *store, int64_t service_id,
			enum service_status severity, struct err *err) CHECKED;
/* Incidents of the service that stand, newest first; services that have one. row may
 * write. */
bool store_standing(struct store *store, int64_t service_id, id_fn *row, void *arg,
		    struct err *err) CHECKED;
bool store_standing_services(struct store *store, id_fn *row, void *arg, struct err *err)
	CHECKED;
/* New incidents of the integration opened at or after since_ms, whatever became of them
 * (R17); counted no further than its storm_max_new + 1. */
bool store_disruptions_since(struct store *store, int64_t integration_id,
			     int64_t since_ms, int64_t *ret, struct err *err) CHECKED;

bool store_join_get(struct store *store, int64_t incident_id, int64_t monitor_id,
		    struct join *ret, bool *ret_found, struct err *err) CHECKED;
bool store_join_put(struct store *store, const struct join *join, struct err *err)
	CHECKED;
bool store_joined_in_error(struct store *store, int64_t incident_id, int64_t *ret_count,
			   struct err *err) CHECKED;
bool store_joins(struct store *store, int64_t incident_id,
		 bool (*row)(void *arg, const struct join *, const char *monitor),
		 void *arg, struct err *err) CHECKED;

/* A line of the timeline that no other row tells (an operator's act, a dropped hold …). */
bool store_timeline_add(struct store *store, int64_t incident_id, int64_t at_ms,
			const char *kind, const char *text, struct err *err) CHECKED;

/* ---- maintenance (R11) ---- */

enum target_kind { TARGET_MONITOR, TARGET_GROUP, TARGET_SERVICE };
struct maintenance_target {
	enum target_kind kind;
	int64_t id;            /* monitor or service */
	char group[NAME_SIZE]; /* group */
};
bool store_maintenance_add(struct store *store, struct maintenance *window,
			   const struct maintenance_target *targets, size_t count,
			   struct err *err) CHECKED;
/* The monitors it mutes (struct monitor) and the services that links of theirs lead to
 * (struct service), by name. */
bool store_maintenance_covers(struct store *store, int64_t maintenance_id,
			      record_fn *monitor, record_fn *service, void *arg,
			      struct err *err) CHECKED;

#endif
