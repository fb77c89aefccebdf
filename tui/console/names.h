/* The names that may stand in a field, and which of them fit what is typed. */
#ifndef CONSOLE_NAMES_H
#define CONSOLE_NAMES_H

#include <stddef.h>
#include <stdint.h>

#include "core/base/buf.h"

struct name_item {
	char *name;
	int64_t id; /* 0: a group, which has none */
};

struct names {
	struct name_item *items;
	size_t count, capacity;
};

void names_add(struct names *names, const char *name, int64_t id); /* copied */
void names_done(struct names *names);

/* Of names one a line: the next line of *rest that is not empty, into ret; false at the
 * end. */
bool names_next_line(const char **rest, struct buf *ret);

/* Exactly this name; NULL if there is none. */
const struct name_item *names_find(const struct names *names, const char *name);
const struct name_item *names_find_id(const struct names *names, int64_t id);

/* What fits the typed text, best first: names that begin with it, then names that hold it,
 * without regard to ASCII case. Fills at most max; returns how many fit in all. */
size_t names_match(const struct names *names, const char *typed,
		   const struct name_item **ret, size_t max);

#endif
