/* Templates and texts of an integration: those that pass their check always give a body that
 * is JSON and fits, whatever the facts are. */
#include <string.h>

#include "core/base/json.h"
#include "core/base/text.h"
#include "core/rules/payload.h"
#include "tests/support/fuzz.h"

enum { EXPANDED_MAX = 1 << 20, LONG_EVERY = 16 };

#define AWKWARD "\\u0041\x1b\n\t\xf0\x9f\x94\xa5{{@service.name}}\""

/* As far as a message may go: a body of that size takes a while, and so is not for all. */
static const char *long_message(void)
{
	static char message[MESSAGE_SIZE];
	if (message[0] == '\0') {
		memset(message, '"', MESSAGE_SIZE - 1);
		memcpy(message, AWKWARD, strlen(AWKWARD));
	}
	return message;
}

static struct payload_facts facts_of(enum payload payload, size_t bytes)
{
	return (struct payload_facts){
		.payload = payload,
		.kind = KIND_DISRUPTION,
		.incident_key = "5f0c1d6e-0000-4000-8000-000000000001",
		.start_ms = INT64_C(1790000000000),
		.service = "We\"b{{@monitor.name}}",
		.integration = "St\xc3\xa4tus\\hub",
		.has_alert = true,
		.alert_guid = "5f0c1d6e-0000-4000-8000-000000000002",
		.definition = "Default",
		.level = 1,
		.alert_ms = INT64_C(1790000000000),
		.failure_message = bytes % LONG_EVERY == 0 ? long_message() : AWKWARD,
		.monitor = "Shop",
		.monitor_guid = "g",
		.test = true,
	};
}

static void must_build(const struct payload_facts *facts)
{
	struct err err = { 0 };
	struct buf body = BUF_INIT(EXPANDED_MAX);
	MUST_HOLD(payload_build(facts, &body, &err));
	MUST_HOLD(body.len <= BODY_MAX);
	struct json *value = json_parse(buf_text(&body), body.len, &err);
	MUST_HOLD(json_type_of(value) == JSON_OBJECT);
	json_free(value);
	buf_done(&body);
}

FUZZ_TARGET(payload)
{
	struct err err = { 0 };
	struct public_text texts = { .title = "{{@service.name}}",
				     .disruption = "{{@alert.failureMessage}}" };
	struct payload_facts facts = facts_of(PAYLOAD_CUSTOM, bytes);
	facts.integration_text = facts.service_text = &texts;
	facts.template_json = text;
	if (bytes < TEMPLATE_SIZE && template_check(text, &err))
		must_build(&facts);

	facts.payload = PAYLOAD_UPTRENDS;
	facts.template_json = NULL;
	if (text_check(text, &err) && utf8_valid(text, strlen(text)) &&
	    text_cut(texts.disruption, sizeof(texts.disruption), text,
		     PUBLIC_TEXT_CHARS_MAX))
		must_build(&facts);
}
