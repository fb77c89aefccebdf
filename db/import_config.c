/* The monitors, integrations and services of a document. */
#include "core/base/text.h"
#include "core/rules/check.h"
#include "core/rules/check_fit.h"
#include "core/rules/secret.h"
#include "db/document.h"
#include "db/import.h"
#include "db/record.h"

/* ---- monitors ---- */

/* What is said of a check that there is none of would be lost. */
static void check_has_type(struct import *im, const struct item *item)
{
	const struct json *check = json_get(item->json, "check");
	const struct monitor *monitor = item->rec;
	const struct spot at = { .above = item->spot, .key = "check" };
	const struct spot type = { .above = &at, .key = "type" };
	if (monitor->check_type == CHECK_NONE && json_type_of(check) == JSON_OBJECT &&
	    json_get(check, "type") == NULL)
		import_fault(im, &type, "this is missing");
}

static void fault_at(struct import *im, const struct item *item, const char *key,
		     const struct err *why)
{
	const struct spot at = { .above = item->spot, .key = key };
	import_fault(im, &at, "%s", why->text);
}

/* Each of them, where one sentence about the whole would name the first only. */
static void check_fits_type(struct import *im, const struct item *item)
{
	const struct monitor *monitor = item->rec;
	const struct record_type *type = &record_types[RECORD_MONITOR];
	struct err why;
	for (size_t i = 0; i < type->field_count; i++) {
		const struct field *field = &type->fields[i];
		if (!check_field_fits(monitor, field, &why))
			fault_at(im, item, field->key, &why);
	}
	if (!check_statuses_check(monitor->check_status, &why))
		fault_at(im, item, "check.status", &why);
	if (monitor->check_type != CHECK_NONE && *monitor->check_target != '\0' &&
	    !check_target_check(monitor->check_type, monitor->check_target, &why))
		fault_at(im, item, "check.target", &why);
}

static bool monitor_item(struct import *im, const struct spot *spot,
			 const struct json *json, void *arg)
{
	static const char *const extra[] = { "groups", "was", NULL };
	(void)arg;
	if (!import_is_object(im, spot, json))
		return true;
	DEFER(import_item_done)
	struct item item = import_item(im, RECORD_MONITOR, spot, json);
	if (!import_named(im, &item, extra))
		return false;
	check_has_type(im, &item);
	check_fits_type(im, &item);
	return import_store(im, &item) && import_members(im, &item, MONITOR_GROUPS);
}

bool import_monitors(struct import *im, const struct json *document)
{
	bool is_there = false;
	if (!import_each(im, NULL, document, "monitors", monitor_item, NULL, &is_there))
		return false;
	return !im->options->prune || !is_there || import_prune(im, RECORD_MONITOR, 0);
}

/* ---- services ---- */

/* *** keeps what is stored, if the rest is the same. */
static void take_url(struct import *im, const struct spot *spot, const char *url,
		     const struct service *before, struct service *ret)
{
	struct err why;
	const struct field *field = field_by_column(RECORD_SERVICE, "url");
	if (url_is_masked(url) && before->head.id == 0)
		import_fault(im, spot,
			     "*** keeps the stored URL, and this service has none yet; "
			     "give it in full, or with %s",
			     import_secrets_word(im));
	else if (url_is_masked(url) && !url_mask_matches(url, before->url))
		import_fault(
			im, spot,
			"*** keeps the stored URL only if the rest is the same; give the "
			"new one in full");
	else if (!url_is_masked(url) && !field_parse(field, url, ret, &why))
		import_fault(im, spot, "%s", why.text);
}

static void service_url(struct import *im, struct item *item, const char *integration)
{
	struct service *service = item->rec;
	const struct service *before = item->before;
	const struct spot at = { .above = item->spot, .key = "url" };
	struct err why;
	const char *secret = import_secret(im, integration, service->name);
	const char *url = import_string(im, item->spot, item->json, "url");
	if (secret != NULL &&
	    !field_parse(field_by_column(RECORD_SERVICE, "url"), secret, service, &why))
		import_fault(im, &at, "in %s: %s", import_secrets_word(im), why.text);
	else if (secret == NULL && url != NULL)
		take_url(im, &at, url, before, service);
	else if (secret == NULL && json_get(item->json, "url") == NULL &&
		 before->head.id == 0)
		import_fault(im, &at, "this is missing");
}

static bool service_item(struct import *im, const struct spot *spot,
			 const struct json *json, void *arg)
{
	static const char *const extra[] = { "was", NULL };
	const struct integration *integration = arg;
	if (!import_is_object(im, spot, json))
		return true;
	DEFER(import_item_done)
	struct item item = import_item(im, RECORD_SERVICE, spot, json);
	struct service *service = item.rec;
	service->integration_id = integration->head.id;
	if (!import_named(im, &item, extra))
		return false;
	service_url(im, &item, integration->name);
	return import_store(im, &item);
}

/* ---- integrations ---- */

static bool integration_item(struct import *im, const struct spot *spot,
			     const struct json *json, void *arg)
{
	static const char *const extra[] = { "type", "services", "was", NULL };
	bool is_there = false;
	(void)arg;
	if (!import_is_object(im, spot, json))
		return true;
	DEFER(import_item_done)
	struct item item = import_item(im, RECORD_INTEGRATION, spot, json);
	if (!import_named(im, &item, extra))
		return false;
	const char *type = import_string(im, spot, json, "type");
	const struct spot at = { .above = spot, .key = "type" };
	if (type != NULL && !text_equal(type, DOCUMENT_INTEGRATION_TYPE))
		import_fault(im, &at, "hublink knows one type of integration: '%s'",
			     DOCUMENT_INTEGRATION_TYPE);
	if (!import_store(im, &item) ||
	    !import_each(im, spot, json, "services", service_item, item.rec, &is_there))
		return false;
	const struct record_head *head = item.rec;
	return !im->options->prune || !is_there ||
	       import_prune(im, RECORD_SERVICE, head->id);
}

bool import_integrations(struct import *im, const struct json *document)
{
	bool is_there = false;
	if (!import_each(im, NULL, document, "integrations", integration_item, NULL,
			 &is_there))
		return false;
	return !im->options->prune || !is_there ||
	       import_prune(im, RECORD_INTEGRATION, 0);
}
