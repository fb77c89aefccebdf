/* What the fields of a check must be together. */
#include "core/rules/check_fit.h"

#include <stdio.h>
#include <string.h>

#include "core/base/text.h"
#include "core/rules/check.h"
#include "tests/support/check.h"
#include "tests/support/cli.h"

static void check__wants_what_fits_together__before_it_is_saved(void **state)
{
	struct monitor monitor;
	struct err err = { 0 };
	(void)state;
	record_defaults(RECORD_MONITOR, &monitor);
	assert_true(check_validate(&monitor, NULL));
	monitor.check_type = CHECK_HTTP;
	assert_false(check_validate(&monitor, &err));
	assert_holds(err.text, "Check target is missing");
	assert_true(text_copy(monitor.check_target, sizeof(monitor.check_target),
			      "http://shop.example/"));
	assert_true(check_validate(&monitor, NULL));
	assert_true(text_copy(monitor.check_contains, sizeof(monitor.check_contains),
			      "welcome"));
	monitor.check_method = METHOD_HEAD;
	assert_false(check_validate(&monitor, &err));
	assert_holds(err.text, "choose GET");
}

static void check__of_tcp__has_nothing_of_what_only_http_has(void **state)
{
	static const struct {
		const char *column, *text, *said;
	} cases[] = {
		{ "check_method", "HEAD", "Method: only http and https checks" },
		{ "check_headers", "Accept: a", "Headers: only http and https checks" },
		{ "check_status", "200", "just connects; set it back to 200-399" },
		{ "check_contains", "a", "Must contain: only http and https checks" },
		{ "check_lacks", "a", "just connects; empty it" },
		{ "check_redirects", "0", "just connects; set it back to 5" },
		{ "check_certificate_days", "7", "Certificate days: only http" },
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct monitor monitor;
		struct err err = { 0 };
		record_defaults(RECORD_MONITOR, &monitor);
		monitor.check_type = CHECK_TCP;
		assert_true(text_copy(monitor.check_target, sizeof(monitor.check_target),
				      "shop.example:80"));
		assert_true(check_validate(&monitor, NULL));
		assert_true(field_parse(field_by_column(RECORD_MONITOR, cases[i].column),
					cases[i].text, &monitor, &err));
		assert_false(check_validate(&monitor, &err));
		assert_int_equal(err.code, ERR_INVALID);
		assert_holds(err.text, cases[i].said);
		monitor.check_type = CHECK_NONE; /* there is no check: nothing counts */
		assert_true(check_validate(&monitor, NULL));
	}
}

static void check_validate__judges_the_fields__together(void **state)
{
	(void)state;
	struct err err = { 0 };
	struct monitor monitor;
	record_defaults(RECORD_MONITOR, &monitor);
	assert_true(check_validate(&monitor, &err)); /* no check: no target is missed */
	monitor.check_type = CHECK_TCP;
	assert_false(check_validate(&monitor, &err));
	assert_non_null(strstr(err.text, "target is missing"));
	(void)snprintf(monitor.check_target, sizeof(monitor.check_target),
		       "db.example:5432");
	assert_true(check_validate(&monitor, &err));
	monitor.check_type = CHECK_HTTP;
	monitor.check_method = METHOD_HEAD;
	(void)snprintf(monitor.check_lacks, sizeof(monitor.check_lacks), "Sorry");
	(void)snprintf(monitor.check_target, sizeof(monitor.check_target),
		       "https://h.example/");
	assert_false(check_validate(&monitor, &err));
	assert_non_null(strstr(err.text, "HEAD brings no text"));
	monitor.check_method = METHOD_GET;
	assert_true(check_validate(&monitor, &err));
	(void)snprintf(monitor.check_headers, sizeof(monitor.check_headers), "none");
	assert_false(check_validate(&monitor, &err));
	monitor.check_headers[0] = '\0';
	(void)snprintf(monitor.check_status, sizeof(monitor.check_status), "2xx");
	assert_false(check_validate(&monitor, &err));
	assert_false(check_statuses_hold("2xx", 200));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(check__wants_what_fits_together__before_it_is_saved),
		cmocka_unit_test(check__of_tcp__has_nothing_of_what_only_http_has),
		cmocka_unit_test(check_validate__judges_the_fields__together),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
