/* What alerts, OKs and errors mean for the incidents of a service (R4-R10, R16-R19):
 * facts in, a decision out. The judge loads the facts and stores what is decided. */
#ifndef RULES_INCIDENT_H
#define RULES_INCIDENT_H

#include "core/rules/model.h"

/* ---- an Error alert reaches a service ---- */

enum incident_opening {
	OPENING_SILENCED, /* an operator has ended hublink's say for this episode (R7, R16) */
	OPENING_JOINS, /* nothing is sent (R9) */
	OPENING_PUBLISHES, /* joins an incident of dry-run times, and is its disruption (R19) */
	OPENING_REOPENS, /* R10, or facts->unrecovered */
	OPENING_NEW,     /* R4 */
};

/* Incidents are borrowed, NULL where there is none. */
struct alert_facts {
	int64_t t_ms;
	enum mode mode;
	bool let_go; /* the episode has joined an incident that was let go */
	const struct incident *
		standing; /* held, open, or detached and not over: what the alert can join */
	bool standing_was_dry; /* and it was opened, or last reopened, in dry-run */
	const struct incident *
		latest; /* newest of the service (per-monitor: of the monitor); for R10 */
	int64_t reopen_within_ms;
	/* A refused update blocks the lane, and behind it, or in it, waits the recovery
	 * of this incident whose disruption was or may have been accepted. Reopened, it
	 * needs none. */
	const struct incident *unrecovered;
};

struct alert_decision {
	enum incident_opening opening;
	const struct incident *
		incident; /* the one of the facts that it concerns; NULL for OPENING_NEW */
	enum delivery_kind kind; /* of the update, where one is decided */
	bool may_be_held;        /* publish_after and the storm guard apply to it */
};
struct alert_decision incident_on_alert(const struct alert_facts *facts);

/* ---- publish_after and the storm guard (R16, R17) ---- */

struct hold {
	bool held;
	bool by_storm;
	int64_t until_ms; /* 0: until an operator releases it */
};
struct hold_facts {
	int64_t t_ms;
	int64_t publish_after_ms;
	int64_t storm_max_new; /* 0: off */
	int64_t storm_release_after_ms;
	int64_t decided; /* new ones of the integration within storm_within, without this one */
};
struct hold incident_hold(const struct hold_facts *facts);

/* ---- a joined monitor is OK ---- */

/* Held, open, or detached and not over: what befalls its monitors still concerns it. */
bool incident_stands(const struct incident *incident);

enum incident_ending {
	ENDING_NOT_OURS, /* let go, or no longer standing: an operator has had the last word (R7) */
	ENDING_WAITS,        /* another joined monitor is in error (R9) */
	ENDING_NEVER_PUBLIC, /* held until now, or its disruption ended unaccepted (R16, R22) */
	ENDING_OVER,         /* detached, and over now (R7) */
	ENDING_BY_HAND,  /* recovers only by `incident recover` (R18) */
	ENDING_NOT_SENT, /* no level wanted the OK to be sent (R6) */
	ENDING_HOLDS,    /* its recovery waits for recover_after (R16) */
	ENDING_RECOVERS,
	ENDING_COUNT,
};

struct ok_facts {
	const struct incident *incident;
	bool others_in_error; /* other joined monitors */
	bool was_dry; /* it is unpublished because its disruption was decided in dry-run (R19) */
	int64_t recover_after_ms;
};
enum incident_ending incident_on_ok(const struct ok_facts *facts);
/* Why, for the Ok alert that sends nothing and for the timeline; "" for ENDING_RECOVERS.
 */
const char *incident_ending_text(enum incident_ending ending);

/* ---- a joined monitor is in error again ---- */

/* Does the error count for the incident: its join is in error until the OK, and a
 * recovery of it that is held is dropped (R16)? Not once it has recovered, or an operator
 * has let it go. */
bool incident_on_error(const struct incident *incident);

/* ---- reminders (R5) ---- */

/* What the opening alert asks for, where its integration takes them there: sets the
 * incident's reminders. */
void incident_arm_reminders(struct incident *incident, const struct path *path,
			    int64_t t_ms);

enum remind { REMIND_STOP, REMIND_SKIP, REMIND_SEND };
/* The incident's reminder is due. muted: its monitor is in a maintenance window. */
enum remind incident_on_reminder(const struct incident *incident, bool opener_in_error,
				 bool muted);
/* Count the reminder at t_ms and set when the next one is due. */
void incident_reminded(struct incident *incident, enum remind what, int64_t t_ms);

#endif
