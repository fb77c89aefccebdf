/* Maintenance windows (R11): made, extended, ended; and whom they cover. */
#include "core/judge/act.h"

#include <string.h>

#include "core/base/clock.h"
#include "core/base/text.h"
#include "core/judge/act_covered.h"
#include "core/judge/act_opened.h"

static void say_window(struct act *act, const struct maintenance *window,
		       const char *what)
{
	char from[TIME_TEXT_SIZE], until[TIME_TEXT_SIZE];
	char from_utc[TIME_TEXT_SIZE], until_utc[TIME_TEXT_SIZE];

	act_add_sentence(act, "Maintenance window #%lld %s: %s to %s (%s to %s)",
			 (long long)window->head.id, what,
			 time_format_utc_seconds(from_utc, window->from_ms),
			 time_format_utc_seconds(until_utc, window->until_ms),
			 time_format_local(from, window->from_ms),
			 time_format_local(until, window->until_ms));
}

/* ---- made ---- */

static bool check_times(int64_t from_ms, int64_t until_ms, int64_t now_ms,
			struct err *err)
{
	char text[TIME_TEXT_SIZE];

	if (until_ms <= from_ms)
		return fail(err, ERR_INVALID,
			    "The window would end at %s, not after it begins; give a "
			    "later end",
			    time_format_utc(text, until_ms));
	if (until_ms <= now_ms)
		return fail(err, ERR_INVALID,
			    "The window would end at %s, which is over; give a later end",
			    time_format_utc(text, until_ms));
	return true;
}

static bool fill_window(struct maintenance *window, int64_t from_ms, int64_t until_ms,
			const char *note, struct err *err)
{
	window->from_ms = from_ms;
	window->until_ms = until_ms;
	if (!note)
		return true;
	if (!utf8_valid(note, strlen(note)) || text_length(note) > MESSAGE_CHARS_MAX ||
	    !text_copy(window->note, sizeof(window->note), note))
		return fail(err, ERR_INVALID,
			    "The note is not valid UTF-8 of at most %d characters",
			    (int)MESSAGE_CHARS_MAX);
	return true;
}

static bool keep_targets(void *arg, const struct maintenance *listed)
{
	struct maintenance *window = arg;

	if (listed->head.id == window->head.id)
		memcpy(window->targets, listed->targets, sizeof(window->targets));
	return false;
}

/* What it names, in words, for the audit: only the list tells. */
static bool read_targets(struct store *store, struct maintenance *window, struct err *err)
{
	struct filter newest = FILTER_ALL;

	newest.limit = 1;
	return store_list_maintenance(store, &newest, keep_targets, window, err);
}

bool act_maintenance_add(struct store *store, const struct maintenance_target *targets,
			 size_t count, int64_t from_ms, int64_t until_ms,
			 const char *note, int64_t now_ms, struct act_result *ret,
			 struct err *err)
{
	DEFER(act_done)
	struct act act = { .store = store, .now_ms = now_ms, .ret = ret };
	DEFER(mem_free)
	struct maintenance *window = mem_new(1, sizeof(*window));

	if (!count)
		return fail(err, ERR_INVALID,
			    "A window covers something: name a monitor, group:G or "
			    "service:S");
	if (!check_times(from_ms, until_ms, now_ms, err) ||
	    !fill_window(window, from_ms, until_ms, note, err) || !act_begin(&act, err) ||
	    !store_maintenance_add(store, window, targets, count, err) ||
	    !read_targets(store, window, err))
		return false;
	ret->window_id = window->head.id;
	say_window(&act, window, "is set");
	if (!act_say_covered(&act, window->head.id, err))
		return false;
	return act_commit(&act, "create", "maintenance", window->head.id, window->targets,
			  NULL, buf_text(&ret->said), err);
}

/* ---- moved ---- */

static bool load_window(struct act *act, int64_t id, struct maintenance *ret,
			struct err *err)
{
	char text[TIME_TEXT_SIZE];

	if (!act_begin(act, err) ||
	    !store_get(act->store, RECORD_MAINTENANCE, id, ret, err))
		return false;
	if (ret->until_ms > act->now_ms)
		return true;
	return fail(err, ERR_REFUSED,
		    "Maintenance window #%lld ended at %s; add a new one with `hublink "
		    "mute`",
		    (long long)id, time_format_utc(text, ret->until_ms));
}

bool act_maintenance_extend(struct store *store, int64_t id, int64_t until_ms,
			    int64_t now_ms, struct act_result *ret, struct err *err)
{
	DEFER(act_done)
	struct act act = { .store = store, .now_ms = now_ms, .ret = ret };
	DEFER(mem_free)
	struct maintenance *window = mem_new(1, sizeof(*window));
	char text[TIME_TEXT_SIZE];

	if (!load_window(&act, id, window, err))
		return false;
	if (until_ms <= window->until_ms)
		return fail(err, ERR_INVALID,
			    "Maintenance window #%lld ends at %s already; give a later "
			    "end, or end it with `hublink maintenance end %lld`",
			    (long long)id, time_format_utc(text, window->until_ms),
			    (long long)id);
	window->until_ms = until_ms;
	if (!store_put(store, RECORD_MAINTENANCE, window, err))
		return false;
	ret->window_id = id;
	say_window(&act, window, "is extended");
	return act_say_covered(&act, id, err) && act_commit_audited(&act, err);
}

/* What still lasts is judged then (R11): the end is a timer of the judge, and due. */
bool act_maintenance_end(struct store *store, int64_t id, int64_t now_ms,
			 struct act_result *ret, struct err *err)
{
	DEFER(act_done)
	struct act act = { .store = store, .now_ms = now_ms, .ret = ret };
	DEFER(mem_free)
	struct maintenance *window = mem_new(1, sizeof(*window));
	int64_t newest_id;

	if (!load_window(&act, id, window, err))
		return false;
	window->until_ms = now_ms;
	if (window->from_ms > now_ms)
		window->from_ms = now_ms; /* it had not begun */
	if (!store_put(store, RECORD_MAINTENANCE, window, err))
		return false;
	ret->window_id = id;
	say_window(&act, window, "is ended");
	return act_newest_delivery(&act, &newest_id, err) &&
	       judge_all(store, now_ms, err) && act_say_opened(&act, newest_id, err) &&
	       act_commit_audited(&act, err);
}
