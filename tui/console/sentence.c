#include "tui/console/sentence.h"

#include "tui/console/field_edit.h"

enum { TEXT_MAX = 256 * 1024 };

int sentence_rows(const char *sentence, int columns, int most)
{
	DEFER(edit_rows_done)
	struct edit_rows rows = { 0 };
	struct field_edit text;

	field_edit_init(&text, TEXT_MAX, true);
	field_edit_set(&text, sentence);
	field_edit_rows(&text, columns, &rows);
	field_edit_done(&text);
	return rows.count < (size_t)most ? (int)rows.count : most;
}

int sentence_draw(struct rect area, enum role role, const char *sentence)
{
	DEFER(edit_rows_done)
	struct edit_rows rows = { 0 };
	struct field_edit text;
	int row = 0;

	field_edit_init(&text, TEXT_MAX, true);
	field_edit_set(&text, sentence);
	field_edit_rows(&text, area.columns, &rows);
	for (; row < area.rows && (size_t)row < rows.count; row++) {
		struct edit_row r = rows.items[row];
		DEFER(buf_done)
		struct buf line = BUF_INIT(TEXT_MAX);
		buf_add(&line, sentence + r.begin, r.end - r.begin);
		(void)paint_text(area.y + row, area.x, area.columns, role,
				 buf_text(&line));
	}
	field_edit_done(&text);
	return row;
}

enum { ROWS_TO_SPARE = 4 };

struct rect sentence_foot(struct rect area, int rows, const char *heading, enum role role,
			  const char *sentence)
{
	if (area.rows < rows + ROWS_TO_SPARE)
		return area;
	area.rows -= rows;
	int y = area.y + area.rows;
	paint_rule(y, area.x, area.columns, heading, "");
	struct rect below = { y + 1, area.x + 1, rows - 1, area.columns - 2 };
	(void)sentence_draw(below, role, sentence);
	return area;
}
