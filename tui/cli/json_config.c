#include <stdlib.h>

#include "core/base/clock.h"
#include "core/base/text.h"
#include "core/rules/check.h"
#include "core/rules/check_show.h"
#include "core/rules/secret.h"
#include "core/store_sources.h"
#include "tui/cli/objects.h"

/* As the document writes it. */
static void put_duration(struct json_writer *w, const char *key, int64_t duration_ms)
{
	char text[DURATION_TEXT_SIZE];
	json_put_string(w, key, duration_format(text, duration_ms));
}

static bool put_name(void *arg, const char *name)
{
	json_put_string(arg, NULL, name);
	return true;
}

const char *monitor_state_text(const struct monitor_row *row)
{
	if (!row->monitor.active)
		return "inactive";
	if (row->muted)
		return "maintenance";
	if (row->state.judged_ms == 0)
		return "unknown";
	return row->state.in_error ? "error" : "ok";
}

static void put_check_field(struct json_writer *w, const struct field *field,
			    const char *key, const struct monitor *monitor)
{
	DEFER(buf_done) struct buf text = BUF_INIT(4 * CHECK_HEADERS_SIZE + 8 * URL_SIZE);
	field_format(field, monitor, &text);
	if (text_equal(field->column, "check_headers"))
		check_headers_put(w, key, buf_text(&text));
	else if (field->type == FIELD_INTEGER)
		json_put_integer(w, key, field_number(field, monitor));
	else
		json_put_said(w, key, buf_text(&text));
}

/* As the document has it, secrets masked. */
static void put_check(struct json_writer *w, const struct monitor *monitor)
{
	static const char group[] = "check.";
	const struct record_type *type = &record_types[RECORD_MONITOR];
	if (monitor->check_type == CHECK_NONE) {
		json_put_null(w, "check");
		return;
	}
	json_open_object(w, "check");
	for (size_t i = 0; i < type->field_count; i++)
		if (text_starts_with(type->fields[i].key, group))
			put_check_field(w, &type->fields[i],
					type->fields[i].key + sizeof(group) - 1, monitor);
	json_close(w);
}

static bool keep_result(void *arg, const struct check_result *result)
{
	*(struct check_result *)arg = *result;
	return false;
}

static bool put_last_check(struct json_writer *w, struct store *store,
			   const struct monitor *monitor, struct err *err)
{
	struct check_result last = { 0 };
	if (monitor->check_type != CHECK_NONE &&
	    !store_list_check_results(store, monitor->head.id, 1, keep_result, &last,
				      err))
		return false;
	if (last.at_ms == 0) {
		json_put_null(w, "last_check");
		return true;
	}
	json_open_object(w, "last_check");
	json_put_time(w, "at", last.at_ms);
	check_result_put_members(w, &last);
	json_close(w);
	return true;
}

bool object_monitor(struct json_writer *w, struct store *store,
		    const struct monitor_row *row, struct err *err)
{
	const struct monitor *monitor = &row->monitor;
	json_put_integer(w, "id", monitor->head.id);
	json_put_string(w, "name", monitor->name);
	json_put_said(w, "guid", monitor->guid);
	json_put_bool(w, "active", monitor->active);
	json_open_array(w, "groups");
	if (!store_groups_of_monitor(store, monitor->head.id, put_name, w, err))
		return false;
	json_close(w);
	put_check(w, monitor);
	if (!put_last_check(w, store, monitor, err))
		return false;
	json_put_string(w, "state", monitor_state_text(row));
	json_put_bool(w, "in_error", row->state.in_error);
	json_put_integer(w, "errors", row->state.errors);
	json_put_time(w, "error_since", row->state.in_error ? row->state.started_ms : 0);
	json_put_time(w, "last_event_at", row->state.newest_ms);
	json_put_said(w, "message", row->state.in_error ? row->state.message : "");
	json_put_integer(w, "links", row->links);
	return true;
}

static void put_public_text(struct json_writer *w, const struct public_text *text)
{
	const struct {
		const char *key, *text;
	} parts[] = {
		{ "title", text->title },
		{ "disruption", text->disruption },
		{ "recovery", text->recovery },
		{ "degraded_title", text->degraded_title },
		{ "degraded", text->degraded },
	};
	json_open_object(w, "text");
	for (size_t i = 0; i < COUNT_OF(parts); i++)
		json_put_said(w, parts[i].key, parts[i].text);
	json_close(w);
}

static void put_told(struct json_writer *w, const struct service_row *row)
{
	if (!row->brief.has_told) {
		json_put_null(w, "told");
		return;
	}
	json_open_object(w, "told");
	json_put_string(w, "status", incident_status_text(row->brief.told_status));
	json_put_time(w, "at", row->brief.told_ms);
	json_put_integer(w, "http_status", row->brief.told_http);
	json_close(w);
}

static void put_disruption_when(struct json_writer *w, const struct service *service)
{
	const bool by_percent = service->disruption_percent > 0;
	json_open_object(w, "disruption_when");
	json_put_integer(w, by_percent ? "percent" : "monitors",
			 by_percent ? service->disruption_percent
				    : service->disruption_monitors);
	json_close(w);
}

void object_service(struct json_writer *w, const struct service_row *row)
{
	const struct service *service = &row->service;
	DEFER(buf_done)
	struct buf url = BUF_INIT(2 * URL_SIZE);

	url_add_masked(&url, service->url);
	json_put_integer(w, "id", service->head.id);
	json_put_string(w, "name", service->name);
	json_put_string(w, "integration", service->integration);
	json_put_string(w, "url", buf_text(&url));
	json_put_said(w, "page_url", service->page_url);
	json_put_string(w, "incident_policy", policy_text(service->policy));
	put_duration(w, "reopen_within", service->reopen_within_ms);
	put_duration(w, "publish_after", service->publish_after_ms);
	put_duration(w, "recover_after", service->recover_after_ms);
	put_disruption_when(w, service);
	put_public_text(w, &service->text);
	json_put_string(w, "status", service_status_text(row->brief.status));
	json_put_integer(w, "open_incidents", row->brief.open_incidents);
	json_put_integer(w, "unfinished", row->brief.unfinished);
	json_put_integer(w, "links", row->brief.links);
	put_told(w, row);
}

void object_link(struct json_writer *w, const struct link_row *row)
{
	json_put_integer(w, "id", row->id);
	json_put_string(w, "definition", row->definition);
	json_put_integer(w, "level", row->level);
	json_put_string(w, "monitor", row->monitor);
	json_put_string(w, "integration", row->integration);
	json_put_string(w, "service", row->service);
	json_put_bool(w, "critical", row->critical);
	json_put_bool(w, "active", row->active);
}

static void put_storm(struct json_writer *w, const struct integration *integration)
{
	if (integration->storm_max_new == 0) {
		json_put_null(w, "storm");
		return;
	}
	json_open_object(w, "storm");
	json_put_integer(w, "max_new", integration->storm_max_new);
	put_duration(w, "within", integration->storm_within_ms);
	if (integration->storm_release_after_ms)
		put_duration(w, "release_after", integration->storm_release_after_ms);
	else
		json_put_null(w, "release_after");
	json_close(w);
}

void object_integration(struct json_writer *w, const struct integration *integration)
{
	json_put_integer(w, "id", integration->head.id);
	json_put_string(w, "name", integration->name);
	json_put_string(w, "type", "statushub");
	json_put_string(w, "payload", payload_text(integration->payload));
	json_put_integer(w, "max_per_second", integration->max_per_second);
	put_storm(w, integration);
	put_public_text(w, &integration->text);
	if (*integration->template_json)
		json_put_raw(w, "template", integration->template_json);
	else
		json_put_null(w, "template");
}

/* ---- a definition with its levels ---- */

struct level_writer {
	struct json_writer *w;
	struct store *store;
	struct integration
		*integration; /* room for one, which is too large for the stack */
	struct err *err;
	bool failed;
};

static bool put_monitor(void *arg, const void *rec)
{
	const struct monitor *monitor = rec;
	json_put_string(arg, NULL, monitor->name);
	return true;
}

static bool put_placement(void *arg, const void *rec)
{
	struct level_writer *writer = arg;
	const struct placement *placement = rec;

	if (!store_get(writer->store, RECORD_INTEGRATION, placement->integration_id,
		       writer->integration, writer->err)) {
		writer->failed = true;
		return false;
	}
	json_open_object(writer->w, NULL);
	json_put_string(writer->w, "integration", writer->integration->name);
	json_put_bool(writer->w, "active", placement->active);
	json_put_bool(writer->w, "send_ok", placement->send_ok);
	json_put_bool(writer->w, "send_reminders", placement->send_reminders);
	json_close(writer->w);
	return true;
}

static bool put_level(void *arg, const void *rec)
{
	struct level_writer *writer = arg;
	struct json_writer *w = writer->w;
	const struct level *level = rec;

	json_open_object(w, NULL);
	json_put_integer(w, "level", level->number);
	json_put_bool(w, "active", level->active);
	json_open_object(w, "after");
	if (level->after_errors)
		json_put_integer(w, "errors", level->after_errors);
	else
		json_put_integer(w, "minutes", level->after_minutes);
	json_close(w);
	json_open_object(w, "reminder");
	json_put_integer(w, "every_minutes", level->remind_every_minutes);
	json_put_integer(w, "max", level->remind_max);
	json_close(w);
	json_open_array(w, "integrations");
	if (!store_list(writer->store, RECORD_PLACEMENT, level->head.id, put_placement,
			writer, writer->err))
		writer->failed = true;
	json_close(w);
	json_close(w);
	return !writer->failed;
}

static bool put_levels(struct json_writer *w, struct store *store, int64_t definition_id,
		       struct err *err)
{
	struct level_writer writer = { .w = w,
				       .store = store,
				       .integration =
					       mem_new(1, sizeof(struct integration)),
				       .err = err };
	json_open_array(w, "levels");
	bool listed =
		store_list(store, RECORD_LEVEL, definition_id, put_level, &writer, err);
	json_close(w);
	free(writer.integration);
	return listed && !writer.failed;
}

bool object_definition(struct json_writer *w, struct store *store,
		       const struct definition *definition, struct err *err)
{
	int64_t id = definition->head.id;

	json_put_integer(w, "id", id);
	json_put_string(w, "name", definition->name);
	json_put_bool(w, "active", definition->active);
	json_open_array(w, "monitors");
	if (!store_monitors_of_definition(store, id, put_monitor, w, err))
		return false;
	json_close(w);
	json_open_array(w, "groups");
	if (!store_groups_of_definition(store, id, put_name, w, err))
		return false;
	json_close(w);
	return put_levels(w, store, id, err);
}
