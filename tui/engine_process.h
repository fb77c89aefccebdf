/* hublink-engine as a process of its own, beside hublink: where the program lies, and the two
 * ways in which the console starts it: detached, to work on whoever leaves, and as a child
 * whose output is read. Nothing here waits. */
#ifndef TUI_ENGINE_PROCESS_H
#define TUI_ENGINE_PROCESS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "core/base/buf.h"
#include "core/base/err.h"

enum { ENGINE_PATH_SIZE = 4096 };

/* The path of the program: beside this one, or where `make install` puts it. */
bool engine_program_path(struct buf *ret, struct err *err) CHECKED;

/* An engine that was started here. */
struct engine_process {
	pid_t pid;
	int ended_fd; /* readable once it has ended; -1: nothing was started */
	char log[ENGINE_PATH_SIZE + 16]; /* its standard error, beside the database */
	int64_t log_from;                /* bytes of it that were there before */
};

/* Starts one for the database: a session of its own, no terminal, nothing open but the log
 * (0600; what is over a megabyte is first put aside as LOG.1). It has begun to start, no
 * more: the lock tells when it works. */
bool engine_process_start(const char *database, struct engine_process *ret,
			  struct err *err) CHECKED;
void engine_process_done(struct engine_process *process); /* it works on */

/* The last lines that it wrote to its log, at most so many. */
void engine_process_add_log(const struct engine_process *process, int lines,
			    struct buf *ret);

/* Runs the program with these words (ended by NULL) in a session of its own, so that Ctrl-Z
 * and a lost line do not stop it half-way, and goes on whether or not anyone reads.
 * *ret_fd: what it prints, not blocking; its end is the program's. */
bool engine_child_start(const char *const *words, int *ret_fd, struct err *err) CHECKED;

#endif
