/* What a list is narrowed down to, as an operator types it: terms with blanks between them,
 * each of which a row has to meet, in any order.
 *
 *     word        is in one of its columns
 *     ~letters    are in one of its columns, in that order
 *     state:down  "down" is in the column "State"; state=down says the same, and so does
 *                 the beginning of a column's title, if no column has it whole
 *     !term       does not hold
 *     "two words" is one term
 *
 * Upper and lower case are the same. Any text is a filter: what cannot be meant otherwise
 * is a word. */
#ifndef CONSOLE_FILTER_H
#define CONSOLE_FILTER_H

#include <stdbool.h>
#include <stddef.h>

enum { ROW_FILTER_BYTES = 256, ROW_FILTER_TERMS = 16 };

struct filter_term {
	bool inverse, fuzzy;
	const char *key;   /* "" : any column */
	const char *text;  /* never empty */
	const char *whole; /* "key:text": for lists without such a column */
};

struct row_filter {
	struct filter_term terms[ROW_FILTER_TERMS];
	size_t count;                     /* 0: every row meets it */
	bool names_columns;               /* at least one term does */
	char words[3 * ROW_FILTER_BYTES]; /* what the terms point into */
};

/* One column of a row, or a part of one that has a name of its own. */
struct filter_cell {
	const char *title, *text;
};

/* Terms beyond ROW_FILTER_TERMS, and bytes beyond ROW_FILTER_BYTES, count for nothing. The
 * filter may not be copied: it points into itself. */
void row_filter_parse(struct row_filter *ret, const char *text);

/* Does whatever meets filter also meet wide? False: not for certain. */
bool row_filter_narrows(const struct row_filter *wide, const struct row_filter *filter);

bool row_filter_meets(const struct row_filter *filter, const struct filter_cell *cells,
		      size_t count);

#endif
