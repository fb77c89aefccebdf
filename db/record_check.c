/* What must hold before a record is stored or removed, beyond what a single field can
 * know. */
#include <inttypes.h>

#include "core/base/text.h"
#include "core/rules/payload.h"
#include "db/name.h"
#include "db/record.h"

/* ---- what the fields mean together ---- */

static bool check_monitor(struct store *store, const void *rec, struct err *err)
{
	const struct monitor *monitor = rec;
	if (monitor->check_type != CHECK_NONE && monitor->check_target[0] == '\0')
		return fail(err, ERR_INVALID,
			    "Check target is missing: say what the check asks, or set "
			    "Check to none");
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

static bool check_texts(const struct public_text *text, struct err *err)
{
	return (text_check(text->title, err) || fail_in(err, "Title")) &&
	       (text_check(text->disruption, err) || fail_in(err, "Disruption text")) &&
	       (text_check(text->recovery, err) || fail_in(err, "Recovery text"));
}

static bool check_integration(struct store *store, const void *rec, struct err *err)
{
	(void)store;
	const struct integration *integration = rec;
	bool has_template = integration->template_json[0] != '\0';
	if ((integration->storm_max_new > 0) != (integration->storm_within_ms > 0))
		return fail(err, ERR_INVALID,
			    "Storm guard needs both: how many new incidents, and within "
			    "what time");
	if (integration->payload == PAYLOAD_CUSTOM && !has_template)
		return fail(err, ERR_INVALID,
			    "Template is missing: payload custom posts it");
	if (has_template && !template_check(integration->template_json, err))
		return fail_in(err, "Template");
	return check_texts(&integration->text, err);
}

static bool check_service(struct store *store, const void *rec, struct err *err)
{
	(void)store;
	return check_texts(&((const struct service *)rec)->text, err);
}

static bool check_level(struct store *store, const void *rec, struct err *err)
{
	(void)store;
	const struct level *level = rec;
	return (level->after_errors > 0) != (level->after_minutes > 0) ||
	       fail(err, ERR_INVALID,
		    "A level triggers either after errors or after minutes: set one of "
		    "them, the "
		    "other 0");
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

static bool check_maintenance(struct store *store, const void *rec, struct err *err)
{
	(void)store;
	const struct maintenance *window = rec;
	return window->until_ms >= window->from_ms ||
	       fail(err, ERR_INVALID, "Until is before From");
}

static bool refuse_twin(enum record_kind kind, const void *rec, struct err *err)
{
	const struct field *name = field_by_column(kind, "name");
	if (name == NULL)
		return fail(err, ERR_INVALID, "%s is there already: change that one",
			    kind == RECORD_LEVEL ? "This level" : record_title(kind));
	DEFER(buf_done)
	struct buf shown = BUF_INIT(NAME_SHOWN_MAX);
	name_add_quoted(&shown, field_text(name, rec));
	return fail(err, ERR_INVALID, "%s %s exists already; choose another name",
		    record_title(kind), buf_text(&shown));
}

bool record_check_whole(struct store *store, enum record_kind kind, const void *rec,
			struct err *err)
{
	static bool (*const checks[])(struct store *, const void *, struct err *) = {
		[RECORD_MONITOR] = check_monitor,
		[RECORD_INTEGRATION] = check_integration,
		[RECORD_SERVICE] = check_service,
		[RECORD_DEFINITION] = NULL,
		[RECORD_LEVEL] = check_level,
		[RECORD_PLACEMENT] = NULL,
		[RECORD_LINK] = check_link,
		[RECORD_MAINTENANCE] = check_maintenance,
	};
	_Static_assert(COUNT_OF(checks) == RECORD_KIND_COUNT, "every kind is thought of");

	const struct record_head *head = rec;
	int64_t twin = 0;
	if (!record_check(kind, rec, err) ||
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
	return fail_in(err, "%s %s cannot be deleted", record_title(dependency->kind),
		       buf_text(&shown));
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
