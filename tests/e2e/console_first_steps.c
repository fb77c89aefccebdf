/* From an empty database to the public page, guided, with keys alone, on a pty. */
#include <string.h>

#include "tests/support/check.h"
#include "tests/support/console.h"
#include "tests/support/stage.h"

#define URL "https://hub.example/hooks/uptrends?token=598f3b0da9ba4738"

static void guide__opens_on_an_empty_database__at_three_sizes(void **state)
{
	const struct sandbox *sandbox = *state;
	DEFER(vt_done) struct vt *vt = console_open(sandbox);

	assert_true(vt_wait(vt, "First steps  0 of 8 done"));
	console_act(vt, "j", "click the pencil of your status site");
	console_look(vt, "first_steps_80x24");
	vt_resize(vt, 120, 40);
	assert_true(vt_wait(vt, "6Links"));
	console_look(vt, "first_steps_120x40");
	vt_resize(vt, 40, 12);
	assert_true(vt_wait(vt, "1Dash 2 3"));
	console_look(vt, "first_steps_40x12");
}

static void guide__leads_to_a_link__each_step_a_form(void **state)
{
	const struct sandbox *sandbox = *state;
	DEFER(vt_done) struct vt *vt = console_open(sandbox);

	console_act(vt, "\r", "new integration");
	console_act(vt, "Hub" KEY_SAVE, "1 of 8 done");
	console_act(vt, "\r", "new service of Hub");
	console_act(vt, "Website\t" PASTED(URL) KEY_SAVE, "2 of 8 done");
	console_act(vt, "\r", "new monitor");
	console_act(vt, "Shop" KEY_SAVE, "3 of 8 done");
	console_act(vt, "\r", "new alert definition");
	console_act(vt, "Default\t\t\tShop\t" KEY_SAVE, "Added the alert definition");
	assert_true(vt_wait(vt, "3 of 8 done"));
	console_act(vt, "\r", "new level 1 of Default");
	console_act(vt, KEY_SAVE, "4 of 8 done");
	console_act(vt, "\r", "new integration Hub in level 1");
	console_act(vt, KEY_SAVE, "Added the integration Hub in level 1");
	console_act(vt, "\r", "Shop x Website: not linked");
	console_act(vt, " ", "Links: 1 added");
	console_act(vt, KEY_ESC, "5 of 8 done");
	console_act(vt, "\r", "the URL is https, to hub.example");
	console_act(vt, KEY_ESC, "5 of 8 done");
	console_act(vt, "G\r", "It is dry-run now");
}

static void guide__is_left_and_found_again__with_keys(void **state)
{
	const struct sandbox *sandbox = *state;
	DEFER(vt_done) struct vt *vt = console_open(sandbox);

	console_act(vt, KEY_ESC, "Incidents open");
	console_act(vt, "4+", "0 of 8 done");
	console_act(vt, "j\r", "A service belongs to an integration");
	console_act(vt, KEY_ESC, "no monitor yet");
}

/* The database tells what is done: nothing is left to do on one that is in use. */
static void guide__disappears__when_all_is_done(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = NULL;

	stage_do(s, "event Shop error");
	stage_settle(s);
	vt = console_open(&s->sandbox);
	assert_true(vt_wait(vt, "Incidents open"));
	console_act(vt, "+", "All first steps are done");
	stage_do(s, "mode paused");
	console_act(vt, "+", "7 of 8 done");
}

#define ON_EMPTY(test) \
	cmocka_unit_test_setup_teardown(test, cli_setup_empty, cli_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_EMPTY(guide__opens_on_an_empty_database__at_three_sizes),
		ON_EMPTY(guide__leads_to_a_link__each_step_a_form),
		ON_EMPTY(guide__is_left_and_found_again__with_keys),
		STAGE_TEST(guide__disappears__when_all_is_done),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
