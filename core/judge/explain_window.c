/* Which maintenance window keeps a monitor silent. */
#include "core/judge/explain.h"

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
