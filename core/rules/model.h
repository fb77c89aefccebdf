/* The domain dictionary: every record, state and enumeration of hublink, with units. Read
 * this first.
 *
 * Glossary
 *   monitor      something that is checked, by Uptrends or by us; fed by events
 *   episode      from a monitor's first confirmed error to its next OK (R1)
 *   definition   an alert definition: which monitors, and up to four escalation levels
 *   level        an escalation level: when it triggers, reminders, which integrations
 *   placement    an integration placed in a level: ticked active, send_ok, send_reminders, links
 *   link         in one placement: this monitor's alerts reach this service
 *   path         definition -> level -> placement -> link, as one row of facts for one monitor
 *   service      a StatusHub service: one webhook URL; its updates are one lane, in order (R12)
 *   incident     what the public page says of a service, as hublink decided it
 *   join         a monitor's episode that an incident stands for
 *   delivery     one update on its way to a service; attempt: one try of it
 *   severity     how bad an open incident is: its service degraded, or disruption (R21)
 *   reach        how far an incident's disruption has come towards the public
 *   held         decided but kept back: publish_after, recover_after or the storm guard (R16, R17)
 *
 * Units: *_ms is int64_t milliseconds, a time since 1970 UTC or a duration; 0 is "never" or
 * "none" for times. */
#ifndef RULES_MODEL_H
#define RULES_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/rules/words.h"

enum {
	NAME_CHARS_MAX = 120,
	NAME_SIZE = NAME_CHARS_MAX * 4 + 1,
	GUID_SIZE = 65,
	URL_SIZE = 2049,
	MESSAGE_CHARS_MAX = 1000, /* R14 */
	MESSAGE_SIZE = MESSAGE_CHARS_MAX * 4 + 1,
	EVENT_ID_SIZE = 201,
	PUBLIC_TEXT_CHARS_MAX =
		2000, /* title, disruption, recovery templates; messages of operators */
	PUBLIC_TEXT_SIZE = PUBLIC_TEXT_CHARS_MAX * 4 + 1,
	TEMPLATE_SIZE = 16385,
	BODY_MAX = 65536,   /* bytes of one request body */
	ANSWER_MAX = 65536, /* bytes read of an answer */
	ANSWER_KEPT = 1024, /* bytes of an answer kept with its attempt */
	HOST_SIZE = 264,    /* host[:port] */
	KEY_SIZE = 37,      /* UUID text */
	CHECK_HEADERS_SIZE = 2001,
	CHECK_STATUS_SIZE = 61,
	CHECK_TEXT_CHARS_MAX = 200,
	CHECK_TEXT_SIZE = CHECK_TEXT_CHARS_MAX * 4 + 1,
	LEVELS_MAX = 4,
	REASON_SIZE = 256,
	ACTOR_SIZE = 128,
};

/* ---- configuration records; edited through field tables (fields.h), saved with their
 * revision ---- */

struct record_head {
	int64_t id;       /* 0: not stored yet */
	int64_t revision; /* 1 at creation; a save with an older one is a conflict */
};

struct monitor {
	struct record_head head;
	char name[NAME_SIZE];
	char guid[GUID_SIZE]; /* empty: none; compared without case */
	bool active;
	/* What hublink checks itself; of CHECK_NONE nothing counts. */
	enum check_type check_type;
	char check_target[URL_SIZE]; /* may have secrets in it, as a webhook URL */
	int64_t check_every_ms;
	int64_t check_timeout_ms;
	int64_t check_recheck_ms; /* after a first failure; 0: it counts at once */
	enum check_method check_method;
	char check_headers
		[CHECK_HEADERS_SIZE]; /* "Name: value" lines; values are secrets */
	char check_status[CHECK_STATUS_SIZE]; /* "200-399" */
	char check_contains[CHECK_TEXT_SIZE]; /* empty: nothing is looked for */
	char check_lacks[CHECK_TEXT_SIZE];
	int64_t check_redirects;        /* followed at most */
	int64_t check_certificate_days; /* 0: only an expired one fails */
};

/* Public wording; templates with {{@…}} variables. In a service an empty one means: as the
 * integration says. */
struct public_text {
	char title[PUBLIC_TEXT_SIZE];
	char disruption[PUBLIC_TEXT_SIZE];
	char recovery[PUBLIC_TEXT_SIZE];
	char degraded_title[PUBLIC_TEXT_SIZE]; /* while the service is degraded (R21) */
	char degraded[PUBLIC_TEXT_SIZE];
};

struct integration {
	struct record_head head;
	char name[NAME_SIZE];
	enum payload payload;
	int64_t max_per_second; /* per host; 0: no limit; default 5 */
	int64_t storm_max_new;  /* 0: storm guard off */
	int64_t storm_within_ms;
	int64_t storm_release_after_ms; /* 0: never by itself */
	struct public_text text;
	char template_json[TEMPLATE_SIZE]; /* with PAYLOAD_CUSTOM: a JSON object */
};

struct service {
	struct record_head head;
	int64_t integration_id;
	char name[NAME_SIZE];
	char url[URL_SIZE]; /* secret */
	char page_url[URL_SIZE];
	enum incident_policy policy;
	int64_t reopen_within_ms;
	int64_t publish_after_ms;
	int64_t recover_after_ms;
	/* R21: the service is degraded while fewer of its monitors than this, or a smaller
	 * part of those that are linked to it, are in error. One of the two is 0. */
	int64_t disruption_monitors;
	int64_t disruption_percent;
	struct public_text text;
	char integration[NAME_SIZE]; /* read only: the integration's name */
};

struct definition {
	struct record_head head;
	char name[NAME_SIZE];
	bool active;
};

struct level {
	struct record_head head;
	int64_t definition_id;
	int64_t number; /* 1-4 */
	bool active;
	int64_t after_errors; /* triggers at the N-th consecutive confirmed error; 0: by minutes */
	int64_t after_minutes; /* triggers when the episode has lasted this long; 0: by errors */
	int64_t remind_every_minutes;
	int64_t remind_max; /* 0: none */
};

struct placement {
	struct record_head head;
	int64_t level_id;
	int64_t integration_id;
	bool active; /* ticked */
	bool send_ok;
	bool send_reminders;
};

struct link {
	struct record_head head;
	int64_t placement_id;
	int64_t monitor_id;
	int64_t service_id;
	bool critical; /* its monitor alone makes the service a disruption (R21) */
};

/* A maintenance window (R11). Targets: see store_maintenance_*; covers a monitor named
 * directly, by a group of it, or by a service that a link of it leads to. */
struct maintenance {
	struct record_head head;
	int64_t from_ms;
	int64_t until_ms; /* moved by extend and end */
	char note[MESSAGE_SIZE];
	char targets[MESSAGE_SIZE]; /* read only: "Shop, group:web, service:Website" */
	char created_by[ACTOR_SIZE];
};

/* ---- journal ---- */

struct event {
	int64_t seq; /* journal row, order of arrival */
	int64_t monitor_id;
	enum event_state state;
	bool confirmed;
	bool explicit_at; /* the sender gave `at` */
	int64_t at_ms;
	int64_t received_ms;
	enum event_effect effect;
	int64_t errors; /* consecutive ones that it stands for, as the sender counts; 0: not told */
	int64_t started_ms;     /* of the first of them; 0: not told */
	char id[EVENT_ID_SIZE]; /* idempotency key within the monitor; empty: none */
	char message[MESSAGE_SIZE];
};

/* One check of a monitor. Each time counts from the end of the one before; those that the
 * check did not come to are 0. */
struct check_result {
	int64_t monitor_id;
	int64_t number; /* counts the monitor's checks */
	int64_t at_ms;  /* when it began */
	enum check_verdict verdict;
	int64_t http_status; /* 0: none came */
	int64_t resolve_us, connect_us, tls_us, first_byte_us;
	int64_t total_us;          /* from the beginning */
	char message[REASON_SIZE]; /* what was wrong; safe text, no secret */
};

struct monitor_state {
	int64_t monitor_id;
	int64_t newest_ms; /* at of the newest accepted confirmed error or OK; 0: none yet (R14) */
	int64_t judged_ms;  /* at of the newest judged one; 0: state unknown */
	bool in_error;      /* an episode is running */
	int64_t episode;    /* number of the running or last episode; 0: never */
	int64_t started_ms; /* true start of that episode */
	/* start for level timers; differs from started_ms only after a clock jump (R15) */
	int64_t timer_base_ms;
	int64_t errors;             /* consecutive confirmed errors in it */
	int64_t timer_ms;           /* next level deadline of this monitor; 0: none */
	char message[MESSAGE_SIZE]; /* of the last confirmed error */
};

struct alert {
	int64_t id;
	char guid[KEY_SIZE];
	enum alert_type type;
	int64_t at_ms; /* when it triggered, engine's judgement */
	int64_t monitor_id;
	int64_t episode;
	int64_t definition_id; /* perhaps deleted since */
	int64_t level_id;
	int64_t level; /* number */
	char monitor
		[NAME_SIZE]; /* names as of now, or as they were when the record was deleted */
	char definition[NAME_SIZE];
	char reason
		[REASON_SIZE]; /* why nothing was sent; empty if it reached a service */
};

struct incident {
	int64_t id;
	char key[KEY_SIZE];
	int64_t service_id;          /* 0 when the service was deleted since */
	enum incident_policy policy; /* as it was opened (R9) */
	int64_t monitor_id;          /* per-monitor: its monitor; else 0 */
	bool by_hand;                /* R18 */
	enum incident_status status;
	enum service_status service_status; /* as last decided for it */
	/* while it was last open: degraded or disruption (R21); its title keeps it */
	enum service_status severity;
	enum reach reach;
	int64_t opened_at_ms; /* when it was decided */
	int64_t start_ms;     /* when the opening episode began: start_time on the wire */
	int64_t monitoring_at_ms; /* when its recovery was decided */
	int64_t resolved_at_ms;
	int64_t over_ms;  /* detached: when the last joined monitor was OK */
	bool send_ok;     /* some level that opened or joined it had send_ok (R6) */
	bool ok_not_sent; /* ended without send_ok: "OK not sent: send_ok is off" (R6) */
	bool let_go;      /* hublink's say over the joined episodes has ended (R7, R16) */
	int64_t remind_every_ms; /* from the opening alert's level, 0: none (R5) */
	int64_t remind_left;
	int64_t remind_at_ms;     /* next reminder; 0: none */
	int64_t opening_alert_id; /* 0: by hand */
	bool is_published;        /* the next three are set */
	enum incident_status published_status;
	enum service_status published_service_status;
	int64_t published_at_ms;
	char service[NAME_SIZE]; /* names as of now, or when deleted */
	char integration[NAME_SIZE];
};

/* A monitor's episode joined to an incident. */
struct join {
	int64_t incident_id;
	int64_t monitor_id;
	int64_t episode; /* the latest one that joined */
	bool in_error;   /* that monitor is in a confirmed error now */
	int64_t joined_ms;
	int64_t ok_ms;
};

struct delivery {
	int64_t id;
	char key[KEY_SIZE];
	int64_t incident_id; /* 0: a test */
	int64_t service_id;
	enum delivery_kind kind;
	enum delivery_state state;
	enum incident_status incident_status; /* what this update says */
	enum service_status service_status;
	bool dry; /* decided in dry-run: never leaves, whatever becomes of the mode (R19) */
	bool ambiguous;   /* a try ended without an answer (R22) */
	bool retry_after; /* next_attempt_ms was set by the receiver */
	bool by_storm;    /* held by the storm guard, not by publish_after */
	int64_t place; /* in its lane: when it was decided, or released; 0: not in it */
	int64_t attempts;
	int64_t created_ms;
	int64_t age_from_ms; /* expiry counts from here; moved by paused time and clock jumps */
	int64_t next_attempt_ms; /* held: released then, 0: never by itself */
	int64_t first_sent_ms;
	int64_t sent_ms; /* start of the last attempt */
	int64_t delivered_ms;
	int64_t finished_ms;
	int64_t http_status; /* of the last answer; 0: none */
	int64_t alert_id;    /* its cause; 0: by hand or by resync */
	char error
		[REASON_SIZE]; /* of the last attempt, or why it was ended; safe text, no secret */
	char service[NAME_SIZE];
	char integration[NAME_SIZE];
};

struct attempt {
	int64_t id;
	int64_t delivery_id;
	int64_t at_ms;
	int64_t duration_ms;
	int64_t http_status;    /* 0: no answer */
	bool no_answer;         /* the request may have left, and no status came back */
	int64_t retry_after_ms; /* 0: none */
	char error[REASON_SIZE];
	char answer[ANSWER_KEPT + 1]; /* safe text */
};

/* One line of an incident's timeline, newest or oldest first as asked. */
struct timeline_entry {
	int64_t at_ms;
	char kind[24]; /* alert, joined, ok, decided, held, attempt, note, … */
	char text[PUBLIC_TEXT_SIZE];
	char actor[ACTOR_SIZE];
	int64_t delivery_id;
};

struct audit_row {
	int64_t id;
	int64_t at_ms;
	char actor[ACTOR_SIZE];  /* login, SUDO_USER in brackets, or the gate's NAME */
	char source[ACTOR_SIZE]; /* SSH client address, or "local" */
	char because[MESSAGE_SIZE];
	char action[32]; /* create, update, delete, rename, mode, resolve, … */
	char object_kind[32];
	int64_t object_id;
	char object[NAME_SIZE];
};

/* One path's facts: everything that R3's gates ask, and what an alert on it needs. */
struct path {
	int64_t monitor_id, definition_id, level_id, placement_id, integration_id,
		service_id; /* 0: does not exist */
	int64_t level;
	bool monitor_active, definition_active, level_active, placement_active;
	int64_t after_errors, after_minutes;
	int64_t remind_every_minutes, remind_max;
	bool send_ok, send_reminders;
	char definition[NAME_SIZE];
	char integration[NAME_SIZE];
	char service[NAME_SIZE];
};

#endif
