/* Verdicts in one clear sentence, and times that are spread. */
#include "core/rules/check_judge.h"

#include <string.h>

#include "core/base/clock.h"
#include "core/base/text.h"
#include "core/rules/fields.h"
#include "tests/support/check.h"

#define NOW INT64_C(1790000000000)

static struct monitor a_monitor(void)
{
	struct monitor monitor;
	record_defaults(RECORD_MONITOR, &monitor);
	monitor.check_type = CHECK_HTTPS;
	return monitor;
}

static void expect(const struct monitor *monitor, struct check_facts facts,
		   const char *sentence)
{
	DEFER(buf_done) struct buf said = BUF_INIT(1000);
	check_judge(monitor, &facts, NOW, &said);
	assert_string_equal(buf_text(&said), sentence);
}

static void check_judge__says_which_status__when_it_is_none_of_the_expected(void **state)
{
	struct monitor monitor = a_monitor();
	(void)state;
	expect(&monitor, (struct check_facts){ .http_status = 204 }, "");
	expect(&monitor, (struct check_facts){ .http_status = 500 },
	       "HTTP 500, expected 200-399");
}

static void check_judge__says_what_did_not_come__within_the_time_limit(void **state)
{
	struct monitor monitor = a_monitor();
	(void)state;
	expect(&monitor, (struct check_facts){ .timed_out = true },
	       "no connection within 10s");
	expect(&monitor, (struct check_facts){ .timed_out = true, .is_connected = true },
	       "no answer within 10s");
	expect(&monitor,
	       (struct check_facts){
		       .timed_out = true, .is_connected = true, .http_status = 200 },
	       "no whole answer within 10s");
}

static void check_judge__looks_for_texts__in_an_answer_that_is_expected(void **state)
{
	struct monitor monitor = a_monitor();
	(void)state;
	assert_true(text_copy(monitor.check_contains, CHECK_TEXT_SIZE, "Welcome"));
	assert_true(text_copy(monitor.check_lacks, CHECK_TEXT_SIZE, "Sorry"));
	expect(&monitor, (struct check_facts){ .http_status = 200, .contains = true },
	       "");
	expect(&monitor, (struct check_facts){ .http_status = 200 },
	       "the answer does not contain 'Welcome'");
	expect(&monitor, (struct check_facts){ .http_status = 200, .is_cut = true },
	       "the first MiB of the answer does not contain 'Welcome'");
	expect(&monitor,
	       (struct check_facts){
		       .http_status = 200, .contains = true, .lacks = true },
	       "the answer contains 'Sorry'");
	expect(&monitor, (struct check_facts){ .http_status = 404 },
	       "HTTP 404, expected 200-399");
}

static void check_judge__warns_of_a_certificate__within_its_days_only(void **state)
{
	struct monitor monitor = a_monitor();
	struct check_facts facts = { .http_status = 200,
				     .expires_ms = NOW + 3 * DAY_MS + HOUR_MS };
	(void)state;
	expect(&monitor, facts, "");
	monitor.check_certificate_days = 3;
	expect(&monitor, facts, "");
	monitor.check_certificate_days = 4;
	expect(&monitor, facts, "the certificate expires in 3 days");
	facts.expires_ms = NOW + HOUR_MS;
	expect(&monitor, facts, "the certificate expires in 1 hour");
}

static void check_judge__repeats_a_failure__of_tcp_too(void **state)
{
	struct monitor monitor = a_monitor();
	(void)state;
	monitor.check_type = CHECK_TCP;
	expect(&monitor, (struct check_facts){ 0 }, "");
	expect(&monitor, (struct check_facts){ .failure = "no connection: refused" },
	       "no connection: refused");
}

/* 6,000 monitors of one minute: in no 100 ms are there more than a few. */
static void check_next__spreads_checks_evenly__over_the_interval(void **state)
{
	enum { MONITORS = 6000, SLOTS = 600 };
	int in_slot[SLOTS] = { 0 };
	(void)state;
	for (int64_t id = 1; id <= MONITORS; id++) {
		int64_t due_ms = check_next_ms(id, MINUTE_MS, 1000 * MINUTE_MS - 1);
		assert_in_range(due_ms, 1000 * MINUTE_MS, 1001 * MINUTE_MS - 1);
		in_slot[(due_ms - 1000 * MINUTE_MS) * SLOTS / MINUTE_MS]++;
	}
	for (int i = 0; i < SLOTS; i++)
		assert_in_range(in_slot[i], 5, 15);
}

static void check_next__is_the_same_place__in_each_interval(void **state)
{
	(void)state;
	for (int64_t id = 1; id < 1000; id++) {
		int64_t first_ms = check_next_ms(id, 10 * SECOND_MS, 12345678);
		assert_true(first_ms > 12345678);
		assert_int_equal(check_next_ms(id, 10 * SECOND_MS, first_ms),
				 first_ms + 10 * SECOND_MS);
		assert_int_equal(check_next_ms(id, 10 * SECOND_MS, first_ms - 1),
				 first_ms);
	}
	assert_int_equal(check_next_ms(5, MINUTE_MS, 0), check_next_ms(5, MINUTE_MS, 0));
}

static void check_soon__comes_within_a_minute__whatever_the_interval(void **state)
{
	(void)state;
	for (int64_t id = 1; id < 1000; id++) {
		int64_t wait_ms = check_soon_ms(id, DAY_MS, 1000) - 1000;
		assert_in_range(wait_ms, 0, MINUTE_MS - 1);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			check_judge__says_which_status__when_it_is_none_of_the_expected),
		cmocka_unit_test(
			check_judge__says_what_did_not_come__within_the_time_limit),
		cmocka_unit_test(
			check_judge__looks_for_texts__in_an_answer_that_is_expected),
		cmocka_unit_test(
			check_judge__warns_of_a_certificate__within_its_days_only),
		cmocka_unit_test(check_judge__repeats_a_failure__of_tcp_too),
		cmocka_unit_test(check_next__spreads_checks_evenly__over_the_interval),
		cmocka_unit_test(check_next__is_the_same_place__in_each_interval),
		cmocka_unit_test(
			check_soon__comes_within_a_minute__whatever_the_interval),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
