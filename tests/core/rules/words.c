#include "core/rules/words.h"

#include <string.h>

#include "core/base/compiler.h"
#include "core/base/text.h"
#include "tests/support/check.h"

#define WORDS(name, type)                             \
	static const char *name##_word(int value)     \
	{                                             \
		return name##_text((enum type)value); \
	}
WORDS(mode, mode)
WORDS(event_state, event_state)
WORDS(alert_type, alert_type)
WORDS(policy, incident_policy)
WORDS(payload, payload)
WORDS(check_type, check_type)
WORDS(check_method, check_method)
WORDS(check_verdict, check_verdict)
WORDS(service_status, service_status)
WORDS(incident_status, incident_status)
WORDS(reach, reach)
WORDS(delivery_kind, delivery_kind)
WORDS(delivery_state, delivery_state)
#undef WORDS

/* What scripts rely on, word by word, in the order of the enumerations. */
static const struct {
	const char *(*text)(int value);
	int (*parse)(const char *text); /* NULL: it is never read */
	const char *words;
} vocabulary[] = {
	{ mode_word, mode_parse, "dry-run paused live" },
	{ event_state_word, event_state_parse, "error ok" },
	{ alert_type_word, alert_type_parse, "Error Ok Reminder" },
	{ policy_word, NULL, "per-service per-monitor" },
	{ payload_word, NULL, "uptrends generic-v2 custom" },
	{ check_type_word, NULL, "none http https tcp" },
	{ check_method_word, NULL, "GET HEAD POST" },
	{ check_verdict_word, NULL, "ok unconfirmed failed" },
	{ service_status_word, service_status_parse, "operational degraded disruption" },
	{ incident_status_word, incident_status_parse,
	  "held investigating identified monitoring resolved detached never-public" },
	{ reach_word, NULL, "none held waiting maybe yes" },
	{ delivery_kind_word, NULL,
	  "disruption recovery reminder reopen severity note test" },
	{ delivery_state_word, delivery_state_parse,
	  "held queued sending delivered failed cancelled superseded expired dry-run" },
};

static void words__are_the_contracts__both_ways(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(vocabulary); i++) {
		char words[200];
		assert_true(text_copy(words, sizeof(words), vocabulary[i].words));
		int value = 0;
		for (char *rest = words, *word; (word = strsep(&rest, " ")) != NULL;
		     value++) {
			assert_string_equal(vocabulary[i].text(value), word);
			if (vocabulary[i].parse != NULL)
				assert_int_equal(vocabulary[i].parse(word), value);
		}
		assert_string_equal(vocabulary[i].text(value), "unknown");
		assert_string_equal(vocabulary[i].text(-1), "unknown");
	}
}

static void words_parse__refuse__what_is_not_exactly_a_word(void **state)
{
	static const char *const wrong[] = { "",   "unknown", "Held", "held ",
					     "OK", "hel",     NULL };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(vocabulary); i++) {
		for (size_t w = 0; w < COUNT_OF(wrong) && vocabulary[i].parse; w++)
			assert_int_equal(vocabulary[i].parse(wrong[w]), -1);
	}
}

static void incident_is_open__means_investigating_or_identified__everywhere(void **state)
{
	(void)state;
	for (int s = 0; s < INCIDENT_STATUS_COUNT; s++) {
		bool open = s == INCIDENT_INVESTIGATING || s == INCIDENT_IDENTIFIED;
		assert_int_equal(incident_is_open((enum incident_status)s), open);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words__are_the_contracts__both_ways),
		cmocka_unit_test(words_parse__refuse__what_is_not_exactly_a_word),
		cmocka_unit_test(
			incident_is_open__means_investigating_or_identified__everywhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
