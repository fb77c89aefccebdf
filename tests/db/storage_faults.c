/* F1, F3-F7: a disk that kills, fails, fills up or loses power at an operation of a story.
 * What was answered is there, the act that was hit is there whole or not at all, and a fault
 * that passes is got over by asking again. */
#include <dlfcn.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/check.h"
#include "tests/support/disk.h"
#include "tests/support/telling.h"

/* ---- in front of the C library's own, for what SQLite does not rename ---- */

static bool may_rename(void)
{
	bool may = disk_renames();
	if (!may)
		errno = EIO;
	return may;
}

int rename(const char *from, const char *to)
{
	static int (*real)(const char *, const char *);
	if (!real)
		*(void **)&real = dlsym(RTLD_NEXT, "rename");
	return may_rename() ? real(from, to) : -1;
}

int renameat2(int from_folder, const char *from, int to_folder, const char *to,
	      unsigned how)
{
	static int (*real)(int, const char *, int, const char *, unsigned);
	if (!real)
		*(void **)&real = dlsym(RTLD_NEXT, "renameat2");
	return may_rename() ? real(from_folder, from, to_folder, to, how) : -1;
}

int fsync(int fd)
{
	(void)fd;
	disk_folder_synced();
	return 0;
}

/* ---- a story on such a disk ---- */

static void arm(const void *plan)
{
	disk_use(plan);
}

static void check(struct telling *telling, const struct disk_plan *plan, int status)
{
	bool passes = plan->fault == DISK_FAILS || plan->fault == DISK_IS_FULL;
	bool was_killed = WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
	char where[128];
	snprintf(where, sizeof(where), "fault %d at operation %ld (seed %ld)",
		 (int)plan->fault, plan->at, (long)plan->seed);
	if (!was_killed && status != 0)
		fail_msg("%s: %s: the child ended with status %d", telling->story->name,
			 where, status);
	telling_check(telling, where);
	if (passes && !plan->for_good && telling->told->acts < telling->acts)
		fail_msg("%s: %s, once, and act %d failed for good", telling->story->name,
			 where, telling->told->acts);
}

static long hit(struct telling *telling, const struct disk_plan *plan)
{
	const struct telling_fault fault = { arm, disk_operations, plan };
	check(telling, plan, telling_run(telling, &fault));
	return telling->told->ended;
}

/* About so many operations of the story, spread over all of it; 0: every one. Returns how many
 * were hit. */
static long sweep(struct telling *telling, struct disk_plan plan, long wanted,
		  long offset)
{
	plan.at = 1L << 40;
	long operations = hit(telling, &plan);
	long step = wanted == 0 ? 1 : operations / wanted + 1;
	long points = 0;
	for (plan.at = 1 + offset % step; plan.at < operations; plan.at += step) {
		(void)hit(telling, &plan);
		plan.seed++;
		points++;
	}
	return points;
}

/* Every story. HUBLINK_HUNT: with every operation, and with some losses of power at each. */
static void tell_all(struct disk_plan plan, long usual_points)
{
	enum { HUNTED_SEEDS = 3, SEEDS_APART = 100000, OFFSETS_APART = 5 };
	bool hunts = getenv("HUBLINK_HUNT") != NULL;
	int seeds = hunts && plan.fault == DISK_LOSES_POWER ? HUNTED_SEEDS : 1;
	for (size_t i = 0; i < story_count; i++) {
		struct telling telling;
		long points = 0;
		if (!telling_is_wanted(&stories[i]))
			continue;
		telling_begin(&telling, &stories[i]);
		for (int seed = 0; seed < seeds; seed++) {
			plan.seed = (uint64_t)(seed * SEEDS_APART);
			points += sweep(&telling, plan, hunts ? 0 : usual_points,
					(long)i * OFFSETS_APART);
		}
		telling_end(&telling);
		print_message("%s: hit at %ld operations\n", stories[i].name, points);
		assert_true(points > 0);
	}
}

/* ---- tests ---- */

static void store__keeps_what_it_answered__when_killed_f1(void **state)
{
	(void)state;
	tell_all((struct disk_plan){ .fault = DISK_KILLS }, 8);
}

static void store__keeps_what_it_answered__when_power_is_lost_f3(void **state)
{
	(void)state;
	tell_all((struct disk_plan){ .fault = DISK_LOSES_POWER }, 8);
}

static void store__gets_over_it__when_the_disk_fails_once_f6_f7(void **state)
{
	(void)state;
	tell_all((struct disk_plan){ .fault = DISK_FAILS }, 4);
}

static void store__does_nothing_by_half__when_the_disk_fails_for_good_f6_f7(void **state)
{
	(void)state;
	tell_all((struct disk_plan){ .fault = DISK_FAILS, .for_good = true }, 4);
}

static void store__gets_over_it__when_there_was_no_room_f5(void **state)
{
	(void)state;
	tell_all((struct disk_plan){ .fault = DISK_IS_FULL }, 4);
}

static void store__does_nothing_by_half__when_there_is_no_room_f5(void **state)
{
	(void)state;
	tell_all((struct disk_plan){ .fault = DISK_IS_FULL, .for_good = true }, 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(store__keeps_what_it_answered__when_killed_f1),
		cmocka_unit_test(store__keeps_what_it_answered__when_power_is_lost_f3),
		cmocka_unit_test(store__gets_over_it__when_the_disk_fails_once_f6_f7),
		cmocka_unit_test(
			store__does_nothing_by_half__when_the_disk_fails_for_good_f6_f7),
		cmocka_unit_test(store__gets_over_it__when_there_was_no_room_f5),
		cmocka_unit_test(store__does_nothing_by_half__when_there_is_no_room_f5),
	};
	place_in_memory();
	disk_use(&(struct disk_plan){ .fault = DISK_IS_WELL });
	return cmocka_run_group_tests(tests, NULL, NULL);
}
