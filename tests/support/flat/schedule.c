/* Nothing recurs in the flat store: its windows are made by the histories. */
#include "core/store_schedule.h"

#include "tests/support/flat/store.h"

bool store_schedules_due(struct store *store, int64_t now_ms, bool *ret, struct err *err)
{
	(void)store, (void)now_ms, (void)err;
	*ret = false;
	return true;
}

bool store_list_schedules(struct store *store, schedule_fn *row, void *arg,
			  struct err *err)
{
	(void)store, (void)row, (void)arg, (void)err;
	return true;
}

static bool break_promise(struct store *store)
{
	flat_broken(store, "R11: a window is made of nothing that recurs");
	return true;
}

bool store_schedule_made(struct store *store, int64_t id, struct schedule_made *ret,
			 struct err *err)
{
	(void)id, (void)err;
	*ret = (struct schedule_made){ 0 };
	return break_promise(store);
}

bool store_schedule_unmake(struct store *store, int64_t id, int64_t after_ms,
			   struct err *err)
{
	(void)id, (void)after_ms, (void)err;
	return break_promise(store);
}

bool store_schedule_add_window(struct store *store, int64_t id,
			       const struct maintenance *window, struct err *err)
{
	(void)id, (void)window, (void)err;
	return break_promise(store);
}

bool store_schedule_set_made(struct store *store, int64_t id, int64_t until_ms,
			     struct err *err)
{
	(void)id, (void)until_ms, (void)err;
	return break_promise(store);
}
