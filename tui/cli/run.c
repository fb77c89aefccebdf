#include "tui/cli/run.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/text.h"
#include "tui/cli/commands.h"
#include "tui/cli/console_conf.h"
#include "tui/cli/gate_rules.h"
#include "tui/cli/guide.h"
#include "tui/cli/plain.h"
#include "tui/console/console.h"

enum { USAGE_MAX_BYTES = 65536 };

static bool wants_color(const char *choice)
{
	const char *none = getenv("NO_COLOR"), *term = getenv("TERM");
	if (choice && !text_equal(choice, "auto"))
		return text_equal(choice, "always");
	return isatty(STDOUT_FILENO) && !(none && *none) && term &&
	       !text_equal(term, "dumb");
}

static void use_globals(struct cli *cli, const struct global_values *globals)
{
	cli->json |= globals->values[GLOBAL_JSON] != NULL;
	cli->read_only |= globals->values[GLOBAL_READ_ONLY] != NULL;
	if (globals->values[GLOBAL_BECAUSE])
		cli->because = globals->values[GLOBAL_BECAUSE];
	if (globals->values[GLOBAL_DB])
		cli->db = globals->values[GLOBAL_DB];
	cli->color = !cli->json && wants_color(globals->values[GLOBAL_COLOR]);
}

/* What a demonstration says of itself stands in the file that $HUBLINK_CAPTION names. */
static bool open_caption(int *ret_fd, struct err *err)
{
	const char *path = getenv("HUBLINK_CAPTION");
	if (!path || !*path)
		return true;
	*ret_fd = open(path, O_RDONLY | O_CLOEXEC);
	return *ret_fd > 0 ||
	       fail(err, ERR_FAILED, "HUBLINK_CAPTION: '%s' cannot be read: %s", path,
		    strerror(errno));
}

static bool run_console(struct cli *cli, struct err *err)
{
	struct console_options options = { .read_only = cli->read_only,
					   .role = cli->role,
					   .as = cli->as };
	DEFER(buf_done) struct buf conf = BUF_INIT(CLI_PATH_SIZE);
	console_conf_path(&conf);
	if (!console_conf_read(buf_text(&conf), &options, err))
		return false;
	if (isatty(STDIN_FILENO) && isatty(STDOUT_FILENO))
		console_guard();
	if (!cli_open(cli, cli->read_only ? STORE_READ : STORE_WRITE, err) ||
	    !open_caption(&options.caption_fd, err))
		return false;
	/* Who comes through a gate leaves no file; who only looks on starts at the front. */
	DEFER(buf_done) struct buf session = BUF_INIT(CLI_PATH_SIZE);
	console_session_path(&session);
	if (cli->role == GATE_ABSENT && !cli->read_only && options.caption_fd <= 0)
		options.session_path = buf_text(&session);
	bool done = console_run(cli->store, &options, err);
	if (options.caption_fd > 0)
		close(options.caption_fd);
	return done;
}

/* The line mode where it is asked for, or where no screen can be drawn. */
static bool run_interactive(struct cli *cli, bool plain, struct err *err)
{
	const char *term = getenv("TERM");
	if (!plain && console_can_draw())
		return run_console(cli, err);
	if (!plain)
		cli_note("TERM is %s, which cannot draw a screen: this is the line mode",
			 term && *term ? term : "not set");
	return plain_run(cli, err);
}

/* Without a command: the console on a terminal, else how it is used. */
static bool run_without_command(struct cli *cli, bool plain, struct err *err)
{
	DEFER(buf_done) struct buf usage = BUF_INIT(USAGE_MAX_BYTES);
	if (cli->plain)
		return fail(err, ERR_USAGE, "This is the line mode already");
	if (cli->terminal || plain)
		return run_interactive(cli, plain, err);
	guide_add_overview(&usage);
	fputs(buf_text(&usage), stderr);
	return fail(err, ERR_USAGE,
		    "No command was given, and there is no terminal for the console");
}

static bool run_help_of(struct cli *cli, const struct arguments *args, struct err *err)
{
	const struct command *command = args->command;
	struct arguments help = { .command = &help_command,
				  .words = (const char *[]){ command ? command->name
								     : NULL },
				  .word_count = command ? 1 : 0 };
	return help_command.run(cli, &help, err);
}

/* Behind a gate there is one database, and what the role may. */
static bool may_pass(const struct cli *cli, const struct global_values *globals,
		     const struct arguments *args, struct err *err)
{
	if (cli->role == GATE_ABSENT)
		return true;
	if (globals->values[GLOBAL_DB])
		return fail(err, ERR_REFUSED,
			    "Behind the gate there is one database: leave out --db");
	return !args->command || gate_rules_check(cli->role, args, err);
}

static bool run_parsed(struct cli *cli, const struct global_values *globals,
		       const struct arguments *args, struct err *err)
{
	bool plain = globals->values[GLOBAL_PLAIN] != NULL;

	use_globals(cli, globals);
	if (globals->values[GLOBAL_HELP])
		return run_help_of(cli, args, err);
	if (globals->values[GLOBAL_VERSION])
		return version_command.run(cli, args, err);
	if (!args->command)
		return run_without_command(cli, plain, err);
	if (plain)
		return fail(
			err, ERR_USAGE,
			"'--plain' opens the line mode; leave it out, or the command");
	return args->command->run(cli, args, err);
}

bool cli_run(struct cli *cli, int argc, char **argv, struct err *err)
{
	struct global_values globals = { 0 };
	struct arguments args = { 0 };
	bool done = command_line_parse(argc, argv, &globals, &args, err) &&
		    may_pass(cli, &globals, &args, err) &&
		    run_parsed(cli, &globals, &args, err);

	free(args.words);
	return done;
}
