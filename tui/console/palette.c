#include "tui/console/palette.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/text.h"
#include "tui/console/match.h"

/* Single letters of a sentence are in nearly every one: that is no answer. */
enum { SCORE_LEAST = 4 };

/* What makes no sense once the palette has closed. */
static bool is_for_keys_only(enum action action)
{
	static const enum action keys_only[] = {
		ACTION_MOVE_DOWN,  ACTION_MOVE_UP,    ACTION_PAGE_DOWN,
		ACTION_PAGE_UP,    ACTION_MOVE_FIRST, ACTION_MOVE_LAST,
		ACTION_NEXT_FIELD, ACTION_PALETTE,    ACTION_PREVIOUS_FIELD,
	};

	for (size_t i = 0; i < COUNT_OF(keys_only); i++)
		if (keys_only[i] == action)
			return true;
	return false;
}

void palette_items_done(struct palette_items *items)
{
	free(items->items);
	*items = (struct palette_items){ 0 };
}

/* Found by its label, or less well by what is said about it. */
void palette_offer(struct palette_items *items, const struct palette_item *item,
		   const char *text)
{
	struct palette_item kept = *item;
	DEFER(buf_done) struct buf both = BUF_INIT(2 * PALETTE_LABEL);

	buf_addf(&both, "%s %s", item->label, item->about);
	kept.score = 2 * match_score(item->label, text);
	if (kept.score == 0)
		kept.score = match_score(buf_text(&both), text);
	if (kept.score >= (text[0] != '\0' ? SCORE_LEAST : 1))
		VEC_PUSH(items->items, items->count, items->capacity) = kept;
}

void palette_offer_actions(struct palette_items *items, const struct keymap *keys,
			   const char *text)
{
	for (int i = ACTION_NONE + 1; i < ACTION_COUNT; i++) {
		struct palette_item item = { .kind = PALETTE_ACTION,
					     .action = (enum action)i,
					     .about = action_infos[i].help };
		if (is_for_keys_only(item.action) ||
		    keymap_key_of(keys, item.action) == 0)
			continue;
		(void)text_cut(item.label, sizeof(item.label), action_infos[i].name,
			       PALETTE_LABEL);
		palette_offer(items, &item, text);
	}
}

static bool is_same(const struct palette_item *a, const struct palette_item *b)
{
	return a->kind == b->kind && a->action == b->action && a->record == b->record &&
	       a->id == b->id;
}

static size_t age_of(const struct palette_recent *recent, const struct palette_item *item)
{
	size_t age = 0;

	while (age < recent->count && !is_same(&recent->items[age], item))
		age++;
	return age;
}

struct ranked {
	struct palette_item item;
	size_t age, place;
};

static int compare(const void *a, const void *b)
{
	const struct ranked *left = a;
	const struct ranked *right = b;

	if (left->item.score != right->item.score)
		return left->item.score > right->item.score ? -1 : 1;
	if (left->age != right->age)
		return left->age < right->age ? -1 : 1;
	return left->place < right->place ? -1 : 1;
}

void palette_sort(struct palette_items *items, const struct palette_recent *recent)
{
	struct ranked *ranked = mem_new(items->count + 1, sizeof(ranked[0]));

	for (size_t i = 0; i < items->count; i++)
		ranked[i] = (struct ranked){ items->items[i],
					     age_of(recent, &items->items[i]), i };
	qsort(ranked, items->count, sizeof(ranked[0]), compare);
	for (size_t i = 0; i < items->count; i++)
		items->items[i] = ranked[i].item;
	free(ranked);
}

void palette_remember(struct palette_recent *recent, const struct palette_item *item)
{
	size_t age = age_of(recent, item);
	struct palette_item kept = *item;

	if (age == PALETTE_RECENT)
		age--;
	if (age == recent->count)
		recent->count++;
	memmove(recent->items + 1, recent->items, age * sizeof(recent->items[0]));
	recent->items[0] = kept;
}
