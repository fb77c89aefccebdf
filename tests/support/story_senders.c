/* Senders: one that nobody knows, and the token of one. */
#include "core/store_sources.h"
#include "tests/support/story_parts.h"

bool story_a_stranger(struct hand *hand, struct err *err)
{
	const struct subject subject = { .name = "Nobody knows" };
	struct event event = { .state = EVENT_ERROR, .confirmed = true };
	int64_t id;
	bool conflict;
	return store_unmatched_add(hand->store, &subject, &event, story_now_ms(), &id,
				   &conflict, err);
}

bool story_its_adoption(struct hand *hand, struct err *err)
{
	DEFER(store_abort)
	struct transaction tx = { 0 };
	return store_begin(hand->store, &tx, err) &&
	       store_unmatched_adopt(hand->store, 1, 1, story_now_ms(), err) &&
	       store_audit(hand->store, "adopt", "monitor", 1, "M0", NULL, NULL, err) &&
	       store_commit(&tx, err);
}

bool story_a_token(struct hand *hand, struct err *err)
{
	char hash[SHA256_HEX_SIZE];
	return store_token_add(hand->store, "sender", sha256_hex(hash, "secret", 6), err);
}

bool story_its_revocation(struct hand *hand, struct err *err)
{
	return store_token_revoke(hand->store, "sender", err);
}
