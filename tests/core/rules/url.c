#include "core/rules/url.h"

#include "core/base/compiler.h"
#include "core/rules/model.h"
#include "tests/support/check.h"

static void url_host__names_host_and_port__without_the_usual_port(void **state)
{
	static const struct {
		const char *url, *host;
	} cases[] = {
		{ "https://Hooks.StatusHub.io/x", "hooks.statushub.io" },
		{ "https://h.example:443/", "h.example" },
		{ "http://localhost:80", "localhost" },
		{ "http://h.example:443/", "h.example:443" },
		{ "https://h.example:8443/?a=1", "h.example:8443" },
		{ "http://[::1]:81/", "[::1]:81" },
	};
	char host[HOST_SIZE];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		assert_true(url_host(cases[i].url, host, sizeof(host)));
		assert_string_equal(host, cases[i].host);
	}
	assert_false(url_host("no url", host, sizeof(host)));
	assert_false(url_host("https://h.example:8443/", host, 14));
	assert_true(url_host("https://h.example:8443/", host, 15));
}

static void url_is_loopback__tells__who_is_never_limited(void **state)
{
	(void)state;
	assert_true(url_is_loopback("http://127.0.0.1:9/x"));
	assert_true(url_is_loopback("https://localhost/x"));
	assert_false(url_is_loopback("https://h.example/127.0.0.1"));
	assert_false(url_is_loopback("https://127.0.0.1@h.example/"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(url_host__names_host_and_port__without_the_usual_port),
		cmocka_unit_test(url_is_loopback__tells__who_is_never_limited),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
