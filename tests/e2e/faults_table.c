/* tests/faults.txt says which test proves what happens at each fault: that every fault has
 * its row, and that the tests it names are there. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "tests/support/check.h"

enum { FAULTS = 68, LINE_MAX_BYTES = 512 };

enum mark { MARK_TEST, MARK_UNWANTED, MARKS };

struct row {
	int times;         /* how often the table has it */
	int marked[MARKS]; /* its lines of each kind */
};

struct table {
	struct row rows[FAULTS + 1]; /* by number; 0 is unused */
	int faults;                  /* found in it */
};

static void read_source(const char *path, struct buf *ret)
{
	char full[LINE_MAX_BYTES + sizeof(HUBLINK_SOURCE)];
	snprintf(full, sizeof(full), HUBLINK_SOURCE "/%s", path);
	FILE *file = fopen(full, "r");
	if (file == NULL)
		return;
	char part[4096];
	for (size_t got; (got = fread(part, 1, sizeof(part), file)) > 0;)
		buf_add(ret, part, got);
	fclose(file);
}

/* A function that nobody runs does not compile: to be defined is to be run. */
static bool defines(const char *path, const char *test)
{
	DEFER(buf_done)
	struct buf source = BUF_INIT(1 << 20);
	char head[LINE_MAX_BYTES + 16];
	snprintf(head, sizeof(head), "static void %s(", test);
	read_source(path, &source);
	return strstr(buf_text(&source), head) != NULL;
}

static void complain(struct table *table, const char *line, const char *why)
{
	print_error("tests/faults.txt: %s: %s\n", why, line);
	table->faults++;
}

static enum mark read_mark(struct table *table, const char *text, const char *line)
{
	char first[LINE_MAX_BYTES] = "", second[LINE_MAX_BYTES] = "";
	int words = sscanf(text, "%511s %511s", first, second);
	if (words < 2)
		complain(table, line, "nothing is said");
	if (strcmp(first, "-") == 0)
		return MARK_UNWANTED;
	if (words == 2 && !defines(first, second))
		complain(table, line, "there is no such test");
	return MARK_TEST;
}

/* The row that the line begins or goes on with; NULL if it is in none. */
static struct row *row_of(struct table *table, const char **line, struct row *last)
{
	if (**line == ' ')
		return last;
	char *end = NULL;
	long number = **line == 'F' ? strtol(*line + 1, &end, 10) : 0;
	if (number < 1 || number > FAULTS || *end != ' ')
		return NULL;
	*line = end;
	table->rows[number].times++;
	return &table->rows[number];
}

static void read_table(struct table *table, char *text)
{
	struct row *row = NULL;
	char *rest = text, *line;
	while ((line = strsep(&rest, "\n")) != NULL) {
		if (*line == '\0' || *line == '#')
			continue;
		const char *marks = line;
		row = row_of(table, &marks, row);
		if (row == NULL)
			complain(table, line, "no number of a fault");
		else
			row->marked[read_mark(table, marks, line)]++;
	}
}

static void faults__have_a_row_each__with_tests_that_are_there(void **state) /* F1-F68 */
{
	(void)state;
	DEFER(buf_done)
	struct buf text = BUF_INIT(1 << 20);
	struct table table = { 0 };
	int proved = 0;
	read_source("tests/faults.txt", &text);
	char *lines = buf_take(&text);
	read_table(&table, lines);
	free(lines);
	for (int i = 1; i <= FAULTS; i++) {
		struct row *row = &table.rows[i];
		if (row->times != 1) {
			print_error("tests/faults.txt has F%d %d times\n", i, row->times);
			table.faults++;
		}
		proved += row->marked[MARK_TEST] > 0;
	}
	print_message("of %d faults %d are proved, the others are not wanted\n", FAULTS,
		      proved);
	assert_int_equal(table.faults, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(faults__have_a_row_each__with_tests_that_are_there),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
