/* The parts that next_list is made of: a growing list of what will go public. */
#ifndef JUDGE_NEXT_ITEMS_H
#define JUDGE_NEXT_ITEMS_H

#include "core/base/compiler.h"
#include "core/judge/next.h"

struct next_items {
	struct store *store;
	int64_t now_ms;
	enum mode mode;
	struct next_item *items;
	size_t count, capacity;
};

/* Adds a zeroed item with its text; valid until the next one is added. */
struct next_item *next_items_add(struct next_items *items, enum next_kind kind,
				 int64_t at_ms, const char *format, ...)
	PRINTF_LIKE(4, 5);

/* Frees the list. */
void next_items_done(struct next_items *items);

/* Level timers and window ends: what errors that last would still let out (R2, R11). */
bool next_add_prospects(struct next_items *items, struct err *err) CHECKED;

#endif
