/* hublink gate without an sshd: what each role may, what never goes through, whom the
 * audit names. */
#include <stdio.h>
#include <string.h>

#include "core/base/text.h"
#include "tests/support/check.h"
#include "tests/support/cli.h"
#include "tui/cli/gate_rules.h"

/* The gate with that role on the sandbox's database; line is what the client sent. */
static int pass(const struct sandbox *sandbox, struct ran *ret, const char *role,
		const char *line, const char *input)
{
	char sent[512], db[128];
	const char *argv[] = { program_path("hublink"),
			       "--db",
			       sandbox->db,
			       "gate",
			       "--as",
			       "anna",
			       "--role",
			       role,
			       NULL };
	const char *environment[] = { sent,
				      "SSH_CONNECTION=192.0.2.7 5022 192.0.2.1 22",
				      db,
				      "HOME=/nonexistent",
				      "EDITOR=/bin/false",
				      "SUDO_USER=mallory",
				      NULL };

	(void)snprintf(sent, sizeof(sent), "SSH_ORIGINAL_COMMAND=%s", line);
	(void)snprintf(db, sizeof(db), "HUBLINK_DB=%s/other.db", sandbox->folder);
	run_program(ret, argv, input, environment);
	return ret->exit_code;
}

static void assert_passes(const struct sandbox *sandbox, const char *role,
			  const char *line)
{
	DEFER(ran_done) struct ran ran = { 0 };

	if (pass(sandbox, &ran, role, line, "") != 0)
		fail_msg("%s, '%s': %s", role, line, buf_text(&ran.err));
}

static void assert_refused(const struct sandbox *sandbox, const char *role,
			   const char *line, int exit_code, const char *part)
{
	DEFER(ran_done) struct ran ran = { 0 };
	int code = pass(sandbox, &ran, role, line, "");

	if (code != exit_code || strstr(buf_text(&ran.err), part) == NULL)
		fail_msg("%s, '%s': %d, %s", role, line, code, buf_text(&ran.err));
	assert_string_equal(buf_text(&ran.out), "");
}

static void gate__has_a_rule__for_every_command(void **state)
{
	(void)state;
	for (size_t i = 0; i < command_count; i++) {
		bool found = false;
		for (size_t j = 0; j < gate_rule_count; j++)
			found |= text_equal(gate_rules[j].command, commands[i]->name);
		if (!found)
			fail_msg("gate_rules.c says nothing of `%s`", commands[i]->name);
	}
	for (size_t j = 0; j < gate_rule_count; j++)
		if (!command_find(gate_rules[j].command))
			fail_msg("there is no command `%s`", gate_rules[j].command);
}

static void gate__lets_a_viewer__read(void **state)
{
	static const char *const lines[] = {
		"status",
		"hublink status",
		"next",
		"list monitors",
		"--json list audit",
		"check",
		"check -",
		"explain Shop Website",
		"history Website",
		"export",
		"test Website",
		"simulate Shop --error-for 10m",
		"version",
		"help mute",
		"mode",
		"mode --help",
		"resync --all --dry-run",
		"import - --dry-run",
		"migrate --dry-run",
	};

	for (size_t i = 0; i < COUNT_OF(lines); i++) {
		DEFER(ran_done) struct ran ran = { 0 };
		int code = pass(*state, &ran, "viewer", lines[i], cli_document);
		if (code > 1) /* explain may answer no */
			fail_msg("'%s': %d, %s", lines[i], code, buf_text(&ran.err));
	}
}

static void gate__names_the_role_that_may__to_who_may_not(void **state)
{
	static const struct {
		const char *role, *line, *may;
	} refused[] = {
		{ "viewer", "mute Shop --for 5m",
		  "takes role responder; yours is viewer" },
		{ "viewer", "mode paused", "role responder" },
		{ "viewer", "incident resolve 1", "role responder" },
		{ "viewer", "delivery retry --all-failed", "role responder" },
		{ "viewer", "resync --all", "role responder" },
		{ "viewer", "test Website --send --yes", "`hublink test --send`" },
		{ "viewer", "test Website --show-secrets", "role admin" },
		{ "viewer", "export --with-secrets", "role admin" },
		{ "viewer", "export --secrets-only", "role admin" },
		{ "viewer", "backup -", "role admin" },
		{ "viewer", "uptrends follow on", "role admin" },
		{ "viewer", "uptrends follow --every 5m", "role admin" },
		{ "responder", "uptrends follow off", "role admin" },
		{ "viewer", "event Shop error", "role admin" },
		{ "responder", "mode live --yes", "role admin; yours is responder" },
		{ "responder", "mode dry-run", "role admin" },
		{ "responder", "import -", "role admin" },
		{ "responder", "event Shop error", "role admin" },
		{ "responder", "test Website --send --yes", "role admin" },
		{ "responder", "test Website --show-secrets", "role admin" },
		{ "responder", "service set-url Website", "role admin" },
		{ "responder", "rename monitor Shop Store", "role admin" },
		{ "responder", "token new prober", "role admin" },
		{ "responder", "backup -", "role admin" },
		{ "responder", "export --with-secrets", "role admin" },
	};

	for (size_t i = 0; i < COUNT_OF(refused); i++)
		assert_refused(*state, refused[i].role, refused[i].line, 4,
			       refused[i].may);
}

static void gate__lets_a_responder__act(void **state)
{
	assert_passes(*state, "responder", "mute Shop --for 5m --note \"it's known\"");
	assert_passes(*state, "responder", "maintenance end 1");
	assert_passes(*state, "responder",
		      "incident open 'Partner API' --message 'slow'");
	assert_passes(*state, "responder", "incident note 1 --message 'a word'");
	assert_passes(*state, "responder", "mode paused");
}

static void gate__lets_an_admin__do_all_but_touch_the_machine(void **state)
{
	static const char *const shut[] = { "engine", "engine --until-idle", "hub",
					    "restore -", "gate --as x --role admin" };
	static const char *const files[] = { "import /etc/passwd", "check /etc/passwd",
					     "backup /tmp/copy",
					     "event --batch /etc/passwd",
					     "import - --secrets /etc/passwd" };

	for (size_t i = 0; i < COUNT_OF(shut); i++)
		assert_refused(*state, "admin", shut[i], 4,
			       "does not go through the gate");
	for (size_t i = 0; i < COUNT_OF(files); i++)
		assert_refused(*state, "admin", files[i], 4,
			       "no file is read or written");
	assert_passes(*state, "admin", "event Shop error");
	assert_passes(*state, "admin", "mode live --yes");
}

static void gate__runs_no_shell__whatever_the_words_are(void **state)
{
	assert_refused(*state, "admin", "status; id", 2, "no command 'status;'");
	assert_refused(*state, "admin", "$(id)", 2, "no command '$(id)'");
	assert_refused(*state, "admin", "/bin/sh -c id", 2, "no command '/bin/sh'");
	assert_refused(*state, "admin", "sh", 2, "no command 'sh'");
	assert_refused(*state, "admin", "internal-sftp", 2, "no command");
	assert_refused(*state, "admin", "status 'open", 2, "A quote is not closed");
	assert_refused(*state, "admin", "status >/tmp/x", 2, "'>/tmp/x'");
}

static void gate__has_one_database__whatever_the_client_says(void **state)
{
	DEFER(ran_done) struct ran ran = { 0 };
	const struct sandbox *sandbox = *state;

	assert_refused(sandbox, "admin", "--db /tmp/x.db status", 4, "leave out --db");
	assert_refused(sandbox, "admin", "status --db=/tmp/x.db", 4, "leave out --db");
	assert_int_equal(pass(sandbox, &ran, "viewer", "list monitors", ""), 0);
	assert_holds(buf_text(&ran.out), "Shop");
}

static void gate__tells_the_audit__who_came_and_from_where(void **state)
{
	DEFER(ran_done) struct ran ran = { 0 };

	assert_passes(*state, "admin",
		      "rename monitor Shop 'Web shop' --because ticket-7");
	assert_int_equal(pass(*state, &ran, "viewer", "--json list audit --limit 1", ""),
			 0);
	assert_holds(buf_text(&ran.out), "\"anna\"");
	assert_holds(buf_text(&ran.out), "\"192.0.2.7\"");
	assert_holds(buf_text(&ran.out), "ticket-7");
	assert_lacks(buf_text(&ran.out), "mallory");
}

static void gate__says_how_it_is_used__without_words_and_terminal(void **state)
{
	assert_refused(*state, "viewer", "", 2, "there is no terminal for the console");
	(void)cli_err(*state, 2, "gate --as anna");
	(void)cli_err(*state, 2, "gate --as anna --role king");
	assert_holds(cli_err(*state, 3, "gate --as '' --role viewer"), "--as");
}

static void backup__goes_to_standard_output__on_a_dash(void **state)
{
	DEFER(ran_done) struct ran ran = { 0 };

	assert_int_equal(pass(*state, &ran, "admin", "backup -", ""), 0);
	assert_memory_equal(buf_text(&ran.out), "SQLite format 3", 16);
	assert_holds(cli_out(*state, 0, "list audit --limit 1"), "backup");
}

int main(void)
{
#define GATE_TEST(name) cmocka_unit_test_setup_teardown(name, cli_setup, cli_teardown)
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gate__has_a_rule__for_every_command),
		GATE_TEST(gate__lets_a_viewer__read),
		GATE_TEST(gate__names_the_role_that_may__to_who_may_not),
		GATE_TEST(gate__lets_a_responder__act),
		GATE_TEST(gate__lets_an_admin__do_all_but_touch_the_machine),
		GATE_TEST(gate__runs_no_shell__whatever_the_words_are),
		GATE_TEST(gate__has_one_database__whatever_the_client_says),
		GATE_TEST(gate__tells_the_audit__who_came_and_from_where),
		GATE_TEST(gate__says_how_it_is_used__without_words_and_terminal),
		GATE_TEST(backup__goes_to_standard_output__on_a_dash),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
