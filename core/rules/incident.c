#include "core/rules/incident.h"

#include "core/base/clock.h"
#include "core/base/compiler.h"
#include "core/rules/status.h"

/* ---- an Error alert reaches a service ---- */

static bool may_reopen(const struct incident *incident)
{
	return incident && incident->status == INCIDENT_MONITORING;
}

static bool is_within_reopening(const struct alert_facts *facts)
{
	return facts->reopen_within_ms > 0 && may_reopen(facts->latest) &&
	       facts->t_ms <= facts->latest->monitoring_at_ms + facts->reopen_within_ms;
}

/* What is on its way to the public, or was, is set back; what never was is published now.
 */
static enum delivery_kind kind_of_opening(const struct incident *incident)
{
	const bool is_kept =
		incident->reach == REACH_NONE || incident->reach == REACH_HELD;
	return is_kept ? KIND_DISRUPTION : KIND_REOPEN;
}

/* R19: what dry-run opened, held or reopened is told now. */
static struct alert_decision join(const struct alert_facts *facts)
{
	const struct incident *standing = facts->standing;
	const bool publishes = facts->standing_was_dry && facts->mode != MODE_DRY_RUN &&
			       standing->status != INCIDENT_DETACHED;
	const enum delivery_kind kind = kind_of_opening(standing);
	return (struct alert_decision){
		.opening = publishes ? OPENING_PUBLISHES : OPENING_JOINS,
		.incident = standing,
		.kind = kind,
		.may_be_held = publishes && kind == KIND_DISRUPTION && !standing->by_hand,
	};
}

static struct alert_decision reopen(const struct incident *incident)
{
	return (struct alert_decision){
		.opening = OPENING_REOPENS,
		.incident = incident,
		.kind = kind_of_opening(incident),
	};
}

struct alert_decision incident_on_alert(const struct alert_facts *facts)
{
	if (facts->let_go)
		return (struct alert_decision){ .opening = OPENING_SILENCED };
	if (facts->standing)
		return join(facts);
	if (is_within_reopening(facts))
		return reopen(facts->latest);
	if (may_reopen(facts->unrecovered))
		return reopen(facts->unrecovered);
	return (struct alert_decision){
		.opening = OPENING_NEW,
		.kind = KIND_DISRUPTION,
		.may_be_held = true,
	};
}

/* ---- publish_after and the storm guard ---- */

struct hold incident_hold(const struct hold_facts *facts)
{
	const bool storm =
		facts->storm_max_new > 0 && facts->decided >= facts->storm_max_new;
	if (!storm && facts->publish_after_ms == 0)
		return (struct hold){ 0 };
	struct hold hold = { .held = true, .by_storm = storm };
	if (storm && facts->storm_release_after_ms == 0)
		return hold;
	int64_t longest_ms = facts->publish_after_ms;
	if (storm && facts->storm_release_after_ms > longest_ms)
		longest_ms = facts->storm_release_after_ms;
	hold.until_ms = facts->t_ms + longest_ms;
	return hold;
}

/* ---- a joined monitor is OK ---- */

bool incident_stands(const struct incident *incident)
{
	return incident->status == INCIDENT_HELD || incident_is_open(incident->status) ||
	       (incident->status == INCIDENT_DETACHED && incident->over_ms == 0);
}

static bool is_not_ours(const struct ok_facts *facts)
{
	return facts->incident->let_go || !incident_stands(facts->incident);
}

static bool others_are_in_error(const struct ok_facts *facts)
{
	return facts->others_in_error;
}

static bool is_detached(const struct ok_facts *facts)
{
	return facts->incident->status == INCIDENT_DETACHED;
}

static bool is_by_hand(const struct ok_facts *facts)
{
	return facts->incident->by_hand;
}

static bool was_never_public(const struct ok_facts *facts)
{
	return facts->incident->status == INCIDENT_HELD ||
	       (facts->incident->reach == REACH_NONE && !facts->was_dry);
}

static bool wants_no_ok(const struct ok_facts *facts)
{
	return !facts->incident->send_ok;
}

static bool recovery_is_held(const struct ok_facts *facts)
{
	return facts->recover_after_ms > 0;
}

static bool always(const struct ok_facts *facts)
{
	(void)facts;
	return true;
}

/* The first row that holds decides. */
static const struct {
	bool (*holds)(const struct ok_facts *facts);
	enum incident_ending ending;
} endings[] = {
	{ is_not_ours, ENDING_NOT_OURS },
	{ others_are_in_error, ENDING_WAITS },
	{ is_detached, ENDING_OVER },
	{ is_by_hand, ENDING_BY_HAND },
	{ was_never_public, ENDING_NEVER_PUBLIC },
	{ wants_no_ok, ENDING_NOT_SENT },
	{ recovery_is_held, ENDING_HOLDS },
	{ always, ENDING_RECOVERS },
};

enum incident_ending incident_on_ok(const struct ok_facts *facts)
{
	size_t row = 0;
	while (!endings[row].holds(facts))
		row++;
	return endings[row].ending;
}

static const char *const ending_texts[] = {
	[ENDING_NOT_OURS] = "an operator has ended hublink's say over the incident",
	[ENDING_WAITS] = "another monitor that joined the incident is still in error",
	[ENDING_NEVER_PUBLIC] =
		"the incident ended before it was published: never public",
	[ENDING_OVER] = "the incident is detached: a person handles the page",
	[ENDING_BY_HAND] =
		"the incident was opened by hand: `hublink incident recover` ends it",
	[ENDING_NOT_SENT] = "OK not sent: send_ok is off",
	[ENDING_HOLDS] = "the recovery is held: recover_after",
	[ENDING_RECOVERS] = "",
};
_Static_assert(COUNT_OF(ending_texts) == ENDING_COUNT, "every ending has its text");

const char *incident_ending_text(enum incident_ending ending)
{
	return ending_texts[ending];
}

/* ---- a joined monitor is in error again ---- */

bool incident_on_error(const struct incident *incident)
{
	const struct ok_facts facts = { .incident = incident };
	return !is_not_ours(&facts);
}

/* ---- reminders ---- */

void incident_arm_reminders(struct incident *incident, const struct path *path,
			    int64_t t_ms)
{
	const bool wanted = path->send_reminders && path->remind_max > 0 &&
			    path->remind_every_minutes > 0;
	incident->remind_every_ms = wanted ? path->remind_every_minutes * MINUTE_MS : 0;
	incident->remind_left = wanted ? path->remind_max : 0;
	/* Of what is held nobody is reminded: its reminders begin with its release. */
	const bool public = incident->status != INCIDENT_HELD;
	incident->remind_at_ms = wanted && public ? t_ms + incident->remind_every_ms : 0;
}

enum remind incident_on_reminder(const struct incident *incident, bool opener_in_error,
				 bool muted)
{
	if (!incident_is_open(incident->status) || incident->let_go ||
	    incident->remind_left == 0 || !opener_in_error)
		return REMIND_STOP;
	return muted ? REMIND_SKIP : REMIND_SEND;
}

void incident_reminded(struct incident *incident, enum remind what, int64_t t_ms)
{
	if (what == REMIND_SEND)
		incident->remind_left--;
	const bool more = what != REMIND_STOP && incident->remind_left > 0;
	incident->remind_at_ms = more ? t_ms + incident->remind_every_ms : 0;
}
