#include "db/db.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "core/store_sources.h"
#include "db/file.h"
#include "db/heap.h"
#include "db/machine.h"
#include "db/migrate.h"

/* ---- errors ---- */

/* Not every file that has no room to grow says so: shared memory and new files do not. */
static bool is_full(struct store *store, int code)
{
	int why = sqlite3_system_errno(store->sql);
	return (code & 0xff) == SQLITE_FULL || code == SQLITE_IOERR_SHMSIZE ||
	       (((code & 0xff) == SQLITE_IOERR || (code & 0xff) == SQLITE_CANTOPEN) &&
		(why == ENOSPC || why == EDQUOT));
}

bool db_fail(struct store *store, int code, struct err *err)
{
	const char *text = sqlite3_errmsg(store->sql);
	if (is_full(store, code))
		return fail(err, ERR_REFUSED,
			    "The disk of %s is full; nothing was changed: make room and "
			    "try again",
			    store->path);
	switch (code & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return fail(err, ERR_REFUSED,
			    "The database is busy: another process has been writing to "
			    "it for "
			    "%d s; try again",
			    DB_BUSY_WAIT_MS / 1000);
	case SQLITE_READONLY:
	case SQLITE_PERM:
		return fail(err, ERR_REFUSED,
			    "The database %s can only be read here (%s)", store->path,
			    text);
	case SQLITE_NOTADB:
	case SQLITE_CORRUPT:
		return fail(err, ERR_FAILED,
			    "%s is damaged or no database (%s); `hublink doctor` looks "
			    "closer, "
			    "`hublink restore` puts a backup in place",
			    store->path, text);
	case SQLITE_CONSTRAINT:
		return fail(err, ERR_INVALID, "The database refuses this: %s", text);
	case SQLITE_CANTOPEN:
		return fail(err, ERR_FAILED,
			    "%s cannot be opened (%s); its folder must be writable too",
			    store->path, text);
	}
	return fail(err, ERR_FAILED, "Database %s: %s", store->path, text);
}

bool db_exec(struct store *store, const char *sql, struct err *err)
{
	int code = sqlite3_exec(store->sql, sql, NULL, NULL, NULL);
	return code == SQLITE_OK || db_fail(store, code, err);
}

bool db_pragma_number(struct store *store, const char *sql, int64_t *ret, struct err *err)
{
	sqlite3_stmt *handle = NULL;
	int code = sqlite3_prepare_v2(store->sql, sql, -1, &handle, NULL);
	if (code == SQLITE_OK)
		code = sqlite3_step(handle);
	if (code == SQLITE_ROW)
		*ret = sqlite3_column_int64(handle, 0);
	sqlite3_finalize(handle);
	return code == SQLITE_ROW || db_fail(store, code, err);
}

/* ---- opening ---- */

/* SQLite's own waits grow to 100 ms: while two processes write in turn, each would sleep
 * through most of its turns. */
static int wait_for_others(void *arg, int waited_ms)
{
	const struct store *store = arg;
	if (waited_ms >= store->busy_wait_ms)
		return 0;
	(void)sqlite3_sleep(1);
	return 1;
}

static bool harden(struct store *store, struct err *err)
{
	static const struct {
		int option, value;
	} switches[] = {
		{ SQLITE_DBCONFIG_DEFENSIVE, 1 },
		{ SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
		{ SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0 },
		{ SQLITE_DBCONFIG_ENABLE_FKEY, 1 },
		{ SQLITE_DBCONFIG_DQS_DML, 0 },
		{ SQLITE_DBCONFIG_DQS_DDL, 0 },
	};
	for (size_t i = 0; i < COUNT_OF(switches); i++) {
		int code = sqlite3_db_config(store->sql, switches[i].option,
					     switches[i].value, NULL);
		if (code != SQLITE_OK)
			return db_fail(store, code, err);
	}
	sqlite3_extended_result_codes(store->sql, 1);
	sqlite3_busy_handler(store->sql, wait_for_others, store);
	/* 8 MiB of cache keep an engine with 50,000 open incidents below 25 MB, and a burst runs as
	 * fast as with 32; store_rest gives it back.
	 * 16 MiB of log before a checkpoint: a burst of 10,000 updates meets one or two
	 * of them. */
	return db_exec(store,
		       "PRAGMA cell_size_check = ON;"
		       "PRAGMA mmap_size = 0;"
		       "PRAGMA cache_size = -8192;"
		       "PRAGMA temp_store = MEMORY;"
		       "PRAGMA secure_delete = ON;"
		       "PRAGMA synchronous = FULL;"
		       "PRAGMA wal_autocheckpoint = 4000;"
		       "PRAGMA journal_size_limit = 16777216",
		       err);
}

/* A process of ours has one thread that knows SQLite: no locks, no account of memory under
 * one, and lists of memory without one. All this takes effect before the first connection
 * and is refused, harmlessly, after it. */
static void use_one_thread(void)
{
	(void)sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
	(void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	heap_use();
}

static bool connect(const char *path, int flags, enum store_access access,
		    struct store **ret, struct err *err)
{
	DEFER(store_done)
	struct store *store = mem_new(1, sizeof(*store));
	store->path = mem_strdup(path);
	store->access = access;
	store->busy_wait_ms = DB_BUSY_WAIT_MS;
	use_one_thread();
	int code = sqlite3_open_v2(path, &store->sql, flags, NULL);
	if (store->sql == NULL)
		die_out_of_memory();
	if (code != SQLITE_OK)
		return db_fail(store, code, err);
	if (!harden(store, err))
		return false;
	*ret = TAKE(store);
	return true;
}

bool db_open_raw(const char *path, bool writable, struct store **ret, struct err *err)
{
	if (writable)
		return connect(path, SQLITE_OPEN_READWRITE, STORE_WRITE, ret, err);
	/* A write-ahead log can only be read by who may write beside it; the rest asks
	 * for no change. */
	if (connect(path, SQLITE_OPEN_READWRITE, STORE_READ, ret, NULL))
		return true;
	return connect(path, SQLITE_OPEN_READONLY, STORE_READ, ret, err);
}

bool db_open_memory(struct store **ret, struct err *err)
{
	DEFER(store_done)
	struct store *store = NULL;
	DEFER(buf_done)
	struct buf backup = BUF_INIT(FILE_PATH_MAX);
	if (!connect(":memory:", SQLITE_OPEN_READWRITE, STORE_WRITE, &store, err) ||
	    !migrate_run(store, &backup, err))
		return false;
	*ret = TAKE(store);
	return true;
}

static bool refuse_older(struct store *store, int64_t version, struct err *err)
{
	return fail(err, ERR_REFUSED,
		    "%s has schema %lld, this hublink needs %d; `hublink migrate` "
		    "changes it, "
		    "after a backup",
		    store->path, (long long)version, migrate_latest());
}

static bool use_write_ahead_log(struct store *store, struct err *err)
{
	DEFER(stmt_done)
	struct stmt *s = db_query(store, Q_USE_WAL);
	int got = stmt_step(s, err);
	if (got < 0)
		return false;
	return (got > 0 && text_equal(column_text(s, 0), "wal")) ||
	       fail(err, ERR_FAILED,
		    "%s cannot use a write-ahead log here; move it to a local disk",
		    store->path);
}

/* The schema this program needs, or a refusal. */
static bool settle_schema(struct store *store, struct err *err)
{
	int64_t version = 0;
	if (!migrate_version(store, &version, err))
		return false;
	bool may_migrate =
		store->access == STORE_CREATE || store->access == STORE_MIGRATE;
	if (version < migrate_latest() && !may_migrate)
		return refuse_older(store, version, err);
	if (store->access == STORE_READ)
		return db_exec(store, "PRAGMA query_only = ON", err);
	if ((version == 0 && !db_exec(store, MIGRATE_SHRINKABLE, err)) ||
	    !use_write_ahead_log(store, err))
		return false;
	DEFER(buf_done)
	struct buf backup = BUF_INIT(FILE_PATH_MAX);
	return version == migrate_latest() || migrate_run(store, &backup, err);
}

static bool prepare_file(const char *path, enum store_access access, bool *ret_created,
			 struct err *err)
{
	struct err missing = { 0 };
	if (file_check(path, &missing))
		return true;
	if (missing.code != ERR_NOT_FOUND || access != STORE_CREATE)
		return fail(err, missing.code, "%s", missing.text);
	return file_create(path, ret_created, err) && file_check(path, err);
}

bool store_open(const char *path, enum store_access access, struct store **ret,
		struct err *err)
{
	DEFER(store_done)
	struct store *store = NULL;
	bool created = false;
	if (!prepare_file(path, access, &created, err) ||
	    !db_open_raw(path, access != STORE_READ, &store, err))
		return false;
	store->access = access;
	store->created = created;
	if (!settle_schema(store, err) || !machine_settle(store, err))
		return false;
	if (access != STORE_READ)
		(void)db_forget_secret(store, 0);
	(void)store_changed(store);
	*ret = TAKE(store);
	return true;
}

void store_close(struct store *store)
{
	if (store == NULL)
		return;
	stmt_forget_all(store);
	known_forget(store);
	sqlite3_close(store->sql);
	free(store->path);
	free(store);
}

void store_done(struct store **store)
{
	store_close(TAKE(*store));
}

const char *store_path(const struct store *store)
{
	return store->path;
}

bool store_was_created(const struct store *store)
{
	return store->created;
}

void store_set_clock(struct store *store, const struct clock *clock)
{
	store->clock = *clock;
}

int64_t db_now_ms(const struct store *store)
{
	return clock_now_ms(&store->clock);
}

int64_t store_version(struct store *store)
{
	DEFER(stmt_done)
	struct stmt *s = db_query(store, Q_DATA_VERSION);
	int64_t version = 0;
	return stmt_number(s, 0, &version, NULL) ? version : -1;
}

bool store_changed(struct store *store)
{
	int64_t version = store_version(store);
	if (version < 0)
		return true; /* the caller looks again and meets the failure itself */
	bool changed = version != store->seen_version;
	store->seen_version = version;
	return changed;
}
