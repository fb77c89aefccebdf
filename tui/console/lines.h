/* A screen of text lines that scrolls: an incident's room, a delivery, a monitor, the help. */
#ifndef CONSOLE_LINES_H
#define CONSOLE_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/compiler.h"
#include "tui/console/keys.h"
#include "tui/console/paint.h"

struct text_line {
	enum role role;
	bool heading; /* drawn as a rule */
	bool flush;   /* what is wrapped begins where its first row does */
	char *text;
};

struct lines {
	struct text_line *items;
	size_t count, capacity;
	size_t top;
	int height;
	int label_columns; /* of facts; 0: the usual */
	int bytes_most; /* drawn of it, about, to be cheap; 0: all that there is room for */
};

void lines_reset(struct lines *lines); /* empty it, keep the place */
void lines_done(struct lines *lines);
void lines_add(struct lines *lines, enum role role, const char *format, ...)
	PRINTF_LIKE(3, 4);
void lines_heading(struct lines *lines, const char *text);
/* As it stands, for bytes that are shown whole: wrapped without an indent. */
void lines_flush(struct lines *lines, enum role role, const char *text);
/* All lines of from to the end of lines; from is empty then. */
void lines_move(struct lines *lines, struct lines *from);

/* A label and what it says, wrapped under itself at columns. Nothing for an empty text. */
void lines_fact(struct lines *lines, const char *label, enum role role, const char *text);

void lines_draw(struct lines *lines, struct rect area);
bool lines_act(struct lines *lines, enum action action);

#endif
