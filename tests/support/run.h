/* Running programs as a shell would: arguments in, exit code and both outputs out.
 * Standard input, output and error are pipes, never a terminal. */
#ifndef TESTS_SUPPORT_RUN_H
#define TESTS_SUPPORT_RUN_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buf.h"

enum { RUN_TIMEOUT_S = 240, RUN_OUTPUT_MAX = 64 * 1024 * 1024 };

struct ran {
	int exit_code; /* 128 + signal if one ended it; after RUN_TIMEOUT_S it is killed */
	struct buf out, err;
};
void ran_done(struct ran *ran);

/* This process's environment with changes: "NAME=value" sets, "NAME" removes; ended by NULL,
 * changes may be NULL. The strings are borrowed; free() the array. Made before fork(): a child
 * may allocate nothing until it execs, as a thread of ours may hold the allocator's lock. */
char **environment_with(const char *const *changes);

/* Runs argv (ended by NULL; argv[0] is a path) to its end. input: for its standard
 * input; NULL: nothing. environment: "NAME=value" to add, ended by NULL, or NULL. */
void run_program(struct ran *ret, const char *const *argv, const char *input,
		 const char *const *environment);

/* A temporary folder with a database's name in it, and hublink run on it with HOME,
 * XDG_DATA_HOME and HUBLINK_DB pointing there. */
struct sandbox {
	char folder[64];
	char db[96];
};
void sandbox_open(struct sandbox *sandbox);
void sandbox_close(struct sandbox *sandbox); /* removes the folder and all in it */

/* The program under test: HUBLINK_BUILD/NAME. Returns a borrowed path. */
const char *program_path(const char *name);

/* Runs build/test/hublink with the words of `line`, split at blanks; 'single quotes'
 * hold words together. The result is in *ret, which may be used again and again: what
 * it held is freed first. Returns the exit code. */
int hublink_run(const struct sandbox *sandbox, struct ran *ret, const char *line);
int hublink_feed(const struct sandbox *sandbox, struct ran *ret, const char *line,
		 const char *input);

#endif
