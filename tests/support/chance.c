#include "tests/support/chance.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/base/random.h"
#include "tests/support/check.h"

void history_make(struct history *ret, uint64_t seed, int ops)
{
	uint64_t random = seed;
	ret->seed = seed;
	ret->count = ops;
	for (int i = 0; i < ops; i++)
		ret->ops[i] = (struct op){ (uint32_t)random_step(&random),
					   (uint32_t)random_step(&random),
					   (uint32_t)random_step(&random) };
}

size_t history_pick(uint32_t kind, const uint32_t *weights, size_t count)
{
	uint32_t all = 0;
	for (size_t i = 0; i < count; i++)
		all += weights[i];
	uint32_t left = kind % all;
	size_t row = 0;
	for (; left >= weights[row]; row++)
		left -= weights[row];
	return row;
}

void history_shrink(struct history *history, history_fn *run, void *arg)
{
	for (int i = 0; i < history->count;) {
		struct history less = *history;
		less.count--;
		memmove(&less.ops[i], &less.ops[i + 1],
			(size_t)(less.count - i) * sizeof(less.ops[0]));
		if (run(&less, arg))
			*history = less;
		else
			i++;
	}
}

int64_t history_number(const char *variable, int64_t otherwise)
{
	const char *text = getenv(variable);
	return text ? strtoll(text, NULL, 10) : otherwise;
}

static void fail_with(const struct histories *histories, struct history *history)
{
	history_shrink(history, histories->run, histories->arg);
	const char *broken = histories->run(history, histories->arg);
	printf("seed %" PRIu64 ", %d operations are enough:\n", history->seed,
	       history->count);
	histories->print(history, histories->arg);
	fail_msg("%s", broken ? broken : "nothing, the second time");
}

void histories_run(const struct histories *histories)
{
	struct history history;
	const int64_t only = history_number("HUBLINK_SEED", 0);
	const int64_t count = history_number("HUBLINK_HISTORIES", histories->count);
	const int64_t first = only ? only : histories->first;
	const int64_t last = only ? only : first + count - 1;
	const int64_t began_ms = clock_boot_ms();
	for (int64_t seed = first; seed <= last; seed++) {
		history_make(&history, (uint64_t)seed, histories->ops);
		if (histories->run(&history, histories->arg))
			fail_with(histories, &history);
	}
	const int64_t took_ms = clock_boot_ms() - began_ms + 1;
	printf("%" PRId64 " histories, %" PRId64 " a second\n", last - first + 1,
	       (last - first + 1) * 1000 / took_ms);
}
