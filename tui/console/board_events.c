/* The last events: three lists of the journal, merged by time. */
#include <stdlib.h>

#include "core/base/clock.h"
#include "core/base/text.h"
#include "tui/console/board.h"

enum { EVENTS_MAX = 60 };

/* Ids of rows tell the tables that they come from apart. */
enum source { SOURCE_DELIVERY, SOURCE_ALERT, SOURCE_ACT, SOURCE_COUNT };

static int64_t row_id(enum source source, int64_t id)
{
	return id * SOURCE_COUNT + (int64_t)source;
}

static void event_when(const void *row, int64_t now_ms, struct buf *ret)
{
	add_clock(ret, ((const struct board_event *)row)->at_ms, now_ms);
}

static void event_what(const void *row, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	buf_adds(ret, ((const struct board_event *)row)->what);
}

static enum role event_role(const void *row)
{
	return ((const struct board_event *)row)->role;
}

static void event_who(const void *row, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	buf_adds(ret, ((const struct board_event *)row)->who);
}

static void event_text(const void *row, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	buf_adds(ret, ((const struct board_event *)row)->text);
}

static void event_result(const void *row, int64_t now_ms, struct buf *ret)
{
	const struct board_event *line = row;

	buf_adds(ret, line->result);
	if (line->next_ms != 0) {
		buf_adds(ret, line->result[0] != '\0' ? " " : "");
		add_until(ret, line->next_ms, now_ms);
	}
}

static enum role event_result_role(const void *row)
{
	return ((const struct board_event *)row)->result_role;
}

static const struct column event_columns[] = {
	{ "When", 8, 2, NULL, event_when },
	{ "What", 6, 0, event_role, event_what },
	{ "Who", 18, 3, NULL, event_who },
	{ "Where", 0, 0, NULL, event_text },
	{ "Answer", 15, 1, event_result_role, event_result },
};

void board_events_init(struct list *list)
{
	list_init(list, event_columns, COUNT_OF(event_columns),
		  sizeof(struct board_event));
}

/* ---- updates ---- */

static const char *const alert_whats[ALERT_TYPE_COUNT] = {
	[ALERT_ERROR] = "ERROR",
	[ALERT_OK] = "OK",
	[ALERT_REMINDER] = "REMIND",
};

static const enum role alert_roles[ALERT_TYPE_COUNT] = {
	[ALERT_ERROR] = ROLE_BAD,
	[ALERT_OK] = ROLE_OK,
	[ALERT_REMINDER] = ROLE_WARN,
};

static void set_what(struct board_event *line, const char *what, enum role role)
{
	(void)text_cut(line->what, sizeof(line->what), what, sizeof(line->what));
	line->role = role;
}

static bool note_duration(void *arg, const struct attempt *attempt)
{
	*(int64_t *)arg = attempt->duration_ms;
	return true;
}

/* "200  88 ms", "503", "held", "queued". */
static bool set_result(struct board_event *line, const struct delivery *d,
		       struct store *store, struct err *err)
{
	int64_t took_ms = 0;
	DEFER(buf_done) struct buf text = BUF_INIT(ROW_NAME - 1);

	if (d->state == DELIVERY_DELIVERED &&
	    !store_list_attempts(store, d->id, note_duration, &took_ms, err))
		return false;
	if (d->state == DELIVERY_DELIVERED)
		buf_addf(&text, "%lld %lld ms", (long long)d->http_status,
			 (long long)took_ms);
	else if (d->state == DELIVERY_QUEUED && d->http_status != 0)
		buf_addf(&text, "%lld", (long long)d->http_status);
	else
		buf_adds(&text, delivery_state_text(d->state));
	line->next_ms = delivery_is_unfinished(d->state) ? d->next_attempt_ms : 0;
	line->result_role = delivery_role(d->state);
	(void)text_cut(line->result, sizeof(line->result), buf_text(&text), ROW_NAME);
	return true;
}

struct loading {
	struct board_event *items;
	size_t count, capacity;
	struct store *store;
	struct err *err;
	bool failed;
};

static void loading_done(struct loading *loading)
{
	free(loading->items);
}

static void keep(struct loading *loading, const struct board_event *line)
{
	VEC_PUSH(loading->items, loading->count, loading->capacity) = *line;
}

/* "ERROR  Shop  level 1 -> Website": whose alert an update comes from. */
static bool name_cause(struct board_event *line, int64_t alert_id, struct store *store,
		       struct err *err)
{
	DEFER(buf_done) struct buf text = BUF_INIT(ROW_NOTE - 1);
	struct alert alert;

	if (alert_id == 0)
		return true;
	if (!store_alert_get(store, alert_id, &alert, err))
		return false;
	set_what(line, alert_whats[alert.type], alert_roles[alert.type]);
	(void)text_cut(line->who, sizeof(line->who), alert.monitor, NAME_CHARS_MAX);
	buf_addf(&text, "level %lld -> %s", (long long)alert.level, line->text);
	(void)text_cut(line->text, sizeof(line->text), buf_text(&text), ROW_NOTE);
	return true;
}

static bool add_delivery(void *arg, const struct delivery *d)
{
	struct loading *loading = arg;
	struct board_event line = { .id = row_id(SOURCE_DELIVERY, d->id),
				    .subject = { &view_delivery, .object_id = d->id },
				    .at_ms = d->created_ms,
				    .incident_id = d->incident_id,
				    .delivery_id = d->id };

	set_what(&line, d->kind == KIND_TEST ? "TEST" : "HAND", ROLE_INFO);
	(void)text_cut(line.who, sizeof(line.who), delivery_kind_text(d->kind),
		       NAME_CHARS_MAX);
	(void)text_cut(line.text, sizeof(line.text), d->service, NAME_CHARS_MAX);
	loading->failed = !set_result(&line, d, loading->store, loading->err) ||
			  !name_cause(&line, d->alert_id, loading->store, loading->err);
	if (!loading->failed)
		keep(loading, &line);
	return !loading->failed;
}

/* ---- alerts that nobody heard of, and acts ---- */

static bool add_silent(void *arg, const struct alert *alert)
{
	struct board_event line = { .id = row_id(SOURCE_ALERT, alert->id),
				    .subject = { &view_monitor,
						 .object_id = alert->monitor_id },
				    .at_ms = alert->at_ms,
				    .result_role = ROLE_DIM };

	if (alert->reason[0] == '\0')
		return true;
	set_what(&line, alert_whats[alert->type], ROLE_DIM);
	(void)text_cut(line.who, sizeof(line.who), alert->monitor, NAME_CHARS_MAX);
	(void)text_cut(line.text, sizeof(line.text), alert->reason, ROW_NOTE);
	(void)text_cut(line.result, sizeof(line.result), "not sent", ROW_NAME);
	keep(arg, &line);
	return true;
}

static bool add_act(void *arg, const struct audit_row *row)
{
	DEFER(buf_done) struct buf text = BUF_INIT(ROW_NOTE - 1);
	struct board_event line = { .id = row_id(SOURCE_ACT, row->id),
				    .at_ms = row->at_ms };

	set_what(&line, "ACT", ROLE_INFO);
	(void)text_cut(line.who, sizeof(line.who), row->actor, NAME_CHARS_MAX);
	buf_addf(&text, "%s %s", row->action, row->object_kind);
	if (!text_equal(row->object, row->object_kind)) /* a link has no name */
		buf_addf(&text, " %s", row->object);
	(void)text_cut(line.text, sizeof(line.text), buf_text(&text), ROW_NOTE);
	keep(arg, &line);
	return true;
}

static int newest_first(const void *a, const void *b)
{
	const struct board_event *x = a, *y = b;

	if (x->at_ms != y->at_ms)
		return x->at_ms > y->at_ms ? -1 : 1;
	return x->id > y->id ? -1 : x->id < y->id;
}

bool board_events_load(struct list *list, struct store *store, struct err *err)
{
	DEFER(loading_done) struct loading loading = { .store = store, .err = err };
	struct filter newest = FILTER_ALL;

	newest.limit = EVENTS_MAX;
	if (!store_list_deliveries(store, &newest, add_delivery, &loading, err) ||
	    loading.failed ||
	    !store_list_alerts(store, &newest, add_silent, &loading, err) ||
	    !store_list_audit(store, &newest, add_act, &loading, err))
		return false;
	if (loading.count > 1)
		qsort(loading.items, loading.count, sizeof(*loading.items), newest_first);
	list_begin(list);
	for (size_t i = 0; i < loading.count; i++)
		list_add(list, &loading.items[i]);
	list_end(list);
	return true;
}
