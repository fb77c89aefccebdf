/* tui/console/alarm: what is wrong stands on every screen, the worst first. */

#include "tests/support/check.h"
#include "tui/console/alarm.h"

#define NOW INT64_C(1790000000000)

static struct app an_app(void)
{
	return (struct app){ .mode = MODE_LIVE, .engine_running = true };
}

static void expect(const struct app *app, const char *brief, const char *summary)
{
	DEFER(buf_done) struct buf sentence = BUF_INIT(256);
	DEFER(buf_done) struct buf word = BUF_INIT(256);
	DEFER(buf_done) struct buf line = BUF_INIT(256);

	alarm_add(app, NOW, &sentence, &word);
	alarm_add_summary(app, NOW, &line);
	assert_string_equal(buf_text(&word), brief);
	assert_string_equal(buf_text(&line), summary);
	assert_int_equal(sentence.len > 0, word.len > 0);
}

static void alarm__says_nothing__while_all_is_well(void **state)
{
	struct app app = an_app();

	(void)state;
	expect(&app, "", "all UP");
	app.pulse.held = 1;
	expect(&app, "", "all UP 1 held");
}

static void alarm__counts__what_is_down_and_what_waits(void **state)
{
	struct app app = an_app();

	(void)state;
	app.pulse = (struct pulse){
		.services_down = 2, .services_degraded = 1, .fresh = 1, .retrying = 2
	};
	expect(&app, "", "2 DOWN 1 DEGR outbox 3");
}

static void alarm__says_the_worst__of_several(void **state)
{
	struct app app = an_app();

	(void)state;
	app.pulse = (struct pulse){ .failed = 2, .services_down = 1 };
	expect(&app, "2 REFUSED", "2 REFUSED 1 DOWN outbox 2");
	app.pulse.due_ms = NOW - ALARM_STUCK_MS;
	expect(&app, "STUCK", "STUCK 1 DOWN outbox 2");
	app.trouble = TROUBLE_ROOM;
	expect(&app, "NO ROOM", "NO ROOM 1 DOWN outbox 2");
	app.trouble = TROUBLE_LOG;
	expect(&app, "LOG TOO LARGE", "LOG TOO LARGE 1 DOWN outbox 2");
	app.engine_running = false;
	expect(&app, "NO ENGINE", "NO ENGINE 1 DOWN outbox 2");
}

static void alarm__comes_by_itself__when_an_update_is_overdue_by_30_seconds(void **state)
{
	struct app app = an_app();

	(void)state;
	assert_int_equal(alarm_changes_ms(&app, NOW), 0);
	app.pulse.due_ms = NOW - ALARM_STUCK_MS + 1;
	expect(&app, "", "all UP");
	assert_int_equal(alarm_changes_ms(&app, NOW), NOW + 1);
	app.mode = MODE_PAUSED;
	app.pulse.due_ms = NOW - DAY_MS;
	expect(&app, "", "all UP");
	assert_int_equal(alarm_changes_ms(&app, NOW), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(alarm__says_nothing__while_all_is_well),
		cmocka_unit_test(alarm__counts__what_is_down_and_what_waits),
		cmocka_unit_test(alarm__says_the_worst__of_several),
		cmocka_unit_test(
			alarm__comes_by_itself__when_an_update_is_overdue_by_30_seconds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
