/* help and version. */
#include <string.h>

#include "core/base/text.h"
#include "tui/cli/cli.h"
#include "tui/cli/commands.h"
#include "tui/cli/guide.h"
#include "tui/cli/words.h"

enum { GUIDE_MAX_BYTES = 1024 * 1024 };

static bool run_version(struct cli *cli, const struct arguments *args, struct err *err)
{
	(void)args;
	(void)err;
	if (cli->json) {
		DEFER(reply_done)
		struct reply reply = { 0 };
		json_put_string(reply_open(&reply), "version", HUBLINK_VERSION);
		reply_send(&reply);
	}
	cli_say(cli, "hublink %s", HUBLINK_VERSION);
	return true;
}

/* What the build asks for, by name. */
static const struct {
	const char *name;
	void (*add)(struct buf *ret);
} formats[] = {
	{ "man", guide_add_man },
	{ "bash", guide_add_bash },
	{ "document", guide_add_document_man },
	{ "zsh", guide_add_zsh },
	{ "fish", guide_add_fish },
	{ "readme", guide_add_readme },
	{ "keys", guide_add_keys },
};

static void add_format(struct buf *ret, const char *name)
{
	for (size_t i = 0; i < COUNT_OF(formats); i++)
		if (text_equal(formats[i].name, name))
			formats[i].add(ret);
}

/* The help of "incident": of all commands that begin with it. */
static bool add_group(struct buf *ret, const char *group)
{
	size_t bytes = strlen(group);
	bool found = false;
	for (size_t i = 0; i < command_count; i++) {
		const char *name = commands[i]->name;
		if (strncmp(name, group, bytes) != 0 || name[bytes] != ' ')
			continue;
		buf_adds(ret, found ? "\n" : "");
		guide_add_command(ret, commands[i]);
		found = true;
	}
	return found;
}

static bool add_help(struct buf *ret, const struct arguments *args, struct err *err)
{
	DEFER(buf_done)
	struct buf name = BUF_INIT(GUIDE_MAX_BYTES);
	for (int i = 0; i < args->word_count; i++)
		buf_addf(&name, "%s%s", i > 0 ? " " : "", args->words[i]);
	const struct command *command = command_find(buf_text(&name));
	if (command)
		guide_add_command(ret, command);
	else if (text_equal(buf_text(&name), "document"))
		guide_add_document(ret);
	else if (!add_group(ret, buf_text(&name)))
		return command_fail_unknown(buf_text(&name), err);
	return true;
}

static bool run_help(struct cli *cli, const struct arguments *args, struct err *err)
{
	DEFER(buf_done)
	struct buf text = BUF_INIT(GUIDE_MAX_BYTES);
	const char *format = option_text(args, "format");

	if (format)
		add_format(&text, format);
	else if (args->word_count == 0)
		guide_add_overview(&text);
	else if (!add_help(&text, args, err))
		return false;
	if (cli->json) {
		DEFER(reply_done)
		struct reply reply = { 0 };
		json_put_string(reply_open(&reply), "help", buf_text(&text));
		reply_send(&reply);
		return true;
	}
	fputs(buf_text(&text), stdout); /* our own text, tabs and all */
	return true;
}

const struct command version_command = {
	.name = "version",
	.summary = "The version",
	.run = run_version,
};

const struct command help_command = {
	.name = "help",
	.words = "[COMMAND…]",
	.summary = "What there is, or how one command is used",
	.details = "`hublink help document` explains the configuration document.",
	.options = { { "format", "man|document|bash|zsh|fish|readme|keys",
		       "A manual page (of the commands, of the document), a shell's "
		       "completions or one of the README's tables instead",
		       OPTION_INSTEAD } },
	.run = run_help,
};
