/* A row is kept as the pieces that were put on it, one after the other, as bytes: two rows
 * that were drawn alike look alike. */
#include "tui/console/canvas.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"

enum {
	ROW_BYTES_MAX = 1 << 20
}; /* boxes over boxes, each of a whole row, by the hundred */

/* Compared as bytes: there must be none between its members. */
struct piece {
	int32_t x;
	int32_t count;   /* of the sign; text: 0 */
	uint32_t length; /* bytes of text that follow */
	attr_t look;
	chtype sign;
};

_Static_assert(sizeof(struct piece) ==
		       3 * sizeof(int32_t) + sizeof(attr_t) + sizeof(chtype),
	       "a piece has no padding");

struct row {
	struct buf drawn; /* in the frame that is being drawn */
	struct buf shown; /* what ncurses has been told */
};

/* A part of the terminal, of which there is one, as ncurses's own screen is. */
static struct {
	struct row *rows;
	int row_count, column_count; /* 0: ncurses knows nothing yet */
	attr_t bold;
} canvas;

static void free_rows(void)
{
	for (int y = 0; y < canvas.row_count; y++) {
		buf_done(&canvas.rows[y].drawn);
		buf_done(&canvas.rows[y].shown);
	}
	free(canvas.rows);
	canvas.rows = NULL;
	canvas.row_count = canvas.column_count = 0;
}

/* Nothing is known of a screen whose size has changed. */
static void begin_anew(void)
{
	free_rows();
	canvas.rows = mem_new((size_t)LINES, sizeof(canvas.rows[0]));
	canvas.row_count = LINES;
	canvas.column_count = COLS;
	for (int y = 0; y < LINES; y++)
		canvas.rows[y] =
			(struct row){ BUF_INIT(ROW_BYTES_MAX), BUF_INIT(ROW_BYTES_MAX) };
	(void)erase();
}

void canvas_clear(void)
{
	if (canvas.row_count != LINES || canvas.column_count != COLS)
		begin_anew();
	for (int y = 0; y < canvas.row_count; y++)
		buf_reset(&canvas.rows[y].drawn);
	canvas.bold = 0;
}

static void put(int y, const struct piece *piece, const char *text)
{
	if (y < 0 || y >= canvas.row_count || piece->x < 0 ||
	    piece->x >= canvas.column_count)
		return;
	buf_add(&canvas.rows[y].drawn, piece, sizeof(*piece));
	buf_add(&canvas.rows[y].drawn, text, piece->length);
}

void canvas_text(int y, int x, attr_t look, const char *text)
{
	struct piece piece = { .x = x,
			       .length = (uint32_t)strlen(text),
			       .look = look | canvas.bold };

	put(y, &piece, text);
}

void canvas_signs(int y, int x, int count, attr_t look, chtype sign)
{
	struct piece piece = {
		.x = x, .count = count, .look = look | canvas.bold, .sign = sign
	};

	if (count > 0)
		put(y, &piece, "");
}

void canvas_bold(bool on)
{
	canvas.bold = on ? A_BOLD : 0;
}

static void tell_row(int y, const struct buf *row)
{
	struct piece piece;

	(void)wmove(stdscr, y, 0);
	(void)clrtoeol();
	for (size_t at = 0; at < row->len; at += piece.length) {
		memcpy(&piece, row->data + at, sizeof(piece));
		at += sizeof(piece);
		(void)attr_on(piece.look, NULL);
		if (piece.count > 0)
			(void)mvhline(y, piece.x, piece.sign, piece.count);
		else
			(void)mvaddnstr(y, piece.x, row->data + at, (int)piece.length);
		(void)attr_off(piece.look, NULL);
	}
}

static bool is_as_shown(const struct row *row)
{
	return row->drawn.len == row->shown.len &&
	       memcmp(buf_text(&row->drawn), buf_text(&row->shown), row->drawn.len) == 0;
}

void canvas_show(void)
{
	for (int y = 0; y < canvas.row_count; y++) {
		struct row *row = &canvas.rows[y];
		if (is_as_shown(row))
			continue;
		tell_row(y, &row->drawn);
		struct buf before = row->shown; /* its memory serves the next frame */
		row->shown = row->drawn;
		row->drawn = before;
	}
}

void canvas_done(void)
{
	free_rows();
}
