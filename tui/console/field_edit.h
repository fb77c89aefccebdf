/* A text being edited: its cursor, the keys that change it, and how it breaks into rows.
 * Knows no terminal: what it holds is drawn by field_draw.h. */
#ifndef CONSOLE_FIELD_EDIT_H
#define CONSOLE_FIELD_EDIT_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buf.h"

struct field_edit {
	struct buf text; /* its maximum is the most that can be typed, in bytes */
	size_t at;       /* cursor: a byte of text, at the beginning of a character */
	bool lines;      /* Enter begins a new line */
	bool offered;    /* what is typed next takes the place of the text */
	struct buf cut;  /* what Ctrl-K, Ctrl-U or Ctrl-W took, for Ctrl-Y */
};

void field_edit_init(struct field_edit *edit, size_t max_bytes, bool lines);
void field_edit_done(struct field_edit *edit);

const char *field_edit_text(const struct field_edit *edit);
void field_edit_set(struct field_edit *edit, const char *text); /* cursor to the end */

/* The text is there to be taken as it is or gone on with, by any key that is no character; a
 * character, or what is inserted, takes its place. The cursor stands before it until then. */
void field_edit_offer(struct field_edit *edit);

/* At the cursor, whole or not at all; false if it does not fit. */
bool field_edit_insert(struct field_edit *edit, const char *text) CHECKED;

/* What a key did. Emacs line keys: Ctrl-A B D E F H K N P U W Y. */
enum edit_effect { EDIT_NOTHING, EDIT_MOVED, EDIT_CHANGED };
enum edit_effect field_edit_key(struct field_edit *edit, int key);

/* The text as rows of at most columns: broken at newlines, and where a row is full, after a
 * blank if there is one. There is always one row at least. */
struct edit_row {
	size_t begin, end; /* bytes; the newline behind it is in no row */
};
struct edit_rows {
	struct edit_row *items;
	size_t count, capacity;
};
void field_edit_rows(const struct field_edit *edit, int columns, struct edit_rows *ret);
void edit_rows_done(struct edit_rows *rows);

/* The row that the cursor is on. */
size_t edit_rows_cursor(const struct edit_rows *rows, size_t at);

/* The cursor one row up (-1) or down (1), as near to its column as can be; false at the
 * first and last row. */
bool field_edit_move_row(struct field_edit *edit, int columns, int step);

/* Columns that the bytes from begin to end take when shown. */
int field_edit_width(const struct field_edit *edit, size_t begin, size_t end);

/* The first byte to show of a single line, so that the cursor is within columns. */
size_t field_edit_window(const struct field_edit *edit, int columns);

#endif
