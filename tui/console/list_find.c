/* The filter as it is typed, and the matches that the cursor goes to. */
#include <stdlib.h>
#include <string.h>

#include "tui/console/list.h"

static void look_for_typed(struct list *list)
{
	row_filter_parse(&list->filter, field_edit_text(&list->typed));
	list_ask(list);
}

void list_set_filter(struct list *list, const char *text)
{
	field_edit_set(&list->typed, text);
	look_for_typed(list);
}

/* ---- what was looked for before ---- */

static void remember(struct list *list, const char *text)
{
	int last = 0;

	if (text[0] == '\0')
		return;
	while (last < LIST_PAST_FILTERS - 1 && list->past[last] != NULL &&
	       strcmp(list->past[last], text) != 0)
		last++;
	free(list->past[last]);
	memmove(list->past + 1, list->past, (size_t)last * sizeof(list->past[0]));
	list->past[0] = mem_strdup(text);
}

static void show_past(struct list *list, int step)
{
	int wanted = list->past_shown + step;

	if (wanted < -1 || wanted >= LIST_PAST_FILTERS ||
	    (wanted >= 0 && list->past[wanted] == NULL))
		return;
	list->past_shown = wanted;
	list_set_filter(list, wanted < 0 ? "" : list->past[wanted]);
}

/* ---- typing ---- */

/* A word typed behind an old filter would be looked for together with it. */
static void begin_typing(struct list *list)
{
	list->typing = true;
	list->past_shown = -1;
	field_edit_offer(&list->typed);
}

static void end_typing(struct list *list, bool keep)
{
	list->typing = false;
	remember(list, field_edit_text(&list->typed));
	if (!keep)
		list_set_filter(list, "");
}

bool list_key(struct list *list, int key)
{
	enum action action = keymap_find(&keymap_form, key);

	if (!list->typing || action == ACTION_SUSPEND || action == ACTION_REDRAW)
		return false;
	if (action == ACTION_BACK)
		end_typing(list, false);
	else if (keymap_find(&keymap_list, key) == ACTION_OPEN)
		end_typing(list, true);
	else if (action == ACTION_PREVIOUS_FIELD)
		show_past(list, 1);
	else if (action == ACTION_NEXT_FIELD)
		show_past(list, -1);
	else if (field_edit_key(&list->typed, key) == EDIT_CHANGED)
		look_for_typed(list);
	return true;
}

bool list_paste(struct list *list, const char *text)
{
	if (!list->typing || strpbrk(text, "\r\n\t") != NULL ||
	    !field_edit_insert(&list->typed, text))
		return false;
	look_for_typed(list);
	return true;
}

/* ---- matches ---- */

/* The next row, or the one before, that meets the last filter; round the ends. */
static void go_to_match(struct list *list, bool back)
{
	struct row_filter *last = mem_new(1, sizeof(*last));
	size_t at = list->cursor;

	row_filter_parse(last, list->past[0] != NULL ? list->past[0] : "");
	for (size_t i = 0; i < list->count; i++) {
		at = back ? (at > 0 ? at - 1 : list->count - 1) : (at + 1) % list->count;
		const void *row = list_row(list, at);
		if (row != NULL && list_meets(list, last, row)) {
			list_move_to(list, at);
			break;
		}
	}
	free(last);
}

/* A narrowed list shows nothing but matches. Of a long one most rows are not at hand: it is
 * narrowed again. */
static void match(struct list *list, bool back)
{
	size_t last = list->count > 0 ? list->count - 1 : 0;

	if (list->filter.count > 0 && back)
		list_move_to(list, list->cursor > 0 ? list->cursor - 1 : last);
	else if (list->filter.count > 0)
		list_move_to(list, list->cursor < last ? list->cursor + 1 : 0);
	else if (list->loaded < list->count && list->past[0] != NULL)
		list_set_filter(list, list->past[0]);
	else if (list->past[0] != NULL)
		go_to_match(list, back);
}

bool list_find_act(struct list *list, enum action action)
{
	bool narrowed = list->filter.count > 0;

	if (action == ACTION_FILTER)
		begin_typing(list);
	else if (action == ACTION_NEXT_MATCH || action == ACTION_PREVIOUS_MATCH)
		match(list, action == ACTION_PREVIOUS_MATCH);
	else if (action == ACTION_BACK && narrowed)
		list_set_filter(list, "");
	else
		return false;
	return true;
}

void list_find_done(struct list *list)
{
	for (int i = 0; i < LIST_PAST_FILTERS; i++)
		free(list->past[i]);
	memset(list->past, 0, sizeof(list->past));
}
