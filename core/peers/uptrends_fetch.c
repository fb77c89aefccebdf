#include "core/peers/uptrends_fetch.h"

#include <string.h>

#include "core/base/name_set.h"
#include "core/base/text.h"
#include "core/peers/uptrends_guid.h"

#define MONITOR_FIELDS "MonitorGuid,Name,MonitorType,MonitorMode,IsActive,GenerateAlert"

enum { PATH_MAX_BYTES = 512 };

struct fetch {
	const struct uptrends_source *source;
	struct json_writer writer;
	struct name_set linked; /* GUIDs of monitors that a service link names */
	struct buf linked_list; /* the same, a line each, in order */
	unsigned done, wanted;
};

static void fetch_done(struct fetch *fetch)
{
	name_set_done(&fetch->linked);
	buf_done(&fetch->linked_list);
}

/* ---- questions ---- */

static bool ask(struct fetch *fetch, const char *path, struct json **ret, struct err *err)
{
	if (!fetch->source->get(fetch->source->arg, path, ret, err))
		return fail_in(err, "GET %s", path);
	fetch->done++;
	if (fetch->source->progress != NULL)
		fetch->source->progress(fetch->source->arg, fetch->done,
					fetch->wanted > fetch->done ? fetch->wanted
								    : fetch->done);
	return true;
}

static bool refuse(const char *path, const char *promised, const struct json *answer,
		   struct err *err)
{
	return fail(err, ERR_FAILED, "GET %s: the API answers with %s, not with %s", path,
		    json_type_name(json_type_of(answer)), promised);
}

/* A list; where the API's description says one object, that is a list of one. */
static bool ask_list(struct fetch *fetch, const char *path, struct json **ret,
		     struct err *err)
{
	if (!ask(fetch, path, ret, err))
		return false;
	const enum json_type type = json_type_of(*ret);
	return type == JSON_ARRAY || type == JSON_OBJECT ||
	       refuse(path, "a list", *ret, err);
}

static const struct json *first_of(const struct json *list)
{
	return json_type_of(list) == JSON_OBJECT ? list : json_first(list);
}

static const struct json *next_of(const struct json *list, const struct json *item)
{
	return item == list ? NULL : json_next(item);
}

/* The identifier under key, for a path: it must be one. */
static bool read_guid(const struct json *object, const char *key, char ret[GUID_SIZE],
		      struct err *err)
{
	return uptrends_guid(ret, json_get(object, key)) ||
	       fail(err, ERR_FAILED, "The API gives a thing without a %s", key);
}

/* ---- answers ---- */

static void put_value(struct json_writer *w, const char *key, const struct json *value)
{
	DEFER(buf_done) struct buf text = BUF_INIT(UPTRENDS_ACCOUNT_MAX);
	json_add_value(&text, value);
	json_put_raw(w, key, buf_text(&text));
}

/* The object's own members; it stays open for more. */
static void open_copy(struct json_writer *w, const struct json *object)
{
	json_open_object(w, NULL);
	for (const struct json *member = json_first(object); member != NULL;
	     member = json_next(member))
		put_value(w, json_key(member), member);
}

static void put_list(struct json_writer *w, const char *key, const struct json *list)
{
	json_open_array(w, key);
	for (const struct json *item = first_of(list); item; item = next_of(list, item))
		put_value(w, NULL, item);
	json_close(w);
}

static bool fetch_list(struct fetch *fetch, const char *key, const char *path,
		       struct err *err)
{
	DEFER(json_done) struct json *list = NULL;
	if (!ask_list(fetch, path, &list, err))
		return false;
	put_list(&fetch->writer, key, list);
	return true;
}

/* ---- the account's own time ---- */

static bool fetch_timezone(struct fetch *fetch, struct err *err)
{
	DEFER(json_done) struct json *settings = NULL;
	DEFER(json_done) struct json *timezone = NULL;
	DEFER(buf_done) struct buf path = BUF_INIT(PATH_MAX_BYTES);
	int64_t id;
	if (!ask(fetch, "/Account/Settings", &settings, err))
		return false;
	if (!json_integer(json_get(settings, "TimezoneId"), &id))
		return fail(err, ERR_FAILED,
			    "GET /Account/Settings: the API tells no TimezoneId");
	buf_addf(&path, "/Timezone/%lld", (long long)id);
	if (!ask(fetch, buf_text(&path), &timezone, err))
		return false;
	put_value(&fetch->writer, "timezone", timezone);
	return true;
}

/* ---- groups ---- */

/* Who is in the group of all monitors goes without saying. */
static bool fetch_group(struct fetch *fetch, const struct json *group, struct err *err)
{
	DEFER(buf_done) struct buf path = BUF_INIT(PATH_MAX_BYTES);
	char guid[GUID_SIZE];
	bool is_all = false, ok = true;
	if (!read_guid(group, "MonitorGroupGuid", guid, err))
		return false;
	if (!json_bool(json_get(group, "IsAll"), &is_all))
		is_all = false;
	open_copy(&fetch->writer, group);
	buf_addf(&path, "/MonitorGroup/%s/Member", guid);
	if (!is_all)
		ok = fetch_list(fetch, "Member", buf_text(&path), err);
	json_close(&fetch->writer);
	return ok;
}

static bool fetch_groups(struct fetch *fetch, struct err *err)
{
	DEFER(json_done) struct json *groups = NULL;
	if (!ask_list(fetch, "/MonitorGroup", &groups, err))
		return false;
	fetch->wanted += (unsigned)json_count(groups);
	json_open_array(&fetch->writer, "groups");
	for (const struct json *one = first_of(groups); one; one = next_of(groups, one))
		if (!fetch_group(fetch, one, err))
			return false;
	json_close(&fetch->writer);
	return true;
}

/* ---- definitions ---- */

static bool is_statushub(const struct json *integration)
{
	const char *type = json_string(json_get(integration, "Type"));
	return type != NULL && text_equal_nocase(type, "Statushub");
}

static void note_linked(struct fetch *fetch, const struct json *integration)
{
	const struct json *links = json_get(integration, "StatusHubServiceList");
	for (const struct json *link = json_first(links); link; link = json_next(link)) {
		char guid[GUID_SIZE];
		if (uptrends_guid(guid, json_get(link, "MonitorGuid")) &&
		    name_set_add(&fetch->linked, guid, 0, NULL))
			buf_addf(&fetch->linked_list, "%s\n", guid);
	}
}

static bool fetch_placements(struct fetch *fetch, const char *path, struct err *err)
{
	DEFER(json_done) struct json *list = NULL;
	if (!ask_list(fetch, path, &list, err))
		return false;
	json_open_array(&fetch->writer, "Integration");
	for (const struct json *one = first_of(list); one; one = next_of(list, one)) {
		if (!is_statushub(one))
			continue;
		note_linked(fetch, one);
		put_value(&fetch->writer, NULL, one);
	}
	json_close(&fetch->writer);
	return true;
}

static bool fetch_level(struct fetch *fetch, const char *definition,
			const struct json *level, struct err *err)
{
	DEFER(buf_done) struct buf path = BUF_INIT(PATH_MAX_BYTES);
	int64_t id;
	if (!json_integer(json_get(level, "Id"), &id))
		return fail(err, ERR_FAILED,
			    "The API gives an escalation level of %s "
			    "without an Id",
			    definition);
	open_copy(&fetch->writer, level);
	buf_addf(&path, "/AlertDefinition/%s/EscalationLevel/%lld/Integration",
		 definition, (long long)id);
	const bool ok = fetch_placements(fetch, buf_text(&path), err);
	json_close(&fetch->writer);
	return ok;
}

static bool fetch_levels(struct fetch *fetch, const char *definition, struct err *err)
{
	DEFER(json_done) struct json *levels = NULL;
	DEFER(buf_done) struct buf path = BUF_INIT(PATH_MAX_BYTES);
	buf_addf(&path, "/AlertDefinition/%s/EscalationLevel", definition);
	if (!ask_list(fetch, buf_text(&path), &levels, err))
		return false;
	fetch->wanted += (unsigned)json_count(levels);
	json_open_array(&fetch->writer, "EscalationLevel");
	for (const struct json *one = first_of(levels); one; one = next_of(levels, one))
		if (!fetch_level(fetch, definition, one, err))
			return false;
	json_close(&fetch->writer);
	return true;
}

static bool fetch_definition(struct fetch *fetch, const struct json *definition,
			     struct err *err)
{
	DEFER(buf_done) struct buf path = BUF_INIT(PATH_MAX_BYTES);
	char guid[GUID_SIZE];
	if (!read_guid(definition, "AlertDefinitionGuid", guid, err))
		return false;
	open_copy(&fetch->writer, definition);
	buf_addf(&path, "/AlertDefinition/%s/Member", guid);
	const bool ok = fetch_list(fetch, "Member", buf_text(&path), err) &&
			fetch_levels(fetch, guid, err);
	json_close(&fetch->writer);
	return ok;
}

static bool fetch_definitions(struct fetch *fetch, struct err *err)
{
	DEFER(json_done) struct json *list = NULL;
	if (!ask_list(fetch, "/AlertDefinition", &list, err))
		return false;
	fetch->wanted += 2 * (unsigned)json_count(list);
	json_open_array(&fetch->writer, "definitions");
	for (const struct json *one = first_of(list); one; one = next_of(list, one))
		if (!fetch_definition(fetch, one, err))
			return false;
	json_close(&fetch->writer);
	return true;
}

/* ---- integrations and windows ---- */

static bool fetch_integrations(struct fetch *fetch, struct err *err)
{
	DEFER(json_done) struct json *list = NULL;
	if (!ask_list(fetch, "/Integration", &list, err))
		return false;
	json_open_array(&fetch->writer, "integrations");
	for (const struct json *one = first_of(list); one; one = next_of(list, one))
		if (is_statushub(one))
			put_value(&fetch->writer, NULL, one);
	json_close(&fetch->writer);
	return true;
}

static bool fetch_windows(struct fetch *fetch, const char *monitor, struct err *err)
{
	DEFER(buf_done) struct buf path = BUF_INIT(PATH_MAX_BYTES);
	json_open_object(&fetch->writer, NULL);
	json_put_string(&fetch->writer, "MonitorGuid", monitor);
	buf_addf(&path, "/Monitor/%s/MaintenancePeriod", monitor);
	const bool ok = fetch_list(fetch, "MaintenancePeriod", buf_text(&path), err);
	json_close(&fetch->writer);
	return ok;
}

static bool fetch_maintenance(struct fetch *fetch, struct err *err)
{
	DEFER(mem_free) char *lines = buf_take(&fetch->linked_list);
	char *rest = lines, *guid;
	fetch->wanted += (unsigned)fetch->linked.count;
	json_open_array(&fetch->writer, "maintenance");
	while ((guid = strsep(&rest, "\n")) != NULL)
		if (*guid && !fetch_windows(fetch, guid, err))
			return false;
	json_close(&fetch->writer);
	return true;
}

bool uptrends_fetch(const struct uptrends_source *source, struct buf *ret,
		    struct err *err)
{
	DEFER(fetch_done)
	struct fetch fetch = { .source = source,
			       .writer = { .out = ret },
			       .linked_list = BUF_INIT(UPTRENDS_ACCOUNT_MAX),
			       .wanted = 6 };
	json_open_object(&fetch.writer, NULL);
	if (!fetch_timezone(&fetch, err) || !fetch_groups(&fetch, err) ||
	    !fetch_list(&fetch, "monitors", "/Monitor?filter=" MONITOR_FIELDS, err) ||
	    !fetch_definitions(&fetch, err) || !fetch_integrations(&fetch, err) ||
	    !fetch_maintenance(&fetch, err))
		return false;
	json_close(&fetch.writer);
	return !buf_overflowed(ret) ||
	       fail(err, ERR_FAILED, "The account is larger than %d bytes",
		    UPTRENDS_ACCOUNT_MAX);
}
