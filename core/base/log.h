/* Log lines on standard error, for journald: one line, one record, safe text only, with the
 * `<level>` prefix of sd-daemon(3) where it reads them unless standard error is a terminal.
 * Only main programs and core/engine log; core/rules and db return errors. */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include "core/base/compiler.h"

enum log_level {
	LOG_LEVEL_ERROR = 3,
	LOG_LEVEL_WARNING = 4,
	LOG_LEVEL_INFO = 6,
};

/* What is less important than this is not said; LOG_LEVEL_INFO unless this was called. Programs
 * do not: it is for tests that provoke what they need not read. */
void log_set_level(enum log_level level);
void log_line(enum log_level level, const char *format, ...) PRINTF_LIKE(2, 3);

#endif
