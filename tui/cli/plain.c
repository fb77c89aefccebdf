#include "tui/cli/plain.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/clock.h"
#include "core/base/text.h"
#include "tui/cli/guide.h"
#include "tui/cli/run.h"
#include "tui/cli/shell_words.h"
#include "tui/console/keys.h"

enum { LINE_MAX_BYTES = 65536, HELP_MAX_BYTES = 65536 };

/* ---- the console's actions as commands ---- */

/* By the action, so that keys, palette and this mode call things the same. */
static const char *const lines[ACTION_COUNT] = {
	[ACTION_GO_DASHBOARD] = "status\nlist incidents --open\nnext",
	[ACTION_GO_INCIDENTS] = "list incidents",
	[ACTION_GO_DELIVERIES] = "list deliveries",
	[ACTION_GO_MONITORS] = "list monitors",
	[ACTION_GO_INTEGRATIONS] = "list services",
	[ACTION_GO_DEFINITIONS] = "list definitions",
	[ACTION_GO_MAINTENANCE] = "list maintenance",
	[ACTION_GO_LINKS] = "list links",
	[ACTION_IDENTIFY] = "incident identify",
	[ACTION_NOTE] = "incident note",
	[ACTION_RESOLVE] = "incident resolve",
	[ACTION_RECOVER] = "incident recover",
	[ACTION_DETACH] = "incident detach",
	[ACTION_RETRY] = "delivery retry",
	[ACTION_CANCEL] = "delivery cancel",
	[ACTION_RELEASE] = "delivery release",
	[ACTION_OPEN_INCIDENT] = "incident open",
	[ACTION_MUTE] = "mute",
	[ACTION_CONNECT] = "test --connect",
	[ACTION_SEND_TEST] = "test --send",
	[ACTION_RESYNC] = "resync",
	[ACTION_MODE] = "mode",
	[ACTION_UNMATCHED] = "list unmatched",
	[ACTION_ADOPT] = "unmatched adopt",
	[ACTION_TAKE_OVER] = "uptrends import",
	[ACTION_ASK_UPTRENDS] = "uptrends import --dry-run",
	[ACTION_APPLY] = "uptrends import",
	[ACTION_UPTRENDS_ACCOUNT] = "uptrends account",
};

const char *plain_line_of(const char *action)
{
	return lines[action_parse(action)];
}

/* "incidents": All incidents, newest first. */
static void add_action(struct buf *ret, enum action action)
{
	const char *name = action_infos[action].name, *line = lines[action];

	if (line == NULL || text_equal(line, name))
		return;
	buf_addf(ret, "%s: %s", name, action_infos[action].help);
	if (strchr(line, '\n') == NULL)
		buf_addf(ret, " (`%s`)", line);
	buf_adds(ret, ".\n");
}

static void add_help(struct buf *ret)
{
	for (int action = ACTION_NONE + 1; action < ACTION_COUNT; action++)
		add_action(ret, (enum action)action);
	buf_adds(ret, "watch: A sentence for each change, until you press Enter.\n");
	for (size_t i = 0; i < command_count; i++)
		buf_addf(ret, "%s: %s.\n", commands[i]->name, commands[i]->summary);
	buf_adds(ret, "help COMMAND: How one command is used.\nquit: Leave hublink.\n");
}

/* ---- one command ---- */

static int report(const struct err *err)
{
	if (*err->text)
		cli_note("hublink: %s", err->text);
	return (int)err->code;
}

/* In a process of its own: what runs in hublink-engine takes its place, and what breaks
 * breaks alone. */
static _Noreturn void run_alone(const struct cli *cli, struct shell_words *words,
				bool (*run)(struct cli *cli, int argc, char **argv,
					    struct err *err))
{
	struct cli own = *cli;
	struct err err = { 0 };

	(void)signal(SIGINT, SIG_DFL);
	own.now_ms = clock_now_ms(NULL);
	bool done = run(&own, (int)words->count, words->items, &err);
	store_close(own.store);
	int code = done ? 0 : report(&err);
	if (fflush(stdout) != 0 && code == 0)
		code = ERR_FAILED;
	_exit(code);
}

static bool run_watch(struct cli *cli, int argc, char **argv, struct err *err)
{
	(void)argc;
	(void)argv;
	return plain_watch(cli, err);
}

/* Its exit code. Ctrl-C ends the command, not the line mode. */
static int run_child(const struct cli *cli, struct shell_words *words,
		     bool (*run)(struct cli *cli, int argc, char **argv, struct err *err))
{
	int status = 0;

	(void)fflush(stdout);
	void (*before)(int) = signal(SIGINT, SIG_IGN);
	pid_t pid = fork();
	if (pid == 0)
		run_alone(cli, words, run);
	while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
		continue;
	(void)signal(SIGINT, before);
	if (pid < 0)
		cli_note("hublink: The command cannot be started: %s", strerror(errno));
	return pid > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : ERR_FAILED;
}

/* One of an action's lines, with what was typed behind the action's name. */
static int run_with(const struct cli *cli, const char *line, struct shell_words *typed)
{
	DEFER(shell_words_done) struct shell_words front = { 0 };
	struct shell_words all = { 0 };
	struct err err = { 0 };

	if (!shell_words_split(line, &front, &err))
		return report(&err);
	all.items = mem_new(front.count + typed->count + 1, sizeof(char *));
	for (size_t i = 0; i < front.count; i++)
		all.items[all.count++] = front.items[i];
	for (size_t i = 1; i < typed->count; i++)
		all.items[all.count++] = typed->items[i];
	int code = run_child(cli, &all, cli_run);
	free(all.items);
	return code;
}

static int run_action(const struct cli *cli, const char *action_lines,
		      struct shell_words *typed)
{
	DEFER(mem_free) char *copy = mem_strdup(action_lines);
	char *rest = copy, *line;
	int worst = 0;

	while ((line = strsep(&rest, "\n"))) {
		int code = run_with(cli, line, typed);
		worst = code > worst ? code : worst;
	}
	return worst;
}

static int say_help(void)
{
	DEFER(buf_done) struct buf text = BUF_INIT(HELP_MAX_BYTES);

	add_help(&text);
	fputs(buf_text(&text), stdout);
	return 0;
}

static int refuse_screen(const char *action)
{
	cli_note("hublink: '%s' works on a screen only; `help` lists what works here",
		 action);
	return ERR_USAGE;
}

/* Words of the line mode itself: they take no other. */
static bool is_own(const char *word)
{
	static const char *const own[] = { "watch", "quit", "exit" };
	for (size_t i = 0; i < COUNT_OF(own); i++)
		if (text_equal(own[i], word))
			return true;
	return false;
}

static int refuse_more(const char *own)
{
	cli_note("hublink: '%s' is a line by itself: take out what is behind it", own);
	return ERR_USAGE;
}

static int run_words(const struct cli *cli, struct shell_words *words)
{
	const char *first = words->items[0], *line = plain_line_of(first);

	if (text_equal(first, "help") && words->count == 1)
		return say_help();
	if (is_own(first) && words->count > 1)
		return refuse_more(first);
	if (text_equal(first, "watch"))
		return run_child(cli, words, run_watch);
	if (line != NULL)
		return run_action(cli, line, words);
	if (action_parse(first) != ACTION_NONE && !command_is_word(first))
		return refuse_screen(first);
	return run_child(cli, words, cli_run);
}

/* ---- the loop ---- */

/* False at the end of the input. No editing but the terminal's own; no byte is taken that
 * belongs to a command. */
static bool read_line(struct buf *ret)
{
	char byte = 0;
	ssize_t count = 0;

	buf_reset(ret);
	do
		count = read(STDIN_FILENO, &byte, 1);
	while (count < 0 && errno == EINTR);
	while (count == 1 && byte != '\n') {
		buf_addc(ret, byte);
		count = read(STDIN_FILENO, &byte, 1);
	}
	return count == 1 || ret->len > 0;
}

static bool split_line(const struct buf *line, struct shell_words *ret, struct err *err)
{
	if (buf_overflowed(line))
		return fail(err, ERR_USAGE, "The line is longer than %d bytes",
			    LINE_MAX_BYTES);
	return shell_words_split(buf_text(line), ret, err);
}

static bool is_leaving(const struct shell_words *words)
{
	return words->count == 1 && (text_equal(words->items[0], "quit") ||
				     text_equal(words->items[0], "exit"));
}

/* *ret_code: the line's own, 0 for an empty one. False: it was the last. */
static bool take_line(const struct cli *cli, const struct buf *line, int *ret_code)
{
	DEFER(shell_words_done) struct shell_words words = { 0 };
	struct err err = { 0 };

	*ret_code = 0;
	if (!split_line(line, &words, &err))
		*ret_code = report(&err);
	else if (is_leaving(&words))
		return false;
	else if (words.count > 0)
		*ret_code = run_words(cli, &words);
	return true;
}

/* The database is there, what its mode is, and how to go on. */
static bool greet(struct cli *cli, struct err *err)
{
	enum mode mode;

	if (!cli_open(cli, STORE_READ, err) || !store_mode(cli->store, &mode, err))
		return false;
	cli_say(cli, "hublink, mode %s%s; `help` lists the commands, `quit` leaves",
		mode_text(mode), cli_engine_pid(cli) == 0 ? ", no engine runs" : "");
	store_done(&cli->store);
	return true;
}

bool plain_run(struct cli *cli, struct err *err)
{
	DEFER(buf_done) struct buf line = BUF_INIT(LINE_MAX_BYTES);
	bool asks = isatty(STDIN_FILENO);
	int last_failure = 0, code = 0;

	cli->plain = true;
	if (!greet(cli, err))
		return false;
	for (;;) {
		if (asks)
			fputs("hublink> ", stdout);
		(void)fflush(stdout);
		if (!read_line(&line) || !take_line(cli, &line, &code))
			break;
		last_failure = code != 0 ? code : last_failure;
	}
	if (asks || last_failure == 0)
		return true;
	*err = (struct err){ .code = (enum err_code)last_failure };
	return false;
}
