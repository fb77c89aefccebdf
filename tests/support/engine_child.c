#include "tests/support/engine_child.h"

#include <poll.h>
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

enum { SERVICES = 3, UPDATES_MAX = 2, RUNS_MAX = 200 };

/* ---- the ledger: what each service must hear, in this order ---- */

static const char *const ledger[SERVICES][UPDATES_MAX] = {
	{ "investigating", "monitoring" },
	{ "investigating", "monitoring" },
	{ "investigating", NULL },
};

/* The first tries of S0 and S1 fail: one is answered 503, one is not answered. */
static void script(struct engine_child *rig)
{
	receiver_forget_rules(rig->receiver);
	receiver_rule(rig->receiver,
		      (struct receiver_rule){ .path = "/S0", .times = 1, .status = 503 });
	receiver_rule(rig->receiver, (struct receiver_rule){ .path = "/S1",
							     .times = 1,
							     .end = RECEIVER_DROPS });
}

int engine_child_open(void **state)
{
	struct engine_child *rig = calloc(1, sizeof(*rig));
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

int engine_child_close(void **state)
{
	struct engine_child *rig = *state;
	fleet_close(&rig->fleet);
	receiver_free(rig->receiver);
	buf_done(&rig->template);
	free(rig);
	return 0;
}

void engine_child_move_to(struct engine_child *rig, const char *base_url)
{
	DEFER(buf_done) struct buf sql = BUF_INIT(256);
	buf_addf(&sql, "UPDATE service SET url = '%s/' || name", base_url);
	assert_true(place_sql(&rig->fleet.place, buf_text(&sql), NULL));
	buf_reset(&rig->template);
	place_read(rig->fleet.place.path, &rig->template);
}

void engine_child_start_over(struct engine_child *rig)
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
	rig->ends = 0;
}

pid_t engine_child_begin(struct engine_child *rig, void (*handicap)(long), long n)
{
	char *argv[] = { (char[]){ "engine" }, (char[]){ "--db" }, rig->fleet.place.path,
			 (char[]){ "--until-idle" }, NULL };
	pid_t child = receiver_fork(rig->receiver);
	assert_true(child >= 0);
	if (child != 0)
		return child;
	struct err err;
	if (!http_prepare_process(&err))
		_exit(1);
	if (handicap == NULL)
		log_set_level(LOG_LEVEL_ERROR);
	else
		handicap(n);
	_exit(rig->work ? rig->work(rig) : engine_main(4, argv));
}

void engine_child_ended(struct engine_child *rig, int status)
{
	rig->ends += status != 0;
	assert_true(receiver_wait_quiet(rig->receiver));
}

int engine_child_run(struct engine_child *rig, void (*handicap)(long), long n)
{
	pid_t child = engine_child_begin(rig, handicap, n);
	int status = 0;
	assert_int_equal(waitpid(child, &status, 0), child);
	engine_child_ended(rig, status);
	return status;
}

static bool is_finished(struct engine_child *rig)
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

void engine_child_run_to_the_end(struct engine_child *rig)
{
	for (int runs = 0; runs < RUNS_MAX; runs++) {
		assert_int_equal(engine_child_run(rig, NULL, 0), 0);
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
static void check_service(struct engine_child *rig, int service, long n)
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
		fail_msg("round %ld: %s never heard '%s'", n, path,
			 ledger[service][heard]);
	assert_true(was_accepted);
	assert_true(repeats <= rig->ends); /* only what was in flight at such an end */
}

void engine_child_check(struct engine_child *rig, long n)
{
	for (int i = 0; i < SERVICES; i++)
		check_service(rig, i, n);
}
