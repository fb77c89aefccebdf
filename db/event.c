/* The journal of events (R14) and the states of monitors. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/base/text.h"
#include "core/rules/alert.h"
#include "db/columns.h"
#include "db/journal.h"

#define EVENT_COLUMN(member, type) ROW_COLUMN(event, member, type)
static const struct row_column event_columns[] = { EVENT_COLUMNS(EVENT_COLUMN) };

#define STATE_COLUMN(member, type) ROW_COLUMN(monitor_state, member, type)
static const struct row_column state_columns[] = { STATE_COLUMNS(STATE_COLUMN) };

static void read_event(const struct stmt *stmt, struct event *ret)
{
	journal_read_event_columns(stmt, 1, ret);
	ret->seq = column_int(stmt, 0);
}

void journal_read_event_columns(const struct stmt *stmt, int first, struct event *ret)
{
	*ret = (struct event){ 0 };
	row_read(stmt, first, event_columns, COUNT_OF(event_columns), ret);
}

void journal_bind_event(struct stmt *stmt, const struct event *event)
{
	row_bind(stmt, event_columns, COUNT_OF(event_columns), event);
}

/* What the journal has under the event's id already. */
static bool find_same_id(struct store *store, const struct event *event,
			 struct event *ret, bool *ret_found, struct err *err)
{
	*ret_found = false;
	if (event->id[0] == '\0')
		return true;
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_EVENT_BY_ID);
	bind_int(s, ":monitor", event->monitor_id);
	bind_text(s, ":id", event->id);
	int got = stmt_step(s, err);
	if (got <= 0)
		return got == 0;
	read_event(s, ret);
	if (column_bool(s, 1 + (int)COUNT_OF(event_columns)))
		ret->effect = EFFECT_PENDING;
	*ret_found = true;
	return true;
}

static bool contradicts(const struct event *event, const struct event *first)
{
	return event->state != first->state || event->confirmed != first->confirmed ||
	       (event->explicit_at && event->at_ms != first->at_ms);
}

bool journal_check_repeat(const struct event *event, const struct event *first,
			  bool *ret_conflict, struct err *err)
{
	char number[32] = ""; /* of an unmatched one there is none */
	*ret_conflict = contradicts(event, first);
	if (first->seq != 0)
		(void)snprintf(number, sizeof(number), " (event %" PRId64 ")",
			       first->seq);
	return !*ret_conflict ||
	       fail(err, ERR_INVALID,
		    "Event id '%s' was already used for another state or time of this "
		    "monitor%s; send a new id",
		    event->id, number);
}

bool journal_check_ahead(const struct event *event, int64_t now_ms, struct err *err)
{
	return !event->explicit_at || event->at_ms <= now_ms + EVENT_AHEAD_MAX_MS ||
	       fail(err, ERR_INVALID,
		    "The event's time is more than 5 minutes ahead of this machine's "
		    "clock; check the sender's clock or leave the time out");
}

/* The same id again: it answers as the first time, or contradicts itself. */
static bool repeat(struct event *event, const struct event *first,
		   enum event_verdict *ret, bool *ret_conflict, struct err *err)
{
	if (!journal_check_repeat(event, first, ret_conflict, err))
		return false;
	*event = *first;
	*ret = VERDICT_DUPLICATE;
	return true;
}

static bool check_monitor(struct store *store, int64_t monitor_id, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_MONITOR_EXISTS);
	bool exists;
	bind_int(s, ":monitor", monitor_id);
	return stmt_any(s, &exists, err) &&
	       (exists || record_missing_id(RECORD_MONITOR, monitor_id, err));
}

/* What is known of a monitor before its next event. */
struct newest {
	bool has_state; /* a row, which only a monitor that exists has */
	int64_t at_ms;  /* of its newest event; 0: there was none */
};

/* ERR_NOT_FOUND if there is no such monitor. */
static bool newest_of(struct store *store, int64_t monitor_id, struct newest *ret,
		      struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_NEWEST);
	bind_int(s, ":monitor", monitor_id);
	int got = stmt_step(s, err);
	if (got >= 0)
		*ret = (struct newest){ got > 0, got > 0 ? column_int(s, 0) : 0 };
	return got > 0 || (got == 0 && check_monitor(store, monitor_id, err));
}

/* When it counts as having happened, and what it may do then. */
static void place_in_time(struct event *event, int64_t newest_ms, int64_t now_ms)
{
	if (!event->explicit_at)
		event->at_ms = now_ms > newest_ms ? now_ms : newest_ms;
	if (event->at_ms < newest_ms)
		event->effect = EFFECT_TOO_OLD;
	else
		event->effect = event->confirmed ? EFFECT_PENDING : EFFECT_UNCONFIRMED;
}

static bool wait_for_judge(struct store *store, const struct event *event,
			   struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_PENDING_ADD);
	bind_int(s, ":at", event->at_ms);
	bind_int(s, ":seq", event->seq);
	return stmt_run(s, err);
}

/* Its row says what becomes of it: that it waits until then is another's to say. */
static bool insert(struct store *store, struct event *event, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_EVENT_ADD);
	const bool waits = event->effect == EFFECT_PENDING;
	journal_bind_event(s, event);
	bind_int(s, ":effect", waits ? EFFECT_JUDGED : event->effect);
	return stmt_insert(s, &event->seq, err) &&
	       (!waits || wait_for_judge(store, event, err));
}

static bool put_newest(struct store *store, const struct newest *before,
		       const struct event *event, struct err *err)
{
	DEFER(stmt_done)
	struct stmt *s =
		db_query(store, before->has_state ? Q_NEWEST_SAVE : Q_NEWEST_ADD);
	bind_int(s, ":monitor", event->monitor_id);
	bind_int(s, ":at", event->at_ms);
	return stmt_run(s, err);
}

/* Most events come without a time and are the newest of a known monitor: one statement
 * tells that, and saves it. */
static bool advance(struct store *store, struct event *event, int64_t now_ms,
		    bool *ret_advanced, struct err *err)
{
	*ret_advanced = false;
	if (event->explicit_at || !event->confirmed)
		return true;
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_NEWEST_ADVANCE);
	bind_int(s, ":at", now_ms);
	bind_int(s, ":monitor", event->monitor_id);
	if (!stmt_run(s, err))
		return false;
	*ret_advanced = stmt_changes(s) > 0;
	if (*ret_advanced) {
		event->at_ms = now_ms;
		event->effect = EFFECT_PENDING;
	}
	return true;
}

/* Any event: where it stands among its monitor's, and what that changes. */
static bool take_place(struct store *store, struct event *event, int64_t now_ms,
		       struct err *err)
{
	struct newest newest;
	if (!newest_of(store, event->monitor_id, &newest, err))
		return false;
	place_in_time(event, newest.at_ms, now_ms);
	const bool advances =
		event->effect == EFFECT_PENDING && event->at_ms > newest.at_ms;
	return !advances || put_newest(store, &newest, event, err);
}

static bool add_new(struct store *store, struct event *event, int64_t now_ms,
		    enum event_verdict *ret, struct err *err)
{
	bool advanced;
	event->received_ms = now_ms;
	if (!advance(store, event, now_ms, &advanced, err) ||
	    (!advanced && !take_place(store, event, now_ms, err)) ||
	    !insert(store, event, err))
		return false;
	*ret = event->effect == EFFECT_TOO_OLD ? VERDICT_TOO_OLD : VERDICT_ACCEPTED;
	return true;
}

static void cut_message(struct event *event)
{
	char whole[MESSAGE_SIZE];
	size_t bytes = strnlen(event->message, sizeof(whole) - 1);
	memcpy(whole, event->message, bytes);
	whole[bytes] = '\0';
	text_cut(event->message, sizeof(event->message), whole, MESSAGE_CHARS_MAX);
}

bool store_event_add(struct store *store, struct event *event, int64_t now_ms,
		     enum event_verdict *ret, bool *ret_conflict, struct err *err)
{
	*ret_conflict = false;
	if (event->state == EVENT_OK)
		event->confirmed = true; /* only errors can be unconfirmed (R1) */
	DEFER(store_abort) struct transaction tx = { 0 };
	struct event first;
	bool known;
	if (!journal_begin(store, &tx, err) ||
	    !find_same_id(store, event, &first, &known, err))
		return false;
	if (known)
		return repeat(event, &first, ret, ret_conflict, err);
	if (!journal_check_ahead(event, now_ms, err))
		return false;
	cut_message(event);
	return add_new(store, event, now_ms, ret, err) && journal_commit(&tx, err);
}

int store_events_pending(struct store *store, struct event_place after, struct event *ret,
			 int max, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_EVENTS_PENDING);
	bind_int(s, ":at", after.at_ms);
	bind_int(s, ":seq", after.seq);
	bind_int(s, ":max", max);
	int count = 0;
	int got;
	while ((got = stmt_step(s, err)) > 0)
		read_event(s, &ret[count++]);
	return got < 0 ? -1 : count;
}

static bool judged_before(struct store *store, int64_t at_ms, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_JUDGED_BEFORE);
	bind_int(s, ":at", at_ms);
	return stmt_run(s, err);
}

static bool judged_at(struct store *store, struct event_place last, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_JUDGED_AT);
	bind_int(s, ":at", last.at_ms);
	bind_int(s, ":seq", last.seq);
	return stmt_run(s, err);
}

bool store_events_judged(struct store *store, struct event_place last, struct err *err)
{
	DEFER(store_abort) struct transaction tx = { 0 };
	return journal_begin(store, &tx, err) && judged_before(store, last.at_ms, err) &&
	       judged_at(store, last, err) && journal_commit(&tx, err);
}

int journal_read_state(const struct stmt *stmt, int first, struct monitor_state *ret)
{
	ret->newest_ms = column_int(stmt, first);
	return row_read(stmt, first + 1, state_columns, COUNT_OF(state_columns), ret);
}

bool store_monitor_state(struct store *store, int64_t monitor_id,
			 struct monitor_state *ret, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_STATE_GET);
	bind_int(s, ":monitor", monitor_id);
	int got = stmt_step(s, err);
	if (got < 0)
		return false;
	*ret = (struct monitor_state){ .monitor_id = monitor_id };
	if (got > 0)
		journal_read_state(s, 0, ret);
	return true;
}

static bool put_state(struct store *store, enum query query,
		      const struct monitor_state *state, bool *ret_put, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, query);
	row_bind(s, state_columns, COUNT_OF(state_columns), state);
	bind_int(s, ":monitor", state->monitor_id);
	if (!stmt_run(s, err))
		return false;
	*ret_put = stmt_changes(s) > 0;
	return true;
}

/* Its row is there as a rule: the event that is judged made it. */
bool store_put_monitor_state(struct store *store, const struct monitor_state *state,
			     struct err *err)
{
	bool put;
	return put_state(store, Q_STATE_SAVE, state, &put, err) &&
	       (put || put_state(store, Q_STATE_ADD, state, &put, err));
}
