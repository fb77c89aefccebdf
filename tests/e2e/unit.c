/* The service's unit: how much of the machine it leaves open, by systemd's own measure, and
 * whether systemd finds anything wrong with it. */
#include <string.h>
#include <unistd.h>

#include "tests/support/check.h"
#include "tests/support/run.h"

#define ANALYZE "/usr/bin/systemd-analyze"
#define UNIT HUBLINK_SOURCE "/packaging/hublink.service"

static void unit__leaves_little_open__by_systemds_measure(void **state)
{
	(void)state;
	if (access(ANALYZE, X_OK) != 0)
		skip();
	DEFER(ran_done) struct ran ran = { 0 };
	/* In tenths; 9.2 is a unit that says nothing, and ours has to reach a network. */
	run_program(&ran,
		    (const char *const[]){ ANALYZE, "--no-pager", "--offline=true",
					   "--threshold=15", "security", UNIT, NULL },
		    NULL, NULL);
	const char *level = strstr(buf_text(&ran.out), "Overall exposure level");
	print_message("%s", level ? level : buf_text(&ran.err));
	assert_non_null(level);
	if (ran.exit_code != 0)
		fail_msg("%s", buf_text(&ran.out));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(unit__leaves_little_open__by_systemds_measure),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
