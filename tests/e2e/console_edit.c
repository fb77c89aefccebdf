/* Configuration edited in the console, with keys alone, on a pty. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/check.h"
#include "tests/support/console.h"
#include "tests/support/stage.h"

#define URL "https://hub.example/hooks/uptrends?token=598f3b0da9ba4738"

/* ---- from nothing ---- */

static const char expected[] =
	"{\"hublink\": 1, \"monitors\": [{\"name\": \"Shop\", \"groups\": [\"web\"]},"
	" {\"name\": \"Batch\", \"active\": false}],"
	" \"integrations\": [{\"name\": \"Hub\", \"storm\": {\"max_new\": 3, \"within\": "
	"\"10m\"}, \"services\": [{\"name\": \"Website\", \"url\": \"" URL "\","
	" \"incident_policy\": \"per-monitor\", \"publish_after\": \"5m\"}]}],"
	" \"alert_definitions\": [{\"name\": \"Default\", \"monitors\": [\"Batch\"],"
	" \"groups\": [\"web\"], \"levels\": [{\"level\": 1, \"after\": {\"minutes\": "
	"10},"
	" \"reminder\": {\"every_minutes\": 15, \"max\": 2}, \"integrations\":"
	" [{\"integration\": \"Hub\", \"active\": true, \"send_reminders\": true}]}]}]}";

static void make_hub(struct vt *vt)
{
	console_act(vt, "3", "no integration yet");
	console_act(vt, "a", "new integration");
	console_act(vt, "Hub\t\t\t3" KEY_SAVE, "Added the integration Hub");
	console_act(vt, "A", "new service of Hub");
	console_act(vt, "Website\t" PASTED(URL "\n") "\t\t \t\t5m" KEY_SAVE,
		    "Added the service Website of Hub");
}

static void make_monitors(struct vt *vt)
{
	console_act(vt, "4", "no monitor yet");
	console_act(vt, "a", "new monitor");
	console_act(vt, "Shop\t\t\t\tweb" KEY_SAVE, "Added the monitor Shop");
	console_act(vt, "a", "new monitor");
	console_act(vt, "Batch\t\t " KEY_SAVE, "Added the monitor Batch");
}

static void make_definition(struct vt *vt)
{
	console_act(vt, "5", "no alert definition yet");
	console_act(vt, "a", "new alert definition");
	console_act(vt, "Default\t\tweb\tba", "^N Batch");
	console_act(vt, "\t" KEY_SAVE, "Added the alert definition Default");
	console_act(vt, "A", "new level 1 of Default");
	console_act(vt, "\t\t\t10\t2", "Remind every");
	console_act(vt, KEY_ESC "[Z15" KEY_SAVE, "Added the level 1 of Default");
	console_act(vt, "A", "new integration Hub in level 1 of Default");
	console_act(vt, "\t\t\t " KEY_SAVE, "Added the integration Hub in level 1");
}

static void keys_alone__make_a_whole_configuration__from_nothing(void **state)
{
	const struct sandbox *sandbox = *state;
	DEFER(vt_done) struct vt *vt = console_open(sandbox);
	char line[256];

	make_hub(vt);
	make_monitors(vt);
	make_definition(vt);
	char *made = mem_strdup(cli_out(sandbox, 0, "export --with-secrets"));
	(void)snprintf(line, sizeof(line), "--db %s/other.db import -", sandbox->folder);
	(void)cli_out_fed(sandbox, 0, line, expected);
	(void)snprintf(line, sizeof(line), "--db %s/other.db export --with-secrets",
		       sandbox->folder);
	assert_string_equal(made, cli_out(sandbox, 0, line));
	free(made);
	/* Nobody has seen the secret on the way. */
	size_t count;
	assert_lacks(vt_bytes(vt, &count), "598f3b0da9ba4738");
}

/* ---- how it looks ---- */

static void screens__show_records_under_what_holds_them__at_80x24(void **state)
{
	const struct sandbox *sandbox = *state;
	DEFER(vt_done) struct vt *vt = console_open(sandbox);

	console_act(vt, "3", "Partner API");
	console_look(vt, "integrations_80x24");
	console_act(vt, "je", "Service URL");
	console_look(vt, "service_form_80x24");
	console_act(vt, KEY_ESC, "uptrends");
	console_act(vt, "\r", "If it were deleted");
	console_look(vt, "service_record_80x24");
	console_act(vt, "5", "level 1");
	console_look(vt, "definitions_80x24");
	console_act(vt, "8", "no maintenance");
	console_act(vt, "a", "new maintenance window");
	console_act(vt, "\t\025+5h30m\tdeploy\tSh\t" KEY_SAVE,
		    "Maintenance window #1 is set");
	assert_true(vt_wait(vt, "Monitors that raise no alert (1): Shop"));
	console_act(vt, KEY_ESC, "1 now, 0 planned");
	console_look(vt, "maintenance_80x24");
	console_act(vt, "=", "It is dry-run now");
	console_look(vt, "mode_80x24");
}

static void form__is_usable__at_40x12(void **state)
{
	const struct sandbox *sandbox = *state;
	DEFER(vt_done) struct vt *vt = console_open_sized(sandbox, 40, 12, NULL);

	console_act(vt, "3", "Partner API");
	console_act(vt, "je\t\t\t\t\t\t5x", "duration: write a");
	console_look(vt, "service_form_40x12");
	console_act(vt, "\177\1777m" KEY_SAVE, "Saved the service");
}

static void form__stays_alive__at_any_size(void **state)
{
	static const int sizes[][2] = { { 20, 5 }, { 1, 1 }, { 7, 3 }, { 300, 100 } };
	const struct sandbox *sandbox = *state;
	DEFER(vt_done) struct vt *vt = console_open(sandbox);

	console_act(vt, "3", "Partner API");
	console_act(vt, "je", "Service URL");
	for (size_t i = 0; i < COUNT_OF(sizes); i++) {
		vt_resize(vt, sizes[i][0], sizes[i][1]);
		vt_type(vt, "\tx");
		vt_settle(vt, 100);
	}
	vt_resize(vt, 80, 24);
	assert_true(vt_wait(vt, "Service URL"));
}

/* ---- saving ---- */

static void form__refuses_to_save_a_fault__and_goes_there(void **state)
{
	const struct sandbox *sandbox = *state;
	DEFER(vt_done) struct vt *vt = console_open(sandbox);

	console_act(vt, "4", "Batch");
	console_act(vt, "a" KEY_SAVE, "Not saved: Name is missing");
	console_act(vt, "Shop" KEY_SAVE, "exists already; choose another name");
	console_act(vt, "2" KEY_SAVE, "Added the monitor Shop2");
}

static void form__says_what_saving_opens__and_asks_r3(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = NULL;

	stage_import(s, "{'hublink': 1, 'alert_definitions': [{'name': 'Default', "
			"'active': false}]}");
	stage_do(s, "event Shop error");
	stage_settle(s);
	vt = console_open(&s->sandbox);
	console_act(vt, "5", "Default");
	console_act(vt, "e", "Name");
	console_act(vt, "\t " KEY_SAVE, "opens incident");
	console_act(vt, KEY_ESC, "changed");
	assert_incidents(s, "");
	console_act(vt, KEY_SAVE, "opens incident");
	console_act(vt, "y", "Saved the alert definition Default");
	assert_incidents(s, "Website investigating");
}

static void form__offers_both_values__when_somebody_saved_meanwhile(void **state)
{
	const struct sandbox *sandbox = *state;
	DEFER(vt_done) struct vt *vt = console_open(sandbox);

	console_act(vt, "4", "Batch");
	console_act(vt, "e", "Name");
	console_act(vt, " mine", "changed");
	(void)cli_out(sandbox, 0, "rename monitor API 'API theirs'");
	assert_true(vt_wait(vt, "SAVED BY SOMEBODY"));
	console_act(vt, KEY_SAVE, "theirs   API theirs");
	assert_true(vt_wait(vt, "mine     API mine"));
	assert_true(vt_wait(vt, "it was: API"));
	console_act(vt, KEY_SAVE, "Saved the monitor API mine");
	console_act(vt, "e", "Name");
	console_act(vt, "s", "changed");
	(void)cli_out(sandbox, 0, "rename monitor 'API mine' 'API again'");
	assert_true(vt_wait(vt, "SAVED BY SOMEBODY"));
	console_act(vt, KEY_SAVE, "theirs   API again");
	console_act(vt, "t" KEY_SAVE, "Saved the monitor API again");
	assert_holds(cli_out(sandbox, 0, "list monitors"), "API again");
}

static void form__keeps_a_draft__and_asks_before_it_leaves(void **state)
{
	const struct sandbox *sandbox = *state;
	DEFER(vt_done) struct vt *vt = console_open(sandbox);

	console_act(vt, "4", "Batch");
	console_act(vt, "a", "new monitor");
	console_act(vt, "Half", "changed");
	console_act(vt, KEY_ESC, "Leave without saving?");
	console_act(vt, "k", "Kept as a draft");
	console_act(vt, "a", "Your draft from before");
	console_act(vt, " way" KEY_SAVE, "Added the monitor Half way");
	console_act(vt, "a", "new monitor");
	console_act(vt, "Gone", "changed");
	console_act(vt, KEY_ESC, "Leave without saving?");
	vt_type(vt, "d");
	assert_true(vt_wait_gone(vt, "Gone"));
	console_act(vt, "a", "new monitor");
	assert_true(vt_wait_gone(vt, "Gone"));
}

/* ---- pastes ---- */

static void paste__runs_no_commands__outside_a_field(void **state)
{
	const struct sandbox *sandbox = *state;
	DEFER(vt_done) struct vt *vt = console_open(sandbox);

	console_act(vt, "4", "Batch");
	console_act(vt, PASTED("dyaq\n\033[3~"), "Pasted text goes into a field");
	assert_int_equal(count_lines(cli_out(sandbox, 0, "--json list monitors")), 3);
}

static void paste__shows_what_is_hostile__and_is_refused(void **state)
{
	const struct sandbox *sandbox = *state;
	DEFER(vt_done) struct vt *vt = console_open(sandbox);

	console_act(vt, "4", "Batch");
	console_act(vt, "a", "new monitor");
	console_act(vt,
		    PASTED("Shop\n\033[31mrm -rf\007\xE2\x80\xAE"
			   "end"),
		    "<U+202E>");
	assert_true(vt_wait(vt, "control characters; take them out"));
	console_act(vt, KEY_SAVE, "Not saved");
	console_act(vt, "\025Good" KEY_SAVE, "Added the monitor Good");
}

static void paste__is_refused_whole__when_it_is_too_long(void **state)
{
	const struct sandbox *sandbox = *state;
	DEFER(vt_done) struct vt *vt = console_open(sandbox);
	char *text = mem_new(1, 200001);

	memset(text, 'x', 200000);
	console_act(vt, "4", "Batch");
	console_act(vt, "a", "new monitor");
	vt_type(vt, KEY_ESC "[200~");
	vt_type(vt, text);
	console_act(vt, KEY_ESC "[201~", "nothing was pasted");
	console_act(vt, "Fine" KEY_SAVE, "Added the monitor Fine");
	free(text);
}

#define ON_DOCUMENT(test) cmocka_unit_test_setup_teardown(test, cli_setup, cli_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			keys_alone__make_a_whole_configuration__from_nothing,
			cli_setup_empty, cli_teardown),
		ON_DOCUMENT(screens__show_records_under_what_holds_them__at_80x24),
		ON_DOCUMENT(form__is_usable__at_40x12),
		ON_DOCUMENT(form__stays_alive__at_any_size),
		ON_DOCUMENT(form__refuses_to_save_a_fault__and_goes_there),
		STAGE_TEST(form__says_what_saving_opens__and_asks_r3),
		ON_DOCUMENT(form__offers_both_values__when_somebody_saved_meanwhile),
		ON_DOCUMENT(form__keeps_a_draft__and_asks_before_it_leaves),
		ON_DOCUMENT(paste__runs_no_commands__outside_a_field),
		ON_DOCUMENT(paste__shows_what_is_hostile__and_is_refused),
		ON_DOCUMENT(paste__is_refused_whole__when_it_is_too_long),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
