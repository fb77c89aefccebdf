/* How a command is written down: from its row of data, for help, manual, README and
 * errors. */
#include <string.h>

#include "core/base/buf.h"
#include "tui/cli/command.h"

enum { FORMS_MAX = 2048 };

static void add_option(struct buf *ret, const struct option *option)
{
	buf_addf(ret, "--%s", option->name);
	if (option->argument)
		buf_addf(ret, " %s", option->argument);
}

/* "SERVICE…|--all": the words, and what stands for them. */
static void add_words(struct buf *ret, const struct command *command)
{
	if (command->words)
		buf_addf(ret, " %s", command->words);
	for (size_t i = 0; i < OPTIONS_MAX && command->options[i].name; i++) {
		if (command->options[i].place != OPTION_INSTEAD)
			continue;
		buf_addc(ret, '|');
		add_option(ret, &command->options[i]);
	}
}

void command_add_synopsis(const struct command *command, struct buf *ret)
{
	buf_adds(ret, command->name);
	add_words(ret, command);
	for (size_t i = 0; i < OPTIONS_MAX && command->options[i].name; i++) {
		enum option_place place = command->options[i].place;
		if (place != OPTION_BESIDE && place != OPTION_NEEDED)
			continue;
		buf_adds(ret, place == OPTION_NEEDED ? " " : " [");
		add_option(ret, &command->options[i]);
		buf_adds(ret, place == OPTION_NEEDED ? "" : "]");
	}
	for (size_t i = 0; i < OPTIONS_MAX && command->options[i].name; i++) {
		if (command->options[i].place != OPTION_ALONE)
			continue;
		buf_addf(ret, "\n%s ", command->name);
		add_option(ret, &command->options[i]);
	}
}

void command_each_form(const struct command *command,
		       void (*add_form)(struct buf *ret, const char *form),
		       struct buf *ret)
{
	DEFER(buf_done)
	struct buf forms = BUF_INIT(FORMS_MAX);
	command_add_synopsis(command, &forms);
	DEFER(mem_free)
	char *copy = buf_take(&forms);
	char *rest = copy, *form;
	while ((form = strsep(&rest, "\n")))
		add_form(ret, form);
}
