#include "tui/console/rows_history.h"

#include <string.h>

#include "core/base/text.h"
#include "core/judge/audit_words.h"
#include "core/judge/history.h"

/* ---- what was told ---- */

static void told_when(const void *row, int64_t now_ms, struct buf *ret)
{
	add_when(ret, ((const struct told_line *)row)->at_ms, now_ms);
}

static void told_kind(const void *row, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	buf_adds(ret, delivery_kind_text(((const struct told_line *)row)->kind));
}

static void told_service(const void *row, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	buf_adds(ret, ((const struct told_line *)row)->service);
}

static void told_status(const void *row, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	buf_adds(ret, incident_word(((const struct told_line *)row)->status));
}

static enum role told_status_role(const void *row)
{
	return incident_role(((const struct told_line *)row)->status);
}

static void told_page(const void *row, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	buf_adds(ret, service_word(((const struct told_line *)row)->service_status));
}

static enum role told_page_role(const void *row)
{
	return service_role(((const struct told_line *)row)->service_status);
}

static void told_answer(const void *row, int64_t now_ms, struct buf *ret)
{
	const struct told_line *line = row;

	(void)now_ms;
	if (line->certain)
		buf_addf(ret, "%lld", (long long)line->http_status);
	else
		buf_adds(ret, "perhaps");
}

static enum role told_answer_role(const void *row)
{
	return ((const struct told_line *)row)->certain ? ROLE_DIM : ROLE_WARN;
}

static void told_incident(const void *row, int64_t now_ms, struct buf *ret)
{
	const struct told_line *line = row;

	(void)now_ms;
	if (line->incident_id != 0)
		buf_addf(ret, "#%lld", (long long)line->incident_id);
	else
		buf_adds(ret, "test");
}

static const struct column told_columns[] = {
	{ "When", 12, 1, NULL, told_when },
	{ "Page", 4, 2, told_page_role, told_page },
	{ "Incident", 13, 0, told_status_role, told_status },
	{ "Service", 0, 0, NULL, told_service },
	{ "Update", 10, 3, NULL, told_kind },
	{ "Answer", 7, 4, told_answer_role, told_answer },
	{ "Inc.", 6, 5, NULL, told_incident },
};

/* The newest first. */
static int64_t told_age(const void *row)
{
	return -((const struct told_line *)row)->at_ms;
}

static bool add_told(void *arg, const struct delivery *d)
{
	struct told_line line = { .id = d->id,
				  .at_ms = history_told_ms(d),
				  .http_status = d->http_status,
				  .incident_id = d->incident_id,
				  .certain = d->delivered_ms != 0,
				  .kind = d->kind,
				  .status = d->incident_status,
				  .service_status = d->service_status };

	(void)text_cut(line.service, sizeof(line.service), d->service, NAME_CHARS_MAX);
	list_add(arg, &line);
	return true;
}

void told_list_init(struct list *list)
{
	static list_number_fn *const numbers[COUNT_OF(told_columns)] = { told_age };

	list_init(list, told_columns, COUNT_OF(told_columns), sizeof(struct told_line));
	list->numbers = numbers;
	list->natural = told_age; /* they come in the order of deciding */
	list->newest_first = true;
}

bool told_list_load(struct list *list, struct store *store, int64_t service_id,
		    struct err *err)
{
	struct filter told = FILTER_ALL;

	told.told = true;
	told.service_id = service_id;
	told.limit = HISTORY_ROWS_MAX;
	list_begin(list);
	bool loaded = store_list_deliveries(store, &told, add_told, list, err);
	list_end(list);
	return loaded;
}

/* ---- who changed what ---- */

static void audit_when(const void *row, int64_t now_ms, struct buf *ret)
{
	add_when(ret, ((const struct audit_line *)row)->at_ms, now_ms);
}

static void audit_actor(const void *row, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	buf_adds(ret, ((const struct audit_line *)row)->actor);
}

static void audit_source(const void *row, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	buf_adds(ret, ((const struct audit_line *)row)->source);
}

static void audit_action(const void *row, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	buf_adds(ret, ((const struct audit_line *)row)->action);
}

static void audit_object(const void *row, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	buf_adds(ret, ((const struct audit_line *)row)->object);
}

static void audit_because(const void *row, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	buf_adds(ret, ((const struct audit_line *)row)->because);
}

static const struct column audit_columns[] = {
	{ "When", 12, 1, NULL, audit_when },   { "Who", 12, 0, NULL, audit_actor },
	{ "From", 15, 4, NULL, audit_source }, { "Did", 8, 2, NULL, audit_action },
	{ "What", 0, 0, NULL, audit_object },  { "Because", 20, 3, NULL, audit_because },
};

static bool add_audit(void *arg, const struct audit_row *row)
{
	struct audit_line line = {
		.id = row->id,
		.at_ms = row->at_ms,
		.object_id = row->object_id,
		.record_kind = audit_is_membership(row) ? -1 : audit_record_kind(row),
		.is_incident = text_equal(row->object_kind, "incident"),
		.is_delivery = text_equal(row->object_kind, "delivery"),
	};
	DEFER(buf_done) struct buf object = BUF_INIT(ROW_NOTE * 4);

	buf_addf(&object, "%s%s%s", row->object_kind,
		 row->object_kind[0] != '\0' && row->object[0] != '\0' ? " " : "",
		 row->object);
	memcpy(line.actor, row->actor, sizeof(line.actor));
	memcpy(line.source, row->source, sizeof(line.source));
	memcpy(line.action, row->action, sizeof(line.action));
	(void)text_cut(line.object, sizeof(line.object), buf_text(&object),
		       NAME_CHARS_MAX);
	(void)text_cut(line.because, sizeof(line.because), row->because, NAME_CHARS_MAX);
	list_add(arg, &line);
	return true;
}

void audit_list_init(struct list *list)
{
	list_init(list, audit_columns, COUNT_OF(audit_columns),
		  sizeof(struct audit_line));
	list->newest_first = true;
}

bool audit_list_load(struct list *list, struct store *store, struct err *err)
{
	struct filter newest = FILTER_ALL;

	newest.limit = HISTORY_ROWS_MAX;
	list_begin(list);
	bool loaded = store_list_audit(store, &newest, add_audit, list, err);
	list_end(list);
	return loaded;
}
