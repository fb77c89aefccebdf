/* What a check may ask and expect, and what of it is shown. */
#include "core/rules/check.h"

#include <string.h>

#include "core/base/text.h"
#include "core/rules/fields.h"
#include "tests/support/check.h"
#include "tests/support/cli.h"

static const char *masked(void (*mask)(struct buf *, const char *), const char *text)
{
	static char shown[4096];
	DEFER(buf_done) struct buf buf = BUF_INIT(sizeof(shown) - 1);
	mask(&buf, text);
	assert_true(text_copy(shown, sizeof(shown), buf_text(&buf)));
	return shown;
}

static void target__is_a_url_or_a_port__as_the_type_says(void **state)
{
	static const struct {
		enum check_type type;
		const char *target;
		bool is_sound;
	} cases[] = {
		{ CHECK_HTTP, "http://shop.example/health", true },
		{ CHECK_HTTP, "https://shop.example/", true },
		{ CHECK_HTTPS, "https://[::1]:8443/a?b=c", true },
		{ CHECK_HTTPS, "http://shop.example/", false },
		{ CHECK_HTTP, "ftp://shop.example/", false },
		{ CHECK_HTTP, "file:///etc/passwd", false },
		{ CHECK_HTTP, "shop.example", false },
		{ CHECK_HTTP, "http://me:pw@shop.example/", false },
		{ CHECK_HTTP, "http://shop.example/#top", false },
		{ CHECK_TCP, "db.example:5432", true },
		{ CHECK_TCP, "[::1]:22", true },
		{ CHECK_TCP, "db.example", false },
		{ CHECK_TCP, "db.example:0", false },
		{ CHECK_TCP, "db.example:65536", false },
		{ CHECK_TCP, "db.example:22/x", false },
		{ CHECK_TCP, "me@db.example:22", false },
		{ CHECK_TCP, "http://db.example:22", false },
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct err err = { 0 };
		bool is_sound = check_target_check(cases[i].type, cases[i].target, &err);
		if (is_sound != cases[i].is_sound)
			fail_msg("%s: %s", cases[i].target, err.text);
		assert_int_equal(err.code, is_sound ? ERR_NONE : ERR_INVALID);
		assert_null(strstr(err.text, "pw"));
	}
}

static void target__hides_what_a_webhook_url_would__and_no_port(void **state)
{
	(void)state;
	assert_string_equal(masked(check_target_add_masked, "https://x.example/a?key=k1"),
			    "https://x.example/a?key=***");
	assert_string_equal(masked(check_target_add_masked, "db.example:5432"),
			    "db.example:5432");
}

static void statuses__hold__what_they_name(void **state)
{
	(void)state;
	assert_true(check_statuses_hold("200-399", 302));
	assert_true(check_statuses_hold("200,204,401", 401));
	assert_true(check_statuses_hold("204,300-302", 301));
	assert_false(check_statuses_hold("200-399", 400));
	assert_false(check_statuses_hold("200,204", 203));
}

static void statuses__are_refused__when_they_name_none(void **state)
{
	static const char *const wrong[] = { "2xx",  "200-",    "-200", "399-200",
					     "200,", "200 204", "99",   "600",
					     "2000", "200-399-" };
	(void)state;
	for (size_t i = 0; i < COUNT_OF(wrong); i++)
		if (check_statuses_check(wrong[i], NULL))
			fail_msg("%s", wrong[i]);
	assert_true(check_statuses_check("200-399,401", NULL));
}

static void headers__hide_their_values__but_well_known_harmless_ones(void **state)
{
	(void)state;
	assert_string_equal(masked(check_headers_add_masked,
				   "authorization: Bearer s3cr3t\naccept: text/html\n"
				   "X-Key: k"),
			    "authorization: ***\naccept: text/html\nX-Key: ***");
}

static void headers__are_refused__when_they_could_split_or_frame_a_request(void **state)
{
	static const char *const wrong[] = {
		"Accept",
		": x",
		"Accept: ",
		"A b: c",
		"Accept: a\n\nB: c",
		"Accept: \x01",
		"Content-Length: 5",
		"transfer-encoding: chunked",
		"Accept: a\rB: c",
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(wrong); i++)
		if (check_headers_check(wrong[i], NULL))
			fail_msg("%s", wrong[i]);
	assert_true(check_headers_check("Accept: a\nHost: shop.example", NULL));
}

static void field_parse__keeps_the_stored_secret__for_three_stars(void **state)
{
	struct monitor monitor;
	struct err err = { 0 };
	const struct field *target = field_by_column(RECORD_MONITOR, "check_target");
	(void)state;
	record_defaults(RECORD_MONITOR, &monitor);
	assert_true(text_copy(monitor.check_target, sizeof(monitor.check_target),
			      "https://x.example/?key=k1"));
	assert_true(field_parse(target, "https://x.example/?key=***", &monitor, NULL));
	assert_string_equal(monitor.check_target, "https://x.example/?key=k1");
	assert_false(field_parse(target, "https://y.example/?key=***", &monitor, &err));
	assert_holds(err.text, "*** keeps what is stored only if the rest is the same");
	assert_true(field_hides(target, monitor.check_target));
	assert_false(field_hides(target, "https://x.example/health"));
}

static void check_headers__go_into_json_and_back__but_for_what_is_none(void **state)
{
	(void)state;
	static const struct {
		const char *headers, *json, *masked;
	} cases[] = {
		{ "", "{\"h\":{}}", "" },
		{ "Accept: text/html\nX-Key: abc",
		  "{\"h\":{\"Accept\":\"text/html\",\"X-Key\":\"abc\"}}",
		  "Accept: text/html\nX-Key: ***" },
		{ "no header at all", "{\"h\":{}}", "***" },
		{ "Host: h\nbroken", "{\"h\":{\"Host\":\"h\"}}", "Host: h\n***" },
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		DEFER(buf_done) struct buf json = BUF_INIT(1000);
		DEFER(buf_done) struct buf masked = BUF_INIT(1000);
		struct json_writer w = { .out = &json };
		json_open_object(&w, NULL);
		check_headers_put(&w, "h", cases[i].headers);
		json_close(&w);
		assert_string_equal(buf_text(&json), cases[i].json);
		check_headers_add_masked(&masked, cases[i].headers);
		assert_string_equal(buf_text(&masked), cases[i].masked);
	}
}

static void check_header_read__takes_one_line_of_text__and_nothing_else(void **state)
{
	(void)state;
	static const struct {
		const char *json, *headers;
	} cases[] = {
		{ "{\"A\":\"b\"}", "A: b" },      { "{\"A\":7}", NULL },
		{ "{\"A\":\"b\\nX: y\"}", NULL }, { "{\"A\":\"\"}", NULL },
		{ "{\"A b\":\"c\"}", NULL },      { "{\"\":\"c\"}", NULL },
		{ "{\"Expect\":\"c\"}", NULL },
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct err err = { 0 };
		DEFER(buf_done) struct buf headers = BUF_INIT(1000);
		struct json *object =
			json_parse(cases[i].json, strlen(cases[i].json), &err);
		const bool read = check_header_read(json_first(object), &headers, &err);
		json_free(object);
		assert_int_equal(read, cases[i].headers != NULL);
		if (read)
			assert_string_equal(buf_text(&headers), cases[i].headers);
		else
			assert_int_equal(err.code, ERR_INVALID);
	}
}

static void check_target__of_tcp__is_a_host_and_a_port(void **state)
{
	(void)state;
	static const char *const wrong[] = { "h.example",
					     "h.example:0",
					     "h.example:1/x",
					     "h.example:1?x",
					     "h.example:1#x",
					     "u@h.example:1",
					     ":1",
					     "h.example:65536",
					     "h.example:x" };
	assert_true(check_target_check(CHECK_TCP, "[::1]:1", NULL));
	for (size_t i = 0; i < COUNT_OF(wrong); i++)
		assert_false(check_target_check(CHECK_TCP, wrong[i], NULL));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			check_headers__go_into_json_and_back__but_for_what_is_none),
		cmocka_unit_test(
			check_header_read__takes_one_line_of_text__and_nothing_else),
		cmocka_unit_test(check_target__of_tcp__is_a_host_and_a_port),
		cmocka_unit_test(target__is_a_url_or_a_port__as_the_type_says),
		cmocka_unit_test(target__hides_what_a_webhook_url_would__and_no_port),
		cmocka_unit_test(statuses__hold__what_they_name),
		cmocka_unit_test(statuses__are_refused__when_they_name_none),
		cmocka_unit_test(
			headers__hide_their_values__but_well_known_harmless_ones),
		cmocka_unit_test(
			headers__are_refused__when_they_could_split_or_frame_a_request),
		cmocka_unit_test(field_parse__keeps_the_stored_secret__for_three_stars),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
