/* The nearest of many names to one that was mistyped: for "… does not exist; 'Shop EU'
 * is the nearest name". */
#ifndef BASE_NEAREST_H
#define BASE_NEAREST_H

#include <stddef.h>

enum { NEAREST_SIZE = 512, NEAREST_COMPARED = 128 };

/* Offer every candidate, then ask for the best. Longer names than NEAREST_SIZE are
 * passed over. */
struct nearest {
	const char *wanted; /* borrowed */
	unsigned distance;  /* of best to wanted */
	char best[NEAREST_SIZE];
};

void nearest_init(struct nearest *nearest, const char *wanted);
void nearest_offer(struct nearest *nearest, const char *candidate);

/* NULL if nothing offered is near: more than a third of its letters would have to change. */
const char *nearest_found(const struct nearest *nearest);

/* Letters to insert, delete, change or swap with their neighbour, without regard to
 * ASCII case; only the first NEAREST_COMPARED bytes are looked at. */
unsigned text_distance(const char *a, const char *b);

#endif
