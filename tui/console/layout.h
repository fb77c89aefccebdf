/* Where things stand on a screen of any size, by arithmetic: a size in, rectangles out,
 * nothing drawn and nothing refused. Rectangles never overlap and never leave the screen;
 * what there is no room for has no rows. */
#ifndef CONSOLE_LAYOUT_H
#define CONSOLE_LAYOUT_H

#include "tui/console/paint.h"

/* What the width and height are good for. */
enum layout_shape {
	LAYOUT_LINE,    /* a line that says what matters, the view under it */
	LAYOUT_TALL,    /* less than 60 columns: a row of a list takes two lines */
	LAYOUT_LIST,    /* less than 100: the detail is behind Enter */
	LAYOUT_STACKED, /* less than 160: the list over the detail */
	LAYOUT_BESIDE,  /* the detail beside the list */
};

struct layout {
	enum layout_shape shape;
	struct rect tabs, place, body, message, hints;
	bool message_in_hints; /* there is no row for it: it stands in for the hints */
};

struct layout layout_screen(int columns, int rows);
struct layout layout_of_screen(void); /* as it is now */

/* A view's body where it shows a list and what the cursor is on. */
struct panes {
	struct rect list, detail;
	struct rect rule; /* between them: a row, or a column */
};

/* zoomed: where there is room for both, the focused one takes all of it. */
struct panes layout_panes(enum layout_shape shape, struct rect body, bool zoomed,
			  bool detail_focused);

#endif
