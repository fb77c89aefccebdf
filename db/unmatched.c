/* Whom an event is about, and what is kept of those nobody knows. */
#include <inttypes.h>
#include <string.h>

#include "core/base/text.h"
#include "core/store_sources.h"
#include "db/journal.h"

/* ---- subjects ---- */

/* The answer to a question about a name, a GUID or both; nothing if *ret is known already. */
static bool look_up(struct store *store, enum query query, const char *guid,
		    const char *name, int64_t *ret, struct err *err)
{
	if (*ret != 0)
		return true;
	DEFER(stmt_done) struct stmt *s = db_query(store, query);
	if (guid)
		bind_borrowed(s, ":guid", guid);
	if (name)
		bind_borrowed(s, ":name", name);
	return stmt_number(s, 0, ret, err);
}

bool store_subject_monitor(struct store *store, const struct subject *subject,
			   int64_t *ret_monitor_id, struct err *err)
{
	const char *guid = *subject->guid ? subject->guid : subject->name;
	int64_t id = 0;
	if (!subject->is_guess &&
	    (!look_up(store, Q_SUBJECT_BY_GUID, guid, NULL, &id, err) ||
	     !look_up(store, Q_SUBJECT_BY_NAME, NULL, subject->name, &id, err)))
		return false;
	if (!look_up(store, Q_ADOPTED_BY_GUID, guid, NULL, &id, err) ||
	    !look_up(store, Q_ADOPTED_BY_NAME, subject->guid, subject->name, &id, err))
		return false;
	*ret_monitor_id = id;
	return true;
}

/* ---- rows ---- */

static void read_unmatched(const struct stmt *s, struct unmatched *ret)
{
	*ret = (struct unmatched){ .id = column_int(s, 0),
				   .events = column_int(s, 3),
				   .first_ms = column_int(s, 4) };
	column_copy(s, 1, ret->guid, sizeof(ret->guid));
	column_copy(s, 2, ret->name, sizeof(ret->name));
	journal_read_event_columns(s, 5, &ret->event);
	ret->monitor_id = ret->event.monitor_id;
}

static bool find(struct store *store, const struct subject *subject,
		 struct unmatched *ret, bool *ret_found, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_UNMATCHED_FIND);
	bind_borrowed(s, ":name", subject->name);
	bind_borrowed(s, ":guid", subject->guid);
	int got = stmt_step(s, err);
	if (got > 0)
		read_unmatched(s, ret);
	*ret_found = got > 0;
	return got >= 0;
}

bool store_unmatched_find(struct store *store, const struct subject *subject,
			  int64_t *ret_id, struct err *err)
{
	struct unmatched row;
	bool found;
	if (!find(store, subject, &row, &found, err))
		return false;
	*ret_id = found ? row.id : 0;
	return true;
}

bool store_unmatched_get(struct store *store, int64_t id, struct unmatched *ret,
			 struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_UNMATCHED_GET);
	bind_int(s, ":number", id);
	int got = stmt_step(s, err);
	if (got == 0)
		return fail(err, ERR_NOT_FOUND,
			    "Unmatched event #%" PRId64
			    " does not exist; `hublink list unmatched` shows all",
			    id);
	if (got > 0)
		read_unmatched(s, ret);
	return got > 0;
}

bool store_list_unmatched(struct store *store, const struct filter *filter,
			  bool (*row)(void *arg, const struct unmatched *), void *arg,
			  struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_LIST_UNMATCHED);
	bind_int(s, ":since", filter->since_ms);
	bind_int(s, ":until", filter->until_ms);
	bind_text(s, ":search", filter->search);
	bind_int(s, ":limit", filter->limit > 0 ? filter->limit : -1);
	int got;
	while ((got = stmt_step(s, err)) > 0) {
		struct unmatched found;
		read_unmatched(s, &found);
		if (!row(arg, &found))
			return true;
	}
	return got == 0;
}

bool store_count_unmatched(struct store *store, int64_t *ret, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_COUNT_UNMATCHED);
	return stmt_number(s, 0, ret, err);
}

/* ---- keeping ---- */

enum { FORGET_EVERY = 100 }; /* rows, for it reads through all that are kept */

static bool forget_oldest(struct store *store, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_UNMATCHED_FORGET);
	bind_int(s, ":keep", UNMATCHED_MAX);
	return stmt_run(s, err);
}

static bool add_new(struct store *store, const struct subject *subject,
		    const struct event *event, int64_t *ret_id, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_UNMATCHED_ADD);
	bind_borrowed(s, ":guid", subject->guid);
	bind_borrowed(s, ":name", subject->name);
	bind_int(s, ":first", event->received_ms);
	journal_bind_event(s, event);
	return stmt_insert(s, ret_id, err) &&
	       (*ret_id % FORGET_EVERY != 0 || forget_oldest(store, err));
}

/* Does the event tell more of the subject than the one that is kept? */
static bool is_news(const struct event *event, const struct event *kept)
{
	if (event->explicit_at && event->at_ms < kept->at_ms)
		return false;
	return event->confirmed || !kept->confirmed;
}

static bool renew(struct store *store, const struct unmatched *kept,
		  const struct event *event, struct err *err)
{
	bool renews = is_news(event, &kept->event);
	DEFER(stmt_done)
	struct stmt *s =
		db_query(store, renews ? Q_UNMATCHED_RENEW : Q_UNMATCHED_COUNT_ONE);
	bind_int(s, ":number", kept->id);
	if (renews)
		journal_bind_event(s, event);
	return stmt_run(s, err);
}

static bool add(struct store *store, const struct subject *subject, struct event *event,
		int64_t *ret_id, bool *ret_conflict, struct err *err)
{
	struct unmatched kept;
	bool known;
	if (!find(store, subject, &kept, &known, err))
		return false;
	if (!known)
		return add_new(store, subject, event, ret_id, err);
	*ret_id = kept.id;
	if (*event->id && text_equal(event->id, kept.event.id))
		return journal_check_repeat(event, &kept.event, ret_conflict, err);
	return renew(store, &kept, event, err);
}

bool store_unmatched_add(struct store *store, const struct subject *subject,
			 struct event *event, int64_t now_ms, int64_t *ret_id,
			 bool *ret_conflict, struct err *err)
{
	*ret_conflict = false;
	if (!journal_check_ahead(event, now_ms, err))
		return false;
	event->monitor_id = 0;
	event->received_ms = now_ms;
	event->effect = EFFECT_PENDING;
	if (!event->explicit_at)
		event->at_ms = now_ms;
	DEFER(store_abort) struct transaction tx = { 0 };
	return journal_begin(store, &tx, err) &&
	       add(store, subject, event, ret_id, ret_conflict, err) &&
	       journal_commit(&tx, err);
}

/* ---- adopting ---- */

static bool set_monitor(struct store *store, int64_t id, int64_t monitor_id,
			struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_UNMATCHED_ADOPT);
	bind_int(s, ":number", id);
	bind_int(s, ":monitor", monitor_id);
	return stmt_run(s, err);
}

/* Its event comes late: an explicit time lets R14 judge what it still can tell. */
static bool add_event(struct store *store, const struct unmatched *unmatched,
		      int64_t monitor_id, int64_t now_ms, struct err *err)
{
	struct event event = unmatched->event;
	enum event_verdict verdict;
	bool conflict;
	event.monitor_id = monitor_id;
	event.explicit_at = true;
	return store_event_add(store, &event, now_ms, &verdict, &conflict, err) ||
	       conflict; /* the monitor knows that id from elsewhere: nothing new */
}

static bool move_firing(struct store *store, int64_t id, int64_t monitor_id,
			struct err *err)
{
	DEFER(stmt_done) struct stmt *move = db_query(store, Q_FIRING_ADOPT);
	DEFER(stmt_done) struct stmt *forget = db_query(store, Q_FIRING_FORGET);
	bind_int(move, ":monitor", monitor_id);
	bind_int(move, ":unmatched", id);
	bind_int(forget, ":unmatched", id);
	return stmt_run(move, err) && stmt_run(forget, err);
}

bool store_unmatched_adopt(struct store *store, int64_t id, int64_t monitor_id,
			   int64_t now_ms, struct err *err)
{
	DEFER(store_abort) struct transaction tx = { 0 };
	struct unmatched unmatched;
	if (!store_begin(store, &tx, err) ||
	    !store_unmatched_get(store, id, &unmatched, err))
		return false;
	/* Adopted again, as another monitor: its last event has been told already. */
	if (unmatched.monitor_id == 0 &&
	    !add_event(store, &unmatched, monitor_id, now_ms, err))
		return false;
	return move_firing(store, id, monitor_id, err) &&
	       set_monitor(store, id, monitor_id, err) && store_commit(&tx, err);
}
