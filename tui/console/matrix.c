#include "tui/console/matrix.h"

#include <stdlib.h>

#include "core/base/text.h"
#include "tui/console/match.h"

/* ---- axes ---- */

static void axis_empty(struct axis *axis)
{
	for (size_t i = 0; i < axis->count; i++)
		free(axis->items[i].name);
	axis->count = 0;
}

static void axis_done(struct axis *axis)
{
	axis_empty(axis);
	free(axis->items);
	free(axis->shown);
	free(axis->marks);
	free(axis->filter);
	*axis = (struct axis){ 0 };
}

static void axis_begin(struct axis *axis)
{
	axis->mark_count = 0;
	for (size_t i = 0; i < axis->count; i++)
		if (axis->items[i].marked)
			VEC_PUSH(axis->marks, axis->mark_count, axis->mark_capacity) =
				axis->items[i].id;
	axis_empty(axis);
}

static bool was_marked(const struct axis *axis, int64_t id)
{
	for (size_t i = 0; i < axis->mark_count; i++)
		if (axis->marks[i] == id)
			return true;
	return false;
}

void axis_add(struct axis *axis, int64_t id, const char *name)
{
	VEC_PUSH(axis->items, axis->count, axis->capacity) = (struct axis_item){
		.id = id, .name = mem_strdup(name), .marked = was_marked(axis, id)
	};
}

/* The cursor stays on its object; where that is gone or not shown, as near as can be. */
static void axis_show(struct axis *axis)
{
	axis->shown_count = 0;
	for (size_t i = 0; i < axis->count; i++) {
		if (axis->filter != NULL &&
		    !match_contains(axis->items[i].name, axis->filter))
			continue;
		if (axis->items[i].id == axis->cursor_id)
			axis->cursor = axis->shown_count;
		VEC_PUSH(axis->shown, axis->shown_count, axis->shown_capacity) = i;
	}
	axis_move(axis, 0);
}

void axis_set_filter(struct axis *axis, const char *filter)
{
	free(axis->filter);
	axis->filter = filter != NULL && filter[0] != '\0' ? mem_strdup(filter) : NULL;
	axis_show(axis);
}

void axis_move(struct axis *axis, long step)
{
	long last = axis->shown_count > 0 ? (long)axis->shown_count - 1 : 0;
	long to = (long)axis->cursor + step;

	axis->cursor = (size_t)(to < 0 ? 0 : to > last ? last : to);
	const struct axis_item *item = axis_current(axis);
	if (item != NULL)
		axis->cursor_id = item->id;
}

void axis_scroll(struct axis *axis, size_t visible)
{
	if (visible == 0)
		visible = 1;
	if (axis->cursor < axis->first)
		axis->first = axis->cursor;
	if (axis->cursor >= axis->first + visible)
		axis->first = axis->cursor - visible + 1;
	if (axis->first + visible > axis->shown_count)
		axis->first =
			axis->shown_count > visible ? axis->shown_count - visible : 0;
}

const struct axis_item *axis_at(const struct axis *axis, size_t position)
{
	return position < axis->shown_count ? &axis->items[axis->shown[position]] : NULL;
}

const struct axis_item *axis_current(const struct axis *axis)
{
	return axis_at(axis, axis->cursor);
}

size_t axis_marked(const struct axis *axis)
{
	size_t marked = 0;

	for (size_t i = 0; i < axis->shown_count; i++)
		marked += axis_at(axis, i)->marked;
	return marked;
}

void axis_mark(struct axis *axis)
{
	if (axis->cursor < axis->shown_count) {
		struct axis_item *item = &axis->items[axis->shown[axis->cursor]];
		item->marked = !item->marked;
	}
}

void axis_unmark(struct axis *axis)
{
	for (size_t i = 0; i < axis->count; i++)
		axis->items[i].marked = false;
}

/* Is this one acted on: marked, or the cursor's where nothing is marked? */
static bool is_target(const struct axis *axis, size_t position, size_t marked)
{
	return marked > 0 ? axis_at(axis, position)->marked : position == axis->cursor;
}

/* ---- links ---- */

static int compare(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

static int compare_cells(const void *a, const void *b)
{
	const struct link_cell *x = a, *y = b;
	int order = compare(x->monitor_id, y->monitor_id);

	if (order == 0)
		order = compare(x->service_id, y->service_id);
	return order != 0 ? order : compare(x->level, y->level);
}

void matrix_done(struct matrix *matrix)
{
	axis_done(&matrix->monitors);
	axis_done(&matrix->services);
	free(matrix->links);
	matrix->links = NULL;
	matrix->link_count = matrix->link_capacity = 0;
}

void matrix_begin(struct matrix *matrix)
{
	axis_begin(&matrix->monitors);
	axis_begin(&matrix->services);
	matrix->link_count = 0;
}

void matrix_add_link(struct matrix *matrix, const struct link_cell *cell)
{
	VEC_PUSH(matrix->links, matrix->link_count, matrix->link_capacity) = *cell;
}

/* The first link at or after this one. */
static size_t lower_bound(const struct matrix *matrix, int64_t monitor_id,
			  int64_t service_id)
{
	const struct link_cell wanted = { 0, monitor_id, service_id, 0 };
	size_t begin = 0;
	size_t end = matrix->link_count;

	while (begin < end) {
		size_t middle = begin + (end - begin) / 2;
		if (compare_cells(&matrix->links[middle], &wanted) < 0)
			begin = middle + 1;
		else
			end = middle;
	}
	return begin;
}

/* Cells that are linked at any level, not links. */
static bool begins_cell(const struct matrix *matrix, size_t i)
{
	const struct link_cell *here = &matrix->links[i];

	return i == 0 || here[-1].monitor_id != here->monitor_id ||
	       here[-1].service_id != here->service_id;
}

struct place {
	int64_t id;
	struct axis_item *item;
};

static int compare_places(const void *a, const void *b)
{
	return compare(((const struct place *)a)->id, ((const struct place *)b)->id);
}

static void count_links(const struct matrix *matrix, struct axis *axis, bool rows)
{
	struct place *places = mem_new(axis->count + 1, sizeof(*places));

	for (size_t i = 0; i < axis->count; i++)
		places[i] = (struct place){ axis->items[i].id, &axis->items[i] };
	qsort(places, axis->count, sizeof(*places), compare_places);
	for (size_t i = 0; i < matrix->link_count; i++) {
		const struct link_cell *link = &matrix->links[i];
		const struct place wanted = { rows ? link->monitor_id : link->service_id,
					      NULL };
		struct place *place = begins_cell(matrix, i)
					      ? bsearch(&wanted, places, axis->count,
							sizeof(wanted), compare_places)
					      : NULL;
		if (place != NULL)
			place->item->links++;
	}
	free(places);
}

void matrix_end(struct matrix *matrix)
{
	if (matrix->link_count > 1)
		qsort(matrix->links, matrix->link_count, sizeof(*matrix->links),
		      compare_cells);
	count_links(matrix, &matrix->monitors, true);
	count_links(matrix, &matrix->services, false);
	axis_show(&matrix->monitors);
	axis_show(&matrix->services);
}

unsigned matrix_levels(const struct matrix *matrix, int64_t monitor_id,
		       int64_t service_id)
{
	unsigned levels = 0;

	for (size_t i = lower_bound(matrix, monitor_id, service_id);
	     i < matrix->link_count && matrix->links[i].monitor_id == monitor_id &&
	     matrix->links[i].service_id == service_id;
	     i++)
		levels |= 1U << matrix->links[i].level;
	return levels;
}

/* ---- painting ---- */

static int64_t link_at(const struct matrix *matrix, int64_t monitor_id,
		       int64_t service_id, int level)
{
	for (size_t i = lower_bound(matrix, monitor_id, service_id);
	     i < matrix->link_count && matrix->links[i].monitor_id == monitor_id &&
	     matrix->links[i].service_id == service_id;
	     i++)
		if (matrix->links[i].level == level)
			return matrix->links[i].link_id;
	return 0;
}

static void set_link(const struct matrix *matrix, int64_t monitor_id, int64_t service_id,
		     int level, bool linked, struct link_changes *ret)
{
	int64_t link_id = link_at(matrix, monitor_id, service_id, level);

	if ((link_id != 0) == linked)
		return;
	link_changes_add(ret, (struct link_change){
				      .link_id = link_id,
				      .level_id = linked ? matrix->level_ids[level] : 0,
				      .integration_id = matrix->integration_id,
				      .monitor_id = monitor_id,
				      .service_id = service_id });
}

static void paint_row(const struct matrix *matrix, int64_t monitor_id, bool linked,
		      struct link_changes *ret)
{
	const struct axis *services = &matrix->services;
	size_t marked = axis_marked(services);

	for (size_t i = 0; i < services->shown_count; i++)
		if (is_target(services, i, marked))
			set_link(matrix, monitor_id, axis_at(services, i)->id,
				 matrix->level, linked, ret);
}

static void paint_all(const struct matrix *matrix, bool linked, struct link_changes *ret)
{
	const struct axis *monitors = &matrix->monitors;
	size_t marked = axis_marked(monitors);

	for (size_t i = 0; i < monitors->shown_count; i++)
		if (is_target(monitors, i, marked))
			paint_row(matrix, axis_at(monitors, i)->id, linked, ret);
}

void matrix_paint(const struct matrix *matrix, struct link_changes *ret)
{
	paint_all(matrix, true, ret);
	if (ret->count == 0)
		paint_all(matrix, false, ret);
}

void matrix_paste(const struct matrix *matrix, int64_t monitor_id,
		  struct link_changes *ret)
{
	const struct axis *monitors = &matrix->monitors;
	const struct axis *services = &matrix->services;
	size_t marked = axis_marked(monitors);

	for (size_t i = 0; i < monitors->shown_count; i++) {
		int64_t to_id = axis_at(monitors, i)->id;
		if (!is_target(monitors, i, marked) || to_id == monitor_id)
			continue;
		for (size_t j = 0; j < services->count; j++) {
			int64_t service_id = services->items[j].id;
			unsigned like = matrix_levels(matrix, monitor_id, service_id);
			for (int level = 1; level <= LEVELS_MAX; level++)
				set_link(matrix, to_id, service_id, level,
					 (like >> level & 1U) != 0, ret);
		}
	}
}

void matrix_add_cell(unsigned levels, struct buf *ret)
{
	if (levels == 0)
		buf_addc(ret, '.');
	for (int level = 1; level <= LEVELS_MAX; level++)
		if ((levels >> level & 1U) != 0)
			buf_addf(ret, "%d", level);
}
