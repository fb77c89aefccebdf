/* What asks on a terminal: going live, and sending a test. */
#include <stdio.h>
#include <sys/wait.h>

#include "tests/support/stage.h"
#include "tests/support/vt.h"

/* `hublink WORDS…` on a terminal of its own, in the stage's database. */
#define ASK(s, ...) \
	ask((s), (const char *const[]){ program_path("hublink"), __VA_ARGS__, NULL })
static struct vt *ask(struct stage *s, const char *const *argv)
{
	char db[120], home[120];
	const char *const environment[] = { db, home, "TERM=xterm-256color",
					    "LC_ALL=C.UTF-8", NULL };
	snprintf(db, sizeof(db), "HUBLINK_DB=%s", s->sandbox.db);
	snprintf(home, sizeof(home), "HOME=%s", s->sandbox.folder);
	return vt_open(100, 24, argv, environment);
}

/* Waits for the question, answers it, and returns the exit code. */
static int answer(struct vt *vt, const char *question, const char *typed)
{
	if (!vt_wait(vt, question))
		fail_msg("'%s' was not asked: %s", question, vt_screen(vt));
	vt_type(vt, typed);
	int status = vt_wait_exit(vt);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static struct stage *with_waiting(void **state)
{
	struct stage *s = *state;
	stage_do(s, "mode paused");
	stage_do(s, "event Shop error");
	stage_settle(s);
	return s;
}

static void mode_live__asks__on_a_terminal(void **state) /* R19 */
{
	struct stage *s = with_waiting(state);
	DEFER(vt_done) struct vt *no = ASK(s, "mode", "live");
	assert_int_equal(answer(no, "1 update would leave at once. Go live? [y/N]", "\r"),
			 4);
	assert_string_equal(stage_out(s, 0, "--json mode"),
			    "{\"mode\":\"paused\",\"said\":[]}\n");
	DEFER(vt_done) struct vt *yes = ASK(s, "mode", "live");
	assert_true(vt_wait(yes, "Website goes red"));
	assert_int_equal(answer(yes, "Go live?", "y\r"), 0);
	assert_string_equal(stage_out(s, 0, "--json mode"),
			    "{\"mode\":\"live\",\"said\":[]}\n");
}

static void mode_live__asks_nothing__when_nothing_would_leave(void **state) /* R19 */
{
	struct stage *s = *state;
	stage_do(s, "mode paused");
	DEFER(vt_done) struct vt *vt = ASK(s, "mode", "live");
	assert_int_equal(answer(vt, "The mode is live", ""), 0);
}

static void test_send__asks_for_the_services_name__on_a_terminal(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *wrong = ASK(s, "test", "Website", "--send");
	assert_int_equal(answer(wrong, "Type the service's name", "yes\r"), 4);
	assert_int_equal(receiver_count(s->receiver), 0);
	DEFER(vt_done) struct vt *right = ASK(s, "test", "Website", "--send");
	assert_int_equal(answer(right, "Type the service's name", "Website\r"), 0);
	assert_told(s, "/website", "investigating down, monitoring up");
}

static void test_send__asks_how_many__of_several_services(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done)
	struct vt *vt = ASK(s, "test", "--all", "--send", "--state", "disruption");
	assert_int_equal(answer(vt, "Type how many", "2\r"), 0);
	assert_int_equal(receiver_count(s->receiver), 2);
}

static void test_send__asks_nothing__with_yes(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = ASK(s, "test", "Website", "--send", "--yes");
	assert_int_equal(answer(vt, "operational: delivered, answered 200", ""), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STAGE_TEST(mode_live__asks__on_a_terminal),
		STAGE_TEST(mode_live__asks_nothing__when_nothing_would_leave),
		STAGE_TEST(test_send__asks_for_the_services_name__on_a_terminal),
		STAGE_TEST(test_send__asks_how_many__of_several_services),
		STAGE_TEST(test_send__asks_nothing__with_yes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
