/* Every variable that a text may name: its value of an alert, and without one. */
#include <string.h>

#include "core/base/text.h"
#include "core/rules/payload.h"
#include "tests/support/check.h"

#define START INT64_C(1790000000000)

static struct payload_facts facts_of(enum alert_type type)
{
	return (struct payload_facts){
		.incident_key = "key",
		.incident_status = INCIDENT_MONITORING,
		.service_status = SERVICE_OPERATIONAL,
		.start_ms = START,
		.service = "Website",
		.integration = "Hub",
		.has_alert = true,
		.alert_type = type,
		.alert_guid = "alert-guid",
		.definition = "Default",
		.level = 2,
		.alert_ms = START + 3723000,
		.first_error_ms = START,
		.errors = 3,
		.failure_message = "it is down",
		.monitor = "Shop",
		.monitor_guid = "monitor-guid",
	};
}

static void expect(const struct payload_facts *facts, const char *text,
		   const char *expected)
{
	DEFER(buf_done) struct buf got = BUF_INIT(4096);
	text_expand(text, facts, &got);
	assert_string_equal(buf_text(&got), expected);
}

static void text_variables__have_values__of_an_alert(void **state)
{
	(void)state;
	const struct payload_facts ok = facts_of(ALERT_OK);
	expect(&ok, "{{@alert.type}} {{@alert.timestamp}} {{@alert.firstErrorUtc}}",
	       "Ok 2026-09-21T15:15:23Z 2026-09-21T14:13:20");
	expect(&ok, "{{@alert.numberOfConsecutiveErrors}} {{@alert.downtimeDuration}}",
	       "3 01:02:03");
	struct payload_facts set_back = ok;
	set_back.first_error_ms = ok.alert_ms + 1000; /* by a clock that was set */
	expect(&set_back, "{{@alert.downtimeDuration}}", "00:00:00");
	struct payload_facts undated = ok;
	undated.first_error_ms = 0;
	undated.failure_message = "deleted\x7f\x1b[2J";
	expect(&undated, "{{@alert.firstErrorUtc}}|{{@alert.downtimeDuration}}", "|");
	expect(&undated, "{{@alert.failureMessage}}", "deleted  [2J");
	const struct payload_facts error = facts_of(ALERT_ERROR);
	expect(&error, "{{@alert.downtimeDuration}}|{{@alert.type}}", "|Alert");
}

/* By hand, by resync: whatever would tell of an alert is empty, and nothing else changes. */
static void text_variables__are_empty__where_there_is_none_to_tell_of(void **state)
{
	(void)state;
	struct payload_facts none = { .start_ms = START };
	for (size_t i = 0; i < text_variable_count; i++) {
		const struct text_variable *variable = &text_variables[i];
		DEFER(buf_done) struct buf got = BUF_INIT(1 << 16);
		if (variable->template_only)
			continue;
		variable->add(&none, &got);
		const bool is_of_alert =
			text_starts_with(variable->name, "alert.") ||
			text_starts_with(variable->name, "monitor.") ||
			text_starts_with(variable->name, "escalationLevel.");
		if (is_of_alert && got.len > 0)
			fail_msg("%s is '%s'", variable->name, buf_text(&got));
		assert_in_range(got.len, 0, variable->bytes_max);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_variables__have_values__of_an_alert),
		cmocka_unit_test(
			text_variables__are_empty__where_there_is_none_to_tell_of),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
