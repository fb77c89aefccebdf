/* The palette and acts on everything that is marked, by keys alone. */
#include <stdio.h>

#include "tests/support/check.h"
#include "tests/support/console.h"
#include "tests/support/stage.h"

#define KEY_CONTROL_P "\020"
#define KEY_DOWN_ARROW "\033OB"

static void palette__goes_to_screens_and_objects__by_parts_of_names(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = console_open(&s->sandbox);

	console_act(vt, ":", "Go to, do, find");
	console_act(vt, "sho", "> Shop");
	console_look(vt, "palette_80x24");
	console_act(vt, "\r", "Monitors > Monitor  Shop");
	console_act(vt, "[", "Monitor  Batch");   /* it stands in its list */
	console_act(vt, KEY_CONTROL_P, "> Shop"); /* what was run last comes first */
	console_act(vt, "ncid", "> incidents");
	console_act(vt, "\r", "no incident yet");
	console_act(vt, ":part", "> Partner");
	console_act(vt, "\r", "service Partner of Hub");
	console_act(vt, ":mess\r", "Messages");
}

static void palette__finds_what_is_in_the_journal__by_number_and_key(void **state)
{
	struct stage *s = *state;
	char keys[64], first[16];

	stage_events(s, "12:00 Shop error, 12:05 Shop ok");
	stage_settle(s);
	stage_do(s, "incident resolve 1");
	DEFER(vt_done) struct vt *vt = console_open(&s->sandbox);
	console_act(vt, ":website", "incident, over");
	console_act(vt, "\025#1", "alert");
	assert_true(vt_wait(vt, "update"));
	console_act(vt, "\r", "> Incident  #1 Website");
	console_act(vt, ":#1" KEY_DOWN_ARROW KEY_DOWN_ARROW "\r",
		    "> Incident  #1 Website");
	console_act(vt, ":#2\r", "> Delivery  #2 of incident #1");
	(void)snprintf(first, 9, "%s", stage_member(s, "deliveries", 1, "key"));
	(void)snprintf(keys, sizeof(keys), ":%s\r", first);
	console_act(vt, "1", "Incidents open");
	console_act(vt, keys, "> Delivery  #2 of incident #1");
	(void)snprintf(first, 9, "%s", stage_member(s, "incidents", 0, "key"));
	(void)snprintf(keys, sizeof(keys), ":%s\r", first);
	console_act(vt, keys, "> Incident  #1 Website");
}

static void palette__completes_and_chooses__by_keys(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = console_open(&s->sandbox);

	console_act(vt, ":maint", "> maintenance");
	console_act(vt, "\t", ": maintenance");
	console_act(vt, "\025filt", "Narrow the list");
	console_act(vt, KEY_ESC, "Incidents open");
}

static void bulk__switches_what_is_marked__as_one_step_to_undo(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = console_open(&s->sandbox);

	console_act(vt, "4", "Last message");
	console_act(vt, "  ", "2 marked");
	console_act(vt, ".", "With the 2 marked");
	console_act(vt, "togg\r", "2 records will be switched off");
	console_look(vt, "bulk_80x24");
	console_act(vt, "y", "2 records switched; u undoes it");
	assert_true(vt_wait(vt, "OFF     API"));
	assert_true(vt_wait(vt, "OFF     Batch"));
	console_act(vt, "u", "Undo this change?");
	console_act(vt, "y", "Undone");
	assert_true(vt_wait(vt, "?       API"));
	assert_true(vt_wait(vt, "?       Batch"));
}

static void bulk__deletes_all_at_once__after_saying_what_goes_with_them(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = console_open(&s->sandbox);

	console_act(vt, "4", "Last message");
	console_act(vt, "*d", "3 records will be deleted");
	assert_true(vt_wait(vt, "They take with them 3 links"));
	console_act(vt, "y", "no monitor yet");
	console_act(vt, "u", "Undo this change?");
	console_act(vt, "y", "Undone");
	assert_true(vt_wait(vt, "?       Shop"));
}

/* R8: of what is left out nothing goes. */
static void bulk__counts_what_goes__with_those_that_are_deleted(void **state)
{
	struct stage *s = *state;

	stage_do(s, "event Shop error");
	stage_settle(s);
	DEFER(vt_done) struct vt *vt = console_open(&s->sandbox);
	console_act(vt, "4", "Last message");
	console_act(vt, "*d", "2 records will be deleted");
	assert_true(vt_wait(vt, "They take with them 2 links"));
	console_act(vt, KEY_ESC, "3 marked");
	console_act(vt, "\\/Shop\r*d", "Nothing will be deleted.");
	assert_lacks(vt_screen(vt), "They take");
}

static void bulk__resolves_incidents__and_leaves_out_what_refuses(void **state)
{
	struct stage *s = *state;

	stage_do(s, "event Shop error");
	stage_do(s, "event Batch error");
	stage_do(s, "event Batch ok");
	stage_settle(s);
	DEFER(vt_done) struct vt *vt = console_open(&s->sandbox);
	console_act(vt, "2", "Told");
	console_act(vt, "*R", "Words for all");
	console_act(vt, "\r", "1 incident will be resolved");
	assert_true(vt_wait(vt, "Left out, for they refuse it"));
	console_act(vt, "y", "1 incident resolved");
	assert_incidents(s, "Website investigating, Partner resolved");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STAGE_TEST(palette__finds_what_is_in_the_journal__by_number_and_key),
		cmocka_unit_test_setup_teardown(
			palette__goes_to_screens_and_objects__by_parts_of_names,
			stage_setup, stage_teardown),
		cmocka_unit_test_setup_teardown(palette__completes_and_chooses__by_keys,
						stage_setup, stage_teardown),
		cmocka_unit_test_setup_teardown(
			bulk__switches_what_is_marked__as_one_step_to_undo, stage_setup,
			stage_teardown),
		cmocka_unit_test_setup_teardown(
			bulk__deletes_all_at_once__after_saying_what_goes_with_them,
			stage_setup, stage_teardown),
		STAGE_TEST(bulk__counts_what_goes__with_those_that_are_deleted),
		cmocka_unit_test_setup_teardown(
			bulk__resolves_incidents__and_leaves_out_what_refuses,
			stage_setup, stage_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
