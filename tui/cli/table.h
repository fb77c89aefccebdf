/* Rows for people: columns aligned by what they take on a terminal, text from outside
 * made safe. The widths are taken from the first rows; then rows are written as they
 * come, so that a list of a million needs no memory. */
#ifndef CLI_TABLE_H
#define CLI_TABLE_H

#include "tui/cli/cli.h"

enum { TABLE_COLUMNS_MAX = 12, TABLE_SAMPLE = 500 };

struct cell {
	char *text; /* safe */
	enum tone tone;
};

struct table {
	const struct cli *cli;
	int columns;
	int filled; /* cells of the row that is being made */
	int width[TABLE_COLUMNS_MAX];
	bool right[TABLE_COLUMNS_MAX]; /* its title begins with '>' */
	bool streaming;
	struct cell *cells; /* of rows that wait, row after row */
	size_t count, capacity;
	int64_t rows;
};

/* titles: "ID|>COUNT|NAME"; a leading ">" aligns to the right. */
void table_open(struct table *table, const struct cli *cli, const char *titles);
void table_cell(struct table *table, enum tone tone, const char *text);
void table_integer(struct table *table, int64_t number);
void table_time(struct table *table, int64_t time_ms); /* local; 0: "-" */
/* Writes what is left. Without rows: nothing but `nothing`, a sentence, on standard
 * error. */
void table_close(struct table *table, const char *nothing);
void table_done(struct table *table);

#endif
