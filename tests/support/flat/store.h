/* A store of flat arrays that answers what the judge asks, and nothing else: no SQL, no
 * disk, so that random histories run by the million. Written apart from db/, in another
 * style, it is a second opinion on store.h. A test program that links it (see the
 * Makefile) must not need db/. */
#ifndef TESTS_SUPPORT_FLAT_STORE_H
#define TESTS_SUPPORT_FLAT_STORE_H

#include "core/store.h"

enum {
	FLAT_MONITORS = 3, /* ids from 1 */
	FLAT_SERVICES = 2,
	FLAT_LEVELS = 3,
	FLAT_WINDOWS = 16,
	FLAT_EVENTS = 128,
	FLAT_ALERTS = 256,
	FLAT_REACHES = 512,
	FLAT_INCIDENTS = 64,
	FLAT_JOINS = 128,
	FLAT_DELIVERIES = 256,
	FLAT_ROOM = 24, /* what one step may need of each */
};

struct flat_level {
	bool active;
	int64_t after_errors, after_minutes;
	int64_t remind_every_minutes, remind_max;
	bool ticked, send_ok, send_reminders;
	bool links[FLAT_MONITORS + 1][FLAT_SERVICES + 1];
};

struct flat_service {
	enum incident_policy policy;
	int64_t reopen_within_ms, publish_after_ms, recover_after_ms;
	int64_t disruption_monitors, disruption_percent;
	bool critical[FLAT_MONITORS + 1]; /* every link of the monitor to it is (R21) */
};

struct flat_window {
	int64_t monitor_id, from_ms, until_ms;
};

struct flat_reach {
	int64_t alert_id, service_id, incident_id;
};

struct store {
	enum mode mode;
	int64_t config_revision, judged_revision, windows_judged_ms;
	int64_t engine_clean; /* 0 from a crash to the next start */
	/* configuration */
	bool monitor_active[FLAT_MONITORS + 1];
	bool definition_active;
	struct flat_level levels[FLAT_LEVELS + 1];
	struct flat_service services[FLAT_SERVICES + 1];
	int64_t storm_max_new, storm_within_ms, storm_release_after_ms;
	struct flat_window windows[FLAT_WINDOWS];
	int window_count;
	/* journal; ids are index + 1 */
	struct event events[FLAT_EVENTS];
	int event_count;
	struct monitor_state states[FLAT_MONITORS + 1];
	struct alert alerts[FLAT_ALERTS];
	int alert_count;
	struct flat_reach reaches[FLAT_REACHES];
	int reach_count;
	struct incident incidents[FLAT_INCIDENTS];
	bool found_public
		[FLAT_INCIDENTS]; /* its ended disruption was accepted after all (R22) */
	int incident_count;
	struct join joins[FLAT_JOINS];
	int join_count;
	/* outbox */
	struct delivery deliveries[FLAT_DELIVERIES];
	uint64_t bodies[FLAT_DELIVERIES]; /* hashes of the bytes */
	int delivery_count;
	int64_t last_place;
	int writes; /* of incidents and deliveries: there is no rolling back here */
	/* the first promise that was found broken, or empty */
	char broken[256];
};

/* Empty, with three monitors, two services and three levels, all switched off. */
void flat_reset(struct store *store);
/* Is there room for another step? */
bool flat_has_room(const struct store *store);
void flat_print(const struct store *store);
/* Note a broken promise; the first one is kept. */
void flat_broken(struct store *store, const char *format, ...) PRINTF_LIKE(2, 3);

/* Add an accepted event (its time is never before the monitor's newest). */
void flat_event(struct store *store, int64_t monitor_id, enum event_state state,
		int64_t at_ms);
bool flat_is_muted(const struct store *store, int64_t monitor_id, int64_t at_ms);
/* Standing: held, open, or detached and not over. */
bool flat_is_standing(const struct incident *incident);
/* Keeps its service from reading operational (R9). */
bool flat_is_counted(const struct incident *incident);
/* Its error has reached the incident by an alert, and lasts (R21). */
bool flat_is_affected(const struct store *store, const struct join *join);
/* Monitors whose gates to the service are all open (R3). */
bool flat_is_linked(const struct store *store, int64_t monitor_id, int64_t service_id);
/* The delivery that its lane may send; NULL: none. */
struct delivery *flat_head(struct store *store, int64_t service_id);
/* What store_shift_clock does. */
void flat_shift_clock(struct store *store, int64_t delta_ms);

/* ---- check.c: what must hold whenever nothing is left to judge ---- */

/* now_ms: judged up to here. Notes what is broken. */
void flat_check(struct store *store, int64_t now_ms);
/* When every monitor is OK, every hold over, everything delivered: what the page shows is
 * what was decided (I15). */
void flat_check_end(struct store *store);

#endif
