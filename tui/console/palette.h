/* The palette's items: screens, commands and objects, and which of them answer what is
 * typed. Knows neither terminal nor database. */
#ifndef CONSOLE_PALETTE_H
#define CONSOLE_PALETTE_H

#include <stddef.h>
#include <stdint.h>

#include "core/rules/fields.h"
#include "tui/console/keys.h"

enum { PALETTE_LABEL = 200, PALETTE_RECENT = 20 };

enum palette_kind {
	PALETTE_ACTION,
	PALETTE_RECORD,
	PALETTE_INCIDENT,
	PALETTE_DELIVERY,
	PALETTE_ALERT,
};

struct palette_item {
	enum palette_kind kind;
	enum action action;
	enum record_kind record;
	int64_t id;
	char label[PALETTE_LABEL]; /* what is matched and completed */
	const char *about;         /* a constant */
	int score;
};

struct palette_items {
	struct palette_item *items;
	size_t count, capacity;
};

/* What was run last, the newest first. */
struct palette_recent {
	struct palette_item items[PALETTE_RECENT];
	size_t count;
};

void palette_items_done(struct palette_items *items);

/* An item that answers the text is added; another one is not. */
void palette_offer(struct palette_items *items, const struct palette_item *item,
		   const char *text);

/* The commands that keys of this map lead to. */
void palette_offer_actions(struct palette_items *items, const struct keymap *keys,
			   const char *text);

/* Best first: among equals what was run last, then as offered. */
void palette_sort(struct palette_items *items, const struct palette_recent *recent);

void palette_remember(struct palette_recent *recent, const struct palette_item *item);

#endif
