/* What must hold before a record is stored or removed, beyond what it can know itself. */
#include <inttypes.h>

#include "core/base/text.h"
#include "core/rules/validate.h"
#include "db/name.h"
#include "db/record.h"

/* ---- what other records have to do with it ---- */

static bool check_guid(struct store *store, const void *rec, struct err *err)
{
	const struct monitor *monitor = rec;
	if (monitor->guid[0] == '\0')
		return true;
	DEFER(stmt_done)
	struct stmt *s = db_query(store, Q_MONITOR_BY_GUID);
	bind_text(s, ":guid", monitor->guid);
	bind_int(s, ":id", monitor->head.id);
	int got = stmt_step(s, err);
	if (got == 0)
		return true;
	return got > 0 && fail(err, ERR_INVALID, "GUID is that of monitor '%s' already",
			       column_text(s, 0));
}

static bool check_link(struct store *store, const void *rec, struct err *err)
{
	const struct link *link = rec;
	DEFER(stmt_done)
	struct stmt *s = db_query(store, Q_LINK_FITS);
	bind_int(s, ":placement", link->placement_id);
	bind_int(s, ":service", link->service_id);
	bool fits = false;
	if (!stmt_any(s, &fits, err))
		return false;
	return fits ||
	       fail(err, ERR_INVALID,
		    "Service is not one of the integration that this link belongs to");
}

static bool refuse_twin(enum record_kind kind, const void *rec, struct err *err)
{
	const struct field *name = field_by_column(kind, "name");
	if (name == NULL)
		return fail(err, ERR_INVALID, "%s is there already: change that one",
			    kind == RECORD_LEVEL ? "This level"
						 : record_types[kind].title);
	DEFER(buf_done)
	struct buf shown = BUF_INIT(NAME_SHOWN_MAX);
	name_add_quoted(&shown, field_text(name, rec));
	return fail(err, ERR_INVALID, "%s %s exists already; choose another name",
		    record_types[kind].title, buf_text(&shown));
}

bool record_check_whole(struct store *store, enum record_kind kind, const void *rec,
			struct err *err)
{
	static bool (*const checks[RECORD_KIND_COUNT])(struct store *, const void *,
						       struct err *) = {
		[RECORD_MONITOR] = check_guid,
		[RECORD_LINK] = check_link,
	};

	const struct record_head *head = rec;
	int64_t twin = 0;
	if (!record_validate(kind, rec, err) ||
	    (checks[kind] != NULL && !checks[kind](store, rec, err)) ||
	    !record_twin(store, kind, rec, &twin, err))
		return false;
	return twin == 0 || twin == head->id || refuse_twin(kind, rec, err);
}

/* ---- R8: what stands in the way of removing ---- */

struct dependency {
	enum record_kind kind;
	enum query
		query; /* :id; answers with the id, and a name, of what depends on it */
	const char *sentence; /* with id, name */
};

static const struct dependency dependencies[] = {
	{ RECORD_MONITOR, Q_DEPENDS_JOINED,
	  "it is joined to incident #%" PRId64
	  " of '%s'; end its episode with `hublink event "
	  "MONITOR ok`, or resolve or detach the incident" },
	{ RECORD_SERVICE, Q_DEPENDS_INCIDENT_OF_SERVICE,
	  "incident #%" PRId64 " of '%s' is not over; recover or resolve it first" },
	{ RECORD_SERVICE, Q_DEPENDS_DELIVERY_OF_SERVICE,
	  "delivery #%" PRId64
	  " to '%s' is not finished; wait for it, or cancel it first" },
	{ RECORD_INTEGRATION, Q_DEPENDS_INCIDENT_OF_INTEGRATION,
	  "incident #%" PRId64
	  " of its service '%s' is not over; recover or resolve it first" },
	{ RECORD_INTEGRATION, Q_DEPENDS_DELIVERY_OF_INTEGRATION,
	  "delivery #%" PRId64
	  " to its service '%s' is not finished; wait for it, or cancel it "
	  "first" },
};

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored \
	"-Wformat-nonliteral" /* the sentences are the literals above */
static bool refuse(const struct dependency *dependency, const void *rec,
		   const struct stmt *s, struct err *err)
{
	DEFER(buf_done)
	struct buf shown = BUF_INIT(NAME_SHOWN_MAX);
	name_add_quoted(&shown, record_name(dependency->kind, rec));
	fail(err, ERR_REFUSED, dependency->sentence, column_int(s, 0), column_text(s, 1));
	return fail_in(err, "%s %s cannot be deleted",
		       record_types[dependency->kind].title, buf_text(&shown));
}
#pragma GCC diagnostic pop

bool record_check_free(struct store *store, enum record_kind kind, const void *rec,
		       struct err *err)
{
	const struct record_head *head = rec;
	for (size_t i = 0; i < COUNT_OF(dependencies); i++) {
		if (dependencies[i].kind != kind)
			continue;
		DEFER(stmt_done)
		struct stmt *s = db_query(store, dependencies[i].query);
		bind_int(s, ":id", head->id);
		int got = stmt_step(s, err);
		if (got < 0)
			return false;
		if (got > 0)
			return refuse(&dependencies[i], rec, s, err);
	}
	return true;
}
