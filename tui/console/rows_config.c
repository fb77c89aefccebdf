/* Monitors as rows. */
#include "core/base/text.h"
#include "tui/console/rows.h"

struct monitor_word {
	const char *word;
	enum role role;
};

static struct monitor_word monitor_state_of(const struct monitor_line *line)
{
	if (!line->active)
		return (struct monitor_word){ "OFF", ROLE_DIM };
	if (line->in_error)
		return (struct monitor_word){ line->muted ? "ERR/MNT" : "ERROR",
					      ROLE_BAD };
	if (line->muted)
		return (struct monitor_word){ "MNT", ROLE_INFO };
	if (!line->known)
		return (struct monitor_word){ "?", ROLE_DIM };
	return (struct monitor_word){ "OK", ROLE_OK };
}

static void monitor_state_text(const void *row, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	buf_adds(ret, monitor_state_of(row).word);
}

static enum role monitor_state_role(const void *row)
{
	return monitor_state_of(row).role;
}

static void monitor_name(const void *row, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	buf_adds(ret, ((const struct monitor_line *)row)->name);
}

static void monitor_since(const void *row, int64_t now_ms, struct buf *ret)
{
	const struct monitor_line *line = row;

	if (line->in_error)
		add_age(ret, line->since_ms, now_ms);
}

static void monitor_errors(const void *row, int64_t now_ms, struct buf *ret)
{
	const struct monitor_line *line = row;

	(void)now_ms;
	if (line->in_error)
		buf_addf(ret, "%lld", (long long)line->errors);
}

static void monitor_links(const void *row, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	buf_addf(ret, "%lld", (long long)((const struct monitor_line *)row)->links);
}

static void monitor_message(const void *row, int64_t now_ms, struct buf *ret)
{
	const struct monitor_line *line = row;

	(void)now_ms;
	if (line->in_error)
		buf_adds(ret, line->message);
}

/* What needs somebody first. */
static int64_t monitor_state_number(const void *row)
{
	const struct monitor_line *line = row;

	if (!line->active)
		return 4;
	if (line->in_error)
		return line->muted ? 1 : 0;
	return line->muted || !line->known ? 2 : 3;
}

static int64_t monitor_since_number(const void *row)
{
	const struct monitor_line *line = row;

	return line->in_error ? line->since_ms : LIST_NO_NUMBER;
}

static int64_t monitor_errors_number(const void *row)
{
	const struct monitor_line *line = row;

	return line->in_error ? line->errors : LIST_NO_NUMBER;
}

static int64_t monitor_links_number(const void *row)
{
	return ((const struct monitor_line *)row)->links;
}

static const struct column monitor_columns[] = {
	{ "State", 7, 0, monitor_state_role, monitor_state_text },
	{ "Monitor", 0, 0, NULL, monitor_name },
	{ "Since", 7, 1, NULL, monitor_since },
	{ "Errors", 6, 2, NULL, monitor_errors },
	{ "Links", 5, 3, NULL, monitor_links },
	{ "Last message", 30, 4, NULL, monitor_message },
};

static struct monitor_line line_of(const struct monitor_brief *monitor)
{
	struct monitor_line line = {
		.id = monitor->id,
		.active = monitor->active,
		.in_error = monitor->in_error,
		.known = monitor->known,
		.muted = monitor->muted,
		.since_ms = monitor->since_ms,
		.errors = monitor->errors,
		.links = monitor->links,
	};

	(void)text_cut(line.name, sizeof(line.name), monitor->name, NAME_CHARS_MAX);
	(void)text_cut(line.message, sizeof(line.message), monitor->message, ROW_NOTE);
	return line;
}

static bool keep_monitor(void *arg, const struct monitor_brief *monitor)
{
	*(struct monitor_line *)arg = line_of(monitor);
	return false;
}

static bool read_monitor(struct store *store, int64_t id, int64_t now_ms, void *ret_row,
			 struct err *err)
{
	(void)now_ms;
	return store_monitor_brief(store, id, keep_monitor, ret_row, err);
}

void monitor_list_init(struct list *list)
{
	static list_number_fn *const numbers[COUNT_OF(monitor_columns)] = {
		monitor_state_number, NULL, monitor_since_number, monitor_errors_number,
		monitor_links_number, NULL,
	};

	list_init(list, monitor_columns, COUNT_OF(monitor_columns),
		  sizeof(struct monitor_line));
	list->numbers = numbers;
	list->is_long = true;
	list->read = read_monitor;
}

/* By name: their order changes only with the configuration. */
bool monitor_list_load(struct list *list, struct store *store, int64_t now_ms,
		       int64_t *revision, struct err *err)
{
	int64_t now = 0;

	if (!store_fact(store, FACT_CONFIG_REVISION, 0, &now, err))
		return false;
	if (list_wants_ids(list, now != *revision)) {
		list_begin(list);
		bool read = store_list_monitor_ids(store, list_add_id, list, err);
		list_end(list);
		if (!read)
			return false;
	}
	*revision = now;
	return list_read_rows(list, store, now_ms, err);
}
