#include "core/judge/next_items.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/base/mem.h"

struct next_item *next_items_add(struct next_items *items, enum next_kind kind,
				 int64_t at_ms, const char *format, ...)
{
	struct next_item *item;
	va_list args;

	VEC_PUSH(items->items, items->count, items->capacity) =
		(struct next_item){ .kind = kind, .at_ms = at_ms };
	item = &items->items[items->count - 1];
	va_start(args, format);
	(void)vsnprintf(item->text, sizeof(item->text), format, args);
	va_end(args);
	return item;
}

void next_items_done(struct next_items *items)
{
	free(items->items);
}
