#include "tui/console/key_overrides.h"

#include "core/base/text.h"

enum action keys_action(const struct key_overrides *overrides, const struct keymap *map,
			int key)
{
	bool unbound = false;

	for (size_t i = 0; i < overrides->count; i++) {
		const struct key_binding *b = &overrides->items[i];
		if (b->key != key)
			continue;
		if (b->action != ACTION_NONE && keymap_key_of(map, b->action) != 0)
			return b->action;
		unbound |= b->action == ACTION_NONE;
	}
	return unbound ? ACTION_NONE : keymap_find(map, key);
}

/* The next key that means the action: overrides first, then the maps. at: where to go on,
 * NULL and 0 at first. Returns 0 at the end. */
struct place {
	size_t override;
	const struct keymap *map;
	const struct key_binding *binding;
};

static int next_key(const struct key_overrides *overrides, const struct keymap *map,
		    enum action action, struct place *at)
{
	while (at->override < overrides->count) {
		const struct key_binding *b = &overrides->items[at->override++];
		if (b->action == action && keys_action(overrides, map, b->key) == action)
			return b->key;
	}
	for (; at->map != NULL;
	     at->map = at->map->parent, at->binding = at->map ? at->map->bindings : NULL)
		while (at->binding->key != 0) {
			const struct key_binding *b = at->binding++;
			if (b->action == action &&
			    keys_action(overrides, map, b->key) == action)
				return b->key;
		}
	return 0;
}

int keys_key_of(const struct key_overrides *overrides, const struct keymap *map,
		enum action action)
{
	struct place at = { 0, map, map->bindings };

	return next_key(overrides, map, action, &at);
}

void keys_add(const struct key_overrides *overrides, const struct keymap *map,
	      enum action action, struct buf *ret)
{
	struct place at = { 0, map, map->bindings };
	char titles[2][KEY_TITLE_SIZE];
	const char *last = "";
	size_t turn = 0;
	int key = 0;

	while ((key = next_key(overrides, map, action, &at)) != 0) {
		const char *title = key_title(key, titles[turn++ % 2]);
		if (!text_equal(title, last)) /* Enter has several codes */
			buf_addf(ret, "%s%s", *last ? " " : "", title);
		last = title;
	}
}
