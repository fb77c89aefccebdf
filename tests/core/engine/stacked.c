/* F68: two faults at once. Every pair of them, in either order, strikes in the middle of a
 * small story, and once more an update later; what receivers are told is what the model says. */
#include <string.h>

#include "tests/support/check.h"
#include "tests/support/twin.h"

HISTORIES_ARE_SHORT

enum {
	SILENCE = 8,       /* an answer that does not come: of twin's ways */
	AT_FIFTH = 4 << 8, /* operation of the disk */
	FORWARD = 2,       /* of its jumps: ten days */
	BACK = 3,
};

static const struct fault {
	const char *name;
	enum twin_op op;
	uint32_t a, b;
} faults[] = {
	{ "the engine is killed", TWIN_KILL, 0, 3 },
	{ "all are killed at a step", TWIN_KILL, 0, AT_FIFTH + 1 },
	{ "the power is lost", TWIN_POWER, 7, AT_FIFTH },
	{ "the disk fails once", TWIN_DISK_FAILS, 0, AT_FIFTH },
	{ "the disk fails for good", TWIN_DISK_FAILS, 0, AT_FIFTH + 1 },
	{ "the disk is full once", TWIN_DISK_FULL, 0, AT_FIFTH },
	{ "the disk is full for good", TWIN_DISK_FULL, 0, AT_FIFTH + 1 },
	{ "the clock is set ahead", TWIN_CLOCK, FORWARD, 0 },
	{ "the clock is set back", TWIN_CLOCK, BACK, 0 },
	{ "an answer does not come", TWIN_ANSWER, 0, SILENCE },
	{ "somebody reads on and on", TWIN_READ, 0, 0 },
	{ "the mode is paused", TWIN_PAUSE, 0, 0 },
	{ "the engine is stopped", TWIN_STOP, 0, 0 },
	{ "the machine sleeps", TWIN_TIME, 4, 0 },
};

static void add(struct history *history, enum twin_op op, uint32_t a, uint32_t b)
{
	history->ops[history->count++] = twin_op(op, a, b);
}

/* The engine takes a turn afterwards. */
static void add_seen(struct history *history, enum twin_op op, uint32_t a, uint32_t b)
{
	add(history, op, a, b);
	add(history, TWIN_TURN, 0, 0);
}

/* Disruptions and recoveries of two monitors that share a page; faults where an update is in
 * flight, and again where the engine has to judge. */
static void make_story(struct history *ret, const struct fault *first,
		       const struct fault *second)
{
	*ret = (struct history){ .seed = 68 };
	add_seen(ret, TWIN_ERROR, 1, 0);
	add(ret, first->op, first->a, first->b);
	add(ret, second->op, second->a, second->b);
	add_seen(ret, TWIN_OK, 1, 0);
	add_seen(ret, TWIN_ANSWER, 0, 0);
	add(ret, TWIN_ERROR, 2, 0);
	add_seen(ret, first->op, first->a, first->b);
	add_seen(ret, TWIN_START, 0, 0);
	add_seen(ret, second->op, second->a, second->b);
	add_seen(ret, TWIN_ERROR, 1, 0);
	add_seen(ret, TWIN_ANSWER, 0, 0);
	add_seen(ret, TWIN_OK, 2, 0);
}

static void engine__tells_what_the_model_says__under_any_two_faults_f68(void **state)
{
	struct twin *twin = *state;
	int pairs = 0;
	for (size_t a = 0; a < COUNT_OF(faults); a++) {
		for (size_t b = 0; b < COUNT_OF(faults); b++, pairs++) {
			struct history story;
			make_story(&story, &faults[a], &faults[b]);
			if (twin_run(twin, &story))
				fail_msg("%s, %s: %s", faults[a].name, faults[b].name,
					 twin->broken);
		}
	}
	print_message("%d pairs\n", pairs);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			engine__tells_what_the_model_says__under_any_two_faults_f68),
	};
	return cmocka_run_group_tests(tests, twin_open, twin_close);
}
