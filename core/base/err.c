#include "core/base/err.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "core/base/text.h"

/* What callers see instead of the functions below. */
#undef fail
#undef fail_in

bool fail(struct err *err, enum err_code code, const char *format, ...)
{
	if (err == NULL)
		return false;

	/* By way of a copy: the arguments may point into err->text. */
	char text[ERR_TEXT_SIZE];
	va_list args;
	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	err->code = code;
	/* Of what is quoted only whole characters, cut between two of them. */
	text_cut(err->text, sizeof(err->text), text, SIZE_MAX);
	return false;
}

bool fail_in(struct err *err, const char *format, ...)
{
	if (err == NULL)
		return false;

	char text[ERR_TEXT_SIZE];
	va_list args;
	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	const char *const rest[] = { ": ", err->text };
	for (size_t i = 0; i < COUNT_OF(rest); i++) {
		size_t used = strlen(text);
		text_cut(text + used, sizeof(text) - used, rest[i], SIZE_MAX);
	}
	text_cut(err->text, sizeof(err->text), text, SIZE_MAX);
	return false;
}
