#include "core/rules/retry.h"

#include <string.h>

#include "core/base/clock.h"
#include "core/base/compiler.h"
#include "core/base/random.h"
#include "tests/support/check.h"

static const int64_t now_ms = INT64_C(1764000000000);

static struct retry_decision after_status(int64_t http_status, int64_t attempts,
					  uint64_t random)
{
	struct outcome outcome = { .http_status = http_status, .request_sent = true };

	return retry_decide(&outcome, attempts, now_ms, random);
}

static void retry_decide__lets_the_status_line_decide__for_every_status(void **state)
{
	(void)state;
	for (int64_t status = 100; status < 1000; status++) {
		enum retry_verdict expected = RETRY_REFUSED;
		if (status / 100 == 2)
			expected = RETRY_DELIVERED;
		if (status / 100 == 5 || status == 408 || status == 425 || status == 429)
			expected = RETRY_TEMPORARY;
		struct retry_decision decision = after_status(status, 1, 0);
		assert_int_equal(decision.verdict, expected);
		assert_false(decision.ambiguous);
	}
}

static void retry_decide__refuses_redirects__which_are_never_followed(void **state)
{
	(void)state;
	for (int64_t status = 300; status < 400; status++) {
		struct retry_decision decision = after_status(status, 1, 0);
		assert_int_equal(decision.verdict, RETRY_REFUSED);
		assert_int_equal(decision.next_attempt_ms, now_ms + HOUR_MS);
	}
}

static void retry_decide__is_ambiguous__only_when_a_sent_request_got_no_status_R22(
	void **state)
{
	static const struct {
		int64_t http_status;
		bool request_sent, ambiguous;
	} cases[] = {
		{ 0, true, true },    { 0, false, false },  { 503, true, false },
		{ 404, true, false }, { 200, true, false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct outcome outcome = { .http_status = cases[i].http_status,
					   .request_sent = cases[i].request_sent };
		assert_int_equal(retry_decide(&outcome, 1, now_ms, 0).ambiguous,
				 cases[i].ambiguous);
	}
}

static void retry_decide__doubles_from_250_ms_to_5_minutes__within_20_percent(
	void **state)
{
	uint64_t seed = 7;
	int64_t base = 250;

	(void)state;
	for (int64_t attempts = 1; attempts <= 40; attempts++) {
		int64_t least = INT64_MAX, most = 0;
		for (int i = 0; i < 2000; i++) {
			struct retry_decision decision =
				after_status(0, attempts, random_step(&seed));
			int64_t delay = decision.next_attempt_ms - now_ms;
			least = delay < least ? delay : least;
			most = delay > most ? delay : most;
		}
		assert_in_range(least, base * 80 / 100, base * 90 / 100);
		assert_in_range(most, base * 110 / 100, base * 120 / 100);
		base = base * 2 < 5 * MINUTE_MS ? base * 2 : 5 * MINUTE_MS;
	}
}

static void retry_decide__stays_in_bounds__after_absurdly_many_attempts(void **state)
{
	(void)state;
	struct retry_decision decision = after_status(503, INT64_MAX, UINT64_MAX);
	assert_in_range(decision.next_attempt_ms - now_ms, 4 * MINUTE_MS, 6 * MINUTE_MS);
}

static void retry_decide__obeys_retry_after__clamped_to_a_second_and_an_hour(void **state)
{
	static const struct {
		int64_t given_ms, taken_ms;
	} cases[] = {
		{ 30 * SECOND_MS, 30 * SECOND_MS },
		{ 0, SECOND_MS },
		{ -5 * MINUTE_MS, SECOND_MS },
		{ 2 * HOUR_MS, HOUR_MS },
		{ INT64_MAX, HOUR_MS },
		{ INT64_MIN, SECOND_MS },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct outcome outcome = { .http_status = 429,
					   .request_sent = true,
					   .has_retry_after = true,
					   .retry_after_ms = cases[i].given_ms };
		struct retry_decision decision = retry_decide(&outcome, 9, now_ms, 1);
		assert_true(decision.by_receiver);
		assert_int_equal(decision.next_attempt_ms - now_ms, cases[i].taken_ms);
	}
}

static void retry_decide__ignores_retry_after__of_a_refusal(void **state)
{
	struct outcome outcome = { .http_status = 403,
				   .has_retry_after = true,
				   .retry_after_ms = 1 };

	(void)state;
	struct retry_decision decision = retry_decide(&outcome, 1, now_ms, 0);
	assert_false(decision.by_receiver);
	assert_int_equal(decision.next_attempt_ms, now_ms + RETRY_REFUSED_MS);
}

static void retry_after_parse__reads_seconds_and_dates__and_nothing_else(void **state)
{
	static const struct {
		const char *text;
		bool good;
		int64_t ms;
	} cases[] = {
		{ "120", true, 120 * SECOND_MS },
		{ "  7 \r\n", true, 7 * SECOND_MS },
		{ "0", true, 0 },
		{ "Mon, 24 Nov 2025 16:01:00 GMT", true, 60 * SECOND_MS },
		{ "Mon, 24 Nov 2025 15:59:00 GMT", true, -60 * SECOND_MS },
		{ "", false, 0 },
		{ "-1", false, 0 },
		{ "1.5", false, 0 },
		{ "soon", false, 0 },
		{ "12 34", false, 0 },
		{ "Mon, 24 Nov 2025 16:01:00 GMT, or any day that comes after that one",
		  false, 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		int64_t ms = 42;
		assert_int_equal(retry_after_parse(cases[i].text, now_ms, &ms),
				 cases[i].good);
		assert_int_equal(ms, cases[i].good ? cases[i].ms : 42);
	}
}

static void retry_after_parse__survives__numbers_without_end(void **state)
{
	char digits[5000];
	int64_t ms;

	(void)state;
	memset(digits, '9', sizeof(digits) - 1);
	digits[sizeof(digits) - 1] = '\0';
	assert_true(retry_after_parse(digits, now_ms, &ms));
	assert_true(ms >= HOUR_MS);
}

static void retry_expired__needs_72_hours_and_20_attempts__both(void **state)
{
	(void)state;
	assert_false(retry_expired(0, 20, 72 * HOUR_MS - 1));
	assert_false(retry_expired(0, 19, 72 * HOUR_MS));
	assert_true(retry_expired(0, 20, 72 * HOUR_MS));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			retry_decide__lets_the_status_line_decide__for_every_status),
		cmocka_unit_test(
			retry_decide__refuses_redirects__which_are_never_followed),
		cmocka_unit_test(
			retry_decide__is_ambiguous__only_when_a_sent_request_got_no_status_R22),
		cmocka_unit_test(
			retry_decide__doubles_from_250_ms_to_5_minutes__within_20_percent),
		cmocka_unit_test(
			retry_decide__stays_in_bounds__after_absurdly_many_attempts),
		cmocka_unit_test(
			retry_decide__obeys_retry_after__clamped_to_a_second_and_an_hour),
		cmocka_unit_test(retry_decide__ignores_retry_after__of_a_refusal),
		cmocka_unit_test(
			retry_after_parse__reads_seconds_and_dates__and_nothing_else),
		cmocka_unit_test(retry_after_parse__survives__numbers_without_end),
		cmocka_unit_test(retry_expired__needs_72_hours_and_20_attempts__both),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
