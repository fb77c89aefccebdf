#include "db/file.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <pwd.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/vfs.h>
#include <unistd.h>

/* Not in linux/magic.h of every kernel. */
enum { MAGIC_CIFS = 0xff534d42, MAGIC_FUSE = 0x65735546 };

void file_folder(const char *path, struct buf *ret)
{
	const char *slash = strrchr(path, '/');
	if (slash == NULL)
		buf_addc(ret, '.');
	else
		buf_add(ret, path, slash == path ? 1 : (size_t)(slash - path));
}

/* WAL needs shared memory between its users, which network file systems do not give. */
static bool is_remote(const char *path)
{
	struct statfs fs;
	if (statfs(path, &fs) != 0)
		return false;
	static const uint32_t remote[] = { NFS_SUPER_MAGIC, SMB_SUPER_MAGIC, MAGIC_CIFS,
					   MAGIC_FUSE, 0xfe534d42 /* SMB2 */ };
	for (size_t i = 0; i < COUNT_OF(remote); i++) {
		if ((uint32_t)fs.f_type == remote[i])
			return true;
	}
	return false;
}

static bool refuse_owner(const char *path, uid_t owner, struct err *err)
{
	const struct passwd *account = getpwuid(owner);
	if (account == NULL)
		return fail(
			err, ERR_REFUSED,
			"%s belongs to another account (uid %u); run hublink as that one",
			path, owner);
	return fail(err, ERR_REFUSED,
		    "%s belongs to account '%s'; run hublink as that one: "
		    "`sudo -u %s hublink …`",
		    path, account->pw_name, account->pw_name);
}

/* SQLite's side files decide who can write as much as the file itself does. */
static bool check_side_file(const char *path, const char *suffix, struct err *err)
{
	DEFER(buf_done)
	struct buf name = BUF_INIT(FILE_PATH_MAX);
	buf_adds(&name, path);
	buf_adds(&name, suffix);
	struct stat st;
	if (lstat(buf_text(&name), &st) != 0)
		return true;
	if (!S_ISREG(st.st_mode))
		return fail(err, ERR_REFUSED, "%s is not a plain file; remove it",
			    buf_text(&name));
	return st.st_uid == geteuid() || refuse_owner(buf_text(&name), st.st_uid, err);
}

static bool missing(const char *path, int code, struct err *err)
{
	if (code == ENOENT || code == ENOTDIR)
		return fail(err, ERR_NOT_FOUND,
			    "There is no database at %s; `hublink init` makes one", path);
	return fail(err, ERR_FAILED, "%s cannot be reached: %s", path, strerror(code));
}

bool file_check(const char *path, struct err *err)
{
	struct stat st;
	if (strlen(path) > FILE_PATH_MAX - 16)
		return fail(err, ERR_INVALID,
			    "The path of the database is longer than %d bytes",
			    FILE_PATH_MAX - 16);
	if (lstat(path, &st) != 0)
		return missing(path, errno, err);
	if (S_ISLNK(st.st_mode))
		return fail(err, ERR_REFUSED,
			    "%s is a symbolic link; name the database itself with --db",
			    path);
	if (!S_ISREG(st.st_mode))
		return fail(err, ERR_INVALID,
			    "%s is not a file; name the database with --db", path);
	if (st.st_nlink > 1)
		return fail(err, ERR_REFUSED,
			    "%s has %lu names (hard links), which would corrupt it; "
			    "remove the "
			    "others, and copy it with `hublink backup`",
			    path, (unsigned long)st.st_nlink);
	if (st.st_uid != geteuid())
		return refuse_owner(path, st.st_uid, err);
	if (is_remote(path))
		return fail(
			err, ERR_REFUSED,
			"%s is on a network file system, where the database is not safe; "
			"move it to a local disk",
			path);
	return check_side_file(path, "-wal", err) && check_side_file(path, "-shm", err) &&
	       check_side_file(path, "-journal", err);
}

bool file_is_read_only(const char *path)
{
	struct statvfs fs;
	return statvfs(path, &fs) == 0 && (fs.f_flag & ST_RDONLY) != 0;
}

static bool check_folder_writable(const char *path, struct err *err)
{
	DEFER(buf_done)
	struct buf folder = BUF_INIT(FILE_PATH_MAX);
	file_folder(path, &folder);
	return access(buf_text(&folder), W_OK | X_OK) == 0 ||
	       fail(err, ERR_REFUSED,
		    "This account may not write in folder %s, where the database makes "
		    "files beside itself; make the folder its own, with mode 0700",
		    buf_text(&folder));
}

bool file_check_writable(const char *path, struct err *err)
{
	if (file_is_read_only(path))
		return fail(err, ERR_REFUSED,
			    "%s is on a file system that can only be read; mount it to "
			    "be written, or only look: `hublink --read-only`",
			    path);
	if (access(path, R_OK | W_OK) != 0)
		return fail(err, ERR_REFUSED,
			    "This account may not write %s; chmod 0600 it", path);
	return check_folder_writable(path, err);
}

int64_t file_bytes(const char *path, const char *suffix)
{
	DEFER(buf_done)
	struct buf name = BUF_INIT(FILE_PATH_MAX);
	buf_addf(&name, "%s%s", path, suffix);
	struct stat st;
	return stat(buf_text(&name), &st) == 0 ? (int64_t)st.st_size : 0;
}

static bool make_folder(const char *folder, struct err *err)
{
	if (mkdir(folder, 0700) == 0)
		return chmod(folder, 0700) == 0 ||
		       fail(err, ERR_FAILED, "Folder %s: %s", folder, strerror(errno));
	return errno == EEXIST || fail(err, ERR_FAILED, "Folder %s cannot be made: %s",
				       folder, strerror(errno));
}

/* Every missing folder above path, outermost first. */
static bool make_folders(const char *path, struct err *err)
{
	DEFER(buf_done)
	struct buf folder = BUF_INIT(FILE_PATH_MAX);
	for (const char *slash = strchr(path + 1, '/'); slash != NULL;
	     slash = strchr(slash + 1, '/')) {
		buf_reset(&folder);
		buf_add(&folder, path, (size_t)(slash - path));
		struct stat st;
		if (stat(buf_text(&folder), &st) != 0 &&
		    !make_folder(buf_text(&folder), err))
			return false;
	}
	return true;
}

/* Returns 0, or errno. */
static int create_private(const char *path)
{
	int fd = open(path, O_CREAT | O_EXCL | O_NOFOLLOW | O_WRONLY | O_CLOEXEC, 0600);
	if (fd < 0)
		return errno;
	int code = fchmod(fd, 0600) == 0 ? 0 : errno;
	close(fd);
	return code;
}

bool file_create(const char *path, bool *ret_created, struct err *err)
{
	if (!make_folders(path, err))
		return false;
	int code = create_private(path);
	if (code != 0 && code != EEXIST)
		return fail(err, ERR_FAILED, "%s cannot be made: %s", path,
			    strerror(code));
	if (code == 0 && !file_sync_folder(path, err))
		return false;
	*ret_created = code == 0;
	return true;
}

bool file_create_new(const char *path, struct err *err)
{
	if (*path == '\0')
		return fail(err, ERR_INVALID, "The name of a file is empty; give one");
	int code = create_private(path);
	if (code == EEXIST)
		return fail(err, ERR_REFUSED, "%s exists already; name another file",
			    path);
	if (code == ENOENT || code == ENOTDIR)
		return fail(err, ERR_INVALID,
			    "%s cannot be made: its folder does not exist; make it first",
			    path);
	if (code != 0)
		return fail(err, ERR_FAILED, "%s cannot be made: %s", path,
			    strerror(code));
	return true;
}

bool file_sync_folder(const char *path, struct err *err)
{
	DEFER(buf_done)
	struct buf folder = BUF_INIT(FILE_PATH_MAX);
	file_folder(path, &folder);
	int fd = open(buf_text(&folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int code = fd < 0 || fsync(fd) != 0 ? errno : 0;
	if (fd >= 0)
		close(fd);
	if (code != 0)
		return fail(err, ERR_FAILED, "Folder %s cannot be flushed to disk: %s",
			    buf_text(&folder), strerror(code));
	return true;
}

void file_free_name(const char *path, struct buf *ret)
{
	struct stat st;
	buf_adds(ret, path);
	for (int i = 2; lstat(buf_text(ret), &st) == 0; i++) {
		buf_reset(ret);
		buf_addf(ret, "%s.%d", path, i);
	}
}
