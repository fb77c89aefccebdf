/* Deliveries and their lanes: one after another per service, in the order of their
 * places (R12).
 *
 * A delivery gets its place when it is queued, or released from a hold: behind those that
 * wait in its lane, 1 if none does; held ones have none. Of those that wait (queued or
 * failed) the first is the lane's head, marked in the row: what is due is then one short
 * walk along a partial index, however many wait behind the heads. */
#include <inttypes.h>
#include <stdlib.h>

#include "db/columns.h"
#include "db/journal.h"

#define DELIVERY_COLUMN(member, type) ROW_COLUMN(delivery, member, type)
static const struct row_column delivery_columns[] = { DELIVERY_COLUMNS(DELIVERY_COLUMN) };
static const struct row_column course_columns[] = { DELIVERY_COURSE(DELIVERY_COLUMN) };

#define ATTEMPT_COLUMN(member, type) ROW_COLUMN(attempt, member, type)
static const struct row_column attempt_columns[] = { ATTEMPT_COLUMNS(ATTEMPT_COLUMN) };

/* From a row of DELIVERY_ROW; returns the column behind the service's id. */
static int read_row(const struct stmt *stmt, struct delivery *ret)
{
	*ret = (struct delivery){
		.id = column_int(stmt, 0),
		.state = (enum delivery_state)column_int(stmt, 1),
		.incident_id = column_int(stmt, 2),
		.place = column_int(stmt, 3),
	};
	column_copy(stmt, 4, ret->key, sizeof(ret->key));
	int at = row_read(stmt, 5, delivery_columns, COUNT_OF(delivery_columns), ret);
	ret->service_id = column_int(stmt, at);
	return at + 1;
}

void journal_read_delivery(const struct stmt *stmt, struct delivery *ret)
{
	int at = read_row(stmt, ret);
	column_copy(stmt, at, ret->service, sizeof(ret->service));
	column_copy(stmt, at + 1, ret->integration, sizeof(ret->integration));
}

/* ---- lanes ---- */

/* At the end of the lane; 1: it is empty. */
static bool next_place(struct store *store, int64_t service_id, int64_t *ret,
		       struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_LANE_LAST);
	bind_int(s, ":service", service_id);
	if (!stmt_number(s, 0, ret, err))
		return false;
	++*ret;
	return true;
}

bool journal_lane_first(struct store *store, int64_t service_id, int64_t *ret_id,
			struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_LANE_FIRST);
	bind_int(s, ":service", service_id);
	return stmt_number(s, 0, ret_id, err);
}

/* After one left its lane: whoever is first now may go. */
static bool lane_advance(struct store *store, int64_t service_id, struct err *err)
{
	int64_t first_id;
	if (!journal_lane_first(store, service_id, &first_id, err))
		return false;
	if (first_id == 0)
		return true;
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_LANE_HEAD);
	bind_int(s, ":id", first_id);
	return stmt_run(s, err);
}

/* In flight is known to the engine's memory alone. */
static enum delivery_state stored_state(enum delivery_state state)
{
	return state == DELIVERY_SENDING ? DELIVERY_QUEUED : state;
}

static bool waits_in_lane(enum delivery_state state)
{
	return state == DELIVERY_QUEUED || state == DELIVERY_FAILED;
}

/* ---- one delivery ---- */

static bool put_body(struct store *store, int64_t id, const char *body, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_BODY_PUT);
	bind_int(s, ":id", id);
	bind_text(s, ":body", body == NULL ? "" : body);
	return stmt_run(s, err);
}

/* It is in that state now, and was in none or another. */
static void count_end(struct store *store, enum delivery_state state)
{
	static const struct {
		enum delivery_state state;
		enum tally tally;
	} ends[] = {
		{ DELIVERY_DELIVERED, TALLY_DELIVERED },
		{ DELIVERY_CANCELLED, TALLY_CANCELLED },
		{ DELIVERY_SUPERSEDED, TALLY_SUPERSEDED },
		{ DELIVERY_EXPIRED, TALLY_EXPIRED },
		{ DELIVERY_DRY_RUN, TALLY_DRY_RUN },
	};
	for (size_t i = 0; i < COUNT_OF(ends); i++)
		if (ends[i].state == state)
			tally_add(store, ends[i].tally, 1);
}

static bool insert(struct store *store, struct delivery *delivery, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_DELIVERY_ADD);
	bind_int(s, ":state", delivery->state);
	bind_int(s, ":service", delivery->service_id);
	bind_int(s, ":incident", delivery->incident_id);
	bind_int(s, ":place", delivery->place);
	bind_text(s, ":key", delivery->key);
	row_bind(s, delivery_columns, COUNT_OF(delivery_columns), delivery);
	return stmt_insert(s, &delivery->id, err);
}

bool store_delivery_add(struct store *store, struct delivery *delivery, const char *body,
			struct err *err)
{
	DEFER(store_abort) struct transaction tx = { 0 };
	if (!journal_begin(store, &tx, err))
		return false;
	if (delivery->key[0] == '\0')
		uuid_take(&store->random, delivery->key);
	delivery->state = stored_state(delivery->state);
	delivery->place = 0;
	if (waits_in_lane(delivery->state) &&
	    !next_place(store, delivery->service_id, &delivery->place, err))
		return false;
	count_end(store, delivery->state);
	return insert(store, delivery, err) && put_body(store, delivery->id, body, err) &&
	       journal_commit(&tx, err);
}

static bool no_such_delivery(int64_t id, struct err *err)
{
	return fail(err, ERR_NOT_FOUND,
		    "Delivery %" PRId64
		    " does not exist; `hublink list deliveries` shows all",
		    id);
}

/* The row with that id, ready to be read. */
static bool step_to(struct stmt *s, int64_t id, struct err *err)
{
	bind_int(s, ":id", id);
	int got = stmt_step(s, err);
	return got > 0 || (got == 0 && no_such_delivery(id, err));
}

bool store_delivery_get(struct store *store, int64_t id, struct delivery *ret,
			struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_DELIVERY_GET);
	if (!step_to(s, id, err))
		return false;
	journal_read_delivery(s, ret);
	return true;
}

bool store_delivery_read(struct store *store, int64_t id, struct delivery *ret,
			 struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_DELIVERY_READ);
	if (!step_to(s, id, err))
		return false;
	(void)read_row(s, ret);
	return true;
}

bool store_delivery_body(struct store *store, int64_t id, struct buf *ret,
			 struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_BODY_GET);
	if (!step_to(s, id, err))
		return false;
	column_add(s, 0, ret);
	return true;
}

static bool put(struct store *store, enum query query, const struct delivery *delivery,
		enum delivery_state state, bool *ret_put, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, query);
	bind_int(s, ":state", state);
	bind_int(s, ":waits", waits_in_lane(state));
	row_bind(s, course_columns, COUNT_OF(course_columns), delivery);
	bind_int(s, ":id", delivery->id);
	if (!stmt_run(s, err))
		return false;
	*ret_put = stmt_changes(s) > 0;
	return true;
}

static bool save(struct store *store, const struct delivery *delivery,
		 enum delivery_state state, struct err *err)
{
	bool moved, saved;
	if (!put(store, Q_DELIVERY_MOVE, delivery, state, &moved, err))
		return false;
	if (moved) {
		count_end(store, state);
		return true;
	}
	return put(store, Q_DELIVERY_SAVE, delivery, state, &saved, err) &&
	       (saved || no_such_delivery(delivery->id, err));
}

bool store_delivery_put(struct store *store, const struct delivery *delivery,
			struct err *err)
{
	enum delivery_state state = stored_state(delivery->state);
	DEFER(store_abort) struct transaction tx = { 0 };
	if (!journal_begin(store, &tx, err) || !save(store, delivery, state, err))
		return false;
	if (!waits_in_lane(state) && !lane_advance(store, delivery->service_id, err))
		return false;
	return journal_commit(&tx, err);
}

static bool service_of(struct store *store, int64_t id, int64_t *ret, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_DELIVERY_SERVICE);
	bind_int(s, ":id", id);
	return stmt_number(s, 0, ret, err);
}

static bool enter_lane(struct store *store, int64_t id, int64_t now_ms, struct err *err)
{
	int64_t service_id, place;
	if (!service_of(store, id, &service_id, err) ||
	    !next_place(store, service_id, &place, err))
		return false;
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_DELIVERY_RELEASE);
	bind_int(s, ":id", id);
	bind_int(s, ":place", place);
	bind_int(s, ":now", now_ms);
	if (!stmt_run(s, err))
		return false;
	return stmt_changes(s) > 0 ||
	       fail(err, ERR_REFUSED,
		    "Delivery %" PRId64 " is not held; `hublink delivery show %" PRId64
		    "` tells what became of it",
		    id, id);
}

bool store_delivery_release(struct store *store, int64_t id, const char *body,
			    int64_t now_ms, struct err *err)
{
	DEFER(store_abort) struct transaction tx = { 0 };
	return journal_begin(store, &tx, err) && enter_lane(store, id, now_ms, err) &&
	       put_body(store, id, body, err) && journal_commit(&tx, err);
}

/* All are read before the first is handed out, so that row may end them. */
bool store_lane(struct store *store, int64_t service_id,
		bool (*row)(void *arg, const struct delivery *), void *arg,
		struct err *err)
{
	struct delivery *deliveries = NULL;
	size_t count = 0, capacity = 0;
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_LANE);
	bind_int(s, ":service", service_id);
	int got;
	while ((got = stmt_step(s, err)) > 0)
		(void)read_row(s, &VEC_PUSH(deliveries, count, capacity));
	bool go_on = got == 0;
	for (size_t i = 0; go_on && i < count; i++)
		go_on = row(arg, &deliveries[i]);
	free(deliveries);
	return got == 0;
}

bool store_any_failed(struct store *store, bool *ret, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_ANY_FAILED);
	return stmt_any(s, ret, err);
}

bool store_told_down(struct store *store, int64_t service_id, int64_t *ret_incident_id,
		     struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_TOLD_DOWN);
	bind_int(s, ":service", service_id);
	return stmt_number(s, 0, ret_incident_id, err);
}

bool store_incident_was_dry(struct store *store, int64_t incident_id, bool *ret,
			    struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_INCIDENT_WAS_DRY);
	bind_int(s, ":incident", incident_id);
	return stmt_any(s, ret, err);
}

/* ---- attempts ---- */

bool store_attempt_add(struct store *store, struct attempt *attempt, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_ATTEMPT_ADD);
	row_bind(s, attempt_columns, COUNT_OF(attempt_columns), attempt);
	return stmt_insert(s, &attempt->id, err);
}

bool store_lacks_attempt(struct store *store, int64_t delivery_id, const char *key,
			 int64_t at_ms, bool *ret, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_LACKS_ATTEMPT);
	bind_int(s, ":id", delivery_id);
	bind_text(s, ":key", key);
	bind_int(s, ":at", at_ms);
	return stmt_any(s, ret, err);
}

bool store_list_attempts(struct store *store, int64_t delivery_id,
			 bool (*row)(void *, const struct attempt *), void *arg,
			 struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_ATTEMPTS);
	bind_int(s, ":delivery", delivery_id);
	int got = 0;
	bool go_on = true;
	while (go_on && (got = stmt_step(s, err)) > 0) {
		struct attempt attempt = { .id = column_int(s, 0) };
		row_read(s, 1, attempt_columns, COUNT_OF(attempt_columns), &attempt);
		go_on = row(arg, &attempt);
	}
	return got >= 0;
}
