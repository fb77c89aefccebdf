/* Services as rows, with the strips of their last day. */
#include "core/base/text.h"
#include "tui/console/rows.h"

static void service_state(const void *row, int64_t now_ms, struct buf *ret)
{
	const struct service_line *line = row;

	(void)now_ms;
	buf_adds(ret,
		 line->links == 0 && !line->has_told ? "?" : service_word(line->status));
}

static enum role service_state_role(const void *row)
{
	return service_role(((const struct service_line *)row)->status);
}

static void service_name(const void *row, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	buf_adds(ret, ((const struct service_line *)row)->name);
}

static void service_note(const void *row, int64_t now_ms, struct buf *ret)
{
	const struct service_line *line = row;

	if (line->unfinished > 0)
		buf_addf(ret, "%lld waiting  ", (long long)line->unfinished);
	if (line->has_told) {
		buf_addf(ret, "told %s ", incident_word(line->told_status));
		add_when(ret, line->told_ms, now_ms);
		buf_addf(ret, " (%lld)", (long long)line->told_http);
	} else if (line->links == 0) {
		buf_adds(ret, "no monitor linked");
	}
}

static void service_day(const void *row, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	buf_adds(ret, ((const struct service_line *)row)->day.cells);
}

static enum role service_day_role(const void *row)
{
	(void)row;
	return ROLE_LETTERS;
}

static void service_percent(const void *row, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	day_strip_add_percent(&((const struct service_line *)row)->day, ret);
}

static void service_open(const void *row, int64_t now_ms, struct buf *ret)
{
	const struct service_line *line = row;

	(void)now_ms;
	if (line->open_incidents > 0)
		buf_addf(ret, "%lld open", (long long)line->open_incidents);
}

/* What is down first. */
static int64_t service_state_number(const void *row)
{
	return -(int64_t)((const struct service_line *)row)->status;
}

static int64_t service_open_number(const void *row)
{
	int64_t open = ((const struct service_line *)row)->open_incidents;

	return open > 0 ? open : LIST_NO_NUMBER;
}

static int64_t service_told_number(const void *row)
{
	const struct service_line *line = row;

	return line->has_told ? line->told_ms : LIST_NO_NUMBER;
}

/* The worst first. */
static int64_t service_percent_number(const void *row)
{
	const struct day_strip *day = &((const struct service_line *)row)->day;

	return day->known_ms > 0 ? -day->wrong_ms : LIST_NO_NUMBER;
}

static const struct column service_columns[] = {
	{ "Page", 4, 0, service_state_role, service_state },
	{ "Service", 0, 0, NULL, service_name },
	{ "24 h", STRIP_CELLS, 1, service_day_role, service_day },
	{ "Ok %", 5, 2, NULL, service_percent },
	{ "Told", 32, 3, NULL, service_note },
	{ "Open", 8, 4, NULL, service_open },
};

static struct service_line line_of(const struct service_brief *row)
{
	struct service_line line = {
		.id = row->id,
		.status = row->status,
		.open_incidents = row->open_incidents,
		.links = row->links,
		.unfinished = row->unfinished,
		.has_told = row->has_told,
		.told_status = row->told_status,
		.told_ms = row->told_ms,
		.told_http = row->told_http,
	};

	day_strip_reset(&line.day);
	(void)text_cut(line.name, sizeof(line.name), row->name, NAME_CHARS_MAX);
	return line;
}

struct day {
	struct day_strip *strip;
	int64_t now_ms;
};

static bool add_span(void *arg, const struct service_span *span)
{
	const struct day *day = arg;

	day_strip_add(day->strip, span, day->now_ms);
	return true;
}

static bool keep_service(void *arg, const struct service_brief *service)
{
	*(struct service_line *)arg = line_of(service);
	return false;
}

/* Of the day of one that nothing is linked to nothing is known. */
static bool read_service(struct store *store, int64_t id, int64_t now_ms, void *ret_row,
			 struct err *err)
{
	struct service_line *line = ret_row;
	struct day day = { &line->day, now_ms };

	if (!store_list_service_briefs(store, id, keep_service, line, err))
		return false;
	return line->links == 0 ||
	       store_service_spans(store, id, day_strip_begin_ms(now_ms), now_ms,
				   add_span, &day, err);
}

/* On a short screen the rest falls below what is wrong: the store has the worst first. */
void service_list_init(struct list *list)
{
	static list_number_fn *const numbers[COUNT_OF(service_columns)] = {
		service_state_number,
		NULL,
		NULL,
		service_percent_number,
		service_told_number,
		service_open_number
	};

	list_init(list, service_columns, COUNT_OF(service_columns),
		  sizeof(struct service_line));
	list->numbers = numbers;
	list->is_long = list->is_ranked = true;
	list->read = read_service;
}

/* One that was added or deleted does not wait until nobody is at the keys. */
bool service_list_load(struct list *list, struct store *store, int64_t now_ms,
		       int64_t *revision, struct err *err)
{
	int64_t now = 0;

	if (!store_fact(store, FACT_CONFIG_REVISION, 0, &now, err))
		return false;
	if (list_wants_ids(list, true) || now != *revision) {
		list_begin(list);
		bool read = store_list_service_ids(store, list_add_id, list, err);
		list_end(list);
		if (!read)
			return false;
	}
	*revision = now;
	return list_read_rows(list, store, now_ms, err);
}
