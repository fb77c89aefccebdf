/* Acts on incidents (R7): one word of an operator on one incident, or Resolved for all
 * that wait for it. */
#include "core/judge/act.h"

#include "core/base/json.h"
#include "core/judge/act_word.h"

static const char *message_or_null(const char *message)
{
	return message && *message ? message : NULL;
}

static void describe(const struct incident *incident, const char *message,
		     struct buf *ret)
{
	struct json_writer w = { .out = ret };

	json_open_object(&w, NULL);
	json_put_string(&w, "status", incident_status_text(incident->status));
	if (message)
		json_put_string(&w, "message", message);
	json_close(&w);
}

static bool act_on_incident(struct store *store, const struct word *word, int64_t now_ms,
			    struct act_result *ret, struct err *err)
{
	DEFER(act_done)
	struct act act = { .store = store, .now_ms = now_ms, .ret = ret };
	DEFER(mem_free)
	struct incident *incident = mem_new(1, sizeof(*incident));
	DEFER(buf_done)
	struct buf before = BUF_INIT(256);
	DEFER(buf_done)
	struct buf after = BUF_INIT(2 * PUBLIC_TEXT_SIZE);

	if (!act_check_message(word->message, err) || !act_begin(&act, err) ||
	    !store_incident_get(store, word->incident_id, incident, err))
		return false;
	describe(incident, NULL, &before);
	if (!act_speak(&act, incident, word, err))
		return false;
	describe(incident, word->message, &after);
	return act_commit(&act, act_word_action(word->cause), "incident", incident->id,
			  incident->service, buf_text(&before), buf_text(&after), err);
}

bool act_identify(struct store *store, int64_t incident_id, const char *message,
		  int64_t now_ms, struct act_result *ret, struct err *err)
{
	const struct word word = { CAUSE_IDENTIFIED, incident_id,
				   message_or_null(message), false };

	return act_on_incident(store, &word, now_ms, ret, err);
}

bool act_note(struct store *store, int64_t incident_id, const char *message,
	      int64_t now_ms, struct act_result *ret, struct err *err)
{
	const struct word word = { CAUSE_NOTED, incident_id, message_or_null(message),
				   false };

	if (!word.message)
		return fail(err, ERR_INVALID,
			    "A note says something: give its text with "
			    "--message");
	return act_on_incident(store, &word, now_ms, ret, err);
}

bool act_resolve(struct store *store, int64_t incident_id, const char *message,
		 bool force, int64_t now_ms, struct act_result *ret, struct err *err)
{
	const struct word word = { CAUSE_RESOLVED, incident_id, message_or_null(message),
				   force };

	return act_on_incident(store, &word, now_ms, ret, err);
}

bool act_recover(struct store *store, int64_t incident_id, const char *message,
		 bool force, int64_t now_ms, struct act_result *ret, struct err *err)
{
	const struct word word = { CAUSE_RECOVERED, incident_id, message_or_null(message),
				   force };

	return act_on_incident(store, &word, now_ms, ret, err);
}

bool act_detach(struct store *store, int64_t incident_id, const char *message,
		int64_t now_ms, struct act_result *ret, struct err *err)
{
	const struct word word = { CAUSE_DETACHED, incident_id, message_or_null(message),
				   false };

	return act_on_incident(store, &word, now_ms, ret, err);
}

/* ---- all that wait for their Resolved ---- */

static bool collect_incident(void *arg, const struct incident *incident)
{
	return id_list_add(arg, incident->id);
}

/* One whose monitor is in error again is left for a decision of its own. */
static bool resolve_one(struct act *act, int64_t incident_id, struct buf *resolved,
			struct err *err)
{
	const struct word word = { .cause = CAUSE_RESOLVED, .incident_id = incident_id };
	DEFER(mem_free)
	struct incident *incident = mem_new(1, sizeof(*incident));
	char monitor[NAME_SIZE];
	bool in_error;

	if (!store_incident_get(act->store, incident_id, incident, err) ||
	    !act_in_error(act->store, incident_id, monitor, &in_error, err))
		return false;
	if (in_error) {
		act_add_sentence(
			act,
			"Incident #%lld of '%s' is left: monitor '%s' is in error again",
			(long long)incident_id, incident->service, monitor);
		return true;
	}
	buf_addf(resolved, "%s%lld", resolved->len ? ", " : "", (long long)incident_id);
	act->ret->count++;
	return act_speak(act, incident, &word, err);
}

bool act_resolve_all_monitoring(struct store *store, int64_t now_ms,
				struct act_result *ret, struct err *err)
{
	DEFER(act_done)
	struct act act = { .store = store, .now_ms = now_ms, .ret = ret };
	DEFER(id_list_done)
	struct id_list ids = { 0 };
	DEFER(buf_done)
	struct buf resolved = BUF_INIT(ACT_SAID_MAX);
	struct filter monitoring = FILTER_ALL;

	monitoring.state = INCIDENT_MONITORING;
	ret->count = 0;
	if (!act_begin(&act, err) ||
	    !store_list_incidents(store, &monitoring, collect_incident, &ids, err))
		return false;
	for (size_t i = ids.count; i > 0; i--) /* the list comes newest first */
		if (!resolve_one(&act, ids.items[i - 1], &resolved, err))
			return false;
	if (!ret->count) {
		act_add_sentence(&act, "No incident waits for its Resolved");
		return act_commit_audited(&act, err); /* nothing was done: no row */
	}
	return act_commit(&act, "resolve", "incident", 0, "all in Monitoring", NULL,
			  buf_text(&resolved), err);
}
