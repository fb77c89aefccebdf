/* The words of every enumeration: one table each. */
#include "core/rules/words.h"

#include "core/base/compiler.h"
#include "core/base/text.h"

static const char *word(const char *const *words, size_t count, size_t value)
{
	return value < count ? words[value] : "unknown";
}

static int value(const char *const *words, size_t count, const char *text)
{
	for (size_t i = 0; i < count; i++) {
		if (text_equal(words[i], text))
			return (int)i;
	}
	return -1;
}

/* What words.h declares of an enumeration, whose words are in name_words. Both read one table. */
#define TEXT(name, type, count)                                                      \
	_Static_assert(COUNT_OF(name##_words) == (count), "every one has its word"); \
	const char *name##_text(enum type of)                                        \
	{                                                                            \
		return word(name##_words, COUNT_OF(name##_words), of);               \
	}
#define PARSE(name)                                                       \
	int name##_parse(const char *text)                                \
	{                                                                 \
		return value(name##_words, COUNT_OF(name##_words), text); \
	}

static const char *const mode_words[] = {
	[MODE_DRY_RUN] = "dry-run",
	[MODE_PAUSED] = "paused",
	[MODE_LIVE] = "live",
};
TEXT(mode, mode, MODE_COUNT)
PARSE(mode)

static const char *const event_state_words[] = {
	[EVENT_ERROR] = "error",
	[EVENT_OK] = "ok",
};
TEXT(event_state, event_state, EVENT_STATE_COUNT)
PARSE(event_state)

static const char *const alert_type_words[] = {
	[ALERT_ERROR] = "Error",
	[ALERT_OK] = "Ok",
	[ALERT_REMINDER] = "Reminder",
};
TEXT(alert_type, alert_type, ALERT_TYPE_COUNT)
PARSE(alert_type)

static const char *const policy_words[] = {
	[POLICY_PER_SERVICE] = "per-service",
	[POLICY_PER_MONITOR] = "per-monitor",
};
TEXT(policy, incident_policy, POLICY_COUNT)

static const char *const payload_words[] = {
	[PAYLOAD_UPTRENDS] = "uptrends",
	[PAYLOAD_GENERIC_V2] = "generic-v2",
	[PAYLOAD_CUSTOM] = "custom",
};
TEXT(payload, payload, PAYLOAD_COUNT)

static const char *const check_type_words[] = {
	[CHECK_NONE] = "none",
	[CHECK_HTTP] = "http",
	[CHECK_HTTPS] = "https",
	[CHECK_TCP] = "tcp",
};
TEXT(check_type, check_type, CHECK_TYPE_COUNT)

static const char *const check_method_words[] = {
	[METHOD_GET] = "GET",
	[METHOD_HEAD] = "HEAD",
	[METHOD_POST] = "POST",
};
TEXT(check_method, check_method, METHOD_COUNT)

static const char *const check_verdict_words[] = {
	[CHECK_PASSED] = "ok",
	[CHECK_UNCONFIRMED] = "unconfirmed",
	[CHECK_FAILED] = "failed",
};
TEXT(check_verdict, check_verdict, CHECK_VERDICT_COUNT)

static const char *const service_status_words[] = {
	[SERVICE_OPERATIONAL] = "operational",
	[SERVICE_DEGRADED] = "degraded",
	[SERVICE_DISRUPTION] = "disruption",
};
TEXT(service_status, service_status, SERVICE_STATUS_COUNT)
PARSE(service_status)

static const char *const incident_status_words[] = {
	[INCIDENT_HELD] = "held",
	[INCIDENT_INVESTIGATING] = "investigating",
	[INCIDENT_IDENTIFIED] = "identified",
	[INCIDENT_MONITORING] = "monitoring",
	[INCIDENT_RESOLVED] = "resolved",
	[INCIDENT_DETACHED] = "detached",
	[INCIDENT_NEVER_PUBLIC] = "never-public",
};
TEXT(incident_status, incident_status, INCIDENT_STATUS_COUNT)
PARSE(incident_status)

static const char *const reach_words[] = {
	[REACH_NONE] = "none",   [REACH_HELD] = "held", [REACH_WAITING] = "waiting",
	[REACH_MAYBE] = "maybe", [REACH_YES] = "yes",
};
TEXT(reach, reach, REACH_COUNT)

static const char *const delivery_kind_words[] = {
	[KIND_DISRUPTION] = "disruption",
	[KIND_RECOVERY] = "recovery",
	[KIND_REMINDER] = "reminder",
	[KIND_REOPEN] = "reopen",
	[KIND_SEVERITY] = "severity",
	[KIND_NOTE] = "note",
	[KIND_TEST] = "test",
};
TEXT(delivery_kind, delivery_kind, KIND_COUNT)

static const char *const delivery_state_words[] = {
	[DELIVERY_HELD] = "held",
	[DELIVERY_QUEUED] = "queued",
	[DELIVERY_SENDING] = "sending",
	[DELIVERY_DELIVERED] = "delivered",
	[DELIVERY_FAILED] = "failed",
	[DELIVERY_CANCELLED] = "cancelled",
	[DELIVERY_SUPERSEDED] = "superseded",
	[DELIVERY_EXPIRED] = "expired",
	[DELIVERY_DRY_RUN] = "dry-run",
};
TEXT(delivery_state, delivery_state, DELIVERY_STATE_COUNT)
PARSE(delivery_state)
