#include "tui/uptrends_windows.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "core/peers/uptrends_windows.h"
#include "core/store_schedule.h"
#include "core/store_sources.h"

struct bringing {
	struct store *store;
	struct uptrends_zone zone;
	char zone_name[ZONE_NAME_SIZE]; /* empty: it has to be named */
	int64_t now_ms;
	struct buf *plan, *notes;
	size_t nameless; /* recurring ones that wait for a zone's name */
	struct err *err;
	bool failed;
};

static bool find_monitor(struct bringing *b, const struct uptrends_window *window,
			 struct maintenance_target *ret)
{
	struct subject subject = { 0 };
	(void)text_cut(subject.guid, sizeof(subject.guid), window->monitor, GUID_SIZE);
	*ret = (struct maintenance_target){ .kind = TARGET_MONITOR };
	return store_subject_monitor(b->store, &subject, &ret->id, b->err);
}

/* ---- once ---- */

struct same {
	int64_t from_ms, until_ms;
	bool found;
};

static bool is_same(void *arg, const struct maintenance *window)
{
	struct same *same = arg;
	same->found =
		window->from_ms == same->from_ms && window->until_ms == same->until_ms;
	return !same->found;
}

static bool add_window(struct bringing *b, const struct uptrends_window *window,
		       const struct maintenance_target *target)
{
	struct maintenance *added = mem_new(1, sizeof(*added));
	struct same same = { .from_ms = window->from_ms, .until_ms = window->until_ms };
	struct filter of_monitor = FILTER_ALL;
	of_monitor.monitor_id = target->id;
	added->from_ms = window->from_ms;
	added->until_ms = window->until_ms;
	memcpy(added->note, window->note, sizeof(added->note));
	bool ok = store_list_maintenance(b->store, &of_monitor, is_same, &same, b->err);
	if (ok && !same.found) {
		ok = store_maintenance_add(b->store, added, target, 1, b->err);
		buf_addf(b->plan, "+ maintenance of monitor %s\n", window->monitor);
	}
	free(added);
	return ok;
}

/* ---- again and again ---- */

static bool says_the_same(const struct schedule *a, const struct schedule *b)
{
	return a->every == b->every && text_equal(a->days, b->days) &&
	       text_equal(a->from, b->from) && text_equal(a->until, b->until) &&
	       text_equal(a->zone, b->zone) && text_equal(a->note, b->note);
}

static bool put_schedule(struct bringing *b, struct schedule *schedule,
			 const struct maintenance_target *target)
{
	struct schedule *known = mem_new(1, sizeof(*known));
	bool found, ok;
	memcpy(schedule->zone, b->zone_name, sizeof(schedule->zone));
	schedule->active = true;
	ok = store_schedule_find(b->store, schedule->name, known, &found, b->err);
	if (ok && !(found && says_the_same(known, schedule))) {
		if (found) {
			schedule->head = known->head;
			schedule->active = known->active; /* paused here stays so */
		}
		ok = store_schedule_put(b->store, schedule, target, 1, b->err);
		buf_addf(b->plan, "%c maintenance %s\n", found ? '~' : '+',
			 schedule->name);
	}
	free(known);
	return ok;
}

/* ---- all ---- */

static bool bring(void *arg, struct uptrends_window *window)
{
	struct bringing *b = arg;
	struct maintenance_target target;
	bool ok = find_monitor(b, window, &target);
	if (!ok || target.id == 0 || (!window->recurs && window->until_ms <= b->now_ms))
		b->failed = !ok;
	else if (window->recurs && b->zone_name[0] == '\0')
		b->nameless++;
	else if (window->recurs)
		b->failed = !put_schedule(b, &window->schedule, &target);
	else
		b->failed = !add_window(b, window, &target);
	return !b->failed;
}

static bool take_zone(struct bringing *b, const struct json *account,
		      const struct uptrends_account *settings, struct zone **ret_named,
		      struct err *err)
{
	if (settings->zone[0] != '\0') {
		memcpy(b->zone_name, settings->zone, sizeof(b->zone_name));
		if (!zone_open(settings->zone, ret_named, err))
			return false;
		b->zone.named = *ret_named;
		return true;
	}
	if (uptrends_zone_read(json_get(account, "timezone"), &b->zone) &&
	    !uptrends_zone_name(&b->zone, b->zone_name))
		b->zone_name[0] = '\0';
	return true;
}

bool uptrends_import_windows(struct store *store, const struct json *account,
			     const struct uptrends_account *settings, int64_t now_ms,
			     struct buf *ret_plan, struct buf *ret_notes, struct err *err)
{
	DEFER(zone_free) struct zone *named = NULL;
	struct bringing b = { .store = store,
			      .now_ms = now_ms,
			      .plan = ret_plan,
			      .notes = ret_notes,
			      .err = err };
	if (!take_zone(&b, account, settings, &named, err) ||
	    (!uptrends_each_window(account, &b.zone, bring, &b, ret_notes) && b.failed))
		return false;
	if (b.nameless > 0)
		buf_addf(ret_notes,
			 "Maintenance that recurs was left out: %zu; the API tells no "
			 "name of the account's time zone: `hublink uptrends account "
			 "--zone Europe/Berlin`, say, and import again\n",
			 b.nameless);
	return true;
}
