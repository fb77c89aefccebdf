/* Help for people at the terminal. */
#include "tui/cli/guide.h"

#include <string.h>

#include "core/base/text.h"
#include "tui/cli/command.h"

enum { HELP_WIDTH = 79, HELP_INDENT = 2, SUMMARY_COLUMN = 24, OPTION_COLUMN = 26 };

void guide_add_wrapped(struct buf *ret, const char *text, int indent, int width)
{
	int column = 0;
	while (*text) {
		size_t bytes = strcspn(text, " ");
		if (column > 0 && column + 1 + (int)bytes > width) {
			buf_addc(ret, '\n');
			column = 0;
		}
		if (column > 0)
			buf_addc(ret, ' ');
		else
			buf_addf(ret, "%*s", indent, "");
		buf_add(ret, text, bytes);
		column += (column > 0 ? 1 : indent) + (int)bytes;
		text += bytes;
		text += strspn(text, " ");
	}
	buf_addc(ret, '\n');
}

/* "  name      what it is": the second begins at column, on a line of its own if the
 * first is long. */
static void add_pair(struct buf *ret, const char *name, const char *what, int column)
{
	DEFER(buf_done)
	struct buf wrapped = BUF_INIT(8192);
	guide_add_wrapped(&wrapped, what, column, HELP_WIDTH);
	int used = HELP_INDENT + (int)strlen(name);
	buf_addf(ret, "%*s%s", HELP_INDENT, "", name);
	if (used + 1 < column) {
		buf_addf(ret, "%*s", column - used, "");
		buf_adds(ret, buf_text(&wrapped) + column);
	} else {
		buf_addf(ret, "\n%s", buf_text(&wrapped));
	}
}

static void add_option(struct buf *ret, const struct option *option)
{
	DEFER(buf_done)
	struct buf name = BUF_INIT(256);
	buf_addf(&name, "--%s", option->name);
	if (option->argument)
		buf_addf(&name, " %s", option->argument);
	add_pair(ret, buf_text(&name), option->help, OPTION_COLUMN);
}

static void add_global_options(struct buf *ret)
{
	buf_adds(ret, "\nOptions of every command:\n");
	for (size_t i = 0; i < GLOBAL_COUNT; i++)
		add_option(ret, &global_options[i]);
}

void guide_add_overview(struct buf *ret)
{
	buf_adds(ret, "Usage: hublink [OPTION…] [COMMAND …]\n\n"
		      "Tells a StatusHub status page what your monitors see. Without a "
		      "command, on a\n"
		      "terminal, it opens the console.\n\nCommands:\n");
	for (size_t i = 0; i < command_count; i++)
		add_pair(ret, commands[i]->name, commands[i]->summary, SUMMARY_COLUMN);
	add_global_options(ret);
	buf_adds(ret, "\nExit: 0 done; 1 failed, or the answer is no; 2 usage; 3 invalid "
		      "input;\n"
		      "4 refused for now; 5 there is no such thing.\n"
		      "`hublink help COMMAND` explains one.\n");
}

static void add_paragraphs(struct buf *ret, const char *text)
{
	DEFER(mem_free)
	char *copy = mem_strdup(text);
	char *rest = copy, *paragraph;
	while ((paragraph = strsep(&rest, "\n"))) {
		buf_addc(ret, '\n');
		guide_add_wrapped(ret, paragraph, 0, HELP_WIDTH);
	}
}

static void add_form(struct buf *ret, const char *form)
{
	DEFER(buf_done)
	struct buf line = BUF_INIT(2048);
	buf_addf(&line, "hublink %s", form);
	guide_add_wrapped(ret, buf_text(&line), 0, HELP_WIDTH);
}

void guide_add_command(struct buf *ret, const struct command *command)
{
	command_each_form(command, add_form, ret);
	buf_addf(ret, "\n%s.\n", command->summary);
	if (command->details)
		add_paragraphs(ret, command->details);
	if (command->options[0].name)
		buf_adds(ret, "\nOptions:\n");
	for (size_t i = 0; i < OPTIONS_MAX && command->options[i].name; i++)
		add_option(ret, &command->options[i]);
}
