/* A set of texts, each with a number: what has been met so far, and where. */
#ifndef BASE_NAME_SET_H
#define BASE_NAME_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct name_entry {
	char *name; /* NULL: free */
	size_t value;
};

struct name_set {
	struct name_entry *entries;
	size_t count, capacity; /* capacity is 0 or a power of two */
};

/* False if name is there already: *ret_value (may be NULL) is then the value it came
 * with. */
bool name_set_add(struct name_set *set, const char *name, size_t value,
		  size_t *ret_value);
bool name_set_has(const struct name_set *set, const char *name, size_t *ret_value);
void name_set_done(struct name_set *set);

#endif
