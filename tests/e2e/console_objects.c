/* Acts on monitors and services from the console, with keys alone: mute, an incident opened
 * by hand, resync; each shows what it means before it is done (R11, R18, R23). */
#include <string.h>

#include "tests/support/check.h"
#include "tests/support/console.h"
#include "tests/support/stage.h"

static void mute__asks_how_long_and_why__and_shows_what_it_covers_r11(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = console_open(&s->sandbox);

	console_act(vt, "4", "Batch");
	console_act(vt, "jm", "For how long");   /* API, Batch: no groups */
	console_act(vt, "\b\b\bsoon\r", "soon"); /* no duration: it stays and says why */
	assert_string_equal(stage_out(s, 0, "--json list maintenance"), "");
	console_act(vt,
		    "\025"
		    "2h\r",
		    "for the record");
	console_act(vt, "new disks\r", "Mute Batch for 2h");
	assert_true(vt_wait(vt, "Monitors that raise no alert (1): Batch"));
	assert_string_equal(stage_out(s, 0, "--json list maintenance"), "");
	console_act(vt, "y", "window #1 is set");
	assert_holds(stage_out(s, 0, "list maintenance"), "new disks");
	stage_do(s, "event Batch error");
	stage_settle(s);
	assert_incidents(s, "");
}

static void mute__takes_a_whole_group__of_a_monitor_that_is_in_one_r11(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = console_open(&s->sandbox);

	console_act(vt, "4", "Batch");
	console_act(vt, "Gm", "1  group web"); /* Shop */
	console_act(vt, "1", "Mute group web");
	console_act(vt, "\r\r", "Mute group web for 30m");
	console_act(vt, "y", "is set");
	assert_holds(stage_out(s, 0, "list maintenance"), "group:web");
}

static void mute__changes_nothing__on_escape(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = console_open(&s->sandbox);

	console_act(vt, "\t", "Website");
	console_act(vt, "m", "Mute Partner");
	console_act(vt, "\r\r", "Mute Partner for 30m");
	vt_type(vt, KEY_ESC);
	assert_true(vt_wait_gone(vt, "for 30m"));
	assert_string_equal(stage_out(s, 0, "--json list maintenance"), "");
	assert_lacks(stage_out(s, 0, "list audit"), "maintenance");
}

/* Its last error alone says how far back that goes; behind what is read there may be more. */
static void monitor__says_since_when_it_is_ok__and_how_often_it_said_so(void **state)
{
	struct stage *s = *state;
	DEFER(buf_done) struct buf many = BUF_INIT(1 << 16);
	DEFER(vt_done) struct vt *vt = NULL;

	stage_events(s,
		     "12:00 Batch ok, 12:01 Batch error, 12:02 Batch ok, 12:05 Batch ok");
	vt = console_open(&s->sandbox);
	console_act(vt, "4", "Batch");
	console_act(vt, "j\r", "> Monitor  Batch");
	assert_true(vt_wait(vt, "state         no event is judged yet"));
	stage_settle(s);
	assert_true(vt_wait(vt, "state         ok for "));
	assert_true(vt_wait(vt, "12:02, 2 events\n"));
	for (int i = 0; i < 200; i++)
		buf_adds(&many, "{\"monitor\": \"Batch\", \"state\": \"ok\"}\n");
	(void)cli_out_fed(&s->sandbox, 0, "event --batch -", buf_text(&many));
	assert_true(vt_wait(vt, "state         ok for at least "));
	assert_true(vt_wait(vt, " or before\n"));
}

static void incident__opened_by_hand__shows_what_the_public_will_read_r18(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = console_open(&s->sandbox);

	console_act(vt, "\t", "Website");
	console_act(vt, "jO", "What the public reads");
	console_act(vt, "\r", "Say something");
	console_act(vt, "The shop is slow.\r", "Website: Service disruption");
	assert_true(vt_wait(vt, "The shop is slow."));
	assert_true(vt_wait(vt, "It goes public now. No engine runs"));
	assert_incidents(s, "");
	console_act(vt, "y", "Incident #1 of 'Website' is open");
	stage_settle(s);
	assert_told(s, "/website", "investigating down");
	assert_string_equal(stage_sent(s, 0, "description"), "The shop is slow.");
}

static void resync__shows_its_plan__before_it_is_done_r23(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = console_open(&s->sandbox);

	console_act(vt, "\tY", "Nothing differs");
	stage_do(s, "mode dry-run");
	stage_do(s, "event Shop error");
	stage_settle(s);
	stage_do(s, "mode live --yes");
	assert_true(vt_wait(vt, "not public"));
	console_act(vt, "GY", "its page is told investigating");
	stage_settle(s);
	assert_told(s, "/website", "");
	vt_type(vt, "y");
	assert_true(vt_wait_gone(vt, "This would be done"));
	stage_settle(s);
	assert_told(s, "/website", "investigating down");
}

static void objects__are_left_alone__when_the_console_is_read_only(void **state)
{
	static const char *const keys[] = { "m", "O", "Y" };
	struct stage *s = *state;
	DEFER(vt_done)
	struct vt *vt = console_open_sized(&s->sandbox, 80, 24, "--read-only");

	console_act(vt, "\t", "Website");
	for (size_t i = 0; i < COUNT_OF(keys); i++) {
		console_act(vt, keys[i], "This console is read-only");
		vt_type(vt, "j");
		assert_true(vt_wait_gone(vt, "This console is read-only"));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STAGE_TEST(mute__asks_how_long_and_why__and_shows_what_it_covers_r11),
		STAGE_TEST(mute__takes_a_whole_group__of_a_monitor_that_is_in_one_r11),
		STAGE_TEST(mute__changes_nothing__on_escape),
		STAGE_TEST(monitor__says_since_when_it_is_ok__and_how_often_it_said_so),
		STAGE_TEST(incident__opened_by_hand__shows_what_the_public_will_read_r18),
		STAGE_TEST(resync__shows_its_plan__before_it_is_done_r23),
		STAGE_TEST(objects__are_left_alone__when_the_console_is_read_only),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
