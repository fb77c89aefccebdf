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

static void expect(const char *url, const char *body, const char *told)
{
	DEFER(wire_request_done) struct wire_request request = WIRE_REQUEST_INIT;
	DEFER(buf_done) struct buf text = BUF_INIT(8192);

	assert_true(text_copy(request.url, sizeof(request.url), url));
	buf_adds(&request.body, body);
	test_check_wire(&request, note, &text);
	assert_string_equal(buf_text(&text), told);
}

static void check__is_content__with_an_https_url_and_json(void **state)
{
	(void)state;
	expect("https://hooks.example/hooks/uptrends?token=0123456789abcdef",
	       "{\"title\": \"T\"}",
	       "ok: the URL is https, to hooks.example\n"
	       "ok: the body is valid JSON, 14 bytes\n"
	       "ok: every variable is filled in\n");
}

static void check__names_what_is_wrong__and_no_secret(void **state)
{
	(void)state;
	expect("http://hooks.example/a?token=0123456789abcdef", "{\"title\": T}",
	       "bad: the URL 'http://hooks.example/a?token=***' must begin with "
	       "https://; "
	       "http:// is for loopback only\n"
	       "bad: the body cannot be read: JSON, line 1, column 11: a value is "
	       "missing or unknown\n"
	       "ok: every variable is filled in\n");
	expect("http://127.0.0.1:8098/x", "{\"title\": \"{{@monitor.name}} down\"}",
	       "ok: the URL is http on this machine, to 127.0.0.1:8098\n"
	       "ok: the body is valid JSON, 35 bytes\n"
	       "warn: a variable is not filled in: {{@monitor.name}}\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(check__is_content__with_an_https_url_and_json),
		cmocka_unit_test(check__names_what_is_wrong__and_no_secret),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
