#include "core/engine/wary.h"

#include <stdio.h>

#include "tests/support/check.h"

static void host__is_met_warily__for_five_minutes(void **state)
{
	struct wary wary = { 0 };
	(void)state;
	assert_false(wary_of(&wary, "https://a.example/x?token=1", 1000));
	wary_note(&wary, "https://a.example/x?token=1", 1000);
	assert_true(wary_of(&wary, "https://a.example/other", 1000 + WARY_MS - 1));
	assert_false(wary_of(&wary, "https://b.example/x", 1001));
	assert_false(wary_of(&wary, "https://a.example/x", 1000 + WARY_MS));
	wary_note(&wary, "https://a.example/x", 2000);
	assert_true(wary_of(&wary, "https://a.example/x", 1999 + WARY_MS));
}

static void host__makes_room__for_one_that_was_silent_later(void **state)
{
	struct wary wary = { 0 };
	char url[64];
	(void)state;
	for (int i = 0; i <= WARY_HOSTS; i++) {
		(void)snprintf(url, sizeof(url), "https://host-%d.example/", i);
		wary_note(&wary, url, 1000 + i);
	}
	assert_false(wary_of(&wary, "https://host-0.example/", 2000));
	assert_true(wary_of(&wary, "https://host-1.example/", 2000));
	assert_true(wary_of(&wary, url, 2000));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(host__is_met_warily__for_five_minutes),
		cmocka_unit_test(host__makes_room__for_one_that_was_silent_later),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
