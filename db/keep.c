/* Removing what is older than it is kept: short transactions, each over a range of ids. */
#include <inttypes.h>
#include <sqlite3.h>
#include <stdio.h>

#include "db/audit_chain.h"
#include "db/journal.h"
#include "db/keep.h"

/* ---- settings ---- */

static void setting_name(enum journal journal, char ret[32])
{
	(void)snprintf(ret, 32, "keep_%s", journal_text(journal));
}

bool store_keep(struct store *store, struct keep *ret, struct err *err)
{
	char name[32];
	for (enum journal i = 0; i < JOURNAL_COUNT; i++) {
		setting_name(i, name);
		if (!store_fact(store, name, KEEP_DAYS_DEFAULT, &ret->days[i], err))
			return false;
	}
	return true;
}

void keep_words(int64_t days, char ret[KEEP_WORDS_SIZE])
{
	if (days > 0)
		(void)snprintf(ret, KEEP_WORDS_SIZE, "%" PRId64 " day%s", days,
			       days == 1 ? "" : "s");
	else
		(void)snprintf(ret, KEEP_WORDS_SIZE, "for ever");
}

bool keep_put(struct store *store, enum journal journal, int64_t days, struct err *err)
{
	char name[32];
	setting_name(journal, name);
	return store_set_fact(store, name, days, err) &&
	       store_set_fact(store, FACT_KEEP_ASKED, 1, err);
}

static bool put_told(struct store *store, enum journal journal, int64_t was, int64_t days,
		     struct err *err)
{
	char before[KEEP_WORDS_SIZE], after[KEEP_WORDS_SIZE];
	keep_words(was, before);
	keep_words(days, after);
	return keep_put(store, journal, days, err) &&
	       store_audit(store, "keep", "journal", 0, journal_text(journal), before,
			   after, err);
}

bool store_set_keep(struct store *store, enum journal journal, int64_t days,
		    struct err *err)
{
	DEFER(store_abort) struct transaction tx = { 0 };
	struct keep keep;
	if (!keep_days_check(days, err) || !journal_begin(store, &tx, err) ||
	    !store_keep(store, &keep, err))
		return false;
	if (keep.days[journal] == days)
		return true;
	return put_told(store, journal, keep.days[journal], days, err) &&
	       journal_commit(&tx, err);
}

/* ---- ranges ---- */

struct range {
	int64_t first, last;
	int64_t before_ms;
	unsigned rows;   /* how many may still go */
	int64_t gone;    /* rows of the journal that went */
	bool unfinished; /* what begins the range has not gone whole */
};

static bool read_next(struct store *store, enum query next, int64_t after,
		      int64_t *ret_id, int64_t *ret_ms, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, next);
	bind_int(s, ":after", after);
	const int got = stmt_step(s, err);
	if (got < 0)
		return false;
	*ret_id = got > 0 ? column_int(s, 0) : 0;
	*ret_ms = got > 0 ? column_int(s, 1) : 0;
	return true;
}

static bool delete_range(struct store *store, enum query query, const struct range *range,
			 bool has_time, int64_t *ret, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, query);
	bind_int(s, ":first", range->first);
	bind_int(s, ":last", range->last);
	if (has_time)
		bind_int(s, ":before", range->before_ms);
	if (!stmt_run(s, err))
		return false;
	*ret = stmt_changes(s);
	return true;
}

static bool forget_events(struct store *store, struct range *range, struct err *err)
{
	return delete_range(store, Q_KEEP_EVENTS_FORGET, range, true, &range->gone, err);
}

static bool forget_alerts(struct store *store, struct range *range, struct err *err)
{
	int64_t reaches;
	return delete_range(store, Q_KEEP_ALERTS_FORGET, range, true, &range->gone,
			    err) &&
	       delete_range(store, Q_KEEP_REACHES_FORGET, range, false, &reaches, err);
}

static bool forget_windows(struct store *store, struct range *range, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_KEEP_WINDOWS_FORGET);
	bind_int(s, ":before", range->before_ms);
	bind_int(s, ":rows", range->rows);
	if (!stmt_run(s, err))
		return false;
	range->gone = stmt_changes(s);
	return true;
}

/* ---- incidents and tests: rows on which others hang ---- */

/* Deletes of what hangs on a row, then the row itself, no more than there is room for. */
static bool forget_whole(struct store *store, const enum query *steps, size_t count,
			 int64_t id, struct range *range, struct err *err)
{
	for (size_t i = 0; i < count && range->rows > 0; i++) {
		DEFER(stmt_done) struct stmt *s = db_query(store, steps[i]);
		bind_int(s, ":id", id);
		bind_int(s, ":rows", range->rows);
		if (!stmt_run(s, err))
			return false;
		const int64_t gone = stmt_changes(s);
		range->rows -= gone < range->rows ? (unsigned)gone : range->rows;
		range->unfinished = range->rows == 0 && i + 1 < count;
	}
	return true;
}

/* The first of the range that is over; *ret_id 0: there is none. */
static bool find_over(struct store *store, enum query over, const struct range *range,
		      int64_t *ret_id, bool *ret_monitoring, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, over);
	bind_int(s, ":first", range->first);
	bind_int(s, ":last", range->last);
	bind_int(s, ":before", range->before_ms);
	if (over == Q_KEEP_INCIDENT_OVER)
		bind_int(s, ":now", db_now_ms(store));
	const int got = stmt_step(s, err);
	if (got < 0)
		return false;
	*ret_id = got > 0 ? column_int(s, 0) : 0;
	*ret_monitoring = got > 0 && over == Q_KEEP_INCIDENT_OVER && column_bool(s, 1);
	return true;
}

static bool forget_over(struct store *store, enum query over, const enum query *steps,
			size_t count, struct range *range, struct err *err)
{
	while (range->rows > 0) {
		int64_t id;
		bool monitoring;
		if (!find_over(store, over, range, &id, &monitoring, err))
			return false;
		if (id == 0)
			return true;
		range->first = id;
		if (!forget_whole(store, steps, count, id, range, err))
			return false;
		if (range->unfinished)
			return true;
		range->first = id + 1;
		range->gone++;
		tally_add(store, TALLY_MONITORING, -(int64_t)monitoring);
	}
	range->unfinished = range->first <= range->last;
	return true;
}

static bool forget_incidents(struct store *store, struct range *range, struct err *err)
{
	static const enum query steps[] = {
		Q_KEEP_ATTEMPTS_FORGET, Q_KEEP_BODIES_FORGET,   Q_KEEP_DELIVERIES_FORGET,
		Q_KEEP_JOINS_FORGET,    Q_KEEP_TIMELINE_FORGET, Q_KEEP_INCIDENT_FORGET,
	};
	return forget_over(store, Q_KEEP_INCIDENT_OVER, steps, COUNT_OF(steps), range,
			   err);
}

static bool forget_tests(struct store *store, struct range *range, struct err *err)
{
	static const enum query steps[] = {
		Q_KEEP_TEST_ATTEMPTS_FORGET,
		Q_KEEP_TEST_BODY_FORGET,
		Q_KEEP_TEST_FORGET,
	};
	return forget_over(store, Q_KEEP_TEST_OVER, steps, COUNT_OF(steps), range, err);
}

/* ---- the audit ---- */

struct prefix {
	int64_t last_id; /* 0: nothing is old enough */
	char hash[SHA256_HEX_SIZE];
	int64_t rows;
};

/* Only what comes before all that stays: the chain has one beginning. */
static bool find_prefix(struct store *store, const struct range *range,
			struct prefix *ret, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_KEEP_AUDIT_RANGE);
	bind_int(s, ":rows", range->rows);
	int got;
	*ret = (struct prefix){ 0 };
	while ((got = stmt_step(s, err)) > 0 && column_int(s, 1) < range->before_ms) {
		ret->last_id = column_int(s, 0);
		column_copy(s, 2, ret->hash, sizeof(ret->hash));
		ret->rows++;
	}
	return got >= 0;
}

/* The row from which the chain goes on: audit_chain.c reads it. */
static bool put_checkpoint(struct store *store, int64_t last_id, const char *hash,
			   struct err *err)
{
	enum { SIZE = 128 };
	DEFER(buf_done) struct buf after = BUF_INIT(SIZE);
	struct json_writer w = { .out = &after };
	json_open_object(&w, NULL);
	json_put_string(&w, "hash", hash);
	json_close(&w);
	return store_audit(store, "forget", "audit", last_id, "", NULL, buf_text(&after),
			   err);
}

static bool forget_audit(struct store *store, struct range *range, struct err *err)
{
	struct prefix prefix;
	if (!find_prefix(store, range, &prefix, err))
		return false;
	range->last = prefix.last_id > 0 ? prefix.last_id : range->first;
	if (prefix.last_id == 0)
		return true;
	range->gone = prefix.rows;
	if (!put_checkpoint(store, prefix.last_id, prefix.hash, err))
		return false;
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_KEEP_AUDIT_FORGET);
	bind_int(s, ":last", prefix.last_id);
	return stmt_run(s, err);
}

/* ---- a sweep ---- */

typedef bool forget_fn(struct store *store, struct range *range, struct err *err);

/* Names are of no journal and have no age: they come last, when the rows have gone. */
static const struct phase {
	enum query next;
	enum journal journal;
	forget_fn *forget; /* NULL: names */
	enum query forget_names;
} phases[] = {
	{ .next = Q_KEEP_EVENT_NEXT, .journal = JOURNAL_EVENTS, .forget = forget_events },
	{ .next = Q_KEEP_INCIDENT_NEXT,
	  .journal = JOURNAL_INCIDENTS,
	  .forget = forget_incidents },
	{ .next = Q_KEEP_TEST_NEXT,
	  .journal = JOURNAL_INCIDENTS,
	  .forget = forget_tests },
	{ .next = Q_KEEP_WINDOW_NEXT,
	  .journal = JOURNAL_INCIDENTS,
	  .forget = forget_windows },
	{ .next = Q_KEEP_ALERT_NEXT, .journal = JOURNAL_ALERTS, .forget = forget_alerts },
	{ .next = Q_KEEP_AUDIT_NEXT, .journal = JOURNAL_AUDIT, .forget = forget_audit },
	{ .next = Q_KEEP_MONITOR_NAME_NEXT, .forget_names = Q_KEEP_MONITOR_NAMES_FORGET },
	{ .next = Q_KEEP_DEFINITION_NAME_NEXT,
	  .forget_names = Q_KEEP_DEFINITION_NAMES_FORGET },
	{ .next = Q_KEEP_SERVICE_NAME_NEXT, .forget_names = Q_KEEP_SERVICE_NAMES_FORGET },
};

bool store_keep_oldest(struct store *store, enum journal journal, int64_t *ret_ms,
		       struct err *err)
{
	size_t i = 0;
	int64_t id;
	while (phases[i].journal != journal)
		i++;
	return read_next(store, phases[i].next, 0, &id, ret_ms, err);
}

static bool is_old(const struct phase *phase, const struct sweep *sweep, int64_t at_ms)
{
	return !phase->forget || at_ms < sweep->before_ms[phase->journal];
}

static bool forget_some(struct store *store, const struct phase *phase,
			struct range *range, struct sweep *sweep, struct err *err)
{
	if (!phase->forget) {
		if (!delete_range(store, phase->forget_names, range, false, &range->gone,
				  err))
			return false;
		sweep->names += range->gone;
		return true;
	}
	range->before_ms = sweep->before_ms[phase->journal];
	if (!phase->forget(store, range, err))
		return false;
	sweep->removed[phase->journal] += range->gone;
	return true;
}

static bool sweep_range(struct store *store, const struct phase *phase, unsigned rows,
			struct sweep *sweep, struct err *err)
{
	DEFER(store_abort) struct transaction tx = { 0 };
	struct sweep swept = *sweep;
	int64_t id, at_ms;
	if (!store_begin(store, &tx, err) ||
	    !read_next(store, phase->next, sweep->after_id, &id, &at_ms, err))
		return false;
	if (id == 0 || !is_old(phase, sweep, at_ms)) {
		sweep->phase++;
		sweep->after_id = 0;
		return true;
	}
	struct range range = { .first = id, .last = id + rows - 1, .rows = rows };
	if (!forget_some(store, phase, &range, &swept, err) || !store_commit(&tx, err))
		return false;
	swept.after_id = range.unfinished ? range.first - 1 : range.last;
	*sweep = swept;
	return true;
}

bool store_sweep_some(struct store *store, unsigned rows, struct sweep *sweep,
		      bool *ret_done, struct err *err)
{
	const size_t phase = (size_t)sweep->phase;
	if (phase < COUNT_OF(phases) &&
	    !sweep_range(store, &phases[phase], rows, sweep, err))
		return false;
	*ret_done = sweep->phase >= (int)COUNT_OF(phases);
	return true;
}

/* ---- pages ---- */

static bool pages(struct store *store, enum query query, int64_t *ret, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, query);
	return stmt_number(s, 0, ret, err);
}

bool store_give_back_pages(struct store *store, unsigned count, int64_t *ret_given,
			   struct err *err)
{
	enum { KEPT_SHARE = 20 }; /* one in so many may be free */
	char sql[64];
	int64_t free_pages, all, left;
	if (!pages(store, Q_KEEP_FREE_PAGES, &free_pages, err) ||
	    !pages(store, Q_KEEP_ALL_PAGES, &all, err))
		return false;
	*ret_given = 0;
	if (free_pages <= all / KEPT_SHARE)
		return true;
	/* The pragma takes no parameter; the number is our own. */
	(void)snprintf(sql, sizeof(sql), "PRAGMA incremental_vacuum(%u)", count);
	if (!db_exec(store, sql, err) || !pages(store, Q_KEEP_FREE_PAGES, &left, err))
		return false;
	*ret_given = free_pages - left;
	return true;
}
