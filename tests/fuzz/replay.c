/* Every fuzz target holds on every file of its corpus; no fuzzer is needed for that. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/compiler.h"
#include "tests/support/check.h"
#include "tests/support/fuzz.h"
#include "tests/support/place.h"

enum { TARGETS_MAX = 32, INPUT_MAX = 1 << 20 };

static void feed_file(const struct fuzz_target *target, const char *path)
{
	DEFER(buf_done) struct buf input = BUF_INIT(INPUT_MAX);
	place_read(path, &input);
	assert_false(buf_overflowed(&input));
	print_message("%s\n", path);
	(void)fuzz_feed(target->run, (const uint8_t *)buf_text(&input), input.len);
}

static int no_hidden(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

static void target__holds__on_its_corpus(void **state)
{
	const struct fuzz_target *target = *state;
	char path[1024];
	struct dirent **entries = NULL;

	(void)snprintf(path, sizeof(path), "%s/tests/fuzz/corpus/%s", HUBLINK_SOURCE,
		       target->name);
	int count = scandir(path, &entries, no_hidden, alphasort);
	assert_true(count > 0);
	(void)fuzz_feed(target->run, (const uint8_t *)"", 0);
	for (int i = 0; i < count; i++) {
		(void)snprintf(path, sizeof(path), "%s/tests/fuzz/corpus/%s/%s",
			       HUBLINK_SOURCE, target->name, entries[i]->d_name);
		feed_file(target, path);
		free(entries[i]);
	}
	free(entries);
}

int main(void)
{
	struct CMUnitTest tests[TARGETS_MAX];
	size_t count = 0;

	for (const struct fuzz_target *target = fuzz_targets(); target != NULL;
	     target = target->next) {
		struct CMUnitTest test = { .name = target->name,
					   .test_func = target__holds__on_its_corpus,
					   .initial_state = (void *)(uintptr_t)target };
		assert_true(count < TARGETS_MAX);
		tests[count++] = test;
	}
	return _cmocka_run_group_tests("fuzz", tests, count, NULL, NULL);
}
