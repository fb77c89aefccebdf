#include "tui/console/rows.h"

#include <string.h>

#include "core/base/text.h"

/* ---- incidents ---- */

static void incident_id(const void *row, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	buf_addf(ret, "#%lld", (long long)((const struct incident_line *)row)->id);
}

static void incident_age(const void *row, int64_t now_ms, struct buf *ret)
{
	add_age(ret, ((const struct incident_line *)row)->since_ms, now_ms);
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

/* "told Investigating 14:03"; a webhook cannot read the page, so this is what was last
 * delivered. */
static void incident_told(const void *row, int64_t now_ms, struct buf *ret)
{
	const struct incident_line *line = row;

	if (line->ok_not_sent) {
		buf_adds(ret, "OK not sent: send_ok is off");
		return;
	}
	if (!line->is_published) {
		buf_adds(ret, line->reach == REACH_NONE ? "not public" : "not told yet");
		return;
	}
	buf_adds(ret, line->differs ? "! told " : "told ");
	buf_adds(ret, incident_word(line->published_status));
	buf_addc(ret, ' ');
	add_when(ret, line->published_ms, now_ms);
}

static enum role incident_told_role(const void *row)
{
	const struct incident_line *line = row;

	return line->differs || line->ok_not_sent ? ROLE_WARN : ROLE_DIM;
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
	{ "Age", 7, 2, NULL, incident_age },
	{ "Status", 13, 0, incident_state_role, incident_state },
	{ "Service", 0, 0, NULL, incident_service },
	{ "Told", 25, 3, incident_told_role, incident_told },
	{ "Id", 6, 4, NULL, incident_id },
	{ "Monitors", 40, 6, NULL, incident_monitors },
};

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
}

struct incident_loading {
	struct list *list;
	struct store *store;
	struct err *err;
	bool failed;
};

static bool append_name(void *arg, const char *name)
{
	struct buf *names = arg;

	if (names->len > 0)
		buf_adds(names, ", ");
	buf_adds(names, name);
	return !names->overflowed;
}

static bool add_monitor_names(struct store *store, struct incident_line *line,
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

static bool add_incident(void *arg, const struct incident *incident)
{
	struct incident_loading *loading = arg;
	struct incident_line line = {
		.id = incident->id,
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
	loading->failed = !add_monitor_names(loading->store, &line, loading->err);
	if (!loading->failed)
		list_add(loading->list, &line);
	return !loading->failed;
}

bool incident_list_load(struct list *list, struct store *store,
			const struct filter *filter, struct err *err)
{
	struct incident_loading loading = { list, store, err, false };

	list_begin(list);
	bool loaded = store_list_incidents(store, filter, add_incident, &loading, err);
	list_end(list);
	return loaded && !loading.failed;
}

/* ---- deliveries ---- */

static void delivery_when(const void *row, int64_t now_ms, struct buf *ret)
{
	add_when(ret, ((const struct delivery_line *)row)->created_ms, now_ms);
}

static void delivery_kind(const void *row, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	buf_adds(ret, delivery_kind_text(((const struct delivery_line *)row)->kind));
}

static void delivery_service(const void *row, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	buf_adds(ret, ((const struct delivery_line *)row)->service);
}

static void delivery_state(const void *row, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	buf_adds(ret, delivery_state_text(((const struct delivery_line *)row)->state));
}

static enum role delivery_state_role(const void *row)
{
	return delivery_role(((const struct delivery_line *)row)->state);
}

static void delivery_next(const void *row, int64_t now_ms, struct buf *ret)
{
	const struct delivery_line *line = row;

	if (delivery_is_unfinished(line->state))
		add_until(ret, line->next_ms, now_ms);
	else
		add_when(ret, line->delivered_ms, now_ms);
}

static void delivery_tries(const void *row, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	buf_addf(ret, "%lld", (long long)((const struct delivery_line *)row)->attempts);
}

static void delivery_http(const void *row, int64_t now_ms, struct buf *ret)
{
	const struct delivery_line *line = row;

	(void)now_ms;
	if (line->http_status == 0)
		buf_adds(ret, "--");
	else
		buf_addf(ret, "%lld", (long long)line->http_status);
}

static void delivery_incident(const void *row, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	buf_addf(ret, "#%lld",
		 (long long)((const struct delivery_line *)row)->incident_id);
}

static void delivery_error(const void *row, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	buf_adds(ret, ((const struct delivery_line *)row)->error);
}

static int64_t delivery_created_number(const void *row)
{
	return ((const struct delivery_line *)row)->created_ms;
}

static int64_t delivery_state_number(const void *row)
{
	return ((const struct delivery_line *)row)->state;
}

static int64_t delivery_http_number(const void *row)
{
	int64_t status = ((const struct delivery_line *)row)->http_status;

	return status != 0 ? status : LIST_NO_NUMBER;
}

static int64_t delivery_tries_number(const void *row)
{
	return ((const struct delivery_line *)row)->attempts;
}

/* When it happened, or when it will. */
static int64_t delivery_next_number(const void *row)
{
	const struct delivery_line *line = row;
	int64_t at_ms =
		delivery_is_unfinished(line->state) ? line->next_ms : line->delivered_ms;

	return at_ms != 0 ? at_ms : LIST_NO_NUMBER;
}

static int64_t delivery_incident_number(const void *row)
{
	return ((const struct delivery_line *)row)->incident_id;
}

static const struct column delivery_columns[] = {
	{ "When", 12, 3, NULL, delivery_when },
	{ "Update", 10, 1, NULL, delivery_kind },
	{ "Service", 0, 0, NULL, delivery_service },
	{ "State", 10, 0, delivery_state_role, delivery_state },
	{ "HTTP", 4, 4, NULL, delivery_http },
	{ "Try", 3, 5, NULL, delivery_tries },
	{ "Next", 12, 2, NULL, delivery_next },
	{ "Inc.", 6, 6, NULL, delivery_incident },
	{ "Last error", 36, 7, NULL, delivery_error },
};

void delivery_list_init(struct list *list)
{
	static list_number_fn *const numbers[COUNT_OF(delivery_columns)] = {
		delivery_created_number,
		NULL,
		NULL,
		delivery_state_number,
		delivery_http_number,
		delivery_tries_number,
		delivery_next_number,
		delivery_incident_number,
		NULL,
	};

	list_init(list, delivery_columns, COUNT_OF(delivery_columns),
		  sizeof(struct delivery_line));
	list->numbers = numbers;
	list->newest_first = true;
}

static bool add_delivery(void *arg, const struct delivery *delivery)
{
	struct delivery_line line = {
		.id = delivery->id,
		.kind = delivery->kind,
		.state = delivery->state,
		.created_ms = delivery->created_ms,
		.next_ms = delivery->next_attempt_ms,
		.delivered_ms = delivery->delivered_ms != 0 ? delivery->delivered_ms
							    : delivery->finished_ms,
		.attempts = delivery->attempts,
		.http_status = delivery->http_status,
		.incident_id = delivery->incident_id,
	};

	(void)text_cut(line.service, sizeof(line.service), delivery->service,
		       NAME_CHARS_MAX);
	(void)text_cut(line.error, sizeof(line.error), delivery->error, ROW_NOTE);
	list_add(arg, &line);
	return true;
}

bool delivery_list_load(struct list *list, struct store *store,
			const struct filter *filter, struct err *err)
{
	list_begin(list);
	bool loaded = store_list_deliveries(store, filter, add_delivery, list, err);
	list_end(list);
	return loaded;
}
