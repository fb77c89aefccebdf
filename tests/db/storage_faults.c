/* F1, F3-F7: a disk that kills, fails, fills up or loses power at an operation of a story of
 * acts, each of which is one transaction. What was answered is there, the act that was hit
 * is there whole or not at all, and a fault that passes is got over by asking again. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/clock.h"
#include "core/base/text.h"
#include "core/judge/act.h"
#include "core/judge/judge.h"
#include "tests/support/check.h"
#include "tests/support/disk.h"
#include "tests/support/fleet.h"

enum { STATE_MAX_BYTES = 1 << 16, FILE_MAX_BYTES = 64 << 20, TRIES = 3 };

static int64_t now_ms(void)
{
	return clock_now_ms(&(struct clock){ 0 });
}

/* ---- the acts ---- */

static bool record(struct store *store, enum event_state state, struct err *err)
{
	struct event event = { .monitor_id = 1, .state = state, .confirmed = true };
	enum event_verdict verdict;
	bool conflict = false;
	return store_event_add(store, &event, now_ms(), &verdict, &conflict, err);
}

static bool an_error(struct store *store, struct err *err)
{
	return record(store, EVENT_ERROR, err);
}

static bool an_ok(struct store *store, struct err *err)
{
	return record(store, EVENT_OK, err);
}

static bool judging(struct store *store, struct err *err)
{
	struct judge_report report = { 0 };
	return judge_run(store, now_ms(), 100, &report, err);
}

static bool answered(struct store *store, int status, struct err *err)
{
	DEFER(store_abort)
	struct transaction tx = { 0 };
	struct retry_decision decision;
	const struct outcome outcome = { .http_status = status,
					 .request_sent = true,
					 .started_ms = now_ms() };
	return store_begin(store, &tx, err) &&
	       judge_outcome(store, 1, &outcome, now_ms(), 7, &decision, err) &&
	       store_commit(&tx, err);
}

static bool a_failed_try(struct store *store, struct err *err)
{
	return answered(store, 503, err);
}

static bool a_retry(struct store *store, struct err *err)
{
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	return act_delivery_retry(store, 1, now_ms(), &result, err);
}

static bool a_delivery(struct store *store, struct err *err)
{
	return answered(store, 200, err);
}

static bool importing(struct store *store, struct err *err)
{
	DEFER(store_abort)
	struct transaction tx = { 0 };
	DEFER(buf_done)
	struct buf plan = BUF_INIT(STATE_MAX_BYTES);
	DEFER(buf_done)
	struct buf faults = BUF_INIT(STATE_MAX_BYTES);
	const struct import_options options = { 0 };
	return store_begin(store, &tx, err) &&
	       store_import(store, place_example, strlen(place_example), &options, &plan,
			    &faults, err) &&
	       store_commit(&tx, err);
}

/* Another URL: what the old one leaves is taken out of the write-ahead log. */
static bool editing(struct store *store, struct err *err)
{
	struct service service;
	if (!store_get(store, RECORD_SERVICE, 2, &service, err))
		return false;
	snprintf(service.url, sizeof(service.url), "https://hub.example/other?token=1");
	return store_put(store, RECORD_SERVICE, &service, err);
}

static bool maintenance(struct store *store, struct err *err)
{
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	const struct maintenance_target target = { .kind = TARGET_MONITOR, .id = 2 };
	int64_t now = now_ms();
	return act_maintenance_add(store, &target, 1, now, now + 3600000, "move", now,
				   &result, err);
}

static bool a_note(struct store *store, struct err *err)
{
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	return act_note(store, 1, "We found it.", now_ms(), &result, err);
}

static bool deleting(struct store *store, struct err *err)
{
	return store_delete(store, RECORD_SERVICE, 2, err);
}

static bool resting(struct store *store, struct err *err)
{
	(void)err;
	(void)store_rest(store, true);
	return true;
}

static bool backing_up(struct store *store, struct err *err)
{
	DEFER(buf_done)
	struct buf target = BUF_INIT(PLACE_PATH_SIZE + 64);
	buf_addf(&target, "%s.copy", store_path(store));
	return store_backup(store, buf_text(&target), err);
}

typedef bool act_fn(struct store *store, struct err *err);
static act_fn *const acts[] = {
	an_error, judging, a_failed_try, a_retry, a_delivery, importing,  editing,
	deleting, resting, maintenance,  a_note,  an_ok,      backing_up, judging,
};
enum { ACTS = COUNT_OF(acts) };

/* ---- a run of them in a child ---- */

struct told {
	int acts;   /* so many were answered as done */
	long ended; /* operations until the end; 0 if it was killed before */
};

struct rig {
	struct fleet fleet;
	struct buf template;    /* the database before the first act */
	char *states[ACTS + 1]; /* what is in it after so many acts */
	struct told *told;      /* shared with the child */
};

static struct store *open_insisting(const char *path)
{
	struct store *store = NULL;
	for (int i = 0; i < TRIES; i++) {
		if (store_open(path, STORE_WRITE, &store, NULL))
			return store;
	}
	return NULL;
}

static bool insist(act_fn *act, struct store *store)
{
	for (int i = 0; i < TRIES; i++) {
		if (act(store, NULL))
			return true;
	}
	return false;
}

static void play(struct rig *rig)
{
	struct store *store = open_insisting(rig->fleet.place.path);
	for (int i = 0; store != NULL && i < ACTS && insist(acts[i], store); i++)
		rig->told->acts++;
	store_close(store);
	rig->told->ended = disk_operations() + 1;
}

static void run_child(struct rig *rig, const struct disk_plan *plan)
{
	*rig->told = (struct told){ 0 };
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		disk_use(plan);
		play(rig);
		_exit(0);
	}
	int status = 0;
	assert_int_equal(waitpid(child, &status, 0), child);
	bool was_killed = WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
	if (!was_killed && status != 0)
		fail_msg("operation %ld: the child ended with status %d", plan->at,
			 status);
}

/* ---- what is in the database ---- */

static const char state_sql[] =
	"PRAGMA integrity_check; PRAGMA foreign_key_check; PRAGMA user_version;"
	"SELECT count(*) FROM event; SELECT count(*) FROM alert;"
	"SELECT count(*) FROM attempt; SELECT count(*) FROM audit;"
	"SELECT count(*) FROM maintenance; SELECT count(*) FROM monitor;"
	"SELECT name, revision FROM service;"
	"SELECT state, attempts, next_attempt_ms <= created_ms FROM delivery ORDER BY id;"
	"SELECT status FROM incident ORDER BY id";

static char *state_of(struct rig *rig)
{
	DEFER(buf_done)
	struct buf state = BUF_INIT(STATE_MAX_BYTES);
	if (!place_sql(&rig->fleet.place, state_sql, &state))
		fail_msg("%s", buf_text(&state));
	return buf_take(&state);
}

static void start_over(struct rig *rig)
{
	static const char *const beside[] = { "-wal",          "-shm",      ".copy",
					      ".copy-journal", ".copy-wal", ".copy-shm" };
	char path[PLACE_PATH_SIZE + 64];
	for (size_t i = 0; i < COUNT_OF(beside); i++) {
		snprintf(path, sizeof(path), "%s%s", rig->fleet.place.path, beside[i]);
		unlink(path);
	}
	FILE *file = fopen(rig->fleet.place.path, "wb");
	assert_non_null(file);
	assert_int_equal(fwrite(rig->template.data, 1, rig->template.len, file),
			 rig->template.len);
	fclose(file);
}

static void check_states(struct rig *rig, const struct disk_plan *plan)
{
	place_open(&rig->fleet.place, STORE_WRITE);
	place_close(&rig->fleet.place);
	char *state = state_of(rig);
	int done = rig->told->acts;
	bool is_next = done < ACTS && strcmp(state, rig->states[done + 1]) == 0;
	if (strcmp(state, rig->states[done]) != 0 && !is_next)
		fail_msg("fault %d at operation %ld (seed %ld), %d acts "
			 "done:\n%s\nnot\n%s",
			 (int)plan->fault, plan->at, (long)plan->seed, done, state,
			 rig->states[done]);
	free(state);
}

/* A whole story for every step-th operation. */
static void sweep(struct rig *rig, struct disk_plan plan, long step)
{
	bool passes = plan.fault == DISK_FAILS || plan.fault == DISK_IS_FULL;
	long points = 0;
	for (plan.at = 1;; plan.at += step, points++) {
		start_over(rig);
		run_child(rig, &plan);
		check_states(rig, &plan);
		if (passes && !plan.for_good && rig->told->acts < ACTS)
			fail_msg("operation %ld failed once, act %d for good", plan.at,
				 rig->told->acts);
		if (rig->told->ended > 0 && rig->told->ended <= plan.at)
			break;
		plan.seed++;
	}
	print_message("hit at %ld operations\n", points);
	assert_true(points > 10);
}

/* ---- set-up ---- */

static int make_rig(void **state)
{
	struct rig *rig = calloc(1, sizeof(*rig));
	rig->template = BUF_INIT(FILE_MAX_BYTES);
	rig->told = mmap(NULL, sizeof(*rig->told), PROT_READ | PROT_WRITE,
			 MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	assert_ptr_not_equal(rig->told, MAP_FAILED);
	fleet_open(&rig->fleet, "http://127.0.0.1:1", 2);
	place_close(&rig->fleet.place);
	place_read(rig->fleet.place.path, &rig->template);
	rig->states[0] = state_of(rig);
	place_open(&rig->fleet.place, STORE_WRITE);
	for (int i = 0; i < ACTS; i++) {
		struct err err = { 0 };
		place_must(acts[i](rig->fleet.place.store, &err), &err);
		rig->states[i + 1] = state_of(rig);
	}
	place_close(&rig->fleet.place);
	*state = rig;
	return 0;
}

static int remove_rig(void **state)
{
	struct rig *rig = *state;
	for (int i = 0; i <= ACTS; i++)
		free(rig->states[i]);
	munmap(rig->told, sizeof(*rig->told));
	fleet_close(&rig->fleet);
	buf_done(&rig->template);
	free(rig);
	return 0;
}

/* ---- tests ---- */

/* HUBLINK_HUNT: every operation. */
static long step_of(long usual)
{
	return getenv("HUBLINK_HUNT") == NULL ? usual : 1;
}

static void store__keeps_what_it_answered__when_killed_f1(void **state)
{
	sweep(*state, (struct disk_plan){ .fault = DISK_KILLS }, step_of(7));
}

static void store__keeps_what_it_answered__when_power_is_lost_f3(void **state)
{
	sweep(*state, (struct disk_plan){ .fault = DISK_LOSES_POWER, .seed = 11 },
	      step_of(7));
}

static void store__gets_over_it__when_the_disk_fails_once_f6_f7(void **state)
{
	sweep(*state, (struct disk_plan){ .fault = DISK_FAILS }, step_of(23));
}

static void store__does_nothing_by_half__when_the_disk_fails_for_good_f6_f7(void **state)
{
	sweep(*state, (struct disk_plan){ .fault = DISK_FAILS, .for_good = true },
	      step_of(23));
}

static void store__gets_over_it__when_there_was_no_room_f5(void **state)
{
	sweep(*state, (struct disk_plan){ .fault = DISK_IS_FULL }, step_of(13));
}

static void store__does_nothing_by_half__when_there_is_no_room_f5(void **state)
{
	sweep(*state, (struct disk_plan){ .fault = DISK_IS_FULL, .for_good = true },
	      step_of(13));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_rig, remove_rig)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(store__keeps_what_it_answered__when_killed_f1),
		TEST(store__keeps_what_it_answered__when_power_is_lost_f3),
		TEST(store__gets_over_it__when_the_disk_fails_once_f6_f7),
		TEST(store__does_nothing_by_half__when_the_disk_fails_for_good_f6_f7),
		TEST(store__gets_over_it__when_there_was_no_room_f5),
		TEST(store__does_nothing_by_half__when_there_is_no_room_f5),
	};
	disk_use(&(struct disk_plan){ .fault = DISK_IS_WELL });
	return cmocka_run_group_tests(tests, NULL, NULL);
}
