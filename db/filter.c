#include "db/filter.h"

void filter_bind(struct stmt *stmt, const struct filter *filter, unsigned parts)
{
	bind_int(stmt, ":limit", filter->limit > 0 ? filter->limit : -1);
	if (parts & FILTER_PAGE)
		bind_int(stmt, ":before",
			 filter->before_id > 0 ? filter->before_id : INT64_MAX);
	if (parts & FILTER_STATE)
		bind_int(stmt, ":state", filter->state);
	if (parts & FILTER_OPEN)
		bind_int(stmt, ":open", filter->open);
	if (parts & FILTER_TIME) {
		bind_int(stmt, ":since", filter->since_ms);
		bind_int(stmt, ":until", filter->until_ms);
	}
	if (parts & FILTER_WHO) {
		bind_int(stmt, ":service", filter->service_id);
		bind_int(stmt, ":monitor", filter->monitor_id);
	}
	if (parts & FILTER_INCIDENT)
		bind_int(stmt, ":incident", filter->incident_id);
	if (parts & FILTER_TOLD)
		bind_int(stmt, ":told", filter->told);
	if (parts & FILTER_PART) {
		bind_int(stmt, ":kind", filter->part_kind);
		bind_int(stmt, ":part", filter->part_id);
	}
	if (parts & FILTER_SEARCH)
		bind_text(stmt, ":search", filter->search);
}
