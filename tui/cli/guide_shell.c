/* Completions for bash, zsh and fish: commands, their second words, options and fixed
 * choices. */
#include <string.h>

#include "tui/cli/command.h"
#include "tui/cli/guide.h"
#include "tui/cli/words.h"

/* The first word of each command once ("incident" for its eight), or with a group the
 * second words of it. */
static void add_names(struct buf *ret, const char *group)
{
	size_t skip = group ? strlen(group) + 1 : 0, last_bytes = 0;
	const char *last = "";
	for (size_t i = 0; i < command_count; i++) {
		const char *name = commands[i]->name;
		if (group &&
		    (strncmp(name, group, skip - 1) != 0 || name[skip - 1] != ' '))
			continue;
		size_t bytes = strcspn(name + skip, " ");
		if (bytes == last_bytes && memcmp(last, name + skip, bytes) == 0)
			continue;
		last = name + skip;
		last_bytes = bytes;
		buf_add(ret, last, bytes);
		buf_addc(ret, ' ');
	}
}

static void add_choices(struct buf *ret, const char *text, size_t bytes)
{
	for (size_t i = 0; i < bytes; i++)
		buf_addc(ret, text[i] == '|' ? ' ' : text[i]);
	buf_addc(ret, ' ');
}

/* What may follow a command: its options, and the choices of its words. */
static void add_words_of(struct buf *ret, const struct command *command)
{
	const char *spec = command->words;
	struct word_spec word;
	while (word_spec_next(&spec, &word))
		if (word.choice)
			add_choices(ret, word.text, word.bytes);
	for (size_t i = 0; i < OPTIONS_MAX && command->options[i].name; i++)
		buf_addf(ret, "--%s ", command->options[i].name);
}

static void add_global_words(struct buf *ret)
{
	for (size_t i = 0; i < GLOBAL_COUNT; i++)
		buf_addf(ret, "--%s ", global_options[i].name);
}

/* Options with fixed choices, all commands together: each name means the same
 * everywhere. */
static void add_choice_case(struct buf *ret, const struct option *option)
{
	size_t bytes = option->argument ? strlen(option->argument) : 0;
	if (bytes == 0 || !choice_is(option->argument, bytes))
		return;
	buf_addf(ret, "\t--%s) choices=\"", option->name);
	add_choices(ret, option->argument, bytes);
	buf_adds(ret, "\" ;;\n");
}

/* A shell function's body that sets `choices` from `line` (the command so far) and
 * `before` (the word in front). */
static void add_word_choice(struct buf *ret)
{
	buf_adds(ret, "\tcase \"$line\" in\n");
	for (size_t i = 0; i < command_count; i++) {
		const char *name = commands[i]->name;
		size_t first = strcspn(name, " ");
		buf_addf(ret, "\t\"%s \"*) choices=\"", name);
		add_words_of(ret, commands[i]);
		buf_adds(ret, "\" ;;\n");
		bool group_ends = i + 1 == command_count ||
				  strncmp(name, commands[i + 1]->name, first + 1) != 0;
		if (name[first] && group_ends) {
			buf_addf(ret, "\t\"%.*s \"*) choices=\"", (int)first, name);
			char group[64];
			memcpy(group, name, first);
			group[first] = '\0';
			add_names(ret, group);
			buf_adds(ret, "\" ;;\n");
		}
	}
	buf_adds(ret, "\t*) choices=\"");
	add_names(ret, NULL);
	buf_adds(ret, "\" ;;\n\tesac\n\tcase \"$before\" in\n");
	for (size_t i = 0; i < GLOBAL_COUNT; i++)
		add_choice_case(ret, &global_options[i]);
	for (size_t i = 0; i < command_count; i++)
		for (size_t j = 0; j < OPTIONS_MAX && commands[i]->options[j].name; j++)
			add_choice_case(ret, &commands[i]->options[j]);
	buf_adds(ret, "\t*) choices=\"$choices ");
	add_global_words(ret);
	buf_adds(ret, "\" ;;\n\tesac\n");
}

void guide_add_bash(struct buf *ret)
{
	buf_adds(ret,
		 "# bash completion for hublink; made by `hublink help --format bash`.\n"
		 "_hublink()\n{\n"
		 "\tlocal word=${COMP_WORDS[COMP_CWORD]} "
		 "before=${COMP_WORDS[COMP_CWORD-1]}\n"
		 "\tlocal line=\"${COMP_WORDS[*]:1:COMP_CWORD-1} \" choices\n");
	add_word_choice(ret);
	buf_adds(ret, "\tCOMPREPLY=($(compgen -W \"$choices\" -- \"$word\"))\n"
		      "}\ncomplete -o default -F _hublink hublink\n");
}

void guide_add_zsh(struct buf *ret)
{
	buf_adds(ret,
		 "#compdef hublink\n# Made by `hublink help --format zsh`.\n"
		 "_hublink()\n{\n"
		 "\tlocal before=${words[CURRENT-1]} line=\"${words[2,CURRENT-1]} \"\n"
		 "\tlocal choices\n");
	add_word_choice(ret);
	buf_adds(ret, "\tcompadd -- ${=choices}\n\t_files\n}\n_hublink \"$@\"\n");
}

/* A text inside single quotes. */
static void add_quoted(struct buf *ret, const char *text)
{
	buf_addc(ret, '\'');
	for (; *text; text++) {
		if (*text == '\'' || *text == '\\')
			buf_addc(ret, '\\');
		buf_addc(ret, *text);
	}
	buf_addc(ret, '\'');
}

static void add_fish_option(struct buf *ret, const char *condition,
			    const struct option *option)
{
	buf_addf(ret, "complete -c hublink%s -l %s ", condition, option->name);
	if (option->argument && choice_is(option->argument, strlen(option->argument))) {
		buf_adds(ret, "-x -a '");
		add_choices(ret, option->argument, strlen(option->argument));
		buf_adds(ret, "' ");
	} else if (option->argument) {
		buf_adds(ret, "-r ");
	}
	buf_adds(ret, "-d ");
	add_quoted(ret, option->help);
	buf_addc(ret, '\n');
}

static void add_fish_command(struct buf *ret, const struct command *command)
{
	DEFER(buf_done)
	struct buf condition = BUF_INIT(256);
	const char *second = strchr(command->name, ' ');
	int first = (int)strcspn(command->name, " ");

	if (second) {
		buf_addf(ret,
			 "complete -c hublink -n '__fish_seen_subcommand_from %.*s' -f "
			 "-a %s -d ",
			 first, command->name, second + 1);
		buf_addf(&condition,
			 " -n '__fish_seen_subcommand_from %.*s; and "
			 "__fish_seen_subcommand_from %s'",
			 first, command->name, second + 1);
	} else {
		buf_addf(ret, "complete -c hublink -n __fish_use_subcommand -f -a %s -d ",
			 command->name);
		buf_addf(&condition, " -n '__fish_seen_subcommand_from %s'",
			 command->name);
	}
	add_quoted(ret, command->summary);
	buf_addc(ret, '\n');
	const char *spec = command->words;
	struct word_spec word;
	while (word_spec_next(&spec, &word)) {
		if (!word.choice)
			continue;
		buf_addf(ret, "complete -c hublink%s -f -a '", buf_text(&condition));
		add_choices(ret, word.text, word.bytes);
		buf_adds(ret, "'\n");
	}
	for (size_t i = 0; i < OPTIONS_MAX && command->options[i].name; i++)
		add_fish_option(ret, buf_text(&condition), &command->options[i]);
}

void guide_add_fish(struct buf *ret)
{
	buf_adds(ret,
		 "# fish completion for hublink; made by `hublink help --format fish`.\n"
		 "complete -c hublink -n __fish_use_subcommand -f -a '");
	add_names(ret, NULL);
	buf_adds(ret, "'\n");
	for (size_t i = 0; i < GLOBAL_COUNT; i++)
		add_fish_option(ret, "", &global_options[i]);
	for (size_t i = 0; i < command_count; i++)
		add_fish_command(ret, commands[i]);
}
