/* The next moment at which time itself brings something about (R2). */
#include "db/journal.h"

bool store_next_timer(struct store *store, struct timer *ret, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_NEXT_TIMER);
	int got = stmt_step(s, err);
	if (got < 0)
		return false;
	*ret = (struct timer){ .kind = TIMER_NONE };
	if (got == 0)
		return true;
	ret->kind = (enum timer_kind)column_int(s, 0);
	ret->at_ms = column_int(s, 1);
	ret->id = column_int(s, 2);
	return true;
}
