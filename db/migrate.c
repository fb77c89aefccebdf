#include "db/migrate.h"

#include "db/file.h"
#include "db/schema.h"

/* The pragmas take no parameters; the numbers are our own. */
static bool mark_version(struct store *store, int version, struct err *err)
{
	DEFER(buf_done)
	struct buf sql = BUF_INIT(128);
	buf_addf(&sql, "PRAGMA application_id = %d; PRAGMA user_version = %d",
		 DB_APPLICATION_ID, version);
	return db_exec(store, buf_text(&sql), err);
}

static bool climb(struct store *store, int64_t from, struct err *err)
{
	for (size_t i = 0; i < schema_migration_count; i++) {
		const struct migration_text *rung = &schema_migrations[i];
		if (rung->version <= from)
			continue;
		if (!db_exec(store, rung->sql, err) ||
		    !mark_version(store, rung->version, err))
			return fail_in(err, "schema step %d (%s)", rung->version,
				       rung->name);
	}
	bool broken = false;
	DEFER(stmt_done)
	struct stmt *s = db_query(store, Q_FOREIGN_KEY_CHECK);
	if (!stmt_any(s, &broken, err))
		return false;
	return !broken ||
	       fail(err, ERR_FAILED,
		    "After the schema change a row names another that is missing; "
		    "nothing was changed");
}

static bool climb_in_transaction(struct store *store, struct err *err)
{
	DEFER(store_abort)
	struct transaction tx = { 0 };
	int64_t version = 0;
	if (!store_begin(store, &tx, err) || !schema_version(store, &version, err) ||
	    !climb(store, version, err))
		return false;
	return store_commit(&tx, err);
}

static bool back_up_first(struct store *store, int64_t version, struct buf *ret,
			  struct err *err)
{
	DEFER(buf_done)
	struct buf wanted = BUF_INIT(FILE_PATH_MAX);
	buf_addf(&wanted, "%s.before-schema-%d", store->path, schema_latest());
	file_free_name(buf_text(&wanted), ret);
	return store_backup(store, buf_text(ret), err) ||
	       fail_in(err, "backup before changing schema %lld", (long long)version);
}

/* The pages of removed rows can be given back only in a file that was made, or is made anew, for
 * that. Without room for it the file works as before: its free pages are used again. */
static bool make_anew(struct store *store, struct err *err)
{
	int64_t kind = 0;
	if (!db_pragma_number(store, "PRAGMA auto_vacuum", &kind, err))
		return false;
	if (kind != 0)
		return true;
	if (!db_exec(store, MIGRATE_SHRINKABLE, err))
		return false;
	(void)!db_exec(store, "VACUUM", NULL);
	return true;
}

bool migrate_run(struct store *store, struct buf *ret_backup, struct err *err)
{
	int64_t version = 0;
	if (!schema_version(store, &version, err))
		return false;
	if (version > 0 && !back_up_first(store, version, ret_backup, err))
		return false;
	/* Rungs may rebuild tables: references are checked once, at the end. */
	if (!db_exec(store, "PRAGMA foreign_keys = OFF", err) ||
	    !climb_in_transaction(store, err))
		return false;
	stmt_forget_all(store);
	return db_exec(store, "PRAGMA foreign_keys = ON", err) &&
	       (version == 0 || make_anew(store, err));
}
