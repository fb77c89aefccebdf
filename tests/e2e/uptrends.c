/* Following Uptrends from outside: the real engine between a stand-in for the API and a
 * receiver that stands in for StatusHub. */
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "core/base/clock.h"
#include "tests/support/stage.h"
#include "tests/support/uptrends.h"

struct scene {
	struct stage *stage;
	struct uptrends *api;
	int every_s; /* a new interval makes the engine ask at once */
};

static struct scene open_scene(void **state)
{
	struct scene scene = { .stage = *state, .api = uptrends_new(), .every_s = 10 };
	char line[200];
	stage_import(scene.stage, "{'hublink': 1, 'monitors': [{'name': 'Shop',"
				  " 'guid': '" SHOP_GUID "'}]}");
	snprintf(line, sizeof(line), "uptrends account %s --url %s --zone utc --pause 0s",
		 UPTRENDS_TEST_USER, uptrends_url(scene.api));
	cli_out_fed(&scene.stage->sandbox, 0, line, UPTRENDS_TEST_PASSWORD "\n");
	return scene;
}

static void close_scene(struct scene *scene)
{
	uptrends_free(scene->api);
}

static void ask_at_once(struct scene *scene)
{
	stage_do(scene->stage, "uptrends follow on --every %ds", scene->every_s++);
}

/* That many seconds ago, as the API writes it. */
static void tell(struct scene *scene, const char *id, const char *type, int seconds_ago)
{
	char text[TIME_TEXT_SIZE], local[TIME_TEXT_SIZE];
	time_format_utc_seconds(text, clock_now_ms(&(struct clock){ 0 }) -
					      seconds_ago * SECOND_MS);
	snprintf(local, sizeof(local), "%.19s", text);
	uptrends_alert(scene->api, id, type, SHOP_GUID, local, local, NULL);
}

static void tell_status(struct scene *scene, const char *level)
{
	char text[TIME_TEXT_SIZE], local[TIME_TEXT_SIZE];
	time_format_utc_seconds(text, clock_now_ms(&(struct clock){ 0 }));
	snprintf(local, sizeof(local), "%.19s", text);
	uptrends_status(scene->api, SHOP_GUID, level, local);
}

static const char *told_of_website(struct stage *s)
{
	return stage_told(s, "/website");
}

/* What `uptrends follow` says went wrong. */
static const char *failure(struct stage *s)
{
	const char *json = stage_out(s, 0, "--json uptrends follow");
	struct json *answer = json_parse(json, strlen(json), NULL);
	const char *text = json_string(json_get(answer, "failure"));
	buf_reset(&s->text);
	buf_adds(&s->text, text ? text : "none");
	json_free(answer);
	return buf_text(&s->text);
}

/* The first round finds all well; the next one an error. */
static void follow_into_an_error(struct scene *scene)
{
	stage_do(scene->stage, "uptrends follow on");
	stage_engine_start(scene->stage);
	assert_true(uptrends_wait(scene->api, "/Status/", 1));
	tell(scene, "a1", "Error", 60);
	ask_at_once(scene);
}

static void follow__opens_and_recovers__with_the_accounts_alerts(void **state)
{
	struct scene scene = open_scene(state);
	follow_into_an_error(&scene);
	stage_wait(scene.stage, told_of_website, "investigating down");
	tell(&scene, "a2", "Reminder", 40);
	tell(&scene, "a3", "Ok", 20);
	ask_at_once(&scene);
	stage_wait(scene.stage, told_of_website, "investigating down, monitoring up");
	assert_alerts(scene.stage, "Error Shop, Ok Shop");
	assert_false(uptrends_overlapped(scene.api));
	assert_int_equal(stage_engine_end(scene.stage, SIGTERM), 0);
	close_scene(&scene);
}

/* The OK came while no engine ran, and is in no alert that can be read any more. */
static void follow__recovers__when_the_ok_was_missed(void **state)
{
	struct scene scene = open_scene(state);
	follow_into_an_error(&scene);
	stage_wait(scene.stage, stage_deliveries, "disruption delivered");
	assert_int_equal(stage_engine_end(scene.stage, SIGKILL), 128 + SIGKILL);
	tell_status(&scene, "NoError");
	stage_engine_start(scene.stage);
	stage_wait(scene.stage, told_of_website, "investigating down, monitoring up");
	close_scene(&scene);
}

static void follow__says_why__and_goes_on_when_the_api_is_back(void **state)
{
	struct scene scene = open_scene(state);
	uptrends_fail(scene.api, 1, 403, 0);
	stage_do(scene.stage, "uptrends follow on");
	stage_engine_start(scene.stage);
	stage_wait(scene.stage, failure, "answered 403: Not now");
	ask_at_once(&scene);
	stage_wait(scene.stage, failure, "none");
	tell(&scene, "a1", "Error", 60);
	ask_at_once(&scene);
	stage_wait(scene.stage, told_of_website, "investigating down");
	close_scene(&scene);
}

static void follow__waits__when_the_api_says_so(void **state)
{
	struct scene scene = open_scene(state);
	uptrends_fail(scene.api, 2, 429, 1);
	stage_do(scene.stage, "uptrends follow on");
	stage_engine_start(scene.stage);
	assert_true(uptrends_wait(scene.api, "/Status/", 1));
	assert_int_equal(uptrends_count(scene.api, "/MonitorGroup"), 3);
	assert_false(uptrends_overlapped(scene.api));
	close_scene(&scene);
}

static void follow__asks_nothing__when_it_is_off(void **state)
{
	struct scene scene = open_scene(state);
	stage_engine_start(scene.stage);
	stage_do(scene.stage, "event Shop error");
	stage_wait(scene.stage, told_of_website, "investigating down");
	assert_int_equal(uptrends_count(scene.api, "/"), 0);
	close_scene(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STAGE_TEST(follow__opens_and_recovers__with_the_accounts_alerts),
		STAGE_TEST(follow__recovers__when_the_ok_was_missed),
		STAGE_TEST(follow__says_why__and_goes_on_when_the_api_is_back),
		STAGE_TEST(follow__waits__when_the_api_says_so),
		STAGE_TEST(follow__asks_nothing__when_it_is_off),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
