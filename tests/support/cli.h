/* A database with a small configuration, and what tests of the command line ask of its
 * answers. */
#ifndef TESTS_SUPPORT_CLI_H
#define TESTS_SUPPORT_CLI_H

#include "core/base/json.h"
#include "tests/support/run.h"

/* Monitors Shop (group web), API, Batch; integration Hub with services Website and
 * Partner API; definition Default: level 1 after one error, all three linked to Website,
 * API to Partner API too. */
extern const char cli_document[];

/* cmocka fixtures: *state is a struct sandbox with a database that holds cli_document. */
int cli_setup(void **state);
int cli_setup_empty(void **state);   /* an initialised database without configuration */
int cli_setup_nothing(void **state); /* no database */
int cli_teardown(void **state);

/* Runs the line and asserts its exit code; the answer is valid until the next call.
 * Standard output and standard error. */
const char *cli_out(const struct sandbox *sandbox, int exit_code, const char *line);
const char *cli_err(const struct sandbox *sandbox, int exit_code, const char *line);
const char *cli_out_fed(const struct sandbox *sandbox, int exit_code, const char *line,
			const char *input);
const char *cli_err_fed(const struct sandbox *sandbox, int exit_code, const char *line,
			const char *input);

void assert_holds(const char *text, const char *part);
void assert_lacks(const char *text, const char *part);

/* The n-th line of text (from 0) as a JSON object that has exactly or at least these
 * keys, in any order: "id key monitors[] published{}": a string, number, bool or null
 * unless marked. Returns the object: json_free it. */
struct json *assert_object(const char *text, int line, const char *keys);

int count_lines(const char *text);

/* Runs the line, asserts the exit code, a sentence on standard error that holds `part`
 * and nothing on standard output, and that `export --with-secrets` and the list of
 * events' effects are what they were: bad input changes nothing. */
void assert_changes_nothing(const struct sandbox *sandbox, int exit_code,
			    const char *line, const char *part);

#endif
