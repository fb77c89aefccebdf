#include "core/base/log.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/buf.h"
#include "core/base/text.h"

enum { MESSAGE_SIZE = 2048, LINE_MAX_BYTES = 10 * MESSAGE_SIZE };

static enum log_level most_verbose = LOG_LEVEL_INFO;

void log_set_level(enum log_level level)
{
	most_verbose = level;
}

/* Does standard error go to journald, which takes a level before each line (sd-daemon(3))? It says
 * so in $JOURNAL_STREAM, by device and inode, so that a redirected stderr is not taken for it. */
static bool goes_to_journal(void)
{
	char stream[64];
	struct stat file;
	const char *expected = getenv("JOURNAL_STREAM");
	if (expected == NULL || fstat(STDERR_FILENO, &file) != 0)
		return false;
	snprintf(stream, sizeof(stream), "%ju:%ju", (uintmax_t)file.st_dev,
		 (uintmax_t)file.st_ino);
	return strcmp(stream, expected) == 0;
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
	if (goes_to_journal())
		buf_addf(&line, "<%d>", (int)level);
	text_add_safe(&line, message, false);
	buf_addc(&line, '\n');
	/* One write, so that lines of two processes do not mix. Nobody can be told if
	 * it fails. */
	if (write(STDERR_FILENO, line.data, line.len) < 0)
		return;
}
