#include "core/rules/severity.h"

#include "tests/support/check.h"

static const struct service from_two = { .disruption_monitors = 2 };
static const struct service from_half = { .disruption_percent = 50 };

static struct severity_facts in_error(int64_t in_error, int64_t linked)
{
	return (struct severity_facts){ .standing = 1,
					.in_error = in_error,
					.linked = linked };
}

static enum service_status says(const struct service *service,
				struct severity_facts facts)
{
	return severity_of(service, &facts);
}

static void severity_of__is_operational__when_nothing_stands_r9(void **state)
{
	(void)state;
	struct severity_facts facts = in_error(2, 2);
	facts.standing = 0;
	assert_int_equal(severity_of(&from_two, &facts), SERVICE_OPERATIONAL);
}

static void severity_of__is_degraded__below_the_number_r21(void **state)
{
	(void)state;
	assert_int_equal(says(&from_two, in_error(1, 3)), SERVICE_DEGRADED);
	assert_int_equal(says(&from_two, in_error(2, 3)), SERVICE_DISRUPTION);
	assert_int_equal(says(&from_two, in_error(3, 3)), SERVICE_DISRUPTION);
}

static void severity_of__counts_a_part__of_those_that_are_linked_r21(void **state)
{
	(void)state;
	assert_int_equal(says(&from_half, in_error(1, 3)), SERVICE_DEGRADED);
	assert_int_equal(says(&from_half, in_error(2, 3)), SERVICE_DISRUPTION);
	assert_int_equal(says(&from_half, in_error(2, 4)), SERVICE_DISRUPTION);
	assert_int_equal(says(&from_half, in_error(2, 5)), SERVICE_DEGRADED);
	/* Nothing is linked any more: one is enough. */
	assert_int_equal(says(&from_half, in_error(1, 0)), SERVICE_DISRUPTION);
}

static void severity_of__takes_a_critical_link_for_all_r21(void **state)
{
	(void)state;
	struct severity_facts facts = in_error(1, 9);
	facts.critical = 1;
	assert_int_equal(severity_of(&from_two, &facts), SERVICE_DISRUPTION);
}

static void severity_of__is_a_disruption__by_hand_r18(void **state)
{
	(void)state;
	struct severity_facts facts = in_error(1, 9);
	facts.by_hand = true;
	facts.last = SERVICE_DEGRADED;
	assert_int_equal(severity_of(&from_two, &facts), SERVICE_DISRUPTION);
}

static void severity_of__stays_what_it_was__while_nobody_is_in_error_r16(void **state)
{
	(void)state;
	struct severity_facts facts = in_error(0, 3);
	facts.last = SERVICE_DEGRADED;
	assert_int_equal(severity_of(&from_two, &facts), SERVICE_DEGRADED);
	facts.last = SERVICE_DISRUPTION;
	assert_int_equal(severity_of(&from_two, &facts), SERVICE_DISRUPTION);
}

static void severity_threshold__is_rounded_up__and_at_least_one(void **state)
{
	(void)state;
	const struct service from_one_percent = { .disruption_percent = 1 };
	const struct service from_all = { .disruption_percent = 100 };
	assert_int_equal(severity_threshold(&from_half, 5), 3);
	assert_int_equal(severity_threshold(&from_one_percent, 5), 1);
	assert_int_equal(severity_threshold(&from_one_percent, 0), 1);
	assert_int_equal(severity_threshold(&from_all, 7), 7);
	assert_int_equal(severity_threshold(&from_two, 7), 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(severity_of__is_operational__when_nothing_stands_r9),
		cmocka_unit_test(severity_of__is_degraded__below_the_number_r21),
		cmocka_unit_test(
			severity_of__counts_a_part__of_those_that_are_linked_r21),
		cmocka_unit_test(severity_of__takes_a_critical_link_for_all_r21),
		cmocka_unit_test(severity_of__is_a_disruption__by_hand_r18),
		cmocka_unit_test(
			severity_of__stays_what_it_was__while_nobody_is_in_error_r16),
		cmocka_unit_test(severity_threshold__is_rounded_up__and_at_least_one),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
