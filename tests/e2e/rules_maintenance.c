/* Recurring maintenance (R11) with the real programs. */
#include <string.h>

#include "tests/support/stage.h"

static void has(const char *text, const char *part)
{
	if (!strstr(text, part))
		fail_msg("'%s' is not in: %s", part, text);
}

/* The whole day, so that it goes on whenever the test runs. */
#define ALL_DAY "--every day --from 00:00 --until 00:00 --zone UTC --name Move"

static void r11__what_recurs_mutes__until_its_window_is_ended(void **state)
{
	struct stage *s = *state;
	has(stage_out(s, 0, "maintenance add group:web " ALL_DAY),
	    "Maintenance 'Move' recurs every day from 00:00 to 00:00 UTC; next: ");
	stage_do(s, "event Shop error");
	stage_settle(s);
	assert_told(s, "/website", "");
	has(stage_out(s, 1, "explain Shop Website"), "is in maintenance until");
	/* It goes on now, and the next one is made. */
	assert_string_equal(stage_member(s, "maintenance", 0, "state"), "active");
	assert_string_equal(stage_member(s, "maintenance", 1, "state"), "planned");
	has(stage_member(s, "maintenance", 1, "note"), "Move: every day from 00:00");
	stage_do(s, "maintenance end 1");
	stage_settle(s);
	assert_told(s, "/website", "investigating down");
}

static void r11__a_service_stands_for_its_monitors__each_time(void **state)
{
	struct stage *s = *state;
	stage_do(s, "maintenance add service:Website " ALL_DAY);
	stage_do(s, "event API error");
	stage_do(s, "event Batch error");
	stage_settle(s);
	assert_told(s, "/website", "");
	assert_told(s, "/partner", "investigating down");
}

static void r11__deleted_it_recurs_no_more(void **state)
{
	struct stage *s = *state;
	stage_do(s, "maintenance add Shop " ALL_DAY);
	has(stage_err(s, 5, "maintenance delete Mov"), "'Mov' does not exist");
	has(stage_out(s, 0, "maintenance delete Move"), "recurs no more");
	assert_string_equal(stage_member(s, "maintenance", 0, "state"), "active");
	assert_int_equal(count_lines(stage_out(s, 0, "--json list maintenance")), 1);
}

static void r11__simulate_knows_what_recurs(void **state)
{
	struct stage *s = *state;
	stage_do(s, "maintenance add Shop --every month --days 31 --from 10:00 --until "
		    "11:00 --zone Europe/Berlin");
	/* 2030-02-28 10:30 in Berlin; the window ends at 10:00 UTC. */
	has(stage_out(s, 0,
		      "--json simulate Shop --error-for 2h --at 2030-02-28T09:30:00Z"),
	    "\"at\":\"2030-02-28T10:00:00Z\"");
	has(stage_out(s, 0,
		      "--json simulate Shop --error-for 2h --at 2030-02-27T09:30:00Z"),
	    "\"at\":\"2030-02-27T09:30:00Z\"");
}

static void r11__what_is_wrong_is_named__and_nothing_is_changed(void **state)
{
	struct stage *s = *state;
	has(stage_err(s, 3,
		      "maintenance add Shop --every week --from 02:00 --until 03:00"),
	    "on which days of the week");
	has(stage_err(s, 3,
		      "maintenance add Shop --every day --from 02:00 --until 03:00 "
		      "--zone Mars/Base"),
	    "There is no time zone 'Mars/Base'");
	has(stage_err(s, 3, "maintenance add Shop --every day --from 2am --until 03:00"),
	    "From is '2am'");
	has(stage_err(s, 3, "maintenance add Shop --from 02:00 --until +2d --days mon"),
	    "--every");
	has(stage_err(s, 2,
		      "maintenance add Shop --every year --from 02:00 --until 03:00"),
	    "day|week|month");
	assert_string_equal(stage_out(s, 0, "--json list maintenance"), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STAGE_TEST(r11__what_recurs_mutes__until_its_window_is_ended),
		STAGE_TEST(r11__a_service_stands_for_its_monitors__each_time),
		STAGE_TEST(r11__deleted_it_recurs_no_more),
		STAGE_TEST(r11__simulate_knows_what_recurs),
		STAGE_TEST(r11__what_is_wrong_is_named__and_nothing_is_changed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
