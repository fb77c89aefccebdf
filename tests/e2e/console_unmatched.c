/* Monitors that senders speak of and nobody knows, in the console: they are seen, and become
 * monitors here. */
#include "tests/support/check.h"
#include "tests/support/console.h"
#include "tests/support/stage.h"
#include "tests/support/unmatched.h"

static struct vt *open_unmatched(struct stage *s)
{
	unmatched_keep(&s->sandbox, "", "Shap", EVENT_ERROR, "timeout after 10 s");
	unmatched_keep(&s->sandbox, "ab-1", "Nightly", EVENT_ERROR, "");
	struct vt *vt = console_open(&s->sandbox);
	assert_true(vt_wait(vt, "2 unmatched"));
	console_act(vt, "E", "2 that nobody knows");
	return vt;
}

static void unmatched__is_adopted__as_the_monitor_that_is_meant(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = open_unmatched(s);

	console_act(vt, "/Shap\r", "timeout after 10 s");
	console_look(vt, "unmatched_80x24");
	vt_resize(vt, 40, 12);
	console_look(vt, "unmatched_40x12");
	vt_resize(vt, 120, 40);
	console_look(vt, "unmatched_120x40");
	console_act(vt, "\r", "Which monitor is it?");
	console_act(vt, "Shop\r", "'Shap' is monitor 'Shop' from now on");
	assert_holds(stage_out(s, 0, "list unmatched"), "Nightly");
	assert_lacks(stage_out(s, 0, "list unmatched"), "Shap");
	assert_holds(stage_out(s, 0, "list audit --limit 1"), "adopt");
	stage_settle(s);
	assert_holds(stage_out(s, 0, "list monitors --state error"), "Shop");
}

static void unmatched__is_adopted__as_a_new_monitor_of_its_name(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = open_unmatched(s);

	console_act(vt, "/Nightly\ra", "a new monitor: Nightly");
	console_act(vt, "\r", "'Nightly' is a new monitor from now on");
	assert_true(vt_wait(vt, "(error) counts")); /* to its end, at 80 columns */
	assert_holds(stage_out(s, 0, "export"), "ab-1");
	console_act(vt, KEY_ESC, "1 that nobody knows");
}

/* Whole at every size: what it is for stands at its end. */
static void unmatched__answer_whole__however_narrow_the_screen(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = open_unmatched(s);

	console_act(vt, "/Nightly\r", "1 of 2");
	console_act(vt, "a", "Which monitor is it?");
	console_look(vt, "unmatched_which_80x24");
	vt_resize(vt, 40, 12);
	console_look(vt, "unmatched_which_40x12");
	console_act(vt, "\r", "(error) counts");
	console_look(vt, "unmatched_adopted_40x12");
	console_act(vt, KEY_ESC, "> ERROR   Shap");
	vt_resize(vt, 80, 24);
	console_act(vt, "", "Last message");
	console_act(vt, "aShop\r", "'Shap' is monitor 'Shop' from now on");
	console_look(vt, "unmatched_adopted_80x24");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STAGE_TEST(unmatched__is_adopted__as_the_monitor_that_is_meant),
		STAGE_TEST(unmatched__is_adopted__as_a_new_monitor_of_its_name),
		STAGE_TEST(unmatched__answer_whole__however_narrow_the_screen),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
