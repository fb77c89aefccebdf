/* libcurl's words for when a certificate expires. */
#include "core/engine/probe_certificate.h"

#include "core/base/clock.h"
#include "tests/support/check.h"

static void certificate_time__reads_both_forms__as_the_same_moment(void **state)
{
	int64_t openssl_ms = 0, gnutls_ms = 0, wanted_ms = 0;
	(void)state;
	assert_true(time_parse_rfc3339("2030-01-02T03:04:05Z", &wanted_ms, NULL));
	assert_true(probe_certificate_time("Jan  2 03:04:05 2030 GMT", &openssl_ms));
	assert_true(probe_certificate_time("2030-01-02 03:04:05 GMT", &gnutls_ms));
	assert_int_equal(openssl_ms, wanted_ms);
	assert_int_equal(gnutls_ms, wanted_ms);
}

static void certificate_time__refuses__what_is_no_time(void **state)
{
	static const char *const wrong[] = { "", "GMT", "Jan  2 03:04:05 2030",
					     "2030-01-02 03:04:05", "never GMT" };
	int64_t time_ms;
	(void)state;
	for (size_t i = 0; i < COUNT_OF(wrong); i++)
		assert_false(probe_certificate_time(wrong[i], &time_ms));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(certificate_time__reads_both_forms__as_the_same_moment),
		cmocka_unit_test(certificate_time__refuses__what_is_no_time),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
