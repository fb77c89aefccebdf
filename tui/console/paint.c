#include "tui/console/paint.h"

#include <curses.h>
#include <stdarg.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/text.h"
#include "tui/console/console.h"
#include "tui/console/term.h"

enum { LINE_MAX_BYTES = 8192 };

/* Of eight colours, which every terminal that has any lets people choose; and of 256, where
 * the eight would not do. -1: the terminal's own ink. */
struct role_colour {
	short of_8, of_256;
};

static const struct role_colour role_colours[PALETTE_COUNT][ROLE_COUNT] = {
	[PALETTE_DARK] = {
		[ROLE_TEXT] = { -1, -1 },
		[ROLE_DIM] = { -1, -1 },
		[ROLE_TITLE] = { COLOR_CYAN, COLOR_CYAN },
		[ROLE_OK] = { COLOR_GREEN, COLOR_GREEN },
		[ROLE_WARN] = { COLOR_YELLOW, COLOR_YELLOW },
		[ROLE_BAD] = { COLOR_RED, COLOR_RED },
		[ROLE_INFO] = { COLOR_BLUE, COLOR_BLUE },
	},
	[PALETTE_LIGHT] = {
		[ROLE_TEXT] = { -1, -1 },
		[ROLE_DIM] = { -1, -1 },
		[ROLE_TITLE] = { COLOR_BLUE, 24 },
		[ROLE_OK] = { COLOR_GREEN, 22 },
		[ROLE_WARN] = { COLOR_MAGENTA, 130 },
		[ROLE_BAD] = { COLOR_RED, 124 },
		[ROLE_INFO] = { COLOR_BLUE, 25 },
	},
	[PALETTE_DEUTER] = {
		[ROLE_TEXT] = { -1, -1 },
		[ROLE_DIM] = { -1, -1 },
		[ROLE_TITLE] = { COLOR_CYAN, COLOR_CYAN },
		[ROLE_OK] = { COLOR_BLUE, 33 },
		[ROLE_WARN] = { COLOR_YELLOW, 220 },
		[ROLE_BAD] = { COLOR_MAGENTA, 208 },
		[ROLE_INFO] = { COLOR_CYAN, 81 },
	},
	[PALETTE_MONO] = {
		[ROLE_TEXT] = { -1, -1 },
		[ROLE_DIM] = { -1, -1 },
		[ROLE_TITLE] = { -1, -1 },
		[ROLE_OK] = { -1, -1 },
		[ROLE_WARN] = { -1, -1 },
		[ROLE_BAD] = { -1, -1 },
		[ROLE_INFO] = { -1, -1 },
	},
};

static const attr_t role_attributes[ROLE_COUNT] = {
	[ROLE_DIM] = A_DIM,
	[ROLE_TITLE] = A_BOLD,
	[ROLE_BAD] = A_BOLD,
};

void paint_start(enum palette palette)
{
	if (!term_info()->colours)
		return;
	for (int role = 0; role < ROLE_COUNT; role++) {
		const struct role_colour *colour = &role_colours[palette][role];
		(void)init_pair((short)(role + 1),
				COLORS >= 256 ? colour->of_256 : colour->of_8, -1);
	}
}

/* The Linux console has too few glyphs to be sure of, a vt100 another way to draw them. */
void paint_choose_lines(enum line_art lines)
{
	const struct term_info *info = term_info();
	bool sure = info->charset == TERM_UTF8 &&
		    !text_starts_with(info->name, "linux") &&
		    !text_starts_with(info->name, "vt");

	term_draw_lines(lines == LINE_ART_UNICODE || (lines == LINE_ART_AUTO && sure));
}

void paint_clear(void)
{
	(void)erase();
	(void)attrset(A_NORMAL);
	term_cursor(false, 0, 0);
}

void paint_cursor(int y, int x)
{
	if (y >= 0 && y < LINES && x >= 0 && x < COLS)
		term_cursor(true, y, x);
}

void paint_blank(struct rect area)
{
	for (int y = area.y; y < area.y + area.rows && y < LINES; y++)
		(void)mvhline(y, area.x, ' ', area.columns);
}

void paint_blank_for(struct rect area, struct rect box)
{
	enum { BESIDE_LEAST = 20 };

	if (area.columns - box.columns < 2 * BESIDE_LEAST) {
		box.x = area.x;
		box.columns = area.columns;
	}
	paint_blank(box);
}

struct rect paint_screen(void)
{
	return (struct rect){ 0, 0, LINES, COLS };
}

static attr_t look_of(enum role role)
{
	attr_t look = role_attributes[role];

	if (term_info()->colours)
		look |= (attr_t)COLOR_PAIR(role + 1);
	return look;
}

/* What a terminal without UTF-8 can show: '?' for each other character. */
static void add_ascii(struct buf *ret, const char *text)
{
	while (*text != '\0') {
		uint32_t point = 0;
		size_t bytes = utf8_decode(text, strlen(text), &point);
		buf_addc(ret, point < 0x80 ? *text : '?');
		text += bytes > 0 ? bytes : 1;
	}
}

static enum role role_of_letter(char letter)
{
	switch (letter) {
	case '#': return ROLE_BAD;
	case '-':
	case 'u': return ROLE_WARN;
	case 'm': return ROLE_INFO;
	case '.': return ROLE_DIM;
	default: return ROLE_TEXT;
	}
}

static int paint_letters(int y, int x, int columns, const char *text)
{
	int used = 0;

	while (*text != '\0' && used < columns) {
		size_t run = strspn(text, (char[]){ *text, '\0' });
		used += paint_format(y, x + used, columns - used, role_of_letter(*text),
				     "%.*s", (int)run, text);
		text += run;
	}
	return used;
}

int paint_text(int y, int x, int columns, enum role role, const char *text)
{
	if (role == ROLE_LETTERS)
		return paint_letters(y, x, columns, text);
	DEFER(buf_done)
	struct buf safe = BUF_INIT(LINE_MAX_BYTES);
	DEFER(buf_done)
	struct buf cut = BUF_INIT(LINE_MAX_BYTES);

	if (columns > COLS - x)
		columns = COLS - x;
	if (y < 0 || y >= LINES || x < 0 || columns <= 0)
		return 0;
	if (term_info()->charset == TERM_ASCII) {
		DEFER(buf_done) struct buf ascii = BUF_INIT(LINE_MAX_BYTES);
		add_ascii(&ascii, text);
		text_add_safe(&safe, buf_text(&ascii), false);
	} else {
		text_add_safe(&safe, text, false);
	}
	int width = text_width(buf_text(&safe));
	if (width > columns) {
		text_add_columns(&cut, buf_text(&safe), columns);
		width = columns;
	} else {
		buf_adds(&cut, buf_text(&safe));
	}
	(void)attr_on(look_of(role), NULL);
	(void)mvaddstr(y, x, buf_text(&cut));
	(void)attr_off(look_of(role), NULL);
	return width;
}

int paint_format(int y, int x, int columns, enum role role, const char *format, ...)
{
	DEFER(buf_done)
	struct buf text = BUF_INIT(LINE_MAX_BYTES);
	va_list args;

	va_start(args, format);
	buf_vaddf(&text, format, args);
	va_end(args);
	return paint_text(y, x, columns, role, buf_text(&text));
}

void paint_bold(bool on)
{
	if (on)
		(void)attr_on(A_BOLD, NULL);
	else
		(void)attr_off(A_BOLD, NULL);
}

/* A character of a line: the terminal's own, or one that every terminal has. */
static chtype line_piece(chtype drawn, char typed)
{
	return term_info()->draws_lines ? drawn : (chtype)typed;
}

void paint_line_down(int y, int x, int rows)
{
	if (x < 0 || x >= COLS || y < 0 || y >= LINES || rows <= 0)
		return;
	(void)attr_on(look_of(ROLE_DIM), NULL);
	(void)mvvline(y, x, line_piece(ACS_VLINE, '|'), rows);
	(void)attr_off(look_of(ROLE_DIM), NULL);
}

static void put_corner(int y, int x, chtype drawn)
{
	if (y >= 0 && y < LINES && x >= 0 && x < COLS)
		(void)mvaddch(y, x, line_piece(drawn, '+') | look_of(ROLE_DIM));
}

void paint_frame(struct rect box, const char *title)
{
	int bottom = box.y + box.rows - 1;
	int right = box.x + box.columns - 1;

	paint_blank(box);
	paint_rule(box.y, box.x, box.columns, title, "");
	paint_rule(bottom, box.x, box.columns, "", "");
	paint_line_down(box.y, box.x, box.rows);
	paint_line_down(box.y, right, box.rows);
	put_corner(box.y, box.x, ACS_ULCORNER);
	put_corner(box.y, right, ACS_URCORNER);
	put_corner(bottom, box.x, ACS_LLCORNER);
	put_corner(bottom, right, ACS_LRCORNER);
}

void paint_rule(int y, int x, int columns, const char *heading, const char *note)
{
	if (y < 0 || y >= LINES)
		return;
	(void)attr_on(look_of(ROLE_DIM), NULL);
	(void)mvhline(y, x, line_piece(ACS_HLINE, '-'), columns);
	(void)attr_off(look_of(ROLE_DIM), NULL);
	if (heading[0] != '\0')
		(void)paint_format(y, x + 3, columns - 3, ROLE_TITLE, " %s ", heading);
	int width = text_width(note) + 2;
	if (note[0] != '\0' && text_width(heading) + 8 + width < columns)
		(void)paint_format(y, x + columns - width - 2, width, ROLE_DIM, " %s ",
				   note);
}
