/* Following the alerts of an Uptrends account: which question to ask next, and what its
 * answer means for the store. No network and no clock of its own: whoever drives it asks
 * the questions, one at a time.
 *
 * A round: on the first one the account's zone and the group of all monitors; then the
 * days that were missed, the alerts of the current day from where they were left, and, at
 * the start and on a new day, the status of all monitors, which tells the OK or the error
 * that was never told. The first round of all records no alert of the past: only what
 * still is wrong. Alerts read twice are one by their ids (R14). */
#ifndef PEERS_UPTRENDS_FOLLOW_H
#define PEERS_UPTRENDS_FOLLOW_H

#include "core/base/name_set.h"
#include "core/peers/uptrends_time.h"
#include "core/store_uptrends.h"

enum uptrends_step {
	FOLLOW_RESTS,
	FOLLOW_SETTINGS,
	FOLLOW_ZONE,
	FOLLOW_GROUPS,
	FOLLOW_MISSED, /* the days before this one */
	FOLLOW_ALERTS, /* the current day */
	FOLLOW_STATUS,
	FOLLOW_STEP_COUNT
};

/* A monitor's error that the first round read of, and no OK behind it. */
struct uptrends_running {
	int64_t started_ms; /* 0: an OK came */
};

struct uptrends_follow {
	enum uptrends_step step;
	int64_t zone_id;
	struct uptrends_zone zone;
	char group[GUID_SIZE]; /* of all monitors; empty: not known yet */
	bool is_named;         /* the zone was named by a person */
	bool knows_zone;
	bool is_first;      /* nothing was ever read of this account */
	bool must_compare;  /* with the monitors' status, at this round's end */
	const char *missed; /* the period that FOLLOW_MISSED reads; NULL: none */
	char cursor[UPTRENDS_CURSOR_SIZE]; /* of the page to ask for; empty: the first */
	unsigned pages;                    /* read of this period */
	int64_t skip;                      /* monitors whose status was read */
	int64_t day_ms;                    /* the day that this round reads */
	struct name_set running_names;     /* GUID: place in running */
	struct uptrends_running *running;
	size_t running_count, running_capacity;
	unsigned recorded;           /* events, in this round */
	char complaint[REASON_SIZE]; /* of a row that was not taken; empty: none */
};

/* named: what the API's times are in, borrowed; NULL: the account's own zone. */
void uptrends_follow_init(struct uptrends_follow *follow, const struct zone *named);
void uptrends_follow_done(struct uptrends_follow *follow);

/* A round begins. */
void uptrends_follow_begin(struct uptrends_follow *follow,
			   const struct uptrends_progress *progress, int64_t now_ms);

/* Append the path of the question to ask; false: the round is over. */
bool uptrends_follow_question(const struct uptrends_follow *follow, struct buf *ret);

/* Its answer, inside the caller's transaction: records events, moves on, and at the
 * round's end saves the progress. ERR_FAILED: the answer is not what the API promises;
 * the round is over, as by uptrends_follow_failed. */
bool uptrends_follow_answer(struct uptrends_follow *follow, struct store *store,
			    const struct json *answer, int64_t now_ms, struct err *err)
	CHECKED;

/* The question had no answer: the round is over. A cursor that was refused is forgotten,
 * and the failure is kept for people to see. */
bool uptrends_follow_failed(struct uptrends_follow *follow, struct store *store,
			    const char *why, int64_t now_ms, struct err *err) CHECKED;

#endif
