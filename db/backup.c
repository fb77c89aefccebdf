#include "db/health.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/text.h"
#include "db/file.h"
#include "db/machine.h"
#include "db/schema.h"

/* Every page of source into the file target, which is there and empty. */
static bool copy_pages(struct store *source, const char *target, struct err *err)
{
	DEFER(store_done)
	struct store *copy = NULL;
	if (!db_open_raw(target, true, &copy, err))
		return false;
	sqlite3_backup *backup =
		sqlite3_backup_init(copy->sql, "main", source->sql, "main");
	if (backup == NULL)
		return db_fail(copy, sqlite3_errcode(copy->sql), err);
	(void)sqlite3_backup_step(backup, -1);
	int code = sqlite3_backup_finish(backup);
	if (code != SQLITE_OK)
		return db_fail(copy, code, err);
	/* One file that stands alone: no write-ahead log beside it. */
	return db_exec(copy, "PRAGMA journal_mode = DELETE", err);
}

/* Whoever opens the copy to write finds it paused. */
static bool mark(const char *path, struct err *err)
{
	DEFER(store_done)
	struct store *copy = NULL;
	return db_open_raw(path, true, &copy, err) && machine_mark_copy(copy, err);
}

/* A file that is not whole is nobody's backup. */
static bool copy_or_remove(struct store *source, const char *target, struct err *err)
{
	if (copy_pages(source, target, err) && mark(target, err) &&
	    file_sync_folder(target, err))
		return true;
	unlink(target);
	return false;
}

bool store_backup(struct store *store, const char *target, struct err *err)
{
	return file_create_new(target, err) && copy_or_remove(store, target, err);
}

/* ---- restore ---- */

/* A whole database of hublink, of a schema that can be brought up to ours? */
static bool check_copy(struct store *copy, struct err *err)
{
	int64_t version = 0;
	if (!schema_version(copy, &version, err))
		return false;
	if (version == 0)
		return fail(err, ERR_INVALID, "%s is empty; name a backup", copy->path);
	char found[256];
	bool is_whole = false;
	if (!health_integrity(copy, found, sizeof(found), &is_whole, err))
		return false;
	return is_whole ||
	       fail(err, ERR_INVALID, "%s is damaged (%s); name another backup",
		    copy->path, found);
}

/* Nobody may work with what is replaced. A damaged one cannot be asked, and is replaced.
 */
static bool quiesce(const char *path, struct err *err)
{
	DEFER(store_done)
	struct store *old = NULL;
	struct err why = { 0 };
	if (!db_open_raw(path, true, &old, &why))
		return true;
	if (db_exec(old, "PRAGMA busy_timeout = 1000; PRAGMA journal_mode = DELETE",
		    &why) ||
	    why.code != ERR_REFUSED)
		return true;
	return fail(err, ERR_REFUSED,
		    "Another hublink has %s open; end it, then restore again", path);
}

static bool move(const char *from, const char *to, struct err *err)
{
	return rename(from, to) == 0 || errno == ENOENT ||
	       fail(err, ERR_FAILED, "%s cannot be renamed to %s: %s", from, to,
		    strerror(errno));
}

static bool move_side_file(const char *path, const char *aside, const char *suffix,
			   struct err *err)
{
	DEFER(buf_done)
	struct buf from = BUF_INIT(FILE_PATH_MAX);
	DEFER(buf_done)
	struct buf to = BUF_INIT(FILE_PATH_MAX);
	buf_addf(&from, "%s%s", path, suffix);
	buf_addf(&to, "%s%s", aside, suffix);
	return move(buf_text(&from), buf_text(&to), err);
}

static bool go_and_come(const char *path, const char *fresh, const char *aside,
			struct err *err)
{
	if (!move(path, aside, err))
		return false;
	if (move(fresh, path, err))
		return true;
	(void)!move(aside, path, NULL);
	return false;
}

/* The two change places, so that at no moment there is no database. Not every file system can
 * do that: there one goes, then the other comes. */
static bool put_in_place(const char *path, const char *fresh, const char *aside,
			 struct err *err)
{
	if (renameat2(AT_FDCWD, fresh, AT_FDCWD, path, RENAME_EXCHANGE) != 0)
		return go_and_come(path, fresh, aside, err);
	/* Failing, what was replaced keeps the name of what replaced it. */
	(void)!move(fresh, aside, NULL);
	return true;
}

/* What is replaced stays beside as "path.before-restore". */
static bool replace(const char *path, const char *fresh, struct err *err)
{
	DEFER(buf_done)
	struct buf wanted = BUF_INIT(FILE_PATH_MAX);
	DEFER(buf_done)
	struct buf aside = BUF_INIT(FILE_PATH_MAX);
	buf_addf(&wanted, "%s.before-restore", path);
	file_free_name(buf_text(&wanted), &aside);
	return move_side_file(path, buf_text(&aside), "-wal", err) &&
	       move_side_file(path, buf_text(&aside), "-shm", err) &&
	       put_in_place(path, fresh, buf_text(&aside), err);
}

static bool may_replace(const char *path, struct err *err)
{
	struct err why = { 0 };
	if (file_check(path, &why))
		return quiesce(path, err);
	return why.code == ERR_NOT_FOUND || fail(err, why.code, "%s", why.text);
}

/* What cannot be read as a database is no backup: a fault of what was named. */
static bool open_copy(const char *copy, struct store **ret, struct err *err)
{
	struct stat st;
	struct err why = { 0 };
	if (stat(copy, &st) != 0)
		return fail(err, ERR_NOT_FOUND, "Backup %s: %s", copy, strerror(errno));
	if (!S_ISREG(st.st_mode))
		return fail(err, ERR_INVALID, "it is not a file; name a backup");
	if (db_open_raw(copy, false, ret, &why) && check_copy(*ret, &why))
		return true;
	if (why.code != ERR_FAILED)
		return fail(err, why.code, "%s", why.text);
	return fail(err, ERR_INVALID, "%.*s; name another backup",
		    (int)strcspn(why.text, ";"), why.text);
}

/* The file itself, however it was spelled. */
static bool is_same_file(const char *path, const char *copy)
{
	struct stat ours, theirs;
	return stat(path, &ours) == 0 && stat(copy, &theirs) == 0 &&
	       ours.st_dev == theirs.st_dev && ours.st_ino == theirs.st_ino;
}

bool store_restore(const char *path, const char *copy, struct err *err)
{
	if (*copy == '\0')
		return fail(err, ERR_INVALID,
			    "The name of a file is empty; name a backup");
	if (is_same_file(path, copy))
		return fail(err, ERR_INVALID,
			    "%s is the database itself; name a backup of it", copy);
	DEFER(store_done)
	struct store *source = NULL;
	if (!open_copy(copy, &source, err))
		return fail_in(err, "restoring from %s", copy);
	DEFER(buf_done)
	struct buf wanted = BUF_INIT(FILE_PATH_MAX);
	DEFER(buf_done)
	struct buf fresh = BUF_INIT(FILE_PATH_MAX);
	buf_addf(&wanted, "%s.restoring", path);
	file_free_name(buf_text(&wanted), &fresh);
	bool created = false;
	if (!may_replace(path, err) || !file_create(buf_text(&fresh), &created, err) ||
	    !copy_or_remove(source, buf_text(&fresh), err))
		return false;
	if (replace(path, buf_text(&fresh), err))
		return file_sync_folder(path, err);
	unlink(buf_text(&fresh));
	return false;
}
