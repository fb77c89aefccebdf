/* A list that scrolls: the cursor is on an object, not on a position, so that live data
 * never moves it (screens.md I8). */
#ifndef CONSOLE_LIST_H
#define CONSOLE_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/buf.h"
#include "tui/console/keys.h"
#include "tui/console/paint.h"

/* A column: its title, its width, and how much the list wants it: on a narrow screen the
 * columns of the highest priority number go first. One column may take what is left (width
 * 0). */
struct column {
	const char *title;
	int width;
	int priority;                       /* 0: never dropped */
	enum role (*role)(const void *row); /* NULL: plain */
	void (*text)(const void *row, int64_t now_ms, struct buf *ret);
};

struct list {
	const struct column *columns;
	size_t column_count;
	char *rows; /* count rows of row_size bytes; the first member of a row is its int64_t id */
	size_t row_size, count, capacity;
	size_t cursor, top;
	int64_t cursor_id; /* what the cursor is on; 0: the first row */
	bool kept;  /* the cursor was shown or moved: until then the newest rows are */
	int height; /* rows shown by the last draw */
};

void list_init(struct list *list, const struct column *columns, size_t column_count,
	       size_t row_size);
void list_done(struct list *list);

/* Loading: list_begin, list_add for each row, list_end; the cursor stays on its object, or
 * where that was. */
void list_begin(struct list *list);
void list_add(struct list *list, const void *row);
void list_end(struct list *list);

/* The cursor to a row that the next load brings. */
void list_select(struct list *list, int64_t id);

const void *list_row(const struct list *list, size_t index);
const void *list_current(const struct list *list); /* NULL when empty */

/* Header and rows into area; focused: the cursor is shown. empty: what to say when there is
 * nothing. */
void list_draw(struct list *list, struct rect area, bool focused, bool header,
	       int64_t now_ms, const char *empty);

/* Moves the cursor; false if the action is none of a list's. */
bool list_act(struct list *list, enum action action);

#endif
