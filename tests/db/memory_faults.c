/* F19: an allocation of hublink's or of SQLite's fails in a story, once or from then on. Either
 * the act fails with a sentence and can be asked for again, or the process ends after one line;
 * what was answered is there, and nothing is there by half. */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/check.h"
#include "tests/support/memory/memory.h"
#include "tests/support/telling.h"

enum { POINTS_OF_A_STORY = 11, HUNTED_OF_A_STORY = 12000, SAID_MAX = 4096 };

static FILE *said; /* what the child writes to standard error */

static void arm(const void *plan)
{
	dup2(fileno(said), STDERR_FILENO);
	memory_use(plan);
}

static void forget_what_was_said(void)
{
	rewind(said);
	assert_int_equal(ftruncate(fileno(said), 0), 0);
}

/* The line that die_out_of_memory says; a sanitizer that finds something says more. */
static bool has_said_its_line(void)
{
	char text[SAID_MAX];
	rewind(said);
	text[fread(text, 1, sizeof(text) - 1, said)] = '\0';
	return strcmp(text, "hublink: out of memory\n") == 0;
}

static void check(struct telling *telling, const struct memory_plan *plan, int status)
{
	bool gave_up =
		WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT && has_said_its_line();
	char where[128];
	snprintf(where, sizeof(where), "allocation %ld %s", plan->at,
		 plan->for_good ? "and all later ones" : "alone");
	if (!gave_up && status != 0)
		fail_msg("%s: %s: the child ended with status %d", telling->story->name,
			 where, status);
	telling_check(telling, where);
	if (!gave_up && !plan->for_good && telling->told->acts < telling->acts)
		fail_msg("%s: %s, and act %d failed for good", telling->story->name,
			 where, telling->told->acts);
}

static long hit(struct telling *telling, struct memory_plan plan)
{
	const struct telling_fault fault = { arm, memory_asked, &plan };
	forget_what_was_said();
	int status = telling_run(telling, &fault);
	check(telling, &plan, status);
	return telling->told->ended;
}

/* Some allocations, spread over all of the story. HUBLINK_HUNT: each one, but for the two
 * stories that make a whole schema. */
static void sweep(struct telling *telling, bool for_good, long offset)
{
	long asked = hit(telling, (struct memory_plan){ .at = 1L << 40 });
	bool hunts = getenv("HUBLINK_HUNT") != NULL;
	long step = asked / (hunts ? HUNTED_OF_A_STORY : POINTS_OF_A_STORY) + 1;
	long points = 0;
	assert_true(asked > 100);
	for (long at = 1 + offset % step; at < asked; at += step, points++)
		(void)hit(telling,
			  (struct memory_plan){ .at = at, .for_good = for_good });
	print_message("%s: %ld of %ld allocations failed\n", telling->story->name, points,
		      asked);
}

static void tell_all(bool for_good)
{
	enum { APART = 37 };
	said = tmpfile();
	assert_non_null(said);
	for (size_t i = 0; i < story_count; i++) {
		struct telling telling;
		if (!telling_is_wanted(&stories[i]))
			continue;
		telling_begin(&telling, &stories[i]);
		sweep(&telling, for_good, (long)i * APART);
		telling_end(&telling);
	}
	fclose(said);
}

static void store__gets_over_it_or_ends__when_an_allocation_fails_f19(void **state)
{
	(void)state;
	tell_all(false);
}

static void store__does_nothing_by_half__when_memory_is_out_f19(void **state)
{
	(void)state;
	tell_all(true);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			store__gets_over_it_or_ends__when_an_allocation_fails_f19),
		cmocka_unit_test(store__does_nothing_by_half__when_memory_is_out_f19),
	};
	place_in_memory();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
