/* What the public was told, and the audit beside it, with keys alone, on a pty. */
#include <string.h>

#include "tests/support/check.h"
#include "tests/support/console.h"
#include "tests/support/stage.h"

/* Website down, Partner down and up again; a change of configuration; whoever runs the test
 * is called anna. */
static void fill(struct stage *s)
{
	stage_do(s, "event Shop error --message 'timeout after 10 s'");
	stage_do(s, "event Batch error");
	stage_settle(s);
	stage_do(s, "event Batch ok");
	stage_settle(s);
	stage_do(s, "--because 'new name' rename monitor API Api");
	stage_do(s, "incident identify 1");
	stage_change(s, "DROP TRIGGER audit_is_never_changed; "
			"UPDATE audit SET actor = 'anna', source = 'local'");
}

static struct vt *open_history(struct stage *s)
{
	struct vt *vt;

	fill(s);
	vt = console_open(&s->sandbox);
	console_act(vt, "9", "Told to the public");
	assert_true(vt_wait(vt, "new name"));
	return vt;
}

static void history__shows_what_was_told_and_the_audit__at_three_sizes(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = open_history(s);

	console_look(vt, "history_80x24");
	vt_resize(vt, 120, 40);
	assert_true(vt_wait(vt, "9Hist "));
	console_look(vt, "history_120x40");
	vt_resize(vt, 40, 12);
	assert_true(vt_wait_gone(vt, "Audit"));
	console_look(vt, "history_40x12");
}

static void history__tells_of_one_service__on_brackets(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = open_history(s);

	assert_true(vt_wait(vt, "History  all services"));
	console_act(vt, "]", "History  Partner");
	assert_true(vt_wait_gone(vt, "DOWN Investigating Website"));
	console_act(vt, "]", "History  Website");
	assert_true(vt_wait_gone(vt, "Monitoring    Partner"));
	console_act(vt, "]", "History  all services");
	console_act(vt, "[", "History  Website");
}

static void history__opens_the_update_and_the_records_history__on_enter(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = open_history(s);

	console_act(vt, "\r", "Attempts, oldest first");
	console_act(vt, KEY_ESC, "Told to the public");
	console_act(vt, "\t\r", "Incident  #1");
	console_act(vt, KEY_ESC, "Told to the public");
	console_act(vt, "j\r", "Name: API -> Api");
}

/* What was decided and never left is no part of what the public was told. */
static void history__leaves_out__what_never_left(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = NULL;

	stage_do(s, "mode dry-run");
	stage_do(s, "event Shop error");
	stage_settle(s);
	vt = console_open(&s->sandbox);
	console_act(vt, "9", "the public was told nothing yet");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STAGE_TEST(history__shows_what_was_told_and_the_audit__at_three_sizes),
		STAGE_TEST(history__tells_of_one_service__on_brackets),
		STAGE_TEST(history__opens_the_update_and_the_records_history__on_enter),
		STAGE_TEST(history__leaves_out__what_never_left),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
