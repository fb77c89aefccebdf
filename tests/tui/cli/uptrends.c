/* uptrends account, import, follow: against a stand-in for the API. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/check.h"
#include "tests/support/cli.h"
#include "tests/support/uptrends.h"

struct scene {
	struct sandbox sandbox;
	struct uptrends *api;
	char services[200]; /* the file that names them */
};

static void put_services(const struct scene *scene, const char *json)
{
	FILE *file = fopen(scene->services, "we");
	assert_non_null(file);
	fputs(json, file);
	assert_int_equal(fclose(file), 0);
}

#define SERVICES                                                                    \
	"{\"" WEBSITE_GUID "\": {\"name\": \"Website\","                            \
	" \"url\": \"https://hub.example/hooks/uptrends?token=598f3b0da9ba4738\"}," \
	" \"" PARTNER_GUID "\": {\"name\": \"Partner API\","                        \
	" \"url\": \"https://hub.example/hooks/uptrends?token=77aa3b0da9ba1111\"}}"

static int open_scene(void **state)
{
	struct scene *scene = mem_new(1, sizeof(*scene));
	char line[200];
	sandbox_open(&scene->sandbox);
	scene->api = uptrends_new();
	snprintf(scene->services, sizeof(scene->services), "%s/services.json",
		 scene->sandbox.folder);
	put_services(scene, SERVICES);
	cli_out(&scene->sandbox, 0, "init");
	snprintf(line, sizeof(line), "uptrends account %s --url %s --pause 0s",
		 UPTRENDS_TEST_USER, uptrends_url(scene->api));
	cli_out_fed(&scene->sandbox, 0, line, UPTRENDS_TEST_PASSWORD "\n");
	*state = scene;
	return 0;
}

static int close_scene(void **state)
{
	struct scene *scene = *state;
	uptrends_free(scene->api);
	sandbox_close(&scene->sandbox);
	free(scene);
	return 0;
}

static const char *import(const struct scene *scene, int exit_code, const char *options)
{
	char line[400];
	snprintf(line, sizeof(line), "uptrends import %s", options);
	return exit_code == 0 ? cli_out(&scene->sandbox, 0, line)
			      : cli_err(&scene->sandbox, exit_code, line);
}

static const char *import_named(const struct scene *scene, int exit_code)
{
	char options[300];
	snprintf(options, sizeof(options), "--services %s", scene->services);
	return import(scene, exit_code, options);
}

/* ---- account ---- */

static void account__is_shown__without_its_password(void **state)
{
	const struct sandbox *sandbox = &((struct scene *)*state)->sandbox;
	const char *shown = cli_out(sandbox, 0, "uptrends account");
	assert_holds(shown, UPTRENDS_TEST_USER);
	assert_lacks(shown, "ss w");
	struct json *one = assert_object(cli_out(sandbox, 0, "--json uptrends account"),
					 0, "user url zone pause follow");
	assert_string_equal(json_string(json_get(one, "zone")), "account");
	json_free(one);
	assert_lacks(cli_out(sandbox, 0, "--json list audit"), "ss w");
	assert_lacks(cli_out(sandbox, 0, "export --with-secrets"), "ss w");
	cli_out(sandbox, 0, "uptrends account --zone utc --pause 2s");
	assert_holds(cli_out(sandbox, 0, "uptrends account"), "UTC; 2s between");
}

static void account__is_refused__when_it_is_no_good(void **state)
{
	const struct sandbox *sandbox = &((struct scene *)*state)->sandbox;
	assert_holds(cli_err_fed(sandbox, 3, "uptrends account me --url ftp://x", "p\n"),
		     "https");
	assert_holds(cli_err_fed(sandbox, 3, "uptrends account a:b", "p\n"), "colon");
	assert_holds(cli_err_fed(sandbox, 3, "uptrends account me", "\n"), "password");
	assert_holds(cli_err_fed(sandbox, 3, "uptrends account me --pause 2h", "p\n"),
		     "0s to 1m");
	assert_holds(cli_err(sandbox, 3, "uptrends account --zone here"), "here");
	assert_holds(cli_out(sandbox, 0, "uptrends account"), UPTRENDS_TEST_USER);
}

static void account__is_forgotten__with_its_password(void **state)
{
	const struct sandbox *sandbox = &((struct scene *)*state)->sandbox;
	cli_out(sandbox, 0, "uptrends account --forget");
	assert_holds(cli_err(sandbox, 5, "uptrends account"), "uptrends account USER");
	assert_holds(cli_err(sandbox, 5, "uptrends import"), "uptrends account USER");
	assert_holds(cli_err(sandbox, 5, "uptrends account --forget"), "No Uptrends");
}

/* ---- import ---- */

/* The first integration of the level. */
static bool is_ticked(const struct json *level)
{
	bool ticked;
	assert_true(
		json_bool(json_get(json_first(json_get(level, "integrations")), "active"),
			  &ticked));
	return ticked;
}

static void import__brings_everything__but_what_the_api_cannot_tell(void **state)
{
	const struct scene *scene = *state;
	import_named(scene, 0);
	const char *document = cli_out(&scene->sandbox, 0, "export");
	struct json *all = json_parse(document, strlen(document), NULL);
	const struct json *monitor = json_first(json_get(all, "monitors"));
	/* two monitors have one name in Uptrends */
	assert_string_equal(json_string(json_get(monitor, "name")), "Nightly bätch");
	assert_holds(document, "\"Shop\"");
	assert_holds(document, "\"Shop (2)\"");
	assert_holds(document, "0b1f6c58-19b4-4f80-9f19-aaaaaaaaaaa1");
	assert_holds(document, "EU shop");
	assert_lacks(document, "All monitors");
	assert_lacks(document, "Mail");

	const struct json *definition = json_first(json_get(all, "alert_definitions"));
	assert_int_equal(json_count(json_get(definition, "monitors")), 1);
	const struct json *level = json_first(json_get(definition, "levels"));
	int64_t number;
	assert_true(json_integer(json_get(json_get(level, "after"), "errors"), &number));
	assert_int_equal(number, 2);
	const struct json *placement = json_first(json_get(level, "integrations"));
	assert_false(is_ticked(level));
	assert_int_equal(json_count(json_get(placement, "links")), 2);
	level = json_next(level);
	assert_true(json_integer(json_get(json_get(level, "after"), "minutes"), &number));
	assert_int_equal(number, 10);
	assert_true(json_integer(json_get(json_get(level, "reminder"), "every_minutes"),
				 &number));
	assert_int_equal(number, 15);
	assert_null(json_next(level));
	json_free(all);
	assert_false(uptrends_overlapped(scene->api));
}

static void import__says_what_it_left_out(void **state)
{
	const struct scene *scene = *state;
	char line[300];
	snprintf(line, sizeof(line), "uptrends import --dry-run --services %s",
		 scene->services);
	const char *said = cli_err(&scene->sandbox, 0, line);
	assert_holds(said, "level 5 was left out");
	assert_holds(said, "a member was left out");
}

static void import__makes_inactive__what_alerts_nobody(void **state)
{
	const struct scene *scene = *state;
	import_named(scene, 0);
	assert_holds(cli_out(&scene->sandbox, 0, "--json list monitors"),
		     "\"name\":\"Nightly bätch\",\"guid\":\"" BATCH_GUID
		     "\",\"active\":false");
}

static void import__asks_for_names__where_nobody_gives_them(void **state)
{
	const struct scene *scene = *state;
	assert_holds(import(scene, 3, ""), "2 of 2 services");
	assert_lacks(cli_out(&scene->sandbox, 0, "export"), "Shop");
	cli_out(&scene->sandbox, 0, "uptrends import --dry-run");
	const char *said = cli_err(&scene->sandbox, 0, "uptrends import --dry-run");
	assert_holds(said, "5e1f6c58-19b4-4f80-9f19-bbbbbbbbbbb1");
	assert_holds(said, "2 links: Shop, Shop");
	assert_lacks(cli_out(&scene->sandbox, 0, "export"), "Shop");
}

static void import__refuses__answers_that_are_no_good(void **state)
{
	static const struct {
		const char *json, *said;
	} cases[] = {
		{ "[]", "it must be an object" },
		{ "{", "services.json" },
		{ "{\"" WEBSITE_GUID "\": {\"url\": \"https://x.example/\"}}",
		  "no name" },
		{ "{\"" WEBSITE_GUID "\": {\"name\": \"W\"}}", "a URL is wanted" },
		{ "{\"" WEBSITE_GUID "\": {\"name\": \"W\", \"url\": \"ftp://x\"}}",
		  "https" },
		{ "{\"" WEBSITE_GUID
		  "\": {\"name\": \"W\", \"url\": \"https://x.example/1\"},"
		  " \"" PARTNER_GUID
		  "\": {\"name\": \"W\", \"url\": \"https://x.example/2\"}}",
		  "is named 'W'" },
	};
	const struct scene *scene = *state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		put_services(scene, cases[i].json);
		assert_holds(import_named(scene, 3), cases[i].said);
	}
	assert_lacks(cli_out(&scene->sandbox, 0, "export"), "Shop");
}

static void import__changes_nothing__the_second_time(void **state)
{
	const struct scene *scene = *state;
	import_named(scene, 0);
	char *before = mem_strdup(cli_out(&scene->sandbox, 0, "export --with-secrets"));
	assert_holds(import(scene, 0, ""), "Nothing differs");
	assert_string_equal(cli_out(&scene->sandbox, 0, "export --with-secrets"), before);
	free(before);
}

/* Later: what Uptrends changed comes, what operators did stays. */
static void import__keeps_what_operators_added__and_brings_what_is_new(void **state)
{
	const struct scene *scene = *state;
	const struct sandbox *sandbox = &scene->sandbox;
	import_named(scene, 0);
	cli_out(sandbox, 0, "rename monitor Shop Webshop");
	cli_out(sandbox, 0, "rename definition Default Everybody");
	cli_out(sandbox, 0, "rename service Website 'Front page'");
	cli_out_fed(sandbox, 0, "import -",
		    "{\"hublink\": 1, \"monitors\": [{\"name\": \"Own\"}],"
		    " \"alert_definitions\": [{\"name\": \"Everybody\", \"levels\": ["
		    "{\"level\": 1, \"integrations\": [{\"integration\": \"StatusHub "
		    "EU\", \"active\": true, \"links\": [{\"monitor\": \"Own\","
		    " \"service\": \"Front page\"}]}]}]}]}");
	uptrends_put(scene->api,
		     "/AlertDefinition/d0000000-0000-0000-0000-000000000001/"
		     "EscalationLevel",
		     "[{\"Id\": 1, \"EscalationMode\": \"AlertOnErrorCount\","
		     " \"ThresholdErrorCount\": 4, \"IsActive\": true}]");
	import(scene, 0, "");
	const char *document = cli_out(sandbox, 0, "export");
	struct json *all = json_parse(document, strlen(document), NULL);
	const struct json *definition = json_first(json_get(all, "alert_definitions"));
	assert_true(is_ticked(json_first(json_get(definition, "levels"))));
	json_free(all);
	assert_holds(document, "\"errors\": 4");
	assert_holds(document, "Webshop");
	assert_holds(document, "Front page");
	assert_holds(document, "\"Own\"");
	assert_lacks(document, "\"Default\"");
	assert_lacks(document, "\"Website\"");
}

static void import__brings_maintenance__once_the_zone_has_a_name(void **state)
{
	const struct scene *scene = *state;
	const struct sandbox *sandbox = &scene->sandbox;
	char line[300];
	snprintf(line, sizeof(line), "uptrends import --services %s", scene->services);
	assert_holds(cli_err(sandbox, 0, line),
		     "Maintenance that recurs was left out: 1");
	assert_holds(cli_err(sandbox, 3, "uptrends account --zone Europe/Nowhere"),
		     "Europe/Nowhere");
	cli_out(sandbox, 0, "uptrends account --zone Europe/Berlin");
	uptrends_put(scene->api,
		     "/Monitor/0b1f6c58-19b4-4f80-9f19-aaaaaaaaaaa1/MaintenancePeriod",
		     "[{\"Id\": 8, \"ScheduleMode\": \"OneTime\","
		     " \"StartDateTime\": \"2050-07-01T02:00:00\","
		     " \"EndDateTime\": \"2050-07-01T04:00:00\","
		     " \"MaintenanceType\": \"DisableMonitoring\"},"
		     "{\"Id\": 9, \"ScheduleMode\": \"OneTime\","
		     " \"StartDateTime\": \"2020-07-01T02:00:00\","
		     " \"EndDateTime\": \"2020-07-01T04:00:00\"}]");
	assert_holds(import(scene, 0, ""), "Made 2 changes");
	cli_out(sandbox, 0, "engine --until-idle");
	const char *windows = cli_out(sandbox, 0, "--json list maintenance");
	assert_holds(windows, "2050-07-01T00:00:00Z");
	assert_holds(windows, "Re-index");
	/* What recurs has its next window, and on Sunday mornings one that is open, too. */
	const int open_now = strstr(windows, "\"state\":\"active\"") != NULL;
	assert_int_equal(count_lines(windows), 2 + open_now);
	assert_holds(import(scene, 0, ""), "Nothing differs");
}

static void import__waits__when_the_api_says_so(void **state)
{
	const struct scene *scene = *state;
	uptrends_fail(scene->api, 2, 429, 1);
	import_named(scene, 0);
	assert_int_equal(uptrends_count(scene->api, "/Account/Settings"), 3);
}

static void import__fails_with_the_apis_words__and_changes_nothing(void **state)
{
	const struct scene *scene = *state;
	uptrends_put(scene->api, "/Integration", "{\"Messages\": []}");
	uptrends_fail(scene->api, 1, 403, 0);
	assert_holds(import_named(scene, 1), "/Account/Settings: answered 403: Not now");
	uptrends_put(scene->api, "/Monitor", "\"none\"");
	assert_holds(import_named(scene, 1), "/Monitor?filter=");
	char line[200];
	snprintf(line, sizeof(line), "uptrends account someone --url %s",
		 uptrends_url(scene->api));
	cli_out_fed(&scene->sandbox, 0, line, "wrong\n");
	assert_holds(import_named(scene, 1), "the user or the password is wrong");
	assert_lacks(cli_out(&scene->sandbox, 0, "export"), "Shop");
}

/* ---- follow ---- */

static void follow__is_switched__and_says_how_it_goes(void **state)
{
	const struct sandbox *sandbox = &((struct scene *)*state)->sandbox;
	assert_holds(cli_out(sandbox, 0, "uptrends follow"), "does not follow");
	assert_holds(cli_out(sandbox, 0, "uptrends follow on --every 30s"), "every 30s");
	struct json *one = assert_object(cli_out(sandbox, 0, "--json uptrends follow"), 0,
					 "follow every polled_at failed_at failure");
	json_free(one);
	assert_holds(cli_err(sandbox, 3, "uptrends follow on --every 1s"), "10s to 1h");
	assert_holds(cli_out(sandbox, 0, "uptrends follow off"), "does not follow");
}

#define IN_SCENE(test) cmocka_unit_test_setup_teardown(test, open_scene, close_scene)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_SCENE(account__is_shown__without_its_password),
		IN_SCENE(account__is_refused__when_it_is_no_good),
		IN_SCENE(account__is_forgotten__with_its_password),
		IN_SCENE(import__brings_everything__but_what_the_api_cannot_tell),
		IN_SCENE(import__says_what_it_left_out),
		IN_SCENE(import__makes_inactive__what_alerts_nobody),
		IN_SCENE(import__asks_for_names__where_nobody_gives_them),
		IN_SCENE(import__refuses__answers_that_are_no_good),
		IN_SCENE(import__changes_nothing__the_second_time),
		IN_SCENE(import__keeps_what_operators_added__and_brings_what_is_new),
		IN_SCENE(import__brings_maintenance__once_the_zone_has_a_name),
		IN_SCENE(import__waits__when_the_api_says_so),
		IN_SCENE(import__fails_with_the_apis_words__and_changes_nothing),
		IN_SCENE(follow__is_switched__and_says_how_it_goes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
