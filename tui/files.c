#include "tui/files.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/text.h"

enum { CHUNK_BYTES = 8192, OWNER_ALONE = 0600 };

/* ---- reading ---- */

static FILE *refuse(const char *path, int code, struct err *err)
{
	(void)fail(err, ERR_INVALID, "Reading %s: %s", path, strerror(code));
	return NULL;
}

/* A folder can be opened, and cannot be read. */
FILE *files_open(const char *path, struct err *err)
{
	struct stat stat;
	FILE *file = fopen(path, "re");

	if (file == NULL)
		return refuse(path, errno, err);
	if (fstat(fileno(file), &stat) != 0 || !S_ISDIR(stat.st_mode))
		return file;
	(void)fclose(file);
	return refuse(path, EISDIR, err);
}

bool files_take(FILE *file, const char *shown, struct buf *ret, struct err *err)
{
	char bytes[CHUNK_BYTES];
	size_t count;

	while ((count = fread(bytes, 1, sizeof(bytes), file)) > 0 && !buf_overflowed(ret))
		buf_add(ret, bytes, count);
	if (ferror(file))
		return fail(err, ERR_FAILED, "Reading %s: %s", shown, strerror(errno));
	return !buf_overflowed(ret) ||
	       fail(err, ERR_INVALID, "%s is longer than %zu bytes", shown, ret->max);
}

/* Without O_NONBLOCK the opening of a pipe would wait for somebody who writes. */
bool files_read(const char *path, struct buf *ret, struct err *err)
{
	struct stat stat;
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	FILE *file = fd >= 0 ? fdopen(fd, "r") : NULL;

	if (file == NULL)
		return fail(err, ERR_INVALID, "Reading %s: %s", path, strerror(errno));
	bool is_file = fstat(fd, &stat) == 0 && S_ISREG(stat.st_mode);
	bool read = is_file ? files_take(file, path, ret, err)
			    : fail(err, ERR_INVALID, "%s is no file", path);
	(void)fclose(file);
	return read;
}

/* ---- writing ---- */

bool files_exist(const char *path)
{
	struct stat stat;

	return lstat(path, &stat) == 0;
}

bool files_put(int fd, const char *bytes, size_t count)
{
	while (count > 0) {
		ssize_t wrote = write(fd, bytes, count);
		if (wrote < 0 && errno != EINTR)
			return false;
		if (wrote > 0) {
			bytes += wrote;
			count -= (size_t)wrote;
		}
	}
	return true;
}

static bool write_new(const char *path, const struct buf *text, struct err *err)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, OWNER_ALONE);

	if (fd < 0 && errno == EEXIST)
		return fail(err, ERR_REFUSED, "%s is there already", path);
	if (fd < 0)
		return fail(err, ERR_INVALID, "Writing %s: %s", path, strerror(errno));
	bool written = files_put(fd, buf_text(text), text->len) && fsync(fd) == 0;
	int code = errno;
	written = close(fd) == 0 && written;
	if (written)
		return true;
	(void)unlink(path);
	return fail(err, ERR_FAILED, "Writing %s: %s; nothing is left of it", path,
		    strerror(code));
}

/* Written beside it, then put in its place; a link stays, and what it leads to is new. */
static bool write_over(const char *path, const struct buf *text, struct err *err)
{
	DEFER(mem_free) char *real = realpath(path, NULL);
	DEFER(buf_done) struct buf beside = BUF_INIT(PATH_MAX);
	struct stat stat;

	if (real == NULL || lstat(real, &stat) != 0)
		return fail(err, ERR_INVALID, "Writing %s: %s", path, strerror(errno));
	if (!S_ISREG(stat.st_mode))
		return fail(err, ERR_REFUSED, "%s is no file that could be replaced",
			    path);
	buf_addf(&beside, "%s.%d", real, (int)getpid());
	if (buf_overflowed(&beside))
		return fail(err, ERR_INVALID, "The path %s is too long", path);
	if (!write_new(buf_text(&beside), text, err))
		return false;
	if (rename(buf_text(&beside), real) == 0)
		return true;
	int code = errno;
	(void)unlink(buf_text(&beside));
	return fail(err, ERR_FAILED, "Writing %s: %s; it is as it was", path,
		    strerror(code));
}

bool files_write(const char *path, bool replace, const struct buf *text, struct err *err)
{
	if (*path == '\0')
		return fail(err, ERR_INVALID, "The name of a file is missing");
	return replace && files_exist(path) ? write_over(path, text, err)
					    : write_new(path, text, err);
}

void files_expand(const char *typed, struct buf *ret)
{
	const char *home = getenv("HOME");
	bool at_home = text_starts_with(typed, "~/") && home != NULL;

	buf_addf(ret, "%s%s", at_home ? home : "", typed + (at_home ? 1 : 0));
}
