#include "core/rules/retry.h"

#include <string.h>

#include "core/base/clock.h"
#include "core/base/compiler.h"

static int64_t clamp(int64_t value, int64_t least, int64_t most)
{
	if (value < least)
		return least;
	return value > most ? most : value;
}

bool retry_is_accepted(int64_t http_status)
{
	return http_status >= 200 && http_status <= 299;
}

/* The status line decides; no status line is a failure of the transport. */
static enum retry_verdict verdict_of(int64_t http_status)
{
	static const int64_t temporary[] = { 0, 408, 425, 429 };

	if (retry_is_accepted(http_status))
		return RETRY_DELIVERED;
	if (http_status >= 500 && http_status <= 599)
		return RETRY_TEMPORARY;
	for (size_t i = 0; i < COUNT_OF(temporary); i++) {
		if (http_status == temporary[i])
			return RETRY_TEMPORARY;
	}
	return RETRY_REFUSED;
}

/* 250 ms doubling to 5 min, spread by the jitter to both sides. */
static int64_t backoff_ms(int64_t attempts, uint64_t random)
{
	int64_t delay = RETRY_FIRST_MS;
	for (int64_t i = 1; i < attempts && delay < RETRY_LONGEST_MS; i++)
		delay *= 2;
	if (delay > RETRY_LONGEST_MS)
		delay = RETRY_LONGEST_MS;
	int64_t spread = delay * RETRY_JITTER_PERCENT / 100;
	return delay - spread + (int64_t)(random % (uint64_t)(2 * spread + 1));
}

struct retry_decision retry_decide(const struct outcome *outcome, int64_t attempts,
				   int64_t now_ms, uint64_t random)
{
	struct retry_decision decision = {
		.verdict = verdict_of(outcome->http_status),
		.ambiguous = outcome->http_status == 0 && outcome->request_sent,
	};

	if (decision.verdict == RETRY_DELIVERED)
		return decision;
	if (decision.verdict == RETRY_REFUSED) {
		decision.next_attempt_ms = now_ms + RETRY_REFUSED_MS;
		return decision;
	}
	decision.by_receiver = outcome->http_status != 0 && outcome->has_retry_after;
	int64_t delay = decision.by_receiver
				? clamp(outcome->retry_after_ms, RETRY_AFTER_MIN_MS,
					RETRY_AFTER_MAX_MS)
				: backoff_ms(attempts, random);
	decision.next_attempt_ms = now_ms + delay;
	return decision;
}

/* Seconds as digits; a number too long to be true counts as the longest that is obeyed. */
static bool seconds_parse(const char *text, size_t bytes, int64_t *ret_ms)
{
	if (bytes == 0 || strspn(text, "0123456789") != bytes)
		return false;
	int64_t seconds = 0;
	for (size_t i = 0; i < bytes && seconds < RETRY_AFTER_MAX_MS; i++)
		seconds = seconds * 10 + (text[i] - '0');
	*ret_ms = seconds * SECOND_MS;
	return true;
}

bool retry_after_parse(const char *text, int64_t now_ms, int64_t *ret_ms)
{
	char value[64];
	size_t bytes = strlen(text += strspn(text, " \t"));
	while (bytes > 0 && strchr(" \t\r\n", text[bytes - 1]) != NULL)
		bytes--;
	if (seconds_parse(text, bytes, ret_ms))
		return true;

	if (bytes >= sizeof(value))
		return false;
	memcpy(value, text, bytes);
	value[bytes] = '\0';
	int64_t date_ms;
	if (!time_parse_http_date(value, &date_ms))
		return false;
	*ret_ms = date_ms - now_ms;
	return true;
}

bool retry_expired(int64_t age_from_ms, int64_t attempts, int64_t now_ms)
{
	return attempts >= EXPIRE_ATTEMPTS && now_ms - age_from_ms >= EXPIRE_AFTER_MS;
}
