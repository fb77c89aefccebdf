/* F2, R13: the engine as it is shipped, under load, killed at random times. A ledger of its own
 * (tests/storm/ledger.c) says what became of each event. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/buf.h"
#include "core/base/clock.h"
#include "tests/support/check.h"
#include "tests/support/place.h"
#include "tests/support/run.h"
#include "tests/support/storm_lane.h"

enum { LANES = 6, KILLS = 2000, KILLS_OF_A_LANE = 84, BOOK_MAX_BYTES = 64 << 20 };

/* ---- the ledger ---- */

static int ask_ledger(struct ran *ret, const char *book)
{
	const char *argv[] = { program_path("ledger"), NULL };
	run_program(ret, argv, book, NULL);
	return ret->exit_code;
}

static void ledger__refuses__what_breaks_the_word(void **state)
{
	static const struct {
		const char *book, *says;
	} cases[] = {
		{ "event M1 error\nrequest /S1 a investigating 1 200\n",
		  "kept: 0 kills" },
		{ "event M1 error\nrequest /S1 a investigating 1 503\n"
		  "request /S1 a investigating 1 drop\nkill\n"
		  "request /S1 a investigating 1 200\n",
		  "1 events, 3 requests, 0 repeats" },
		{ "request /S1 a investigating 1 200\nkill\n"
		  "request /S1 a investigating 1 200\nevent M1 error\n",
		  "1 repeats" },
		{ "event M1 error\n", "heard 0 updates of 1 events" },
		{ "request /S1 a investigating 1 200\n", "heard 1 updates of 0 events" },
		{ "event M1 error\nrequest /S1 a investigating 1 503\n",
		  "never accepted" },
		{ "event M1 error\nrequest /S1 a monitoring 1 200\n",
		  "says monitoring, not investigating" },
		{ "request /S1 a investigating 1 200\n"
		  "request /S1 a investigating 1 200\n",
		  "nothing was killed" },
		{ "request /S1 a investigating 1 200\nkill\n"
		  "request /S1 a investigating 1 200\n"
		  "request /S1 a investigating 1 200\n",
		  "nothing was killed" },
		{ "request /S1 a investigating 1 503\n"
		  "request /S1 a investigating 2 200\n",
		  "other bytes" },
		{ "request /S1 a investigating 1 503\nrequest /S1 b monitoring 2 200\n",
		  "before the one before it was accepted" },
		{ "request /S1 a investigating 1 200\nrequest /S1 b monitoring 2 200\n"
		  "kill\nrequest /S1 a investigating 1 200\n",
		  "after a newer one" },
		{ "something else\n", "what is this" },
	};
	struct ran ran = { 0 };
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		int code = ask_ledger(&ran, cases[i].book);
		if (code != (i < 3 ? 0 : 1) ||
		    strstr(buf_text(&ran.out), cases[i].says) == NULL)
			fail_msg("of\n%sthe ledger says (%d): %s", cases[i].book, code,
				 buf_text(&ran.out));
	}
	ran_done(&ran);
}

/* ---- the storm ---- */

/* Its folder is in memory, where there is such a one: what is killed needs no disk. */
static void make_folder(char ret[PLACE_PATH_SIZE])
{
	snprintf(ret, PLACE_PATH_SIZE, "%s/hublink-storm-XXXXXX",
		 access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
	assert_non_null(mkdtemp(ret));
}

static pid_t begin_lane(const struct storm_plan *plan)
{
	pid_t lane = fork();
	assert_true(lane >= 0);
	if (lane == 0)
		storm_lane_run(plan);
	return lane;
}

/* The lane's book stays where it is if there is something wrong with it. */
static void end_lane(pid_t lane, const char *folder)
{
	char path[PLACE_PATH_SIZE + 1024];
	int status = 0;
	DEFER(buf_done) struct buf book = BUF_INIT(BOOK_MAX_BYTES);
	struct ran ran = { 0 };
	assert_int_equal(waitpid(lane, &status, 0), lane);
	assert_int_equal(status, 0);
	snprintf(path, sizeof(path), "%s/book", folder);
	place_read(path, &book);
	if (ask_ledger(&ran, buf_text(&book)) != 0)
		fail_msg("%s: %s", path, buf_text(&ran.out));
	print_message("%s", buf_text(&ran.out));
	ran_done(&ran);
	unlink(path);
	rmdir(folder);
}

/* Every lane begins anew after some kills: what piles up would slow the next ones down. */
static void blow(uint64_t seed)
{
	const char *engine = HUBLINK_BUILD "/../hublink-engine";
	char folders[LANES][PLACE_PATH_SIZE];
	pid_t lanes[LANES];
	for (int i = 0; i < LANES; i++) {
		make_folder(folders[i]);
		const struct storm_plan plan = { .engine = engine,
						 .folder = folders[i],
						 .kills = KILLS_OF_A_LANE,
						 .seed = seed + (uint64_t)i };
		lanes[i] = begin_lane(&plan);
	}
	for (int i = 0; i < LANES; i++)
		end_lane(lanes[i], folders[i]);
}

/* HUBLINK_KILLS: at least so many instead. */
static void engine__keeps_its_word__when_killed_by_the_thousand_f2(void **state)
{
	const char *wanted = getenv("HUBLINK_KILLS");
	long kills = wanted == NULL ? KILLS : strtol(wanted, NULL, 10);
	(void)state;
	for (long done = 0; done < kills; done += LANES * KILLS_OF_A_LANE)
		blow((uint64_t)clock_now_ms(&(struct clock){ 0 }) + (uint64_t)done);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ledger__refuses__what_breaks_the_word),
		cmocka_unit_test(engine__keeps_its_word__when_killed_by_the_thousand_f2),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
