#include "tests/support/story_parts.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/clock.h"
#include "core/base/text.h"
#include "core/judge/act.h"
#include "core/judge/act_recurring.h"
#include "core/judge/act_undo.h"
#include "core/judge/judge.h"
#include "db/db.h"
#include "db/schema.h"
#include "tests/support/check.h"

enum { TEXT_MAX_BYTES = 1 << 16, CROWD = 40, STEPS = 100 };

int64_t story_now_ms(void)
{
	return clock_now_ms(&(struct clock){ 0 });
}

char *story_beside(const char *path, const char *suffix)
{
	struct buf name = BUF_INIT(2 * PLACE_PATH_SIZE);
	buf_addf(&name, "%s%s", path, suffix);
	return buf_take(&name);
}

/* ---- events, judging, sending ---- */

bool story_record(struct store *store, int64_t monitor_id, enum event_state state,
		  struct err *err)
{
	struct event event = { .monitor_id = monitor_id,
			       .state = state,
			       .confirmed = true };
	enum event_verdict verdict;
	bool conflict = false;
	return store_event_add(store, &event, story_now_ms(), &verdict, &conflict, err);
}

static bool an_error(struct hand *hand, struct err *err)
{
	return story_record(hand->store, 1, EVENT_ERROR, err);
}

static bool an_ok(struct hand *hand, struct err *err)
{
	return story_record(hand->store, 1, EVENT_OK, err);
}

/* As the listener does it: all that came in one transaction. */
static bool a_crowd(struct hand *hand, struct err *err)
{
	DEFER(store_abort)
	struct transaction tx = { 0 };
	bool ok = store_begin(hand->store, &tx, err);
	for (int i = 0; ok && i < CROWD; i++)
		ok = story_record(hand->store, 1 + i % 2,
				  i % 4 < 2 ? EVENT_ERROR : EVENT_OK, err);
	return ok && store_commit(&tx, err);
}

bool story_judging(struct hand *hand, struct err *err)
{
	struct judge_report report = { 0 };
	return judge_run(hand->store, story_now_ms(), STEPS, &report, err);
}

bool story_answered(struct store *store, int64_t delivery_id, int status, struct err *err)
{
	DEFER(store_abort)
	struct transaction tx = { 0 };
	struct retry_decision decision;
	const struct outcome outcome = { .http_status = status,
					 .request_sent = true,
					 .started_ms = story_now_ms() };
	return store_begin(store, &tx, err) &&
	       judge_outcome(store, delivery_id, &outcome, story_now_ms(), 7, &decision,
			     err) &&
	       store_commit(&tx, err);
}

static bool a_failed_try(struct hand *hand, struct err *err)
{
	return story_answered(hand->store, 1, 503, err);
}

static bool a_delivery(struct hand *hand, struct err *err)
{
	return story_answered(hand->store, 1, 200, err);
}

static bool its_recovery(struct hand *hand, struct err *err)
{
	return story_answered(hand->store, 2, 200, err);
}

/* ---- configuration ---- */

static bool importing(struct hand *hand, struct err *err)
{
	DEFER(store_abort)
	struct transaction tx = { 0 };
	DEFER(buf_done)
	struct buf plan = BUF_INIT(TEXT_MAX_BYTES);
	DEFER(buf_done)
	struct buf faults = BUF_INIT(TEXT_MAX_BYTES);
	const struct import_options options = { 0 };
	return store_begin(hand->store, &tx, err) &&
	       store_import(hand->store, place_example, strlen(place_example), &options,
			    &plan, &faults, err) &&
	       store_commit(&tx, err);
}

static bool exporting(struct hand *hand, struct err *err)
{
	DEFER(buf_done)
	struct buf document = BUF_INIT(TEXT_MAX_BYTES);
	return store_export(hand->store, true, &document, err);
}

/* Another URL: what the old one leaves is taken out of the write-ahead log. */
static bool editing(struct hand *hand, struct err *err)
{
	struct service service;
	if (!store_get(hand->store, RECORD_SERVICE, 2, &service, err))
		return false;
	snprintf(service.url, sizeof(service.url), "https://hub.example/other?token=1");
	return store_put(hand->store, RECORD_SERVICE, &service, err);
}

static bool deleting(struct hand *hand, struct err *err)
{
	return store_delete(hand->store, RECORD_SERVICE, 2, err);
}

static bool renaming(struct hand *hand, struct err *err)
{
	return store_rename(hand->store, RECORD_MONITOR, "M1", "Shop", err);
}

static bool turn_back(struct store *store, bool redo, struct err *err)
{
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	int64_t act;
	if (!store_undo_next(store, store_actor(store)->name, redo, &act, err))
		return false;
	return act != 0 ? act_undo(store, act, redo, false, story_now_ms(), &result, err)
			: fail(err, ERR_FAILED, "There is nothing to undo");
}

static bool undoing(struct hand *hand, struct err *err)
{
	return turn_back(hand->store, false, err);
}

static bool redoing(struct hand *hand, struct err *err)
{
	return turn_back(hand->store, true, err);
}

/* ---- acts of operators; each has a result that nobody reads ---- */

static struct act_result *unread(void)
{
	static struct act_result result;
	act_result_done(&result);
	result = ACT_RESULT_INIT;
	return &result;
}

static const struct maintenance_target covered = { .kind = TARGET_MONITOR, .id = 1 };

static bool a_retry(struct hand *hand, struct err *err)
{
	return act_delivery_retry(hand->store, 1, story_now_ms(), unread(), err);
}

static bool a_window(struct hand *hand, struct err *err)
{
	int64_t now = story_now_ms();
	return act_maintenance_add(hand->store, &covered, 1, now, now + HOUR_MS, "move",
				   now, unread(), err);
}

static bool its_end(struct hand *hand, struct err *err)
{
	return act_maintenance_end(hand->store, 1, story_now_ms(), unread(), err);
}

static bool a_recurring_one(struct hand *hand, struct err *err)
{
	struct schedule schedule = { .name = "nightly",
				     .every = EVERY_DAY,
				     .from = "02:00",
				     .until = "04:00",
				     .zone = "UTC" };
	return act_recurring_add(hand->store, &schedule, &covered, 1, story_now_ms(),
				 unread(), err);
}

static bool its_deletion(struct hand *hand, struct err *err)
{
	return act_recurring_delete(hand->store, "nightly", story_now_ms(), unread(),
				    err);
}

static bool a_note(struct hand *hand, struct err *err)
{
	return act_note(hand->store, 1, "We found it.", story_now_ms(), unread(), err);
}

static bool resolving(struct hand *hand, struct err *err)
{
	return act_resolve(hand->store, 1, "Over.", false, story_now_ms(), unread(), err);
}

static bool opening_by_hand(struct hand *hand, struct err *err)
{
	return act_open(hand->store, 1, "We look into it.", story_now_ms(), unread(),
			err);
}

static bool recovering_by_hand(struct hand *hand, struct err *err)
{
	return act_recover(hand->store, 1, "", false, story_now_ms(), unread(), err);
}

static bool change_mode(struct hand *hand, enum mode mode, struct err *err)
{
	int64_t leaving;
	return act_mode(hand->store, mode, true, story_now_ms(), &leaving, unread(), err);
}

static bool pausing(struct hand *hand, struct err *err)
{
	return change_mode(hand, MODE_PAUSED, err);
}

static bool going_live(struct hand *hand, struct err *err)
{
	return change_mode(hand, MODE_LIVE, err);
}

/* ---- the file ---- */

static bool resting(struct hand *hand, struct err *err)
{
	(void)err;
	(void)store_rest(hand->store, true);
	return true;
}

static bool backing_up(struct hand *hand, struct err *err)
{
	DEFER(mem_free) char *target = story_beside(hand->path, ".copy");
	return store_backup(hand->store, target, err);
}

static bool restoring(struct hand *hand, struct err *err)
{
	DEFER(mem_free) char *copy = story_beside(hand->path, ".copy");
	return store_restore(hand->path, copy, err);
}

static bool opening(struct hand *hand, struct err *err)
{
	DEFER(store_done) struct store *store = NULL;
	return store_open(hand->path, STORE_MIGRATE, &store, err);
}

static bool creating(struct hand *hand, struct err *err)
{
	DEFER(store_done) struct store *store = NULL;
	return store_open(hand->path, STORE_CREATE, &store, err);
}

static bool importing_into_it(struct hand *hand, struct err *err)
{
	struct hand inside = { .path = hand->path };
	DEFER(store_done) struct store *store = NULL;
	if (!store_open(hand->path, STORE_CREATE, &store, err))
		return false;
	inside.store = store;
	return importing(&inside, err);
}

static void make_nothing(struct fleet *fleet)
{
	assert_int_equal(unlink(fleet->place.path), 0);
}

/* As an older hublink left it: its first rung alone. */
static void make_old(struct fleet *fleet)
{
	DEFER(buf_done) struct buf mark = BUF_INIT(256);
	unlink(fleet->place.path);
	FILE *file = fopen(fleet->place.path, "wb");
	assert_non_null(file);
	fclose(file);
	assert_true(place_sql(&fleet->place, schema_migrations[0].sql, NULL));
	buf_addf(&mark,
		 "PRAGMA application_id = %d; PRAGMA user_version = 1;"
		 "INSERT INTO definition VALUES (1, 1, 'Kept', 1)",
		 DB_APPLICATION_ID);
	assert_true(place_sql(&fleet->place, buf_text(&mark), NULL));
}

/* As one that was killed left it: all that it stored is in the write-ahead log. */
static void make_killed(struct fleet *fleet)
{
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		struct hand hand = { .path = fleet->place.path };
		if (store_open(hand.path, STORE_WRITE, &hand.store, NULL) &&
		    a_crowd(&hand, NULL) && story_judging(&hand, NULL))
			kill(getpid(), SIGKILL);
		_exit(1);
	}
	int status;
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
}

const struct story stories[] = {
	{ "an event, to its delivery", .acts = { an_error, story_judging, a_delivery } },
	{ "its recovery", .before = { an_error, story_judging, a_delivery },
	  .acts = { an_ok, story_judging, its_recovery } },
	{ "a retry", .before = { an_error, story_judging },
	  .acts = { a_failed_try, a_retry, a_delivery } },
	{ "many events at once", .acts = { a_crowd, story_judging } },
	{ "an import", .acts = { importing } },
	{ "an export", .before = { importing }, .acts = { exporting, an_error } },
	{ "an edit", .acts = { editing, deleting } },
	{ "undo", .before = { renaming }, .acts = { undoing, redoing } },
	{ "maintenance", .acts = { a_window, an_error, story_judging, its_end } },
	{ "recurring maintenance", .acts = { a_recurring_one, its_deletion } },
	{ "an operator's word",
	  .before = { an_error, story_judging, a_delivery, an_ok, story_judging,
		      its_recovery },
	  .acts = { a_note, resolving } },
	{ "an incident by hand", .acts = { opening_by_hand, recovering_by_hand } },
	{ "a change of mode", .acts = { pausing, an_error, story_judging, going_live } },
	{ "an adoption", .before = { story_a_stranger },
	  .acts = { story_its_adoption, story_judging } },
	{ "a token", .acts = { story_a_token, story_its_revocation } },
	{ "a checkpoint", .before = { a_crowd },
	  .acts = { story_judging, resting, an_error } },
	{ "retention", .before = { story_old_outages },
	  .acts = { story_sweeping, story_sweeping_on, story_sweeping_on,
		    story_sweeping_on, story_giving_back, an_error } },
	{ "a backup", .before = { an_error, story_judging }, .acts = { backing_up } },
	{ "a restore", .is_of_file = true,
	  .before = { backing_up, an_error, story_judging }, .acts = { restoring } },
	{ "a first start", .is_of_file = true, .make = make_nothing,
	  .acts = { creating, importing_into_it } },
	{ "a migration", .is_of_file = true, .make = make_old, .acts = { opening } },
	{ "a start after a kill", .is_of_file = true, .make = make_killed,
	  .acts = { opening } },
};
const size_t story_count = COUNT_OF(stories);
