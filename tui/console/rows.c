/* Deliveries as rows. */
#include "core/base/text.h"
#include "tui/console/rows.h"

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
	{ "When", 12, 1, NULL, delivery_when },
	{ "Update", 10, 1, NULL, delivery_kind },
	{ "Service", 0, 0, NULL, delivery_service },
	{ "State", 10, 0, delivery_state_role, delivery_state },
	{ "HTTP", 4, 4, NULL, delivery_http },
	{ "Try", 3, 5, NULL, delivery_tries },
	{ "Next", 12, 2, NULL, delivery_next },
	{ "Inc.", 6, 6, NULL, delivery_incident },
	{ "Last error", 36, 7, NULL, delivery_error },
};

static const struct facet delivery_facets[] = { { "incident", delivery_incident } };

static struct delivery_line delivery_line_of(const struct delivery *delivery)
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
	return line;
}

/* One that has been forgotten is there no longer. */
static bool read_delivery(struct store *store, int64_t id, int64_t now_ms, void *ret_row,
			  struct err *err)
{
	struct delivery delivery;
	struct err failure = { 0 };

	(void)now_ms;
	if (store_delivery_get(store, id, &delivery, &failure))
		*(struct delivery_line *)ret_row = delivery_line_of(&delivery);
	else if (failure.code != ERR_NOT_FOUND)
		*err = failure;
	return failure.code == ERR_NONE || failure.code == ERR_NOT_FOUND;
}

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
	list->facets = delivery_facets;
	list->facet_count = COUNT_OF(delivery_facets);
	list->numbers = numbers;
	list->newest_first = true;
	list->is_long = true;
	list->read = read_delivery;
}

bool delivery_list_load(struct list *list, struct store *store, int64_t now_ms,
			int64_t service_id, struct err *err)
{
	if (list_wants_ids(list, true)) {
		list_begin(list);
		bool read = store_list_delivery_ids(
			store, service_id, (int64_t)list->reach, list_add_id, list, err);
		list_end(list);
		if (!read)
			return false;
	}
	return list_read_rows(list, store, now_ms, err);
}
