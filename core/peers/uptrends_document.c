#include "core/peers/uptrends_document.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "core/peers/uptrends_guid.h"

/* A monitor in a group. */
struct membership {
	char monitor[GUID_SIZE];
	char group[GUID_SIZE];
};

struct draft {
	const struct json *account;
	struct uptrends_book *book;
	struct json_writer writer;
	struct buf *notes;
	struct membership *members; /* by monitor */
	size_t member_count, member_capacity;
	char all_group
		[GUID_SIZE]; /* the group of all monitors, if a definition uses it */
};

/* NOLINTBEGIN(bugprone-macro-parentheses): what is declared stands in none */
#define EACH(item, list)                                                 \
	for (const struct json *item = json_first(list); (item) != NULL; \
	     (item) = json_next(item))
/* NOLINTEND(bugprone-macro-parentheses) */

static void note(struct draft *draft, const char *format, ...) PRINTF_LIKE(2, 3);
static void note(struct draft *draft, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	buf_vaddf(draft->notes, format, args);
	va_end(args);
	buf_addc(draft->notes, '\n');
}

static bool flag_of(const struct json *object, const char *key, bool otherwise)
{
	bool value;
	return json_bool(json_get(object, key), &value) ? value : otherwise;
}

static int64_t number_of(const struct json *object, const char *key)
{
	int64_t value;
	return json_integer(json_get(object, key), &value) ? value : 0;
}

/* ---- names ---- */

static void name_all(struct draft *draft, const char *list, const char *guid_key,
		     const char *name_key, enum uptrends_kind kind)
{
	char guid[GUID_SIZE];
	EACH(one, json_get(draft->account, list))
	if (uptrends_guid(guid, json_get(one, guid_key)))
		(void)uptrends_book_name(draft->book, kind, guid, "",
					 json_string(json_get(one, name_key)));
}

/* The name here of what the value names there; NULL: it is not in the account. */
static const char *name_at(const struct draft *draft, enum uptrends_kind kind,
			   const struct json *value)
{
	char guid[GUID_SIZE];
	if (!uptrends_guid(guid, value))
		return NULL;
	const struct uptrends_entry *entry = uptrends_book_find(draft->book, kind, guid);
	return entry != NULL ? entry->name : NULL;
}

/* ---- who is in which group ---- */

static int compare_members(const void *a, const void *b)
{
	const struct membership *one = a, *other = b;
	const int order = strcmp(one->monitor, other->monitor);
	return order != 0 ? order : strcmp(one->group, other->group);
}

static void add_member(struct draft *draft, const char *group, const struct json *monitor)
{
	struct membership one = { 0 };
	if (uptrends_guid(one.monitor, json_get(monitor, "MonitorGuid")) &&
	    text_copy(one.group, sizeof(one.group), group))
		VEC_PUSH(draft->members, draft->member_count, draft->member_capacity) =
			one;
}

static bool is_used(const struct draft *draft, const char *group)
{
	char guid[GUID_SIZE];
	EACH(definition, json_get(draft->account, "definitions"))
	EACH(member, json_get(definition, "Member"))
	if (uptrends_guid(guid, json_get(member, "MonitorGroupGuid")) &&
	    text_equal(guid, group))
		return true;
	return false;
}

static void gather_members(struct draft *draft)
{
	char guid[GUID_SIZE];
	EACH(group, json_get(draft->account, "groups"))
	{
		if (!uptrends_guid(guid, json_get(group, "MonitorGroupGuid")))
			continue;
		EACH(monitor, json_get(group, "Member"))
		add_member(draft, guid, monitor);
		if (flag_of(group, "IsAll", false) && is_used(draft, guid))
			memcpy(draft->all_group, guid, sizeof(guid));
	}
	if (draft->member_count > 0)
		qsort(draft->members, draft->member_count, sizeof(draft->members[0]),
		      compare_members);
}

static void put_group(struct draft *draft, const char *guid)
{
	const struct uptrends_entry *group =
		uptrends_book_find(draft->book, UPTRENDS_GROUP, guid);
	if (group != NULL)
		json_put_string(&draft->writer, NULL, group->name);
}

/* The first membership of the monitor, or where it would be. */
static size_t first_member(const struct draft *draft, const char *monitor)
{
	size_t from = 0, to = draft->member_count;
	while (from < to) {
		const size_t middle = from + (to - from) / 2;
		if (strcmp(draft->members[middle].monitor, monitor) < 0)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

static void put_groups(struct draft *draft, const char *monitor)
{
	json_open_array(&draft->writer, "groups");
	if (*draft->all_group != '\0')
		put_group(draft, draft->all_group);
	for (size_t i = first_member(draft, monitor);
	     i < draft->member_count && text_equal(draft->members[i].monitor, monitor);
	     i++)
		put_group(draft, draft->members[i].group);
	json_close(&draft->writer);
}

/* ---- monitors ---- */

/* Alerting that is off reaches nobody, as an inactive monitor does here. */
static void put_monitor(struct draft *draft, const struct json *monitor)
{
	struct json_writer *w = &draft->writer;
	char guid[GUID_SIZE];
	if (!uptrends_guid(guid, json_get(monitor, "MonitorGuid")))
		return;
	json_open_object(w, NULL);
	json_put_string(
		w, "name",
		uptrends_book_name(draft->book, UPTRENDS_MONITOR, guid, "", NULL));
	json_put_string(w, "guid", guid);
	json_put_bool(w, "active",
		      flag_of(monitor, "IsActive", true) &&
			      flag_of(monitor, "GenerateAlert", true));
	put_groups(draft, guid);
	json_close(w);
}

/* ---- integrations and their services ---- */

static void put_service(struct draft *draft, const struct uptrends_service *service)
{
	struct json_writer *w = &draft->writer;
	struct uptrends_entry *entry =
		uptrends_book_find(draft->book, UPTRENDS_SERVICE, service->guid);
	if (entry == NULL)
		return;
	entry->is_met = true;
	json_open_object(w, NULL);
	json_put_string(w, "name", entry->name);
	if (entry->url != NULL)
		json_put_string(w, "url", entry->url);
	json_close(w);
}

static void put_integration(struct draft *draft, const struct json *integration,
			    const struct uptrends_services *services)
{
	struct json_writer *w = &draft->writer;
	const char *name = name_at(draft, UPTRENDS_INTEGRATION,
				   json_get(integration, "IntegrationGuid"));
	char guid[GUID_SIZE];
	if (name == NULL ||
	    !uptrends_guid(guid, json_get(integration, "IntegrationGuid")))
		return;
	json_open_object(w, NULL);
	json_put_string(w, "name", name);
	json_open_array(w, "services");
	for (size_t i = 0; i < services->count; i++)
		if (text_equal(services->items[i].integration_guid, guid))
			put_service(draft, &services->items[i]);
	json_close(w);
	json_close(w);
}

static void put_integrations(struct draft *draft)
{
	DEFER(uptrends_services_done) struct uptrends_services services = { 0 };
	uptrends_list_services(draft->account, &services);
	json_open_array(&draft->writer, "integrations");
	EACH(integration, json_get(draft->account, "integrations"))
	put_integration(draft, integration, &services);
	json_close(&draft->writer);
}

/* ---- definitions ---- */

static void put_link(struct draft *draft, const struct json *link, const char *place)
{
	struct json_writer *w = &draft->writer;
	const char *monitor =
		name_at(draft, UPTRENDS_MONITOR, json_get(link, "MonitorGuid"));
	const char *service = name_at(draft, UPTRENDS_SERVICE,
				      json_get(link, "IntegrationServiceGuid"));
	if (monitor == NULL || service == NULL) {
		note(draft,
		     "%s: a link was left out, because its %s is not in the account",
		     place, monitor == NULL ? "monitor" : "service");
		return;
	}
	json_open_object(w, NULL);
	json_put_string(w, "monitor", monitor);
	json_put_string(w, "service", service);
	json_close(w);
}

static void put_placement(struct draft *draft, const struct json *placement,
			  const char *place)
{
	struct json_writer *w = &draft->writer;
	const char *name = name_at(draft, UPTRENDS_INTEGRATION,
				   json_get(placement, "IntegrationGuid"));
	if (name == NULL) {
		note(draft, "%s: an integration that is not in the account was left out",
		     place);
		return;
	}
	json_open_object(w, NULL);
	json_put_string(w, "integration", name);
	json_open_array(w, "links");
	EACH(link, json_get(placement, "StatusHubServiceList"))
	put_link(draft, link, place);
	json_close(w);
	json_close(w);
}

static void put_threshold(struct draft *draft, const struct json *level)
{
	const char *mode = json_string(json_get(level, "EscalationMode"));
	const bool by_time =
		mode != NULL && text_equal_nocase(mode, "AlertOnErrorDuration");
	const int64_t wanted =
		number_of(level, by_time ? "ThresholdMinutes" : "ThresholdErrorCount");
	json_open_object(&draft->writer, "after");
	json_put_integer(&draft->writer, by_time ? "minutes" : "errors",
			 wanted > 0 ? wanted : 1);
	json_close(&draft->writer);
}

static void put_reminder(struct draft *draft, const struct json *level)
{
	const int64_t max = number_of(level, "NumberOfReminders");
	const int64_t every = number_of(level, "ReminderDelay");
	json_open_object(&draft->writer, "reminder");
	json_put_integer(&draft->writer, "max", max > 0 ? max : 0);
	if (every > 0)
		json_put_integer(&draft->writer, "every_minutes", every);
	json_close(&draft->writer);
}

static void put_level(struct draft *draft, const struct json *level,
		      const char *definition)
{
	struct json_writer *w = &draft->writer;
	const int64_t id = number_of(level, "Id");
	DEFER(buf_done) struct buf place = BUF_INIT(2 * NAME_SIZE);
	buf_addf(&place, "Alert definition '%s', level %" PRId64, definition, id);
	if (id < 1 || id > LEVELS_MAX) {
		note(draft, "%s was left out: there are levels 1 to %d here",
		     buf_text(&place), LEVELS_MAX);
		return;
	}
	json_open_object(w, NULL);
	json_put_integer(w, "level", id);
	json_put_bool(w, "active", flag_of(level, "IsActive", true));
	put_threshold(draft, level);
	put_reminder(draft, level);
	json_open_array(w, "integrations");
	EACH(placement, json_get(level, "Integration"))
	put_placement(draft, placement, buf_text(&place));
	json_close(w);
	json_close(w);
}

static void put_members(struct draft *draft, const struct json *members, const char *key,
			const char *guid_key, enum uptrends_kind kind,
			const char *definition)
{
	json_open_array(&draft->writer, key);
	EACH(member, members)
	{
		const struct json *guid = json_get(member, guid_key);
		const char *name = name_at(draft, kind, guid);
		if (name != NULL)
			json_put_string(&draft->writer, NULL, name);
		else if (json_string(guid) != NULL)
			note(draft,
			     "Alert definition '%s': a member was left out, because it "
			     "is "
			     "not in the account",
			     definition);
	}
	json_close(&draft->writer);
}

static void put_definition(struct draft *draft, const struct json *definition)
{
	struct json_writer *w = &draft->writer;
	const struct json *members = json_get(definition, "Member");
	const char *name = name_at(draft, UPTRENDS_DEFINITION,
				   json_get(definition, "AlertDefinitionGuid"));
	if (name == NULL)
		return;
	json_open_object(w, NULL);
	json_put_string(w, "name", name);
	json_put_bool(w, "active", flag_of(definition, "IsActive", true));
	put_members(draft, members, "monitors", "MonitorGuid", UPTRENDS_MONITOR, name);
	put_members(draft, members, "groups", "MonitorGroupGuid", UPTRENDS_GROUP, name);
	json_open_array(w, "levels");
	EACH(level, json_get(definition, "EscalationLevel"))
	put_level(draft, level, name);
	json_close(w);
	json_close(w);
}

/* ---- the document ---- */

static void put_all(struct draft *draft)
{
	struct json_writer *w = &draft->writer;
	json_open_object(w, NULL);
	json_put_integer(w, "hublink", 1);
	json_open_array(w, "monitors");
	EACH(monitor, json_get(draft->account, "monitors"))
	put_monitor(draft, monitor);
	json_close(w);
	put_integrations(draft);
	json_open_array(w, "alert_definitions");
	EACH(definition, json_get(draft->account, "definitions"))
	put_definition(draft, definition);
	json_close(w);
	json_close(w);
}

void uptrends_document(const struct json *account, struct uptrends_book *book,
		       struct buf *ret, struct buf *ret_notes)
{
	struct draft draft = { .account = account,
			       .book = book,
			       .writer = { .out = ret },
			       .notes = ret_notes };
	name_all(&draft, "groups", "MonitorGroupGuid", "Description", UPTRENDS_GROUP);
	name_all(&draft, "monitors", "MonitorGuid", "Name", UPTRENDS_MONITOR);
	name_all(&draft, "integrations", "IntegrationGuid", "Name", UPTRENDS_INTEGRATION);
	name_all(&draft, "definitions", "AlertDefinitionGuid", "AlertName",
		 UPTRENDS_DEFINITION);
	gather_members(&draft);
	put_all(&draft);
	free(draft.members);
}
