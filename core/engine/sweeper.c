#include "core/engine/sweeper.h"

#include <inttypes.h>
#include <stdlib.h>

#include "core/base/buf.h"
#include "core/base/log.h"

enum stage { STAGE_WAITING, STAGE_REMOVING, STAGE_GIVING_BACK };

struct sweeper {
	enum stage stage;
	bool look_again;
	int64_t next_ms;   /* boot clock */
	int64_t rested_ms; /* boot clock: unless asked for, none begins before then */
	int64_t time_ms;   /* wall clock: what this sweep goes by */
	struct sweep sweep;
	int64_t pages; /* given back so far */
};

struct sweeper *sweeper_new(void)
{
	return mem_new(1, sizeof(struct sweeper));
}

void sweeper_free(struct sweeper *s)
{
	free(s);
}

void sweeper_look_again(struct sweeper *s)
{
	if (s)
		s->look_again = true;
}

int64_t sweeper_wait_ms(const struct sweeper *s, int64_t boot_ms)
{
	if (!s)
		return -1;
	return s->next_ms > boot_ms ? s->next_ms - boot_ms : 0;
}

/* ---- the steps ---- */

static bool begin(struct sweeper *s, struct store *store, int64_t swept_ms,
		  struct instant now, struct err *err)
{
	struct keep keep;
	if (!store_keep(store, &keep, err) ||
	    !store_set_fact(store, FACT_KEEP_ASKED, 0, err))
		return false;
	s->time_ms = keep_sweep_time_ms(swept_ms, now.wall_ms);
	s->sweep = (struct sweep){ 0 };
	s->pages = 0;
	for (enum journal i = 0; i < JOURNAL_COUNT; i++)
		s->sweep.before_ms[i] = keep_before_ms(keep.days[i], s->time_ms);
	s->stage = STAGE_REMOVING;
	s->next_ms = now.boot_ms + SWEEP_PAUSE_MS;
	return true;
}

/* A sweep is due a day after the last one, by both clocks: one on the wall that is years ahead
 * must not bring one on top of another. */
static bool wait_or_begin(struct sweeper *s, struct store *store, struct instant now,
			  struct err *err)
{
	int64_t asked, swept_ms;
	if (!store_fact(store, FACT_KEEP_ASKED, 0, &asked, err) ||
	    !store_fact(store, FACT_KEEP_SWEPT, 0, &swept_ms, err))
		return false;
	s->look_again = false;
	const int64_t due_ms = keep_next_sweep_ms(swept_ms, now.wall_ms);
	const int64_t due_boot_ms = now.boot_ms + due_ms - now.wall_ms;
	s->next_ms = due_boot_ms > s->rested_ms ? due_boot_ms : s->rested_ms;
	if (asked == 0 && s->next_ms > now.boot_ms)
		return swept_ms != 0 ||
		       store_set_fact(store, FACT_KEEP_SWEPT, now.wall_ms, err);
	return begin(s, store, swept_ms, now, err);
}

static bool remove_some(struct sweeper *s, struct store *store, struct err *err)
{
	bool done = false;
	if (!store_sweep_some(store, SWEEP_ROWS, &s->sweep, &done, err))
		return false;
	if (done)
		s->stage = STAGE_GIVING_BACK;
	return true;
}

static void tell(const struct sweeper *s)
{
	DEFER(buf_done) struct buf what = BUF_INIT(256);
	for (enum journal i = 0; i < JOURNAL_COUNT; i++)
		if (s->sweep.removed[i] > 0)
			buf_addf(&what, "%s%s: %" PRId64, what.len > 0 ? ", " : "",
				 journal_text(i), s->sweep.removed[i]);
	if (s->sweep.names > 0)
		buf_addf(&what, "%snames of deleted records: %" PRId64,
			 what.len > 0 ? ", " : "", s->sweep.names);
	if (what.len > 0)
		log_line(LOG_LEVEL_INFO,
			 "Older than it is kept, and removed: %s; pages given back: "
			 "%" PRId64,
			 buf_text(&what), s->pages);
}

static bool give_back_some(struct sweeper *s, struct store *store, struct instant now,
			   struct err *err)
{
	int64_t given = 0;
	if (!store_give_back_pages(store, SWEEP_PAGES, &given, err))
		return false;
	s->pages += given;
	if (given > 0)
		return true;
	tell(s);
	s->rested_ms = now.boot_ms + KEEP_EVERY_MS;
	s->stage = STAGE_WAITING;
	return store_set_fact(store, FACT_KEEP_SWEPT, s->time_ms, err);
}

static bool step(struct sweeper *s, struct store *store, struct instant now,
		 struct err *err)
{
	s->next_ms = now.boot_ms + SWEEP_PAUSE_MS;
	switch (s->stage) {
	case STAGE_WAITING: return wait_or_begin(s, store, now, err);
	case STAGE_REMOVING: return remove_some(s, store, err);
	case STAGE_GIVING_BACK: return give_back_some(s, store, now, err);
	}
	return true;
}

void sweeper_turn(struct sweeper *s, struct store *store, struct instant now)
{
	struct err err = { 0 };
	if (!s ||
	    (now.boot_ms < s->next_ms && !(s->look_again && s->stage == STAGE_WAITING)))
		return;
	/* Somebody writes: waiting for it would keep the engine. */
	if (s->stage != STAGE_WAITING && store_is_being_written(store)) {
		s->next_ms = now.boot_ms + SWEEP_PAUSE_MS;
		return;
	}
	if (step(s, store, now, &err))
		return;
	log_line(LOG_LEVEL_WARNING,
		 "What is older than it is kept could not be removed: %s; it is tried "
		 "again in an hour",
		 err.text);
	s->stage = STAGE_WAITING;
	s->next_ms = now.boot_ms + SWEEP_FAILED_MS;
	s->look_again = false;
}
