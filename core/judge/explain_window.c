/* Which maintenance keeps a monitor silent: a window, or what will make one. */
#include "core/base/text.h"
#include "core/judge/explain.h"
#include "core/judge/recur.h"

struct window_search {
	struct store *store;
	int64_t monitor_id, at_ms;
	int64_t best_id, best_until_ms;
	bool covers;
	bool ok;
	struct err *err;
};

static bool is_monitor(void *arg, const void *rec)
{
	struct window_search *search = arg;
	const struct monitor *monitor = rec;

	search->covers = search->covers || monitor->head.id == search->monitor_id;
	return !search->covers;
}

static bool consider_window(void *arg, const struct maintenance *window)
{
	struct window_search *search = arg;

	if (window->from_ms > search->at_ms || window->until_ms <= search->at_ms ||
	    window->until_ms <= search->best_until_ms)
		return true;
	search->covers = false;
	search->ok = store_maintenance_covers(search->store, window->head.id, is_monitor,
					      NULL, search, search->err);
	if (search->covers) {
		search->best_id = window->head.id;
		search->best_until_ms = window->until_ms;
	}
	return search->ok;
}

bool explain_window(struct store *store, int64_t monitor_id, int64_t at_ms,
		    int64_t *ret_id, struct err *err)
{
	struct window_search search = { .store = store,
					.monitor_id = monitor_id,
					.at_ms = at_ms,
					.ok = true,
					.err = err };

	if (!store_list_maintenance(store, &FILTER_ALL, consider_window, &search, err) ||
	    !search.ok)
		return false;
	*ret_id = search.best_id;
	return true;
}

/* ---- windows that are not made yet ---- */

struct recurring_search {
	struct store *store;
	int64_t monitor_id, at_ms;
	int64_t until_ms;
	char *name;
	bool covers, ok;
	struct err *err;
};

struct group_search {
	const char *group;
	bool found;
};

static bool is_group(void *arg, const char *group)
{
	struct group_search *search = arg;

	search->found = search->found || text_equal(search->group, group);
	return !search->found;
}

static bool is_link(void *arg, const struct link_row *row)
{
	(void)row;
	*(bool *)arg = true;
	return false;
}

/* As windows do: by name, by a group of it, by a service that a link of it leads to. */
static bool covers(void *arg, const struct maintenance_target *target, const char *name)
{
	struct recurring_search *search = arg;
	struct group_search group = { .group = target->group };
	struct filter links = FILTER_ALL;

	(void)name;
	if (target->kind == TARGET_MONITOR)
		search->covers = target->id == search->monitor_id;
	if (target->kind == TARGET_GROUP) {
		search->ok = store_groups_of_monitor(search->store, search->monitor_id,
						     is_group, &group, search->err);
		search->covers = group.found;
	}
	if (target->kind == TARGET_SERVICE) {
		links.monitor_id = search->monitor_id;
		links.service_id = target->id;
		links.limit = 1;
		search->ok = store_list_links(search->store, &links, is_link,
					      &search->covers, search->err);
	}
	return search->ok && !search->covers;
}

/* Is the time that comes round then still to be made? One that was made is a window, which
 * may have been moved or ended since. */
static bool is_to_be_made(struct recurring_search *search,
			  const struct schedule *schedule, int64_t *ret_until_ms)
{
	struct schedule_made made;
	int64_t from_ms;
	struct err unread = { 0 };
	bool found = false;

	if (!schedule->active ||
	    !recur_next(schedule, search->at_ms, &from_ms, ret_until_ms, &found,
			&unread) ||
	    !found || from_ms > search->at_ms || *ret_until_ms <= search->until_ms)
		return false;
	search->ok =
		store_schedule_made(search->store, schedule->head.id, &made, search->err);
	return search->ok && (!made.current || from_ms > made.until_ms);
}

static bool consider_schedule(void *arg, const struct schedule *schedule)
{
	struct recurring_search *search = arg;
	int64_t until_ms = 0;

	if (!is_to_be_made(search, schedule, &until_ms))
		return search->ok;
	search->covers = false;
	search->ok = store_schedule_covers(search->store, schedule->head.id, covers,
					   search, search->err) &&
		     search->ok;
	if (search->ok && search->covers) {
		search->until_ms = until_ms;
		(void)!text_copy(search->name, NAME_SIZE, schedule->name);
	}
	return search->ok;
}

bool explain_recurring(struct store *store, int64_t monitor_id, int64_t at_ms,
		       int64_t *ret_until_ms, char ret_name[NAME_SIZE], struct err *err)
{
	struct recurring_search search = { .store = store,
					   .monitor_id = monitor_id,
					   .at_ms = at_ms,
					   .name = ret_name,
					   .ok = true,
					   .err = err };

	if (!store_list_schedules(store, consider_schedule, &search, err) || !search.ok)
		return false;
	*ret_until_ms = search.until_ms;
	return true;
}
