/* Built-in checks with the programs under test: from a target that fails to the page, and
 * back. A change of configuration is checked at once, so nothing waits for an interval. */
#include <signal.h>
#include <stdio.h>

#include "tests/support/check.h"
#include "tests/support/cli.h"
#include "tests/support/scene.h"

static void switch_target(const struct scene *s, const char *state)
{
	char body[64];
	(void)snprintf(body, sizeof(body), "{\"state\":\"%s\"}", state);
	assert_int_equal(hub_status(&s->hub, "/targets/shop", body, NULL), 200);
}

static void give_check(const struct scene *s, const char *fields)
{
	char document[600];
	(void)snprintf(
		document, sizeof(document),
		"{\"hublink\":1,\"monitors\":[{\"name\":\"Shop\",\"check\":{\"type\":"
		"\"http\",\"target\":\"%s/targets/shop\",%s}}]}",
		s->hub.address, fields);
	(void)cli_out_fed(&s->sandbox, 0, "import -", document);
}

static void checks__open_and_recover__an_incident_on_the_page(void **state)
{
	struct scene *s = *state;
	switch_target(s, "down");
	give_check(s, "\"recheck_after\":\"1s\"");
	scene_wait_for_page(s, "disruption");
	assert_int_equal(scene_count(s, "SELECT count(*) FROM event WHERE NOT confirmed"),
			 1);
	assert_holds(cli_out(&s->sandbox, 0, "list monitors"),
		     "HTTP 503, expected 200-399");
	assert_holds(cli_out(&s->sandbox, 0, "--json list monitors"),
		     "\"verdict\":\"failed\",\"http_status\":503");
	switch_target(s, "up");
	give_check(s, "\"every\":\"50s\"");
	scene_wait_for_page(s, "operational");
	assert_int_equal(scene_end(&s->engine, SIGTERM), 0);
}

static void engine__ends_at_once__while_a_check_has_no_answer(void **state)
{
	struct scene *s = *state;
	switch_target(s, "slow");
	give_check(s, "\"timeout\":\"1m\"");
	scene_wait_for_count(
		s, "SELECT count(*) FROM monitor WHERE check_timeout_ms = 60000", 1);
	assert_int_equal(scene_end(&s->engine, SIGTERM), 0);
	assert_int_equal(scene_count(s, "SELECT count(*) FROM event"), 0);
}

static void engine__checks_nothing__until_idle(void **state)
{
	struct scene *s = *state;
	assert_int_equal(scene_end(&s->engine, SIGTERM), 0);
	switch_target(s, "down");
	give_check(s, "\"recheck_after\":\"0s\"");
	(void)cli_out(&s->sandbox, 0, "engine --until-idle");
	assert_int_equal(scene_count(s, "SELECT count(*) FROM check_result"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		SCENE_TEST(checks__open_and_recover__an_incident_on_the_page),
		SCENE_TEST(engine__ends_at_once__while_a_check_has_no_answer),
		SCENE_TEST(engine__checks_nothing__until_idle),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
