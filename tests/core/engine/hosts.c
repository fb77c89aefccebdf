#include "core/engine/hosts.h"

#include <stdio.h>
#include <string.h>

#include "tests/support/check.h"

static int close_hosts(void **state)
{
	hosts_done(*state);
	return 0;
}

static int open_hosts(void **state)
{
	static struct hosts hosts;
	hosts = (struct hosts){ 0 };
	*state = &hosts;
	return 0;
}

static void hosts_find__gives_the_same_host__for_any_url_of_it(void **state)
{
	struct hosts *hosts = *state;
	struct host *a = hosts_find(hosts, 1, "https://Hooks.example/a?token=1", 5);
	assert_ptr_equal(hosts_find(hosts, 1, "https://hooks.example:443/b", 5), a);
	assert_ptr_not_equal(hosts_find(hosts, 1, "https://hooks.example:8443/b", 5), a);
	assert_ptr_not_equal(hosts_find(hosts, 2, "https://hooks.example/a", 5), a);
	assert_null(strstr(a->name, "token"));
}

static void hosts_find__keeps_every_host__when_there_are_many(void **state)
{
	struct hosts *hosts = *state;
	struct host *found[1000];
	char url[64];
	for (int i = 0; i < 1000; i++) {
		snprintf(url, sizeof(url), "https://h%d.example/", i);
		found[i] = hosts_find(hosts, 1, url, 5);
	}
	assert_int_equal(hosts->count, 1000);
	for (int i = 0; i < 1000; i++) {
		snprintf(url, sizeof(url), "https://h%d.example/", i);
		assert_ptr_equal(hosts_find(hosts, 1, url, 5), found[i]);
	}
}

static void host__takes_as_many_a_second_as_it_may__when_it_has_a_rate(void **state)
{
	struct hosts *hosts = *state;
	static const int64_t rates[] = { 1, 5, 7, 1000, 3000 };
	for (size_t i = 0; i < sizeof(rates) / sizeof(rates[0]); i++) {
		struct host *host = hosts_find(hosts, 10 + (int64_t)i,
					       "https://hooks.example/", rates[i]);
		int64_t taken = 0;
		for (int64_t ms = 1000; ms < 11000; ms++) {
			while (host_is_free(host, ms)) {
				host_take(host, ms);
				taken++;
			}
		}
		assert_in_range(taken, 99 * rates[i] / 10, 10 * rates[i] + 1);
	}
}

static void host__is_always_free__when_there_is_no_rate_or_it_is_loopback(void **state)
{
	struct hosts *hosts = *state;
	struct host *none = hosts_find(hosts, 1, "https://hooks.example/", 0);
	struct host *here = hosts_find(hosts, 1, "http://127.0.0.1:8080/", 5);
	for (int i = 0; i < 100; i++) {
		host_take(none, 1000);
		host_take(here, 1000);
	}
	assert_true(host_is_free(none, 1000));
	assert_true(host_is_free(here, 1000));
}

static void host_recovers__once__when_it_was_silent_for_30_s(void **state)
{
	struct hosts *hosts = *state;
	struct host *host = hosts_find(hosts, 1, "https://hooks.example/", 5);
	assert_true(host_recovers(host, 1000));
	assert_false(host_recovers(host, 1000));
	host_succeeded(host, 1000);
	assert_false(host_recovers(host, 1000 + HOST_SILENCE_MS - 1));
	assert_true(host_recovers(host, 1000 + HOST_SILENCE_MS));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_hosts, close_hosts)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(hosts_find__gives_the_same_host__for_any_url_of_it),
		TEST(hosts_find__keeps_every_host__when_there_are_many),
		TEST(host__takes_as_many_a_second_as_it_may__when_it_has_a_rate),
		TEST(host__is_always_free__when_there_is_no_rate_or_it_is_loopback),
		TEST(host_recovers__once__when_it_was_silent_for_30_s),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
