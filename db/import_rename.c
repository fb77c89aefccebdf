/* "was": renames, before anything else of the document is read. In two steps, so that
 * names can be swapped: first every record that is renamed gives up its old name, then
 * each takes its new one. */
#include <stdlib.h>

#include "core/base/text.h"
#include "db/import.h"
#include "db/name.h"
#include "db/record.h"

struct rename {
	size_t index; /* of its item in the list */
	const char *was, *name;
	int64_t id;
	bool is_named; /* as it should be */
};

struct renames {
	enum record_kind kind;
	const char *integration; /* of services: its name; else NULL */
	struct rename *items;
	size_t count, capacity;
};

static void renames_done(struct renames *renames)
{
	free(renames->items);
}

static bool find(struct import *im, const struct renames *renames, const char *name,
		 int64_t *ret_id)
{
	if (renames->integration != NULL)
		return name_find_service(im->store, renames->integration, name, ret_id,
					 im->err);
	return name_find(im->store, renames->kind, name, ret_id, im->err);
}

/* False also where name is none that may be given: *ret_given. */
static bool give_name(struct import *im, enum record_kind kind, int64_t id,
		      const char *name, bool check, bool *ret_given)
{
	const struct field *field = field_by_column(kind, "name");
	DEFER(mem_free) void *rec = record_new(kind);
	bool found = false;
	bool stale = false;
	if (!record_load(im->store, kind, id, rec, &found, im->err))
		return false;
	*ret_given = field_set_text(field, rec, name) &&
		     (!check || field_check(field, rec, NULL));
	return !*ret_given || record_save(im->store, kind, rec, &stale, im->err);
}

/* A name that nobody can have given: it begins with a control character. */
static bool give_up_name(struct import *im, enum record_kind kind, int64_t id)
{
	DEFER(buf_done) struct buf text = BUF_INIT(64);
	bool given = false;
	buf_addf(&text, "\x01 renamed %lld", (long long)id);
	return give_name(im, kind, id, buf_text(&text), false, &given);
}

static const char *name_of(const struct json *json)
{
	const struct json *name = json_get(json, "name");
	return name == NULL ? NULL : json_string(name);
}

static bool is_list(const struct json *object, const char *key)
{
	const struct json *list = json_get(object, key);
	return list != NULL && json_type_of(list) == JSON_ARRAY;
}

static bool note_rename(struct import *im, const struct spot *spot,
			const struct json *json, void *arg)
{
	struct renames *renames = arg;
	int64_t old_id = 0;
	int64_t new_id = 0;
	if (json_type_of(json) != JSON_OBJECT)
		return true; /* a fault where the list is read */
	const char *was = import_string(im, spot, json, "was");
	const char *name = name_of(json);
	if (was == NULL || name == NULL || text_equal(was, name))
		return true;
	if (!find(im, renames, was, &old_id) || !find(im, renames, name, &new_id))
		return false;
	const struct spot at = { .above = spot, .key = "was" };
	if (old_id == 0 && new_id == 0)
		import_fault(im, &at, "there is no %s of this name",
			     record_types[renames->kind].name);
	if (old_id == 0)
		return true; /* renamed before */
	VEC_PUSH(renames->items, renames->count, renames->capacity) = (struct rename){
		.index = spot->index, .was = was, .name = name, .id = old_id
	};
	return give_up_name(im, renames->kind, old_id);
}

static bool take_name(struct import *im, const struct spot *list,
		      const struct renames *renames, struct rename *rename)
{
	const struct spot item = { .above = list, .index = rename->index };
	const struct spot at = { .above = &item, .key = "was" };
	int64_t taken = 0;
	bool given = false;
	if (!find(im, renames, rename->name, &taken))
		return false;
	if (taken != 0) {
		import_fault(im, &at, "both names exist: one of the two must go first");
		return true;
	}
	if (!give_name(im, renames->kind, rename->id, rename->name, true, &given))
		return false;
	if (!given)
		return true; /* a fault where its name is read */
	rename->is_named = true;
	DEFER(buf_done) struct buf line = BUF_INIT(NAME_SHOWN_MAX);
	buf_addf(&line, "%s %s renamed to %s", record_types[renames->kind].name,
		 rename->was, rename->name);
	buf_adds(im->plan, "~ ");
	text_add_safe(im->plan, buf_text(&line), false);
	buf_addc(im->plan, '\n');
	im->changed++;
	return true;
}

/* What could not be renamed is called as before: sentences about the rest may name it. */
static bool take_old_name(struct import *im, const struct renames *renames,
			  const struct rename *rename)
{
	int64_t taken = 0;
	bool given = false;
	return rename->is_named ||
	       (find(im, renames, rename->was, &taken) &&
		(taken != 0 ||
		 give_name(im, renames->kind, rename->id, rename->was, false, &given)));
}

static bool rename_list(struct import *im, const struct spot *above,
			const struct json *object, const char *key, enum record_kind kind,
			const char *integration)
{
	DEFER(renames_done)
	struct renames renames = { .kind = kind, .integration = integration };
	const struct spot list = { .above = above, .key = key };
	if (!is_list(object, key))
		return true; /* a fault where it is read */
	if (!import_each(im, above, object, key, note_rename, &renames, NULL))
		return false;
	for (size_t i = 0; i < renames.count; i++) {
		if (!take_name(im, &list, &renames, &renames.items[i]))
			return false;
	}
	for (size_t i = 0; i < renames.count; i++) {
		if (!take_old_name(im, &renames, &renames.items[i]))
			return false;
	}
	return true;
}

static bool rename_services(struct import *im, const struct spot *spot,
			    const struct json *json, void *arg)
{
	(void)arg;
	const char *integration = name_of(json);
	return integration == NULL ||
	       rename_list(im, spot, json, "services", RECORD_SERVICE, integration);
}

bool import_rename(struct import *im, const struct json *document)
{
	if (!rename_list(im, NULL, document, "monitors", RECORD_MONITOR, NULL) ||
	    !rename_list(im, NULL, document, "integrations", RECORD_INTEGRATION, NULL) ||
	    !rename_list(im, NULL, document, "alert_definitions", RECORD_DEFINITION,
			 NULL) ||
	    !rename_list(im, NULL, document, "maintenance", RECORD_SCHEDULE, NULL))
		return false;
	return !is_list(document, "integrations") ||
	       import_each(im, NULL, document, "integrations", rename_services, NULL,
			   NULL);
}
