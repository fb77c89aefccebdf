/* gate: what sshd's ForceCommand runs instead of a shell (README: Over SSH).
 *
 * The client chooses the words, the environment and the terminal; the administrator's command
 * line chooses database, name and role. So the environment is emptied but for what says how
 * the terminal looks, the words are taken apart without a shell, and rules say which of them
 * the role may run. */
#include <pwd.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "core/base/text.h"
#include "tui/cli/commands.h"
#include "tui/cli/run.h"
#include "tui/cli/shell_words.h"

enum { VARIABLE_MAX_BYTES = 64, WORDS_MAX_BYTES = 65536 };

/* ---- the environment ---- */

/* Says how the terminal looks, and where it is: no path, and nothing that opens a file. */
static const char *const kept_variables[] = { "TERM",     "LANG",      "LC_ALL",
					      "LC_CTYPE", "COLORTERM", "NO_COLOR" };

static bool is_plain(const char *value)
{
	static const char allowed[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
		"0123456789.-_+@";
	return strlen(value) <= VARIABLE_MAX_BYTES &&
	       value[strspn(value, allowed)] == '\0';
}

static char *copy_of(const char *variable)
{
	const char *value = getenv(variable);
	return value ? mem_strdup(value) : NULL;
}

static void set(const char *name, const char *value)
{
	if (setenv(name, value, 1) != 0)
		die_out_of_memory();
}

/* Where the client is: sshd says it, and the audit keeps it. */
static const char source_variable[] = "SSH_CONNECTION";

static void empty_environment(void)
{
	char *kept[COUNT_OF(kept_variables)], *source = copy_of(source_variable);
	const struct passwd *account = getpwuid(geteuid());

	for (size_t i = 0; i < COUNT_OF(kept); i++)
		kept[i] = copy_of(kept_variables[i]);
	if (clearenv() != 0)
		die_out_of_memory();
	if (account)
		set("HOME", account->pw_dir);
	if (source)
		set(source_variable, source);
	for (size_t i = 0; i < COUNT_OF(kept); i++) {
		if (kept[i] && is_plain(kept[i]))
			set(kept_variables[i], kept[i]);
		free(kept[i]);
	}
	free(source);
}

/* No core file holds a URL, and no program gains what this account has not. */
static void harden(void)
{
	const struct rlimit none = { 0 };

	(void)signal(SIGTSTP, SIG_IGN);
	(void)prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	(void)setrlimit(RLIMIT_CORE, &none);
}

/* ---- the operator's words ---- */

static bool check_name(const char *name, struct err *err)
{
	if (*name && strlen(name) < ACTOR_SIZE && utf8_valid(name, strlen(name)) &&
	    text_no_controls(name))
		return true;
	return fail(
		err, ERR_INVALID,
		"--as: a name for the audit has 1 to %d bytes and no control characters",
		ACTOR_SIZE - 1);
}

/* "ssh ops hublink status" means what "ssh ops status" does. */
static bool run_line(struct cli *cli, const char *line, struct err *err)
{
	DEFER(shell_words_done) struct shell_words words = { 0 };

	if (strlen(line) > WORDS_MAX_BYTES)
		return fail(err, ERR_USAGE, "The command is longer than %d bytes",
			    WORDS_MAX_BYTES);
	if (!shell_words_split(line, &words, err))
		return false;
	size_t named = words.count > 0 && text_equal(words.items[0], "hublink");
	return cli_run(cli, (int)(words.count - named), words.items + named, err);
}

static bool run_gate(struct cli *cli, const struct arguments *args, struct err *err)
{
	DEFER(mem_free) char *line = copy_of("SSH_ORIGINAL_COMMAND");

	cli->as = option_text(args, "as");
	cli->role = gate_role_parse(option_text(args, "role"));
	cli->read_only |= cli->role == GATE_VIEWER;
	if (!check_name(cli->as, err))
		return false;
	empty_environment();
	harden();
	return run_line(cli, line ? line : "", err);
}

const struct command gate_command = {
	.name = "gate",
	.summary = "What sshd runs for an operator: no shell, one role",
	.details =
		"For ForceCommand in sshd_config, or command= in authorized_keys. It "
		"runs "
		"the console, or the words that the client sent ($SSH_ORIGINAL_COMMAND) "
		"as a command of hublink's, without a shell: quotes hold words together, "
		"nothing is expanded. No other database, no editor, no suspending, no "
		"file (only '-'), no engine; the client's environment counts for nothing "
		"but the look of its terminal. The audit keeps NAME and the client's "
		"address.\n"
		"A viewer reads; a responder also acts on incidents, updates, mutes and "
		"mode paused; an admin does all. What the role may not ends with 4 and "
		"names the role that may.\n"
		"Options in front of `gate` are the administrator's: --db FILE says "
		"which "
		"database it is.",
	.options = { { "as", "NAME", "Who comes through: the audit's name",
		       OPTION_NEEDED },
		     { "role", "viewer|responder|admin", "What he may", OPTION_NEEDED } },
	.run = run_gate,
};
