/* The manual page and the README's table of commands. */
#include <string.h>

#include "tui/cli/command.h"
#include "tui/cli/guide.h"

void guide_add_troff(struct buf *ret, const char *text)
{
	if (*text == '.' || *text == '\'')
		buf_adds(ret, "\\&");
	for (; *text; text++) {
		if (*text == '\\')
			buf_adds(ret, "\\e");
		else if (*text == '-')
			buf_adds(ret, "\\-");
		else if (*text == '|')
			buf_adds(ret, "|\\:"); /* a long choice may be broken here */
		else if (*text == '\n')
			buf_adds(ret, "\n.PP\n");
		else
			buf_addc(ret, *text);
	}
	buf_addc(ret, '\n');
}

static void add_form(struct buf *ret, const char *form)
{
	buf_adds(ret, ".br\n.B hublink\n");
	guide_add_troff(ret, form);
}

static void add_options(struct buf *ret, const struct option *options, size_t count)
{
	for (size_t i = 0; i < count && options[i].name; i++) {
		buf_addf(ret, ".TP\n.B \\-\\-%s", options[i].name);
		if (options[i].argument)
			buf_addf(ret, " %s", options[i].argument);
		buf_addc(ret, '\n');
		guide_add_troff(ret, options[i].help);
	}
}

static void add_command(struct buf *ret, const struct command *command)
{
	buf_addf(ret, ".SS %s\n", command->name);
	command_each_form(command, add_form, ret);
	buf_adds(ret, ".PP\n");
	guide_add_troff(ret, command->summary);
	if (command->details) {
		buf_adds(ret, ".PP\n");
		guide_add_troff(ret, command->details);
	}
	add_options(ret, command->options, OPTIONS_MAX);
}

void guide_add_man(struct buf *ret)
{
	buf_addf(ret, ".TH HUBLINK 1 \"\" \"hublink %s\"\n.ad l\n.nh\n", HUBLINK_VERSION);
	buf_adds(ret, ".SH NAME\nhublink \\- tells a StatusHub status page what your "
		      "monitors see\n"
		      ".SH SYNOPSIS\n.B hublink\n[OPTION...] [COMMAND ...]\n"
		      ".SH DESCRIPTION\nWithout a command, on a terminal, it opens the "
		      "console.\n"
		      ".SH OPTIONS\nEvery command takes these:\n");
	add_options(ret, global_options, GLOBAL_COUNT);
	buf_adds(ret, ".SH COMMANDS\n");
	for (size_t i = 0; i < command_count; i++)
		add_command(ret, commands[i]);
	buf_adds(
		ret,
		".SH EXIT STATUS\n"
		".TP\n0\nDone.\n"
		".TP\n1\nThe operation failed, or the answer asked for is no.\n"
		".TP\n2\nUsage: unknown command or option, missing argument.\n"
		".TP\n3\nInvalid input; nothing was changed unless the command says so.\n"
		".TP\n4\nRefused for now: busy, locked, read\\-only, or a rule stands in "
		"the way.\n"
		".TP\n5\nNo such database, monitor, service, incident, delivery.\n"
		".SH ENVIRONMENT\n"
		".TP\nHUBLINK_DB\nThe database, unless \\-\\-db names it.\n"
		".TP\nNO_COLOR\nNo colours, unless \\-\\-color asks for them.\n"
		".SH FILES\n"
		".TP\n/etc/hublink.conf\nIts line db=FILE names the database.\n"
		".TP\n~/.local/share/hublink/hublink.db\nThe database where nothing else "
		"is said.\n"
		".TP\nhublink.db\\-wal, hublink.db\\-shm\nSQLite's own; they belong to "
		"it and are copied by `hublink backup` alone.\n"
		".TP\nhublink.db.lock\nSays which engine works on it.\n"
		".TP\nhublink.db\\-landed\nWhile one works: what was accepted and is not "
		"stored yet, so that it is not sent again after a kill.\n"
		".TP\nhublink.db.engine.log\nOf an engine that the console started.\n"
		".SH SEE ALSO\n.BR hublink\\-document (5)\n");
}

/* A bar would end the table's cell. */
static void add_markdown_cell(struct buf *ret, const char *text)
{
	for (; *text; text++) {
		if (*text == '|')
			buf_addc(ret, '\\');
		if (*text == '\n')
			buf_adds(ret, "` · `");
		else
			buf_addc(ret, *text);
	}
}

void guide_add_readme(struct buf *ret)
{
	buf_adds(ret, "| command | what it does |\n|---|---|\n");
	for (size_t i = 0; i < command_count; i++) {
		DEFER(buf_done)
		struct buf forms = BUF_INIT(2048);
		command_add_synopsis(commands[i], &forms);
		buf_adds(ret, "| `");
		add_markdown_cell(ret, buf_text(&forms));
		buf_adds(ret, "` | ");
		add_markdown_cell(ret, commands[i]->summary);
		buf_adds(ret, " |\n");
	}
}
