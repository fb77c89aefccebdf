#include "core/judge/recur.h"

#include "core/base/clock.h"
#include "core/base/text.h"

/* Windows of a long absence are made no further back: nobody asks for older ones. */
#define ABSENCE_MAX_MS (366 * DAY_MS)

struct making {
	struct store *store;
	int64_t now_ms;
	bool ok;
	struct err *err;
};

/* "Backup: every day from 02:00 to 03:00 Europe/Berlin", as lists show it. */
static void fill_note(const struct schedule *schedule, struct maintenance *window)
{
	DEFER(buf_done) struct buf note = BUF_INIT(3 * MESSAGE_SIZE);
	buf_addf(&note, "%s: ", schedule->name);
	schedule_add_text(schedule, &note);
	if (schedule->note[0] != '\0')
		buf_addf(&note, "; %s", schedule->note);
	(void)text_cut(window->note, sizeof(window->note), buf_text(&note),
		       MESSAGE_CHARS_MAX);
	(void)!text_copy(window->created_by, sizeof(window->created_by), "recurring");
}

/* From where on its windows are made, and up to which beginning they are already. */
static bool begin(const struct making *m, const struct schedule *schedule,
		  int64_t *ret_after_ms, int64_t *ret_made_ms)
{
	struct schedule_made made;
	if (!store_schedule_made(m->store, schedule->head.id, &made, m->err))
		return false;
	const bool goes_on = made.current && made.until_ms > 0;
	*ret_made_ms = goes_on ? made.until_ms : 0;
	*ret_after_ms = goes_on ? made.until_ms : m->now_ms;
	if (*ret_after_ms < m->now_ms - ABSENCE_MAX_MS)
		*ret_after_ms = m->now_ms - ABSENCE_MAX_MS;
	return goes_on ||
	       store_schedule_unmake(m->store, schedule->head.id, m->now_ms, m->err);
}

static bool add_window(const struct making *m, const struct schedule *schedule,
		       int64_t from_ms, int64_t until_ms)
{
	DEFER(mem_free) struct maintenance *window = mem_new(1, sizeof(*window));
	window->from_ms = from_ms;
	window->until_ms = until_ms;
	fill_note(schedule, window);
	return store_schedule_add_window(m->store, schedule->head.id, window, m->err);
}

static bool make(const struct making *m, const struct schedule *schedule,
		 const struct recurrence *recurrence)
{
	int64_t after_ms, made_ms, from_ms = 0, until_ms = 0;
	bool found = schedule->active;
	if (!begin(m, schedule, &after_ms, &made_ms))
		return false;
	while (found && from_ms <= m->now_ms) {
		recurrence_next(recurrence, after_ms, &from_ms, &until_ms, &found);
		if (found && from_ms > made_ms &&
		    !add_window(m, schedule, from_ms, until_ms))
			return false;
		after_ms = until_ms;
	}
	return store_schedule_set_made(m->store, schedule->head.id,
				       found ? from_ms : INT64_MAX, m->err);
}

/* One whose zone cannot be read any more makes no windows, and stands in nobody's way. */
static bool make_of_one(void *arg, const struct schedule *schedule)
{
	struct making *m = arg;
	DEFER(recurrence_done) struct recurrence recurrence = { 0 };
	struct err why;
	m->ok = !recurrence_open(schedule, &recurrence, &why) ||
		make(m, schedule, &recurrence);
	return m->ok;
}

bool recur_make_windows(struct store *store, int64_t now_ms, struct err *err)
{
	struct making m = { .store = store, .now_ms = now_ms, .ok = true, .err = err };
	bool due;
	if (!store_schedules_due(store, now_ms, &due, err))
		return false;
	return !due || (store_list_schedules(store, make_of_one, &m, err) && m.ok);
}

bool recur_next(const struct schedule *schedule, int64_t now_ms, int64_t *ret_from_ms,
		int64_t *ret_until_ms, bool *ret_found, struct err *err)
{
	DEFER(recurrence_done) struct recurrence recurrence = { 0 };
	if (!recurrence_open(schedule, &recurrence, err))
		return false;
	recurrence_next(&recurrence, now_ms, ret_from_ms, ret_until_ms, ret_found);
	return true;
}
