/* R13, I6: an engine that is killed when it has heard that updates were accepted, and could not
 * store that, leaves word of it to the next one: nothing is repeated. */
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/clock.h"
#include "core/base/log.h"
#include "tests/support/check.h"
#include "tests/support/engine_child.h"

enum { UPDATES = 3, NOTE_BYTES = 80, PATIENCE_MS = 10 * 1000 };

static void be_quiet(long n)
{
	(void)n;
	log_set_level(LOG_LEVEL_ERROR);
}

/* As long as another process writes, the engine cannot store what it hears. */
static sqlite3 *hold_database(const struct engine_child *rig)
{
	sqlite3 *other = NULL;
	assert_int_equal(sqlite3_open(rig->fleet.place.path, &other), SQLITE_OK);
	sqlite3_busy_timeout(other, PATIENCE_MS);
	assert_int_equal(sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL),
			 SQLITE_OK);
	return other;
}

/* Until the last note's place, which is there beforehand, is not empty. */
static void wait_for_notes(const char *path)
{
	char note[NOTE_BYTES] = { 0 };
	const int64_t give_up_ms = clock_boot_ms() + PATIENCE_MS;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	assert_true(fd >= 0);
	while (memcmp(note, (char[NOTE_BYTES]){ 0 }, sizeof(note)) == 0) {
		assert_int_equal(
			pread(fd, note, sizeof(note), (off_t)(UPDATES - 1) * NOTE_BYTES),
			sizeof(note));
		assert_true(clock_boot_ms() < give_up_ms);
		(void)poll(NULL, 0, 1);
	}
	close(fd);
}

static void engine__repeats_nothing__that_was_accepted_when_it_was_killed(void **state)
{
	struct engine_child *rig = *state;
	char notes[PLACE_PATH_SIZE + 64];
	int status;
	snprintf(notes, sizeof(notes), "%s-landed", rig->fleet.place.path);
	engine_child_start_over(rig);
	receiver_forget_rules(rig->receiver);
	receiver_rule(rig->receiver, (struct receiver_rule){ .delay_ms = 300 });
	pid_t engine = engine_child_begin(rig, be_quiet, 0);
	assert_true(receiver_wait(rig->receiver, rig->from + UPDATES));
	sqlite3 *other = hold_database(rig);
	wait_for_notes(notes);
	kill(engine, SIGKILL);
	assert_int_equal(waitpid(engine, &status, 0), engine);
	sqlite3_close(other);
	engine_child_ended(rig, status);

	rig->ends = 0; /* nothing was in flight any more */
	engine_child_run_to_the_end(rig);
	engine_child_check(rig, 0);
	assert_int_equal(access(notes, F_OK), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			engine__repeats_nothing__that_was_accepted_when_it_was_killed,
			engine_child_open, engine_child_close),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
