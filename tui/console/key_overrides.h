/* Keys that an operator gave other meanings, over the keymaps of keys.h. */
#ifndef CONSOLE_KEY_OVERRIDES_H
#define CONSOLE_KEY_OVERRIDES_H

#include "tui/console/keys.h"

enum { KEY_OVERRIDES_MAX = 128 };

struct key_overrides {
	struct key_binding
		items[KEY_OVERRIDES_MAX]; /* ACTION_NONE: the key does nothing */
	size_t count;
};

/* What a key means in map: an override whose action the map has, else the map's own. */
enum action keys_action(const struct key_overrides *overrides, const struct keymap *map,
			int key);

/* The first key that means the action; 0 if none. */
int keys_key_of(const struct key_overrides *overrides, const struct keymap *map,
		enum action action);
/* "Down j": every key that means the action. */
void keys_add(const struct key_overrides *overrides, const struct keymap *map,
	      enum action action, struct buf *ret);

#endif
