#include "tui/console/form_draw.h"

#include <string.h>

#include "core/base/clock.h"
#include "core/base/text.h"
#include "core/judge/recur.h"
#include "tui/console/sentence.h"

enum {
	TEXT_MAX = 1024 * 1024,
	MARGIN = 2, /* "> " or "* " */
	LABEL_MOST = 20,
	ROWS_FOCUSED = 8, /* of a text with lines */
	ROWS_OTHER = 3,
	FAULT_ROWS = 2,
	FAULT_ROWS_FOCUSED = 5,
	HELP_ROWS = 4,
	MATCHES_SHOWN = 12,
};

static int label_columns(int columns)
{
	int label = columns / 3;

	return label < LABEL_MOST ? label : LABEL_MOST;
}

int form_value_columns(int columns)
{
	int value = columns - MARGIN - label_columns(columns) - 2;

	return value > 4 ? value : 4;
}

/* ---- how high ---- */

static int text_rows(const struct form *form, size_t index, int columns)
{
	const struct form_field *f = &form->fields[index];
	DEFER(edit_rows_done)
	struct edit_rows rows = { 0 };
	int most = index == form->focus ? ROWS_FOCUSED : ROWS_OTHER;

	if (!f->edit.lines)
		return 1;
	field_edit_rows(&f->edit, columns, &rows);
	return rows.count < (size_t)most ? (int)rows.count : most;
}

/* Under its field a fault need not begin with the field's name. */
static const char *fault_text(const struct form_field *f)
{
	size_t label = strlen(f->label);

	return text_starts_with(f->fault, f->label) && f->fault[label] == ':'
		       ? f->fault + label + 2
		       : f->fault;
}

static bool shows_fault(const struct form *form, const struct form_field *f)
{
	return f->fault[0] != '\0' && (f->touched || form->everything_touched);
}

/* Groups that exist nowhere yet: meant, or mistyped. */
static void add_new_groups(const struct form_field *f, struct buf *ret)
{
	const char *rest = field_edit_text(&f->edit);
	DEFER(buf_done) struct buf name = BUF_INIT(TEXT_MAX);

	while (names_next_line(&rest, &name))
		if (names_find(&f->names, buf_text(&name)) == NULL)
			buf_addf(ret, "%s%s", ret->len == 0 ? "new group: " : ", ",
				 buf_text(&name));
}

/* When it would come round next, under its last time; nothing while it is no rule yet. */
static void add_coming(const struct form *form, const struct form_field *f,
		       struct buf *ret)
{
	char from[TIME_TEXT_SIZE], until[TIME_TEXT_SIZE];
	int64_t from_ms = 0;
	int64_t until_ms = 0;
	struct err unready = { 0 };
	bool found = false;

	if (f->field == NULL || !text_equal(f->field->column, "until_time") ||
	    !recur_next(form->rec, form->now_ms, &from_ms, &until_ms, &found, &unready))
		return;
	if (!found)
		buf_adds(ret, "= never comes round");
	else
		buf_addf(ret, "= next %.16s to %s", time_format_local(from, from_ms),
			 time_format_local(until, until_ms));
}

/* What a time that is typed as +30m or 14:00 comes to, and which groups are new; nothing
 * for other fields. */
static void add_echo(const struct form *form, const struct form_field *f, struct buf *ret)
{
	char local[TIME_TEXT_SIZE], utc[TIME_TEXT_SIZE];

	if (f->list == FORM_LIST_GROUPS)
		add_new_groups(f, ret);

	if (form->kind == RECORD_SCHEDULE)
		add_coming(form, f, ret);
	if (f->field == NULL || f->field->type != FIELD_TIME || f->fault[0] != '\0')
		return;
	int64_t time_ms = field_number(f->field, form->rec);
	buf_addf(ret, "= %s  %s", time_format_local(local, time_ms),
		 time_format_utc_seconds(utc, time_ms));
}

static int below_rows(struct form *form, size_t index, int columns)
{
	const struct form_field *f = &form->fields[index];
	const struct name_item *match;
	DEFER(buf_done)
	struct buf echo = BUF_INIT(TEXT_MAX);
	int rows = 0;

	add_echo(form, f, &echo);
	rows += echo.len > 0;
	if (shows_fault(form, f))
		rows += sentence_rows(fault_text(f), columns,
				      index == form->focus ? FAULT_ROWS_FOCUSED
							   : FAULT_ROWS);
	if (index == form->focus && !f->fixed && form_matches(form, &match, 1) > 0)
		rows++;
	return rows;
}

/* ---- one field ---- */

/* A single line, scrolled so that the cursor is seen. */
static void draw_line(const struct form *form, const struct form_field *f,
		      struct rect area, bool focused)
{
	DEFER(buf_done)
	struct buf text = BUF_INIT(TEXT_MAX);
	bool typed = f->field == NULL || !f->field->secret;
	size_t from = 0;

	form_show(form, f, &text);
	if (focused && typed && !f->fixed)
		from = field_edit_window(&f->edit, area.columns);
	if (from > text.len)
		from = 0;
	(void)paint_text(area.y, area.x, area.columns, f->fixed ? ROLE_DIM : ROLE_TEXT,
			 buf_text(&text) + from);
	if (!focused || f->fixed)
		return;
	int x = typed ? field_edit_width(&f->edit, from, f->edit.at)
		      : text_width(buf_text(&text));
	paint_cursor(area.y, area.x + (x < area.columns ? x : area.columns - 1));
}

static void draw_choice(const struct form *form, const struct form_field *f,
			struct rect area, bool focused)
{
	DEFER(buf_done)
	struct buf text = BUF_INIT(256);

	form_show(form, f, &text);
	(void)paint_text(area.y, area.x, area.columns, f->fixed ? ROLE_DIM : ROLE_TEXT,
			 buf_text(&text));
	if (focused)
		paint_cursor(area.y, area.x + (f->field->type == FIELD_BOOL ? 1 : 2));
}

/* A text with lines: as many rows as there is room for, with the cursor among them. */
static void draw_rows(const struct form_field *f, struct rect area, bool focused)
{
	DEFER(edit_rows_done)
	struct edit_rows rows = { 0 };
	size_t height = (size_t)area.rows;
	size_t top = 0;

	field_edit_rows(&f->edit, area.columns, &rows);
	size_t at = edit_rows_cursor(&rows, f->edit.at);
	if (focused && at >= height)
		top = at - height + 1;
	for (size_t i = 0; i < height && top + i < rows.count; i++) {
		struct edit_row r = rows.items[top + i];
		DEFER(buf_done)
		struct buf line = BUF_INIT(TEXT_MAX);
		buf_add(&line, field_edit_text(&f->edit) + r.begin, r.end - r.begin);
		(void)paint_text(area.y + (int)i, area.x, area.columns, ROLE_TEXT,
				 buf_text(&line));
	}
	if (!focused && rows.count > height)
		(void)paint_format(area.y + area.rows - 1, area.x + area.columns - 12, 12,
				   ROLE_DIM, " ..%zu rows", rows.count);
	if (focused)
		paint_cursor(area.y + (int)(at - top),
			     area.x + field_edit_width(&f->edit, rows.items[at].begin,
						       f->edit.at));
}

static void draw_matches(struct form *form, struct rect line)
{
	const struct name_item *matches[MATCHES_SHOWN];
	size_t count = form_matches(form, matches, MATCHES_SHOWN);
	DEFER(buf_done)
	struct buf text = BUF_INIT(TEXT_MAX);

	for (size_t i = 0; i < count && i < MATCHES_SHOWN; i++)
		buf_addf(&text, "%s%s", i == 0 ? "^N " : " | ", matches[i]->name);
	if (count > MATCHES_SHOWN)
		buf_addf(&text, " | %zu more", count - MATCHES_SHOWN);
	(void)paint_text(line.y, line.x, line.columns, ROLE_INFO, buf_text(&text));
}

static void draw_below(struct form *form, struct form_field *f, struct rect area,
		       bool focused)
{
	const struct name_item *match;
	DEFER(buf_done)
	struct buf echo = BUF_INIT(TEXT_MAX);

	add_echo(form, f, &echo);
	if (echo.len > 0) {
		(void)paint_text(area.y++, area.x, area.columns, ROLE_DIM,
				 buf_text(&echo));
		area.rows--;
	}
	if (focused && !f->fixed && form_matches(form, &match, 1) > 0) {
		draw_matches(form, area);
		area.y++;
		area.rows--;
	}
	if (shows_fault(form, f))
		(void)sentence_draw(area, focused ? ROLE_WARN : ROLE_BAD, fault_text(f));
}

static void draw_label(const struct form *form, const struct form_field *f,
		       struct rect line, bool focused)
{
	int columns = label_columns(line.columns);

	if (focused)
		(void)paint_text(line.y, line.x, 1, ROLE_TITLE, ">");
	else if (form_field_changed(form, f))
		(void)paint_text(line.y, line.x, 1, ROLE_INFO, "*");
	paint_bold(focused);
	(void)paint_text(line.y, line.x + MARGIN, columns, ROLE_DIM, f->label);
	paint_bold(false);
}

static void draw_field(struct form *form, size_t index, struct rect area, int rows)
{
	struct form_field *f = &form->fields[index];
	bool focused = index == form->focus;
	struct rect value = area;

	value.columns = form_value_columns(area.columns);
	value.x = area.x + MARGIN + label_columns(area.columns) + 1;
	value.rows = rows;
	draw_label(form, f, area, focused);
	if (f->field != NULL &&
	    (f->field->type == FIELD_BOOL || f->field->type == FIELD_CHOICE))
		draw_choice(form, f, value, focused);
	else if (f->edit.lines)
		draw_rows(f, value, focused);
	else
		draw_line(form, f, value, focused);
	value.y += rows;
	value.rows = area.rows - rows;
	if (value.rows > 0)
		draw_below(form, f, value, focused);
}

/* ---- the whole ---- */

static int field_rows(struct form *form, size_t index, int columns)
{
	if (!form_shows(form, &form->fields[index]))
		return 0;
	return text_rows(form, index, columns) + below_rows(form, index, columns);
}

/* Rows of the fields from first on, up to but without end. */
static int rows_between(struct form *form, size_t first, size_t end, int columns)
{
	int rows = 0;

	for (size_t i = first; i < end; i++)
		rows += field_rows(form, i, columns);
	return rows;
}

/* The focused field whole, and no empty rows while there is something to show in them. */
static void keep_focus_in_sight(struct form *form, struct rect area)
{
	int columns = form_value_columns(area.columns);

	if (form->focus < form->first)
		form->first = form->focus;
	while (form->first < form->focus &&
	       rows_between(form, form->first, form->focus + 1, columns) > area.rows)
		form->first++;
	while (form->first > 0 &&
	       rows_between(form, form->first - 1, form->count, columns) <= area.rows)
		form->first--;
}

static void draw_fields(struct form *form, struct rect area)
{
	int columns = form_value_columns(area.columns);
	int end = area.y + area.rows;
	int y = area.y;

	for (size_t i = form->first; i < form->count && y < end; i++) {
		int rows = field_rows(form, i, columns);
		int text = text_rows(form, i, columns);
		struct rect field = { y, area.x, rows < end - y ? rows : end - y,
				      area.columns };
		if (rows > 0)
			draw_field(form, i, field, text < end - y ? text : end - y);
		y += rows;
	}
}

void form_draw(struct form *form, struct rect area)
{
	const struct form_field *f = form_focused(form);
	int columns = area.columns - 2;
	int help = area.rows > 8 ? sentence_rows(f->help, columns, HELP_ROWS) : 0;
	bool fault = form->fault[0] != '\0' && form->everything_touched;
	struct rect fields = { area.y, area.x, area.rows, area.columns };

	if (help > 0)
		fields.rows -= help + 1;
	if (fault)
		fields.rows -= FAULT_ROWS;
	keep_focus_in_sight(form, fields);
	draw_fields(form, fields);
	if (fault) {
		struct rect line = { fields.y + fields.rows, area.x + 1, FAULT_ROWS,
				     columns };
		(void)sentence_draw(line, ROLE_BAD, form->fault);
	}
	if (help == 0)
		return;
	struct rect line = { area.y + area.rows - help, area.x + 1, help, columns };
	paint_rule(line.y - 1, area.x, area.columns, f->label, "");
	(void)sentence_draw(line, ROLE_DIM, f->help);
}
