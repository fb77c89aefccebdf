#include "core/judge/act_recurring.h"

#include <stdio.h>

#include "core/base/clock.h"
#include "core/base/text.h"
#include "core/judge/act_covered.h"
#include "core/judge/act_scope.h"
#include "core/judge/recur.h"

enum { WHAT_MAX = 4 * MESSAGE_SIZE };

/* "group:web every day 02:00". */
static bool name_it(struct schedule *schedule, const char *covers, struct err *err)
{
	DEFER(buf_done) struct buf name = BUF_INIT(WHAT_MAX);
	if (schedule->name[0] != '\0')
		return field_check_name(schedule->name, err);
	buf_addf(&name, "%s every %s %s", covers, schedule_every_text(schedule->every),
		 schedule->from);
	(void)text_cut(schedule->name, sizeof(schedule->name), buf_text(&name),
		       NAME_CHARS_MAX);
	return true;
}

static const char *first_name(const struct maintenance_target *targets)
{
	return targets[0].kind == TARGET_GROUP ? targets[0].group : "maintenance";
}

bool act_recurring_check(const struct schedule *schedule, int64_t now_ms, struct err *err)
{
	int64_t from_ms, until_ms;
	bool found;

	if (!recur_next(schedule, now_ms, &from_ms, &until_ms, &found, err))
		return false;
	return found ||
	       fail(err, ERR_INVALID,
		    "Last is over, or there is no such day: it never comes round");
}

static bool check(struct schedule *schedule, const struct maintenance_target *targets,
		  size_t count, int64_t now_ms, struct err *err)
{
	if (!count)
		return fail(err, ERR_INVALID,
			    "A window covers something: name a monitor, group:G or "
			    "service:S");
	if (schedule->zone[0] == '\0')
		zone_local_name(schedule->zone);
	return name_it(schedule, first_name(targets), err) &&
	       act_recurring_check(schedule, now_ms, err);
}

struct newest {
	int64_t id, from_ms, until_ms;
};

static bool keep_newest(void *arg, const struct maintenance *window)
{
	*(struct newest *)arg =
		(struct newest){ window->head.id, window->from_ms, window->until_ms };
	return false; /* newest first */
}

/* Windows are made in order of time: of two the first one goes on now. */
static bool say_next(struct act *act, const struct schedule *schedule, struct err *err)
{
	char from[TIME_TEXT_SIZE], until[TIME_TEXT_SIZE];
	DEFER(buf_done) struct buf what = BUF_INIT(WHAT_MAX);
	struct newest next = { 0 };
	struct filter newest = FILTER_ALL;

	newest.limit = 1;
	if (!store_list_maintenance(act->store, &newest, keep_newest, &next, err))
		return false;
	act->ret->window_id = next.id;
	schedule_add_text(schedule, &what);
	act_add_sentence(act, "Maintenance '%s' recurs %s; next: %s to %s (window #%lld)",
			 schedule->name, buf_text(&what),
			 time_format_local(from, next.from_ms),
			 time_format_local(until, next.until_ms), (long long)next.id);
	return act_say_covered(act, next.id, err);
}

bool act_recurring_add(struct store *store, struct schedule *schedule,
		       const struct maintenance_target *targets, size_t count,
		       int64_t now_ms, struct act_result *ret, struct err *err)
{
	DEFER(act_done)
	struct act act = { .store = store, .now_ms = now_ms, .ret = ret };

	schedule->active = true;
	if (!check(schedule, targets, count, now_ms, err) || !act_begin(&act, err) ||
	    !store_put(store, RECORD_SCHEDULE, schedule, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!store_schedule_set_target(store, schedule->head.id, &targets[i],
					       true, err))
			return false;
	return recur_make_windows(store, now_ms, err) && say_next(&act, schedule, err) &&
	       act_commit_audited(&act, err);
}

static bool find(struct store *store, const char *name, struct schedule *ret,
		 struct err *err)
{
	bool found;

	if (!store_schedule_find(store, name, ret, &found, err))
		return false;
	char quoted[NAME_SIZE + 2];
	(void)snprintf(quoted, sizeof(quoted), "'%s'", name);
	return found || record_missing(RECORD_SCHEDULE, quoted, err);
}

bool act_recurring_delete(struct store *store, const char *name, int64_t now_ms,
			  struct act_result *ret, struct err *err)
{
	DEFER(act_done)
	struct act act = { .store = store, .now_ms = now_ms, .ret = ret };
	DEFER(mem_free) struct schedule *schedule = mem_new(1, sizeof(*schedule));

	if (!act_begin(&act, err) || !find(store, name, schedule, err) ||
	    !store_delete(store, RECORD_SCHEDULE, schedule->head.id, err))
		return false;
	act_add_sentence(&act,
			 "Maintenance '%s' recurs no more; a window of it that has begun "
			 "goes on to its end",
			 name);
	return act_commit_audited(&act, err);
}

/* Says when it comes round next, once it does again. */
static bool say_resumed(struct act *act, const struct schedule *schedule, struct err *err)
{
	char from[TIME_TEXT_SIZE], until[TIME_TEXT_SIZE];
	int64_t from_ms, until_ms;
	bool found;

	if (!recur_next(schedule, act->now_ms, &from_ms, &until_ms, &found, err))
		return false;
	if (found)
		act_add_sentence(act, "Maintenance '%s' recurs again; next: %s to %s",
				 schedule->name, time_format_local(from, from_ms),
				 time_format_local(until, until_ms));
	else
		act_add_sentence(act,
				 "Maintenance '%s' is active again, but Last is over",
				 schedule->name);
	return true;
}

bool act_recurring_pause(struct store *store, const char *name, bool paused,
			 int64_t now_ms, struct act_result *ret, struct err *err)
{
	DEFER(act_done)
	struct act act = { .store = store, .now_ms = now_ms, .ret = ret };
	DEFER(mem_free) struct schedule *schedule = mem_new(1, sizeof(*schedule));

	if (!act_begin(&act, err) || !find(store, name, schedule, err))
		return false;
	if (schedule->active != paused)
		return fail(err, ERR_REFUSED, "Maintenance '%s' is %s already", name,
			    paused ? "paused" : "active");
	schedule->active = !paused;
	if (!store_put(store, RECORD_SCHEDULE, schedule, err) ||
	    !recur_make_windows(store, now_ms, err))
		return false;
	if (paused)
		act_add_sentence(
			&act,
			"Maintenance '%s' is paused: it makes no windows until "
			"`hublink maintenance resume`; one that has begun goes on "
			"to its end",
			name);
	else if (!say_resumed(&act, schedule, err))
		return false;
	return act_commit_audited(&act, err);
}
