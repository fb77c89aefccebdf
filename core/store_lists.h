/* The contract with db/, continued: the lists and counts that the command line and the
 * console show. Included by store.h, whose rules hold. */
#ifndef CORE_STORE_LISTS_H
#define CORE_STORE_LISTS_H

#include "core/base/random.h"
#include "core/store.h"

struct filter {
	/* Incidents: held, open, or detached and not over. Deliveries: unfinished.
	 * Monitors: in error. Services: not operational. Alerts: of an episode that runs.
	 * Events: pending. Maintenance: not over. */
	bool open;
	/* Of events, alerts (type), incidents and deliveries; or -1. */
	int state;
	int64_t service_id; /* 0: any */
	int64_t monitor_id;
	int64_t incident_id;
	int64_t since_ms, until_ms; /* 0: any */
	/* Only rows with a smaller id: paging; 0: from the newest. */
	int64_t before_id;
	int64_t limit;      /* 0: all */
	bool told;          /* deliveries: that the public has read, or may have (R22) */
	const char *search; /* part of a name, ASCII case folded; NULL: any */
	/* Links: those that this record has a part in; 0: any. */
	enum record_kind part_kind;
	int64_t part_id;
};
#define FILTER_ALL ((struct filter){ .state = -1 })

struct monitor_row {
	struct monitor monitor;
	struct monitor_state state;
	bool muted;
	int64_t links;
};
/* What a line of a list shows of a monitor; texts are borrowed. */
struct monitor_brief {
	int64_t id;
	bool active, in_error, known, muted; /* known: an event of it was judged */
	int64_t since_ms, errors, links;
	const char *name, *message;
};
/* The same of a service. */
struct service_brief {
	int64_t id;
	enum service_status status; /* R9, as shown */
	int64_t open_incidents;
	int64_t links;
	int64_t unfinished; /* deliveries */
	bool has_told;      /* the next three are set */
	enum incident_status told_status;
	int64_t told_ms;
	int64_t told_http;
	const char *name;
};
struct service_row {
	struct service service;
	struct service_brief brief;
};
/* What a list shows of an event. */
struct event_line {
	int64_t seq, monitor_id, at_ms;
	enum event_state state;
	bool confirmed;
	const char *message; /* valid during the call; never NULL */
};
struct link_row {
	int64_t id;
	int64_t placement_id, monitor_id, service_id;
	int64_t definition_id, level_id, integration_id;
	char definition[NAME_SIZE], monitor[NAME_SIZE], integration[NAME_SIZE],
		service[NAME_SIZE];
	int64_t level;
	bool critical; /* R21 */
	bool active;   /* every gate of the path but the monitor's state is open */
};
/* Newest first where there is a time, by name elsewhere. */
bool store_list_monitors(struct store *, const struct filter *,
			 bool (*row)(void *, const struct monitor_row *), void *,
			 struct err *) CHECKED;
/* As little as a line needs, of one; none: it does not exist. */
bool store_monitor_brief(struct store *, int64_t monitor_id,
			 bool (*row)(void *, const struct monitor_brief *), void *,
			 struct err *) CHECKED;
/* The ids alone, by name. */
bool store_list_monitor_ids(struct store *, id_fn *row, void *, struct err *) CHECKED;
bool store_list_services(struct store *, const struct filter *,
			 bool (*row)(void *, const struct service_row *), void *,
			 struct err *) CHECKED;
/* Of all, the worst first, by name among equals; or of one (service_id). */
bool store_list_service_briefs(struct store *, int64_t service_id,
			       bool (*row)(void *, const struct service_brief *), void *,
			       struct err *) CHECKED;
/* The ids alone, in that order. */
bool store_list_service_ids(struct store *, id_fn *row, void *, struct err *) CHECKED;
bool store_list_links(struct store *, const struct filter *,
		      bool (*row)(void *, const struct link_row *), void *, struct err *)
	CHECKED;
bool store_list_events(struct store *, const struct filter *,
		       bool (*row)(void *, const struct event_line *), void *,
		       struct err *) CHECKED;
bool store_list_alerts(struct store *, const struct filter *,
		       bool (*row)(void *, const struct alert *), void *, struct err *)
	CHECKED;
/* Those that will be reminded of, soonest first. */
bool store_list_reminders(struct store *, bool (*row)(void *, const struct incident *),
			  void *, struct err *) CHECKED;
bool store_list_incidents(struct store *, const struct filter *,
			  bool (*row)(void *, const struct incident *), void *,
			  struct err *) CHECKED;
bool store_list_deliveries(struct store *, const struct filter *,
			   bool (*row)(void *, const struct delivery *), void *,
			   struct err *) CHECKED;
/* The ids of the newest alone; of deliveries those of one service, or of all (0). */
bool store_list_incident_ids(struct store *, int64_t limit, id_fn *row, void *,
			     struct err *) CHECKED;
bool store_list_delivery_ids(struct store *, int64_t service_id, int64_t limit,
			     id_fn *row, void *, struct err *) CHECKED;
/* Oldest first. */
bool store_list_attempts(struct store *, int64_t delivery_id,
			 bool (*row)(void *, const struct attempt *), void *,
			 struct err *) CHECKED;
bool store_list_maintenance(struct store *, const struct filter *,
			    bool (*row)(void *, const struct maintenance *), void *,
			    struct err *) CHECKED;
bool store_list_audit(struct store *, const struct filter *,
		      bool (*row)(void *, const struct audit_row *), void *, struct err *)
	CHECKED;

/* The chain: each row's hash is of what it says and of the hash before it. */
enum { AUDIT_LINE_MAX = 64 * 1024 * 1024 };
struct audit_verdict {
	bool holds;
	int64_t first_id, last_id; /* that were read; 0: none */
	int64_t rows;              /* of the chain */
	int64_t unchained;         /* before it, from when there was none */
	int64_t forgotten; /* rows up to this one were removed by their age; 0: none */
	int64_t told_by;   /* and the row of the chain that says so */
	char hash[SHA256_HEX_SIZE]; /* of the last one */
	char broken[REASON_SIZE];   /* "row #17 is missing" */
};
bool store_verify_audit(struct store *store, struct audit_verdict *ret, struct err *err)
	CHECKED;
/* Rows whole, oldest first, as JSON with the names and the order that the hash is of;
 * filter: since, until. */
bool store_export_audit(struct store *store, const struct filter *filter,
			bool (*row)(void *arg, const char *json), void *arg,
			struct err *err) CHECKED;
bool store_timeline(struct store *, int64_t incident_id, bool newest_first,
		    bool (*row)(void *, const struct timeline_entry *), void *,
		    struct err *) CHECKED;
/* Monitor names joined to an incident, in order of joining. */
bool store_incident_monitors(struct store *, int64_t incident_id, text_fn *row, void *,
			     struct err *) CHECKED;

/* What a matrix of links is made of: names and ids alone, by name. Monitors: all that the
 * definition holds, or that a link in it names; services: of the integration. */
bool store_matrix_monitors(struct store *store, int64_t definition_id, name_fn *row,
			   void *arg, struct err *err) CHECKED;
bool store_matrix_services(struct store *store, int64_t integration_id, name_fn *row,
			   void *arg, struct err *err) CHECKED;
struct link_cell {
	int64_t link_id, monitor_id, service_id, level;
};
bool store_matrix_links(struct store *store, int64_t definition_id,
			int64_t integration_id,
			bool (*row)(void *, const struct link_cell *), void *arg,
			struct err *err) CHECKED;

struct counts {
	int64_t monitors_ok, monitors_error, monitors_unknown, monitors_maintenance,
		monitors_inactive;
	int64_t incidents_held, incidents_investigating, incidents_identified,
		incidents_monitoring;
	int64_t deliveries_held, deliveries_queued, deliveries_failed,
		deliveries_delivered;
	/* How long the most overdue queued or held-and-timed delivery has been due; 0:
	 * none. */
	int64_t overdue_ms;
	int64_t events_pending;
};
bool store_counts(struct store *store, int64_t now_ms, struct counts *ret,
		  struct err *err) CHECKED;

/* What every screen says of the whole: read with each frame, so from small indexes alone. */
struct pulse {
	int64_t services_down, services_degraded; /* R9, as shown */
	int64_t held, fresh, retrying,
		failed;     /* unfinished deliveries; fresh: never tried */
	int64_t oldest_ms;  /* when the oldest was decided that is not held; 0: none */
	int64_t due_ms;     /* of the earliest queued head or timed hold; 0: none */
	int64_t pending_ms; /* of the oldest event that is not judged; 0: none */
	int64_t hook_ms;    /* the newest attempt; 0: none yet */
	int64_t hook_duration_ms, hook_status; /* of it; status 0: no answer */
};
bool store_pulse(struct store *store, struct pulse *ret, struct err *err) CHECKED;

/* What the journal knows of a service since a time, for the strip of its last day: spans of
 * one kind, in no order. Of those that overlap the highest kind counts. */
enum span_kind {
	SPAN_KNOWN,    /* the journal holds this time, and nothing was wrong */
	SPAN_MUTED,    /* each monitor linked to it was in a maintenance window */
	SPAN_DEGRADED, /* decided, and told or about to be */
	SPAN_DOWN,
};
struct service_span {
	enum span_kind kind;
	int64_t from_ms;
	int64_t until_ms; /* 0: still so */
};
typedef bool span_fn(void *arg, const struct service_span *span);
bool store_service_spans(struct store *store, int64_t service_id, int64_t since_ms,
			 int64_t now_ms, span_fn *row, void *arg, struct err *err)
	CHECKED;

#endif
