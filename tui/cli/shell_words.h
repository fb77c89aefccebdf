/* A line taken apart into words as a shell would, but for everything that a shell makes of
 * them: nothing is expanded, run, opened or put elsewhere. */
#ifndef CLI_SHELL_WORDS_H
#define CLI_SHELL_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/err.h"

struct shell_words {
	char **items; /* ended by NULL */
	size_t count;
};
void shell_words_done(struct shell_words *words);

/* Blanks separate; 'single' and "double" quotes hold together; a backslash takes the next
 * character as it is, inside double quotes only " and \. ERR_USAGE: a quote is not closed,
 * or a backslash ends the line. */
bool shell_words_split(const char *line, struct shell_words *ret, struct err *err)
	CHECKED;

#endif
