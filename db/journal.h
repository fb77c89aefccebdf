/* What the files of the journal and the outbox share: rows to structs, and transactions that
 * cost nothing inside another. */
#ifndef DB_JOURNAL_H
#define DB_JOURNAL_H

#include "core/store.h"
#include "db/db.h"
#include "db/row.h"
#include "db/stmt.h"

/* Several statements that belong together: a transaction of their own, or a part of the one that is
 * open, which its owner then gives up if this fails. No savepoint: every update asks for many of
 * these. Use with DEFER(store_abort) and journal_commit. */
static inline bool journal_begin(struct store *store, struct transaction *tx,
				 struct err *err)
{
	return store->depth > 0 || store_begin(store, tx, err);
}

static inline bool journal_commit(struct transaction *tx, struct err *err)
{
	return tx->store == NULL || store_commit(tx, err);
}

/* From a row of EVENT_SELECT, ALERT_SELECT …; those with first: from that column on, returning the
 * column behind. */
void event_read(const struct stmt *stmt, struct event *ret);
int state_read(const struct stmt *stmt, int first, struct monitor_state *ret);
void alert_read(const struct stmt *stmt, struct alert *ret);
void incident_read(const struct stmt *stmt, struct incident *ret);
int delivery_read(const struct stmt *stmt, struct delivery *ret);

/* Ids that are gathered before something is done with each. */
struct ids {
	int64_t *items;
	size_t count, capacity;
};
void ids_done(struct ids *ids);
void ids_each(const struct ids *ids, id_fn *row, void *arg); /* until row says false */

/* Hand out the first column of every row. All are read before the first is handed out, so that row
 * may write. */
bool ids_hand_out(struct stmt *stmt, id_fn *row, void *arg, struct err *err) CHECKED;

#endif
