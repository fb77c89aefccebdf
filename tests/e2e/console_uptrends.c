/* Taking an Uptrends account over in the console, by keys alone, from a stand-in for its API. */
#include <stdio.h>
#include <string.h>

#include "tests/support/check.h"
#include "tests/support/console.h"
#include "tests/support/stage.h"
#include "tests/support/uptrends.h"

#define TOKEN_URL "https://hub.example/hooks/uptrends?token=598f3b0da9ba4738"

struct scene {
	struct stage *stage;
	struct uptrends *api;
};

static struct scene open_scene(void **state)
{
	struct scene scene = { .stage = *state, .api = uptrends_new() };
	char line[200];

	(void)snprintf(line, sizeof(line), "uptrends account %s --url %s --pause 0s",
		       UPTRENDS_TEST_USER, uptrends_url(scene.api));
	(void)cli_out_fed(&scene.stage->sandbox, 0, line, UPTRENDS_TEST_PASSWORD "\n");
	return scene;
}

static void close_scene(struct scene *scene)
{
	uptrends_free(scene->api);
}

/* The console on the account as it was fetched. */
static struct vt *open_fetched(const struct scene *scene)
{
	struct vt *vt = console_open(&scene->stage->sandbox);

	console_act(vt, "I", "r asks Uptrends");
	console_act(vt, "r", "2 want a name");
	return vt;
}

static void uptrends__are_taken_over__with_names_given_here(void **state)
{
	struct scene scene = open_scene(state);
	DEFER(vt_done) struct vt *vt = open_fetched(&scene);

	console_act(vt, "\r", "Service URL");
	console_act(vt, "Website\t" PASTED(TOKEN_URL), "token=***");
	assert_null(strstr(vt_screen(vt), "598f3b0da9ba4738"));
	console_act(vt, KEY_SAVE, "1 want a name");
	console_act(vt, "j\rPartner API\thttps://hub.example/p" KEY_SAVE, "named");
	assert_true(vt_wait_gone(vt, "want a name"));
	console_act(vt, "i", "u does not undo it");
	assert_lacks(stage_out(scene.stage, 0, "export"), "Partner API");
	console_act(vt, "y", "Imported");
	assert_true(vt_wait(vt, "0 new, 0 changed"));
	console_act(vt, "i", "Nothing differs");
	const char *document = stage_out(scene.stage, 0, "export --with-secrets");
	assert_holds(document, TOKEN_URL);
	assert_holds(document, "\"Partner API\"");
	assert_holds(document, "Nightly bätch");
	assert_holds(stage_out(scene.stage, 0, "--json list audit"),
		     "\"action\":\"import\"");
	assert_false(uptrends_overlapped(scene.api));
	close_scene(&scene);
}

/* Left with Esc, and by going to another screen: what was typed is there again. */
static void uptrends__keep_what_was_typed__when_they_are_left(void **state)
{
	struct scene scene = open_scene(state);
	DEFER(vt_done) struct vt *vt = open_fetched(&scene);

	console_act(vt, "\rWebs" KEY_ESC, "service Webs of StatusHub EU");
	console_act(vt, "4", "Last message");
	console_act(vt, "I", "service Webs of StatusHub EU");
	assert_true(vt_wait(vt, "2 want a name"));
	console_act(vt, "\rite\t" TOKEN_URL KEY_SAVE, "1 want a name");
	console_act(vt, "r", "Uptrends");
	assert_true(vt_wait(vt, "service Website of StatusHub EU"));
	console_act(vt, KEY_ESC "I", "named");
	close_scene(&scene);
}

static void uptrends__refuse__a_name_that_is_no_good(void **state)
{
	struct scene scene = open_scene(state);
	DEFER(vt_done) struct vt *vt = open_fetched(&scene);

	console_act(vt, "\rWebsite" KEY_SAVE, "Service URL is missing");
	console_act(vt, "\tftp://x" KEY_SAVE, "https");
	console_act(vt, "\025" TOKEN_URL KEY_SAVE, "1 want a name");
	console_act(vt, "j\rWebsite\thttps://hub.example/p" KEY_SAVE,
		    "another service of its integration");
	console_act(vt, KEY_ESC, "1 want a name");
	close_scene(&scene);
}

/* Who has the service here already names it, and the URL stays as it is. */
static void uptrends__offer_the_names__that_the_integration_has_here(void **state)
{
	struct scene scene = open_scene(state);

	stage_import(scene.stage,
		     "{'hublink': 1, 'integrations': [{'name': 'StatusHub EU',"
		     " 'services': [{'name': 'Front page', 'url': '{hub}/front'}]}]}");
	DEFER(vt_done) struct vt *vt = open_fetched(&scene);
	console_act(vt, "\rfro", "^N Front page");
	console_act(vt, "\t", "/front");
	console_act(vt, KEY_SAVE, "1 want a name");
	console_act(vt, "i", "1 services have no name");
	console_act(vt, "y", "Imported");
	assert_holds(stage_out(scene.stage, 0, "--json list links"), "\"Front page\"");
	close_scene(&scene);
}

static void uptrends__say_why__when_they_cannot_be_asked(void **state)
{
	struct scene scene = open_scene(state);
	DEFER(vt_done) struct vt *vt = console_open(&scene.stage->sandbox);

	console_act(vt, "I", "r asks Uptrends");
	uptrends_fail(scene.api, 1, 403, 0);
	console_act(vt, "r", "answered 403: Not now");
	console_act(vt, "a", "The user of an Uptrends API account");
	console_act(vt, "\r", "The password of this account");
	console_act(vt, "wrong", "*****");
	assert_null(strstr(vt_screen(vt), "wrong"));
	console_act(vt, "\r", "The account is kept");
	console_act(vt, "r", "answered 401");
	console_act(vt, "i", "There is no plan yet");
	close_scene(&scene);
}

static void uptrends__ask_for_an_account__where_none_is_known(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = console_open(&s->sandbox);

	console_act(vt, ":uptr", "take-over");
	console_act(vt, "\r", "No Uptrends account is known");
	console_act(vt, "ranna\r", "The password");
	console_act(vt, "secret\r", "The account is kept");
	assert_holds(stage_out(s, 0, "uptrends account"), "anna at https://api.uptrends");
	assert_lacks(stage_out(s, 0, "--json list audit"), "secret");
}

static void uptrends__are_not_taken_over__in_a_read_only_console(void **state)
{
	struct scene scene = open_scene(state);
	DEFER(vt_done)
	struct vt *vt = console_open_sized(&scene.stage->sandbox, 80, 24, "--read-only");

	console_act(vt, "I", "read-only");
	assert_int_equal(uptrends_count(scene.api, "/"), 0);
	close_scene(&scene);
}

static void uptrends__look_so__at_every_size(void **state)
{
	static const int sizes[][2] = { { 40, 12 }, { 80, 24 }, { 120, 40 } };
	struct scene scene = open_scene(state);

	for (size_t i = 0; i < COUNT_OF(sizes); i++) {
		char plan[64], form[64];
		DEFER(vt_done)
		struct vt *vt = console_open_sized(&scene.stage->sandbox, sizes[i][0],
						   sizes[i][1], NULL);
		(void)snprintf(plan, sizeof(plan), "uptrends_%dx%d", sizes[i][0],
			       sizes[i][1]);
		(void)snprintf(form, sizeof(form), "uptrends_name_%dx%d", sizes[i][0],
			       sizes[i][1]);
		console_act(vt, "I", "r asks Uptrends");
		console_act(vt, "r", "WANTED");
		console_look(vt, plan);
		console_act(vt, "\rWebsite\t" TOKEN_URL, "hub.example/ho");
		console_look(vt, form);
	}
	close_scene(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STAGE_TEST(uptrends__are_taken_over__with_names_given_here),
		STAGE_TEST(uptrends__keep_what_was_typed__when_they_are_left),
		STAGE_TEST(uptrends__refuse__a_name_that_is_no_good),
		STAGE_TEST(uptrends__offer_the_names__that_the_integration_has_here),
		STAGE_TEST(uptrends__say_why__when_they_cannot_be_asked),
		STAGE_TEST(uptrends__ask_for_an_account__where_none_is_known),
		STAGE_TEST(uptrends__are_not_taken_over__in_a_read_only_console),
		STAGE_TEST(uptrends__look_so__at_every_size),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
