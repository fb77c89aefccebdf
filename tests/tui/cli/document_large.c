/* F52: documents of a hundred megabytes. They are taken whole or not at all, and one beyond
 * what may be is refused before it fills the memory. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/support/check.h"
#include "tests/support/cli.h"
#include "tui/cli/document.h"

enum { LARGE_BYTES = 100 << 20, BLOCK_BYTES = 1 << 20 };

static const char head[] = "{\"hublink\":1,\"monitors\":[{\"name\":\"Large\"}";
static const char tail[] = ",{\"name\":\"Last\"}]}";

/* A document with two monitors at its ends and a hundred megabytes between them; or only
 * its first `bytes` bytes. */
static const char *put_large(const struct sandbox *sandbox, size_t bytes)
{
	static char line[256];
	char path[200], *block = malloc(BLOCK_BYTES);
	snprintf(path, sizeof(path), "%s/large.json", sandbox->folder);
	FILE *file = fopen(path, "we");
	assert_non_null(file);
	fputs(head, file);
	memset(block, ' ', BLOCK_BYTES);
	for (size_t done = 0; done < LARGE_BYTES; done += BLOCK_BYTES)
		assert_int_equal(fwrite(block, 1, BLOCK_BYTES, file), BLOCK_BYTES);
	fputs(tail, file);
	assert_int_equal(fclose(file), 0);
	assert_int_equal(truncate(path, (off_t)bytes), 0);
	free(block);
	snprintf(line, sizeof(line), "import %s", path);
	return line;
}

static size_t whole(void)
{
	return strlen(head) + LARGE_BYTES + strlen(tail);
}

static void import__takes_a_large_document__whole_f52(void **state)
{
	const struct sandbox *sandbox = *state;
	(void)cli_out(sandbox, 0, put_large(sandbox, whole()));
	const char *monitors = cli_out(sandbox, 0, "list monitors");
	assert_holds(monitors, "Large");
	assert_holds(monitors, "Last");
}

static void import__takes_nothing__of_a_large_document_that_was_cut_f52(void **state)
{
	const struct sandbox *sandbox = *state;
	const size_t cuts[] = { strlen(head) - 2, whole() - 1 };
	for (size_t i = 0; i < sizeof(cuts) / sizeof(cuts[0]); i++)
		assert_changes_nothing(sandbox, 3, put_large(sandbox, cuts[i]), "line 1");
}

static void import__refuses__what_is_larger_than_a_document_may_be_f52(void **state)
{
	const struct sandbox *sandbox = *state;
	const char *line = put_large(sandbox, (size_t)DOCUMENT_MAX_BYTES + 1);
	assert_changes_nothing(sandbox, 3, line, "large.json");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, cli_setup, cli_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(import__takes_a_large_document__whole_f52),
		TEST(import__takes_nothing__of_a_large_document_that_was_cut_f52),
		TEST(import__refuses__what_is_larger_than_a_document_may_be_f52),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
