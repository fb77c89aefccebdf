#include "tui/console/whatif_draw.h"

#include <string.h>

#include "core/base/text.h"

enum { LABEL_WIDE = 24, LABEL_NARROW = 12 };

static enum role cell_role(char cell)
{
	switch (cell) {
	case '#':
	case 'D': return ROLE_BAD;
	case 'M':
	case 'o': return ROLE_OK;
	case '^':
	case 'h': return ROLE_WARN;
	case 'R': return ROLE_INFO;
	default: return ROLE_DIM;
	}
}

/* A run of the same letters at a time. */
static void draw_cells(struct rect line, const char *cells)
{
	int x = line.x;

	while (*cells != '\0') {
		char part[WHATIF_COLUMNS_MAX + 1] = "";
		size_t bytes = strspn(cells, (char[]){ *cells, '\0' });
		memcpy(part, cells, bytes);
		x += paint_text(line.y, x, line.x + line.columns - x, cell_role(*cells),
				part);
		cells += bytes;
	}
}

struct picture {
	struct whatif_scale scale;
	struct rect area; /* what is left of it */
	int label;
};

/* The label, and the cells behind it; goes to the next row. */
static void draw_row(struct picture *picture, const char *label, const struct buf *cells)
{
	struct rect *area = &picture->area;
	struct rect line = { area->y, area->x + picture->label + 1, 1,
			     area->columns - picture->label - 1 };

	if (area->rows <= 0)
		return;
	(void)paint_text(area->y, area->x + 1, picture->label - 1, ROLE_TEXT, label);
	draw_cells(line, buf_text(cells));
	area->y++;
	area->rows--;
}

static void draw_axis(struct picture *picture, int64_t mark_ms)
{
	DEFER(buf_done) struct buf axis = BUF_INIT(WHATIF_COLUMNS_MAX);
	DEFER(buf_done) struct buf mark = BUF_INIT(WHATIF_COLUMNS_MAX);
	int y = picture->area.y;

	whatif_add_axis(&picture->scale, &axis);
	draw_row(picture, "", &axis);
	if (mark_ms < 0)
		return;
	whatif_add_mark(&picture->scale, mark_ms, &mark);
	(void)paint_text(y, picture->area.x + picture->label + (int)mark.len, 1,
			 ROLE_TITLE, "v");
}

/* Is this update the first that its service is told? */
static bool is_first(const struct whatif_answer *answer, size_t index)
{
	const struct simulated_update *update = &answer->updates[index];

	for (size_t i = 0; i < index; i++)
		if (text_equal(answer->updates[i].service, update->service) &&
		    text_equal(answer->updates[i].integration, update->integration))
			return false;
	return true;
}

static int count_services(const struct whatif_answer *answer)
{
	int count = 0;

	for (size_t i = 0; i < answer->update_count; i++)
		count += is_first(answer, i);
	return count;
}

/* Who reads what counts more than how it came about: on a short screen levels go first. */
static void draw_levels(const struct whatif_answer *answer, struct picture *picture)
{
	int room = picture->area.rows - count_services(answer);

	for (size_t i = 0; i < answer->level_count && room-- > 0; i++) {
		const struct whatif_level *level = &answer->levels[i];
		const char *remark = whatif_remark(level, &picture->scale);
		DEFER(buf_done) struct buf cells = BUF_INIT(WHATIF_COLUMNS_MAX);
		DEFER(buf_done) struct buf label = BUF_INIT(2 * NAME_SIZE);
		int64_t trigger_ms =
			level->active
				? whatif_trigger_ms(&picture->scale, level->after_errors,
						    level->after_minutes)
				: -1;
		buf_addf(&label, "%lld ", (long long)level->number);
		if (remark[0] != '\0')
			buf_addf(&label, "(%s) ", remark);
		buf_adds(&label, level->definition);
		whatif_add_level(&picture->scale, trigger_ms, &cells);
		draw_row(picture, buf_text(&label), &cells);
	}
}

/* Each service once, in the order in which it is told. */
static void draw_services(const struct whatif_answer *answer, struct picture *picture)
{
	for (size_t i = 0; i < answer->update_count; i++) {
		DEFER(buf_done) struct buf cells = BUF_INIT(WHATIF_COLUMNS_MAX);
		if (!is_first(answer, i))
			continue;
		whatif_add_service(&picture->scale, answer->updates, answer->update_count,
				   &answer->updates[i], &cells);
		draw_row(picture, answer->updates[i].service, &cells);
	}
}

int whatif_draw_picture(const struct whatif_question *question,
			const struct whatif_answer *answer, int64_t mark_ms,
			struct rect area)
{
	int label = area.columns >= 60 ? LABEL_WIDE : LABEL_NARROW;
	int64_t last_ms = answer->update_count > 0
				  ? answer->updates[answer->update_count - 1].after_ms
				  : 0;
	struct picture picture = {
		.scale = whatif_scale_of(question->error_for_ms, question->every_ms,
					 last_ms, area.columns - label - 1),
		.area = area,
		.label = label,
	};
	DEFER(buf_done) struct buf cells = BUF_INIT(WHATIF_COLUMNS_MAX);

	draw_axis(&picture, mark_ms);
	whatif_add_monitor(&picture.scale, &cells);
	draw_row(&picture, answer->monitor, &cells);
	draw_levels(answer, &picture);
	draw_services(answer, &picture);
	return area.rows - picture.area.rows;
}
