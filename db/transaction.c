/* Transactions: BEGIN IMMEDIATE outside, savepoints inside. */
#include <sqlite3.h>
#include <string.h>

#include "db/db.h"

static bool run(struct store *store, enum query query, struct err *err)
{
	DEFER(stmt_done)
	struct stmt *s = db_query(store, query);
	return stmt_run(s, err);
}

static bool begin(struct store *store, enum query outermost, struct transaction *tx,
		  struct err *err)
{
	if (!tally_flush(store, err) ||
	    !run(store, store->depth == 0 ? outermost : Q_BEGIN_NESTED, err))
		return false;
	if (store->depth++ == 0)
		known_forget(store);
	*tx = (struct transaction){ .store = store, .depth = store->depth };
	return true;
}

bool store_begin(struct store *store, struct transaction *tx, struct err *err)
{
	return begin(store, Q_BEGIN_WRITING, tx, err);
}

bool store_begin_reading(struct store *store, struct transaction *tx, struct err *err)
{
	return begin(store, Q_BEGIN_READING, tx, err);
}

/* SQLite rolls back by itself when the disk is full or fails; what follows must not
 * commit alone. */
static bool was_rolled_back(const struct store *store)
{
	return sqlite3_get_autocommit(store->sql) != 0;
}

/* False: somebody reads from it. */
static bool empty_log(struct store *store, int wait_ms)
{
	store->busy_wait_ms = wait_ms;
	DEFER(stmt_done)
	struct stmt *s = db_query(store, Q_EMPTY_LOG);
	const bool emptied = stmt_step(s, NULL) > 0 && column_int(s, 0) == 0;
	store->busy_wait_ms = DB_BUSY_WAIT_MS;
	return emptied;
}

/* A secret that was changed or deleted is still in the write-ahead log, until that is
 * emptied, which who reads just now prevents: then whoever comes next does it. */
bool db_forget_secret(struct store *store, int wait_ms)
{
	int64_t is_in_log = 0;
	if (!store_fact(store, FACT_SECRET_IN_LOG, 0, &is_in_log, NULL) || is_in_log == 0)
		return true;
	return empty_log(store, wait_ms) &&
	       store_set_fact(store, FACT_SECRET_IN_LOG, 0, NULL);
}

/* Before the outermost commit, with what drops the secret. */
static bool note_secret(struct store *store, struct err *err)
{
	return store->depth > 1 || !store->drops_secret ||
	       store_set_fact(store, FACT_SECRET_IN_LOG, 1, err);
}

static void forget_secret(struct store *store)
{
	enum { WAIT_MS = 250 };
	if (store->depth > 0 || !store->drops_secret)
		return;
	store->drops_secret = false;
	(void)!db_forget_secret(store, WAIT_MS);
}

/* With the outermost transaction its act ends. */
static void forget_act(struct store *store)
{
	if (store->depth == 0)
		store->act = store->undoes = 0;
}

bool store_rest(struct store *store, bool also_log)
{
	sqlite3_db_release_memory(store->sql);
	if (also_log)
		(void)empty_log(store, 0);
	return db_forget_secret(store, 0);
}

void store_stay_small(struct store *store)
{
	/* 1.5 MiB hold the upper pages of every index. Refused: it is larger, no more. */
	(void)sqlite3_exec(store->sql, "PRAGMA cache_size = -1536", NULL, NULL, NULL);
}

bool store_is_being_written(struct store *store)
{
	store->busy_wait_ms = 0;
	bool is_free = run(store, Q_BEGIN_WRITING, NULL);
	store->busy_wait_ms = DB_BUSY_WAIT_MS;
	return !is_free || !run(store, Q_ROLLBACK, NULL);
}

bool store_commit(struct transaction *tx, struct err *err)
{
	struct store *store = tx->store;
	if (was_rolled_back(store)) {
		store_abort(tx);
		return fail(
			err, ERR_FAILED,
			"The disk failed, the transaction was rolled back; nothing was "
			"changed");
	}
	if (!tally_flush(store, err) || !note_secret(store, err) ||
	    !run(store, tx->depth == 1 ? Q_COMMIT : Q_COMMIT_NESTED, err)) {
		store_abort(tx);
		return false;
	}
	store->depth = tx->depth - 1;
	tx->store = NULL;
	forget_act(store);
	forget_secret(store);
	return true;
}

void store_abort(struct transaction *tx)
{
	struct store *store = tx->store;
	if (store == NULL)
		return;
	tx->store = NULL;
	store->depth = tx->depth - 1;
	tally_forget(store);
	known_forget(store);
	if (store->depth == 0)
		store->drops_secret = false;
	forget_act(store);
	if (was_rolled_back(store))
		return;
	/* A rollback cannot be refused; what fails here fails again, with its sentence,
	 * at the next use. */
	if (tx->depth == 1) {
		(void)!run(store, Q_ROLLBACK, NULL);
		return;
	}
	(void)!run(store, Q_ROLLBACK_NESTED, NULL);
	(void)!run(store, Q_COMMIT_NESTED, NULL);
}
