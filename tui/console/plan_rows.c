#include "tui/console/plan_rows.h"

#include "core/base/text.h"
#include "tui/console/names.h"

/* ---- columns ---- */

static void row_state(const void *row, int64_t now_ms, struct buf *ret)
{
	static const char *const words[PLAN_KIND_COUNT] = {
		[PLAN_WANTED] = "WANTED", [PLAN_NAMED] = "named",
		[PLAN_NEW] = "new",       [PLAN_CHANGE] = "changed",
		[PLAN_NOTE] = "left out", [PLAN_KEPT] = "as it is",
		[PLAN_GONE] = "gone",     [PLAN_DELETED] = "deleted",
		[PLAN_FAULT] = "FAULT",
	};

	(void)now_ms;
	buf_adds(ret, words[((const struct plan_line *)row)->kind]);
}

static enum role row_role(const void *row)
{
	static const enum role roles[PLAN_KIND_COUNT] = {
		[PLAN_WANTED] = ROLE_WARN, [PLAN_NAMED] = ROLE_OK,
		[PLAN_NEW] = ROLE_OK,      [PLAN_CHANGE] = ROLE_INFO,
		[PLAN_NOTE] = ROLE_WARN,   [PLAN_KEPT] = ROLE_DIM,
		[PLAN_GONE] = ROLE_WARN,   [PLAN_DELETED] = ROLE_WARN,
		[PLAN_FAULT] = ROLE_BAD,
	};

	return roles[((const struct plan_line *)row)->kind];
}

static void row_what(const void *row, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	buf_adds(ret, ((const struct plan_line *)row)->what);
}

static void row_about(const void *row, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	buf_adds(ret, ((const struct plan_line *)row)->about);
}

static const struct column columns[] = {
	{ "State", 8, 0, row_role, row_state },
	{ "What", 0, 0, NULL, row_what },
	{ "About", 30, 2, NULL, row_about },
};

void plan_list_init(struct list *list, bool has_about)
{
	list_init(list, columns, COUNT_OF(columns) - !has_about,
		  sizeof(struct plan_line));
}

enum role plan_line_role(const struct plan_line *line)
{
	return row_role(line);
}

/* ---- rows ---- */

void plan_add(struct list *list, size_t counts[PLAN_KIND_COUNT],
	      const struct plan_line *line, const char *what, const char *about)
{
	struct plan_line row = *line;

	row.id = (int64_t)list->total + 1;
	(void)text_cut(row.what, sizeof(row.what), what, ROW_NOTE);
	(void)text_cut(row.about, sizeof(row.about), about, ROW_NOTE);
	counts[row.kind]++;
	list_add(list, &row);
}

void plan_add_lines(struct list *list, size_t counts[PLAN_KIND_COUNT],
		    enum plan_kind kind, const char *text)
{
	DEFER(buf_done) struct buf line = BUF_INIT(PLAN_CHANGE_MAX);
	const struct plan_line row = { .kind = kind };

	while (names_next_line(&text, &line))
		plan_add(list, counts, &row, buf_text(&line), "");
}

/* "+ monitor Shop", "~ service Hub/Website: publish_after 0s -> 5m", "- monitor Old" */
void plan_add_changes(struct list *list, size_t counts[PLAN_KIND_COUNT], const char *text)
{
	DEFER(buf_done) struct buf line = BUF_INIT(PLAN_CHANGE_MAX);

	while (names_next_line(&text, &line)) {
		const char *change = buf_text(&line);
		const struct plan_line row = { .kind = change[0] == '~'   ? PLAN_CHANGE
						       : change[0] == '-' ? PLAN_DELETED
									  : PLAN_NEW };
		plan_add(list, counts, &row, change + 2, "");
	}
}
