#include "tui/console/paint.h"

#include <curses.h>
#include <stdarg.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/text.h"
#include "tui/console/canvas.h"
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
	canvas_clear();
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
		canvas_signs(y, area.x, area.columns, A_NORMAL, ' ');
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

/* What can be shown of any text. */
static void add_shown(struct buf *ret, const char *text)
{
	DEFER(buf_done) struct buf ascii = BUF_INIT(LINE_MAX_BYTES);

	if (term_info()->charset == TERM_ASCII) {
		add_ascii(&ascii, text);
		text = buf_text(&ascii);
	}
	text_add_safe(ret, text, false);
}

static int paint_any(int y, int x, int columns, enum role role, const char *text)
{
	DEFER(buf_done) struct buf safe = BUF_INIT(LINE_MAX_BYTES);
	DEFER(buf_done) struct buf cut = BUF_INIT(LINE_MAX_BYTES);

	add_shown(&safe, text);
	int width = text_width(buf_text(&safe));
	if (width > columns) {
		text_add_columns(&cut, buf_text(&safe), columns);
		width = columns;
	}
	canvas_text(y, x, look_of(role), buf_text(cut.len > 0 ? &cut : &safe));
	return width;
}

int paint_text(int y, int x, int columns, enum role role, const char *text)
{
	if (role == ROLE_LETTERS)
		return paint_letters(y, x, columns, text);
	if (columns > COLS - x)
		columns = COLS - x;
	if (y < 0 || y >= LINES || x < 0 || columns <= 0)
		return 0;
	size_t plain = text_plain_bytes(text);
	if (text[plain] != '\0' || plain > (size_t)columns)
		return paint_any(y, x, columns, role, text);
	canvas_text(y, x, look_of(role), text);
	return (int)plain;
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
	canvas_bold(on);
}

/* A character of a line: the terminal's own, or one that every terminal has. */
static chtype line_piece(chtype drawn, char typed)
{
	return term_info()->draws_lines ? drawn : (chtype)typed;
}

static void put_sign(int y, int x, chtype sign)
{
	canvas_signs(y, x, 1, look_of(ROLE_DIM), sign);
}

void paint_line_down(int y, int x, int rows)
{
	for (int i = 0; i < rows && y + i < LINES; i++)
		put_sign(y + i, x, line_piece(ACS_VLINE, '|'));
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
	put_sign(box.y, box.x, line_piece(ACS_ULCORNER, '+'));
	put_sign(box.y, right, line_piece(ACS_URCORNER, '+'));
	put_sign(bottom, box.x, line_piece(ACS_LLCORNER, '+'));
	put_sign(bottom, right, line_piece(ACS_LRCORNER, '+'));
}

void paint_rule(int y, int x, int columns, const char *heading, const char *note)
{
	if (y < 0 || y >= LINES)
		return;
	canvas_signs(y, x, columns, look_of(ROLE_DIM), line_piece(ACS_HLINE, '-'));
	if (heading[0] != '\0')
		(void)paint_format(y, x + 3, columns - 3, ROLE_TITLE, " %s ", heading);
	int width = text_width(note) + 2;
	if (note[0] != '\0' && text_width(heading) + 8 + width < columns)
		(void)paint_format(y, x + columns - width - 2, width, ROLE_DIM, " %s ",
				   note);
}
