#include "core/store_schedule.h"
#include "tui/cli/objects.h"

static bool put_name(void *arg, const char *name)
{
	json_put_string(arg, NULL, name);
	return true;
}

/* What was last delivered, beside what is decided; null before the first. */
static void put_published(struct json_writer *w, const struct incident *incident)
{
	if (!incident->is_published) {
		json_put_null(w, "published");
		return;
	}
	json_open_object(w, "published");
	json_put_string(w, "status", incident_status_text(incident->published_status));
	json_put_string(w, "service_status",
			service_status_text(incident->published_service_status));
	json_put_time(w, "at", incident->published_at_ms);
	json_close(w);
}

bool object_incident(struct json_writer *w, struct store *store,
		     const struct incident *incident, struct err *err)
{
	json_put_integer(w, "id", incident->id);
	json_put_string(w, "key", incident->key);
	json_put_string(w, "service", incident->service);
	json_put_string(w, "integration", incident->integration);
	json_open_array(w, "monitors");
	if (!store_incident_monitors(store, incident->id, put_name, w, err))
		return false;
	json_close(w);
	json_put_string(w, "status", incident_status_text(incident->status));
	json_put_string(w, "service_status",
			service_status_text(incident->service_status));
	json_put_time(w, "opened_at", incident->opened_at_ms);
	json_put_time(w, "monitoring_at", incident->monitoring_at_ms);
	json_put_time(w, "resolved_at", incident->resolved_at_ms);
	put_published(w, incident);
	json_put_time(w, "start_time", incident->start_ms);
	json_put_time(w, "over_at", incident->over_ms);
	json_put_string(w, "policy", policy_text(incident->policy));
	json_put_bool(w, "by_hand", incident->by_hand);
	json_put_bool(w, "ok_not_sent", incident->ok_not_sent);
	return true;
}

void object_delivery(struct json_writer *w, const struct delivery *delivery)
{
	json_put_integer(w, "id", delivery->id);
	json_put_string(w, "key", delivery->key);
	json_put_number(w, "incident", delivery->incident_id);
	json_put_string(w, "service", delivery->service);
	json_put_string(w, "integration", delivery->integration);
	json_put_string(w, "kind", delivery_kind_text(delivery->kind));
	json_put_string(w, "state", delivery_state_text(delivery->state));
	json_put_integer(w, "attempts", delivery->attempts);
	json_put_number(w, "http_status", delivery->http_status);
	json_put_said(w, "error", delivery->error);
	json_put_time(w, "created_at", delivery->created_ms);
	json_put_time(w, "next_attempt_at",
		      delivery_is_unfinished(delivery->state) ? delivery->next_attempt_ms
							      : 0);
	json_put_time(w, "sent_at", delivery->sent_ms);
	json_put_time(w, "delivered_at", delivery->delivered_ms);
	json_put_string(w, "incident_status",
			incident_status_text(delivery->incident_status));
	json_put_string(w, "service_status",
			service_status_text(delivery->service_status));
}

void object_attempt(struct json_writer *w, const struct attempt *attempt)
{
	json_put_integer(w, "id", attempt->id);
	json_put_time(w, "at", attempt->at_ms);
	json_put_integer(w, "duration_ms", attempt->duration_ms);
	json_put_number(w, "http_status", attempt->http_status);
	json_put_bool(w, "no_answer", attempt->no_answer);
	json_put_number(w, "retry_after_ms", attempt->retry_after_ms);
	json_put_said(w, "error", attempt->error);
	json_put_said(w, "answer", attempt->answer);
}

void object_alert(struct json_writer *w, const struct alert *alert)
{
	json_put_integer(w, "id", alert->id);
	json_put_string(w, "guid", alert->guid);
	json_put_string(w, "type", alert_type_text(alert->type));
	json_put_time(w, "at", alert->at_ms);
	json_put_string(w, "monitor", alert->monitor);
	json_put_integer(w, "episode", alert->episode);
	json_put_string(w, "definition", alert->definition);
	json_put_integer(w, "level", alert->level);
	json_put_said(w, "reason", alert->reason);
}

void object_audit(struct json_writer *w, const struct audit_row *row)
{
	json_put_integer(w, "id", row->id);
	json_put_time(w, "at", row->at_ms);
	json_put_string(w, "actor", row->actor);
	json_put_string(w, "source", row->source);
	json_put_said(w, "because", row->because);
	json_put_string(w, "action", row->action);
	json_put_string(w, "kind", row->object_kind);
	json_put_number(w, "object_id", row->object_id);
	json_put_string(w, "object", row->object);
}

void object_timeline_entry(struct json_writer *w, const struct timeline_entry *entry)
{
	json_put_time(w, "at", entry->at_ms);
	json_put_string(w, "kind", entry->kind);
	json_put_string(w, "text", entry->text);
	json_put_said(w, "actor", entry->actor);
}

const char *maintenance_state(const struct maintenance *window, int64_t now_ms)
{
	if (window->until_ms <= now_ms)
		return "ended";
	return window->from_ms <= now_ms ? "active" : "planned";
}

bool object_maintenance(struct json_writer *w, struct store *store,
			const struct maintenance *window, int64_t now_ms, struct err *err)
{
	json_put_integer(w, "id", window->head.id);
	json_put_string(w, "state", maintenance_state(window, now_ms));
	json_put_time(w, "from", window->from_ms);
	json_put_time(w, "until", window->until_ms);
	json_put_string(w, "targets", window->targets);
	json_put_said(w, "note", window->note);
	json_put_string(w, "created_by", window->created_by);
	json_open_array(w, "covers");
	if (!store_window_targets(store, window->head.id, put_name, w, err))
		return false;
	json_close(w);
	return true;
}
