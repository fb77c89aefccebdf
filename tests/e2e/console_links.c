/* Service links in the console, with keys alone, on a pty. */
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

#define ON_DOCUMENT(test) cmocka_unit_test_setup_teardown(test, cli_setup, cli_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_DOCUMENT(list__shows_every_link__at_three_sizes),
		ON_DOCUMENT(list__deletes_a_link__and_undo_brings_it_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
