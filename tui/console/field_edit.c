#include "tui/console/field_edit.h"

#include <curses.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "tui/console/keys.h"

#define CONTROL(letter) ((letter)&0x1f)
enum { KEY_OF_DELETE = 127, SHOWN_BYTES = 32 };

void field_edit_init(struct field_edit *edit, size_t max_bytes, bool lines)
{
	*edit = (struct field_edit){ .text = BUF_INIT(max_bytes),
				     .cut = BUF_INIT(max_bytes),
				     .lines = lines };
}

void field_edit_done(struct field_edit *edit)
{
	buf_done(&edit->text);
	buf_done(&edit->cut);
}

const char *field_edit_text(const struct field_edit *edit)
{
	return buf_text(&edit->text);
}

void field_edit_set(struct field_edit *edit, const char *text)
{
	buf_reset(&edit->text);
	buf_adds(&edit->text, text);
	edit->at = edit->text.len;
	edit->offered = false;
}

void field_edit_offer(struct field_edit *edit)
{
	edit->at = 0;
	edit->offered = edit->text.len > 0;
}

/* ---- characters ---- */

/* Bytes of the character at text; an invalid byte is one of its own. */
static size_t char_bytes(const char *text, size_t left, uint32_t *ret_point)
{
	size_t bytes = utf8_decode(text, left, ret_point);

	if (bytes > 0)
		return bytes;
	*ret_point = 0;
	return left > 0 ? 1 : 0;
}

static int shown_width(const char *text, size_t bytes)
{
	if (bytes == 1 && text[0] >= ' ' && text[0] < KEY_OF_DELETE)
		return 1;
	DEFER(buf_done)
	struct buf one = BUF_INIT(SHOWN_BYTES);
	DEFER(buf_done)
	struct buf safe = BUF_INIT(SHOWN_BYTES);

	buf_add(&one, text, bytes);
	text_add_safe(&safe, buf_text(&one), false);
	return text_width(buf_text(&safe));
}

int field_edit_width(const struct field_edit *edit, size_t begin, size_t end)
{
	int width = 0;
	uint32_t point;

	while (begin < end) {
		size_t bytes =
			char_bytes(field_edit_text(edit) + begin, end - begin, &point);
		width += shown_width(field_edit_text(edit) + begin, bytes);
		begin += bytes;
	}
	return width;
}

/* The character before or after at; what takes no column of its own goes with its base. */
static size_t before(const struct field_edit *edit, size_t at)
{
	const char *text = field_edit_text(edit);

	while (at > 0) {
		do
			at--;
		while (at > 0 && ((unsigned char)text[at] & 0xc0) == 0x80);
		uint32_t point;
		size_t bytes = char_bytes(text + at, edit->text.len - at, &point);
		if (shown_width(text + at, bytes) > 0)
			break;
	}
	return at;
}

static size_t after(const struct field_edit *edit, size_t at)
{
	const char *text = field_edit_text(edit);
	uint32_t point;

	at += char_bytes(text + at, edit->text.len - at, &point);
	while (at < edit->text.len) {
		size_t bytes = char_bytes(text + at, edit->text.len - at, &point);
		if (text[at] == '\n' || shown_width(text + at, bytes) > 0)
			break;
		at += bytes;
	}
	return at;
}

/* ---- changing ---- */

static bool replace(struct field_edit *edit, size_t begin, size_t end, const char *text)
{
	struct buf changed = BUF_INIT(edit->text.max);

	buf_add(&changed, field_edit_text(edit), begin);
	buf_adds(&changed, text);
	size_t at = changed.len;
	buf_add(&changed, field_edit_text(edit) + end, edit->text.len - end);
	if (buf_overflowed(&changed)) {
		buf_done(&changed);
		return false;
	}
	buf_done(&edit->text);
	edit->text = changed;
	edit->at = at;
	return true;
}

bool field_edit_insert(struct field_edit *edit, const char *text)
{
	const size_t end = edit->offered ? edit->text.len : edit->at;

	if (!replace(edit, edit->at, end, text))
		return false;
	edit->offered = false;
	return true;
}

static enum edit_effect take_out(struct field_edit *edit, size_t begin, size_t end,
				 bool keep)
{
	if (begin == end)
		return EDIT_MOVED;
	if (keep) {
		buf_reset(&edit->cut);
		buf_add(&edit->cut, field_edit_text(edit) + begin, end - begin);
	}
	return replace(edit, begin, end, "") ? EDIT_CHANGED : EDIT_NOTHING;
}

static size_t line_begin(const struct field_edit *edit)
{
	size_t at = edit->at;

	while (edit->lines && at > 0 && field_edit_text(edit)[at - 1] != '\n')
		at--;
	return edit->lines ? at : 0;
}

static size_t line_end(const struct field_edit *edit)
{
	if (!edit->lines)
		return edit->text.len;
	return edit->at + strcspn(field_edit_text(edit) + edit->at, "\n");
}

static size_t word_begin(const struct field_edit *edit)
{
	const char *text = field_edit_text(edit);
	size_t at = edit->at;

	while (at > 0 && text[at - 1] == ' ')
		at--;
	while (at > 0 && text[at - 1] != ' ' && text[at - 1] != '\n')
		at--;
	return at;
}

/* ---- keys ---- */

enum motion {
	MOVE_LEFT,
	MOVE_RIGHT,
	MOVE_BEGIN,
	MOVE_END,
	ERASE_LEFT,
	ERASE_RIGHT,
	CUT_END,
	CUT_BEGIN,
	CUT_WORD,
	PUT_CUT,
	NEW_LINE,
};

struct edit_key {
	int key;
	enum motion motion;
};

static const struct edit_key edit_keys[] = {
	{ KEY_LEFT, MOVE_LEFT },
	{ CONTROL('b'), MOVE_LEFT },
	{ KEY_RIGHT, MOVE_RIGHT },
	{ CONTROL('f'), MOVE_RIGHT },
	{ KEY_HOME, MOVE_BEGIN },
	{ CONTROL('a'), MOVE_BEGIN },
	{ KEY_END, MOVE_END },
	{ CONTROL('e'), MOVE_END },
	{ KEY_BACKSPACE, ERASE_LEFT },
	{ KEY_OF_DELETE, ERASE_LEFT },
	{ CONTROL('h'), ERASE_LEFT },
	{ KEY_DC, ERASE_RIGHT },
	{ CONTROL('d'), ERASE_RIGHT },
	{ CONTROL('k'), CUT_END },
	{ CONTROL('u'), CUT_BEGIN },
	{ CONTROL('w'), CUT_WORD },
	{ CONTROL('y'), PUT_CUT },
	{ '\r', NEW_LINE },
	{ '\n', NEW_LINE },
	{ KEY_ENTER, NEW_LINE },
};

static enum edit_effect move_to(struct field_edit *edit, size_t at)
{
	edit->at = at;
	return EDIT_MOVED;
}

static enum edit_effect put_in(struct field_edit *edit, const char *text)
{
	return field_edit_insert(edit, text) ? EDIT_CHANGED : EDIT_MOVED;
}

static enum edit_effect perform(struct field_edit *edit, enum motion motion)
{
	size_t at = edit->at;

	switch (motion) {
	case MOVE_LEFT: return move_to(edit, before(edit, at));
	case MOVE_RIGHT: return move_to(edit, after(edit, at));
	case MOVE_BEGIN: return move_to(edit, line_begin(edit));
	case MOVE_END: return move_to(edit, line_end(edit));
	case ERASE_LEFT: return take_out(edit, before(edit, at), at, false);
	case ERASE_RIGHT: return take_out(edit, at, after(edit, at), false);
	case CUT_END: return take_out(edit, at, line_end(edit), true);
	case CUT_BEGIN: return take_out(edit, line_begin(edit), at, true);
	case CUT_WORD: return take_out(edit, word_begin(edit), at, true);
	case PUT_CUT: return put_in(edit, buf_text(&edit->cut));
	case NEW_LINE: return edit->lines ? put_in(edit, "\n") : EDIT_NOTHING;
	}
	return EDIT_NOTHING;
}

static void take_offer(struct field_edit *edit)
{
	if (edit->offered)
		edit->at = edit->text.len;
	edit->offered = false;
}

enum edit_effect field_edit_key(struct field_edit *edit, int key)
{
	char text[5] = "";
	int point = key_char(key);

	if (point < 0)
		take_offer(edit);
	for (size_t i = 0; i < COUNT_OF(edit_keys); i++)
		if (edit_keys[i].key == key)
			return perform(edit, edit_keys[i].motion);
	if (point < 0)
		return EDIT_NOTHING;
	text[utf8_encode((uint32_t)point, text)] = '\0';
	return put_in(edit, text);
}

/* ---- rows ---- */

/* Where the row that begins at begin ends, and where the next one begins. */
static size_t row_end(const struct field_edit *edit, size_t begin, int columns,
		      size_t *ret_next)
{
	const char *text = field_edit_text(edit);
	size_t at = begin;
	size_t blank = 0;
	int width = 0;
	uint32_t point;

	while (at < edit->text.len && text[at] != '\n') {
		size_t bytes = char_bytes(text + at, edit->text.len - at, &point);
		width += shown_width(text + at, bytes);
		if (width > columns && at > begin) {
			*ret_next = blank > begin ? blank : at;
			return *ret_next;
		}
		at += bytes;
		if (point == ' ')
			blank = at;
	}
	*ret_next = at < edit->text.len ? at + 1 : at;
	return at;
}

void field_edit_rows(const struct field_edit *edit, int columns, struct edit_rows *ret)
{
	size_t begin = 0;
	size_t next = 0;
	size_t end;

	ret->count = 0;
	do {
		end = row_end(edit, begin, columns, &next);
		VEC_PUSH(ret->items, ret->count, ret->capacity) =
			(struct edit_row){ begin, end };
		begin = next;
	} while (next < edit->text.len);
	/* A newline at the very end begins an empty row. */
	if (end < edit->text.len)
		VEC_PUSH(ret->items, ret->count, ret->capacity) =
			(struct edit_row){ edit->text.len, edit->text.len };
}

void edit_rows_done(struct edit_rows *rows)
{
	free(rows->items);
	*rows = (struct edit_rows){ 0 };
}

size_t edit_rows_cursor(const struct edit_rows *rows, size_t at)
{
	size_t row = 0;

	while (row + 1 < rows->count && rows->items[row + 1].begin <= at)
		row++;
	return row;
}

bool field_edit_move_row(struct field_edit *edit, int columns, int step)
{
	DEFER(edit_rows_done)
	struct edit_rows rows = { 0 };

	field_edit_rows(edit, columns, &rows);
	size_t row = edit_rows_cursor(&rows, edit->at);
	if ((step < 0 && row == 0) || (step > 0 && row + 1 == rows.count))
		return false;
	int wanted = field_edit_width(edit, rows.items[row].begin, edit->at);
	row = step < 0 ? row - 1 : row + 1;
	size_t at = rows.items[row].begin;
	while (at < rows.items[row].end &&
	       field_edit_width(edit, rows.items[row].begin, after(edit, at)) <= wanted)
		at = after(edit, at);
	/* The end of a full row is the beginning of the next one. */
	if (row + 1 < rows.count && at == rows.items[row + 1].begin && at > 0)
		at = before(edit, at);
	edit->at = at;
	return true;
}

size_t field_edit_window(const struct field_edit *edit, int columns)
{
	size_t begin = edit->at;
	int width = 0;

	while (begin > 0) {
		size_t left = before(edit, begin);
		width += field_edit_width(edit, left, begin);
		if (width >= columns)
			break;
		begin = left;
	}
	return begin;
}
