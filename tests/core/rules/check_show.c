#include "core/rules/check_show.h"

#include <stdio.h>
#include <string.h>

#include "tests/support/check.h"

static const struct check_result whole = {
	.verdict = CHECK_PASSED,
	.http_status = 200,
	.resolve_us = 1234,
	.connect_us = 99,
	.tls_us = 5000,
	.first_byte_us = 20000,
	.total_us = 26400,
};

static void expect_words(const struct check_result *result, const char *words)
{
	DEFER(buf_done) struct buf text = BUF_INIT(512);
	check_result_add(&text, result);
	assert_string_equal(buf_text(&text), words);
}

static void check_result_add__says_the_fault__or_the_status_if_there_was_one(void **state)
{
	(void)state;
	struct check_result result = whole;
	expect_words(&result, "ok, HTTP 200");
	result.http_status = 0; /* tcp */
	expect_words(&result, "ok");
	result.verdict = CHECK_FAILED;
	result.http_status = 500;
	snprintf(result.message, sizeof(result.message), "HTTP 500, expected 200-399");
	expect_words(&result, "failed: HTTP 500, expected 200-399");
}

static void add_phase(void *arg, const char *name, int64_t us)
{
	buf_addf(arg, "%s ", name);
	check_time_add(arg, us);
	buf_adds(arg, "; ");
}

static void check_result_phases__are_those__that_the_check_came_to(void **state)
{
	(void)state;
	struct check_result result = whole;
	DEFER(buf_done) struct buf all = BUF_INIT(512);
	check_result_phases(&result, add_phase, &all);
	assert_string_equal(buf_text(&all), "resolve 1.2 ms; connect 0.0 ms; TLS 5.0 ms; "
					    "first byte 20.0 ms; total 26.4 ms; ");
	result.tls_us = result.first_byte_us = 0;
	DEFER(buf_done) struct buf some = BUF_INIT(512);
	check_result_phases(&result, add_phase, &some);
	assert_string_equal(buf_text(&some),
			    "resolve 1.2 ms; connect 0.0 ms; total 26.4 ms; ");
}

static void expect_members(const struct check_result *result, const char *json)
{
	DEFER(buf_done) struct buf text = BUF_INIT(1024);
	struct json_writer w = { .out = &text };
	json_open_object(&w, NULL);
	check_result_put_members(&w, result);
	json_close(&w);
	assert_string_equal(buf_text(&text), json);
}

static void check_result_put_members__has_null__for_what_did_not_come(void **state)
{
	(void)state;
	struct check_result result = whole;
	expect_members(&result,
		       "{\"verdict\":\"ok\",\"http_status\":200,\"resolve_us\":1234,"
		       "\"connect_us\":99,\"tls_us\":5000,\"first_byte_us\":20000,"
		       "\"total_us\":26400,\"message\":null}");
	result.http_status = 0;
	result.verdict = CHECK_FAILED;
	snprintf(result.message, sizeof(result.message), "no answer");
	expect_members(&result,
		       "{\"verdict\":\"failed\",\"http_status\":null,\"resolve_us\":1234,"
		       "\"connect_us\":99,\"tls_us\":5000,\"first_byte_us\":20000,"
		       "\"total_us\":26400,\"message\":\"no answer\"}");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			check_result_add__says_the_fault__or_the_status_if_there_was_one),
		cmocka_unit_test(check_result_phases__are_those__that_the_check_came_to),
		cmocka_unit_test(
			check_result_put_members__has_null__for_what_did_not_come),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
