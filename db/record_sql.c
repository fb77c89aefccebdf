#include "db/record_sql.h"

const char *const *record_identity(enum record_kind kind)
{
	static const char *const identities[RECORD_KIND_COUNT][IDENTITY_MAX + 1] = {
		[RECORD_MONITOR] = { "name" },
		[RECORD_INTEGRATION] = { "name" },
		[RECORD_SERVICE] = { "integration_id", "name" },
		[RECORD_DEFINITION] = { "name" },
		[RECORD_LEVEL] = { "definition_id", "number" },
		[RECORD_PLACEMENT] = { "level_id", "integration_id" },
		[RECORD_LINK] = { "placement_id", "monitor_id", "service_id" },
		[RECORD_MAINTENANCE] = { NULL },
		[RECORD_SCHEDULE] = { "name" },
	};
	return identities[kind];
}

static void add_columns(const struct record_type *type, struct buf *ret,
			const char *prefix)
{
	for (size_t i = 0; i < type->field_count; i++)
		buf_addf(ret, ", %s%s", prefix, type->fields[i].column);
}

static void add_select(const struct record_type *type, struct buf *ret)
{
	buf_adds(ret, "SELECT id, revision");
	add_columns(type, ret, "");
	buf_addf(ret, " FROM %s", type->table);
}

static void add_get(const struct record_type *type, struct buf *ret)
{
	add_select(type, ret);
	buf_adds(ret, " WHERE id = :id");
}

static void add_find(const struct record_type *type, struct buf *ret)
{
	const char *const *columns =
		record_identity((enum record_kind)(type - record_types));
	buf_addf(ret, "SELECT id FROM %s", type->table);
	for (int i = 0; columns[i] != NULL; i++)
		buf_addf(ret, " %s %s = :%s", i == 0 ? "WHERE" : "AND", columns[i],
			 columns[i]);
}

static void add_insert(const struct record_type *type, struct buf *ret)
{
	buf_addf(ret, "INSERT INTO %s (revision", type->table);
	add_columns(type, ret, "");
	buf_adds(ret, ") VALUES (1");
	add_columns(type, ret, ":");
	buf_adds(ret, ") RETURNING id");
}

static void add_put_back(const struct record_type *type, struct buf *ret)
{
	buf_addf(ret, "INSERT INTO %s (id, revision", type->table);
	add_columns(type, ret, "");
	buf_adds(ret, ") VALUES (:id, :revision");
	add_columns(type, ret, ":");
	buf_addc(ret, ')');
}

static void add_update(const struct record_type *type, struct buf *ret)
{
	buf_addf(ret, "UPDATE %s SET revision = revision + 1", type->table);
	for (size_t i = 0; i < type->field_count; i++)
		buf_addf(ret, ", %s = :%s", type->fields[i].column,
			 type->fields[i].column);
	buf_adds(ret, " WHERE id = :id AND revision = :revision RETURNING revision");
}

static void add_delete(const struct record_type *type, struct buf *ret)
{
	buf_addf(ret, "DELETE FROM %s WHERE id = :id", type->table);
}

static void add_list(const struct record_type *type, struct buf *ret)
{
	add_select(type, ret);
	buf_addf(ret, " ORDER BY %s, id", type->order);
}

static void add_list_of(const struct record_type *type, struct buf *ret)
{
	add_select(type, ret);
	if (type->parent != NULL)
		buf_addf(ret, " WHERE %s = :parent", type->parent);
	buf_addf(ret, " ORDER BY %s, id", type->order);
}

void record_sql(enum record_kind kind, enum record_query query, struct buf *ret)
{
	static void (*const makers[])(const struct record_type *, struct buf *) = {
		[RECORD_GET] = add_get,           [RECORD_FIND] = add_find,
		[RECORD_INSERT] = add_insert,     [RECORD_UPDATE] = add_update,
		[RECORD_PUT_BACK] = add_put_back, [RECORD_DELETE] = add_delete,
		[RECORD_LIST] = add_list,         [RECORD_LIST_OF] = add_list_of,
	};
	_Static_assert(COUNT_OF(makers) == RECORD_QUERY_COUNT,
		       "each question has its maker");

	makers[query](&record_types[kind], ret);
}
