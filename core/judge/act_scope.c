#include "core/judge/act_scope.h"

#include <string.h>

#include "core/base/lock.h"
#include "core/base/text.h"
#include "core/rules/status.h"

void act_result_done(struct act_result *result)
{
	buf_done(&result->said);
}

/* R22: what a dead engine had due counts as in flight, also for who acts before the next
 * one starts. */
static bool note_dead_engine(struct act *act, struct err *err)
{
	int64_t was_clean, count;

	if (!store_fact(act->store, FACT_ENGINE_CLEAN, 1, &was_clean, err))
		return false;
	if (was_clean != 0 || lock_holder(store_path(act->store)) != 0)
		return true;
	return store_mark_ambiguous(act->store, act->now_ms, &count, err) &&
	       store_set_fact(act->store, FACT_ENGINE_CLEAN, 1, err);
}

bool act_begin(struct act *act, struct err *err)
{
	return store_begin(act->store, &act->tx, err) && note_dead_engine(act, err) &&
	       judge_all(act->store, act->now_ms, err) &&
	       desk_open(act->store, act->now_ms, &act->desk, err);
}

bool act_commit_audited(struct act *act, struct err *err)
{
	act->succeeded = store_commit(&act->tx, err);
	return act->succeeded;
}

bool act_commit(struct act *act, const char *action, const char *object_kind,
		int64_t object_id, const char *object, const char *before,
		const char *after, struct err *err)
{
	return store_audit(act->store, action, object_kind, object_id, object, before,
			   after, err) &&
	       act_commit_audited(act, err);
}

void act_done(struct act *act)
{
	desk_done(&act->desk);
	store_abort(&act->tx);
	if (!act->succeeded)
		buf_reset(&act->ret->said);
}

void act_add_sentence(struct act *act, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	buf_vaddf(&act->ret->said, format, args);
	va_end(args);
	buf_addc(&act->ret->said, '\n');
}

void act_note_delivery(struct act *act, const struct delivery *delivery)
{
	act->ret->delivery_id = delivery->id;
	act->ret->queued = delivery->state == DELIVERY_QUEUED;
	act->ret->held = delivery->state == DELIVERY_HELD;
	act->ret->dry = delivery->state == DELIVERY_DRY_RUN;
}

const char *act_told(const struct act *act)
{
	static const char *const told[MODE_COUNT] = {
		[MODE_DRY_RUN] = "recorded only: the mode is dry-run",
		[MODE_PAUSED] = ("the public is told once the mode is live again "
				 "(`hublink mode live`)"),
		[MODE_LIVE] = "the public was told",
	};

	if (act->ret->local)
		return "local only: do it in StatusHub";
	if (act->ret->dry && act->desk.mode != MODE_DRY_RUN)
		return "recorded only: it was decided in dry-run and is not public";
	return told[act->desk.mode];
}

/* ---- one delivery ---- */

bool act_refuse_finished(const struct delivery *d, const char *verb, struct err *err)
{
	return fail(err, ERR_REFUSED, "Delivery #%lld of '%s' cannot be %s: it is %s",
		    (long long)d->id, d->service, verb, delivery_state_text(d->state));
}

bool act_make_due(struct act *act, struct delivery *delivery, struct err *err)
{
	if (!delivery_move(delivery, DELIVERY_ON_RETRY, act->now_ms))
		return act_refuse_finished(delivery, "retried", err);
	delivery->next_attempt_ms = act->now_ms;
	delivery->retry_after = false;
	return store_delivery_put(act->store, delivery, err);
}

bool act_check_message(const char *message, struct err *err)
{
	if (!message)
		return true;
	if (!utf8_valid(message, strlen(message)))
		return fail(err, ERR_INVALID, "The message is not valid UTF-8");
	if (text_length(message) > PUBLIC_TEXT_CHARS_MAX)
		return fail(err, ERR_INVALID,
			    "The message has %zu characters; at most %d are taken",
			    text_length(message), (int)PUBLIC_TEXT_CHARS_MAX);
	return true;
}

struct in_error {
	struct store *store;
	char *name;
	bool found, ok;
	struct err *err;
};

/* A monitor that errs again after its recovery counts too, so the monitor itself is
 * asked. */
static bool find_in_error(void *arg, const struct join *join, const char *monitor)
{
	struct in_error *search = arg;
	struct monitor_state state;

	search->ok =
		store_monitor_state(search->store, join->monitor_id, &state, search->err);
	if (!search->ok || !state.in_error)
		return search->ok;
	search->found = text_copy(search->name, NAME_SIZE, monitor);
	return false;
}

bool act_in_error(struct store *store, int64_t incident_id, char ret_monitor[NAME_SIZE],
		  bool *ret_found, struct err *err)
{
	struct in_error search = {
		.store = store, .name = ret_monitor, .ok = true, .err = err
	};

	if (!store_joins(store, incident_id, find_in_error, &search, err) || !search.ok)
		return false;
	*ret_found = search.found;
	return true;
}
