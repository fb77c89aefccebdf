/* What keys and pastes do to a form. */
#include <curses.h>
#include <string.h>

#include "core/base/text.h"
#include "tui/console/form_value.h"
#include "tui/console/keys.h"

#define CONTROL(letter) ((letter)&0x1f)
enum { MATCHES_MAX = 64 };

/* ---- booleans and choices ---- */

static int64_t stepped(const struct field *field, int64_t value, int64_t step)
{
	int64_t count = field->type == FIELD_BOOL ? 2 : field->choices;

	return (value + step + count) % count;
}

/* The choice that begins with the letter; the next such one when it is chosen already. */
static int64_t chosen_by_letter(const struct field *field, int64_t value, int letter)
{
	for (int64_t i = 1; i <= field->choices; i++) {
		int64_t candidate = (value + i) % field->choices;
		if (field->choice_text((int)candidate)[0] == letter)
			return candidate;
	}
	return value;
}

static bool switch_value(struct form *form, struct form_field *f, int key)
{
	const struct field *field = f->field;
	int64_t value = field_number(field, form->rec);

	if (key == ' ' || key == KEY_RIGHT)
		value = stepped(field, value, 1);
	else if (key == KEY_LEFT)
		value = stepped(field, value, -1);
	else if (field->type == FIELD_BOOL && (key == 'y' || key == 'n'))
		value = key == 'y';
	else if (field->type == FIELD_CHOICE && key_char(key) > ' ')
		value = chosen_by_letter(field, value, key);
	else
		return key_char(key) >= 0; /* a letter here is no command of the screen */
	field_set_number(field, form->rec, value);
	f->touched = true;
	form_value_changed(form, f);
	return true;
}

/* ---- names ---- */

/* Where the name under the cursor begins and ends: a line of a list, or the whole field. */
static void name_at(const struct form_field *f, size_t *ret_begin, size_t *ret_end)
{
	const char *text = field_edit_text(&f->edit);
	size_t begin = f->edit.at;

	while (begin > 0 && text[begin - 1] != '\n')
		begin--;
	*ret_begin = begin;
	*ret_end = begin + strcspn(text + begin, "\n");
}

static void typed_name(const struct form_field *f, struct buf *ret)
{
	size_t begin, end;

	name_at(f, &begin, &end);
	buf_add(ret, field_edit_text(&f->edit) + begin, end - begin);
}

size_t form_matches(struct form *form, const struct name_item **ret, size_t max)
{
	const struct form_field *f = form_focused(form);
	DEFER(buf_done)
	struct buf typed = BUF_INIT(f->edit.text.max);

	if (f->names.count == 0)
		return 0;
	typed_name(f, &typed);
	/* What is complete already needs no offer. */
	if (names_find(&f->names, buf_text(&typed)) != NULL)
		return 0;
	return names_match(&f->names, buf_text(&typed), ret, max);
}

static void put_name(struct form *form, struct form_field *f, const char *name)
{
	const char *text = field_edit_text(&f->edit);
	size_t begin, end;
	struct buf changed = BUF_INIT(f->edit.text.max);

	name_at(f, &begin, &end);
	buf_add(&changed, text, begin);
	buf_adds(&changed, name);
	size_t at = changed.len;
	buf_adds(&changed, text + end);
	if (!buf_overflowed(&changed)) {
		field_edit_set(&f->edit, buf_text(&changed));
		f->edit.at = at;
	}
	buf_done(&changed);
	f->touched = true;
	form_value_changed(form, f);
}

bool form_complete(struct form *form)
{
	struct form_field *f = form_focused(form);
	const struct name_item *matches[MATCHES_MAX];
	DEFER(buf_done)
	struct buf typed = BUF_INIT(f->edit.text.max);

	typed_name(f, &typed);
	if (f->list == FORM_LIST_GROUPS || typed.len == 0 ||
	    form_matches(form, matches, MATCHES_MAX) == 0)
		return false;
	put_name(form, f, matches[0]->name);
	return true;
}

/* Ctrl-N and Ctrl-P go through all names when one stands there whole, else through what
 * fits. */
static bool step_names(struct form *form, struct form_field *f, int step)
{
	DEFER(buf_done)
	struct buf typed = BUF_INIT(f->edit.text.max);
	const struct name_item *matches[MATCHES_MAX];

	if (f->names.count == 0)
		return false;
	typed_name(f, &typed);
	const struct name_item *item = names_find(&f->names, buf_text(&typed));
	if (item == NULL) {
		if (form_matches(form, matches, MATCHES_MAX) > 0)
			put_name(form, f, matches[0]->name);
		return true;
	}
	size_t count = f->names.count;
	size_t at = (size_t)(item - f->names.items);
	at = step > 0 ? (at + 1) % count : (at + count - 1) % count;
	put_name(form, f, f->names.items[at].name);
	return true;
}

/* ---- text ---- */

/* A secret is typed at its end: nobody sees where the cursor would be. */
static bool edit_secret(struct form *form, struct form_field *f, int key)
{
	f->edit.at = f->edit.text.len;
	if (field_edit_key(&f->edit, key) == EDIT_NOTHING)
		return false;
	f->edit.at = f->edit.text.len;
	f->touched = true;
	form_value_changed(form, f);
	return true;
}

/* A number is typed anew more often than it is mended. */
static void begin_anew(struct form_field *f, int key)
{
	bool number = f->field != NULL && !field_is_text(f->field) &&
		      f->field->type != FIELD_REFERENCE;

	if (f->fresh && number && key_char(key) >= 0)
		field_edit_set(&f->edit, "");
	f->fresh = false;
}

static bool edit_text(struct form *form, struct form_field *f, int key, int columns)
{
	begin_anew(f, key);
	if (f->edit.lines && (key == KEY_UP || key == KEY_DOWN))
		return field_edit_move_row(&f->edit, columns, key == KEY_UP ? -1 : 1);
	switch (field_edit_key(&f->edit, key)) {
	case EDIT_NOTHING: return false;
	case EDIT_MOVED: return true;
	case EDIT_CHANGED: break;
	}
	f->touched = true;
	form_value_changed(form, f);
	return true;
}

bool form_key(struct form *form, int key, int columns)
{
	struct form_field *f = form_focused(form);

	if (f->fixed)
		return key_char(key) >= 0;
	if (f->field != NULL && !form_value_is_typed(f->field))
		return switch_value(form, f, key);
	if (key == CONTROL('n') || key == CONTROL('p'))
		return step_names(form, f, key == CONTROL('n') ? 1 : -1);
	if (f->field != NULL && f->field->secret)
		return edit_secret(form, f, key);
	return edit_text(form, f, key, columns);
}

bool form_paste(struct form *form, const char *text)
{
	struct form_field *f = form_focused(form);
	DEFER(buf_done)
	struct buf pasted = BUF_INIT(f->edit.text.max);

	if (f->fixed || (f->field != NULL && !form_value_is_typed(f->field)))
		return false;
	buf_adds(&pasted, text);
	/* The newline that a copied line ends with is none of the value. */
	while (!f->edit.lines && pasted.len > 0 && pasted.data[pasted.len - 1] == '\n')
		pasted.data[--pasted.len] = '\0';
	if (buf_overflowed(&pasted) || !field_edit_insert(&f->edit, buf_text(&pasted)))
		return false;
	f->touched = true;
	form_value_changed(form, f);
	return true;
}

void form_replace_text(struct form *form, const char *text)
{
	struct form_field *f = form_focused(form);

	field_edit_set(&f->edit, text);
	f->touched = true;
	form_value_changed(form, f);
}
