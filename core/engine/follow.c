#include "core/engine/follow.h"

#include <stdlib.h>

#include "core/base/log.h"
#include "core/base/random.h"
#include "core/base/text.h"
#include "core/engine/api_call.h"
#include "core/engine/api_client.h"
#include "core/peers/uptrends_follow.h"

struct follow {
	struct multi_job job; /* first */
	struct multi *multi;
	const char *ca_file;
	struct uptrends_account account;
	struct uptrends_follow course;
	struct zone *zone; /* NULL: the account's own */
	struct api_call call;
	CURLcode code;  /* how the question ended */
	bool must_look; /* at the account */
	bool is_following;
	bool is_asking; /* the job is the multi handle's */
	bool has_answer;
	bool has_failed;  /* and said so */
	int64_t tries;    /* of the question that is asked */
	int64_t next_ms;  /* boot clock: nothing is asked before */
	int64_t round_ms; /* boot clock: the next round begins then */
};

/* ---- the account ---- */

static void drop(struct follow *follow)
{
	if (follow->is_asking)
		multi_remove(follow->multi, &follow->job);
	if (follow->is_following) {
		api_call_done(&follow->call);
		uptrends_follow_done(&follow->course);
	}
	zone_free(&follow->zone);
	follow->zone = NULL;
	follow->is_asking = false;
	follow->has_answer = false;
	follow->is_following = false;
}

static void take_end(struct multi_job *job, CURLcode code)
{
	struct follow *follow = (struct follow *)job;
	follow->is_asking = false;
	follow->has_answer = true;
	follow->code = code;
}

static bool take_up(struct follow *follow, struct instant now, struct err *err)
{
	const char *zone = follow->account.zone;
	if ((*zone && !zone_open(zone, &follow->zone, err)) ||
	    !api_call_init(&follow->call, &follow->account, follow->ca_file, err))
		return false;
	uptrends_follow_init(&follow->course, follow->zone);
	follow->job = (struct multi_job){ .easy = follow->call.easy, .done = take_end };
	follow->is_following = true;
	follow->has_failed = false;
	follow->round_ms = now.boot_ms;
	log_line(LOG_LEVEL_INFO, "Following the alerts of Uptrends");
	return true;
}

static bool is_same(const struct uptrends_account *a, const struct uptrends_account *b)
{
	return text_equal(a->url, b->url) && text_equal(a->user, b->user) &&
	       text_equal(a->password, b->password) && text_equal(a->zone, b->zone) &&
	       a->follow == b->follow && a->every_ms == b->every_ms &&
	       a->pause_ms == b->pause_ms;
}

static bool look(struct follow *follow, struct store *store, struct instant now,
		 struct err *err)
{
	struct uptrends_account account;
	bool found;
	if (!follow->must_look)
		return true;
	if (!store_uptrends_account(store, &account, &found, err))
		return false;
	follow->must_look = false;
	if (is_same(&account, &follow->account))
		return true;
	drop(follow);
	follow->account = account;
	return !found || !account.follow || take_up(follow, now, err);
}

/* ---- asking ---- */

static bool begin(struct follow *follow, struct store *store, struct instant now,
		  struct err *err)
{
	struct uptrends_progress progress;
	if (follow->course.step != FOLLOW_RESTS || follow->round_ms > now.boot_ms)
		return true;
	if (!store_uptrends_progress(store, &progress, err))
		return false;
	uptrends_follow_begin(&follow->course, &progress, now.wall_ms);
	follow->tries = 0;
	return true;
}

static bool ask(struct follow *follow, struct instant now, struct err *err)
{
	DEFER(buf_done) struct buf path = BUF_INIT(2 * URL_SIZE);
	if (follow->is_asking || follow->has_answer || follow->next_ms > now.boot_ms ||
	    !uptrends_follow_question(&follow->course, &path))
		return true;
	follow->is_asking = api_call_load(&follow->call, buf_text(&path), err) &&
			    multi_add(follow->multi, &follow->job, err);
	follow->tries++;
	follow->next_ms = now.boot_ms + follow->account.pause_ms;
	return follow->is_asking;
}

bool follow_turn(struct follow *follow, struct store *store, struct instant now,
		 struct err *err)
{
	return !follow || (look(follow, store, now, err) &&
			   (!follow->is_following ||
			    (begin(follow, store, now, err) && ask(follow, now, err))));
}

/* ---- taking answers ---- */

/* Said when it begins; people see the rest with `hublink uptrends follow`. */
static bool give_up_round(struct follow *follow, struct store *store, const char *why,
			  struct instant now, struct err *err)
{
	char every[32];
	if (!follow->has_failed)
		log_line(LOG_LEVEL_WARNING,
			 "Reading the alerts of Uptrends failed: %s; it is tried again "
			 "every %s",
			 why, duration_format(every, follow->account.every_ms));
	follow->has_failed = true;
	return uptrends_follow_failed(&follow->course, store, why, now.wall_ms, err);
}

static bool take_json(struct follow *follow, struct store *store,
		      const struct outcome *outcome, struct instant now, struct err *err)
{
	DEFER(json_done) struct json *answer = NULL;
	struct err why = { 0 };
	if (api_call_read(&follow->call, outcome, &answer, &why) &&
	    uptrends_follow_answer(&follow->course, store, answer, now.wall_ms, &why)) {
		follow->tries = 0;
		return true;
	}
	return give_up_round(follow, store, why.text, now, err);
}

static void rest(struct follow *follow, struct instant now)
{
	if (follow->course.step != FOLLOW_RESTS)
		return;
	follow->round_ms = now.boot_ms + follow->account.every_ms;
	if (follow->course.recorded > 0)
		log_line(LOG_LEVEL_INFO, "Alerts taken from Uptrends: %u",
			 follow->course.recorded);
	if (follow->has_failed && !follow->course.must_compare) {
		follow->has_failed = false;
		log_line(LOG_LEVEL_INFO, "The alerts of Uptrends can be read again");
	}
}

bool follow_store(struct follow *follow, struct store *store, struct instant now,
		  struct err *err)
{
	DEFER(buf_done) struct buf error = BUF_INIT(4096);
	struct outcome outcome;
	if (!follow || !follow->has_answer)
		return true;
	api_call_outcome(&follow->call, follow->code, &error, &outcome);
	const struct retry_decision decision =
		retry_decide(&outcome, follow->tries, 0, random_u64());
	if (decision.verdict == RETRY_TEMPORARY && follow->tries < API_TRIES) {
		const int64_t again_ms = now.boot_ms + decision.next_attempt_ms;
		if (again_ms > follow->next_ms)
			follow->next_ms = again_ms;
		return true;
	}
	if (!take_json(follow, store, &outcome, now, err))
		return false;
	rest(follow, now);
	return true;
}

void follow_settled(struct follow *follow, bool committed)
{
	if (!follow || !follow->has_answer)
		return;
	follow->has_answer = false;
	if (committed)
		return;
	follow->course.step = FOLLOW_RESTS;
	follow->course.must_compare = true;
	follow->round_ms = follow->next_ms;
}

/* ---- waiting ---- */

bool follow_has_news(const struct follow *follow)
{
	return follow && follow->has_answer;
}

int64_t follow_wait_ms(const struct follow *follow, int64_t boot_ms)
{
	if (!follow || !follow->is_following || follow->is_asking || follow->has_answer)
		return -1;
	const bool rests = follow->course.step == FOLLOW_RESTS;
	const int64_t at_ms = rests ? follow->round_ms : follow->next_ms;
	return at_ms > boot_ms ? at_ms - boot_ms : 0;
}

/* ---- life ---- */

void follow_look_again(struct follow *follow)
{
	if (follow)
		follow->must_look = true;
}

void follow_stop(struct follow *follow)
{
	if (follow)
		drop(follow);
}

struct follow *follow_new(struct multi *multi, const char *ca_file)
{
	struct follow *follow = mem_new(1, sizeof(*follow));
	follow->multi = multi;
	follow->ca_file = ca_file;
	follow->must_look = true;
	return follow;
}

void follow_free(struct follow *follow)
{
	if (!follow)
		return;
	drop(follow);
	free(follow);
}
