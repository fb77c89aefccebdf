#include "core/rules/status.h"

#include "core/base/compiler.h"

/* ---- incidents ---- */

enum { NO = -1 }; /* the table refuses */
#define HELD INCIDENT_HELD
#define OPEN INCIDENT_INVESTIGATING
#define IDENT INCIDENT_IDENTIFIED
#define MONIT INCIDENT_MONITORING
#define RESOL INCIDENT_RESOLVED
#define DETAC INCIDENT_DETACHED
#define NEVER INCIDENT_NEVER_PUBLIC

/* clang-format off */
static const signed char status_after[INCIDENT_STATUS_COUNT][CAUSE_COUNT] = {
	/*           released held   recov. reopen unpub. found  identif. noted  resolv. detach cancel
	 */
	[HELD]  = {  OPEN,    NO,    NO,    NO,    NEVER, NO,    NO,      HELD,  NO,     DETAC, NEVER },
	[OPEN]  = {  NO,      HELD,  MONIT, NO,    NEVER, NO,    IDENT,   OPEN,  RESOL,  DETAC, NEVER },
	[IDENT] = {  NO,      HELD,  MONIT, NO,    NEVER, NO,    IDENT,   IDENT, RESOL,  DETAC, NEVER },
	[MONIT] = {  NO,      NO,    NO,    OPEN,  NEVER, NO,    NO,      MONIT, RESOL,  DETAC, NEVER },
	[RESOL] = {  NO,      NO,    NO,    NO,    NO,    NO,    NO,      RESOL, NO,     NO,    NO    },
	[DETAC] = {  NO,      NO,    NO,    NO,    NO,    NO,    NO,      DETAC, RESOL,  NO,    NO    },
	[NEVER] = {  NO,      NO,    NO,    NO,    NO,    OPEN,  NO,      NEVER, NO,     NO,    NO    },
};
/* clang-format on */
#undef HELD
#undef OPEN
#undef IDENT
#undef MONIT
#undef RESOL
#undef DETAC
#undef NEVER

static const char *const refusals[INCIDENT_STATUS_COUNT] = {
	[INCIDENT_HELD] =
		"it is held and not public: release or cancel its disruption first",
	[INCIDENT_INVESTIGATING] = "it is open",
	[INCIDENT_IDENTIFIED] = "it is open",
	[INCIDENT_MONITORING] = "it has recovered: note or resolve it",
	[INCIDENT_RESOLVED] = "it is resolved: open another one with `incident open`",
	[INCIDENT_DETACHED] = "it is detached: a person handles its page in StatusHub",
	[INCIDENT_NEVER_PUBLIC] = "it was never public",
};

static const char *const cause_texts[] = {
	[CAUSE_RELEASED] = "its disruption was released",
	[CAUSE_HELD_BACK] = "its disruption is held",
	[CAUSE_RECOVERED] = "it has recovered",
	[CAUSE_REOPENED] = "a new alert reopens it",
	[CAUSE_UNPUBLISHED] = "it ended before its disruption was published",
	[CAUSE_FOUND_PUBLIC] = "its ended disruption was accepted after all",
	[CAUSE_IDENTIFIED] = "an operator identified the cause",
	[CAUSE_NOTED] = "an operator added a note",
	[CAUSE_RESOLVED] = "an operator resolved it",
	[CAUSE_DETACHED] = "an operator detached it: a person handles the page",
	[CAUSE_CANCELLED] = "an operator cancelled its disruption",
};
_Static_assert(COUNT_OF(cause_texts) == CAUSE_COUNT, "every cause has its text");

bool incident_next(enum incident_status from, enum incident_cause cause,
		   enum incident_status *ret)
{
	const int to = status_after[from][cause];
	if (to == NO)
		return false;
	*ret = (enum incident_status)to;
	return true;
}

const char *incident_refusal(enum incident_status from)
{
	return refusals[from];
}

const char *incident_cause_text(enum incident_cause cause)
{
	return cause_texts[cause];
}

static void stop_reminders(struct incident *incident)
{
	incident->remind_at_ms = 0;
	incident->remind_left = 0;
}

bool incident_move(struct incident *incident, enum incident_cause cause, int64_t t_ms)
{
	const enum incident_status from = incident->status;
	if (!incident_next(from, cause, &incident->status))
		return false;
	if (incident->status == from)
		return true;
	if (cause == CAUSE_RELEASED && incident->remind_left > 0)
		incident->remind_at_ms = t_ms + incident->remind_every_ms;
	if (cause == CAUSE_HELD_BACK)
		incident->remind_at_ms = 0;
	if (incident->status == INCIDENT_MONITORING)
		incident->monitoring_at_ms = t_ms;
	if (incident->status == INCIDENT_RESOLVED)
		incident->resolved_at_ms = t_ms;
	if (from == INCIDENT_MONITORING && incident_is_open(incident->status)) {
		incident->monitoring_at_ms = 0;
		incident->ok_not_sent = false;
	}
	if (!incident_is_open(incident->status) && incident->status != INCIDENT_HELD)
		stop_reminders(incident);
	return true;
}

/* ---- reach ---- */

static const enum reach reach_after[REACH_COUNT][REACH_CAUSE_COUNT] = {
	/*                  HOLD           QUEUE          NO_ANSWER    ACCEPTED   END */
	[REACH_NONE] = { REACH_HELD, REACH_WAITING, REACH_MAYBE, REACH_YES, REACH_NONE },
	[REACH_HELD] = { REACH_HELD, REACH_WAITING, REACH_MAYBE, REACH_YES, REACH_NONE },
	[REACH_WAITING] = { REACH_WAITING, REACH_WAITING, REACH_MAYBE, REACH_YES,
			    REACH_NONE },
	[REACH_MAYBE] = { REACH_MAYBE, REACH_MAYBE, REACH_MAYBE, REACH_YES, REACH_MAYBE },
	[REACH_YES] = { REACH_YES, REACH_YES, REACH_YES, REACH_YES, REACH_YES },
};

enum reach reach_next(enum reach from, enum reach_cause cause)
{
	return reach_after[from][cause];
}

/* ---- deliveries ---- */

#define HELD DELIVERY_HELD
#define QUEUE DELIVERY_QUEUED
#define FAIL DELIVERY_FAILED
#define DONE DELIVERY_DELIVERED
#define CANC DELIVERY_CANCELLED
#define SUPER DELIVERY_SUPERSEDED
#define EXPIR DELIVERY_EXPIRED
#define DRY DELIVERY_DRY_RUN

/* clang-format off */
static const signed char state_after[DELIVERY_STATE_COUNT][DELIVERY_CAUSE_COUNT] = {
	/*                      release record accept. tempor. refused retry  cancel supers. expiry
	 */
	[HELD]              = { QUEUE,  DRY,   NO,     NO,     NO,     NO,    CANC,  SUPER,  NO    },
	[QUEUE]             = { NO,     NO,    DONE,   QUEUE,  FAIL,   QUEUE, CANC,  SUPER,  EXPIR },
	[DELIVERY_SENDING]  = { NO,     NO,    DONE,   QUEUE,  FAIL,   NO,    CANC,  SUPER,  EXPIR },
	[DONE]              = { NO,     NO,    NO,     NO,     NO,     NO,    NO,    NO,     NO    },
	[FAIL]              = { NO,     NO,    DONE,   QUEUE,  FAIL,   QUEUE, CANC,  SUPER,  EXPIR },
	[CANC]              = { NO,     NO,    DONE,   NO,     NO,     NO,    NO,    NO,     NO    },
	[SUPER]             = { NO,     NO,    DONE,   NO,     NO,     NO,    NO,    NO,     NO    },
	[EXPIR]             = { NO,     NO,    DONE,   NO,     NO,     NO,    NO,    NO,     NO    },
	[DRY]               = { NO,     NO,    NO,     NO,     NO,     NO,    NO,    NO,     NO    },
};
/* clang-format on */
#undef HELD
#undef QUEUE
#undef FAIL
#undef DONE
#undef CANC
#undef SUPER
#undef EXPIR
#undef DRY

bool delivery_move(struct delivery *delivery, enum delivery_cause cause, int64_t t_ms)
{
	const int to = state_after[delivery->state][cause];
	if (to == NO)
		return false;
	delivery->state = (enum delivery_state)to;
	delivery->finished_ms = delivery_is_unfinished(delivery->state) ? 0 : t_ms;
	if (delivery->state == DELIVERY_DELIVERED)
		delivery->delivered_ms = t_ms;
	return true;
}
