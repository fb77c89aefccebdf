/* Random histories: a seed gives a list of operations, of which as many as can be are dropped
 * when they break something. */
#ifndef TESTS_SUPPORT_CHANCE_H
#define TESTS_SUPPORT_CHANCE_H

#include <stddef.h>
#include <stdint.h>

enum { HISTORY_OPS_MAX = 60 };

struct op {
	uint32_t kind; /* which operation, weighted */
	uint32_t a, b; /* what on, and how */
};

struct history {
	uint64_t seed;
	struct op ops[HISTORY_OPS_MAX];
	int count;
};

/* The same seed gives the same history (I17), of so many operations. */
void history_make(struct history *ret, uint64_t seed, int ops);

/* Which of the rows of a table of weights an operation is. */
size_t history_pick(uint32_t kind, const uint32_t *weights, size_t count);

/* What a history broke; NULL: nothing. */
typedef const char *history_fn(const struct history *history, void *arg);

/* Drop one operation after the other for as long as it still breaks something. */
void history_shrink(struct history *history, history_fn *run, void *arg);

/* The number in the environment's variable, or otherwise. */
int64_t history_number(const char *variable, int64_t otherwise);

/* Many histories of something, each of its own seed. */
struct histories {
	history_fn *run;
	void (*print)(const struct history *history, void *arg);
	void *arg;
	int64_t first; /* seed of the first */
	int64_t count; /* unless $HUBLINK_HISTORIES says how many; $HUBLINK_SEED: that one */
	int ops;       /* of each */
};

/* The first that breaks something is shrunk and printed with its seed, and fails the test. */
void histories_run(const struct histories *histories);

/* A freed block need not be remembered for long, nor where it was taken, where nothing lives
 * longer than a history: four times as many of them a second. */
#define HISTORIES_ARE_SHORT                       \
	const char *__asan_default_options(void); \
	const char *__asan_default_options(void)  \
	{                                         \
		return "quarantine_size_mb=1:"    \
		       "malloc_context_size=2:"   \
		       "max_malloc_fill_size=0";  \
	}

#endif
