#include "tui/uptrends_import.h"

#include <inttypes.h>
#include <string.h>

#include "core/base/text.h"
#include "core/peers/uptrends_guid.h"
#include "core/rules/secret.h"
#include "tui/uptrends_windows.h"

enum { MONITORS_SHOWN = 3 };

void uptrends_import_done(struct uptrends_import *import)
{
	json_free(import->account);
	uptrends_services_done(&import->services);
	uptrends_book_done(&import->book);
	importing_done(&import->importing);
	buf_done(&import->notes);
	buf_done(&import->window_notes);
	explicit_bzero(&import->settings, sizeof(import->settings));
}

bool uptrends_import_take(struct uptrends_import *import, const char *text, size_t bytes,
			  struct err *err)
{
	import->account = json_parse(text, bytes, err);
	if (import->account == NULL)
		return fail_in(err, "What hublink-engine fetched");
	uptrends_list_services(import->account, &import->services);
	return true;
}

static bool add_known(void *arg, enum uptrends_kind kind, const char *guid,
		      const char *scope, const char *name)
{
	uptrends_book_add(arg, kind, guid, scope, name);
	return true;
}

bool uptrends_import_begin(struct uptrends_import *import, struct store *store,
			   struct err *err)
{
	uptrends_book_done(&import->book);
	buf_reset(&import->importing.document);
	buf_reset(&import->notes);
	return store_need_uptrends_account(store, &import->settings, err) &&
	       store_list_uptrends(store, add_known, &import->book, err);
}

/* ---- a service ---- */

bool uptrends_import_has_name(const struct uptrends_import *import,
			      const struct uptrends_service *service)
{
	return uptrends_book_find(&import->book, UPTRENDS_SERVICE, service->guid) != NULL;
}

const char *uptrends_import_integration(const struct uptrends_import *import,
					const struct uptrends_service *service)
{
	const struct uptrends_entry *known = uptrends_book_find(
		&import->book, UPTRENDS_INTEGRATION, service->integration_guid);

	if (known != NULL)
		return known->name;
	return service->integration != NULL ? service->integration : "";
}

bool uptrends_import_is_here(const struct uptrends_import *import, struct store *store,
			     const struct uptrends_service *service, const char *name)
{
	DEFER(buf_done) struct buf full = BUF_INIT(2 * NAME_SIZE);
	struct err ignored = { 0 };
	int64_t id;

	buf_addf(&full, "%s/%s", uptrends_import_integration(import, service), name);
	return store_find_id(store, RECORD_SERVICE, buf_text(&full), &id, &ignored);
}

bool uptrends_import_name(struct uptrends_import *import, struct store *store,
			  const struct uptrends_service *service, const char *name,
			  const char *url, struct err *err)
{
	if (!field_check_name(name, err) || (url && !url_check(url, err)))
		return fail_in(err, "Service %s", service->guid);
	if (!url && !uptrends_import_is_here(import, store, service, name))
		return fail(err, ERR_INVALID,
			    "Service %s: a URL is wanted too; StatusHub shows it under "
			    "Service & integrations",
			    service->guid);
	if (uptrends_book_has_name(&import->book, UPTRENDS_SERVICE,
				   service->integration_guid, name))
		return fail(err, ERR_INVALID,
			    "Service %s: another service of its integration is named "
			    "'%s'",
			    service->guid, name);
	(void)uptrends_book_name(&import->book, UPTRENDS_SERVICE, service->guid,
				 service->integration_guid, name);
	struct uptrends_entry *entry =
		uptrends_book_find(&import->book, UPTRENDS_SERVICE, service->guid);
	entry->url = url ? mem_strdup(url) : NULL;
	return true;
}

/* ---- who links it ---- */

static const char *monitor_name(const struct json *account, const struct json *guid)
{
	char wanted[GUID_SIZE], one[GUID_SIZE];
	const struct json *monitor = json_first(json_get(account, "monitors"));

	if (!uptrends_guid(wanted, guid))
		return NULL;
	while (monitor && !(uptrends_guid(one, json_get(monitor, "MonitorGuid")) &&
			    text_equal(one, wanted)))
		monitor = json_next(monitor);
	return json_string(json_get(monitor, "Name"));
}

static void add_monitors_of_level(const struct json *account, const struct json *level,
				  const char *service, int *shown, struct buf *ret)
{
	const struct json *placement, *link;
	char guid[GUID_SIZE];

	for (placement = json_first(json_get(level, "Integration")); placement;
	     placement = json_next(placement))
		for (link = json_first(json_get(placement, "StatusHubServiceList")); link;
		     link = json_next(link)) {
			const struct json *at = json_get(link, "IntegrationServiceGuid");
			if (*shown == MONITORS_SHOWN || !uptrends_guid(guid, at) ||
			    !text_equal(guid, service))
				continue;
			const char *name =
				monitor_name(account, json_get(link, "MonitorGuid"));
			buf_adds(ret, (*shown)++ > 0 ? ", " : ": ");
			text_add_safe(ret, name ? name : "?", false);
		}
}

void uptrends_import_add_links(const struct uptrends_import *import,
			       const struct uptrends_service *service, struct buf *ret)
{
	const struct json *definition, *level;
	int shown = 0;

	buf_addf(ret, "%" PRId64 " link%s", service->links,
		 service->links == 1 ? "" : "s");
	for (definition = json_first(json_get(import->account, "definitions"));
	     definition; definition = json_next(definition))
		for (level = json_first(json_get(definition, "EscalationLevel")); level;
		     level = json_next(level))
			add_monitors_of_level(import->account, level, service->guid,
					      &shown, ret);
	if (service->links > shown)
		buf_adds(ret, " …");
}

/* ---- the change ---- */

/* What is new is remembered by its GUID. */
static bool remember(const struct uptrends_book *book, struct store *store,
		     struct err *err)
{
	for (size_t i = 0; i < book->count; i++) {
		const struct uptrends_entry *one = &book->entries[i];
		DEFER(buf_done) struct buf name = BUF_INIT(2 * NAME_SIZE);
		const struct uptrends_entry *integration =
			uptrends_book_find(book, UPTRENDS_INTEGRATION, one->scope);
		if (integration)
			buf_addf(&name, "%s/", integration->name);
		buf_adds(&name, one->name);
		if (one->is_new && !store_put_uptrends(store, one->kind, one->guid,
						       one->scope, buf_text(&name), err))
			return false;
	}
	return true;
}

/* In the import's transaction, once monitors and services are there. */
static bool bring_along(void *arg, struct store *store, struct err *err)
{
	struct uptrends_import *import = arg;

	buf_reset(&import->window_notes);
	return remember(&import->book, store, err) &&
	       uptrends_import_windows(store, import->account, &import->settings,
				       import->now_ms, &import->importing.plan,
				       &import->window_notes, err);
}

static void leave_out(struct uptrends_import *import,
		      const struct uptrends_service *service)
{
	buf_addf(&import->notes, "Service %s of '", service->guid);
	text_add_safe(&import->notes, service->integration ? service->integration : "?",
		      false);
	buf_adds(&import->notes, "' was left out, because its name and URL are wanted; ");
	uptrends_import_add_links(import, service, &import->notes);
	buf_addc(&import->notes, '\n');
}

void uptrends_import_write(struct uptrends_import *import)
{
	for (size_t i = 0; i < import->services.count; i++)
		if (!uptrends_import_has_name(import, &import->services.items[i]))
			leave_out(import, &import->services.items[i]);
	uptrends_document(import->account, &import->book, &import->importing.document,
			  &import->notes);
	import->importing.also = bring_along;
	import->importing.also_arg = import;
}

void uptrends_import_each_known(const struct uptrends_import *import,
				uptrends_known_fn *row, void *arg)
{
	static const char *const kinds[UPTRENDS_KIND_COUNT] = {
		[UPTRENDS_MONITOR] = "monitor",
		[UPTRENDS_GROUP] = "group",
		[UPTRENDS_DEFINITION] = "definition",
		[UPTRENDS_INTEGRATION] = "integration",
		[UPTRENDS_SERVICE] = "service",
	};

	for (size_t i = 0; i < import->book.count; i++) {
		const struct uptrends_entry *one = &import->book.entries[i];
		const struct uptrends_entry *integration = uptrends_book_find(
			&import->book, UPTRENDS_INTEGRATION, one->scope);
		if (!one->is_new)
			row(arg, kinds[one->kind],
			    integration != NULL ? integration->name : "", one->name,
			    one->is_met);
	}
}
