/* Recurring maintenance in the console (R11), with keys alone, on a pty. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/base/clock.h"
#include "tests/support/check.h"
#include "tests/support/console.h"
#include "tests/support/stage.h"

#define KILL_LINE "\025"

/* A day of the week on which no window of these tests is open now: three days ahead, or more. */
static const char *day_ahead(int days)
{
	static const char *const names[] = { "sun", "mon", "tue", "wed",
					     "thu", "fri", "sat" };
	const time_t then = clock_now_ms(NULL) / 1000 + days * (time_t)86400;
	struct tm tm;
	return names[gmtime_r(&then, &tm)->tm_wday];
}

static void add_patches(const struct sandbox *sandbox)
{
	char line[160];
	(void)snprintf(line, sizeof(line),
		       "maintenance add Shop --every week --days %s --from 02:00 --until "
		       "04:00 --zone UTC --name Patches",
		       day_ahead(3));
	(void)cli_out(sandbox, 0, line);
}

static struct vt *open_with_patches(const struct sandbox *sandbox)
{
	add_patches(sandbox);
	struct vt *vt = console_open(sandbox);
	console_act(vt, "8", "Patches: Shop");
	return vt;
}

static void type_day(struct vt *vt, const char *day, const char *then)
{
	char keys[16];
	(void)snprintf(keys, sizeof(keys), KILL_LINE "%s%s", day, then);
	console_act(vt, keys, "= next 20");
}

static void form__makes_what_recurs__and_shows_when_it_comes_round_r11(void **state)
{
	const struct sandbox *sandbox = *state;
	DEFER(vt_done) struct vt *vt = console_open(sandbox);

	console_act(vt, "8", "no maintenance");
	assert_non_null(strstr(vt_screen(vt), "A recurring"));
	assert_null(strstr(vt_screen(vt), "e edit")); /* there is nothing to edit */
	console_act(vt, "A", "new recurring maintenance");
	console_act(vt, KEY_SAVE, "Name is missing");
	console_act(vt, "Patches\t\t", "< day >");
	console_act(vt, " \t", "Of a week: sun, mon");
	console_act(vt, "sunday\t02:00\t04:00\t\t\t\t\tgroup:w\t\nsite\t",
		    "service:Hub/Website");
	console_act(vt, KEY_SAVE, "Days has 'sunday'");
	type_day(vt, day_ahead(3), "\t");
	console_act(vt, KEY_SAVE, "Added the recurring maintenance Patches");
	assert_true(vt_wait(vt, "planned group:web, service:Website"));
	assert_holds(cli_out(sandbox, 0, "export"), "\"name\": \"Patches\"");
	console_act(vt, "\r", "Comes round");
	console_act(vt, KEY_ESC, "1 recurs");
}

static void list__edits_pauses_and_deletes_it__and_undo_takes_it_back(void **state)
{
	const struct sandbox *sandbox = *state;
	DEFER(vt_done) struct vt *vt = open_with_patches(sandbox);
	char *before = mem_strdup(cli_out(sandbox, 0, "export"));
	char days[32];

	console_act(vt, "G", "> recurs");
	console_act(vt, "e", "Days                 ");
	console_act(vt, "\t\t\t", day_ahead(3));
	type_day(vt, day_ahead(4), "");
	console_act(vt, KEY_SAVE, "Saved the recurring maintenance Patches");
	(void)snprintf(days, sizeof(days), "\"days\": [\"%s\"]", day_ahead(4));
	assert_holds(cli_out(sandbox, 0, "export"), days);
	console_act(vt, "x", "The recurring maintenance Patches is inactive now");
	assert_true(vt_wait(vt, "1 paused"));
	assert_string_equal(cli_out(sandbox, 0, "--json list maintenance"), "");
	console_act(vt, "x", "is active now");
	console_act(vt, "d", "The recurring maintenance Patches will be deleted");
	console_act(vt, "y", "Deleted the recurring maintenance Patches");
	assert_true(vt_wait(vt, "no maintenance"));
	for (int i = 0; i < 4; i++) {
		console_act(vt, "u", "Undo this change?");
		console_act(vt, "y", "Undone");
	}
	assert_string_equal(cli_out(sandbox, 0, "export"), before);
	assert_true(vt_wait(vt, "1 planned, 1 recurs"));
	free(before);
}

static void form__covers_what_is_named_now__and_no_longer_what_is_not(void **state)
{
	const struct sandbox *sandbox = *state;
	DEFER(vt_done) struct vt *vt = open_with_patches(sandbox);

	console_act(vt, "Ge", "Covers               Shop");
	for (int i = 0; i < 10; i++)
		vt_type(vt, "\t");
	console_act(vt, KILL_LINE "AP\t", "API");
	console_act(vt, KEY_SAVE, "Saved the recurring maintenance");
	assert_holds(cli_out(sandbox, 0, "export"), "\"covers\": [\"API\"]");
	assert_holds(cli_out(sandbox, 0, "list maintenance"), "API");
}

static void form__says_what_a_time_of_day_looks_like__when_it_is_none(void **state)
{
	const struct sandbox *sandbox = *state;
	DEFER(vt_done) struct vt *vt = console_open(sandbox);

	console_act(vt, "8", "no maintenance");
	console_act(vt, "A", "new recurring maintenance");
	console_act(vt, "Patches\t\t\t5:00\t07:00\t\t\t\t\tAPI",
		    "Covers               API");
	console_act(vt, KEY_SAVE, "From is '5:00'; give a time of day such as 02:30");
}

static void list__shows_windows_and_what_recurs__at_two_sizes(void **state)
{
	const struct sandbox *sandbox = *state;
	DEFER(vt_done) struct vt *vt = NULL;

	(void)cli_out(sandbox, 0, "mute API --for 2h --note disks");
	vt = open_with_patches(sandbox);
	assert_true(vt_wait(vt, "1 now, 1 planned, 1 recurs; times in UTC"));
	assert_true(vt_wait(vt, "ends in ")); /* the open one */
	vt_resize(vt, 40, 12);
	assert_true(vt_wait(vt, "Patches"));
}

static void cli__pauses_and_resumes__by_name(void **state)
{
	const struct sandbox *sandbox = *state;

	add_patches(sandbox);
	assert_holds(cli_out(sandbox, 0, "maintenance pause Patches"), "is paused");
	assert_string_equal(cli_out(sandbox, 0, "--json list maintenance"), "");
	assert_holds(cli_err(sandbox, 4, "maintenance pause Patches"), "paused already");
	assert_holds(cli_out(sandbox, 0, "maintenance resume Patches"), "next: ");
	assert_int_equal(count_lines(cli_out(sandbox, 0, "--json list maintenance")), 1);
	assert_holds(cli_err(sandbox, 5, "maintenance resume Nothing"), "does not exist");
}

#define ON_DOCUMENT(test) cmocka_unit_test_setup_teardown(test, cli_setup, cli_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_DOCUMENT(form__makes_what_recurs__and_shows_when_it_comes_round_r11),
		ON_DOCUMENT(list__edits_pauses_and_deletes_it__and_undo_takes_it_back),
		ON_DOCUMENT(form__covers_what_is_named_now__and_no_longer_what_is_not),
		ON_DOCUMENT(form__says_what_a_time_of_day_looks_like__when_it_is_none),
		ON_DOCUMENT(list__shows_windows_and_what_recurs__at_two_sizes),
		ON_DOCUMENT(cli__pauses_and_resumes__by_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
