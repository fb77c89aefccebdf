/* The enumerations of the domain and their words, as JSON, the document and the command
 * line write them. Scripts rely on them: none is ever renamed. */
#ifndef RULES_WORDS_H
#define RULES_WORDS_H

#include <stdbool.h>

enum mode { MODE_DRY_RUN, MODE_PAUSED, MODE_LIVE, MODE_COUNT };
enum event_state { EVENT_ERROR, EVENT_OK, EVENT_STATE_COUNT };
enum alert_type { ALERT_ERROR, ALERT_OK, ALERT_REMINDER, ALERT_TYPE_COUNT };
enum incident_policy { POLICY_PER_SERVICE, POLICY_PER_MONITOR, POLICY_COUNT };
enum payload { PAYLOAD_UPTRENDS, PAYLOAD_GENERIC_V2, PAYLOAD_CUSTOM, PAYLOAD_COUNT };
enum check_type { CHECK_NONE, CHECK_HTTP, CHECK_HTTPS, CHECK_TCP, CHECK_TYPE_COUNT };

/* What a check found: unconfirmed is a first failure, to be found again (R1). */
enum check_verdict { CHECK_PASSED, CHECK_UNCONFIRMED, CHECK_FAILED, CHECK_VERDICT_COUNT };
enum check_method { METHOD_GET, METHOD_HEAD, METHOD_POST, METHOD_COUNT };

enum service_status {
	SERVICE_OPERATIONAL,
	SERVICE_DEGRADED,
	SERVICE_DISRUPTION,
	SERVICE_STATUS_COUNT
};

enum incident_status {
	INCIDENT_HELD,          /* its disruption waits; not yet public */
	INCIDENT_INVESTIGATING, /* open */
	INCIDENT_IDENTIFIED,    /* open */
	INCIDENT_MONITORING,    /* recovered; a person resolves it */
	INCIDENT_RESOLVED,
	/* a person handles the page; over_ms != 0 when all joined monitors are OK */
	INCIDENT_DETACHED,
	INCIDENT_NEVER_PUBLIC,
	INCIDENT_STATUS_COUNT,
};

/* How far the disruption of an incident has come: R9, R19, R22 ask this of it. */
enum reach {
	/* nothing of it is, was or will be public (dry-run, or ended unaccepted) */
	REACH_NONE,
	REACH_HELD,    /* held back */
	REACH_WAITING, /* unheld, waits to be sent */
	REACH_MAYBE,   /* a try ended without an answer: it may have been accepted */
	REACH_YES,     /* accepted */
	REACH_COUNT,
};

enum delivery_kind {
	KIND_DISRUPTION,
	KIND_RECOVERY,
	KIND_REMINDER,
	KIND_REOPEN,
	KIND_SEVERITY,
	KIND_NOTE, /* an operator's word (identify, note, resolve) */
	KIND_TEST,
	KIND_COUNT,
};

enum delivery_state {
	DELIVERY_HELD,
	DELIVERY_QUEUED,
	DELIVERY_SENDING, /* in flight, in the engine's memory only; the database says queued */
	DELIVERY_DELIVERED,
	DELIVERY_FAILED, /* refused by the receiver; tried again hourly */
	DELIVERY_CANCELLED,
	DELIVERY_SUPERSEDED,
	DELIVERY_EXPIRED,
	DELIVERY_DRY_RUN,
	DELIVERY_STATE_COUNT,
};

/* What a journal row did: unconfirmed changes nothing (R1), too-old is earlier than the
 * monitor's newest (R14). */
enum event_effect {
	EFFECT_PENDING,
	EFFECT_JUDGED,
	EFFECT_UNCONFIRMED,
	EFFECT_TOO_OLD,
	EFFECT_COUNT
};

/* A value outside its enumeration is "unknown". Those that the wire or a person writes are
 * read, too: exactly, -1 for what is none of them, NULL included. */
const char *mode_text(enum mode);
const char *event_state_text(enum event_state);
const char *alert_type_text(enum alert_type);
const char *policy_text(enum incident_policy);
const char *payload_text(enum payload);
const char *check_type_text(enum check_type);
const char *check_method_text(enum check_method);
const char *check_verdict_text(enum check_verdict);
const char *service_status_text(enum service_status);
const char *incident_status_text(enum incident_status);
const char *reach_text(enum reach);
const char *delivery_kind_text(enum delivery_kind);
const char *delivery_state_text(enum delivery_state);
int mode_parse(const char *text);
int event_state_parse(const char *text);
int alert_type_parse(const char *text);
int service_status_parse(const char *text);
int incident_status_parse(const char *text);
int delivery_state_parse(const char *text);

/* Open means Investigating or Identified, everywhere. */
static inline bool incident_is_open(enum incident_status s)
{
	return s == INCIDENT_INVESTIGATING || s == INCIDENT_IDENTIFIED;
}

/* Unfinished: it may still be sent. */
static inline bool delivery_is_unfinished(enum delivery_state s)
{
	return s == DELIVERY_HELD || s == DELIVERY_QUEUED || s == DELIVERY_SENDING ||
	       s == DELIVERY_FAILED;
}

#endif
