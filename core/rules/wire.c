#include "core/rules/wire.h"

const char *wire_incident_state(enum incident_status status)
{
	static const char *const words[INCIDENT_STATUS_COUNT] = {
		[INCIDENT_HELD] = "investigating",
		[INCIDENT_INVESTIGATING] = "investigating",
		[INCIDENT_IDENTIFIED] = "identified",
		[INCIDENT_MONITORING] = "monitoring",
		[INCIDENT_RESOLVED] = "resolved",
		[INCIDENT_DETACHED] = "investigating",
		[INCIDENT_NEVER_PUBLIC] = "investigating",
	};

	return words[status];
}

const char *wire_service_status(enum service_status status)
{
	static const char *const words[SERVICE_STATUS_COUNT] = {
		[SERVICE_OPERATIONAL] = "up",
		[SERVICE_DEGRADED] = "degraded-performance",
		[SERVICE_DISRUPTION] = "down",
	};

	return words[status];
}

const char *wire_alert_type(enum alert_type type)
{
	static const char *const words[ALERT_TYPE_COUNT] = {
		[ALERT_ERROR] = "Alert",
		[ALERT_OK] = "Ok",
		[ALERT_REMINDER] = "Reminder",
	};

	return words[type];
}
