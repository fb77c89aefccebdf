/* What the cursor of a list is on, shown beside the list: the very view that Enter would
 * open, drawn into a pane. */
#ifndef CONSOLE_DETAIL_H
#define CONSOLE_DETAIL_H

#include "tui/console/view.h"

struct detail {
	struct view *view; /* NULL: nothing to show */
	bool is_stale;     /* to be read anew */
	bool is_loaded;    /* has something to draw */
};

/* From now on this is shown; another one than before begins at its top. */
void detail_set(struct detail *detail, const struct view_subject *subject);

/* Its data may have changed. */
void detail_touch(struct detail *detail);

/* Reads it, if it is stale. An object that is gone shows nothing. */
void detail_load(struct detail *detail, struct store *store, int64_t now_ms);

/* Under a heading; focused: keys go there, and it is shown as long as it is. */
void detail_draw(const struct detail *detail, struct rect area, bool focused,
		 int64_t now_ms);
enum reaction detail_act(struct detail *detail, struct app *app, enum action action);
void detail_rewind(struct detail *detail); /* to its top */
void detail_done(struct detail *detail);

#endif
