/* One failure: what a caller branches on, and the one sentence an operator reads. */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <stdbool.h>

#include "core/base/compiler.h"

/* The codes are the command line's exit codes, which scripts rely on: README,
 * Commands. */
enum err_code {
	ERR_NONE = 0,
	ERR_FAILED = 1,    /* the operation failed: I/O, network, corrupt file */
	ERR_USAGE = 2,     /* unknown command or option, missing argument */
	ERR_INVALID = 3,   /* content that breaks a rule; nothing was changed */
	ERR_REFUSED = 4,   /* refused for now: busy, locked, a rule stands in the way */
	ERR_NOT_FOUND = 5, /* no such database, monitor, service, incident, delivery */
};

enum { ERR_TEXT_SIZE = 1024 };

struct err {
	enum err_code code;
	char text[ERR_TEXT_SIZE]; /* one sentence, UTF-8, no newline at its end */
};

/* Write code and sentence to *err (err may be NULL). Always returns false: `return
 * fail(err, …);`. */
bool fail(struct err *err, enum err_code code, const char *format, ...) PRINTF_LIKE(3, 4);

/* Put context before the sentence already in *err: "context: sentence". Always returns
 * false. */
bool fail_in(struct err *err, const char *format, ...) PRINTF_LIKE(2, 3);

/* A compiler sees one source file at a time: show it that the two return false, or it takes
 * outputs that are written only on success for uninitialised ones. */
static inline __attribute__((always_inline)) bool err_always_false(bool result)
{
	(void)result;
	return false;
}
#define fail(...) err_always_false(fail(__VA_ARGS__))
#define fail_in(...) err_always_false(fail_in(__VA_ARGS__))

#endif
