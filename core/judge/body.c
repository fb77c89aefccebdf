/* The bytes of an update: facts from the desk, words from core/rules/payload. */
#include "core/judge/lane.h"
#include "core/rules/payload.h"

/* What the cause of an update adds to its facts: the alert, its episode and its monitor.
 */
static bool add_cause(struct desk *desk, const struct alert *alert,
		      struct monitor_state *state, struct payload_facts *facts,
		      struct err *err)
{
	const struct monitor_card *monitor;
	if (!desk_monitor(desk, alert->monitor_id, &monitor, err))
		return false;
	const bool on_desk = desk->state && desk->state->monitor_id == alert->monitor_id;
	if (!on_desk && !store_monitor_state(desk->store, alert->monitor_id, state, err))
		return false;
	const struct monitor_state *known = on_desk ? desk->state : state;
	facts->has_alert = true;
	facts->alert_type = alert->type;
	facts->alert_guid = alert->guid;
	facts->definition = alert->definition;
	facts->level = alert->level;
	facts->alert_ms = alert->at_ms;
	facts->monitor = monitor->name;
	facts->monitor_guid = monitor->guid;
	facts->first_error_ms = facts->start_ms;
	if (known->episode != alert->episode)
		return true;
	facts->first_error_ms = known->started_ms;
	facts->errors = known->errors;
	facts->failure_message = known->message;
	return true;
}

/* The bytes of an update whose cause is alert, or nobody's (NULL). */
static bool build(struct desk *desk, const struct incident *incident,
		  const struct delivery *delivery, const struct alert *alert,
		  const char *message, struct buf *ret, struct err *err)
{
	const struct service *service;
	const struct integration *integration;
	if (!desk_service(desk, delivery->service_id, &service, err) ||
	    !desk_integration(desk, service->integration_id, &integration, err))
		return false;
	struct payload_facts facts = {
		.payload = integration->payload,
		.template_json = integration->template_json,
		.integration_text = &integration->text,
		.service_text = &service->text,
		.kind = delivery->kind,
		.incident_key = incident->key,
		.incident_status = delivery->incident_status,
		.service_status = delivery->service_status,
		.severity = incident_is_open(delivery->incident_status)
				    ? delivery->service_status
				    : incident->severity,
		.start_ms = incident->start_ms,
		.message = message,
		.service = service->name,
		.integration = integration->name,
	};
	struct monitor_state state;
	if (alert && !add_cause(desk, alert, &state, &facts, err))
		return false;
	return payload_build(&facts, ret, err);
}

bool lane_body(struct desk *desk, const struct incident *incident,
	       const struct delivery *delivery, const struct alert *alert,
	       const char *message, struct buf *ret, struct err *err)
{
	if (alert || delivery->alert_id == 0)
		return build(desk, incident, delivery, alert, message, ret, err);
	struct alert cause;
	return store_alert_get(desk->store, delivery->alert_id, &cause, err) &&
	       build(desk, incident, delivery, &cause, message, ret, err);
}
