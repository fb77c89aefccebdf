#include "tests/support/fake_prober.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "tests/support/check.h"

static bool start(struct prober *prober, int64_t id, const struct monitor *monitor,
		  struct err *err)
{
	struct fake_prober *fake = (struct fake_prober *)prober;
	(void)err;
	assert_true(fake->count < FAKE_CHECKS_MAX);
	struct fake_check *check = &fake->flying[fake->count++];
	check->id = id;
	assert_true(text_copy(check->name, sizeof(check->name), monitor->name));
	assert_true(
		text_copy(check->target, sizeof(check->target), monitor->check_target));
	fake->started++;
	return true;
}

static void free_fake(struct prober *prober)
{
	free(prober);
}

static const struct prober_ops fake_ops = { .start = start, .free = free_fake };

struct fake_prober *fake_prober_new(void)
{
	struct fake_prober *fake = mem_new(1, sizeof(*fake));
	fake->prober.ops = &fake_ops;
	return fake;
}

void fake_prober_answer(struct fake_prober *fake, const char *message)
{
	struct check_result result = { .verdict = message ? CHECK_FAILED : CHECK_PASSED,
				       .http_status = message ? 500 : 200,
				       .total_us = 1500 };
	assert_true(fake->count > 0);
	if (message)
		assert_true(text_copy(result.message, sizeof(result.message), message));
	int64_t id = fake->flying[0].id;
	fake->count--;
	memmove(fake->flying, fake->flying + 1, fake->count * sizeof(fake->flying[0]));
	fake->prober.done(fake->prober.done_arg, id, &result);
}
