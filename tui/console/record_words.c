#include "tui/console/record_words.h"

#include "core/base/mem.h"

static const char *const words[RECORD_KIND_COUNT] = {
	[RECORD_MONITOR] = "monitor",
	[RECORD_INTEGRATION] = "integration",
	[RECORD_SERVICE] = "service",
	[RECORD_DEFINITION] = "alert definition",
	[RECORD_LEVEL] = "level",
	[RECORD_PLACEMENT] = "integration",
	[RECORD_LINK] = "link",
	[RECORD_MAINTENANCE] = "maintenance window",
	[RECORD_SCHEDULE] = "recurring maintenance",
};

const char *record_word(enum record_kind kind)
{
	return words[kind];
}

static bool add_name_of(struct store *store, enum record_kind kind, int64_t id,
			const char *before, struct buf *ret, struct err *err)
{
	DEFER(mem_free) void *rec = mem_new(1, record_types[kind].size);

	if (id == 0)
		return true;
	if (!store_get(store, kind, id, rec, err))
		return false;
	buf_addf(ret, "%s%s", before, record_name(kind, rec));
	return true;
}

static bool add_level(struct store *store, int64_t level_id, struct buf *ret,
		      struct err *err)
{
	struct level level = { 0 };

	if (level_id == 0)
		return true;
	if (!store_get(store, RECORD_LEVEL, level_id, &level, err))
		return false;
	buf_addf(ret, " in level %lld", (long long)level.number);
	return add_name_of(store, RECORD_DEFINITION, level.definition_id, " of ", ret,
			   err);
}

static bool add_link(struct store *store, const struct link *link, struct buf *ret,
		     struct err *err)
{
	return add_name_of(store, RECORD_MONITOR, link->monitor_id, " ", ret, err) &&
	       add_name_of(store, RECORD_SERVICE, link->service_id, " -> ", ret, err);
}

bool record_add_title(struct store *store, enum record_kind kind, const void *rec,
		      struct buf *ret, struct err *err)
{
	const struct record_head *head = rec;
	const struct field *name = field_by_column(kind, "name");

	if (kind == RECORD_MAINTENANCE && head->id != 0) {
		buf_addf(ret, "maintenance window #%lld", (long long)head->id);
		return true;
	}
	buf_adds(ret, record_word(kind));
	if (kind == RECORD_LEVEL)
		buf_addf(ret, " %lld", (long long)((const struct level *)rec)->number);
	if (name != NULL && field_text(name, rec)[0] != '\0')
		buf_addf(ret, " %s", field_text(name, rec));
	if (kind == RECORD_SERVICE)
		return add_name_of(store, RECORD_INTEGRATION,
				   ((const struct service *)rec)->integration_id, " of ",
				   ret, err);
	if (kind == RECORD_LEVEL)
		return add_name_of(store, RECORD_DEFINITION,
				   ((const struct level *)rec)->definition_id, " of ",
				   ret, err);
	if (kind == RECORD_LINK)
		return add_link(store, rec, ret, err);
	if (kind != RECORD_PLACEMENT)
		return true;
	const struct placement *placement = rec;
	return add_name_of(store, RECORD_INTEGRATION, placement->integration_id, " ", ret,
			   err) &&
	       add_level(store, placement->level_id, ret, err);
}

bool record_read_title(struct store *store, enum record_kind kind, int64_t id,
		       struct buf *ret, struct err *err)
{
	DEFER(mem_free) void *rec = mem_new(1, record_types[kind].size);

	return store_get(store, kind, id, rec, err) &&
	       record_add_title(store, kind, rec, ret, err);
}
