/* One event as a sender writes it: taken whole and within its limits, or refused with a
 * sentence; and any JSON that is read is written so that it reads the same. */
#include <string.h>

#include "core/base/json.h"
#include "core/base/text.h"
#include "core/rules/event.h"
#include "tests/support/fuzz.h"

enum { WRITTEN_MAX = 1 << 20 };

static void must_be_event(const struct json *value)
{
	struct err err = { 0 };
	struct event event = { 0 };
	char monitor[NAME_SIZE] = "untouched";
	if (!event_from_json(value, &event, monitor, &err)) {
		MUST_HOLD(err.code == ERR_INVALID && err.text[0] != '\0');
		MUST_HOLD(text_equal(monitor, "untouched"));
		return;
	}
	MUST_HOLD(utf8_valid(monitor, strlen(monitor)) && monitor[0] != '\0');
	MUST_HOLD(text_length(event.message) <= MESSAGE_CHARS_MAX);
	MUST_HOLD(utf8_valid(event.message, strlen(event.message)));
	MUST_HOLD(utf8_valid(event.id, strlen(event.id)));
	MUST_HOLD(event.monitor_id == 0);
}

static void must_round_trip(const struct json *value)
{
	struct err err = { 0 };
	struct buf once = BUF_INIT(WRITTEN_MAX), twice = BUF_INIT(WRITTEN_MAX);
	json_add_value(&once, value);
	struct json *again = json_parse(buf_text(&once), once.len, &err);
	MUST_HOLD(again != NULL);
	json_add_value(&twice, again);
	MUST_HOLD(text_equal(buf_text(&once), buf_text(&twice)));
	json_free(again);
	buf_done(&once);
	buf_done(&twice);
}

FUZZ_TARGET(event)
{
	struct err err = { 0 };
	struct json *value = json_parse(text, bytes, &err);
	if (value == NULL) {
		MUST_HOLD(err.code == ERR_INVALID && err.text[0] != '\0');
		return;
	}
	must_be_event(value);
	must_round_trip(value);
	json_free(value);
}
