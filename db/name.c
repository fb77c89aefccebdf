#include "db/name.h"

#include <string.h>

#include "core/base/nearest.h"
#include "core/base/text.h"
#include "db/record.h"
#include "db/record_sql.h"

void name_add_quoted(struct buf *ret, const char *name)
{
	buf_addc(ret, '\'');
	text_add_brief(ret, name);
	buf_addc(ret, '\'');
}

bool name_find(struct store *store, enum record_kind kind, const char *name,
	       int64_t *ret_id, struct err *err)
{
	const char *const *identity = record_identity(kind);
	*ret_id = 0;
	if (!text_equal(identity[0], "name"))
		return true;
	DEFER(stmt_done) struct stmt *s = db_record_query(store, kind, RECORD_FIND);
	bind_borrowed(s, ":name", name);
	return stmt_number(s, 0, ret_id, err);
}

bool name_find_service(struct store *store, const char *integration, const char *service,
		       int64_t *ret_id, struct err *err)
{
	DEFER(stmt_done)
	struct stmt *s = db_query(store, Q_SERVICE_BY_FULL_NAME);
	bind_text(s, ":integration", integration);
	bind_text(s, ":name", service);
	return stmt_number(s, 0, ret_id, err);
}

/* ---- not found ---- */

struct listing {
	enum record_kind kind;
	enum query names;
};

static const struct listing listings[] = {
	{ RECORD_MONITOR, Q_MONITOR_NAMES },
	{ RECORD_INTEGRATION, Q_INTEGRATION_NAMES },
	{ RECORD_SERVICE, Q_SERVICE_NAMES },
	{ RECORD_DEFINITION, Q_DEFINITION_NAMES },
};

static bool find_nearest(struct store *store, enum query names, struct nearest *nearest,
			 struct err *err)
{
	DEFER(stmt_done)
	struct stmt *s = db_query(store, names);
	int got;
	while ((got = stmt_step(s, err)) > 0)
		nearest_offer(nearest, column_text(s, 0));
	return got == 0;
}

static bool refuse_unknown(struct store *store, const struct listing *listing,
			   const char *name, struct err *err)
{
	DEFER(buf_done)
	struct buf text = BUF_INIT(NAME_SHOWN_MAX);
	struct nearest nearest;
	nearest_init(&nearest, name);
	if (!find_nearest(store, listing->names, &nearest, err))
		return false;
	buf_addf(&text, "%s ", record_types[listing->kind].title);
	name_add_quoted(&text, name);
	buf_adds(&text, " does not exist");
	const char *best = nearest_found(&nearest);
	if (best != NULL) {
		buf_adds(&text, "; ");
		name_add_quoted(&text, best);
		buf_adds(&text, " is the nearest name");
	}
	return fail(err, ERR_NOT_FOUND, "%s; %s", buf_text(&text),
		    record_types[listing->kind].listed);
}

/* ---- services ---- */

/* "Integration/Name" at every slash: either may hold one. Stops at the first that exists.
 */
static bool find_full(struct store *store, const char *name, int64_t *ret_id,
		      struct err *err)
{
	DEFER(buf_done)
	struct buf integration = BUF_INIT(NAME_SIZE);
	*ret_id = 0;
	for (const char *slash = strchr(name, '/'); slash != NULL && *ret_id == 0;
	     slash = strchr(slash + 1, '/')) {
		buf_reset(&integration);
		buf_add(&integration, name, (size_t)(slash - name));
		if (!name_find_service(store, buf_text(&integration), slash + 1, ret_id,
				       err))
			return false;
	}
	return true;
}

/* *ret_count: how many integrations have one of this name; ret_candidates: all of them.
 */
static bool find_bare(struct store *store, const char *name, int64_t *ret_id,
		      int *ret_count, struct buf *ret_candidates, struct err *err)
{
	DEFER(stmt_done)
	struct stmt *s = db_query(store, Q_SERVICE_BY_NAME);
	bind_text(s, ":name", name);
	int got;
	*ret_count = 0;
	while ((got = stmt_step(s, err)) > 0) {
		*ret_id = column_int(s, 0);
		buf_adds(ret_candidates, *ret_count == 0 ? "" : ", ");
		name_add_quoted(ret_candidates, column_text(s, 1));
		++*ret_count;
	}
	return got == 0;
}

static bool find_service(struct store *store, const char *name, int64_t *ret_id,
			 struct err *err)
{
	DEFER(buf_done)
	struct buf candidates = BUF_INIT(NAME_SHOWN_MAX);
	int count = 0;
	if (!find_full(store, name, ret_id, err))
		return false;
	if (*ret_id != 0)
		return true;
	if (!find_bare(store, name, ret_id, &count, &candidates, err))
		return false;
	if (count <= 1)
		return true;
	DEFER(buf_done)
	struct buf shown = BUF_INIT(NAME_SHOWN_MAX);
	name_add_quoted(&shown, name);
	return fail(err, ERR_INVALID, "Service %s is ambiguous: %s; name one of them",
		    buf_text(&shown), buf_text(&candidates));
}

bool store_find_id(struct store *store, enum record_kind kind, const char *name,
		   int64_t *ret_id, struct err *err)
{
	int64_t id = 0;
	if (!(kind == RECORD_SERVICE ? find_service(store, name, &id, err)
				     : name_find(store, kind, name, &id, err)))
		return false;
	for (size_t i = 0; id == 0 && i < COUNT_OF(listings); i++) {
		if (listings[i].kind == kind)
			return refuse_unknown(store, &listings[i], name, err);
	}
	if (id == 0)
		return fail(err, ERR_NOT_FOUND, "A %s has no name to be found by",
			    record_types[kind].name);
	*ret_id = id;
	return true;
}
