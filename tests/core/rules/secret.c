#include "core/rules/secret.h"

#include <stdio.h>
#include <string.h>

#include "core/base/compiler.h"
#include "core/base/random.h"
#include "core/base/text.h"
#include "core/rules/model.h"
#include "tests/support/check.h"

static void assert_masked(const char *url, const char *expected)
{
	struct buf shown = BUF_INIT(20000);
	url_add_masked(&shown, url);
	assert_string_equal(buf_text(&shown), expected);
	buf_done(&shown);
}

static void url_add_masked__hides_user_values_and_long_segments__nothing_else(
	void **state)
{
	(void)state;
	assert_masked("https://hooks.statushub.io/hooks/uptrends?token=598f3b0da9ba4738",
		      "https://hooks.statushub.io/hooks/uptrends?token=***");
	assert_masked("https://h.example/a?one=1&two&three=&four=a=b&",
		      "https://h.example/a?one=***&***&three=&four=***&");
	assert_masked("https://anna:pass@h.example:8443/x",
		      "https://***@h.example:8443/x");
	assert_masked("https://h.example/0123456789abcdef/0123456789abcde/",
		      "https://h.example/***/0123456789abcde/");
	assert_masked("https://h.example", "https://h.example");
	assert_masked("HTTP://H.Example/p?", "HTTP://H.Example/p?");
	assert_masked("https://h.example/p#secret", "https://h.example/p#***");
	assert_masked("http://[::1]:80/hooks/x?token=1",
		      "http://[::1]:80/hooks/x?token=***");
}

static void url_add_masked__counts_characters__not_bytes(void **state)
{
	(void)state;
	assert_masked("https://h.example/ääääääääääääääx",
		      "https://h.example/ääääääääääääääx");
	assert_masked("https://h.example/ääääääääääääääää", "https://h.example/***");
}

static void url_add_masked__hides_all__of_what_is_no_url(void **state)
{
	static const char *const wrong[] = {
		"",
		"598f3b0da9ba4738",
		"h.example/?token=1",
		"https:/h.example",
		"://h",
		"https://",
		"https:///path",
		"https://user:pa/ss@h.example/",
		"https://h ost/",
		"https://[::1/x",
		"https://h:port/x",
		"\x1b]52;c;x\a",
		"htt\xffps://h.example/",
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(wrong); i++)
		assert_masked(wrong[i], "***");
}

static void url_add_masked__shows_control_characters__in_what_it_leaves(void **state)
{
	(void)state;
	assert_masked("https://h.example/a\x1b[2J", "https://h.example/a<U+001B>[2J");
}

/* A canary in every secret place, in URLs put together at random. */
static void url_add_masked__never_leaks_a_canary__wherever_it_stands(void **state)
{
	static const char *const forms[] = {
		"https://%s@h.example/p",      "https://u:%s@h.example/p?x=1",
		"https://%s:p@h.example:99/",  "https://h.example/hooks?token=%s",
		"https://h.example/hooks?%s",  "https://h.example/?a=1&%s&b=2",
		"https://h.example/?a=%s#f",   "https://h.example/x/%s/y",
		"https://h.example/%s",        "https://h.example/p?a=b=%s=c",
		"https://h.example/p?a=?%s/x", "https://h.example/p?a=x@%s",
		"https://h.example/p#%s",      "https://a@b@%s@h.example/",
		"ftp://h.example/%s?x",        "%s",
		"https://h.example:%s/",
	};
	uint64_t seed = 11;

	(void)state;
	for (int round = 0; round < 20000; round++) {
		char url[300], canary[40] = "canary";
		uint64_t random = random_step(&seed);
		size_t bytes = 16 + random % 16;
		for (size_t i = 6; i < bytes; i++)
			canary[i] = "abcdef0123456789%+~;,"[random_step(&seed) % 21];
		canary[bytes] = '\0';
		const char *form = forms[random / 16 % COUNT_OF(forms)];
		const char *hole = strstr(form, "%s");
		snprintf(url, sizeof(url), "%.*s%s%s", (int)(hole - form), form, canary,
			 hole + 2);

		struct buf shown = BUF_INIT(2000);
		url_add_masked(&shown, url);
		if (strstr(buf_text(&shown), "canary") != NULL)
			print_error("leaked: %s -> %s\n", url, buf_text(&shown));
		assert_null(strstr(buf_text(&shown), "canary"));
		buf_reset(&shown);

		struct err err;
		if (!url_check(url, &err))
			assert_null(strstr(err.text, "canary"));
		buf_done(&shown);
	}
}

static void url_check__takes_https__and_http_to_loopback(void **state)
{
	static const char *const good[] = {
		"https://hooks.statushub.io/hooks/uptrends?token=598f3b0da9ba4738",
		"HTTPS://h.example:8443",
		"http://127.0.0.1:8080/hooks/x?token=1",
		"http://127.255.0.9/",
		"http://localhost:1/",
		"http://LOCALHOST/",
		"http://[::1]:8080/x",
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(good); i++)
		assert_true(url_check(good[i], NULL));
}

static void url_check__refuses__all_else_and_says_why(void **state)
{
	static const struct {
		const char *url, *why;
	} wrong[] = {
		{ "http://h.example/", "loopback" },
		{ "http://127.0.0.1.example.com/", "loopback" },
		{ "http://128.0.0.1/", "loopback" },
		{ "http://127.1/", "loopback" },
		{ "http://127.0.0.01/", "loopback" },
		{ "http://127.0.0.256/", "loopback" },
		{ "http://0x7f.0.0.1/", "loopback" },
		{ "http://[::2]/", "loopback" },
		{ "http://localhost.example.com/", "loopback" },
		{ "ftp://h.example/", "https://" },
		{ "file:///etc/passwd", "no URL" },
		{ "https://u@h.example/", "user name" },
		{ "https://u:p@h.example/", "user name" },
		{ "https://@h.example/", "user name" },
		{ "https://[::1/", "host" },
		{ "https://[::g1]/", "host" },
		{ "https://[]/", "host" },
		{ "https://h.example/#", "fragment" },
		{ "https://h.example/p?a=1#f", "fragment" },
		{ "https://h.example:0/", "port" },
		{ "https://h.example:/", "port" },
		{ "https://h.example:65536/", "port" },
		{ "https://h.example:99999999999999999999/", "port" },
		{ "https://h.example/a b", "character" },
		{ "https://h.example\\@evil.example/", "character" },
		{ "https://h.example/\r\nX-Evil: 1", "character" },
		{ "https://h\xc3\xa4.example/", "character" },
		{ "", "no URL" },
		{ "***", "no URL" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		struct err err = { 0 };
		assert_false(url_check(wrong[i].url, &err));
		assert_int_equal(err.code, ERR_INVALID);
		if (strstr(err.text, wrong[i].why) == NULL)
			print_error("%s: %s\n", wrong[i].url, err.text);
		assert_non_null(strstr(err.text, wrong[i].why));
	}
}

static void url_check__refuses__a_byte_too_many(void **state)
{
	char url[URL_SIZE + 1];

	(void)state;
	memset(url, 'a', sizeof(url));
	memcpy(url, "https://h/", 10);
	url[URL_SIZE - 1] = '\0';
	assert_true(url_check(url, NULL));
	url[URL_SIZE - 1] = 'a';
	url[URL_SIZE] = '\0';
	assert_false(url_check(url, NULL));
}

static void url_check_page__takes_any_web_address__and_nothing_else(void **state)
{
	(void)state;
	assert_true(url_check_page("https://status.example", NULL));
	assert_true(url_check_page("http://status.example/#now", NULL));
	assert_false(url_check_page("javascript:alert(1)", NULL));
	assert_false(url_check_page("mailto:a@b", NULL));
	assert_false(url_check_page("status.example", NULL));
}

static void url_mask_matches__only__when_the_rest_is_the_same(void **state)
{
	static const char stored[] =
		"https://h.example/hooks/uptrends?token=598f3b0da9ba4738";

	(void)state;
	assert_true(
		url_mask_matches("https://h.example/hooks/uptrends?token=***", stored));
	assert_false(url_mask_matches("https://evil.example/hooks/uptrends?token=***",
				      stored));
	assert_false(
		url_mask_matches("https://h.example/hooks/uptrends?other=***", stored));
	assert_false(url_mask_matches("https://h.example/hooks/uptrends?token=***&b=***",
				      stored));
	assert_false(url_mask_matches("***", stored));
}

static void url_is_masked__sees_the_mask__in_secret_places_only(void **state)
{
	(void)state;
	assert_true(url_is_masked("https://h.example/?token=***"));
	assert_true(url_is_masked("https://h.example/?a=1&***"));
	assert_true(url_is_masked("https://***@h.example/"));
	assert_true(url_is_masked("https://h.example/***/x"));
	assert_true(url_is_masked("***"));
	assert_false(url_is_masked("https://h.example/?token=598f"));
	assert_false(url_is_masked("https://h.example/a***b?token=x***"));
	assert_false(url_is_masked("https://h.example/?***=1"));
}

static void assert_redacted(const char *text, const char *url, const char *expected)
{
	struct buf shown = BUF_INIT(20000);
	secret_redact(&shown, text, url);
	assert_string_equal(buf_text(&shown), expected);
	buf_done(&shown);
}

static void secret_redact__replaces_every_part__raw_and_decoded(void **state)
{
	static const char url[] =
		"https://h.example/hooks/abcdefghijklmnop?token=se%20cret&key2";

	(void)state;
	assert_redacted("Could not resolve host: h.example", url,
			"Could not resolve host: h.example");
	assert_redacted(
		"GET https://h.example/hooks/abcdefghijklmnop?token=se%20cret&key2 "
		"failed",
		url, "GET *** failed");
	assert_redacted("token 'se cret' or se%20cret, key2key2", url,
			"token '***' or ***, ******");
	assert_redacted("/hooks/abcdefghijklmnop", url, "/hooks/***");
	assert_redacted("anna and pass", "https://anna:pass@h.example/", "*** and ***");
	assert_redacted("anna", "https://anna@h.example/", "***");
	assert_redacted("anna and :", "https://anna:@h.example/", "*** and :");
	assert_redacted("pass", "https://:pass@h.example/", "***");
	assert_redacted("a%zz1 or a%6", "https://h.example/?k=a%zz1", "*** or a%6");
	assert_redacted("a%6 or a6", "https://h.example/?k=a%6", "*** or a6");
	assert_redacted("jKl", "https://h.example/?k=%6a%4B%6C", "***");
	assert_redacted("plain", "https://h.example/", "plain");
	assert_redacted("a word", "no url", "a word");
	assert_redacted("", url, "");
}

static void secret_hide__hides_each_occurrence__and_nothing_else(void **state)
{
	(void)state;
	static const struct {
		const char *text, *secret, *shown;
	} cases[] = {
		{ "pass pass", "pass", "*** ***" },
		{ "apass", "pass", "a***" },
		{ "passpass", "pass", "******" },
		{ "pas s", "pass", "pas s" },
		{ "", "pass", "" },
		{ "text", "", "text" },
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		DEFER(buf_done) struct buf shown = BUF_INIT(100);
		secret_hide(&shown, cases[i].text, cases[i].secret);
		assert_string_equal(buf_text(&shown), cases[i].shown);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(secret_hide__hides_each_occurrence__and_nothing_else),
		cmocka_unit_test(
			url_add_masked__hides_user_values_and_long_segments__nothing_else),
		cmocka_unit_test(url_add_masked__counts_characters__not_bytes),
		cmocka_unit_test(url_add_masked__hides_all__of_what_is_no_url),
		cmocka_unit_test(
			url_add_masked__shows_control_characters__in_what_it_leaves),
		cmocka_unit_test(
			url_add_masked__never_leaks_a_canary__wherever_it_stands),
		cmocka_unit_test(url_check__takes_https__and_http_to_loopback),
		cmocka_unit_test(url_check__refuses__all_else_and_says_why),
		cmocka_unit_test(url_check__refuses__a_byte_too_many),
		cmocka_unit_test(url_check_page__takes_any_web_address__and_nothing_else),
		cmocka_unit_test(url_mask_matches__only__when_the_rest_is_the_same),
		cmocka_unit_test(url_is_masked__sees_the_mask__in_secret_places_only),
		cmocka_unit_test(secret_redact__replaces_every_part__raw_and_decoded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
