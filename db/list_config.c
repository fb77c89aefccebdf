/* Lists of the configuration together with what it is doing now, by name. */
#include "db/filter.h"
#include "db/journal.h"
#include "db/record.h"

bool store_list_monitors(struct store *store, const struct filter *filter,
			 bool (*row)(void *, const struct monitor_row *), void *arg,
			 struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_LIST_MONITORS);
	filter_bind(s, filter, FILTER_OPEN | FILTER_WHO | FILTER_SEARCH);
	bind_int(s, ":now", db_now_ms(store));
	int got = 0;
	bool go_on = true;
	while (go_on && (got = stmt_step(s, err)) > 0) {
		struct monitor_row monitor = { .muted = column_bool(s, 1),
					       .links = column_int(s, 2) };
		monitor.state.monitor_id = column_int(s, 0);
		journal_read_state(s, 3, &monitor.state);
		bool found;
		if (!record_load(store, RECORD_MONITOR, column_int(s, 0),
				 &monitor.monitor, &found, err))
			return false;
		go_on = !found || row(arg, &monitor);
	}
	return got >= 0;
}

bool store_monitor_brief(struct store *store, int64_t monitor_id,
			 bool (*row)(void *, const struct monitor_brief *), void *arg,
			 struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_MONITOR_BRIEF);
	bind_int(s, ":monitor", monitor_id);
	bind_int(s, ":now", db_now_ms(store));
	int got = stmt_step(s, err);
	if (got > 0) {
		const struct monitor_brief monitor = {
			.id = column_int(s, 0),
			.active = column_bool(s, 1),
			.muted = column_bool(s, 2),
			.links = column_int(s, 3),
			.name = column_text(s, 4),
			.known = column_bool(s, 5),
			.in_error = column_bool(s, 6),
			.since_ms = column_int(s, 7),
			.errors = column_int(s, 8),
			.message = column_text(s, 9),
		};
		(void)row(arg, &monitor);
	}
	return got >= 0;
}

/* Its name is valid until the statement goes on. */
static struct service_brief service_brief_of(const struct stmt *s)
{
	return (struct service_brief){
		.id = column_int(s, 0),
		.status = (enum service_status)column_int(s, 1),
		.open_incidents = column_int(s, 2),
		.links = column_int(s, 3),
		.unfinished = column_int(s, 4),
		.has_told = column_bool(s, 5),
		.told_status = (enum incident_status)column_int(s, 6),
		.told_ms = column_int(s, 7),
		.told_http = column_int(s, 8),
		.name = column_text(s, 9),
	};
}

bool store_list_services(struct store *store, const struct filter *filter,
			 bool (*row)(void *, const struct service_row *), void *arg,
			 struct err *err)
{
	/* Its texts are too long for the stack. */
	DEFER(mem_free)
	struct service_row *service = mem_new(1, sizeof(*service));
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_LIST_SERVICES);
	filter_bind(s, filter, FILTER_OPEN | FILTER_WHO | FILTER_SEARCH);
	int got = 0;
	bool go_on = true;
	while (go_on && (got = stmt_step(s, err)) > 0) {
		bool found;
		if (!record_load(store, RECORD_SERVICE, column_int(s, 0),
				 &service->service, &found, err))
			return false;
		service->brief = service_brief_of(s);
		go_on = !found || row(arg, service);
	}
	return got >= 0;
}

bool store_list_service_briefs(struct store *store, int64_t service_id,
			       bool (*row)(void *, const struct service_brief *),
			       void *arg, struct err *err)
{
	bool one = service_id != 0;
	DEFER(stmt_done)
	struct stmt *s =
		db_query(store, one ? Q_LIST_SERVICE_BRIEF : Q_LIST_SERVICE_BRIEFS);
	if (one)
		bind_int(s, ":service", service_id);
	int got = 0;
	bool go_on = true;
	while (go_on && (got = stmt_step(s, err)) > 0) {
		const struct service_brief service = service_brief_of(s);
		go_on = row(arg, &service);
	}
	return got >= 0;
}

static bool list_ids(struct store *store, enum query query, id_fn *row, void *arg,
		     struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, query);
	return row_each_id(s, row, arg, err);
}

bool store_list_monitor_ids(struct store *store, id_fn *row, void *arg, struct err *err)
{
	return list_ids(store, Q_LIST_MONITOR_IDS, row, arg, err);
}

bool store_list_service_ids(struct store *store, id_fn *row, void *arg, struct err *err)
{
	DEFER(store_abort) struct transaction tx = { 0 };
	return store_begin_reading(store, &tx, err) &&
	       list_ids(store, Q_LIST_WRONG_SERVICES, row, arg, err) &&
	       list_ids(store, Q_LIST_OTHER_SERVICES, row, arg, err);
}

static enum query links_question(const struct filter *filter)
{
	if (filter->monitor_id != 0)
		return Q_LIST_LINKS_OF_MONITOR;
	return filter->service_id != 0 ? Q_LIST_LINKS_OF_SERVICE : Q_LIST_LINKS;
}

bool store_list_links(struct store *store, const struct filter *filter,
		      bool (*row)(void *, const struct link_row *), void *arg,
		      struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, links_question(filter));
	filter_bind(s, filter, FILTER_WHO | FILTER_SEARCH | FILTER_PART);
	int got = 0;
	bool go_on = true;
	while (go_on && (got = stmt_step(s, err)) > 0) {
		struct link_row link = { .id = column_int(s, 0),
					 .level = column_int(s, 1),
					 .active = column_bool(s, 2),
					 .critical = column_bool(s, 3) };
		column_copy(s, 4, link.definition, sizeof(link.definition));
		column_copy(s, 5, link.monitor, sizeof(link.monitor));
		column_copy(s, 6, link.integration, sizeof(link.integration));
		column_copy(s, 7, link.service, sizeof(link.service));
		link.placement_id = column_int(s, 8);
		link.monitor_id = column_int(s, 9);
		link.service_id = column_int(s, 10);
		link.definition_id = column_int(s, 11);
		link.level_id = column_int(s, 12);
		link.integration_id = column_int(s, 13);
		go_on = row(arg, &link);
	}
	return got >= 0;
}
