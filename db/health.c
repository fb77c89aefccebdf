/* What `doctor` and `migrate --dry-run` ask of the file itself, also of one that
 * store_open refuses; and whether it is still there. */
#include <errno.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "core/base/text.h"
#include "db/health.h"
#include "db/file.h"
#include "db/schema.h"

bool health_integrity(struct store *store, char *ret_text, size_t size, bool *ret_whole,
		      struct err *err)
{
	DEFER(stmt_done)
	struct stmt *s = db_query(store, Q_INTEGRITY);
	int got = stmt_step(s, err);
	if (got < 0)
		return false;
	column_copy(s, 0, ret_text, size);
	*ret_whole = got > 0 && text_equal(ret_text, "ok");
	return true;
}

bool store_has_moved(struct store *store)
{
	int moved = 0;
	(void)sqlite3_file_control(store->sql, "main", SQLITE_FCNTL_HAS_MOVED, &moved);
	return moved != 0;
}

static int64_t room_beside(const char *path)
{
	DEFER(buf_done)
	struct buf folder = BUF_INIT(FILE_PATH_MAX);
	struct statvfs fs;
	file_folder(path, &folder);
	return statvfs(buf_text(&folder), &fs) == 0 ? (int64_t)(fs.f_bavail * fs.f_frsize)
						    : INT64_MAX;
}

enum store_trouble store_trouble(const struct store *store, struct buf *ret)
{
	int64_t room = room_beside(store->path), log = file_bytes(store->path, "-wal");
	struct buf unwanted = BUF_INIT(0);
	struct buf *out = ret != NULL ? ret : &unwanted;
	if (room < STORE_ROOM_MIN_BYTES) {
		buf_addf(out,
			 "the disk of %s has %lld KiB left: without room nothing is "
			 "stored, and so nothing is sent; make room",
			 store->path, (long long)(room / 1024));
		return TROUBLE_ROOM;
	}
	if (log <= STORE_LOG_MAX_BYTES)
		return TROUBLE_NONE;
	buf_addf(out,
		 "%s-wal has grown to %lld MiB, because something has been reading the "
		 "database since; end that (`fuser %s` names it)",
		 store->path, (long long)(log >> 20), store->path);
	return TROUBLE_LOG;
}

static bool look_at_files(const char *path, struct store_health *ret, struct err *err)
{
	struct stat st;
	if (lstat(path, &st) != 0)
		return errno == ENOENT || errno == ENOTDIR
			       ? fail(err, ERR_NOT_FOUND,
				      "There is no database at %s; `hublink init` makes "
				      "one",
				      path)
			       : fail(err, ERR_FAILED, "%s: %s", path, strerror(errno));
	ret->file_mode = st.st_mode & 07777;
	ret->owner_ok = st.st_uid == geteuid();
	ret->read_only = file_is_read_only(path);
	ret->may_write = file_check_writable(path, &(struct err){ 0 });
	ret->bytes = (int64_t)st.st_size;
	ret->wal_bytes = file_bytes(path, "-wal");
	DEFER(buf_done)
	struct buf folder = BUF_INIT(FILE_PATH_MAX);
	file_folder(path, &folder);
	if (stat(buf_text(&folder), &st) == 0)
		ret->folder_mode = st.st_mode & 07777;
	ret->room_bytes = room_beside(path);
	return true;
}

/* What keeps SQLite from answering is the finding, not a failure of asking. */
static void look_inside(const char *path, struct store_health *ret)
{
	DEFER(store_done)
	struct store *store = NULL;
	struct err why = { 0 };
	ret->schema_expected = schema_latest();
	if (!file_check(path, &why) || !db_open_raw(path, false, &store, &why) ||
	    !db_pragma_number(store, "PRAGMA user_version", &ret->schema_version, &why) ||
	    !health_integrity(store, ret->integrity, sizeof(ret->integrity),
			      &ret->integrity_ok, &why))
		text_cut(ret->integrity, sizeof(ret->integrity), why.text,
			 sizeof(ret->integrity));
}

bool store_health(const char *path, struct store_health *ret, struct err *err)
{
	struct store_health found = { 0 };
	if (!look_at_files(path, &found, err))
		return false;
	look_inside(path, &found);
	*ret = found;
	return true;
}

bool store_migration_plan(const char *path, struct buf *ret, struct err *err)
{
	DEFER(store_done)
	struct store *store = NULL;
	int64_t version = 0;
	if (!file_check(path, err) || !db_open_raw(path, false, &store, err) ||
	    !schema_version(store, &version, err))
		return false;
	if (version > 0 && version < schema_latest())
		buf_addf(ret, "backup to %s.before-schema-%d\n", path, schema_latest());
	for (size_t i = 0; i < schema_migration_count; i++) {
		if (schema_migrations[i].version > version)
			buf_addf(ret, "schema %d: %s\n", schema_migrations[i].version,
				 schema_migrations[i].name);
	}
	return true;
}
