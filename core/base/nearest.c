#include "core/base/nearest.h"

#include <limits.h>
#include <string.h>
#include <strings.h>

#include "core/base/text.h"

static unsigned least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

static unsigned char lower(char c)
{
	return (unsigned char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

/* The cell of the alignment table for the first i + 1 letters of a and j + 1 of b. */
static unsigned step_cost(const char *a, size_t i, const char *b, size_t j,
			  unsigned row[3][NEAREST_COMPARED + 1])
{
	unsigned change = lower(a[i]) == lower(b[j]) ? 0 : 1;
	unsigned cost = least(least(row[1][j + 1], row[2][j]) + 1, row[1][j] + change);
	bool swapped = i > 0 && j > 0 && lower(a[i]) == lower(b[j - 1]) &&
		       lower(a[i - 1]) == lower(b[j]);
	return swapped ? least(cost, row[0][j - 1] + 1) : cost;
}

unsigned text_distance(const char *a, const char *b)
{
	size_t a_bytes = strnlen(a, NEAREST_COMPARED),
	       b_bytes = strnlen(b, NEAREST_COMPARED);
	unsigned row[3][NEAREST_COMPARED + 1] = { 0 }; /* two before, one before, this */

	for (size_t j = 0; j <= b_bytes; j++)
		row[2][j] = (unsigned)j;
	for (size_t i = 0; i < a_bytes; i++) {
		memmove(row[0], row[1], 2 * sizeof(row[0]));
		row[2][0] = (unsigned)i + 1;
		for (size_t j = 0; j < b_bytes; j++)
			row[2][j + 1] = step_cost(a, i, b, j, row);
	}
	return row[2][b_bytes];
}

void nearest_init(struct nearest *nearest, const char *wanted)
{
	*nearest = (struct nearest){ .wanted = wanted, .distance = UINT_MAX };
}

/* A name that begins with what was typed is near, however long it is. */
static unsigned distance_to(const char *wanted, const char *candidate)
{
	size_t bytes = strlen(wanted);
	if (bytes > 1 && strncasecmp(wanted, candidate, bytes) == 0)
		return 1;
	return text_distance(wanted, candidate);
}

void nearest_offer(struct nearest *nearest, const char *candidate)
{
	unsigned distance = distance_to(nearest->wanted, candidate);
	if (distance < nearest->distance &&
	    text_copy(nearest->best, sizeof(nearest->best), candidate))
		nearest->distance = distance;
}

const char *nearest_found(const struct nearest *nearest)
{
	size_t letters = strlen(nearest->wanted);
	unsigned near = letters < 2 ? 0 : letters < 5 ? 1 : (unsigned)(letters / 4 + 1);
	return nearest->distance <= near ? nearest->best : NULL;
}
