/* Incidents as rows: every one of them, and those of the dashboard. */
#include "core/base/text.h"
#include "tui/console/rows.h"

static void incident_id(const void *row, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	buf_addf(ret, "#%lld", (long long)((const struct incident_line *)row)->id);
}

static void incident_age(const void *row, int64_t now_ms, struct buf *ret)
{
	const struct incident_line *line = row;

	if (line->folded == 0)
		add_age(ret, line->since_ms, now_ms);
}

static void incident_state(const void *row, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	buf_adds(ret, incident_word(((const struct incident_line *)row)->status));
}

static enum role incident_state_role(const void *row)
{
	return incident_role(((const struct incident_line *)row)->status);
}

static void incident_page(const void *row, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	buf_adds(ret, service_word(((const struct incident_line *)row)->service_status));
}

static enum role incident_page_role(const void *row)
{
	return service_role(((const struct incident_line *)row)->service_status);
}

static void incident_service(const void *row, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	buf_adds(ret, ((const struct incident_line *)row)->service);
}

static void incident_monitors(const void *row, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	buf_adds(ret, ((const struct incident_line *)row)->monitors);
}

/* "503, in 2m": what of it waits to be told. */
static void add_wait(const struct incident_line *line, int64_t now_ms, struct buf *ret)
{
	if (line->waits_for_mode) {
		buf_adds(ret, "waits: mode paused");
		return;
	}
	if (line->wait_state == DELIVERY_FAILED) {
		buf_addf(ret, "REFUSED %lld, again ", (long long)line->wait_http);
	} else if (line->wait_state == DELIVERY_HELD) {
		buf_adds(ret, line->wait_until_ms != 0 ? "held, goes " : "held, ");
	} else if (line->wait_http != 0) {
		buf_addf(ret, "%lld, again ", (long long)line->wait_http);
	} else {
		buf_adds(ret, "to be told ");
	}
	add_until(ret, line->wait_until_ms, now_ms);
}

/* "Investigating 14:03 (200)"; a webhook cannot read the page, so this is what was last
 * delivered. told: where no header says that it is. */
static void add_told(const struct incident_line *line, int64_t now_ms, const char *told,
		     struct buf *ret)
{
	if (line->folded != 0)
		return;
	if (line->ok_not_sent) {
		buf_adds(ret, "OK not sent: send_ok is off");
		return;
	}
	if (line->waits) {
		add_wait(line, now_ms, ret);
		return;
	}
	if (!line->is_published) {
		buf_adds(ret, line->reach == REACH_NONE ? "not public" : "not told yet");
		return;
	}
	buf_addf(ret, "%s%s%s ", line->differs ? "! " : "", told,
		 incident_word(line->published_status));
	add_when(ret, line->published_ms, now_ms);
	if (line->told_http != 0)
		buf_addf(ret, " (%lld)", (long long)line->told_http);
}

static void incident_told(const void *row, int64_t now_ms, struct buf *ret)
{
	add_told(row, now_ms, "", ret);
}

static void board_told(const void *row, int64_t now_ms, struct buf *ret)
{
	add_told(row, now_ms, "told ", ret);
}

static enum role incident_told_role(const void *row)
{
	const struct incident_line *line = row;

	if (line->waits && line->wait_state == DELIVERY_FAILED)
		return ROLE_BAD;
	return line->differs || line->ok_not_sent || line->waits ? ROLE_WARN : ROLE_DIM;
}

static int64_t incident_page_number(const void *row)
{
	return ((const struct incident_line *)row)->service_status;
}

static int64_t incident_since_number(const void *row)
{
	return ((const struct incident_line *)row)->since_ms;
}

static int64_t incident_status_number(const void *row)
{
	return ((const struct incident_line *)row)->status;
}

static int64_t incident_told_number(const void *row)
{
	const struct incident_line *line = row;

	return line->is_published ? line->published_ms : LIST_NO_NUMBER;
}

static int64_t incident_id_number(const void *row)
{
	return ((const struct incident_line *)row)->id;
}

static const struct column incident_columns[] = {
	{ "Page", 4, 1, incident_page_role, incident_page },
	{ "Age", 7, 1, NULL, incident_age },
	{ "Status", 13, 0, incident_state_role, incident_state },
	{ "Service", 0, 0, NULL, incident_service },
	{ "Told", 25, 3, incident_told_role, incident_told },
	{ "Id", 6, 4, NULL, incident_id },
	{ "Monitors", 40, 6, NULL, incident_monitors },
};

static const struct column board_columns[] = {
	{ "Page", 4, 1, incident_page_role, incident_page },
	{ "Age", 7, 2, NULL, incident_age },
	{ "Status", 13, 0, incident_state_role, incident_state },
	{ "Service", 0, 0, NULL, incident_service },
	{ "Told", 32, 3, incident_told_role, board_told },
	{ "Monitors", 30, 6, NULL, incident_monitors },
};

void incident_list_init_board(struct list *list)
{
	list_init(list, board_columns, COUNT_OF(board_columns),
		  sizeof(struct incident_line));
}

static bool append_name(void *arg, const char *name)
{
	struct buf *names = arg;

	if (names->len > 0)
		buf_adds(names, ", ");
	buf_adds(names, name);
	return !names->overflowed;
}

bool incident_line_add_monitors(struct incident_line *line, struct store *store,
				struct err *err)
{
	DEFER(buf_done)
	struct buf names = BUF_INIT(ROW_NOTE - 1);

	if (!store_incident_monitors(store, line->id, append_name, &names, err))
		return false;
	(void)text_cut(line->monitors, sizeof(line->monitors), buf_text(&names),
		       ROW_NOTE);
	return true;
}

struct incident_line incident_line_of(const struct incident *incident)
{
	struct incident_line line = {
		.id = incident->id,
		.service_id = incident->service_id,
		.status = incident->status,
		.service_status = incident->service_status,
		.reach = incident->reach,
		.since_ms = incident->start_ms,
		.is_published = incident->is_published,
		.ok_not_sent = incident->ok_not_sent,
		.published_status = incident->published_status,
		.published_ms = incident->published_at_ms,
	};

	line.differs = incident->is_published &&
		       incident->published_status != incident->status &&
		       incident->status != INCIDENT_DETACHED;
	(void)text_cut(line.service, sizeof(line.service), incident->service,
		       NAME_CHARS_MAX);
	return line;
}

/* One that has been forgotten is there no longer. */
static bool read_incident(struct store *store, int64_t id, int64_t now_ms, void *ret_row,
			  struct err *err)
{
	struct incident incident;
	struct incident_line *line = ret_row;
	struct err failure = { 0 };

	(void)now_ms;
	if (store_incident_get(store, id, &incident, &failure)) {
		*line = incident_line_of(&incident);
		return incident_line_add_monitors(line, store, err);
	}
	if (failure.code != ERR_NOT_FOUND)
		*err = failure;
	return failure.code == ERR_NOT_FOUND;
}

void incident_list_init(struct list *list)
{
	static list_number_fn *const numbers[COUNT_OF(incident_columns)] = {
		incident_page_number,
		incident_since_number,
		incident_status_number,
		NULL,
		incident_told_number,
		incident_id_number,
		NULL,
	};

	list_init(list, incident_columns, COUNT_OF(incident_columns),
		  sizeof(struct incident_line));
	list->numbers = numbers;
	list->newest_first = true;
	list->is_long = true;
	list->read = read_incident;
}

bool incident_list_load(struct list *list, struct store *store, int64_t now_ms,
			struct err *err)
{
	if (list_wants_ids(list, true)) {
		list_begin(list);
		bool read = store_list_incident_ids(store, (int64_t)list->reach,
						    list_add_id, list, err);
		list_end(list);
		if (!read)
			return false;
	}
	return list_read_rows(list, store, now_ms, err);
}
