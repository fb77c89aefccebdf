#include "tui/console/gate_rows.h"

#include <stdio.h>
#include <string.h>

#include "core/base/text.h"

/* What opens each gate; a link is made in the integration's place in the level. */
static const enum record_kind records[GATE_COUNT] = {
	[GATE_MONITOR] = RECORD_MONITOR,       [GATE_MAINTENANCE] = RECORD_MAINTENANCE,
	[GATE_DEFINITION] = RECORD_DEFINITION, [GATE_LEVEL] = RECORD_LEVEL,
	[GATE_PLACEMENT] = RECORD_PLACEMENT,   [GATE_LINK] = RECORD_PLACEMENT,
	[GATE_MODE] = RECORD_MONITOR,          [GATE_THRESHOLD] = RECORD_LEVEL,
};

static int64_t record_of(const struct path *path, const struct gate *gate)
{
	const int64_t ids[GATE_COUNT] = {
		[GATE_MONITOR] = path->monitor_id,
		[GATE_MAINTENANCE] = gate->record_id,
		[GATE_DEFINITION] = path->definition_id,
		[GATE_LEVEL] = path->level_id,
		[GATE_PLACEMENT] = path->placement_id,
		[GATE_LINK] = path->placement_id,
		[GATE_THRESHOLD] = path->level_id,
	};

	return ids[gate->kind];
}

static void fill_gate(const struct path *path, const struct gate *gate,
		      struct gate_row *ret)
{
	ret->open = gate->open;
	ret->kind = gate->kind;
	ret->record_kind = records[gate->kind];
	ret->record_id = record_of(path, gate);
	if (ret->record_id == 0 && gate->kind == GATE_PLACEMENT) {
		ret->record_kind = RECORD_LEVEL; /* it is not placed there yet */
		ret->record_id = path->level_id;
	}
	(void)text_cut(ret->text, sizeof(ret->text), gate->text, sizeof(ret->text));
}

static void fill_path(const struct explained_path *explained, const char *monitor,
		      struct gate_row *ret)
{
	const struct path *path = &explained->path;
	DEFER(buf_done) struct buf text = BUF_INIT(4 * NAME_SIZE);

	if (monitor != NULL)
		buf_addf(&text, "%s: ", monitor);
	if (path->definition_id == 0)
		buf_adds(&text, "no definition");
	else
		buf_adds(&text, path->definition);
	if (path->level_id != 0)
		buf_addf(&text, " level %lld", (long long)path->level);
	if (path->service_id != 0)
		buf_addf(&text, " -> %s/%s", path->integration, path->service);
	ret->is_path = true;
	ret->open = explained->reaches;
	(void)text_cut(ret->text, sizeof(ret->text), buf_text(&text), sizeof(ret->text));
}

size_t gate_rows(const struct explained_path *path, const char *monitor, int64_t first_id,
		 struct gate_row *ret)
{
	size_t count = (size_t)path->gate_count + 1;

	memset(ret, 0, count * sizeof(*ret));
	fill_path(path, monitor, &ret[0]);
	for (size_t i = 1; i < count; i++)
		fill_gate(&path->path, &path->gates[i - 1], &ret[i]);
	for (size_t i = 0; i < count; i++) {
		ret[i].id = first_id + (int64_t)i;
		ret[i].monitor_id = path->path.monitor_id;
	}
	return count;
}

const struct gate *gate_in_the_way(const struct explained_path *path)
{
	for (int i = 0; i < path->gate_count; i++) {
		const struct gate *gate = &path->gates[i];
		if (!gate->open && gate->kind != GATE_MODE &&
		    gate->kind != GATE_MAINTENANCE)
			return gate;
	}
	return NULL;
}

/* ---- as a list ---- */

static int row_depth(const void *row)
{
	return ((const struct gate_row *)row)->is_path ? 0 : 1;
}

static void row_state(const void *row, int64_t now_ms, struct buf *ret)
{
	const struct gate_row *gate = row;

	(void)now_ms;
	if (gate->is_path)
		buf_adds(ret, gate->open ? "REACHES" : "SHUT");
	else
		buf_adds(ret, gate->open ? "  open" : "  SHUT");
}

static enum role row_role(const void *row)
{
	const struct gate_row *gate = row;

	if (!gate->open)
		return ROLE_WARN;
	return gate->is_path ? ROLE_OK : ROLE_DIM;
}

static void row_kind(const void *row, int64_t now_ms, struct buf *ret)
{
	const struct gate_row *gate = row;

	(void)now_ms;
	if (!gate->is_path)
		buf_adds(ret, gate_kind_text(gate->kind));
}

static void row_text(const void *row, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	buf_adds(ret, ((const struct gate_row *)row)->text);
}

static enum role text_role(const void *row)
{
	return ((const struct gate_row *)row)->is_path ? ROLE_TITLE : ROLE_TEXT;
}

static const struct column columns[] = {
	{ "", 7, 0, row_role, row_state },
	{ "Gate", 11, 1, NULL, row_kind },
	{ "What it says", 0, 0, text_role, row_text },
};

void gate_list_init(struct list *list)
{
	list_init(list, columns, COUNT_OF(columns), sizeof(struct gate_row));
	list->depth = row_depth;
}
