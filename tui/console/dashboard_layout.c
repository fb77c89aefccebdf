#include "tui/console/dashboard_layout.h"

enum { ENGINE_ROWS = 7 };

/* Rows under its rule that a list is given at least, and at most until all have theirs. */
struct want {
	enum pane pane;
	int least, most;
};

/* From the one that gives its rows up last to the first. */
static const struct want one_column[] = { { PANE_INCIDENTS, 2, 7 },
					  { PANE_SERVICES, 2, 0 },
					  { PANE_NEXT, 1, 5 },
					  { PANE_EVENTS, 1, 4 } };
static const struct want left_column[] = { { PANE_INCIDENTS, 2, 10 },
					   { PANE_SERVICES, 2, 0 },
					   { PANE_NEXT, 1, 10 } };

/* No rows for what is not there, but one to say so. */
static int least(const struct want *want, const struct list *list)
{
	int has = list->count > 0 ? (int)list->count : 1;

	return has < want->least ? has : want->least;
}

/* What it has, within its limits. */
static int wanted(const struct want *want, const struct list *list)
{
	int has = (int)list->count;
	int most = want->most > 0 ? want->most : want->least;

	if (has < least(want, list))
		return least(want, list);
	return has > most ? most : has;
}

/* Too much was given: what is more than the least is taken back, from the end. */
static void take_back(const struct want *wants, int count, int too_much,
		      const struct list panes[PANE_LISTS], int *rows)
{
	for (int i = count - 1; too_much > 0 && i >= 0; i--) {
		int keep = i > 0 ? least(&wants[i], &panes[wants[i].pane]) : 0;
		int give = rows[i] - keep < too_much ? rows[i] - keep : too_much;
		rows[i] -= give;
		too_much -= give;
	}
}

/* What is left over goes to those that have no most, then to the last one. */
static void hand_out(const struct want *wants, int count, int left,
		     const struct list panes[PANE_LISTS], int *rows)
{
	for (int i = 0; i < count; i++) {
		int more = (int)panes[wants[i].pane].count - rows[i];
		if (wants[i].most > 0 || more <= 0)
			continue;
		more = more < left ? more : left;
		rows[i] += more;
		left -= more;
	}
	rows[count - 1] += left;
}

static void share_rows(const struct want *wants, int count, int rows,
		       const struct list panes[PANE_LISTS], int *ret)
{
	int left = rows - count;

	for (int i = 0; i < count; i++) {
		ret[i] = wanted(&wants[i], &panes[wants[i].pane]);
		left -= ret[i];
	}
	if (left < 0)
		take_back(wants, count, -left, panes, ret);
	else
		hand_out(wants, count, left, panes, ret);
}

static int least_rows(const struct want *wants, int count,
		      const struct list panes[PANE_LISTS])
{
	int rows = count;

	for (int i = 0; i < count; i++)
		rows += least(&wants[i], &panes[wants[i].pane]);
	return rows;
}

/* Panes that have no room for what they show at least are left out, the last one first. */
static void stack_panes(const struct want *wants, int count, struct rect area,
			const struct list panes[PANE_LISTS], struct dashboard_layout *ret)
{
	int rows[PANE_LISTS];
	int y = area.y;
	int end = area.y + area.rows;

	while (count > 1 && least_rows(wants, count, panes) > area.rows)
		count--;
	share_rows(wants, count, area.rows, panes, rows);
	for (int i = 0; i < count && y < end; i++) {
		int height = rows[i] + 1 < end - y ? rows[i] + 1 : end - y;
		ret->pane[wants[i].pane] =
			(struct rect){ y, area.x, height, area.columns };
		y += height;
	}
}

/* Detail over events over the engine. */
static void right_column(struct rect area, struct dashboard_layout *ret)
{
	int engine = area.rows > 4 * ENGINE_ROWS ? ENGINE_ROWS : 0;
	int detail = (area.rows - engine) / 2;

	ret->pane[PANE_DETAIL] = (struct rect){ area.y, area.x, detail, area.columns };
	ret->pane[PANE_EVENTS] =
		(struct rect){ area.y + detail, area.x, area.rows - engine - detail,
			       area.columns };
	ret->engine = (struct rect){ area.y + area.rows - engine, area.x, engine,
				     area.columns };
}

void dashboard_layout(enum layout_shape shape, struct rect area,
		      const struct list panes[PANE_LISTS], enum pane focus, bool zoomed,
		      struct dashboard_layout *ret)
{
	struct rect body = { area.y + 1, area.x, area.rows - 1, area.columns };

	*ret = (struct dashboard_layout){ .bare = shape == LAYOUT_LINE };
	if (ret->bare)
		body = area;
	else
		ret->health = (struct rect){ area.y, area.x, 1, area.columns };
	if (zoomed || ret->bare) {
		ret->pane[focus] = body;
		return;
	}
	if (shape == LAYOUT_BESIDE) {
		struct panes columns = layout_panes(shape, body, false, false);
		stack_panes(left_column, COUNT_OF(left_column), columns.list, panes, ret);
		right_column(columns.detail, ret);
	} else {
		stack_panes(one_column, COUNT_OF(one_column), body, panes, ret);
	}
	if (ret->pane[focus].rows == 0)
		dashboard_layout(shape, area, panes, focus, true, ret);
}
