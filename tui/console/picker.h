/* A line that is typed above rows of what it finds, one of them chosen: what the palette and the
 * chooser of names have in common. */
#ifndef CONSOLE_PICKER_H
#define CONSOLE_PICKER_H

#include "tui/console/app.h"
#include "tui/console/field_edit.h"
#include "tui/console/paint.h"

struct picker {
	int rows_max;  /* of its box */
	int foot_rows; /* below what was found */
	struct field_edit typed;
	size_t at, top; /* the chosen row, the first one that is shown */
	/* Of this frame: */
	struct rect box;
	size_t height; /* how many rows are shown */
};

/* The box over what fills area, with title and note in its upper rule, and the typed line.
 * Returns the line of the first row. */
struct rect picker_begin(struct picker *picker, struct rect area, const char *title,
			 const char *note);
/* Its foot: what the keys do, and before it more (NULL: nothing). */
void picker_end(const struct picker *picker, const char *more, const char *keys);

/* The next or the previous of count rows is chosen, round and round. */
void picker_move(struct picker *picker, bool down, size_t count);

/* False, with a note: it is not one line, or too long. */
bool picker_paste(struct picker *picker, struct app *app, const char *text);

#endif
