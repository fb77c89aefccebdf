/* Retry-After as a receiver sends it: any header leads to a retry within the bounds. */
#include "core/rules/retry.h"
#include "tests/support/fuzz.h"

FUZZ_TARGET(retry_after)
{
	static const int64_t now_ms = INT64_C(1790000000000);
	int64_t after_ms = -1;
	struct outcome outcome = { .http_status = 503, .request_sent = true };

	outcome.has_retry_after = retry_after_parse(text, now_ms, &after_ms);
	MUST_HOLD(outcome.has_retry_after || after_ms == -1);
	MUST_HOLD(bytes > 0 || !outcome.has_retry_after);
	outcome.retry_after_ms = after_ms;

	struct retry_decision decision = retry_decide(&outcome, 1, now_ms, 0);
	MUST_HOLD(decision.verdict == RETRY_TEMPORARY);
	MUST_HOLD(decision.next_attempt_ms > now_ms);
	MUST_HOLD(decision.next_attempt_ms <= now_ms + RETRY_AFTER_MAX_MS);
	MUST_HOLD(!outcome.has_retry_after ||
		  decision.next_attempt_ms >= now_ms + RETRY_AFTER_MIN_MS);
}
