/* What is made from the table of commands: help, and the files under packaging/ and in
 * the README. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/text.h"
#include "core/rules/fields.h"
#include "tests/support/check.h"
#include "tests/support/cli.h"
#include "tui/cli/command.h"

enum { FILE_MAX = 1024 * 1024 };

static char *read_source(const char *name)
{
	char path[4096];
	snprintf(path, sizeof(path), "%s/%s", HUBLINK_SOURCE, name);
	FILE *file = fopen(path, "re");
	if (!file)
		fail_msg("%s is missing: make guides", path);
	char *text = mem_new(1, FILE_MAX);
	assert_true(fread(text, 1, FILE_MAX - 1, file) > 0);
	fclose(file);
	return text;
}

static void packaging__is_what_hublink_says(void **state)
{
	static const struct {
		const char *format, *file;
	} guides[] = {
		{ "man", "packaging/hublink.1" },
		{ "document", "packaging/hublink-document.5" },
		{ "bash", "packaging/hublink.bash" },
		{ "zsh", "packaging/hublink.zsh" },
		{ "fish", "packaging/hublink.fish" },
	};
	for (size_t i = 0; i < COUNT_OF(guides); i++) {
		char line[100];
		char *file = read_source(guides[i].file);
		snprintf(line, sizeof(line), "help --format %s", guides[i].format);
		if (!text_equal(cli_out(*state, 0, line), file))
			fail_msg("%s is not what `hublink %s` says: make guides",
				 guides[i].file, line);
		free(file);
	}
}

static void readme__holds_the_tables_of_commands_and_keys(void **state)
{
	static const char *const lines[] = { "help --format readme",
					     "help --format keys" };
	char *readme = read_source("README.md");
	for (size_t i = 0; i < COUNT_OF(lines); i++)
		assert_holds(readme, cli_out(*state, 0, lines[i]));
	free(readme);
}

static void help__explains_every_command(void **state)
{
	for (size_t i = 0; i < command_count; i++) {
		char line[200];
		snprintf(line, sizeof(line), "help %s", commands[i]->name);
		const char *out = cli_out(*state, 0, line);
		assert_holds(out, commands[i]->summary);
		for (size_t j = 0; j < OPTIONS_MAX && commands[i]->options[j].name; j++)
			assert_holds(out, commands[i]->options[j].name);
		assert_holds(cli_out(*state, 0, "help"), commands[i]->name);
	}
}

static void help__keeps_to_the_width_of_a_terminal(void **state)
{
	const char *line = cli_out(*state, 0, "help");
	for (; *line; line += strcspn(line, "\n") + 1)
		assert_true(strcspn(line, "\n") <= 80);
}

static void help__explains_a_group(void **state)
{
	const char *out = cli_out(*state, 0, "help service");
	assert_holds(out, "hublink service set-url SERVICE");
	assert_holds(out, "hublink service find-url -");
	assert_holds(cli_err(*state, 2, "help evnet"), "'event' is the nearest");
}

static void bash__completes__what_may_follow(void **state)
{
	const struct sandbox *sandbox = *state;
	struct ran ran = { 0 };
	char script[500];
	snprintf(script, sizeof(script),
		 "source %s/packaging/hublink.bash; COMP_WORDS=(hublink service ''); "
		 "COMP_CWORD=2; "
		 "_hublink; echo ${COMPREPLY[*]}; COMP_WORDS=(hublink status --w); "
		 "_hublink; echo "
		 "${COMPREPLY[*]}; COMP_WORDS=(hublink --color n); _hublink; echo "
		 "${COMPREPLY[*]}",
		 HUBLINK_SOURCE);
	const char *const argv[] = { "/bin/bash", "-c", script, NULL };
	(void)sandbox;
	run_program(&ran, argv, NULL, NULL);
	const char *out = buf_text(&ran.out);
	assert_holds(out, "set-url");
	assert_holds(out, "\n--watch\nnever\n");
	ran_done(&ran);
}

/* Every key of every field table, and nothing but its own limits and default. */
static void help__explains_the_document(void **state)
{
	const char *out = cli_out(*state, 0, "help document");
	for (enum record_kind kind = 0; kind < RECORD_KIND_COUNT; kind++)
		for (size_t i = 0; i < record_types[kind].field_count; i++) {
			const char *key = record_types[kind].fields[i].key;
			char line[80];
			if (!key)
				continue;
			(void)snprintf(line, sizeof(line), "\n    %s\n", key);
			assert_holds(out, line);
		}
	assert_holds(out, "a duration from 10s to 1d; default 1m)");
	assert_holds(out, "one of uptrends, generic-v2, custom; default uptrends)");
	assert_holds(out, "\nkeep\n");
}

static void man__renders__without_a_warning(void **state)
{
	struct ran ran = { 0 };
	const char *const argv[] = { "/usr/bin/groff",
				     "-man",
				     "-Tutf8",
				     "-K",
				     "utf8",
				     "-ww",
				     "-z",
				     HUBLINK_SOURCE "/packaging/hublink.1",
				     HUBLINK_SOURCE "/packaging/hublink-document.5",
				     NULL };
	(void)state;
	if (access(argv[0], X_OK) != 0)
		skip();
	run_program(&ran, argv, NULL, NULL);
	assert_int_equal(ran.exit_code, 0);
	assert_string_equal(buf_text(&ran.err), "");
	ran_done(&ran);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(packaging__is_what_hublink_says),
		cmocka_unit_test(readme__holds_the_tables_of_commands_and_keys),
		cmocka_unit_test(help__explains_every_command),
		cmocka_unit_test(help__keeps_to_the_width_of_a_terminal),
		cmocka_unit_test(help__explains_a_group),
		cmocka_unit_test(help__explains_the_document),
		cmocka_unit_test(man__renders__without_a_warning),
		cmocka_unit_test(bash__completes__what_may_follow),
	};
	return cmocka_run_group_tests(tests, cli_setup_nothing, cli_teardown);
}
