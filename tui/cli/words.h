/* The little language in which a command says what words it takes (command.h explains
 * it). */
#ifndef CLI_WORDS_H
#define CLI_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buf.h"
#include "core/base/err.h"

/* One word of the specification. text is borrowed, not ended by NUL. */
struct word_spec {
	const char *text; /* without brackets and dots: "MONITOR", "error|ok" */
	size_t bytes;
	bool optional;
	bool repeated;
	bool choice;
};

/* The next word of *spec, which moves behind it; false at the end. NULL is an empty
 * specification. */
bool word_spec_next(const char **spec, struct word_spec *ret);

/* Is `text` one of the choices "a|b|c"? */
bool choice_holds(const char *choices, size_t bytes, const char *text);

/* Does this argument list choices ("auto|always") rather than name what the caller
 * gives ("FILE|-")? */
bool choice_is(const char *argument, size_t bytes);

/* ERR_USAGE, with the nearest choice; `what` is in front: "the value of '--color'". */
bool choice_fail(const char *what, const char *choices, size_t bytes, const char *text,
		 struct err *err);

enum { TYPED_MAX_BYTES = 8192 };
/* Append what was typed, masked if it looks like a URL: it may hold a token; of what is long
 * the beginning. */
void typed_add(struct buf *b, const char *text);

/* Are these as many words as the specification takes, and the right ones? `name` is
 * the command's. */
bool words_check(const char *name, const char *spec, int count, const char *const *words,
		 struct err *err) CHECKED;

#endif
