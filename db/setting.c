/* Settings: the mode, small facts and texts, one row per name. */
#include "core/base/text.h"
#include "db/db.h"

#define SETTING_MODE "mode"

static bool put(struct store *store, const char *name, const int64_t *number,
		const char *text, struct err *err)
{
	DEFER(stmt_done)
	struct stmt *s = db_query(store, Q_SETTING_PUT);
	bind_text(s, ":name", name);
	if (number != NULL)
		bind_int(s, ":number", *number);
	bind_text(s, ":text", text);
	return stmt_run(s, err);
}

bool store_fact(struct store *store, const char *name, int64_t fallback, int64_t *ret,
		struct err *err)
{
	DEFER(stmt_done)
	struct stmt *s = db_query(store, Q_SETTING_GET);
	bind_text(s, ":name", name);
	return stmt_number(s, fallback, ret, err);
}

bool store_set_fact(struct store *store, const char *name, int64_t value, struct err *err)
{
	return put(store, name, &value, NULL, err);
}

bool db_setting_text(struct store *store, const char *name, struct buf *ret,
		     struct err *err)
{
	DEFER(stmt_done)
	struct stmt *s = db_query(store, Q_SETTING_GET);
	bind_text(s, ":name", name);
	int got = stmt_step(s, err);
	if (got > 0)
		column_add(s, 1, ret);
	return got >= 0;
}

bool db_set_setting_text(struct store *store, const char *name, const char *text,
			 struct err *err)
{
	return put(store, name, NULL, text, err);
}

bool store_mode(struct store *store, enum mode *ret, struct err *err)
{
	if (store->moved) {
		*ret = MODE_PAUSED;
		return true;
	}
	DEFER(buf_done)
	struct buf text = BUF_INIT(32);
	if (!db_setting_text(store, SETTING_MODE, &text, err))
		return false;
	int mode = mode_parse(buf_text(&text));
	*ret = mode < 0 ? MODE_DRY_RUN : (enum mode)mode;
	return true;
}

bool store_set_mode(struct store *store, enum mode mode, int64_t now_ms, struct err *err)
{
	DEFER(store_abort)
	struct transaction tx = { 0 };
	if (!store_begin(store, &tx, err) ||
	    !db_set_setting_text(store, SETTING_MODE, mode_text(mode), err) ||
	    !store_set_fact(store, FACT_MODE_SINCE, now_ms, err) ||
	    !db_set_setting_text(store, SETTING_NOTICE, "", err))
		return false;
	return store_commit(&tx, err);
}

bool store_notice(struct store *store, struct buf *ret, struct err *err)
{
	if (store->moved) {
		buf_adds(ret,
			 "This database is a copy or comes from another machine, so it "
			 "is paused");
		return true;
	}
	return db_setting_text(store, SETTING_NOTICE, ret, err);
}
