/* Operators through a real sshd on loopback, with the README's configuration: no shell, no
 * editor, no other file, nothing above the role; who and from where in the audit. */
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/check.h"
#include "tests/support/cli.h"
#include "tests/support/console.h"
#include "tests/support/sshd.h"

static void assert_run(const struct sshd *sshd, int exit_code, const char *operator_name,
		       const char *line, const char *part)
{
	DEFER(ran_done) struct ran ran = { 0 };
	int code = sshd_run(sshd, &ran, operator_name, NULL, line);
	const char *text = exit_code == 0 ? buf_text(&ran.out) : buf_text(&ran.err);

	if (code != exit_code || strstr(text, part) == NULL)
		fail_msg("%s, '%s': %d, %s%s", operator_name, line, code,
			 buf_text(&ran.out), buf_text(&ran.err));
}

static void gate__lets_each_do__what_the_role_may(void **state)
{
	assert_run(*state, 0, SSHD_VIEWER, "status", "DRY-RUN");
	assert_run(*state, 0, SSHD_VIEWER, "hublink list monitors", "Shop");
	assert_run(*state, 4, SSHD_VIEWER, "mute Shop --for 5m", "role responder");
	assert_run(*state, 0, SSHD_RESPONDER, "mute Shop --for 5m", "Shop");
	assert_run(*state, 4, SSHD_RESPONDER, "mode live", "role admin");
	assert_run(*state, 0, SSHD_ADMIN, "mode live", "live");
	assert_run(*state, 4, SSHD_ADMIN, "engine --until-idle", "does not go through");
}

static void gate__tells_the_audit__the_person_and_the_source(void **state)
{
	assert_run(*state, 0, SSHD_ADMIN, "rename monitor 'Shop' \"Web $HOME\"",
		   "Web $HOME");
	assert_run(*state, 0, SSHD_VIEWER, "hublink --json list audit --limit 1",
		   "\"anna\"");
	assert_run(*state, 0, SSHD_VIEWER, "hublink --json list audit --limit 1",
		   "\"127.0.0.1\"");
}

static void gate__is_no_shell(void **state)
{
	const struct sshd *sshd = *state;
	char marker[128], line[512];
	static const char *const tries[] = { "status; touch %s", "status && touch %s",
					     "$(touch %s)",      "`touch %s`",
					     "sh -c 'touch %s'", "/usr/bin/touch %s",
					     "status\ntouch %s", "status >%s",
					     "export --db %s",   "init --db %s" };

	(void)snprintf(marker, sizeof(marker), "%s/marker", sshd->scene.sandbox.folder);
	for (size_t i = 0; i < COUNT_OF(tries); i++) {
		DEFER(ran_done) struct ran ran = { 0 };
		DEFER(buf_done) struct buf text = BUF_INIT(sizeof(line));
		const char *at = strstr(tries[i], "%s");
		buf_add(&text, tries[i], (size_t)(at - tries[i]));
		buf_addf(&text, "%s%s", marker, at + 2);
		int code = sshd_run(sshd, &ran, SSHD_ADMIN, NULL, buf_text(&text));
		if (code != 2 && code != 4)
			fail_msg("'%s': %d", buf_text(&text), code);
		assert_string_equal(buf_text(&ran.out), "");
	}
	assert_int_equal(access(marker, F_OK), -1);
}

static void gate__touches_no_file__of_the_server(void **state)
{
	const struct sshd *sshd = *state;
	char line[256];

	assert_run(sshd, 4, SSHD_ADMIN, "import /etc/passwd", "no file is read");
	assert_run(sshd, 4, SSHD_ADMIN, "check /etc/passwd", "no file is read");
	(void)snprintf(line, sizeof(line), "backup %s/copy", sshd->scene.sandbox.folder);
	assert_run(sshd, 4, SSHD_ADMIN, line, "no file is read or written");
	assert_run(sshd, 4, SSHD_VIEWER, "backup -", "role admin");
	assert_run(sshd, 0, SSHD_ADMIN, "backup -", "SQLite format 3");
}

static void gate__carries_nothing_else__but_its_words(void **state)
{
	DEFER(ran_done) struct ran ran = { 0 };
	const struct sshd *sshd = *state;
	char config[128];
	const char *sftp[] = { "/usr/bin/sftp", "-F", config, SSHD_ADMIN, NULL };

	(void)snprintf(config, sizeof(config), "%s/ssh_config",
		       sshd->scene.sandbox.folder);
	run_program(&ran, sftp, "ls\n", NULL);
	assert_int_not_equal(ran.exit_code, 0);
	assert_lacks(buf_text(&ran.out), "etc");
	assert_int_not_equal(sshd_run(sshd, &ran, SSHD_ADMIN, "-W127.0.0.1:22", NULL), 0);
	assert_int_equal(sshd_run(sshd, &ran, SSHD_ADMIN, "-T", NULL), 2);
}

/* ---- the console ---- */

static void gate__opens_the_console__on_a_terminal(void **state)
{
	DEFER(vt_done) struct vt *vt = sshd_terminal(*state, SSHD_VIEWER, NULL);

	assert_true(vt_wait(vt, "Incidents open"));
	assert_true(vt_wait(vt, "READ-ONLY"));
	console_act(vt, "4", "Last message");
	console_act(vt, "e", "takes role responder; yours is viewer");
	console_act(vt, "=", "takes role responder");
	console_act(vt, "\032", "'suspend' does not go through the gate");
	vt_type(vt, "q");
	assert_int_equal(vt_wait_exit(vt), 0);
	assert_false(vt_alternate_screen(vt));
	assert_true(vt_modes_restored(vt));
}

static void gate__keeps_a_responder__from_configuration(void **state)
{
	DEFER(vt_done) struct vt *vt = sshd_terminal(*state, SSHD_RESPONDER, NULL);

	assert_true(vt_wait(vt, "Incidents open"));
	console_act(vt, "4", "Last message");
	console_act(vt, "e", "takes role admin; yours is responder");
	console_act(vt, "x", "takes role admin");
	console_act(vt, "=", "It is dry-run now");
	console_act(vt, "l", "takes role admin; yours is responder");
	console_act(vt, "=", "It is dry-run now");
	console_act(vt, "p", "PAUSED");
	console_act(vt, "8", "A recurring");
	console_act(vt, "a", "Ctrl-S");
}

/* $EDITOR is the client's /bin/sh here. */
static void gate__starts_no_editor__for_an_admin(void **state)
{
	DEFER(vt_done) struct vt *vt = sshd_terminal(*state, SSHD_ADMIN, NULL);

	assert_true(vt_wait(vt, "Incidents open"));
	console_act(vt, "3", "Hub");
	console_act(vt, "e", "Payload");
	console_act(vt, "\033OS", "'editor' does not go through the gate");
	assert_true(vt_alternate_screen(vt));
}

static void gate__touches_no_file__for_an_admin(void **state)
{
	DEFER(vt_done) struct vt *vt = sshd_terminal(*state, SSHD_ADMIN, NULL);

	assert_true(vt_wait(vt, "Incidents open"));
	console_act(vt, "<", "'import' does not go through the gate");
	console_act(vt, ">", "'export' does not go through the gate");
}

static void gate__ends_at_once__when_the_connection_is_lost(void **state)
{
	DEFER(vt_done) struct vt *vt = sshd_terminal(*state, SSHD_VIEWER, NULL);

	assert_true(vt_wait(vt, "Incidents open"));
	vt_hang_up(vt);
	assert_int_not_equal(vt_wait_exit(vt), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		SSHD_TEST(gate__lets_each_do__what_the_role_may),
		SSHD_TEST(gate__tells_the_audit__the_person_and_the_source),
		SSHD_TEST(gate__is_no_shell),
		SSHD_TEST(gate__touches_no_file__of_the_server),
		SSHD_TEST(gate__carries_nothing_else__but_its_words),
		SSHD_TEST(gate__opens_the_console__on_a_terminal),
		SSHD_TEST(gate__keeps_a_responder__from_configuration),
		SSHD_TEST(gate__starts_no_editor__for_an_admin),
		SSHD_TEST(gate__touches_no_file__for_an_admin),
		SSHD_TEST(gate__ends_at_once__when_the_connection_is_lost),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
