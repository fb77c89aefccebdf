#include "db/db.h"
#include "db/schema.h"

int schema_latest(void)
{
	return schema_migrations[schema_migration_count - 1].version;
}

static bool refuse_newer(struct store *store, int64_t version, struct err *err)
{
	/* Not even a left-over write-ahead log is written back: it is not ours to read.
	 */
	db_keep_log(store);
	return fail(err, ERR_REFUSED,
		    "%s was made by a newer hublink (schema %lld, this one knows %d); "
		    "nothing "
		    "was changed: install the newer hublink",
		    store->path, (long long)version, schema_latest());
}

bool schema_version(struct store *store, int64_t *ret, struct err *err)
{
	int64_t application = 0;
	int64_t version = 0;
	int64_t tables = 0;
	if (!db_pragma_number(store, "PRAGMA application_id", &application, err) ||
	    !db_pragma_number(store, "PRAGMA user_version", &version, err) ||
	    !db_pragma_number(store, "SELECT count(*) FROM sqlite_schema", &tables, err))
		return fail_in(err, "reading %s", store->path);
	bool is_empty = application == 0 && version == 0 && tables == 0;
	if (!is_empty && application != DB_APPLICATION_ID)
		return fail(
			err, ERR_INVALID,
			"%s is a database of another program; name hublink's with --db",
			store->path);
	if (version > schema_latest())
		return refuse_newer(store, version, err);
	*ret = version;
	return true;
}
