/* What a command is: one row of data, from which parsing, usage errors, help, the
 * manual page, the completions and the README's table are made.
 *
 * How the words of a command are written (`words`): blanks separate them; `[X]` may be
 * left out; `X…` stands for one or more and comes last; a word in capitals is the
 * caller's (`MONITOR`, `FILE|-`), any other is one of the choices it lists
 * (`error|ok`). */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/err.h"

struct cli;

/* How an option goes with the words. */
enum option_place {
	OPTION_BESIDE,  /* the words, and this */
	OPTION_INSTEAD, /* of the words: either they or this; other options as ever */
	OPTION_ALONE,   /* neither words nor other options: a form of its own */
	OPTION_NEEDED,  /* beside the words, and never left out */
};

struct option {
	const char *name;     /* without the dashes */
	const char *argument; /* NULL: none; "A|B" in small letters: one of these */
	const char *help;     /* one sentence without a full stop */
	enum option_place place;
};

enum { OPTIONS_MAX = 12 }; /* of one command */

struct command;

/* A command line that has been checked against its command. Texts are borrowed from
 * argv. */
struct arguments {
	const struct command *command;
	const char **words;
	int word_count;
	const char
		*values[OPTIONS_MAX]; /* by place in command->options; NULL: not given */
};

struct command {
	const char *name;    /* one or two words: "status", "incident show" */
	const char *words;   /* NULL: none */
	const char *summary; /* one line, begins with a capital, no full stop */
	const char *details; /* paragraphs for `help COMMAND` and the manual, or NULL */
	struct option options[OPTIONS_MAX];
	bool (*run)(struct cli *cli, const struct arguments *args, struct err *err);
};

/* Options that any command takes, before or behind its name. */
enum global_option {
	GLOBAL_DB,
	GLOBAL_JSON,
	GLOBAL_READ_ONLY,
	GLOBAL_BECAUSE,
	GLOBAL_COLOR,
	GLOBAL_PLAIN,
	GLOBAL_HELP,
	GLOBAL_VERSION,
	GLOBAL_COUNT,
};
extern const struct option global_options[GLOBAL_COUNT];

struct global_values {
	const char *values[GLOBAL_COUNT]; /* NULL: not given */
};

/* All commands, in the order of the help. */
extern const struct command *const commands[];
extern const size_t command_count;

/* The command of exactly this name, or NULL. */
const struct command *command_find(const char *name);

/* Does a command begin with this word: "status", or "incident" of several? */
bool command_is_word(const char *word);

/* ERR_USAGE: there is no command `typed`, and the nearest. Always false. */
bool command_fail_unknown(const char *typed, struct err *err);

/* "mode [dry-run|paused|live] [--yes]": one line per form, separated by newlines. */
struct buf;
void command_add_synopsis(const struct command *command, struct buf *ret);
/* The same, form by form. */
void command_each_form(const struct command *command,
		       void (*add_form)(struct buf *ret, const char *form),
		       struct buf *ret);

/* Reads argv (without the program's name). args->command is NULL when no command is
 * named. args->words is for free(). ERR_USAGE: a sentence with the nearest name. */
bool command_line_parse(int argc, char **argv, struct global_values *ret_globals,
			struct arguments *ret, struct err *err) CHECKED;

/* The value of an option of the command, NULL if not given; "" of an option without
 * argument. name must be one of the command's. */
const char *option_text(const struct arguments *args, const char *name);
bool option_given(const struct arguments *args, const char *name);

/* Like option_text, as a value; *ret keeps its own when the option is not given.
 * ERR_INVALID names the option. */
bool option_time(const struct arguments *args, const char *name, int64_t now_ms,
		 int64_t *ret, struct err *err) CHECKED;
/* --since and --until, which may not be the earlier one. */
bool option_span(const struct arguments *args, int64_t now_ms, int64_t *ret_since_ms,
		 int64_t *ret_until_ms, struct err *err) CHECKED;
bool option_duration(const struct arguments *args, const char *name, int64_t *ret,
		     struct err *err) CHECKED;
bool option_integer(const struct arguments *args, const char *name, int64_t min,
		    int64_t max, int64_t *ret, struct err *err) CHECKED;

/* The word with this number from 0, NULL if it was left out. */
const char *word_at(const struct arguments *args, int number);

/* An id as people copy it, "12" or "#12". list: which list shows it ("incidents"), for
 * ERR_INVALID. */
bool id_parse(const char *list, const char *text, int64_t *ret, struct err *err) CHECKED;

#endif
