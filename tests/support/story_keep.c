/* Retention: what is older than it is kept goes, a step at a time. */
#include "core/judge/act.h"
#include "core/store_keep.h"
#include "tests/support/story_parts.h"

enum { OUTAGES = 4, ROWS = 1000, PAGES = 1000 };

static struct sweep sweep; /* where it stands is its caller's */

static bool resolve(struct store *store, int64_t incident_id, struct err *err)
{
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	return act_resolve(store, incident_id, "Over.", false, story_now_ms(), &result,
			   err);
}

/* The n-th, from 0, as it goes from the first error to the last word. */
static bool an_outage(struct hand *hand, int64_t n, struct err *err)
{
	return story_record(hand->store, 1, EVENT_ERROR, err) &&
	       story_judging(hand, err) &&
	       story_answered(hand->store, 2 * n + 1, 200, err) &&
	       story_record(hand->store, 1, EVENT_OK, err) && story_judging(hand, err) &&
	       story_answered(hand->store, 2 * n + 2, 200, err) &&
	       resolve(hand->store, n + 1, err);
}

bool story_old_outages(struct hand *hand, struct err *err)
{
	for (int64_t n = 0; n < OUTAGES; n++)
		if (!an_outage(hand, n, err))
			return false;
	return true;
}

static int64_t removed(void)
{
	int64_t sum = 0;
	for (enum journal i = 0; i < JOURNAL_COUNT; i++)
		sum += sweep.removed[i];
	return sum;
}

bool story_sweeping_on(struct hand *hand, struct err *err)
{
	const int64_t before = removed();
	bool done = false;
	while (!done && removed() == before)
		if (!store_sweep_some(hand->store, ROWS, &sweep, &done, err))
			return false;
	return !done || fail(err, ERR_FAILED, "There was nothing to remove");
}

bool story_sweeping(struct hand *hand, struct err *err)
{
	sweep = (struct sweep){ 0 };
	for (enum journal i = 0; i < JOURNAL_COUNT; i++)
		sweep.before_ms[i] = story_now_ms() + DAY_MS;
	return story_sweeping_on(hand, err);
}

bool story_giving_back(struct hand *hand, struct err *err)
{
	int64_t given;
	return store_give_back_pages(hand->store, PAGES, &given, err);
}
