/* Handing over to hublink-engine, which alone can send. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
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

bool cli_forward(struct cli *cli, const struct arguments *args, struct err *err)
{
	DEFER(buf_done) struct buf program = BUF_INIT(2 * CLI_PATH_SIZE);
	DEFER(line_done) struct line line = { 0 };
	char path[CLI_PATH_SIZE];
	if (!cli_database_path(cli, path, err) || !engine_program_path(&program, err))
		return false;

	add(&line, "hublink-engine");
	add(&line, args->command->name);
	add_globals(&line, cli, path);
	add_arguments(&line, args);
	add(&line, NULL);
	store_done(&cli->store);
	fflush(stdout);
	execv(buf_text(&program), line.items);
	return fail(err, ERR_FAILED, "Starting %s: %s", buf_text(&program),
		    strerror(errno));
}
