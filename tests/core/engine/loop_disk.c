/* F5: a loop whose disk is full for a while. */
#include "core/engine/loop.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/base/clock.h"
#include "tests/support/disk.h"
#include "tests/support/journal.h"
#include "tests/support/loop_rig.h"

enum {
	LOG_MAX_BYTES = 1 << 16,
	FULL_FOR_MS = 3100 /* from S0's second try to after S1's */
};

/* What is logged from here on goes to the file. */
static int log_to(FILE **ret_file)
{
	int before = dup(STDERR_FILENO);
	*ret_file = tmpfile();
	assert_non_null(*ret_file);
	assert_true(dup2(fileno(*ret_file), STDERR_FILENO) >= 0);
	return before;
}

static void read_log(FILE *file, int before, char ret[LOG_MAX_BYTES])
{
	assert_true(dup2(before, STDERR_FILENO) >= 0);
	close(before);
	rewind(file);
	ret[fread(ret, 1, LOG_MAX_BYTES - 1, file)] = '\0';
	fclose(file);
}

static int times(const char *text, const char *part)
{
	int count = 0;
	for (; (text = strstr(text, part)) != NULL; text++)
		count++;
	return count;
}

static void set_full(bool is_full)
{
	disk_use(&(struct disk_plan){ .fault = is_full ? DISK_IS_FULL : DISK_IS_WELL,
				      .at = 1,
				      .for_good = true });
}

static int64_t third_at_ms; /* boot clock; 0: not yet */

/* Both were answered 503 and that is stored: then there is no room. S0's next try, a second
 * later, comes before the engine can know and finds none for its outcome; S1's is due two
 * seconds after that, and by then the engine knows. */
static bool fills_up(void *arg, int64_t wait_ms)
{
	struct loop_rig *rig = arg;
	size_t requests = receiver_count(rig->receiver);
	if (requests == 2 &&
	    number_of_sql(rig->other, "SELECT count(*) FROM attempt") == 2) {
		set_full(true);
	} else if (requests == 3 && third_at_ms == 0) {
		third_at_ms = clock_boot_ms();
	} else if (third_at_ms != 0 && !rig->is_told &&
		   clock_boot_ms() - third_at_ms > FULL_FOR_MS) {
		assert_int_equal(requests, 3);
		rig->is_told = true;
		set_full(false);
	}
	return wait_ms != -1;
}

static void loop__sends_nothing_and_says_so__while_there_is_no_room_f5(void **state)
{
	struct loop_rig *rig = *state;
	char log[LOG_MAX_BYTES];
	FILE *file;
	receiver_rule(rig->receiver,
		      (struct receiver_rule){ .path = "/S0",
					      .times = 1,
					      .status = 503,
					      .headers = "Retry-After: 1\r\n" });
	receiver_rule(rig->receiver,
		      (struct receiver_rule){ .path = "/S1",
					      .times = 1,
					      .status = 503,
					      .headers = "Retry-After: 3\r\n" });
	fleet_event(&rig->fleet, rig->other, 0, EVENT_ERROR);
	fleet_event(&rig->fleet, rig->other, 1, EVENT_ERROR);
	loop_rig_start(rig, 64);
	rig->options.until_idle = false;
	rig->options.before_wait = fills_up;

	int before = log_to(&file);
	loop_rig_run(rig);
	read_log(file, before, log);

	assert_true(rig->is_told);
	assert_int_equal(receiver_count(rig->receiver), 4); /* S0's was not made again */
	assert_string_equal(receiver_get(rig->receiver, 3).path, "/S1");
	assert_int_equal(times(log, "is full"), 1); /* once, however often it fails */
	assert_int_equal(times(log, "sends nothing"), 1);
	assert_int_equal(times(log, "can store again, after "), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			loop__sends_nothing_and_says_so__while_there_is_no_room_f5,
			loop_rig_open, loop_rig_close),
	};
	set_full(false);      /* before any database is open */
	loop_block_signals(); /* before the receiver's thread exists */
	return cmocka_run_group_tests(tests, NULL, NULL);
}
