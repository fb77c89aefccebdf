#include "tests/support/twin_parts.h"

#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/base/log.h"
#include "core/base/random.h"
#include "core/engine/engine_parts.h" /* its dice, which a seed shall throw */
#include "db/db.h"
#include "tests/support/check.h"
#include "tests/support/disk.h"

#define WALL0 INT64_C(1790000000000)
#define BOOT0 INT64_C(5000000)

enum { TRIES = 6, END_TURNS_MAX = 2000, IMAGE_MAX = 8 << 20 };
enum { HALF = 5000, HUNTED_HALF = 500000 };

PRINTF_LIKE(2, 3) static void broke(struct twin *t, const char *format, ...)
{
	if (t->broken[0] != '\0')
		return;
	va_list args;
	va_start(args, format);
	(void)vsnprintf(t->broken, sizeof(t->broken), format, args);
	va_end(args);
}

bool twin_tossed(struct twin *t)
{
	return random_step(&t->random) >> 7 & 1;
}

/* ---- what arrives ---- */

static bool is_unsure(const struct twin *t, const char *key)
{
	for (size_t i = 0; i < t->unsure_count; i++)
		if (strcmp(t->unsure[i], key) == 0)
			return true;
	return false;
}

void twin_make_unsure(struct twin *t, const struct fake_sent *sent)
{
	if (!is_unsure(t, sent->key) && t->unsure_count < TWIN_UNSURE_MAX)
		(void)snprintf(t->unsure[t->unsure_count++], sizeof(t->unsure[0]), "%s",
			       sent->key);
}

void twin_arrive(struct twin *t, const struct fake_sent *sent)
{
	const int service = sent->path[2] - '0';
	for (size_t i = 0; i < t->arrival_count; i++) {
		if (strcmp(t->arrivals[i].key, sent->key) != 0)
			continue;
		if (!is_unsure(t, sent->key))
			broke(t, "I6: service %d was told twice", service);
		return;
	}
	struct arrival *arrival = &t->arrivals[t->arrival_count++];
	*arrival = (struct arrival){ .service = service };
	(void)snprintf(arrival->key, sizeof(arrival->key), "%s", sent->key);
	const size_t told = t->told[service]++;
	t->told_in_all++;
	const enum model_update update = strstr(sent->body, "\"state\":\"investigating\"")
						 ? MODEL_DISRUPTION
						 : MODEL_RECOVERY;
	if (told >= t->model.due_count[service])
		broke(t, "I2: service %d was told more than there is", service);
	else if (t->model.due[service][told] != update)
		broke(t, "I7, I8: service %d was told in another order", service);
}

/* What the engine that goes away knows of is lost with it; it may have arrived. */
static void lose_in_flight(struct twin *t)
{
	for (size_t i = 0; i < t->fresh_count; i++)
		twin_make_unsure(t, &t->fake->sent[t->fresh[i]]);
	t->fresh_count = 0;
	for (size_t i = 0; t->fake && i < t->fake->count; i++) {
		const struct fake_sent *sent = &t->fake->sent[i];
		if (sent->is_over)
			continue;
		if (twin_tossed(t))
			twin_arrive(t, sent);
		twin_make_unsure(t, sent);
	}
}

/* ---- engines, and their ends ---- */

struct instant twin_now(const struct twin *t)
{
	return (struct instant){ .wall_ms = t->wall_ms, .boot_ms = t->boot_ms };
}

static void free_engine(struct twin *t)
{
	if (!t->fake)
		return;
	lose_in_flight(t);
	engine_free(t->engine);
	t->fake->transport.ops->free(&t->fake->transport);
	t->engine = NULL;
	t->fake = NULL;
}

void twin_drop_engine(struct twin *t)
{
	free_engine(t);
	store_done(&t->store);
}

void twin_close_all(struct twin *t)
{
	twin_drop_engine(t);
	twin_stop_reading(t);
	place_close(&t->fleet.place);
}

static bool open_one(struct twin *t, struct store **ret, struct err *err)
{
	const bool weak = t->bug == TWIN_SYNCS_TOO_LITTLE;
	return *ret || (store_open(t->fleet.place.path, STORE_WRITE, ret, err) &&
			(!weak || db_exec(*ret, "PRAGMA synchronous = NORMAL", err)));
}

bool twin_start_engine(struct twin *t, uint32_t a, struct err *err)
{
	(void)a;
	if (t->engine)
		return true;
	if (!open_one(t, &t->store, err))
		return false;
	t->fake = t->fake ? t->fake : fake_new();
	if (!engine_new(t->store, &t->fake->transport, IN_FLIGHT_DEFAULT, twin_now(t),
			&t->engine, err))
		return false;
	t->engine->random = random_step(&t->random);
	return true;
}

bool twin_open_operator(struct twin *t, uint32_t a, struct err *err)
{
	(void)a;
	return open_one(t, &t->fleet.place.store, err);
}

void twin_stop_reading(struct twin *t)
{
	store_abort(&t->reading);
	store_done(&t->reader);
}

/* The fault has passed, or all are dead that used the disk and come back. */
void twin_mend_disk(struct twin *t)
{
	const bool was_dead = disk_is_dead();
	const bool ran = t->fake != NULL;
	if (was_dead)
		twin_close_all(t);
	disk_use(&(struct disk_plan){ .spares = true });
	struct err err = { 0 };
	if (was_dead &&
	    (!twin_open_operator(t, 0, &err) || (ran && !twin_start_engine(t, 0, &err))))
		broke(t, "nothing opens again: %s", err.text);
}

/* As a person would: again, when it says that it did not work. */
void twin_insist(struct twin *t, bool (*act)(struct twin *, uint32_t, struct err *),
		 uint32_t a)
{
	struct err err = { 0 };
	for (int i = 0; i < TRIES; i++) {
		err = (struct err){ 0 };
		if (act(t, a, &err))
			return;
		twin_mend_disk(t);
	}
	broke(t, "it does not work again: %s", err.text);
}

/* ---- a history ---- */

static void begin(struct twin *t, uint64_t seed)
{
	memset(t->model.in_error, 0, sizeof(t->model.in_error));
	memset(t->model.is_joined, 0, sizeof(t->model.is_joined));
	memset(t->model.due_count, 0, sizeof(t->model.due_count));
	memset(t->told, 0, sizeof(t->told));
	t->arrival_count = t->unsure_count = t->fresh_count = 0;
	t->events = 0;
	t->is_pending = t->was_set_back = false;
	t->broken[0] = '\0';
	t->wall_ms = WALL0;
	t->boot_ms = BOOT0;
	t->random = seed ^ 0x5eed;
	disk_use(&(struct disk_plan){ .spares = true });
	twin_fresh_files(t);
	twin_insist(t, twin_open_operator, 0);
	twin_insist(t, twin_start_engine, 0);
}

static void expect_all_told(struct twin *t)
{
	for (int s = 0; s < MODEL_SERVICES; s++)
		if (t->told[s] != t->model.due_count[s])
			broke(t, "I1, I15: service %d was told %zu of %zu updates", s,
			      t->told[s], t->model.due_count[s]);
}

/* Everything works from now on. */
static void end(struct twin *t)
{
	twin_mend_disk(t);
	twin_stop_reading(t);
	twin_insist(t, twin_set_mode, MODE_LIVE);
	twin_insist(t, twin_start_engine, 0);
	for (int i = 0; i < END_TURNS_MAX && t->broken[0] == '\0'; i++) {
		twin_insist(t, twin_turn, 0);
		struct fake_sent *sent = twin_in_flight(t, 0);
		if (!sent && t->turn.wait_ms < 0)
			break;
		if (sent) {
			twin_arrive(t, sent);
			fake_answer(t->fake, sent, 200);
		} else {
			t->wall_ms += t->turn.wait_ms;
			t->boot_ms += t->turn.wait_ms;
		}
	}
	expect_all_told(t);
	free_engine(t);
}

void twin_plant(struct twin *t, enum twin_bug bug)
{
	twin_close_all(t);
	t->bug = bug;
}

const char *twin_run(struct twin *t, const struct history *history)
{
	begin(t, history->seed);
	for (int i = 0; i < history->count && t->broken[0] == '\0'; i++) {
		const struct op *op = &history->ops[i];
		twin_run_op(t, op);
		if (disk_is_dead())
			twin_mend_disk(t);
		if (op->b >> 30 != 0) /* else the engine is slow */
			twin_insist(t, twin_turn, 0);
	}
	end(t);
	return t->broken[0] == '\0' ? NULL : t->broken;
}

const char *twin_run_again(const struct history *history, void *arg)
{
	return twin_run(arg, history);
}

void twin_run_half(struct twin *t, int half)
{
	const int64_t count = getenv("HUBLINK_HUNT") ? HUNTED_HALF : HALF;
	histories_run(&(struct histories){ .run = twin_run_again,
					   .print = twin_print,
					   .arg = t,
					   .first = 1 + half * count,
					   .count = count,
					   .ops = TWIN_HISTORY_OPS });
	printf("%zu updates were told\n", t->told_in_all);
	assert_true(t->told_in_all > 0);
}

/* ---- set-up ---- */

/* The first page depends on all three, the others on one each. */
static void link_all_to_first(struct twin *t)
{
	for (int m = 0; m < MODEL_MONITORS; m++) {
		t->model.links[m][m] = t->model.links[m][0] = true;
		struct link link = { .placement_id = 1,
				     .monitor_id = t->fleet.first_monitor_id + m,
				     .service_id = 1 };
		struct err err = { 0 };
		if (m > 0)
			place_must(
				store_put(t->fleet.place.store, RECORD_LINK, &link, &err),
				&err);
	}
}

/* A page of 4,096 bytes with what SQLite keeps beside it. */
static _Alignas(8) char pages[2000][4096 + 384];

int twin_open(void **state)
{
	struct twin *t = mem_new(1, sizeof(*t));
	log_set_level(LOG_LEVEL_ERROR);
	place_in_memory();
	/* SQLite's own pages are not what the sanitizer is here for. */
	(void)sqlite3_config(SQLITE_CONFIG_PAGECACHE, pages, sizeof(pages[0]),
			     (int)COUNT_OF(pages));
	disk_use(&(struct disk_plan){ .spares = true });
	fleet_open(&t->fleet, "http://127.0.0.1:1", MODEL_MONITORS);
	link_all_to_first(t);
	place_close(&t->fleet.place);
	t->template = BUF_INIT(IMAGE_MAX);
	place_read(t->fleet.place.path, &t->template);
	*state = t;
	return 0;
}

int twin_close(void **state)
{
	struct twin *t = *state;
	twin_close_all(t);
	fleet_close(&t->fleet);
	buf_done(&t->template);
	disk_forget();
	free(t);
	return 0;
}
