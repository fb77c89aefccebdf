/* Settings: small facts and texts, one row per name. */
#include "core/base/text.h"
#include "db/db.h"

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
