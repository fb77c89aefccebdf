/* A list that scrolls: the cursor is on an object, not on a position, so that live data
 * never moves it. It can be narrowed down, sorted and marked; every list does that the
 * same way.
 *
 * A short list holds its rows whole. A long one holds the ids of all its rows and the rows
 * around what is shown; it reads rows by itself, and where it is narrowed down or sorted it
 * reads all of them a slice at a time (list_search.c). */
#ifndef CONSOLE_LIST_H
#define CONSOLE_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/buf.h"
#include "core/base/err.h"
#include "tui/console/field_edit.h"
#include "tui/console/filter.h"
#include "tui/console/keys.h"
#include "tui/console/paint.h"

/* A column: its title, its width, and how much the list wants it: on a narrow screen the
 * columns of the highest priority number go first; where one of priority 1 would have to go,
 * a row takes two lines. One column may take what is left (width 0). */
struct column {
	const char *title;
	int width;
	int priority;                       /* 0: never dropped */
	enum role (*role)(const void *row); /* NULL: plain */
	void (*text)(const void *row, int64_t now_ms, struct buf *ret);
};

/* A part of a row that a filter can ask for although it is no column by itself; what it says
 * stands in some column, too. */
struct facet {
	const char *name;
	void (*text)(const void *row, int64_t now_ms, struct buf *ret);
};

/* What a row is sorted by. LIST_NO_NUMBER comes last, whichever way. */
typedef int64_t list_number_fn(const void *row);
#define LIST_NO_NUMBER INT64_MIN

enum {
	LIST_COLUMNS_MAX = 16,
	LIST_FACETS_MAX = 4,
	LIST_DEPTHS = 4,
	LIST_PAST_FILTERS = 16
};

struct list_key; /* of a row that is about to be sorted */

struct list_marks {
	int64_t *ids; /* ascending */
	size_t count, capacity;
	int64_t range_from; /* where a range of marks began; 0: none is being chosen */
};

struct store;

/* A row by its id; its id stays 0 where it is there no longer. */
typedef bool list_read_fn(struct store *store, int64_t id, int64_t now_ms, void *ret_row,
			  struct err *err);

/* Going through all rows of a long list. */
struct list_search {
	bool asked; /* begins anew with the next load: somebody wants it otherwise */
	bool running;
	bool shows;     /* what was found so far is shown; else when it has ended */
	bool by_user;   /* else because live data has changed */
	bool stale;     /* that has changed once more since */
	bool marks_all; /* in the end */
	bool all_is_new;
	char *text;    /* the filter that was looked for; NULL: none was */
	int64_t *from; /* what is looked through; NULL: all */
	size_t count, at;
	int64_t *found; /* unless it shows */
	size_t found_count, found_capacity;
	size_t cursor, top; /* as they were before what is shown */
	int64_t cursor_id, top_id;
};

struct list {
	/* What it is: set after list_init, before the first row. */
	const struct column *columns;
	size_t column_count, row_size;
	const struct facet *facets; /* NULL: none */
	size_t facet_count;
	list_number_fn *const
		*numbers;        /* one for each column; NULL: sorted by its text */
	list_number_fn *natural; /* smallest first while no column was chosen; NULL: as
	                          * the rows come */
	int (*depth)(const void *row); /* a tree: what holds a row that meets the filter
	                                * is shown, too; nothing is sorted. NULL: flat */
	list_read_fn *read;            /* of a long list */
	bool is_long, newest_first;
	bool is_ranked; /* they come in an order that live data changes */
	size_t reach;   /* the owner looks at so many of the newest; 0: at all */

	/* Its rows: all, or of a long list those from position first on. The first member
	 * of a row is its int64_t id, never 0. */
	char *rows;
	size_t loaded, capacity, first;
	int64_t *ids; /* of every row that meets the filter, in their order */
	size_t count, ids_capacity;
	size_t total; /* rows, those that do not meet it too */
	int64_t *all; /* of a long list: the ids of these, as the store has them */
	size_t all_capacity;

	size_t cursor, top;
	int64_t cursor_id; /* what the cursor is on; 0: the first row */
	bool kept;   /* the cursor was shown or moved: until then the newest rows are */
	bool follow; /* the cursor goes to what is newest */
	int64_t seen_id; /* the newest row that was above, when the top was last seen */
	int height;      /* rows shown by the last draw */
	int row_lines;   /* lines that each of them took: on a narrow screen two */
	int first_y, first_x; /* where the first of them stood on the screen */
	int64_t now_ms;       /* of the last draw: what ages are told by */

	int sort; /* column; -1: as the rows come */
	bool reverse;
	bool has_header; /* the last draw had one */
	uint32_t hidden; /* columns that the operator left out: a bit each */
	int limit; /* columns of a higher priority number were not shown by the last draw */

	struct row_filter filter;
	struct field_edit typed;
	bool typing;                   /* keys go into the filter */
	char *past[LIST_PAST_FILTERS]; /* newest first; NULL: none */
	int past_shown;                /* while typing: which of them; -1: none */
	struct list_marks marks;

	/* Between list and app. */
	bool hold;  /* rows keep the order that they have: somebody is at the keys */
	bool held;  /* it would have been another */
	bool asked; /* another filter or column was chosen: load, whoever is at the keys */
	bool wants_rows; /* rows that are to be shown are not loaded */
	bool rows_only;  /* this load is for them: nothing else has changed */

	struct list_search search;

	/* While it is loaded. */
	void *row; /* of a long list: one */
	struct buf scratch, key_texts;
	struct list_key *keys;
	size_t keys_capacity;
	int64_t *old_ids;
	size_t old_count;
	char *ancestors; /* LIST_DEPTHS rows that may turn out to hold one */
	bool pending[LIST_DEPTHS];
};

void list_init(struct list *list, const struct column *columns, size_t column_count,
	       size_t row_size);
void list_done(struct list *list);

/* Loading: list_begin, list_add for each row, list_end; the cursor stays on its object, or
 * where that was. */
void list_begin(struct list *list);
void list_add(struct list *list, const void *row);
bool list_add_id(void *list, int64_t id); /* of a long one instead: for id_fn */
void list_end(struct list *list);

/* Must the ids of a long list be read anew? changed: something that they, or their order,
 * depend on has changed. */
bool list_wants_ids(struct list *list, bool changed);
/* Then the rows around what is shown; where it is narrowed down or sorted, the beginning of a
 * search for them. */
bool list_read_rows(struct list *list, struct store *store, int64_t now_ms,
		    struct err *err) CHECKED;
/* A slice of the search that is running. Afterwards list_wants_load tells whether the rows
 * shown are others. */
bool list_search(struct list *list, struct store *store, struct err *err) CHECKED;
/* Are there more rows than it reaches? */
bool list_is_cut(const struct list *list);

/* The cursor to a row that the next load brings. */
void list_select(struct list *list, int64_t id);

/* The row at a position; NULL: there is none, or it is not loaded. */
const void *list_row(const struct list *list, size_t index);
const void *list_current(const struct list *list); /* NULL when empty */

/* Header and rows into area; focused: the cursor is shown. empty: what to say when there is
 * nothing. */
void list_draw(struct list *list, struct rect area, bool focused, bool header,
	       int64_t now_ms, const char *empty);

/* Moves the cursor, sorts, marks, looks for matches; false if the action is none of a
 * list's. Afterwards list_wants_load tells whether rows must be read. */
bool list_act(struct list *list, enum action action);
bool list_wants_load(const struct list *list);

/* Leaves a column out, or shows it again; false: it is always shown. */
bool list_hide_column(struct list *list, int column, bool hidden);
bool list_column_is_hidden(const struct list *list, int column);

/* The cursor to the row that stands there on the screen; false: none does. */
bool list_click(struct list *list, int y);

/* While list->typing: a key, or pasted text, into the filter. False: not for it. */
bool list_key(struct list *list, int key);
bool list_paste(struct list *list, const char *text);

/* Narrow it down; "" shows all. */
void list_set_filter(struct list *list, const char *text);

bool list_is_narrowed(const struct list *list);

/* "3 marked  2 new above  11 of 214  /che tes": nothing of it that does not apply; the
 * filter, which may be being typed, comes last. */
void list_status(const struct list *list, struct buf *ret);

/* ---- between list*.c ---- */

/* Another filter or order is wanted. */
void list_ask(struct list *list);
bool list_is_plain(const struct list *list); /* neither filtered nor sorted */
bool list_is_sorted(const struct list *list);
size_t list_page(const struct list *list); /* so many rows are shown */
/* The positions whose rows are to be loaded: list_window, then list_fill for each that the list
 * does not hold. */
void list_window(struct list *list, size_t *ret_begin, size_t *ret_end);
bool list_holds(const struct list *list, size_t position);
void list_fill(struct list *list, size_t position, const void *row);
void list_move_to(struct list *list, size_t index);
void list_keep_in_sight(struct list *list);
bool list_meets(struct list *list, const struct row_filter *filter, const void *row);
bool list_is_marked(const struct list *list, int64_t id);
bool list_marks_act(struct list *list, enum action action);
void list_marks_done(struct list *list);
bool list_find_act(struct list *list, enum action action);
void list_find_done(struct list *list);
/* Rows have come: sorted by the keys that were added with them, each with the place in which
 * its row came; then the cursor to its object, and what was on top to the top, if it was not
 * the first. by_user: nothing is held still. */
void list_add_key(struct list *list, const void *row, size_t place);
void list_forget_keys(struct list *list);
void list_settle(struct list *list, int64_t top_id, bool by_user);
void list_order_done(struct list *list);
/* The ids of all are about to come anew: a search that runs keeps the old ones. */
void list_search_keep_all(struct list *list);
void list_search_done(struct list *list);

#endif
