#include "db/leftover.h"

#include <sqlite3.h>

#include "db/health.h"
#include "db/file.h"

/* A larger database would keep an engine waiting that was killed and starts again. */
enum { LOOKED_AT_MAX_BYTES = 64 << 20, FOUND_SIZE = 256 };

static bool refuse(const struct store *alone, const char *found, struct err *err)
{
	return fail(err, ERR_REFUSED,
		    "%s and the log beside it do not fit together (%s): nothing was "
		    "changed. If %s-wal is another database's, move it away; else "
		    "`hublink restore` puts a backup in place",
		    alone->path, found, alone->path);
}

bool leftover_check(const char *path, struct err *err)
{
	DEFER(store_done) struct store *alone = NULL;
	char found[FOUND_SIZE];
	bool is_whole = false, is_torn = false;
	struct err why = { 0 };
	if (file_bytes(path, "-wal") == 0 || file_bytes(path, "") > LOOKED_AT_MAX_BYTES)
		return true;
	if (!db_open_alone(path, &alone, &why))
		return why.code == ERR_REFUSED || /* others use it */
		       fail(err, why.code, "%s", why.text);
	if (!health_integrity(alone, found, sizeof(found), &is_whole, &why))
		return refuse(alone, "it cannot be read", err);
	if (!is_whole)
		return refuse(alone, found, err);
	DEFER(stmt_done) struct stmt *s = db_query(alone, Q_FOREIGN_KEY_CHECK);
	if (!stmt_any(s, &is_torn, err))
		return false;
	return !is_torn || refuse(alone, "a row names another that is missing", err);
}
