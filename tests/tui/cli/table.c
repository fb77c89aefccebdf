#include "tui/cli/table.h"

#include <stdlib.h>
#include <unistd.h>

#include "tests/support/check.h"
#include "tests/support/cli.h"

enum { ROWS = TABLE_SAMPLE * 2 };

/* Standard output of what is written between these two. */
static int capture_begin(FILE **file)
{
	fflush(stdout);
	int before = dup(STDOUT_FILENO);
	*file = tmpfile();
	assert_non_null(*file);
	dup2(fileno(*file), STDOUT_FILENO);
	return before;
}

static char *capture_end(FILE *file, int before)
{
	char *text = mem_new(1, RUN_OUTPUT_MAX / 64);
	fflush(stdout);
	dup2(before, STDOUT_FILENO);
	close(before);
	rewind(file);
	(void)!fread(text, 1, RUN_OUTPUT_MAX / 64 - 1, file);
	fclose(file);
	return text;
}

static void table__aligns_by_display_width__and_hides_nothing(void **state)
{
	(void)state;
	struct cli cli = { 0 };
	struct table table;
	FILE *file;
	int before = capture_begin(&file);
	table_open(&table, &cli, "NAME|>N|NOTE");
	table_cell(&table, TONE_BAD, "日本");
	table_integer(&table, 7);
	table_cell(&table, TONE_PLAIN, "a\nb");
	table_cell(&table, TONE_PLAIN, "Shop EU");
	table_integer(&table, 1234);
	table_cell(&table, TONE_PLAIN, "");
	table_close(&table, "nothing");
	char *out = capture_end(file, before);
	assert_string_equal(out, "NAME        N  NOTE\n"
				 "日本        7  a<U+000A>b\n"
				 "Shop EU  1234  -\n");
	free(out);
}

static void table__writes_every_row_once__beyond_the_sample(void **state)
{
	(void)state;
	struct cli cli = { 0 };
	struct table table;
	FILE *file;
	int before = capture_begin(&file);
	table_open(&table, &cli, ">N");
	for (int i = 0; i < ROWS; i++)
		table_integer(&table, i);
	table_close(&table, "nothing");
	char *out = capture_end(file, before);
	assert_int_equal(count_lines(out), ROWS + 1);
	assert_holds(out, "\n498\n499\n500\n");
	free(out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(table__aligns_by_display_width__and_hides_nothing),
		cmocka_unit_test(table__writes_every_row_once__beyond_the_sample),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
