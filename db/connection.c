/* A connection to a file: hardened, and without a look at what is in it. */
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "core/store_sources.h"
#include "db/db.h"
#include "db/file.h"
#include "db/heap.h"

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

/* ---- connecting ---- */

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
	/* 4 MiB of cache keep an engine with 50,000 open incidents below 20 MB, and a burst
	 * runs as fast as with 8; store_rest gives it back.
	 * 32 MiB of log before a checkpoint: a burst of 10,000 updates, which writes 22,
	 * meets none. */
	return db_exec(store,
		       "PRAGMA cell_size_check = ON;"
		       "PRAGMA mmap_size = 0;"
		       "PRAGMA cache_size = -4096;"
		       "PRAGMA temp_store = MEMORY;"
		       "PRAGMA secure_delete = ON;"
		       "PRAGMA synchronous = FULL;"
		       "PRAGMA wal_autocheckpoint = 8000;"
		       "PRAGMA journal_size_limit = 33554432",
		       err);
}

/* No locks, no account of memory under one, and lists of memory without one. */
void db_use_one_thread(void)
{
	(void)sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
	(void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	heap_use();
}

struct opening {
	const char *name; /* what SQLite opens */
	int flags;
	enum store_access access;
	bool is_alone; /* nobody else may use it, and its log stays as it is */
};

/* Before all else; waits for nobody. */
static bool be_alone(struct store *store, struct err *err)
{
	db_keep_log(store);
	return db_exec(store,
		       "PRAGMA locking_mode = EXCLUSIVE;"
		       "SELECT count(*) FROM sqlite_schema",
		       err);
}

static bool connect(const char *path, const struct opening *how, struct store **ret,
		    struct err *err)
{
	DEFER(store_done)
	struct store *store = mem_new(1, sizeof(*store));
	store->path = mem_strdup(path);
	store->access = how->access;
	store->busy_wait_ms = DB_BUSY_WAIT_MS;
	db_use_one_thread();
	int code = sqlite3_open_v2(how->name, &store->sql, how->flags, NULL);
	if (store->sql == NULL)
		die_out_of_memory();
	if (code != SQLITE_OK)
		return db_fail(store, code, err);
	if ((how->is_alone && !be_alone(store, err)) || !harden(store, err))
		return false;
	*ret = TAKE(store);
	return true;
}

/* A write-ahead log wants files beside the database, which cannot be made where nobody can
 * write; and where nobody can, nothing has to be locked. */
static bool connect_frozen(const char *path, struct store **ret, struct err *err)
{
	DEFER(buf_done)
	struct buf name = BUF_INIT(4 * FILE_PATH_MAX);
	buf_adds(&name, "file:");
	for (const char *c = path; *c; c++)
		buf_addf(&name, strchr("?#%", *c) ? "%%%02x" : "%c", (unsigned char)*c);
	buf_adds(&name, "?immutable=1");
	const struct opening how = { .name = buf_text(&name),
				     .flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_URI,
				     .access = STORE_READ };
	if (!connect(path, &how, ret, err))
		return false;
	(*ret)->is_frozen = true;
	return true;
}

bool db_open_raw(const char *path, bool writable, struct store **ret, struct err *err)
{
	struct opening how = { .name = path,
			       .flags = SQLITE_OPEN_READWRITE,
			       .access = writable ? STORE_WRITE : STORE_READ };
	if (writable)
		return connect(path, &how, ret, err);
	if (file_is_read_only(path) && file_bytes(path, "-wal") == 0)
		return connect_frozen(path, ret, err);
	/* A write-ahead log can only be read by who may write beside it; the rest asks
	 * for no change. */
	if (connect(path, &how, ret, NULL))
		return true;
	how.flags = SQLITE_OPEN_READONLY;
	return connect(path, &how, ret, err);
}

bool db_open_alone(const char *path, struct store **ret, struct err *err)
{
	return connect(path,
		       &(struct opening){ .name = path,
					  .flags = SQLITE_OPEN_READWRITE,
					  .access = STORE_READ,
					  .is_alone = true },
		       ret, err);
}

void db_keep_log(struct store *store)
{
	sqlite3_db_config(store->sql, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
}

/* ---- what it knows ---- */

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

bool store_was_migrated(const struct store *store)
{
	return store->migrated;
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

/* What was opened where nobody can write sees no change. If it can be written again, it is
 * opened anew. */
static void thaw(struct store *store)
{
	DEFER(store_done) struct store *fresh = NULL;
	if (!store->is_frozen || file_is_read_only(store->path) ||
	    !db_open_raw(store->path, false, &fresh, NULL) ||
	    !db_exec(fresh, "PRAGMA query_only = ON", NULL))
		return;
	stmt_forget_all(store);
	known_forget(store);
	struct sqlite3 *old = store->sql;
	store->sql = fresh->sql;
	fresh->sql = old;
	store->is_frozen = false;
	sqlite3_busy_handler(store->sql, wait_for_others, store);
}

bool store_changed(struct store *store)
{
	thaw(store);
	int64_t version = store_version(store);
	if (version < 0)
		return true; /* the caller looks again and meets the failure itself */
	bool changed = version != store->seen_version;
	store->seen_version = version;
	return changed;
}
