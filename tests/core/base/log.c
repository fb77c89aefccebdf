#include "core/base/log.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/check.h"

/* As systemd tells a service whose standard error is the journal. */
static void claim_journal(int fd)
{
	char stream[64];
	struct stat file;

	assert_int_equal(fstat(fd, &file), 0);
	snprintf(stream, sizeof(stream), "%ju:%ju", (uintmax_t)file.st_dev,
		 (uintmax_t)file.st_ino);
	setenv("JOURNAL_STREAM", stream, 1);
}

static bool in_journal = true;

/* Standard error goes to a file while a line is logged; its bytes come back in
 * ret. */
static void captured_line(enum log_level level, const char *text, char *ret, size_t size)
{
	FILE *file = tmpfile();
	assert_non_null(file);
	int kept = dup(STDERR_FILENO);
	if (in_journal)
		claim_journal(fileno(file));
	else
		unsetenv("JOURNAL_STREAM");
	dup2(fileno(file), STDERR_FILENO);
	log_line(level, "%s", text);
	dup2(kept, STDERR_FILENO);
	close(kept);
	rewind(file);
	size_t count = fread(ret, 1, size - 1, file);
	ret[count] = '\0';
	fclose(file);
}

static void log_line__carries_its_level_for_journald(void **state)
{
	(void)state;
	char line[200];

	captured_line(LOG_LEVEL_WARNING, "the hub answers 503", line, sizeof(line));

	assert_string_equal(line, "<4>the hub answers 503\n");
}

static void log_line__carries_no_level__outside_the_journal(void **state)
{
	(void)state;
	char line[200];

	in_journal = false;
	captured_line(LOG_LEVEL_WARNING, "the hub answers 503", line, sizeof(line));
	in_journal = true;

	assert_string_equal(line, "the hub answers 503\n");
}

static void log_line__is_one_safe_line(void **state)
{
	(void)state;
	char line[200];

	captured_line(LOG_LEVEL_ERROR, "a\n<3>forged\x1b[2J\xff", line, sizeof(line));

	assert_string_equal(line, "<3>a<U+000A><3>forged<U+001B>[2J<0xFF>\n");
}

static void log_line__says_only_what_the_level_lets_through(void **state)
{
	(void)state;
	char line[200];

	log_set_level(LOG_LEVEL_WARNING);
	captured_line(LOG_LEVEL_INFO, "detail", line, sizeof(line));
	assert_string_equal(line, "");
	log_set_level(LOG_LEVEL_INFO);
	captured_line(LOG_LEVEL_INFO, "detail", line, sizeof(line));
	assert_string_equal(line, "<6>detail\n");
}

static void log_line__cuts_what_is_too_long__but_ends_its_line(void **state)
{
	(void)state;
	char text[5000];
	char line[30000];
	memset(text, '\x01', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';

	captured_line(LOG_LEVEL_ERROR, text, line, sizeof(line));

	size_t length = strlen(line);
	assert_in_range(length, 1000, 20000);
	assert_int_equal(line[length - 1], '\n');
	assert_ptr_equal(strchr(line, '\n'), line + length - 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(log_line__carries_its_level_for_journald),
		cmocka_unit_test(log_line__carries_no_level__outside_the_journal),
		cmocka_unit_test(log_line__is_one_safe_line),
		cmocka_unit_test(log_line__says_only_what_the_level_lets_through),
		cmocka_unit_test(log_line__cuts_what_is_too_long__but_ends_its_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
