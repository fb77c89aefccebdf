#include "tests/support/chance.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/random.h"

void history_make(struct history *ret, uint64_t seed)
{
	uint64_t random = seed;
	ret->seed = seed;
	ret->count = HISTORY_OPS_MAX;
	for (int i = 0; i < HISTORY_OPS_MAX; i++)
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
