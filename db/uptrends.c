/* The Uptrends account, what of it is what of ours, and how far its alerts were read. */
#include <string.h>

#include "core/base/json.h"
#include "core/base/text.h"
#include "core/rules/secret.h"
#include "core/store_uptrends.h"
#include "db/columns.h"
#include "db/db.h"
#include "db/row.h"

enum {
	EVERY_MIN_MS = 10 * SECOND_MS,
	EVERY_MAX_MS = 1 * HOUR_MS,
	PAUSE_MAX_MS = 1 * MINUTE_MS,
	ACCOUNT_SHOWN_MAX = 4096,
};

#define ACCOUNT_COLUMN(member, type) ROW_COLUMN(uptrends_account, member, type)
static const struct row_column account_columns[] = { UPTRENDS_ACCOUNT_COLUMNS(
	ACCOUNT_COLUMN) };
#define PROGRESS_COLUMN(member, type) ROW_COLUMN(uptrends_progress, member, type)
static const struct row_column progress_columns[] = { UPTRENDS_PROGRESS_COLUMNS(
	PROGRESS_COLUMN) };

/* ---- the account ---- */

bool store_uptrends_account(struct store *store, struct uptrends_account *ret,
			    bool *ret_found, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_UPTRENDS_ACCOUNT);
	*ret = (struct uptrends_account){ 0 };
	if (!stmt_any(s, ret_found, err))
		return false;
	if (*ret_found)
		(void)row_read(s, 1, account_columns, COUNT_OF(account_columns), ret);
	return true;
}

bool store_need_uptrends_account(struct store *store, struct uptrends_account *ret,
				 struct err *err)
{
	bool found;
	if (!store_uptrends_account(store, ret, &found, err))
		return false;
	return found || fail(err, ERR_NOT_FOUND,
			     "No Uptrends account is known here; `hublink uptrends "
			     "account USER` names one");
}

static bool check_text(const char *what, const char *text, struct err *err)
{
	return (*text && text_no_controls(text) && utf8_valid(text, strlen(text))) ||
	       fail(err, ERR_INVALID,
		    "The %s of the Uptrends account is empty, or has control characters",
		    what);
}

static bool check_duration(const char *what, int64_t duration_ms, int64_t min_ms,
			   int64_t max_ms, struct err *err)
{
	char min[DURATION_TEXT_SIZE], max[DURATION_TEXT_SIZE];
	return (duration_ms >= min_ms && duration_ms <= max_ms) ||
	       fail(err, ERR_INVALID, "%s is from %s to %s", what,
		    duration_format(min, min_ms), duration_format(max, max_ms));
}

static bool check_zone(const char *name, struct err *err)
{
	DEFER(zone_free) struct zone *zone = NULL;
	return *name == '\0' || zone_open(name, &zone, err);
}

static bool check_account(const struct uptrends_account *account, struct err *err)
{
	return (url_check(account->url, err) ||
		fail_in(err, "The address of the Uptrends API")) &&
	       check_text("user", account->user, err) &&
	       check_text("password", account->password, err) &&
	       (strchr(account->user, ':') == NULL ||
		fail(err, ERR_INVALID,
		     "The user of an Uptrends API account has no colon in it")) &&
	       check_zone(account->zone, err) &&
	       check_duration("The time between two polls of Uptrends", account->every_ms,
			      EVERY_MIN_MS, EVERY_MAX_MS, err) &&
	       check_duration("The pause between two requests to Uptrends",
			      account->pause_ms, 0, PAUSE_MAX_MS, err);
}

/* For the audit: everything but the password. */
static void describe(const struct uptrends_account *account, struct buf *ret)
{
	struct json_writer w = { .out = ret };
	DEFER(buf_done) struct buf url = BUF_INIT(ACCOUNT_SHOWN_MAX);
	char text[DURATION_TEXT_SIZE];
	url_add_masked(&url, account->url);
	json_open_object(&w, NULL);
	json_put_string(&w, "url", buf_text(&url));
	json_put_string(&w, "user", account->user);
	json_put_string(&w, "zone", account->zone[0] ? account->zone : "account");
	json_put_bool(&w, "follow", account->follow);
	json_put_string(&w, "every", duration_format(text, account->every_ms));
	json_put_string(&w, "pause", duration_format(text, account->pause_ms));
	json_close(&w);
}

static bool put_account(struct store *store, const struct uptrends_account *account,
			struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_UPTRENDS_ACCOUNT_PUT);
	row_bind(s, account_columns, COUNT_OF(account_columns), account);
	return stmt_run(s, err);
}

static bool run(struct store *store, enum query query, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, query);
	return stmt_run(s, err);
}

static bool is_another(const struct uptrends_account *a, const struct uptrends_account *b)
{
	return !text_equal(a->url, b->url) || !text_equal(a->user, b->user);
}

bool store_put_uptrends_account(struct store *store,
				const struct uptrends_account *account, struct err *err)
{
	DEFER(store_abort) struct transaction tx = { 0 };
	DEFER(buf_done) struct buf before = BUF_INIT(ACCOUNT_SHOWN_MAX);
	DEFER(buf_done) struct buf after = BUF_INIT(ACCOUNT_SHOWN_MAX);
	struct uptrends_account known;
	bool found;
	if (!check_account(account, err) || !store_begin(store, &tx, err) ||
	    !store_uptrends_account(store, &known, &found, err))
		return false;
	store->drops_secret |= found && !text_equal(known.password, account->password);
	if (found)
		describe(&known, &before);
	describe(account, &after);
	return put_account(store, account, err) &&
	       (!is_another(&known, account) ||
		run(store, Q_UPTRENDS_PROGRESS_FORGET, err)) &&
	       store_audit(store, found ? "update" : "create", "uptrends account", 1,
			   account->user, found ? buf_text(&before) : NULL,
			   buf_text(&after), err) &&
	       store_commit(&tx, err);
}

bool store_forget_uptrends_account(struct store *store, struct err *err)
{
	DEFER(store_abort) struct transaction tx = { 0 };
	DEFER(buf_done) struct buf before = BUF_INIT(ACCOUNT_SHOWN_MAX);
	struct uptrends_account known;
	if (!store_begin(store, &tx, err) ||
	    !store_need_uptrends_account(store, &known, err))
		return false;
	describe(&known, &before);
	store->drops_secret = true;
	return run(store, Q_UPTRENDS_ACCOUNT_FORGET, err) &&
	       run(store, Q_UPTRENDS_PROGRESS_FORGET, err) &&
	       store_audit(store, "delete", "uptrends account", 1, known.user,
			   buf_text(&before), NULL, err) &&
	       store_commit(&tx, err);
}

/* ---- things ---- */

bool store_list_uptrends(struct store *store, uptrends_thing_fn *row, void *arg,
			 struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_UPTRENDS_THINGS);
	int got;
	while ((got = stmt_step(s, err)) > 0)
		if (!row(arg, (enum uptrends_kind)column_int(s, 0), column_text(s, 1),
			 column_text(s, 2), column_text(s, 3)))
			return true;
	return got == 0;
}

/* A group has none. */
static bool find_record(struct store *store, enum uptrends_kind kind, const char *name,
			int64_t *ret_id, struct err *err)
{
	static const enum record_kind records[UPTRENDS_KIND_COUNT] = {
		[UPTRENDS_DEFINITION] = RECORD_DEFINITION,
		[UPTRENDS_INTEGRATION] = RECORD_INTEGRATION,
		[UPTRENDS_SERVICE] = RECORD_SERVICE,
	};
	*ret_id = 0;
	return kind == UPTRENDS_GROUP ||
	       store_find_id(store, records[kind], name, ret_id, err);
}

bool store_put_uptrends(struct store *store, enum uptrends_kind kind, const char *guid,
			const char *scope, const char *name, struct err *err)
{
	int64_t record_id;
	if (kind == UPTRENDS_MONITOR)
		return true;
	if (!find_record(store, kind, name, &record_id, err))
		return false;
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_UPTRENDS_THING_PUT);
	bind_int(s, ":kind", kind);
	bind_text(s, ":guid", guid);
	bind_text(s, ":scope", scope);
	bind_int(s, ":record", record_id);
	bind_text(s, ":name", record_id == 0 ? name : "");
	return stmt_run(s, err);
}

/* ---- progress ---- */

bool store_uptrends_progress(struct store *store, struct uptrends_progress *ret,
			     struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_UPTRENDS_PROGRESS);
	bool found;
	*ret = (struct uptrends_progress){ 0 };
	if (!stmt_any(s, &found, err))
		return false;
	if (found)
		(void)row_read(s, 1, progress_columns, COUNT_OF(progress_columns), ret);
	return true;
}

bool store_put_uptrends_progress(struct store *store,
				 const struct uptrends_progress *progress,
				 struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_UPTRENDS_PROGRESS_PUT);
	row_bind(s, progress_columns, COUNT_OF(progress_columns), progress);
	return stmt_run(s, err);
}
