#include "core/base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include "core/base/buf.h"
#include "core/base/text.h"

enum { MESSAGE_SIZE = 2048, LINE_MAX_BYTES = 10 * MESSAGE_SIZE };

static enum log_level most_verbose = LOG_LEVEL_INFO;

void log_set_level(enum log_level level)
{
	most_verbose = level;
}

void log_line(enum log_level level, const char *format, ...)
{
	if (level > most_verbose)
		return;

	char message[MESSAGE_SIZE];
	va_list args;
	va_start(args, format);
	vsnprintf(message, sizeof(message), format, args);
	va_end(args);

	DEFER(buf_done) struct buf line = BUF_INIT(LINE_MAX_BYTES);
	if (isatty(STDERR_FILENO) == 0)
		buf_addf(&line, "<%d>", (int)level);
	text_add_safe(&line, message, false);
	buf_addc(&line, '\n');
	/* One write, so that lines of two processes do not mix. Nobody can be told if
	 * it fails. */
	if (write(STDERR_FILENO, line.data, line.len) < 0)
		return;
}
