#include "tui/console/drafts.h"

#include <string.h>

static struct form *take_at(struct drafts *drafts, size_t index)
{
	struct form *form = drafts->items[index].form;

	drafts->count--;
	memmove(&drafts->items[index], &drafts->items[index + 1],
		(drafts->count - index) * sizeof(drafts->items[0]));
	return form;
}

static bool is_same(const struct record_target *a, const struct record_target *b)
{
	return a->kind == b->kind && a->id == b->id && a->parent_id == b->parent_id &&
	       a->parent_kind == b->parent_kind && a->clone_of == b->clone_of;
}

void drafts_keep(struct drafts *drafts, const struct record_target *target,
		 struct form *form)
{
	if (drafts->count == DRAFTS_MAX)
		form_free(take_at(drafts, 0));
	drafts->items[drafts->count++] = (struct draft){ *target, form };
}

struct form *drafts_take(struct drafts *drafts, const struct record_target *target)
{
	for (size_t i = 0; i < drafts->count; i++)
		if (is_same(&drafts->items[i].target, target))
			return take_at(drafts, i);
	return NULL;
}

void drafts_done(struct drafts *drafts)
{
	while (drafts->count > 0)
		form_free(take_at(drafts, 0));
}
