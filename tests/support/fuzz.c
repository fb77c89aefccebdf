#include "tests/support/fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"

static const struct fuzz_target *registered;

const struct fuzz_target *fuzz_targets(void)
{
	return registered;
}

void fuzz_register(struct fuzz_target *target)
{
	target->next = registered;
	registered = target;
}

int fuzz_feed(fuzz_fn *run, const uint8_t *data, size_t bytes)
{
	char *text = mem_new(bytes + 1, 1);
	if (bytes > 0)
		memcpy(text, data, bytes);
	run(text, bytes);
	free(text);
	return 0;
}

void fuzz_broken(const char *what, const char *file, int line)
{
	(void)fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, what);
	abort();
}
