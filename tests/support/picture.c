#include "tests/support/picture.h"

#include <stdio.h>
#include <string.h>

#include "tests/support/check.h"

/* Pixels. A cell is what the usual monospaced fonts take at this size; each run of text is
 * stretched to its cells, whatever font the viewer has; DejaVu at 14.95 fits without, as
 * some viewers do not stretch. */
enum { CELL_WIDTH = 9, CELL_HEIGHT = 19, BASELINE = 14 };
enum { MARGIN = 14, BAR_HEIGHT = 30, PATH_SIZE = 512 };

static void add_escaped(struct buf *ret, const char *text)
{
	for (; *text != '\0'; text++) {
		if (*text == '&')
			buf_adds(ret, "&amp;");
		else if (*text == '<')
			buf_adds(ret, "&lt;");
		else if (*text == '>')
			buf_adds(ret, "&gt;");
		else
			buf_addc(ret, *text);
	}
}

static void add_head(int width, int height, const char *title, struct buf *ret)
{
	buf_addf(
		ret,
		"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" "
		"width=\"%d\" "
		"height=\"%d\" font-family=\"DejaVu Sans Mono,Menlo,Consolas,monospace\" "
		"font-size=\"14.95\">\n<rect width=\"%d\" height=\"%d\" rx=\"8\" "
		"fill=\"#%06x\"/>\n",
		width, height, width, height, width, height, (unsigned)VT_PAPER);
	buf_addf(ret,
		 "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\" font-size=\"13\" "
		 "fill=\"#7d8797\">",
		 width / 2, BAR_HEIGHT - 9);
	add_escaped(ret, title);
	buf_adds(ret, "</text>\n");
	buf_addf(
		ret,
		"<circle cx=\"18\" cy=\"15\" r=\"5\" fill=\"#e06c75\"/><circle cx=\"34\" "
		"cy=\"15\" "
		"r=\"5\" fill=\"#e5c07b\"/><circle cx=\"50\" cy=\"15\" r=\"5\" "
		"fill=\"#98c379\"/>\n");
}

static bool same_look(const struct vt_cell *a, const struct vt_cell *b)
{
	return a->ink == b->ink && a->paper == b->paper && a->bold == b->bold &&
	       a->underline == b->underline;
}

static void cut(struct buf *text, size_t bytes)
{
	text->len = bytes;
	if (text->data != NULL)
		text->data[bytes] = '\0';
}

/* Cells from column on that look alike. Returns how many; their text without the blanks at
 * its end, and how many cells that takes. */
static int take_run(struct vt *vt, int row, int column, struct buf *text, int *ret_inked)
{
	const struct vt_cell first = vt_cell_at(vt, row, column);
	int columns, rows, count = 0;
	size_t length = 0;

	*ret_inked = 0;
	vt_size(vt, &columns, &rows);
	for (; column + count < columns; count++) {
		const struct vt_cell cell = vt_cell_at(vt, row, column + count);
		if (!same_look(&cell, &first))
			break;
		buf_adds(text, cell.text);
		if (strcmp(cell.text, " ") == 0)
			continue;
		length = text->len;
		*ret_inked = count + 1;
	}
	cut(text, length);
	return count;
}

static void add_run(const struct vt_cell *look, int x, int y, int cells, int inked,
		    struct buf *text, struct buf *ret)
{
	if (look->paper != VT_PAPER)
		buf_addf(ret,
			 "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" "
			 "fill=\"#%06x\"/>",
			 x, y, cells * CELL_WIDTH, CELL_HEIGHT, look->paper);
	if (inked == 0)
		return;
	buf_addf(ret,
		 "<text x=\"%d\" y=\"%d\" textLength=\"%d\" xml:space=\"preserve\" "
		 "fill=\"#%06x\"%s%s>",
		 x, y + BASELINE, inked * CELL_WIDTH, look->ink,
		 look->bold ? " font-weight=\"bold\"" : "",
		 look->underline ? " text-decoration=\"underline\"" : "");
	add_escaped(ret, buf_text(text));
	buf_adds(ret, "</text>\n");
}

static void add_row(struct vt *vt, int row, int columns, struct buf *ret)
{
	for (int column = 0; column < columns;) {
		DEFER(buf_done) struct buf text = BUF_INIT(65536);
		const struct vt_cell look = vt_cell_at(vt, row, column);
		int inked;
		int cells = take_run(vt, row, column, &text, &inked);
		add_run(&look, MARGIN + column * CELL_WIDTH,
			BAR_HEIGHT + row * CELL_HEIGHT, cells, inked, &text, ret);
		column += cells;
	}
}

void picture_add_svg(struct vt *vt, const char *title, struct buf *ret)
{
	int columns, rows;

	vt_size(vt, &columns, &rows);
	add_head(columns * CELL_WIDTH + 2 * MARGIN,
		 rows * CELL_HEIGHT + BAR_HEIGHT + MARGIN, title, ret);
	for (int row = 0; row < rows; row++)
		add_row(vt, row, columns, ret);
	buf_adds(ret, "</svg>\n");
}

static void write_file(const char *folder, const char *name, const char *extension,
		       const char *text)
{
	char path[PATH_SIZE];
	snprintf(path, sizeof(path), "%s/%s.%s", folder, name, extension);
	FILE *file = fopen(path, "we");
	if (file == NULL)
		fail_msg("%s cannot be written", path);
	(void)fputs(text, file);
	assert_int_equal(fclose(file), 0);
}

void picture_write(struct vt *vt, const char *folder, const char *name, const char *title)
{
	DEFER(buf_done) struct buf svg = BUF_INIT(PICTURE_MAX);

	picture_add_svg(vt, title, &svg);
	assert_false(buf_overflowed(&svg));
	write_file(folder, name, "svg", buf_text(&svg));
	write_file(folder, name, "txt", vt_screen(vt));
}
