/* Links that are added, moved, pointed elsewhere, copied and deleted from their list in the
 * console, with keys alone, on a pty. */
#include <stdlib.h>
#include <string.h>

#include "tests/support/check.h"
#include "tests/support/console.h"
#include "tests/support/stage.h"

#define SECOND_PLACES                                                                \
	"{\"hublink\": 1, \"integrations\": [{\"name\": \"Second\", \"services\": [" \
	"{\"name\": \"Intern\", \"url\": \"https://hub.example/x?token=1234\"}]}],"  \
	" \"alert_definitions\": [{\"name\": \"Default\", \"levels\": [{\"level\": " \
	"2, \"after\": {\"minutes\": 10}, \"integrations\": [{\"integration\": "     \
	"\"Hub\", \"active\": true}]}]}, {\"name\": \"Night\", \"levels\": [{"       \
	"\"level\": 1, \"after\": {\"minutes\": 5}, \"integrations\": ["             \
	"{\"integration\": \"Hub\", \"active\": true}]}]}]}"

static struct vt *open_links(const struct sandbox *sandbox, const char *awaited)
{
	(void)cli_out_fed(sandbox, 0, "import -", SECOND_PLACES);
	struct vt *vt = console_open(sandbox);
	console_act(vt, "6", awaited);
	return vt;
}

static void undo(const struct sandbox *sandbox, struct vt *vt, const char *before)
{
	console_act(vt, "u", "Undo this change?");
	console_act(vt, "y", "Undone");
	assert_string_equal(cli_out(sandbox, 0, "export"), before);
}

static char *exported(const struct sandbox *sandbox)
{
	return mem_strdup(cli_out(sandbox, 0, "export"));
}

static void list__moves_marked_links_to_another_level__and_undo_takes_it_back(
	void **state)
{
	const struct sandbox *sandbox = *state;
	DEFER(vt_done) struct vt *vt = open_links(sandbox, "API -> Partner API");
	char *before = exported(sandbox);

	console_act(vt, "*", "4 marked");
	console_act(vt, "m", "2  after 10 minutes");
	console_act(vt, "3", "Default has no level 3");
	console_act(vt, "*m", "4 links are moved");
	console_act(vt, "2", "Links: 4 moved; u undoes it");
	assert_true(vt_wait_gone(vt, "marked"));
	assert_lacks(cli_out(sandbox, 0, "--json list links"), "\"level\":1");
	undo(sandbox, vt, before);
	free(before);
}

static void list__points_a_link_at_another_service__of_another_integration(void **state)
{
	const struct sandbox *sandbox = *state;
	DEFER(vt_done) struct vt *vt = open_links(sandbox, "API -> Partner API");
	char *before = exported(sandbox);

	console_act(vt, "r", "Point it at which service?");
	console_act(vt, "inter", "1 of 3");
	console_act(vt, "\r", "Second is not placed in level 1 of Default yet");
	console_act(vt, "y", "Links: 1 moved");
	assert_true(vt_wait(vt, "API -> Intern"));
	assert_lacks(cli_out(sandbox, 0, "list links"), "Partner API");
	undo(sandbox, vt, before);
	free(before);
}

/* Two that become the same one are one. */
static void list__points_marked_links_at_one_service__each_once(void **state)
{
	const struct sandbox *sandbox = *state;
	DEFER(vt_done) struct vt *vt = open_links(sandbox, "API -> Partner API");

	console_act(vt, " j ", "2 marked");
	console_act(vt, "r", "Point them at which service?");
	console_act(vt, "webs\r", "Links: 1 taken away");
	assert_int_equal(count_lines(cli_out(sandbox, 0, "--json list links")), 3);
}

static void list__copies_links_to_another_definition__at_the_same_level(void **state)
{
	const struct sandbox *sandbox = *state;
	DEFER(vt_done) struct vt *vt = open_links(sandbox, "API -> Partner API");
	char *before = exported(sandbox);

	console_act(vt, "*c", "Copy them to which alert definition?");
	console_act(vt, "nig\r", "Links: 4 added");
	assert_int_equal(count_lines(cli_out(sandbox, 0, "--json list links")), 8);
	undo(sandbox, vt, before);
	console_act(vt, "c", "Copy it to which");
	console_act(vt, KEY_ESC, "API -> Partner API");
	assert_string_equal(cli_out(sandbox, 0, "export"), before);
	free(before);
}

static void list__deletes_marked_links__after_one_question(void **state)
{
	const struct sandbox *sandbox = *state;
	DEFER(vt_done) struct vt *vt = open_links(sandbox, "API -> Partner API");
	char *before = exported(sandbox);

	console_act(vt, "* ", "3 marked");
	console_act(vt, "d", "3 links will be deleted");
	console_act(vt, "y", "3 links deleted; u undoes it");
	assert_int_equal(count_lines(cli_out(sandbox, 0, "--json list links")), 1);
	undo(sandbox, vt, before);
	free(before);
}

static void list__offers_what_marked_links_can_do__behind_the_dot(void **state)
{
	const struct sandbox *sandbox = *state;
	DEFER(vt_done) struct vt *vt = open_links(sandbox, "API -> Partner API");

	console_act(vt, "*.", "With the 4 marked");
	assert_true(vt_wait(vt, "move-to-level"));
	console_act(vt, "copy-to", "Copy the links to another");
	console_act(vt, "\r", "Copy them to which alert definition?");
}

static void list__tests_the_services_of_marked_links__each_once(void **state)
{
	const struct sandbox *sandbox = *state;
	DEFER(vt_done) struct vt *vt = open_links(sandbox, "API -> Partner API");

	console_act(vt, "*t", "2 services, each told");
	assert_true(vt_wait(vt, "Partner API            Hub"));
}

static void form__adds_links_of_several_monitors__as_one_change(void **state)
{
	const struct sandbox *sandbox = *state;
	DEFER(vt_done) struct vt *vt = open_links(sandbox, "API -> Partner API");
	char *before = exported(sandbox);

	console_act(vt, "a", "Whose alerts are sent");
	console_act(vt, KEY_SAVE, "Monitors are missing: whose alerts are sent?");
	console_act(vt, "Batc\t\nSho\t\nAP\t", "API");
	console_act(vt, "\tParter", "does not exist");
	console_act(vt, "\025Partn\t", "Hub/Partner API");
	console_act(vt, KEY_SAVE, "Links: 2 added; u undoes it");
	assert_int_equal(count_lines(cli_out(sandbox, 0, "--json list links")), 6);
	undo(sandbox, vt, before);
	free(before);
}

static void form__asks_before_it_places_an_integration__in_a_level(void **state)
{
	const struct sandbox *sandbox = *state;
	DEFER(vt_done) struct vt *vt = open_links(sandbox, "API -> Partner API");

	console_act(vt, "aBatc\t\tInter\t", "Second/Intern");
	console_act(vt, KEY_SAVE, "Second is not placed in level 1 of Default yet");
	console_act(vt, "y", "Links: 1 added");
	assert_holds(cli_out(sandbox, 0, "list links"), "Intern");
}

static void form__says_what_new_links_open__and_asks_r3(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = NULL;

	stage_do(s, "event Shop error");
	stage_settle(s);
	vt = console_open(&s->sandbox);
	console_act(vt, "6a", "Whose alerts are sent");
	console_act(vt, "Sho\t\tPartner\t", "Partner");
	console_act(vt, KEY_SAVE, "opens incident");
	console_act(vt, "y", "Links: 1 added");
	assert_incidents(s, "Website investigating, Partner investigating");
}

/* ---- of one object ---- */

static void links_of__shows_those_of_the_object__and_leads_back(void **state)
{
	const struct sandbox *sandbox = *state;
	DEFER(vt_done) struct vt *vt = open_links(sandbox, "API -> Partner API");

	console_act(vt, "4", "Batch");
	console_act(vt, "/shop\r", "Shop");
	console_act(vt, "l", "monitor Shop: 1");
	assert_true(vt_wait(vt, "Shop -> Website"));
	assert_lacks(vt_screen(vt), "API -> ");
	console_act(vt, "a", "Whose alerts are sent");
	assert_true(vt_wait(vt, "Monitors             Shop"));
	console_act(vt, KEY_ESC, "monitor Shop: 1");
	console_act(vt, KEY_ESC, "1 of 3");
	console_act(vt, "3", "Website");
	console_act(vt, "l", "integration Hub: 4");
	console_act(vt, KEY_ESC, "Website");
	console_act(vt, "5", "Default");
	console_act(vt, "jl", "level 1 of Default: 4");
	console_act(vt, KEY_ESC, "Night");
	console_act(vt, "8l", "Maintenance");
}

static void links_of__is_read_only_too__where_nothing_may_be_changed(void **state)
{
	const struct sandbox *sandbox = *state;
	DEFER(vt_done) struct vt *vt = console_open_sized(sandbox, 80, 24, "--read-only");

	console_act(vt, "4l", "monitor API: 2");
	console_act(vt, "m", "read-only");
	console_act(vt, "a", "read-only");
}

#define ON_DOCUMENT(test) cmocka_unit_test_setup_teardown(test, cli_setup, cli_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_DOCUMENT(
			list__moves_marked_links_to_another_level__and_undo_takes_it_back),
		ON_DOCUMENT(
			list__points_a_link_at_another_service__of_another_integration),
		ON_DOCUMENT(list__points_marked_links_at_one_service__each_once),
		ON_DOCUMENT(list__copies_links_to_another_definition__at_the_same_level),
		ON_DOCUMENT(list__deletes_marked_links__after_one_question),
		ON_DOCUMENT(list__offers_what_marked_links_can_do__behind_the_dot),
		ON_DOCUMENT(list__tests_the_services_of_marked_links__each_once),
		ON_DOCUMENT(form__adds_links_of_several_monitors__as_one_change),
		ON_DOCUMENT(form__asks_before_it_places_an_integration__in_a_level),
		STAGE_TEST(form__says_what_new_links_open__and_asks_r3),
		ON_DOCUMENT(links_of__shows_those_of_the_object__and_leads_back),
		ON_DOCUMENT(links_of__is_read_only_too__where_nothing_may_be_changed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
