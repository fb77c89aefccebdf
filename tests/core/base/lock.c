#include "core/base/lock.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/check.h"

struct place {
	char folder[64];
	char database[96];
	char lock[112];
};

static int make_place(void **state)
{
	struct place *place = calloc(1, sizeof(*place));
	snprintf(place->folder, sizeof(place->folder), "/tmp/hublink-lock-XXXXXX");
	assert_non_null(mkdtemp(place->folder));
	snprintf(place->database, sizeof(place->database), "%s/hub.db", place->folder);
	snprintf(place->lock, sizeof(place->lock), "%s.lock", place->database);
	*state = place;
	return 0;
}

static int remove_place(void **state)
{
	struct place *place = *state;
	unlink(place->lock);
	rmdir(place->folder);
	free(place);
	return 0;
}

/* Takes the lock in a child that holds it until its pipe is closed. Returns the child. */
static pid_t hold_elsewhere(const struct place *place, int *ret_release)
{
	int ready[2], release[2];
	assert_int_equal(pipe(ready), 0);
	assert_int_equal(pipe(release), 0);
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		struct lock lock = LOCK_NONE;
		close(release[1]);
		char byte = lock_take(place->database, &lock, NULL) ? 'y' : 'n';
		if (write(ready[1], &byte, 1) == 1 && read(release[0], &byte, 1) >= 0)
			_exit(0);
		_exit(1);
	}
	close(ready[1]);
	close(release[0]);
	char byte = 'n';
	assert_int_equal(read(ready[0], &byte, 1), 1);
	assert_int_equal(byte, 'y');
	close(ready[0]);
	*ret_release = release[1];
	return child;
}

static void lock_take__makes_a_private_file__when_there_is_none(void **state)
{
	struct place *place = *state;
	struct lock lock = LOCK_NONE;
	struct err err = { 0 };
	mode_t before = umask(0);
	assert_true(lock_take(place->database, &lock, &err));
	umask(before);
	struct stat found;
	assert_int_equal(stat(place->lock, &found), 0);
	assert_int_equal(found.st_mode & 0777, 0600);
	lock_release(&lock);
	lock_release(&lock);
	assert_int_equal(lock.fd, -1);
}

static void lock_take__refuses_naming_the_process__when_another_holds_it(void **state)
{
	struct place *place = *state;
	int release;
	pid_t child = hold_elsewhere(place, &release);
	char pid[32];
	snprintf(pid, sizeof(pid), "process %d", (int)child);

	struct lock lock = LOCK_NONE;
	struct err err = { 0 };
	assert_false(lock_take(place->database, &lock, &err));
	assert_int_equal(err.code, ERR_REFUSED);
	assert_non_null(strstr(err.text, pid));
	assert_int_equal(lock.fd, -1);
	assert_int_equal(lock_holder(place->database), child);

	close(release);
	waitpid(child, NULL, 0);
}

static void lock__is_free__when_its_holder_was_killed(void **state)
{
	struct place *place = *state;
	int release;
	pid_t child = hold_elsewhere(place, &release);
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	close(release);

	assert_int_equal(lock_holder(place->database), 0);
	struct lock lock = LOCK_NONE;
	assert_true(lock_take(place->database, &lock, NULL));
	lock_release(&lock);
}

static void lock_holder__is_nobody__when_there_is_no_file(void **state)
{
	struct place *place = *state;
	assert_int_equal(lock_holder(place->database), 0);
}

static void lock_holder__rings_for_nobody__who_watches_the_file(void **state)
{
	const struct place *place = *state;
	char path[LOCK_PATH_SIZE];
	char events[4096];
	struct lock lock = LOCK_NONE;
	struct err err = { 0 };
	int watch = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);

	assert_true(lock_take(place->database, &lock, &err));
	lock_release(&lock);
	(void)snprintf(path, sizeof(path), "%s.lock", place->database);
	assert_true(inotify_add_watch(watch, path, IN_CLOSE_WRITE) >= 0);
	assert_int_equal(lock_holder(place->database), 0);
	assert_int_equal(read(watch, events, sizeof(events)), -1);
	assert_true(lock_take(place->database, &lock, &err));
	lock_release(&lock);
	assert_true(read(watch, events, sizeof(events)) > 0);
	(void)close(watch);
}

static void lock_take__fails_with_a_sentence__when_the_folder_is_missing(void **state)
{
	(void)state;
	struct lock lock = LOCK_NONE;
	struct err err = { 0 };
	assert_false(lock_take("/nowhere/at/all.db", &lock, &err));
	assert_int_equal(err.code, ERR_FAILED);
	assert_non_null(strstr(err.text, "/nowhere/at/all.db.lock"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_place, remove_place)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(lock_take__makes_a_private_file__when_there_is_none),
		TEST(lock_take__refuses_naming_the_process__when_another_holds_it),
		TEST(lock__is_free__when_its_holder_was_killed),
		TEST(lock_holder__is_nobody__when_there_is_no_file),
		TEST(lock_holder__rings_for_nobody__who_watches_the_file),
		TEST(lock_take__fails_with_a_sentence__when_the_folder_is_missing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
