/* R13: kill -9 at any instant loses nothing, reorders nothing, and repeats with the same
 * key and bytes.
 *
 * The engine runs in a child that is killed at its n-th step of a statement, for every
 * n of a whole scenario, then runs again to the end. What the receiver saw is compared
 * with a ledger that is kept outside hublink. */
#include <dlfcn.h>
#include <poll.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/clock.h"
#include "core/base/log.h"
#include "core/engine/commands.h"
#include "core/engine/http.h"
#include "tests/support/check.h"
#include "tests/support/fleet.h"
#include "tests/support/receiver.h"

enum { SERVICES = 3, UPDATES_MAX = 2, RUNS_MAX = 200 };

/* ---- the killer: stands in front of SQLite's own function ---- */

static int steps_left; /* 0: nobody is killed */

int sqlite3_step(sqlite3_stmt *stmt)
{
	static int (*real)(sqlite3_stmt *);
	if (!real)
		*(void **)&real = dlsym(RTLD_NEXT, "sqlite3_step");
	if (steps_left > 0 && --steps_left == 0)
		kill(getpid(), SIGKILL);
	return real(stmt);
}

/* ---- the ledger: what each service must hear, in this order ---- */

static const char *const ledger[SERVICES][UPDATES_MAX] = {
	{ "investigating", "monitoring" },
	{ "investigating", "monitoring" },
	{ "investigating", NULL },
};

struct rig {
	struct receiver *receiver;
	struct fleet fleet;
	struct buf template; /* the database's bytes before any engine */
	size_t from;         /* where the receiver's log began for this round */
	int kills;
};

/* The first tries of S0 and S1 fail: one is answered 503, one is not answered. */
static void script(struct rig *rig)
{
	receiver_forget_rules(rig->receiver);
	receiver_rule(rig->receiver,
		      (struct receiver_rule){ .path = "/S0", .times = 1, .status = 503 });
	receiver_rule(rig->receiver, (struct receiver_rule){ .path = "/S1",
							     .times = 1,
							     .end = RECEIVER_DROPS });
}

static int open_rig(void **state)
{
	struct rig *rig = calloc(1, sizeof(*rig));
	char url[64];
	rig->template = BUF_INIT(64 << 20);
	rig->receiver = receiver_new();
	fleet_open(&rig->fleet, receiver_url(rig->receiver, "", url, sizeof(url)),
		   SERVICES);
	for (int i = 0; i < SERVICES; i++)
		fleet_event(&rig->fleet, rig->fleet.place.store, i, EVENT_ERROR);
	fleet_event(&rig->fleet, rig->fleet.place.store, 0, EVENT_OK);
	fleet_event(&rig->fleet, rig->fleet.place.store, 1, EVENT_OK);
	place_close(&rig->fleet.place);
	place_read(rig->fleet.place.path, &rig->template);
	*state = rig;
	return 0;
}

static int close_rig(void **state)
{
	struct rig *rig = *state;
	fleet_close(&rig->fleet);
	receiver_free(rig->receiver);
	buf_done(&rig->template);
	free(rig);
	return 0;
}

static void start_round(struct rig *rig)
{
	static const char *const suffixes[] = { "-wal", "-shm" };
	char path[PLACE_PATH_SIZE + 64];
	for (size_t i = 0; i < 2; i++) {
		snprintf(path, sizeof(path), "%s%s", rig->fleet.place.path, suffixes[i]);
		unlink(path);
	}
	FILE *file = fopen(rig->fleet.place.path, "wb");
	assert_non_null(file);
	assert_int_equal(fwrite(rig->template.data, 1, rig->template.len, file),
			 rig->template.len);
	fclose(file);
	script(rig);
	rig->from = receiver_count(rig->receiver);
	rig->kills = 0;
}

/* The engine until it is idle, killed at its n-th step (0: never). True if it was
 * killed. */
static bool run_engine(struct rig *rig, int n)
{
	char *argv[] = { (char[]){ "engine" }, (char[]){ "--db" }, rig->fleet.place.path,
			 (char[]){ "--until-idle" }, NULL };
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		struct err err;
		log_set_level(LOG_LEVEL_ERROR);
		steps_left = n;
		_exit(http_prepare_process(&err) ? engine_main(4, argv) : 1);
	}
	int status = 0;
	assert_int_equal(waitpid(child, &status, 0), child);
	bool was_killed = WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
	if (!was_killed)
		assert_int_equal(status, 0);
	rig->kills += was_killed;
	assert_true(receiver_wait_quiet(rig->receiver));
	return was_killed;
}

static bool is_finished(struct rig *rig)
{
	struct err err = { 0 };
	struct counts counts;
	place_open(&rig->fleet.place, STORE_WRITE);
	place_must(store_counts(rig->fleet.place.store,
				clock_now_ms(&(struct clock){ 0 }), &counts, &err),
		   &err);
	place_close(&rig->fleet.place);
	return counts.deliveries_queued == 0 && counts.events_pending == 0;
}

static void run_to_the_end(struct rig *rig)
{
	for (int runs = 0; runs < RUNS_MAX; runs++) {
		assert_false(run_engine(rig, 0));
		if (is_finished(rig))
			return;
		(void)poll(NULL, 0, 20); /* what is left waits for its next try */
	}
	fail_msg("%s", "the engine never finished");
}

/* ---- comparing ---- */

static bool says(const struct received *request, const char *word)
{
	char state[64];
	snprintf(state, sizeof(state), "\"state\":\"%s\"", word);
	return strstr(request->body, state) != NULL;
}

/* What one service heard: the ledger's updates in order, each under one key with the
 * same bytes, and never an old one after a newer one. */
static void check_service(struct rig *rig, int service, int n)
{
	char path[16], key[64] = "", body[4096] = "";
	int heard = 0, repeats = 0;
	bool was_accepted = false;
	snprintf(path, sizeof(path), "/S%d", service);
	for (size_t i = rig->from; i < receiver_count(rig->receiver); i++) {
		struct received got = receiver_get(rig->receiver, i);
		if (strcmp(got.path, path) != 0)
			continue;
		assert_false(got.overlapped);
		if (strcmp(got.key, key) != 0) {
			assert_true(heard == 0 || was_accepted);
			assert_true(heard < UPDATES_MAX && ledger[service][heard]);
			assert_true(says(&got, ledger[service][heard]));
			heard++;
			was_accepted = false;
			snprintf(key, sizeof(key), "%s", got.key);
			snprintf(body, sizeof(body), "%s", got.body);
		}
		assert_string_equal(got.body, body);
		repeats += was_accepted;
		was_accepted = was_accepted || got.status == 200;
	}
	if (heard < UPDATES_MAX && ledger[service][heard])
		fail_msg("killed at step %d: %s never heard '%s'", n, path,
			 ledger[service][heard]);
	assert_true(was_accepted);
	assert_true(repeats <= rig->kills); /* only what was in flight at a kill */
}

static void check_round(struct rig *rig, int n)
{
	for (int i = 0; i < SERVICES; i++)
		check_service(rig, i, n);
}

/* ---- tests ---- */

static void engine__loses_and_reorders_nothing__when_killed_at_any_step(
	void **state) /* R13, I5-I9 */
{
	struct rig *rig = *state;
	bool was_killed = true;
	int n = 0;
	while (was_killed) {
		start_round(rig);
		was_killed = run_engine(rig, ++n);
		run_to_the_end(rig);
		check_round(rig, n);
	}
	print_message("killed at each of %d steps\n", n - 1);
	assert_true(n > 100);
}

static void engine__loses_and_reorders_nothing__when_killed_while_it_recovers(
	void **state) /* R13, R22 */
{
	struct rig *rig = *state;
	bool was_killed = true;
	for (int n = 1; was_killed; n += 23) {
		start_round(rig);
		was_killed = run_engine(rig, n);
		for (int again = 3; again < 60; again += 14)
			(void)run_engine(rig, again);
		run_to_the_end(rig);
		check_round(rig, n);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_rig, close_rig)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(engine__loses_and_reorders_nothing__when_killed_at_any_step),
		TEST(engine__loses_and_reorders_nothing__when_killed_while_it_recovers),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
