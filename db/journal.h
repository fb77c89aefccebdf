/* What the files of the journal and the outbox share: rows to structs, and transactions
 * that cost nothing inside another. */
#ifndef DB_JOURNAL_H
#define DB_JOURNAL_H

#include "core/store.h"
#include "db/db.h"
#include "db/row.h"
#include "db/stmt.h"

/* Several statements that belong together: a transaction of their own, or a part of the
 * one that is open, which its owner then gives up if this fails. No savepoint: every
 * update asks for many of these. Use with DEFER(store_abort) and journal_commit. */
static inline bool journal_begin(struct store *store, struct transaction *tx,
				 struct err *err)
{
	return store->depth > 0 || store_begin(store, tx, err);
}

static inline bool journal_commit(struct transaction *tx, struct err *err)
{
	return tx->store == NULL || store_commit(tx, err);
}

/* From a row of EVENT_SELECT, ALERT_SELECT …; those with first: from that column on,
 * returning the column behind. */
void journal_read_event_columns(const struct stmt *stmt, int first, struct event *ret);
int journal_read_state(const struct stmt *stmt, int first, struct monitor_state *ret);
void journal_read_alert(const struct stmt *stmt, struct alert *ret);
void journal_read_incident(const struct stmt *stmt, struct incident *ret);
void journal_read_delivery(const struct stmt *stmt, struct delivery *ret);

/* Of those that wait in the service's lane, unheld; 0: none does. */
bool journal_lane_first(struct store *store, int64_t service_id, int64_t *ret_id,
			struct err *err) CHECKED;

/* All of an event but its seq. */
void journal_bind_event(struct stmt *stmt, const struct event *event);

/* R14: not more than 5 minutes ahead; the same id again says the same as the first time, or
 * *ret_conflict. */
bool journal_check_ahead(const struct event *event, int64_t now_ms, struct err *err)
	CHECKED;
bool journal_check_repeat(const struct event *event, const struct event *first,
			  bool *ret_conflict, struct err *err) CHECKED;

#endif
