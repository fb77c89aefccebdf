#include "tui/console/board.h"

#include "core/base/clock.h"
#include "core/base/text.h"

enum {
	NEXT_MAX = 100,
	INCIDENTS_MAX = 500,
	MONITORING_MAX = 200,
	DELIVERIES_LOOKED_AT = 20, /* of an incident, for what of it waits */
};

/* ---- incidents ---- */

struct loading {
	struct list *list;
	struct store *store;
	struct err *err;
	int64_t since_ms; /* incidents in Monitoring since then are shown */
	int64_t recent;   /* how many of these */
	enum mode mode;
	bool failed;
};

/* Newest first: the last unfinished one seen is the first to go. */
static bool note_wait(void *arg, const struct delivery *d)
{
	struct incident_line *line = arg;

	if (delivery_is_unfinished(d->state)) {
		line->waits = true;
		line->wait_state = d->state;
		line->wait_until_ms = d->next_attempt_ms;
		line->wait_http = d->http_status;
	} else if (d->state == DELIVERY_DELIVERED && line->told_http == 0) {
		line->told_http = d->http_status;
	}
	return true;
}

static bool add_standing(void *arg, const struct incident *incident)
{
	struct loading *loading = arg;
	struct incident_line line = incident_line_of(incident);
	struct filter newest = FILTER_ALL;

	newest.incident_id = incident->id;
	newest.limit = DELIVERIES_LOOKED_AT;
	loading->failed =
		!incident_line_add_monitors(&line, loading->store, loading->err) ||
		!store_list_deliveries(loading->store, &newest, note_wait, &line,
				       loading->err);
	line.waits_for_mode = line.waits && line.wait_state != DELIVERY_HELD &&
			      loading->mode == MODE_PAUSED;
	if (!loading->failed)
		list_add(loading->list, &line);
	return !loading->failed;
}

static bool add_recent(void *arg, const struct incident *incident)
{
	struct loading *loading = arg;

	if (incident->monitoring_at_ms < loading->since_ms)
		return true;
	loading->recent++;
	return add_standing(arg, incident);
}

static void add_folded(struct list *list, int64_t count)
{
	struct incident_line line = { .id = BOARD_FOLDED_ID,
				      .status = INCIDENT_MONITORING,
				      .service_status = SERVICE_OPERATIONAL,
				      .folded = count };
	DEFER(buf_done) struct buf text = BUF_INIT(ROW_NAME - 1);

	if (count <= 0)
		return;
	buf_addf(&text, "%lld older %s for your Resolved", (long long)count,
		 count == 1 ? "waits" : "wait");
	(void)text_cut(line.service, sizeof(line.service), buf_text(&text),
		       NAME_CHARS_MAX);
	list_add(list, &line);
}

bool board_incidents_load(struct list *list, struct store *store, enum mode mode,
			  int64_t now_ms, int64_t waiting, struct err *err)
{
	struct loading loading = { .list = list,
				   .store = store,
				   .err = err,
				   .since_ms = now_ms - DAY_MS,
				   .mode = mode };
	struct filter standing = FILTER_ALL;
	struct filter monitoring = FILTER_ALL;

	standing.open = true;
	standing.limit = INCIDENTS_MAX;
	monitoring.state = INCIDENT_MONITORING;
	monitoring.limit = MONITORING_MAX;
	list_begin(list);
	bool loaded =
		store_list_incidents(store, &standing, add_standing, &loading, err) &&
		!loading.failed &&
		store_list_incidents(store, &monitoring, add_recent, &loading, err) &&
		!loading.failed;
	if (loaded)
		add_folded(list, waiting - loading.recent);
	list_end(list);
	return loaded;
}

/* ---- what is next ---- */

static void next_when(const void *row, int64_t now_ms, struct buf *ret)
{
	add_until(ret, ((const struct next_line *)row)->at_ms, now_ms);
}

static void next_kind(const void *row, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	buf_adds(ret, next_kind_text(((const struct next_line *)row)->kind));
}

/* What waits for a person stands out. */
static enum role next_role(const void *row)
{
	return ((const struct next_line *)row)->kind == NEXT_HELD ? ROLE_WARN : ROLE_INFO;
}

static void next_text(const void *row, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	buf_adds(ret, ((const struct next_line *)row)->text);
}

static const struct column next_columns[] = {
	{ "When", 7, 0, NULL, next_when },
	{ "Why", 8, 1, next_role, next_kind },
	{ "What goes public", 0, 0, NULL, next_text },
};

void board_next_init(struct list *list)
{
	list_init(list, next_columns, COUNT_OF(next_columns), sizeof(struct next_line));
}

/* The same for the same thing, whatever else comes and goes. */
static int64_t next_id(const struct next_item *item)
{
	if (item->delivery_id != 0)
		return item->delivery_id * 4;
	if (item->incident_id != 0)
		return item->incident_id * 4 + 1;
	if (item->window_id != 0) /* its beginning and its end */
		return (item->window_id * 2 + item->begins) * 4 + 3;
	return ((item->service_id << 24) + item->monitor_id) * 4 + 2;
}

static bool add_next(void *arg, const struct next_item *item)
{
	struct next_line line = {
		.id = next_id(item),
		.kind = item->kind,
		.at_ms = item->at_ms,
		.incident_id = item->incident_id,
		.delivery_id = item->delivery_id,
		.monitor_id = item->monitor_id,
		.window_id = item->window_id,
	};

	(void)text_cut(line.text, sizeof(line.text), item->text, ROW_NOTE);
	list_add(arg, &line);
	return true;
}

bool board_next_load(struct list *list, struct store *store, int64_t now_ms,
		     struct err *err)
{
	list_begin(list);
	bool loaded = next_list(store, now_ms, NEXT_MAX, add_next, list, err);
	list_end(list);
	return loaded;
}
