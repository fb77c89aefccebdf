#include "core/base/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static bool lock_path(char ret[LOCK_PATH_SIZE], const char *database)
{
	int length = snprintf(ret, LOCK_PATH_SIZE, "%s.lock", database);
	return length > 0 && length < LOCK_PATH_SIZE;
}

static struct flock whole_file(void)
{
	return (struct flock){ .l_type = F_WRLCK, .l_whence = SEEK_SET };
}

static int64_t holder_of(int fd)
{
	struct flock asked = whole_file();
	if (fcntl(fd, F_GETLK, &asked) != 0 || asked.l_type == F_UNLCK)
		return 0;
	return asked.l_pid;
}

static bool refuse(int fd, const char *path, struct err *err)
{
	int64_t pid = holder_of(fd);
	if (pid != 0)
		return fail(err, ERR_REFUSED,
			    "Another engine (process %lld) works on this database; stop "
			    "it first",
			    (long long)pid);
	return fail(err, ERR_REFUSED, "%s is locked by another process; try again", path);
}

bool lock_take(const char *database, struct lock *ret, struct err *err)
{
	char path[LOCK_PATH_SIZE];
	if (!lock_path(path, database))
		return fail(err, ERR_INVALID,
			    "The path of the database is too long; move it");

	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		return fail(err, ERR_FAILED,
			    "%s cannot be opened: %s; see to its owner and mode", path,
			    strerror(errno));

	struct flock wanted = whole_file();
	if (fcntl(fd, F_SETLK, &wanted) == 0) {
		ret->fd = fd;
		return true;
	}
	if (errno == EACCES || errno == EAGAIN)
		(void)refuse(fd, path, err);
	else
		(void)fail(err, ERR_FAILED,
			   "%s cannot be locked: %s; use a local file system", path,
			   strerror(errno));
	close(fd);
	return false;
}

void lock_release(struct lock *lock)
{
	if (lock->fd < 0)
		return;
	close(lock->fd);
	lock->fd = -1;
}

int64_t lock_holder(const char *database)
{
	char path[LOCK_PATH_SIZE];
	if (!lock_path(path, database))
		return 0;
	/* To read: closing a file that was open for writing rings for those who watch it. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0)
		return 0;
	int64_t pid = holder_of(fd);
	close(fd);
	return pid;
}
