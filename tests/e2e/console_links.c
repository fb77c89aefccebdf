/* Service links in the console, with keys alone, on a pty. */
#include <stdlib.h>
#include <string.h>

#include "tests/support/check.h"
#include "tests/support/console.h"
#include "tests/support/stage.h"

/* ---- the list ---- */

static void list__shows_every_link__at_three_sizes(void **state)
{
	const struct sandbox *sandbox = *state;
	DEFER(vt_done) struct vt *vt = console_open(sandbox);

	console_act(vt, "6", "API -> Partner API");
	console_look(vt, "links_80x24");
	vt_resize(vt, 120, 40);
	assert_true(vt_wait(vt, "6Links"));
	console_look(vt, "links_120x40");
	vt_resize(vt, 40, 12);
	assert_true(vt_wait_gone(vt, "Definition"));
	console_look(vt, "links_40x12");
}

static void list__deletes_a_link__and_undo_brings_it_back(void **state)
{
	const struct sandbox *sandbox = *state;
	DEFER(vt_done) struct vt *vt = console_open(sandbox);

	console_act(vt, "6", "API -> Partner API");
	console_act(vt, "d", "The link API -> Partner API will be deleted");
	console_act(vt, "y", "Deleted the link API -> Partner API");
	assert_lacks(cli_out(sandbox, 0, "list links"), "Partner API");
	console_act(vt, "u", "link");
	console_act(vt, "y", "Undone");
	assert_holds(cli_out(sandbox, 0, "list links"), "Partner API");
}

/* ---- the matrix ---- */

static void matrix__shows_links_by_level__at_three_sizes(void **state)
{
	const struct sandbox *sandbox = *state;
	DEFER(vt_done) struct vt *vt = console_open(sandbox);

	console_act(vt, "6", "API -> Partner API");
	console_act(vt, "v", "API x Partner API: level 1");
	console_look(vt, "matrix_80x24");
	vt_resize(vt, 120, 40);
	assert_true(vt_wait(vt, "6Links"));
	console_look(vt, "matrix_120x40");
	vt_resize(vt, 40, 12);
	assert_true(vt_wait(vt, "6Link 7 8"));
	console_look(vt, "matrix_40x12");
}

static void matrix__paints_a_cell_and_undoes_it__with_keys(void **state)
{
	const struct sandbox *sandbox = *state;
	char *before = mem_strdup(cli_out(sandbox, 0, "export"));
	DEFER(vt_done) struct vt *vt = console_open(sandbox);

	console_act(vt, "6v", "API x Partner API: level 1");
	console_act(vt, "j", "Batch x Partner API: not linked");
	console_act(vt, " ", "Links: 1 added; u undoes it");
	assert_true(vt_wait(vt, "Batch x Partner API: level 1"));
	assert_int_equal(count_lines(cli_out(sandbox, 0, "--json list links")), 5);
	console_act(vt, "u", "Undo this change?");
	console_act(vt, "y", "Undone");
	assert_string_equal(cli_out(sandbox, 0, "export"), before);
	free(before);
}

/* One act for all that is marked: one step of undo takes all of it back. */
static void matrix__links_marked_rows_and_columns__in_one_go(void **state)
{
	const struct sandbox *sandbox = *state;
	char *before = mem_strdup(cli_out(sandbox, 0, "export"));
	DEFER(vt_done) struct vt *vt = console_open(sandbox);

	console_act(vt, "6v", "API x Partner API: level 1");
	console_act(vt, "mjmjmclc", "2 services marked");
	assert_true(vt_wait(vt, "3 monitors marked"));
	console_act(vt, " ", "Links: 2 added");
	assert_int_equal(count_lines(cli_out(sandbox, 0, "--json list links")), 6);
	console_act(vt, " ", "Links: 6 taken away");
	assert_true(vt_wait(vt, "0 !"));
	console_act(vt, "u", "Undo this change?");
	console_act(vt, "y", "Undone");
	console_act(vt, "u", "Undo this change?");
	console_act(vt, "y", "Undone");
	assert_string_equal(cli_out(sandbox, 0, "export"), before);
	free(before);
}

static void matrix__offers_to_place_the_integration__where_it_is_not(void **state)
{
	const struct sandbox *sandbox = *state;
	DEFER(vt_done) struct vt *vt = NULL;

	(void)cli_out_fed(sandbox, 0, "import -",
			  "{\"hublink\": 1, \"alert_definitions\": [{\"name\": "
			  "\"Default\", \"levels\": [{\"level\": 2, \"after\": "
			  "{\"minutes\": 10}}]}]}");
	vt = console_open(sandbox);
	console_act(vt, "6v", "API x Partner API: level 1");
	console_act(vt, "]", "level 2: after 10 minutes, NOT PLACED there");
	console_act(vt, " ", "Hub is not placed in level 2 of Default yet");
	console_act(vt, KEY_ESC, "NOT PLACED there");
	assert_int_equal(count_lines(cli_out(sandbox, 0, "--json list links")), 4);
	console_act(vt, " ", "inactive until you tick it");
	console_act(vt, "y", "Links: 1 added");
	assert_true(vt_wait(vt, "NOT TICKED"));
	assert_true(vt_wait(vt, "API x Partner API: level 12"));
	console_act(vt, "]", "there is none");
	console_act(vt, " ", "Default has no level 3");
}

static void matrix__copies_a_row_and_narrows_both_sides__with_keys(void **state)
{
	const struct sandbox *sandbox = *state;
	DEFER(vt_done) struct vt *vt = console_open(sandbox);

	console_act(vt, "6v", "API x Partner API: level 1");
	console_act(vt, "p", "No row was copied yet");
	console_act(vt, "y", "Copied the row of API");
	console_act(vt, "jp", "Links: 1 added");
	console_act(vt, "/", "Part of the name");
	console_act(vt, "sho\r", "1 of 3 monitors: sho");
	console_act(vt, "|", "Part of the name");
	console_act(vt, "web\r", "1 of 2 services: web");
	assert_true(vt_wait(vt, "Shop x Website: level 1"));
	console_act(vt, "v", "API -> Partner API");
}

static void matrix__says_what_a_link_opens__and_asks_r3(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = NULL;

	stage_do(s, "event Shop error");
	stage_settle(s);
	vt = console_open(&s->sandbox);
	console_act(vt, "6v", "API x Partner: not linked");
	console_act(vt, "G", "Shop x Partner: not linked");
	console_act(vt, " ", "opens incident");
	console_act(vt, KEY_ESC, "not linked");
	assert_incidents(s, "Website investigating");
	console_act(vt, " ", "opens incident");
	console_act(vt, "y", "Links: 1 added");
	assert_incidents(s, "Website investigating, Partner investigating");
}

static void matrix__refuses_to_paint__in_a_read_only_console(void **state)
{
	const struct sandbox *sandbox = *state;
	DEFER(vt_done) struct vt *vt = console_open_sized(sandbox, 80, 24, "--read-only");

	console_act(vt, "6v", "API x Partner API: level 1");
	console_act(vt, " ", "read-only");
	assert_int_equal(count_lines(cli_out(sandbox, 0, "--json list links")), 4);
}

#define ON_DOCUMENT(test) cmocka_unit_test_setup_teardown(test, cli_setup, cli_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_DOCUMENT(list__shows_every_link__at_three_sizes),
		ON_DOCUMENT(list__deletes_a_link__and_undo_brings_it_back),
		ON_DOCUMENT(matrix__shows_links_by_level__at_three_sizes),
		ON_DOCUMENT(matrix__paints_a_cell_and_undoes_it__with_keys),
		ON_DOCUMENT(matrix__links_marked_rows_and_columns__in_one_go),
		ON_DOCUMENT(matrix__offers_to_place_the_integration__where_it_is_not),
		ON_DOCUMENT(matrix__copies_a_row_and_narrows_both_sides__with_keys),
		STAGE_TEST(matrix__says_what_a_link_opens__and_asks_r3),
		ON_DOCUMENT(matrix__refuses_to_paint__in_a_read_only_console),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
