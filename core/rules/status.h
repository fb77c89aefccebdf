/* The three state machines of what the public is told: an incident's status, its reach, a
 * delivery's state. Each is one table of from x cause -> to; nothing else in hublink
 * changes these states. */
#ifndef RULES_STATUS_H
#define RULES_STATUS_H

#include "core/rules/model.h"

/* Why an incident's status changes: the engine's causes, then the operators'. */
enum incident_cause {
	CAUSE_RELEASED,  /* its held disruption was let out (R16, R17) */
	CAUSE_HELD_BACK, /* a live alert publishes it, and its disruption is held (R19) */
	CAUSE_RECOVERED, /* the last joined monitor is OK, or an operator says so (R6, R7, R9) */
	CAUSE_REOPENED,     /* a new Error alert soon after its recovery (R10) */
	CAUSE_UNPUBLISHED,  /* it is over, and its disruption never came out (R16, R22) */
	CAUSE_FOUND_PUBLIC, /* an ended disruption turns out to have been accepted */
	CAUSE_IDENTIFIED,   /* an operator's word (R7) */
	CAUSE_NOTED,
	CAUSE_RESOLVED,
	CAUSE_DETACHED,
	CAUSE_CANCELLED, /* by an operator, and nothing of it can be public (R16) */
	CAUSE_COUNT,
};

/* May it change for this cause, and to what? A refused cause leaves *ret alone. */
bool incident_next(enum incident_status from, enum incident_cause cause,
		   enum incident_status *ret);

/* Why an operator's act is refused: "it is held: release or cancel its disruption first".
 */
const char *incident_refusal(enum incident_status from);

/* The one function that changes an incident's status, with its times. False, and nothing
 * changed, if the table refuses. */
bool incident_move(struct incident *incident, enum incident_cause cause, int64_t t_ms);

/* "the last joined monitor is OK" … for the timeline and the log. */
const char *incident_cause_text(enum incident_cause cause);

/* What moves an incident's reach: what became of its deliveries. */
enum reach_cause {
	REACH_ON_HOLD,      /* a disruption is decided and held */
	REACH_ON_QUEUE,     /* a disruption is decided, or released */
	REACH_ON_NO_ANSWER, /* a try ended without an answer (R22) */
	REACH_ON_ACCEPTED,
	REACH_ON_END, /* a disruption was cancelled, superseded or expired */
	REACH_CAUSE_COUNT,
};
enum reach reach_next(enum reach from, enum reach_cause cause);

/* Was or may its disruption have been accepted (R9, R19, R22)? */
static inline bool reach_is_public(enum reach reach)
{
	return reach == REACH_MAYBE || reach == REACH_YES;
}

/* Why a delivery's state changes. */
enum delivery_cause {
	DELIVERY_ON_RELEASE,   /* let out of hold */
	DELIVERY_ON_RECORD,    /* let out of hold in dry-run: recorded only (R19) */
	DELIVERY_ON_ACCEPTED,  /* 2xx */
	DELIVERY_ON_TEMPORARY, /* tried, to be tried again soon */
	DELIVERY_ON_REFUSED,   /* tried, to be tried again hourly */
	DELIVERY_ON_RETRY,     /* an operator, or a new URL, wants it tried now */
	DELIVERY_ON_CANCEL,
	DELIVERY_ON_SUPERSEDE,
	DELIVERY_ON_EXPIRY,
	DELIVERY_CAUSE_COUNT,
};

/* The one function that changes a delivery's state; t_ms becomes its finish when it ends.
 * False, and nothing changed, if the table refuses. An attempt that was in flight when
 * its delivery was ended may still be accepted: then it is delivered. */
bool delivery_move(struct delivery *delivery, enum delivery_cause cause, int64_t t_ms);

#endif
