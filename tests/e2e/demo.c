/* packaging/demo with the programs under test: the whole path from a check's report to the page,
 * in two minutes or, here, without anyone watching. */
#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/clock.h"
#include "tests/support/check.h"
#include "tests/support/cli.h"
#include "tests/support/vt.h"

enum { ENVIRON_MAX = 65536, VARIABLE_SIZE = 128 };

struct stage {
	struct sandbox sandbox;
	char temporary[VARIABLE_SIZE]; /* TMPDIR=…: by this its processes are known */
};

static const char demo[] = HUBLINK_SOURCE "/packaging/demo";

static int setup(void **state)
{
	struct stage *stage = mem_new(1, sizeof(*stage));
	sandbox_open(&stage->sandbox);
	snprintf(stage->temporary, sizeof(stage->temporary), "TMPDIR=%s",
		 stage->sandbox.folder);
	*state = stage;
	return 0;
}

static int teardown(void **state)
{
	struct stage *stage = *state;
	sandbox_close(&stage->sandbox);
	free(stage);
	return 0;
}

/* Does that process have the variable in its environment? */
static bool has_variable(const char *pid, const char *variable)
{
	char path[300], text[ENVIRON_MAX];
	snprintf(path, sizeof(path), "/proc/%s/environ", pid);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	ssize_t bytes = read(fd, text, sizeof(text));
	close(fd);
	return bytes > 0 &&
	       memmem(text, (size_t)bytes, variable, strlen(variable) + 1) != NULL;
}

static bool any_process_has(const char *variable)
{
	DIR *processes = opendir("/proc");
	bool found = false;
	assert_non_null(processes);
	for (struct dirent *entry; !found && (entry = readdir(processes)) != NULL;)
		found = has_variable(entry->d_name, variable);
	closedir(processes);
	return found;
}

static int entries_in(const char *folder)
{
	DIR *entries = opendir(folder);
	int count = -2; /* . and .. */
	assert_non_null(entries);
	while (readdir(entries) != NULL)
		count++;
	closedir(entries);
	return count;
}

/* What was started has ended, and what was made is gone. */
static void assert_nothing_remains(const struct stage *stage)
{
	int64_t until = clock_boot_ms() + 20 * SECOND_MS;
	while (any_process_has(stage->temporary) && clock_boot_ms() < until)
		(void)poll(NULL, 0, 10);
	assert_false(any_process_has(stage->temporary));
	assert_int_equal(entries_in(stage->sandbox.folder), 0);
}

static void demo__tells_its_story_until_all_recovered__without_a_terminal(void **state)
{
	const struct stage *stage = *state;
	const char *const argv[] = { demo, HUBLINK_BUILD, NULL };
	const char *const environment[] = { stage->temporary, "HUBLINK_DEMO_PACE=0",
					    NULL };
	static const char *const told[] = {
		"The status page: http://127.0.0.1:",
		"page   Checkout:            Service disruption, incident investigating",
		"page   Status for partners: Service disruption, incident investigating",
		"page   Reports:             Service operational, incident monitoring",
		"page   Website:             Service operational, incident monitoring",
		("page   Login has 1 incident: investigating monitoring investigating "
		 "monitoring"),
		"page   Search:              Service disruption, incident investigating",
		"page   Checkout was told: investigating monitoring",
		"page   Status for partners: Service operational, incident monitoring",
		"We are investigating a problem with Payments.",
		"The story is over: every incident waits in Monitoring for a person.",
	};
	struct ran ran = { 0 };

	run_program(&ran, argv, NULL, environment);
	if (ran.exit_code != 0)
		fail_msg("it ended with %d: %s%s", ran.exit_code, buf_text(&ran.out),
			 buf_text(&ran.err));
	for (size_t i = 0; i < COUNT_OF(told); i++)
		assert_holds(buf_text(&ran.out), told[i]);
	assert_nothing_remains(stage);
	ran_done(&ran);
}

static struct vt *open_on_terminal(const struct stage *stage)
{
	const char *const argv[] = { demo, HUBLINK_BUILD, NULL };
	const char *const environment[] = { stage->temporary, "TERM=xterm-256color",
					    "LC_ALL=C.UTF-8", NULL };
	return vt_open(80, 24, argv, environment);
}

static void demo__shows_the_console_before_the_story__on_a_terminal(void **state)
{
	const struct stage *stage = *state;
	DEFER(vt_done) struct vt *vt = open_on_terminal(stage);
	assert_true(vt_wait(vt, "1/8 Checkout fails once."));
	assert_true(vt_wait(vt, "LIVE"));
	assert_true(vt_wait(vt, "DOWN"));
	vt_type(vt, "q");
	int status = vt_wait_exit(vt);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	assert_false(vt_alternate_screen(vt));
	assert_nothing_remains(stage);
}

static void demo__ends_what_it_started__when_it_is_told_to_end(void **state)
{
	const struct stage *stage = *state;
	DEFER(vt_done) struct vt *vt = open_on_terminal(stage);
	assert_true(vt_wait(vt, "1/8 Checkout fails once."));
	vt_signal(vt, SIGTERM);
	int status = vt_wait_exit(vt);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 128 + SIGTERM);
	assert_false(vt_alternate_screen(vt));
	assert_true(vt_modes_restored(vt));
	assert_nothing_remains(stage);
}

static void demo__says_what_to_do__where_nothing_is_built(void **state)
{
	const struct stage *stage = *state;
	const char *const argv[] = { demo, stage->sandbox.folder, NULL };
	const char *const environment[] = { stage->temporary, NULL };
	struct ran ran = { 0 };

	run_program(&ran, argv, NULL, environment);
	assert_int_equal(ran.exit_code, 1);
	assert_holds(buf_text(&ran.err), "build it first: make");
	assert_nothing_remains(stage);
	ran_done(&ran);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(demo__tells_its_story_until_all_recovered__without_a_terminal),
		TEST(demo__shows_the_console_before_the_story__on_a_terminal),
		TEST(demo__ends_what_it_started__when_it_is_told_to_end),
		TEST(demo__says_what_to_do__where_nothing_is_built),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
