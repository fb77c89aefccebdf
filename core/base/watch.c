#include "core/base/watch.h"

#include <limits.h>
#include <stdio.h>
#include <sys/inotify.h>
#include <unistd.h>

static int open_inotify(const char *database)
{
	char path[PATH_MAX];
	int length = snprintf(path, sizeof(path), "%s-wal", database);
	if (length < 0 || (size_t)length >= sizeof(path))
		return -1;

	int fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	if (fd >= 0 && inotify_add_watch(fd, path, IN_MODIFY) < 0) {
		close(fd);
		return -1;
	}
	if (fd >= 0)
		(void)inotify_add_watch(fd, database, IN_ATTRIB | IN_MOVE_SELF);
	return fd;
}

static void plan(struct watch *watch, int64_t boot_ms, int64_t pause_ms)
{
	watch->pause_ms = pause_ms;
	watch->again_ms = boot_ms + pause_ms;
}

void watch_init(struct watch *watch, const char *database, int64_t boot_ms)
{
	watch->fd = open_inotify(database);
	watch->again_ms = 0;
	watch->pause_ms = 0;
	if (watch->fd < 0)
		plan(watch, boot_ms, WATCH_POLL_MS);
}

void watch_done(struct watch *watch)
{
	if (watch->fd >= 0)
		close(watch->fd);
	watch->fd = -1;
}

static bool take_rings(int fd)
{
	char events[4096];
	bool rang = false;
	while (read(fd, events, sizeof(events)) > 0)
		rang = true;
	return rang;
}

void watch_turn(struct watch *watch, int64_t boot_ms)
{
	bool is_time = watch->again_ms != 0 && boot_ms >= watch->again_ms;
	if (watch->fd < 0) {
		if (is_time)
			plan(watch, boot_ms, WATCH_POLL_MS);
		return;
	}
	if (take_rings(watch->fd))
		plan(watch, boot_ms, WATCH_AGAIN_FIRST_MS);
	else if (is_time && watch->pause_ms < WATCH_AGAIN_LAST_MS)
		plan(watch, boot_ms, 2 * watch->pause_ms);
	else if (is_time)
		watch->again_ms = 0;
}

bool watch_looks_again(const struct watch *watch)
{
	return watch->fd >= 0 && watch->again_ms != 0;
}

void watch_settle(struct watch *watch)
{
	if (watch->fd >= 0)
		watch->again_ms = 0;
}

int watch_timeout_ms(const struct watch *watch, int64_t boot_ms)
{
	if (watch->again_ms == 0)
		return -1;
	int64_t left_ms = watch->again_ms - boot_ms;
	return left_ms > 0 ? (int)left_ms : 0;
}
