/* Targets of the stand-in: up, until they are told otherwise. */
#include "core/engine/hub_targets.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "tests/support/check.h"
#include "tests/support/hub.h"

static struct hub hub;

static int start(void **state)
{
	(void)state;
	hub = HUB_START();
	return 0;
}

static int stop(void **state)
{
	(void)state;
	hub_stop(&hub, SIGTERM);
	return 0;
}

static void target__is_up__until_it_is_told_otherwise(void **state)
{
	(void)state;
	assert_int_equal(hub_status(&hub, "/targets/shop", NULL, NULL), 200);
	assert_int_equal(hub_status(&hub, "/targets/shop", "{\"state\":\"down\"}", NULL),
			 200);
	assert_int_equal(hub_status(&hub, "/targets/shop", NULL, NULL), 503);
	assert_int_equal(hub_status(&hub, "/targets/other", NULL, NULL), 200);
	assert_int_equal(hub_status(&hub, "/targets/shop", "{\"state\":\"up\"}", NULL),
			 200);
	assert_int_equal(hub_status(&hub, "/targets/shop", NULL, NULL), 200);
}

static void target__says_what_it_takes__when_it_is_told_something_else(void **state)
{
	struct answer answer =
		hub_ask(&hub, "/targets/shop", "{\"state\":\"broken\"}", NULL);
	(void)state;
	assert_int_equal(answer.status, 400);
	assert_non_null(strstr(buf_text(&answer.body), "up, down or slow"));
	buf_done(&answer.body);
	assert_int_equal(hub_status(&hub, "/targets/shop", NULL, NULL), 200);
	assert_int_equal(hub_status(&hub, "/targets/", NULL, NULL), 404);
}

/* It is asked with a second's patience, and has not answered by then. */
static void target__answers_late__when_it_is_slow(void **state)
{
	char url[128];
	(void)state;
	assert_int_equal(hub_status(&hub, "/targets/shop", "{\"state\":\"slow\"}", NULL),
			 200);
	CURL *easy = curl_easy_init();
	(void)snprintf(url, sizeof(url), "%s/targets/shop", hub.address);
	curl_easy_setopt(easy, CURLOPT_URL, url);
	curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, 1000L);
	assert_int_equal(curl_easy_perform(easy), CURLE_OPERATION_TIMEDOUT);
	curl_easy_cleanup(easy);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(target__is_up__until_it_is_told_otherwise),
		TEST(target__says_what_it_takes__when_it_is_told_something_else),
		TEST(target__answers_late__when_it_is_slow),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
