#include "tui/console/names.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/base/buf.h"
#include "core/base/text.h"

void names_add(struct names *names, const char *name, int64_t id)
{
	VEC_PUSH(names->items, names->count, names->capacity) =
		(struct name_item){ .name = mem_strdup(name), .id = id };
}

void names_done(struct names *names)
{
	for (size_t i = 0; i < names->count; i++)
		free(names->items[i].name);
	free(names->items);
	*names = (struct names){ 0 };
}

bool names_next_line(const char **rest, struct buf *ret)
{
	while (**rest != '\0') {
		size_t bytes = strcspn(*rest, "\n");
		buf_reset(ret);
		buf_add(ret, *rest, bytes);
		*rest += bytes + ((*rest)[bytes] == '\n');
		if (bytes > 0)
			return true;
	}
	return false;
}

const struct name_item *names_find(const struct names *names, const char *name)
{
	for (size_t i = 0; i < names->count; i++)
		if (text_equal(names->items[i].name, name))
			return &names->items[i];
	return NULL;
}

const struct name_item *names_find_id(const struct names *names, int64_t id)
{
	for (size_t i = 0; i < names->count; i++)
		if (names->items[i].id == id)
			return &names->items[i];
	return NULL;
}

enum fit { FIT_BEGINS, FIT_HOLDS, FIT_NOT };

static enum fit fit_of(const char *name, const char *typed)
{
	const char *at = strcasestr(name, typed);

	return at == NULL ? FIT_NOT : at == name ? FIT_BEGINS : FIT_HOLDS;
}

size_t names_match(const struct names *names, const char *typed,
		   const struct name_item **ret, size_t max)
{
	size_t found = 0;

	for (int wanted = FIT_BEGINS; wanted < FIT_NOT; wanted++)
		for (size_t i = 0; i < names->count; i++) {
			if ((int)fit_of(names->items[i].name, typed) != wanted)
				continue;
			if (found < max)
				ret[found] = &names->items[i];
			found++;
		}
	return found;
}
