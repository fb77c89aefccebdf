/* Lists of what happened and what was decided, newest first. What a list is asked for
 * decides which index it walks. */
#include "db/filter.h"
#include "db/journal.h"

static bool asks_for_a_page_only(const struct filter *filter)
{
	return !filter->open && filter->state < 0 && filter->monitor_id == 0 &&
	       filter->since_ms == 0 && filter->until_ms == 0 && filter->search == NULL;
}

/* All that is asked of events. */
static struct stmt *ask_for_events(struct store *store, const struct filter *filter)
{
	if (asks_for_a_page_only(filter)) {
		struct stmt *s = db_query(store, Q_LIST_ALL_EVENTS);
		filter_bind(s, filter, FILTER_PAGE);
		return s;
	}
	struct stmt *s =
		db_query(store, filter->monitor_id != 0 ? Q_LIST_EVENTS_OF_MONITOR
							: Q_LIST_EVENTS);
	filter_bind(s, filter,
		    FILTER_PAGE | FILTER_STATE | FILTER_OPEN | FILTER_TIME |
			    FILTER_SEARCH);
	bind_int(s, ":monitor", filter->monitor_id);
	return s;
}

bool store_list_events(struct store *store, const struct filter *filter,
		       bool (*row)(void *, const struct event_line *), void *arg,
		       struct err *err)
{
	DEFER(stmt_done) struct stmt *s = ask_for_events(store, filter);
	int got = 0;
	bool go_on = true;
	while (go_on && (got = stmt_step(s, err)) > 0) {
		const struct event_line line = {
			.seq = column_int(s, 0),
			.monitor_id = column_int(s, 1),
			.at_ms = column_int(s, 2),
			.state = (enum event_state)column_int(s, 3),
			.confirmed = column_bool(s, 4),
			.message = column_text(s, 5),
		};
		go_on = row(arg, &line);
	}
	return got >= 0;
}

static enum query alerts_question(const struct filter *filter)
{
	if (filter->incident_id != 0)
		return Q_LIST_ALERTS_OF_INCIDENT;
	if (filter->monitor_id != 0)
		return Q_LIST_ALERTS_OF_MONITOR;
	return filter->service_id != 0 ? Q_LIST_ALERTS_OF_SERVICE : Q_LIST_ALERTS;
}

bool store_list_alerts(struct store *store, const struct filter *filter,
		       bool (*row)(void *, const struct alert *), void *arg,
		       struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, alerts_question(filter));
	filter_bind(s, filter,
		    FILTER_PAGE | FILTER_STATE | FILTER_OPEN | FILTER_TIME | FILTER_WHO |
			    FILTER_INCIDENT | FILTER_SEARCH);
	int got = 0;
	bool go_on = true;
	while (go_on && (got = stmt_step(s, err)) > 0) {
		struct alert alert;
		journal_read_alert(s, &alert);
		go_on = row(arg, &alert);
	}
	return got >= 0;
}

/* ---- pages that are near ---- */

enum { NEAR_ROWS = 500 }; /* less to read than an index of thousands */

/* A list of what is not over, and how to see whether its page is among the newest rows. */
struct nearby {
	enum query ids;   /* newest first */
	enum query count; /* of those that the filter takes, above :least */
	unsigned filters;
};

static bool newest_row(struct store *store, enum query ids, const struct filter *filter,
		       int64_t *ret_id, struct err *err)
{
	const struct filter newest = { .before_id = filter->before_id, .limit = 1 };
	DEFER(stmt_done) struct stmt *s = db_query(store, ids);
	filter_bind(s, &newest, FILTER_PAGE);
	return stmt_number(s, 0, ret_id, err);
}

/* Is the whole page among the newest rows? */
static bool page_is_near(struct store *store, const struct nearby *list,
			 const struct filter *filter, bool *ret, struct err *err)
{
	int64_t newest_id, count;
	*ret = false;
	if (filter->limit <= 0)
		return true;
	if (!newest_row(store, list->ids, filter, &newest_id, err))
		return false;
	DEFER(stmt_done) struct stmt *s = db_query(store, list->count);
	filter_bind(s, filter, list->filters);
	bind_int(s, ":least", newest_id - NEAR_ROWS);
	if (!stmt_number(s, 0, &count, err))
		return false;
	*ret = count == filter->limit;
	return true;
}

/* ---- incidents ---- */

static const struct nearby near_incidents = {
	.ids = Q_LIST_INCIDENT_IDS,
	.count = Q_INCIDENTS_NEAR,
	.filters = FILTER_PAGE | FILTER_STATE | FILTER_OPEN | FILTER_TIME | FILTER_WHO |
		   FILTER_SEARCH,
};

static bool all_stand(const struct filter *filter)
{
	return filter->open ||
	       (filter->state >= INCIDENT_HELD && filter->state <= INCIDENT_IDENTIFIED);
}

static enum query incidents_question(const struct filter *filter)
{
	if (filter->incident_id != 0)
		return Q_LIST_INCIDENTS;
	if (all_stand(filter))
		return Q_LIST_INCIDENTS_STANDING;
	if (filter->service_id != 0)
		return Q_LIST_INCIDENTS_OF_SERVICE;
	if (filter->monitor_id != 0)
		return Q_LIST_INCIDENTS_OF_MONITOR;
	return filter->state == INCIDENT_MONITORING ? Q_LIST_INCIDENTS_MONITORING
						    : Q_LIST_INCIDENTS;
}

static bool each_incident(struct stmt *s, bool (*row)(void *, const struct incident *),
			  void *arg, struct err *err)
{
	int got = 0;
	bool go_on = true;
	while (go_on && (got = stmt_step(s, err)) > 0) {
		struct incident incident;
		journal_read_incident(s, &incident);
		go_on = row(arg, &incident);
	}
	return got >= 0;
}

bool store_list_incidents(struct store *store, const struct filter *filter,
			  bool (*row)(void *, const struct incident *), void *arg,
			  struct err *err)
{
	struct filter asked = *filter;
	if (filter->incident_id != 0 &&
	    (filter->before_id == 0 || filter->before_id > filter->incident_id))
		asked.before_id = filter->incident_id + 1;
	enum query question = incidents_question(filter);
	bool is_near = false;
	if (question == Q_LIST_INCIDENTS_STANDING &&
	    !page_is_near(store, &near_incidents, &asked, &is_near, err))
		return false;
	DEFER(stmt_done)
	struct stmt *s = db_query(store, is_near ? Q_LIST_INCIDENTS : question);
	filter_bind(s, &asked, near_incidents.filters);
	bind_int(s, ":least", filter->incident_id);
	return each_incident(s, row, arg, err);
}

bool store_list_reminders(struct store *store,
			  bool (*row)(void *, const struct incident *), void *arg,
			  struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_LIST_REMINDERS);
	return each_incident(s, row, arg, err);
}

/* The newest so many; 0: all. */
static bool list_newest_ids(struct stmt *s, int64_t limit, id_fn *row, void *arg,
			    struct err *err)
{
	struct filter newest = FILTER_ALL;
	newest.limit = limit;
	filter_bind(s, &newest, FILTER_PAGE);
	return row_each_id(s, row, arg, err);
}

bool store_list_incident_ids(struct store *store, int64_t limit, id_fn *row, void *arg,
			     struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_LIST_INCIDENT_IDS);
	return list_newest_ids(s, limit, row, arg, err);
}

bool store_list_delivery_ids(struct store *store, int64_t service_id, int64_t limit,
			     id_fn *row, void *arg, struct err *err)
{
	bool one = service_id != 0;
	DEFER(stmt_done)
	struct stmt *s = db_query(store, one ? Q_LIST_DELIVERY_IDS_OF_SERVICE
					     : Q_LIST_DELIVERY_IDS);
	if (one)
		bind_int(s, ":service", service_id);
	return list_newest_ids(s, limit, row, arg, err);
}

bool store_incident_monitors(struct store *store, int64_t incident_id, text_fn *row,
			     void *arg, struct err *err)
{
	return row_texts(store, Q_INCIDENT_MONITORS, incident_id, row, arg, err);
}

/* ---- deliveries ---- */

static const struct nearby near_deliveries = {
	.ids = Q_LIST_DELIVERY_IDS,
	.count = Q_DELIVERIES_NEAR,
	.filters = FILTER_PAGE | FILTER_STATE | FILTER_OPEN | FILTER_TIME | FILTER_WHO |
		   FILTER_INCIDENT | FILTER_TOLD | FILTER_SEARCH,
};

static bool all_unfinished(const struct filter *filter)
{
	return filter->open ||
	       (filter->state >= 0 &&
		delivery_is_unfinished((enum delivery_state)filter->state));
}

static enum query deliveries_question(const struct filter *filter)
{
	if (filter->incident_id != 0)
		return Q_LIST_DELIVERIES_OF_INCIDENT;
	if (all_unfinished(filter))
		return filter->service_id != 0 ? Q_LIST_DELIVERIES_OF_LANE
					       : Q_LIST_DELIVERIES_UNFINISHED;
	if (filter->service_id != 0)
		return Q_LIST_DELIVERIES_OF_SERVICE;
	return filter->monitor_id != 0 ? Q_LIST_DELIVERIES_OF_MONITOR : Q_LIST_DELIVERIES;
}

bool store_list_deliveries(struct store *store, const struct filter *filter,
			   bool (*row)(void *, const struct delivery *), void *arg,
			   struct err *err)
{
	const enum query question = deliveries_question(filter);
	bool is_near = false;
	if ((question == Q_LIST_DELIVERIES_UNFINISHED ||
	     question == Q_LIST_DELIVERIES_OF_LANE) &&
	    !page_is_near(store, &near_deliveries, filter, &is_near, err))
		return false;
	DEFER(stmt_done)
	struct stmt *s = db_query(store, is_near ? Q_LIST_DELIVERIES : question);
	filter_bind(s, filter, near_deliveries.filters);
	int got = 0;
	bool go_on = true;
	while (go_on && (got = stmt_step(s, err)) > 0) {
		struct delivery delivery;
		journal_read_delivery(s, &delivery);
		go_on = row(arg, &delivery);
	}
	return got >= 0;
}
