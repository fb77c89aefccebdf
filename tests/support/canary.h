/* Secrets that may be seen nowhere: they are looked for in whatever programs say, in every
 * form in which they could slip out. */
#ifndef TESTS_SUPPORT_CANARY_H
#define TESTS_SUPPORT_CANARY_H

#include <stdbool.h>
#include <stddef.h>

enum { CANARY_SIZE = 96, CANARIES_MAX = 8 };

struct canaries {
	const char *names[CANARIES_MAX]; /* what it is, for the complaint */
	char texts[CANARIES_MAX][CANARY_SIZE];
	int count;
};

void canary_add(struct canaries *canaries, const char *name, const char *text);

/* The first canary that is in the bytes as it is, percent-encoded, as base64, as hex digits
 * or escaped for JSON: "the URL's token, as base64"; NULL if there is none. Valid until the
 * next call. */
const char *canary_in(const struct canaries *canaries, const char *bytes, size_t count);

#endif
