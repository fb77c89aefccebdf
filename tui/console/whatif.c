#include "tui/console/whatif.h"

#include <string.h>

#include "core/base/clock.h"
#include "core/base/text.h"

enum { TICK_CELLS_LEAST = 8 };

/* A row of cells being filled. */
struct cells {
	char at[WHATIF_COLUMNS_MAX + 1];
	int count;
};

static struct cells blank(const struct whatif_scale *scale, char with)
{
	struct cells cells = { .count = scale->columns };

	memset(cells.at, with, (size_t)cells.count);
	return cells;
}

static int cell_of(const struct whatif_scale *scale, int64_t at_ms)
{
	int64_t cell = WHATIF_LEAD + at_ms / scale->step_ms;

	return cell < scale->columns ? (int)cell : scale->columns;
}

static void put(struct cells *cells, int cell, char what)
{
	if (cell >= 0 && cell < cells->count)
		cells->at[cell] = what;
}

static void put_range(struct cells *cells, int begin, int end, char what)
{
	for (int i = begin; i < end; i++)
		put(cells, i, what);
}

/* ---- the scale ---- */

static int64_t nice_step(int64_t least_ms)
{
	static const int64_t steps[] = {
		SECOND_MS,      2 * SECOND_MS,  5 * SECOND_MS,  10 * SECOND_MS,
		15 * SECOND_MS, 30 * SECOND_MS, MINUTE_MS,      2 * MINUTE_MS,
		5 * MINUTE_MS,  10 * MINUTE_MS, 15 * MINUTE_MS, 30 * MINUTE_MS,
		HOUR_MS,        2 * HOUR_MS,    3 * HOUR_MS,    6 * HOUR_MS,
		12 * HOUR_MS,   DAY_MS,         2 * DAY_MS,     7 * DAY_MS,
		30 * DAY_MS,
	};

	for (size_t i = 0; i < COUNT_OF(steps); i++)
		if (steps[i] >= least_ms)
			return steps[i];
	return least_ms;
}

struct whatif_scale whatif_scale_of(int64_t error_for_ms, int64_t every_ms,
				    int64_t last_ms, int columns)
{
	struct whatif_scale scale = {
		.every_ms = every_ms,
		.ok_ms = (error_for_ms + every_ms - 1) / every_ms * every_ms,
		.columns = columns < WHATIF_COLUMNS_MAX ? columns : WHATIF_COLUMNS_MAX,
	};
	if (scale.columns <= 2 * WHATIF_LEAD)
		scale.columns = 2 * WHATIF_LEAD + 1;
	int64_t span_ms = last_ms > scale.ok_ms ? last_ms : scale.ok_ms;
	/* As much room behind the end as before the beginning. */
	int64_t cells = scale.columns - 2 * WHATIF_LEAD;

	scale.step_ms = nice_step(span_ms / cells + 1);
	return scale;
}

int64_t whatif_trigger_ms(const struct whatif_scale *scale, int64_t after_errors,
			  int64_t after_minutes)
{
	int64_t at_ms = after_errors > 0 ? (after_errors - 1) * scale->every_ms
					 : after_minutes * MINUTE_MS;

	return at_ms < scale->ok_ms ? at_ms : -1; /* at equal times the OK goes first */
}

/* ---- rows ---- */

void whatif_add_axis(const struct whatif_scale *scale, struct buf *ret)
{
	char text[DURATION_TEXT_SIZE];
	size_t before = ret->len;

	int64_t tick_ms = nice_step(TICK_CELLS_LEAST * scale->step_ms);

	for (int64_t at_ms = 0;; at_ms += tick_ms) {
		int cell = cell_of(scale, at_ms);
		const char *label = at_ms == 0 ? "0" : duration_format_short(text, at_ms);
		if (cell + (int)strlen(label) > scale->columns)
			break;
		while (ret->len - before < (size_t)cell)
			buf_addc(ret, ' ');
		buf_adds(ret, label);
	}
}

void whatif_add_mark(const struct whatif_scale *scale, int64_t at_ms, struct buf *ret)
{
	for (int i = 0; i < cell_of(scale, at_ms); i++)
		buf_addc(ret, ' ');
	buf_addc(ret, 'v');
}

void whatif_add_monitor(const struct whatif_scale *scale, struct buf *ret)
{
	struct cells cells = blank(scale, '.');

	put_range(&cells, cell_of(scale, 0), cell_of(scale, scale->ok_ms), '#');
	buf_add(ret, cells.at, (size_t)cells.count);
}

void whatif_add_level(const struct whatif_scale *scale, int64_t trigger_ms,
		      struct buf *ret)
{
	struct cells cells = blank(scale, ' ');

	if (trigger_ms >= 0) {
		int begin = cell_of(scale, trigger_ms);
		int end = cell_of(scale, scale->ok_ms);
		put_range(&cells, begin, end, '-');
		put(&cells, end, 'o');
		put(&cells, begin, '^');
	}
	buf_add(ret, cells.at, (size_t)cells.count);
}

/* From this update on the page says so. */
static char letter_of(const struct simulated_update *update)
{
	return update->service_status == SERVICE_OPERATIONAL ? 'M' : 'D';
}

void whatif_add_service(const struct whatif_scale *scale,
			const struct simulated_update *updates, size_t count,
			const struct simulated_update *service, struct buf *ret)
{
	struct cells cells = blank(scale, '.');

	for (size_t i = 0; i < count; i++) {
		const struct simulated_update *update = &updates[i];
		int cell = cell_of(scale, update->after_ms);
		if (!text_equal(update->service, service->service) ||
		    !text_equal(update->integration, service->integration))
			continue;
		if (update->held)
			put(&cells, cell, 'h');
		else if (update->alert == ALERT_REMINDER)
			put(&cells, cell, 'R');
		else
			put_range(&cells, cell, cells.count, letter_of(update));
	}
	buf_add(ret, cells.at, (size_t)cells.count);
}
