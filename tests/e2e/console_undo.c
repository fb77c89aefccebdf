/* What the console offers beside forms, with keys alone on a pty: undo, history, copies, the
 * editor, the mode; and what it refuses. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "tests/support/check.h"
#include "tests/support/console.h"
#include "tests/support/stage.h"

/* ---- undo, history ---- */

static void undo__takes_back_what_keys_did__and_redo_makes_it_again(void **state)
{
	const struct sandbox *sandbox = *state;
	char *before = mem_strdup(cli_out(sandbox, 0, "export"));
	DEFER(vt_done) struct vt *vt = console_open(sandbox);

	console_act(vt, "5", "Default");
	console_act(vt, "d", "1 placed integration, 4 links");
	console_act(vt, "y", "Deleted the alert definition Default");
	console_act(vt, "4", "Batch");
	console_act(vt, "x", "is inactive now");
	console_act(vt, "u", "Active: no -> yes");
	console_act(vt, "y", "Undone");
	console_act(vt, "u", "created, and 9 that hang on it");
	console_act(vt, "y", "Undone");
	assert_string_equal(cli_out(sandbox, 0, "export"), before);
	console_act(vt, "U", "Make this change again?");
	console_act(vt, "y", "Made again");
	assert_lacks(cli_out(sandbox, 0, "export"), "Default");
	console_act(vt, "u", "Undo this change?");
	console_act(vt, "y", "Undone");
	assert_string_equal(cli_out(sandbox, 0, "export"), before);
	free(before);
}

static void history__tells_who_changed_what__on_h(void **state)
{
	const struct sandbox *sandbox = *state;
	DEFER(vt_done) struct vt *vt = console_open(sandbox);

	(void)cli_out(sandbox, 0, "--because 'new name' rename monitor API 'Api'");
	console_act(vt, "4", "Api");
	console_act(vt, "x", "is inactive now");
	console_act(vt, "h", "Active: yes -> no");
	assert_true(vt_wait(vt, "Name: API -> Api"));
	assert_true(vt_wait(vt, "new name"));
}

/* ---- what may not be ---- */

static void read_only__refuses_every_change__with_a_sentence(void **state)
{
	static const char *const keys[] = { "a", "e", "c", "d", "x", "u", "U", "=" };
	const struct sandbox *sandbox = *state;
	DEFER(vt_done) struct vt *vt = console_open_sized(sandbox, 80, 24, "--read-only");

	console_act(vt, "4", "Batch");
	for (size_t i = 0; i < COUNT_OF(keys); i++) {
		console_act(vt, keys[i], "This console is read-only");
		vt_type(vt, "j");
		assert_true(vt_wait_gone(vt, "This console is read-only"));
	}
	console_act(vt, "h", "History");
}

static void delete__is_refused__while_an_incident_needs_it_r8(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = NULL;

	stage_do(s, "event Shop error");
	stage_settle(s);
	vt = console_open(&s->sandbox);
	console_act(vt, "4", "Shop");
	console_act(vt, "Gd", "cannot be deleted: it is joined to incident #1");
}

/* ---- the editor, the mode ---- */

/* Leaves a broken template first; when it is shown the fault on top, a good one. */
static void make_editor(const struct sandbox *sandbox)
{
	char path[128];

	(void)snprintf(path, sizeof(path), "%s/editor", sandbox->folder);
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	(void)fputs("#!/bin/sh\n"
		    "if head -1 \"$1\" | grep -q '^#! hublink: '\n"
		    "then printf '{\"text\": \"{{@service.name}}\"}\\n' >\"$1\"\n"
		    "else printf '{\"text\": \\n' >\"$1\"\n"
		    "fi\n",
		    file);
	(void)fclose(file);
	assert_int_equal(chmod(path, 0700), 0);
}

static void editor__opens_again_with_the_fault__until_the_text_is_right(void **state)
{
	const struct sandbox *sandbox = *state;
	DEFER(vt_done) struct vt *vt = NULL;

	make_editor(sandbox);
	vt = console_open(sandbox);
	console_act(vt, "3", "Partner API");
	console_act(vt, "e\tc", "Template");
	console_act(vt, "\t\t\t\t\t\t\t\t\005", "{\"text\": \"{{@service.name}}\"}");
	console_act(vt, KEY_SAVE, "Saved the integration Hub");
	assert_holds(cli_out(sandbox, 0, "export"), "{{@service.name}}");
}

static void mode__lists_what_would_leave__before_it_goes_live_r19(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = NULL;

	stage_do(s, "mode paused");
	stage_do(s, "event Shop error");
	stage_settle(s);
	vt = console_open(&s->sandbox);
	console_act(vt, "=", "It is paused now");
	console_act(vt, "l", "1 update would leave at once");
	assert_true(vt_wait(vt, "Website"));
	console_act(vt, KEY_ESC, "PAUSED");
	console_act(vt, "=", "It is paused now");
	console_act(vt, "l", "1 update would leave at once");
	console_act(vt, "L", "LIVE");
	stage_settle(s);
	assert_told(s, "/website", "investigating down");
}

static void clone__copies_a_definition__with_levels_and_links(void **state)
{
	const struct sandbox *sandbox = *state;
	DEFER(vt_done) struct vt *vt = console_open(sandbox);

	console_act(vt, "5", "Default");
	console_act(vt, "c", "Default copy");
	console_act(vt, KEY_SAVE, "Added the alert definition Default copy");
	assert_int_equal(count_lines(cli_out(sandbox, 0, "--json list links")), 8);
}

#define ON_DOCUMENT(test) cmocka_unit_test_setup_teardown(test, cli_setup, cli_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_DOCUMENT(undo__takes_back_what_keys_did__and_redo_makes_it_again),
		ON_DOCUMENT(history__tells_who_changed_what__on_h),
		ON_DOCUMENT(read_only__refuses_every_change__with_a_sentence),
		STAGE_TEST(delete__is_refused__while_an_incident_needs_it_r8),
		ON_DOCUMENT(editor__opens_again_with_the_fault__until_the_text_is_right),
		STAGE_TEST(mode__lists_what_would_leave__before_it_goes_live_r19),
		ON_DOCUMENT(clone__copies_a_definition__with_levels_and_links),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
