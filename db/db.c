/* Opening a store: its file, its schema, its machine. */
#include "db/db.h"

#include "core/base/text.h"
#include "db/file.h"
#include "db/leftover.h"
#include "db/machine.h"
#include "db/migrate.h"
#include "db/schema.h"

bool db_open_memory(struct store **ret, struct err *err)
{
	DEFER(store_done)
	struct store *store = NULL;
	DEFER(buf_done)
	struct buf backup = BUF_INIT(FILE_PATH_MAX);
	if (!db_open_raw(":memory:", true, &store, err) ||
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
		    store->path, (long long)version, schema_latest());
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
	if (!schema_version(store, &version, err))
		return false;
	bool may_migrate =
		store->access == STORE_CREATE || store->access == STORE_MIGRATE;
	if (version < schema_latest() && !may_migrate)
		return refuse_older(store, version, err);
	if (store->access == STORE_READ)
		return db_exec(store, "PRAGMA query_only = ON", err);
	if ((version == 0 && !db_exec(store, MIGRATE_SHRINKABLE, err)) ||
	    !use_write_ahead_log(store, err))
		return false;
	DEFER(buf_done)
	struct buf backup = BUF_INIT(FILE_PATH_MAX);
	if (version == schema_latest())
		return true;
	*(version == 0 ? &store->created : &store->migrated) = true;
	return migrate_run(store, &backup, err);
}

static bool prepare_file(const char *path, enum store_access access, struct err *err)
{
	struct err missing = { 0 };
	bool created;
	if (file_check(path, &missing))
		return true;
	if (missing.code != ERR_NOT_FOUND || access != STORE_CREATE)
		return fail(err, missing.code, "%s", missing.text);
	return file_create(path, &created, err) && file_check(path, err);
}

static bool may_write(const char *path, struct err *err)
{
	return file_check_writable(path, err) && leftover_check(path, err);
}

bool store_open(const char *path, enum store_access access, struct store **ret,
		struct err *err)
{
	DEFER(store_done)
	struct store *store = NULL;
	if (!prepare_file(path, access, err) ||
	    (access != STORE_READ && !may_write(path, err)))
		return false;
	bool has_log = file_bytes(path, "-wal") > 0;
	if (!db_open_raw(path, access != STORE_READ, &store, err))
		return false;
	if (access == STORE_READ && has_log)
		db_keep_log(store); /* nobody has looked at it */
	store->access = access;
	if (!settle_schema(store, err) || !machine_settle(store, err))
		return false;
	if (access != STORE_READ)
		(void)db_forget_secret(store, 0);
	(void)store_changed(store);
	*ret = TAKE(store);
	return true;
}
