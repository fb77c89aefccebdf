#include "core/judge/act_word.h"

#include "core/judge/lane.h"
#include "core/judge/step.h"

/* How each word is called. */
static const struct {
	const char *action; /* of the audit row and the timeline */
	const char *done;   /* "Incident #12 of 'Website' is …" */
} words[CAUSE_COUNT] = {
	[CAUSE_IDENTIFIED] = { "identify", "identified" },
	[CAUSE_NOTED] = { "note", "noted" },
	[CAUSE_RESOLVED] = { "resolve", "resolved" },
	[CAUSE_RECOVERED] = { "recover", "recovered" },
	[CAUSE_DETACHED] = { "detach", "detached" },
};

/* ---- refusals ---- */

static bool check_status(const struct incident *incident, enum incident_cause cause,
			 struct err *err)
{
	enum incident_status to;

	if (incident_next(incident->status, cause, &to))
		return true;
	return fail(err, ERR_REFUSED, "Incident #%lld of '%s' cannot be %s: %s",
		    (long long)incident->id, incident->service, words[cause].done,
		    incident_refusal(incident->status));
}

/* R7: while a joined monitor is in error, resolving and recovering want --force. */
static bool check_in_error(struct act *act, const struct incident *incident,
			   const struct word *word, bool *ret_in_error, struct err *err)
{
	char monitor[NAME_SIZE];

	if (!act_in_error(act->store, incident->id, monitor, ret_in_error, err))
		return false;
	if (!*ret_in_error || word->force)
		return true;
	return fail(
		err, ERR_REFUSED,
		"Incident #%lld of '%s' cannot be %s: monitor '%s' is still in error; "
		"wait for its OK or send it with `hublink event '%s' ok`, or use --force",
		(long long)incident->id, incident->service, words[word->cause].done,
		monitor, monitor);
}

/* ---- the word is posted, or kept ---- */

/* Only Generic V2 has a place for an operator's word, and only on a page that has the
 * incident. */
static bool is_posted(struct act *act, const struct incident *incident, bool *ret,
		      struct err *err)
{
	const struct service *service;
	const struct integration *integration;

	*ret = false;
	if (incident->status == INCIDENT_HELD || incident->status == INCIDENT_DETACHED ||
	    incident->status == INCIDENT_NEVER_PUBLIC || !incident->service_id)
		return true;
	if (!desk_service(&act->desk, incident->service_id, &service, err) ||
	    !desk_integration(&act->desk, service->integration_id, &integration, err))
		return false;
	*ret = integration->payload == PAYLOAD_GENERIC_V2;
	return true;
}

static void say_told(struct act *act, const struct incident *incident, const char *done)
{
	const char *how = act_told(act);

	if (incident->status == INCIDENT_NEVER_PUBLIC)
		how = "it was never public, nothing is sent";
	act_add_sentence(act, "Incident #%lld of '%s' is %s: %s", (long long)incident->id,
			 incident->service, done, how);
}

static bool record_word(struct act *act, struct incident *incident,
			const struct word *word, struct err *err)
{
	const struct update update = { .kind = KIND_NOTE,
				       .says = incident->status,
				       .message = word->message };
	struct delivery delivery;
	bool posted;

	if (!is_posted(act, incident, &posted, err))
		return false;
	act->ret->local = !posted;
	if (!posted)
		return store_incident_put(act->store, incident, err);
	if (!lane_add(&act->desk, incident, &update, act->now_ms, &delivery, err))
		return false;
	act_note_delivery(act, &delivery);
	return true;
}

/* ---- what each word does beyond the status ---- */

static bool do_word(struct act *act, struct incident *incident, const struct word *word,
		    struct err *err)
{
	return record_word(act, incident, word, err);
}

static bool do_resolve(struct act *act, struct incident *incident,
		       const struct word *word, struct err *err)
{
	incident->let_go = true;
	return lane_drop_held_recovery(&act->desk, incident,
				       "an operator resolved the incident", act->now_ms,
				       err) &&
	       lane_service_status(&act->desk, incident, incident->status, 0,
				   &incident->service_status, err) &&
	       record_word(act, incident, word, err);
}

static bool do_recover(struct act *act, struct incident *incident,
		       const struct word *word, struct err *err)
{
	const struct update update = { .kind = KIND_RECOVERY,
				       .says = INCIDENT_MONITORING,
				       .message = word->message };
	struct delivery delivery;

	if (incident->status == INCIDENT_NEVER_PUBLIC)
		return lane_service_status(&act->desk, incident, incident->status, 0,
					   &incident->service_status, err) &&
		       store_incident_put(act->store, incident, err);
	if (!lane_drop_held_recovery(&act->desk, incident,
				     "an operator recovered the incident at once",
				     act->now_ms, err) ||
	    !lane_add(&act->desk, incident, &update, act->now_ms, &delivery, err))
		return false;
	act_note_delivery(act, &delivery);
	return true;
}

/* Over at once if no joined monitor is in error; one whose episode hublink had no say over
 * any more counts like the others: the page is a person's now. */
static bool do_detach(struct act *act, struct incident *incident, const struct word *word,
		      struct err *err)
{
	int64_t ended, in_error;

	(void)word;
	incident->let_go = false;
	/* The status goes first: what is ended now must not make it never public. */
	if (!store_incident_put(act->store, incident, err) ||
	    !lane_end_incident(&act->desk, incident, "an operator detached the incident",
			       act->now_ms, &ended, err) ||
	    !store_incident_get(act->store, incident->id, incident, err) ||
	    !judge_rejoin(&act->desk, incident, act->now_ms, err) ||
	    !store_joined_in_error(act->store, incident->id, &in_error, err))
		return false;
	if (in_error == 0)
		incident->over_ms = act->now_ms;
	act->ret->count = ended;
	return store_incident_put(act->store, incident, err);
}

static bool (*const doers[CAUSE_COUNT])(struct act *, struct incident *,
					const struct word *, struct err *) = {
	[CAUSE_IDENTIFIED] = do_word,  [CAUSE_NOTED] = do_word,
	[CAUSE_RESOLVED] = do_resolve, [CAUSE_RECOVERED] = do_recover,
	[CAUSE_DETACHED] = do_detach,
};

/* ---- what it says ---- */

static bool say_waiting(struct act *act, const struct incident *incident, struct err *err)
{
	DEFER(delivery_list_done)
	struct delivery_list waiting = { 0 };

	if (!delivery_list_unfinished(act->store, 0, incident->id, &waiting, err))
		return false;
	for (size_t i = 0; i < waiting.count; i++)
		if (waiting.items[i].id != act->ret->delivery_id)
			act_add_sentence(
				act,
				"Its %s still waits to be sent; `hublink delivery cancel "
				"%lld` stops it",
				delivery_kind_text(waiting.items[i].kind),
				(long long)waiting.items[i].id);
	return true;
}

static void say_detached(struct act *act, const struct incident *incident)
{
	act_add_sentence(
		act,
		"Incident #%lld of '%s' is detached: a person handles its page in "
		"StatusHub, nothing more is sent; %s",
		(long long)incident->id, incident->service,
		incident->over_ms ? "it is over, no joined monitor is in error"
				  : "it is over when every joined monitor is OK");
	if (act->ret->count)
		act_add_sentence(act,
				 "%lld of its updates that waited will not be sent, but "
				 "for one that is on its way already",
				 (long long)act->ret->count);
}

static bool say_done(struct act *act, const struct incident *incident,
		     const struct word *word, struct err *err)
{
	act->ret->incident_id = incident->id;
	if (word->cause == CAUSE_DETACHED) {
		say_detached(act, incident);
		return true;
	}
	say_told(act, incident, words[word->cause].done);
	return word->cause != CAUSE_RESOLVED || say_waiting(act, incident, err);
}

/* ---- one word, from check to audit row ---- */

/* What the word makes of the incident: recovering what never came out has nothing to
 * send. */
static bool cause_of(struct act *act, const struct incident *incident,
		     const struct word *word, enum incident_cause *ret, struct err *err)
{
	bool was_dry = true;

	*ret = word->cause;
	if (word->cause != CAUSE_RECOVERED || incident->reach != REACH_NONE)
		return true;
	if (!store_incident_was_dry(act->store, incident->id, &was_dry, err))
		return false;
	if (!was_dry)
		*ret = CAUSE_UNPUBLISHED;
	return true;
}

bool act_speak(struct act *act, struct incident *incident, const struct word *word,
	       struct err *err)
{
	const char *text =
		word->message ? word->message : incident_cause_text(word->cause);
	enum incident_cause cause;
	bool in_error = false;

	if (!check_status(incident, word->cause, err))
		return false;
	if ((word->cause == CAUSE_RESOLVED || word->cause == CAUSE_RECOVERED) &&
	    !check_in_error(act, incident, word, &in_error, err))
		return false;
	if (in_error)
		incident->let_go = true; /* R7: later levels and OKs send nothing */
	if (!cause_of(act, incident, word, &cause, err))
		return false;
	(void)incident_move(incident, cause, act->now_ms); /* allowed: checked above */
	if (!incident_is_open(incident->status))
		incident->ok_not_sent = false; /* an operator has acted (R6) */
	return doers[word->cause](act, incident, word, err) &&
	       lane_tell_severity(&act->desk, incident->service_id, NULL, act->now_ms,
				  err) &&
	       store_timeline_add(act->store, incident->id, act->now_ms,
				  words[word->cause].action, text, err) &&
	       say_done(act, incident, word, err);
}

const char *act_word_action(enum incident_cause cause)
{
	return words[cause].action;
}
