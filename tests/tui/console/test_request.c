/* tui/console/test_request: what can be said of a request without sending it. */
#include "tui/console/test_request.h"

#include "core/base/text.h"
#include "tests/support/check.h"

static const char *const words[ROLE_COUNT] = {
	[ROLE_OK] = "ok", [ROLE_WARN] = "warn", [ROLE_BAD] = "bad"
};

static void note(void *arg, enum role role, const char *sentence)
{
	buf_addf(arg, "%s: %s\n", words[role], sentence);
}

static void expect_of_url(const char *url, const char *told)
{
	DEFER(buf_done) struct buf text = BUF_INIT(8192);

	test_check_url(url, note, &text);
	assert_string_equal(buf_text(&text), told);
}

static void expect_of_body(const char *body, const char *told)
{
	DEFER(buf_done) struct buf bytes = BUF_INIT(8192);
	DEFER(buf_done) struct buf text = BUF_INIT(8192);

	buf_adds(&bytes, body);
	test_check_body(&bytes, "recovery", note, &text);
	assert_string_equal(buf_text(&text), told);
}

static void check_url__says_where_it_leads__and_no_secret(void **state)
{
	(void)state;
	expect_of_url("https://hooks.example/hooks/uptrends?token=0123456789abcdef",
		      "ok: the URL is https, to hooks.example\n");
	expect_of_url("http://127.0.0.1:8098/x",
		      "ok: the URL is http on this machine, to 127.0.0.1:8098\n");
	expect_of_url("http://hooks.example/a?token=0123456789abcdef",
		      "bad: the URL 'http://hooks.example/a?token=***' must begin with "
		      "https://; http:// is for loopback only\n");
}

static void check_body__names_the_update__and_what_is_wrong_with_it(void **state)
{
	(void)state;
	expect_of_body(
		"{\"title\": \"T\"}",
		"ok: the body of the recovery is JSON, every variable filled in\n");
	expect_of_body("{\"title\": T}",
		       "bad: the body of the recovery cannot be read: JSON, line 1, "
		       "column 11: a value is missing or unknown\n");
	expect_of_body("{\"title\": \"{{@monitor.name}} down\"}",
		       "warn: the body of the recovery has a variable not filled in: "
		       "{{@monitor.name}}\n");
	/* As `hublink test` and `hublink check` see it, too. */
	expect_of_body("{\"title\": \"{{ @monitor.name }} down\"}",
		       "warn: the body of the recovery has a variable not filled in: "
		       "{{ @monitor.name }}\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(check_url__says_where_it_leads__and_no_secret),
		cmocka_unit_test(check_body__names_the_update__and_what_is_wrong_with_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
