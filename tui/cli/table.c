#include "tui/cli/table.h"

#include <inttypes.h>
#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/base/text.h"

enum { CELL_MAX_BYTES = 65536, TABLE_GAP = 2 };

/* text_width asks libc, which must know that text is UTF-8. */
static void use_utf8(void)
{
	if (!setlocale(LC_CTYPE, "") || !text_equal(nl_langinfo(CODESET), "UTF-8"))
		setlocale(LC_CTYPE, "C.UTF-8");
}

static void put_blanks(int count)
{
	if (count > 0)
		printf("%*s", count, "");
}

static void put_row(const struct table *table, const struct cell *cells)
{
	for (int column = 0; column < table->columns; column++) {
		const struct cell *cell = &cells[column];
		bool last = column == table->columns - 1;
		int room = table->width[column] - text_width(cell->text);
		if (table->right[column])
			put_blanks(room);
		cli_put(table->cli, cell->tone, cell->text);
		if (!last)
			put_blanks((table->right[column] ? 0 : room) + TABLE_GAP);
	}
	putchar('\n');
}

static void drop_cells(struct table *table)
{
	for (size_t i = 0; i < table->count; i++)
		free(table->cells[i].text);
	table->count = 0;
}

/* Writes the rows that wait. */
static void flush_rows(struct table *table)
{
	size_t columns = (size_t)table->columns;
	for (size_t first = 0; first + columns <= table->count; first += columns)
		put_row(table, &table->cells[first]);
	drop_cells(table);
}

static void put_lower(const char *text)
{
	for (; *text; text++)
		putchar(*text >= 'A' && *text <= 'Z' ? *text - 'A' + 'a' : *text);
}

/* "id 12, status monitoring, service Website.": for who listens. Titles stay the first row,
 * empty cells are left out. */
static void put_sentence(struct table *table)
{
	size_t columns = (size_t)table->columns;
	bool first = true;

	for (size_t i = 0; i < columns; i++) {
		struct cell *cell = &table->cells[columns + i];
		if (!text_equal(cell->text, "-")) {
			fputs(first ? "" : ", ", stdout);
			put_lower(table->cells[i].text);
			printf(" %s", cell->text);
			first = false;
		}
		free(cell->text);
	}
	puts(".");
	table->count = columns;
}

/* Titles are the first row. */
static void end_row(struct table *table)
{
	table->filled = 0;
	table->rows++;
	if (table->cli->plain) {
		if (table->rows > 1)
			put_sentence(table);
		return;
	}
	if (!table->streaming && table->rows <= TABLE_SAMPLE)
		return;
	table->streaming = true;
	flush_rows(table);
}

void table_cell(struct table *table, enum tone tone, const char *text)
{
	DEFER(buf_done)
	struct buf safe = BUF_INIT(CELL_MAX_BYTES);
	text_add_safe(&safe, *text ? text : "-", false);
	struct cell cell = { .tone = tone, .text = buf_take(&safe) };

	int width = text_width(cell.text);
	if (!table->streaming && width > table->width[table->filled])
		table->width[table->filled] = width;
	VEC_PUSH(table->cells, table->count, table->capacity) = cell;
	if (++table->filled == table->columns)
		end_row(table);
}

void table_open(struct table *table, const struct cli *cli, const char *titles)
{
	DEFER(mem_free)
	char *copy = mem_strdup(titles);
	char *rest = copy, *title;

	use_utf8();
	*table = (struct table){ .cli = cli };
	for (const char *bar = titles; bar; bar = strchr(bar + 1, '|'))
		table->columns++;
	for (int column = 0; (title = strsep(&rest, "|")); column++) {
		table->right[column] = *title == '>';
		table_cell(table, TONE_DIM, title + table->right[column]);
	}
}

void table_integer(struct table *table, int64_t number)
{
	char text[24];
	snprintf(text, sizeof(text), "%" PRId64, number);
	table_cell(table, TONE_PLAIN, text);
}

void table_time(struct table *table, int64_t time_ms)
{
	char text[TIME_TEXT_SIZE];
	table_cell(table, TONE_PLAIN, time_ms ? time_format_local(text, time_ms) : "");
}

void table_close(struct table *table, const char *nothing)
{
	if (table->rows > 1 && table->cli->plain)
		cli_say(table->cli, "%" PRId64 " in all", table->rows - 1);
	else if (table->rows > 1)
		flush_rows(table);
	else
		cli_note("%s", nothing);
	table_done(table);
}

void table_done(struct table *table)
{
	drop_cells(table);
	free(table->cells);
	table->cells = NULL;
	table->capacity = 0;
}
