/* Handing over to hublink-engine, which alone can send, and asking it. */
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/text.h"
#include "tui/cli/cli.h"
#include "tui/engine_process.h"

/* The whole command line, ended by NULL. */
struct line {
	char **items;
	size_t count, capacity;
};

static void add(struct line *line, const char *word)
{
	VEC_PUSH(line->items, line->count, line->capacity) =
		word ? mem_strdup(word) : NULL;
}

static void line_done(struct line *line)
{
	for (size_t i = 0; i < line->count; i++)
		free(line->items[i]);
	free(line->items);
}

/* The options of every command, as they stand. */
static void add_globals(struct line *line, const struct cli *cli, const char *path)
{
	add(line, "--db");
	add(line, path);
	add(line, "--color");
	add(line, cli->color ? "always" : "never");
	if (cli->json)
		add(line, "--json");
	if (cli->read_only)
		add(line, "--read-only");
	if (cli->because) {
		add(line, "--because");
		add(line, cli->because);
	}
	if (cli->as) {
		add(line, "--as");
		add(line, cli->as);
	}
}

/* The options that were given, as they are written, then the words. */
static void add_arguments(struct line *line, const struct arguments *args)
{
	const struct option *options = args->command->options;
	for (size_t i = 0; i < OPTIONS_MAX && options[i].name; i++) {
		DEFER(buf_done) struct buf name = BUF_INIT(100);
		if (!args->values[i])
			continue;
		buf_addf(&name, "--%s", options[i].name);
		add(line, buf_text(&name));
		if (options[i].argument)
			add(line, args->values[i]);
	}
	for (int i = 0; i < args->word_count; i++)
		add(line, args->words[i]);
}

/* The beginning of every line: the program, the command, the options of all. */
static bool begin_line(struct line *line, const struct cli *cli, const char *command,
		       struct buf *ret_program, struct err *err)
{
	char path[CLI_PATH_SIZE];
	if (!cli_database_path(cli, path, err) || !engine_program_path(ret_program, err))
		return false;
	add(line, "hublink-engine");
	add(line, command);
	add_globals(line, cli, path);
	return true;
}

bool cli_forward(struct cli *cli, const struct arguments *args, struct err *err)
{
	DEFER(buf_done) struct buf program = BUF_INIT(2 * CLI_PATH_SIZE);
	DEFER(line_done) struct line line = { 0 };
	if (!begin_line(&line, cli, args->command->name, &program, err))
		return false;
	add_arguments(&line, args);
	add(&line, NULL);
	store_done(&cli->store);
	(void)fflush(stdout);
	execv(buf_text(&program), line.items);
	return fail(err, ERR_FAILED, "Starting %s: %s", buf_text(&program),
		    strerror(errno));
}

/* ---- asking it ---- */

/* All that comes, for the child must not wait for a reader. */
static bool read_all(int fd, struct buf *ret, struct err *err)
{
	char bytes[8192];
	ssize_t got;
	while ((got = read(fd, bytes, sizeof(bytes))) != 0) {
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return fail(err, ERR_FAILED, "Reading from hublink-engine: %s",
				    strerror(errno));
		buf_add(ret, bytes, (size_t)got);
	}
	return !buf_overflowed(ret) ||
	       fail(err, ERR_FAILED, "hublink-engine answers more than %zu bytes",
		    ret->max);
}

/* Its sentence is on standard error already; only its code is missing. */
static bool take_end(pid_t child, struct err *err)
{
	int status = 0;
	while (waitpid(child, &status, 0) < 0 && errno == EINTR) {}
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return true;
	if (!WIFEXITED(status))
		return fail(err, ERR_FAILED, "hublink-engine was ended by signal %d",
			    WTERMSIG(status));
	*err = (struct err){ .code = (enum err_code)WEXITSTATUS(status) };
	return false;
}

bool cli_ask_engine(struct cli *cli, const char *command, const char *word,
		    struct buf *ret, struct err *err)
{
	DEFER(buf_done) struct buf program = BUF_INIT(2 * CLI_PATH_SIZE);
	DEFER(line_done) struct line line = { 0 };
	posix_spawn_file_actions_t actions;
	int ends[2];
	pid_t child;
	if (!begin_line(&line, cli, command, &program, err))
		return false;
	add(&line, word);
	add(&line, NULL);
	(void)fflush(NULL);
	if (pipe2(ends, O_CLOEXEC) != 0)
		return fail(err, ERR_FAILED, "A pipe from hublink-engine: %s",
			    strerror(errno));
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
	const int failed = posix_spawn(&child, buf_text(&program), &actions, NULL,
				       line.items, environ);
	posix_spawn_file_actions_destroy(&actions);
	close(ends[1]);
	const bool read = failed == 0 && read_all(ends[0], ret, err);
	close(ends[0]);
	if (failed != 0)
		return fail(err, ERR_FAILED, "Starting %s: %s", buf_text(&program),
			    strerror(failed));
	struct err end = { 0 };
	const bool ended = take_end(child, &end);
	if (read && !ended)
		*err = end;
	return read && ended;
}
