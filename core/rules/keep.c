#include "core/rules/keep.h"

#include <string.h>

#include "core/base/clock.h"
#include "core/base/text.h"

static const struct {
	const char *name, *help;
} journals[] = {
	[JOURNAL_EVENTS] = { "events", "what monitors reported" },
	[JOURNAL_ALERTS] = { "alerts", "what levels raised, and whom it reached" },
	[JOURNAL_INCIDENTS] = { "incidents",
				"incidents that are over, their timelines and updates; "
				"tests; maintenance that has ended" },
	[JOURNAL_AUDIT] = { "audit", "who did what; its chain goes on behind a row that "
				     "says what was removed" },
};
_Static_assert(COUNT_OF(journals) == JOURNAL_COUNT, "every journal has its name");

const char *journal_text(enum journal journal)
{
	return journal < JOURNAL_COUNT ? journals[journal].name : "unknown";
}

const char *journal_help(enum journal journal)
{
	return journals[journal].help;
}

int journal_parse(const char *text)
{
	for (int i = 0; text != NULL && i < JOURNAL_COUNT; i++)
		if (text_equal(text, journals[i].name))
			return i;
	return -1;
}

bool keep_days_check(int64_t days, struct err *err)
{
	return (days >= 0 && days <= KEEP_DAYS_MAX) ||
	       fail(err, ERR_INVALID,
		    "A journal is kept for 1 to %d days, or for ever (0)", KEEP_DAYS_MAX);
}

bool keep_days_parse(const char *text, int64_t *ret, struct err *err)
{
	char number[16] = "";
	int64_t days = 0;
	if (text_equal(text, "forever")) {
		*ret = 0;
		return true;
	}
	const size_t length = strlen(text);
	const size_t unit = length > 1 && text[length - 1] == 'd';
	if (length - unit < sizeof(number))
		memcpy(number, text, length - unit);
	if (!text_integer(number, &days) || days < 1 || days > KEEP_DAYS_MAX)
		return fail(err, ERR_INVALID,
			    "'%s' is no number of days: 1 to %d, or forever", text,
			    KEEP_DAYS_MAX);
	*ret = days;
	return true;
}

/* A time ahead of now was told by a clock that was wrong: it counts for nothing. */
int64_t keep_next_sweep_ms(int64_t swept_ms, int64_t now_ms)
{
	if (swept_ms > now_ms)
		return now_ms;
	return (swept_ms > 0 ? swept_ms : now_ms) + KEEP_EVERY_MS;
}

int64_t keep_sweep_time_ms(int64_t swept_ms, int64_t now_ms)
{
	if (swept_ms <= 0 || now_ms - swept_ms <= KEEP_ADVANCE_MAX_MS)
		return now_ms;
	return swept_ms + KEEP_ADVANCE_MAX_MS;
}

int64_t keep_before_ms(int64_t days, int64_t sweep_time_ms)
{
	return days > 0 && sweep_time_ms > days * DAY_MS ? sweep_time_ms - days * DAY_MS
							 : 0;
}
