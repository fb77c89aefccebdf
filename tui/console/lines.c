#include "tui/console/lines.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/text.h"

enum { LINE_MAX = 256 * 1024, LABEL_COLUMNS = 14 };

void lines_reset(struct lines *lines)
{
	for (size_t i = 0; i < lines->count; i++)
		free(lines->items[i].text);
	lines->count = 0;
}

void lines_done(struct lines *lines)
{
	lines_reset(lines);
	free(lines->items);
	*lines = (struct lines){ 0 };
}

static void push(struct lines *lines, enum role role, bool heading, const char *text)
{
	VEC_PUSH(lines->items, lines->count, lines->capacity) = (struct text_line){
		.role = role, .heading = heading, .text = mem_strdup(text)
	};
}

void lines_add(struct lines *lines, enum role role, const char *format, ...)
{
	DEFER(buf_done)
	struct buf text = BUF_INIT(LINE_MAX);
	va_list args;

	va_start(args, format);
	buf_vaddf(&text, format, args);
	va_end(args);
	push(lines, role, false, buf_text(&text));
}

void lines_heading(struct lines *lines, const char *text)
{
	push(lines, ROLE_TITLE, true, text);
}

void lines_fact(struct lines *lines, const char *label, enum role role, const char *text)
{
	if (text[0] == '\0')
		return;
	int columns = lines->label_columns > 0 ? lines->label_columns : LABEL_COLUMNS;
	lines_add(lines, role, " %-*s%s", columns, label, text);
}

void lines_flush(struct lines *lines, enum role role, const char *text)
{
	push(lines, role, false, text);
	lines->items[lines->count - 1].flush = true;
}

void lines_move(struct lines *lines, struct lines *from)
{
	for (size_t i = 0; i < from->count; i++)
		VEC_PUSH(lines->items, lines->count, lines->capacity) = from->items[i];
	from->count = 0;
}

/* Bytes of safe text that fit into columns, broken after a blank where there is one in the
 * second half. */
static size_t fitting(const char *text, int columns)
{
	size_t bytes = 0;
	size_t blank = 0;
	int width = 0;

	while (text[bytes] != '\0') {
		char one[5] = "";
		uint32_t point = 0;
		size_t step = utf8_decode(text + bytes, strlen(text + bytes), &point);
		if (step == 0)
			break;
		memcpy(one, text + bytes, step);
		width += text_width(one);
		if (width > columns)
			return blank > bytes / 2 ? blank : bytes;
		bytes += step;
		if (text[bytes - 1] == ' ')
			blank = bytes;
	}
	return bytes;
}

/* One line, wrapped into at most area.rows rows, drawn or only measured; returns the rows
 * used. */
static int wrap(const struct text_line *line, struct rect area, bool drawn)
{
	DEFER(buf_done)
	struct buf safe = BUF_INIT(LINE_MAX);
	int used = 0;
	int indent = 0;

	text_add_safe(&safe, line->text, false);
	const char *rest = buf_text(&safe);
	do {
		DEFER(buf_done)
		struct buf part = BUF_INIT(LINE_MAX);
		size_t bytes = fitting(rest, area.columns - indent);
		if (bytes == 0)
			break;
		buf_add(&part, rest, bytes);
		if (drawn)
			(void)paint_text(area.y + used, area.x + indent,
					 area.columns - indent, line->role,
					 buf_text(&part));
		rest += bytes;
		used++;
		bool indented = !line->flush && area.columns > 3 * LABEL_COLUMNS;
		indent = indented ? LABEL_COLUMNS + 1 : 1;
	} while (*rest != '\0' && used < area.rows);
	return used > 0 ? used : 1;
}

/* The last screen is a full one: the first line that is shown when the end is. */
static size_t last_top(const struct lines *lines, struct rect area)
{
	size_t top = lines->count;
	int rows = 0;

	while (top > 0) {
		const struct text_line *line = &lines->items[top - 1];
		rows += line->heading ? 1 : wrap(line, area, false);
		if (rows > area.rows)
			break;
		top--;
	}
	return top < lines->count || lines->count == 0 ? top : lines->count - 1;
}

/* What a row costs beside its text: going there, and its colour. */
enum { ROW_BYTES = 14 };

/* Bytes that a line takes in rows so wide; the last one that is drawn may be cut. */
static int cost(const struct text_line *line, int columns)
{
	int width = line->heading ? columns : text_width(line->text);
	int rows = columns > 0 ? (width + columns - 1) / columns : 1;

	return width + (rows > 0 ? rows : 1) * ROW_BYTES;
}

/* How many lines are drawn: all, or as many as are cheap enough. */
static size_t end_of(const struct lines *lines, int columns)
{
	int bytes = 0;
	size_t end = lines->top;

	while (end < lines->count &&
	       (lines->bytes_most == 0 || bytes < lines->bytes_most))
		bytes += cost(&lines->items[end++], columns);
	while (end < lines->count && end > lines->top && lines->items[end - 1].heading)
		end--;
	return end;
}

void lines_draw(struct lines *lines, struct rect area)
{
	int y = 0;

	lines->height = area.rows;
	if (lines->top > 0) {
		size_t last = last_top(lines, area);
		lines->top = lines->top < last ? lines->top : last;
	}
	size_t end = end_of(lines, area.columns);
	for (size_t i = lines->top; i < end && y < area.rows; i++) {
		const struct text_line *line = &lines->items[i];
		struct rect left = { area.y + y, area.x, area.rows - y, area.columns };
		if (line->heading) {
			paint_rule(left.y, left.x, left.columns, line->text, "");
			y++;
		} else {
			y += wrap(line, left, true);
		}
	}
	if (end < lines->count && y < area.rows)
		(void)paint_format(area.y + y, area.x + 1, area.columns - 1, ROLE_DIM,
				   "... %zu more: Tab", lines->count - end);
}

bool lines_act(struct lines *lines, enum action action)
{
	size_t page = lines->height > 1 ? (size_t)lines->height - 1 : 1;
	size_t last = lines->count > 0 ? lines->count - 1 : 0;

	switch ((int)action) {
	case ACTION_MOVE_DOWN: lines->top += lines->top < last; return true;
	case ACTION_MOVE_UP: lines->top -= lines->top > 0; return true;
	case ACTION_PAGE_DOWN:
		lines->top = lines->top + page < last ? lines->top + page : last;
		return true;
	case ACTION_PAGE_UP:
		lines->top = lines->top > page ? lines->top - page : 0;
		return true;
	case ACTION_MOVE_FIRST: lines->top = 0; return true;
	case ACTION_MOVE_LAST: lines->top = last; return true;
	default: return false;
	}
}
