/* The mode, and why nobody's act paused it (R19). */
#include "core/base/text.h"
#include "db/db.h"

#define SETTING_MODE "mode"

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
