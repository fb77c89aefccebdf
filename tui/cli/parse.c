/* Reading a command line against the table of commands: strict, and every refusal
 * names the nearest. */
#include <string.h>

#include "core/base/buf.h"
#include "core/base/nearest.h"
#include "core/base/text.h"
#include "tui/cli/commands.h"
#include "tui/cli/words.h"

const struct option global_options[GLOBAL_COUNT] = {
	[GLOBAL_DB] = { "db", "FILE",
			"The database, instead of $HUBLINK_DB, db= in /etc/hublink.conf "
			"or the "
			"one in your home",
			OPTION_BESIDE },
	[GLOBAL_JSON] = { "json", NULL,
			  "JSON on standard output: a list as one object per line, "
			  "anything else "
			  "as one object",
			  OPTION_BESIDE },
	[GLOBAL_READ_ONLY] = { "read-only", NULL,
			       "Refuse whatever would change something", OPTION_BESIDE },
	[GLOBAL_BECAUSE] = { "because", "TEXT",
			     "Why: kept in the audit with what is done", OPTION_BESIDE },
	[GLOBAL_COLOR] = { "color", "auto|always|never",
			   "Colours; auto: on a terminal unless NO_COLOR is set",
			   OPTION_BESIDE },
	[GLOBAL_PLAIN] = { "plain", NULL,
			   "Without a command: a line mode instead of the screen, for "
			   "screen readers and terminals that cannot draw",
			   OPTION_BESIDE },
	[GLOBAL_HELP] = { "help", NULL, "The help of the command", OPTION_BESIDE },
	[GLOBAL_VERSION] = { "version", NULL, "The version", OPTION_BESIDE },
};

/* What is being read. */
struct parser {
	int argc, next;
	char **argv;
	struct global_values *globals;
	struct arguments *args;
};

const struct command *command_find(const char *name)
{
	for (size_t i = 0; i < command_count; i++)
		if (text_equal(commands[i]->name, name))
			return commands[i];
	return NULL;
}

/* Does the command's name begin with this word, with another behind it? */
static bool is_group(const struct command *command, const char *word)
{
	size_t bytes = strlen(word);
	return strncmp(command->name, word, bytes) == 0 && command->name[bytes] == ' ';
}

bool command_is_word(const char *word)
{
	for (size_t i = 0; i < command_count; i++)
		if (text_equal(commands[i]->name, word) || is_group(commands[i], word))
			return true;
	return false;
}

bool command_fail_unknown(const char *typed, struct err *err)
{
	DEFER(buf_done)
	struct buf shown = BUF_INIT(TYPED_MAX_BYTES);
	struct nearest nearest;

	typed_add(&shown, typed);
	nearest_init(&nearest, typed);
	for (size_t i = 0; i < command_count; i++)
		nearest_offer(&nearest, commands[i]->name);
	const char *near = nearest_found(&nearest);
	if (near)
		return fail(err, ERR_USAGE,
			    "There is no command '%s'; '%s' is the nearest; `hublink "
			    "help` lists "
			    "them all",
			    buf_text(&shown), near);
	return fail(err, ERR_USAGE,
		    "There is no command '%s'; `hublink help` lists them all",
		    buf_text(&shown));
}

/* "incident" alone, or with a second word that is none of its commands. */
static bool fail_group(const char *group, const char *second, struct err *err)
{
	DEFER(buf_done)
	struct buf choices = BUF_INIT(400);
	for (size_t i = 0; i < command_count; i++)
		if (is_group(commands[i], group))
			buf_addf(&choices, "%s%s", choices.len ? "|" : "",
				 commands[i]->name + strlen(group) + 1);
	if (!second)
		return fail(err, ERR_USAGE, "`hublink %s` needs one of %s behind it",
			    group, buf_text(&choices));
	DEFER(buf_done)
	struct buf what = BUF_INIT(200);
	buf_addf(&what, "The word behind `hublink %s`", group);
	return choice_fail(buf_text(&what), buf_text(&choices), choices.len, second, err);
}

static bool is_help(const char *word)
{
	return text_equal(word, "--help") || text_equal(word, "-h");
}

static bool take_command(struct parser *p, const char *word, struct err *err)
{
	p->args->command = command_find(word);
	if (p->args->command)
		return true;
	if (!command_is_word(word))
		return command_fail_unknown(word, err);
	if (p->next < p->argc && is_help(p->argv[p->next])) {
		p->next++;
		p->args->command = &help_command;
		p->args->words[p->args->word_count++] = word;
		return true;
	}
	if (p->next >= p->argc || p->argv[p->next][0] == '-')
		return fail_group(word, NULL, err);

	DEFER(buf_done)
	struct buf name = BUF_INIT(256);
	buf_addf(&name, "%s %s", word, p->argv[p->next]);
	p->args->command = command_find(buf_text(&name));
	if (!p->args->command)
		return fail_group(word, p->argv[p->next], err);
	p->next++;
	return true;
}

static size_t own_count(const struct command *command)
{
	size_t count = 0;
	while (command && count < OPTIONS_MAX && command->options[count].name)
		count++;
	return count;
}

/* The place of the option with this name (bytes long) among count, or -1. */
static int option_place(const struct option *options, size_t count, const char *name,
			size_t bytes)
{
	for (size_t i = 0; i < count; i++)
		if (strlen(options[i].name) == bytes &&
		    memcmp(options[i].name, name, bytes) == 0)
			return (int)i;
	return -1;
}

static bool fail_unknown_option(const struct command *command, const char *typed,
				struct err *err)
{
	DEFER(buf_done)
	struct buf shown = BUF_INIT(TYPED_MAX_BYTES);
	struct nearest nearest;
	size_t own = own_count(command);

	typed_add(&shown, typed);
	nearest_init(&nearest, typed + strspn(typed, "-"));
	for (size_t i = 0; i < own; i++)
		nearest_offer(&nearest, command->options[i].name);
	for (size_t i = 0; i < GLOBAL_COUNT; i++)
		nearest_offer(&nearest, global_options[i].name);
	const char *near = nearest_found(&nearest);
	const char *blank = command ? " " : "", *name = command ? command->name : "";
	return fail(
		err, ERR_USAGE,
		"`hublink%s%s` has no option '%s'%s%s%s; `hublink help%s%s` lists them",
		blank, name, buf_text(&shown), near ? "; '--" : "", near ? near : "",
		near ? "' is the nearest" : "", blank, name);
}

static bool take_value(struct parser *p, const struct option *option, const char *equals,
		       const char **ret, struct err *err)
{
	if (*ret)
		return fail(err, ERR_USAGE,
			    "Option '--%s' is given twice; once is enough", option->name);
	if (!option->argument) {
		if (equals)
			return fail(err, ERR_USAGE, "Option '--%s' takes no argument",
				    option->name);
		*ret = "";
		return true;
	}
	if (!equals && p->next >= p->argc)
		return fail(err, ERR_USAGE, "Option '--%s' needs an argument: %s",
			    option->name, option->argument);
	const char *value = equals ? equals + 1 : p->argv[p->next++];
	size_t bytes = strlen(option->argument);
	if (choice_is(option->argument, bytes) &&
	    !choice_holds(option->argument, bytes, value)) {
		DEFER(buf_done)
		struct buf what = BUF_INIT(100);
		buf_addf(&what, "The value of '--%s'", option->name);
		return choice_fail(buf_text(&what), option->argument, bytes, value, err);
	}
	*ret = value;
	return true;
}

static bool take_option(struct parser *p, const char *typed, struct err *err)
{
	const struct command *command = p->args->command;
	if (text_equal(typed, "-h"))
		typed = "--help";
	if (typed[1] != '-')
		return fail_unknown_option(command, typed, err);
	const char *name = typed + 2, *equals = strchr(name, '=');
	size_t bytes = equals ? (size_t)(equals - name) : strlen(name);

	int place =
		command ? option_place(command->options, own_count(command), name, bytes)
			: -1;
	if (place >= 0)
		return take_value(p, &command->options[place], equals,
				  &p->args->values[place], err);
	place = option_place(global_options, GLOBAL_COUNT, name, bytes);
	if (place >= 0)
		return take_value(p, &global_options[place], equals,
				  &p->globals->values[place], err);
	return fail_unknown_option(command, typed, err);
}

/* The option that stands for the words, if one is given; with OPTION_ALONE nothing
 * else may be. */
static bool check_instead(const struct arguments *args, const struct option **ret,
			  struct err *err)
{
	const struct option *alone = NULL, *other = NULL;
	*ret = NULL;
	for (size_t i = 0; i < own_count(args->command); i++) {
		const struct option *option = &args->command->options[i];
		if (!args->values[i])
			continue;
		if (option->place == OPTION_BESIDE || option->place == OPTION_NEEDED) {
			other = option;
			continue;
		}
		if (*ret)
			return fail(err, ERR_USAGE, "Either '--%s' or '--%s', not both",
				    (*ret)->name, option->name);
		*ret = option;
		if (option->place == OPTION_ALONE)
			alone = option;
	}
	if (alone && other)
		return fail(
			err, ERR_USAGE,
			"'--%s' does not go with '--%s'; `hublink help %s` explains it",
			other->name, alone->name, args->command->name);
	return true;
}

static bool check_needed(const struct arguments *args, struct err *err)
{
	const char *name = args->command->name;
	for (size_t i = 0; i < own_count(args->command); i++) {
		const struct option *option = &args->command->options[i];
		if (option->place == OPTION_NEEDED && !args->values[i])
			return fail(err, ERR_USAGE,
				    "`hublink %s` needs --%s %s; `hublink help %s` "
				    "explains it",
				    name, option->name, option->argument, name);
	}
	return true;
}

static bool check_arguments(const struct arguments *args, struct err *err)
{
	const struct option *instead;
	if (!check_instead(args, &instead, err))
		return false;
	if (!instead)
		return words_check(args->command->name, args->command->words,
				   args->word_count, args->words, err) &&
		       check_needed(args, err);
	if (args->word_count > 0) {
		DEFER(buf_done)
		struct buf typed = BUF_INIT(400);
		typed_add(&typed, args->words[0]);
		return fail(err, ERR_USAGE, "Either '--%s' or '%s', not both",
			    instead->name, buf_text(&typed));
	}
	return true;
}

bool command_line_parse(int argc, char **argv, struct global_values *ret_globals,
			struct arguments *ret, struct err *err)
{
	struct parser p = {
		.argc = argc, .argv = argv, .globals = ret_globals, .args = ret
	};
	bool only_words = false;

	*ret = (struct arguments){ .words = mem_new((size_t)argc + 1, sizeof(char *)) };
	*ret_globals = (struct global_values){ 0 };
	while (p.next < argc) {
		const char *word = argv[p.next++];
		if (!only_words && text_equal(word, "--")) {
			only_words = true;
			continue;
		}
		bool is_option = !only_words && word[0] == '-' && word[1];
		if (is_option) {
			if (!take_option(&p, word, err))
				return false;
		} else if (!ret->command) {
			if (!take_command(&p, word, err))
				return false;
		} else {
			ret->words[ret->word_count++] = word;
		}
	}
	if (!ret->command || ret_globals->values[GLOBAL_HELP])
		return true;
	return check_arguments(ret, err);
}
