/* The words of every enumeration: one table each, read both ways. */
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

static const char *const mode_words[] = {
	[MODE_DRY_RUN] = "dry-run",
	[MODE_PAUSED] = "paused",
	[MODE_LIVE] = "live",
};
_Static_assert(COUNT_OF(mode_words) == MODE_COUNT, "every one has its word");

const char *mode_text(enum mode mode)
{
	return word(mode_words, COUNT_OF(mode_words), mode);
}

int mode_parse(const char *text)
{
	return value(mode_words, COUNT_OF(mode_words), text);
}

static const char *const event_state_words[] = {
	[EVENT_ERROR] = "error",
	[EVENT_OK] = "ok",
};
_Static_assert(COUNT_OF(event_state_words) == EVENT_STATE_COUNT,
	       "every one has its word");

const char *event_state_text(enum event_state event_state)
{
	return word(event_state_words, COUNT_OF(event_state_words), event_state);
}

int event_state_parse(const char *text)
{
	return value(event_state_words, COUNT_OF(event_state_words), text);
}

static const char *const event_effect_words[] = {
	[EFFECT_PENDING] = "pending",
	[EFFECT_JUDGED] = "judged",
	[EFFECT_UNCONFIRMED] = "unconfirmed",
	[EFFECT_TOO_OLD] = "too-old",
};
_Static_assert(COUNT_OF(event_effect_words) == EFFECT_COUNT, "every one has its word");

const char *event_effect_text(enum event_effect event_effect)
{
	return word(event_effect_words, COUNT_OF(event_effect_words), event_effect);
}

int event_effect_parse(const char *text)
{
	return value(event_effect_words, COUNT_OF(event_effect_words), text);
}

static const char *const alert_type_words[] = {
	[ALERT_ERROR] = "Error",
	[ALERT_OK] = "Ok",
	[ALERT_REMINDER] = "Reminder",
};
_Static_assert(COUNT_OF(alert_type_words) == ALERT_TYPE_COUNT, "every one has its word");

const char *alert_type_text(enum alert_type alert_type)
{
	return word(alert_type_words, COUNT_OF(alert_type_words), alert_type);
}

int alert_type_parse(const char *text)
{
	return value(alert_type_words, COUNT_OF(alert_type_words), text);
}

static const char *const policy_words[] = {
	[POLICY_PER_SERVICE] = "per-service",
	[POLICY_PER_MONITOR] = "per-monitor",
};
_Static_assert(COUNT_OF(policy_words) == POLICY_COUNT, "every one has its word");

const char *policy_text(enum incident_policy policy)
{
	return word(policy_words, COUNT_OF(policy_words), policy);
}

int policy_parse(const char *text)
{
	return value(policy_words, COUNT_OF(policy_words), text);
}

static const char *const payload_words[] = {
	[PAYLOAD_UPTRENDS] = "uptrends",
	[PAYLOAD_GENERIC_V2] = "generic-v2",
	[PAYLOAD_CUSTOM] = "custom",
};
_Static_assert(COUNT_OF(payload_words) == PAYLOAD_COUNT, "every one has its word");

const char *payload_text(enum payload payload)
{
	return word(payload_words, COUNT_OF(payload_words), payload);
}

int payload_parse(const char *text)
{
	return value(payload_words, COUNT_OF(payload_words), text);
}

static const char *const check_type_words[] = {
	[CHECK_NONE] = "none",
	[CHECK_HTTP] = "http",
	[CHECK_HTTPS] = "https",
	[CHECK_TCP] = "tcp",
};
_Static_assert(COUNT_OF(check_type_words) == CHECK_TYPE_COUNT, "every one has its word");

const char *check_type_text(enum check_type check_type)
{
	return word(check_type_words, COUNT_OF(check_type_words), check_type);
}

int check_type_parse(const char *text)
{
	return value(check_type_words, COUNT_OF(check_type_words), text);
}

static const char *const method_words[] = {
	[METHOD_GET] = "GET",
	[METHOD_HEAD] = "HEAD",
	[METHOD_POST] = "POST",
};
_Static_assert(COUNT_OF(method_words) == METHOD_COUNT, "every one has its word");

const char *check_method_text(enum check_method method)
{
	return word(method_words, COUNT_OF(method_words), method);
}

int check_method_parse(const char *text)
{
	return value(method_words, COUNT_OF(method_words), text);
}

static const char *const verdict_words[] = {
	[CHECK_PASSED] = "ok",
	[CHECK_UNCONFIRMED] = "unconfirmed",
	[CHECK_FAILED] = "failed",
};
_Static_assert(COUNT_OF(verdict_words) == CHECK_VERDICT_COUNT, "every one has its word");

const char *check_verdict_text(enum check_verdict verdict)
{
	return word(verdict_words, COUNT_OF(verdict_words), verdict);
}

int check_verdict_parse(const char *text)
{
	return value(verdict_words, COUNT_OF(verdict_words), text);
}

static const char *const service_status_words[] = {
	[SERVICE_OPERATIONAL] = "operational",
	[SERVICE_DEGRADED] = "degraded",
	[SERVICE_DISRUPTION] = "disruption",
};
_Static_assert(COUNT_OF(service_status_words) == SERVICE_STATUS_COUNT,
	       "every one has its word");

const char *service_status_text(enum service_status service_status)
{
	return word(service_status_words, COUNT_OF(service_status_words), service_status);
}

int service_status_parse(const char *text)
{
	return value(service_status_words, COUNT_OF(service_status_words), text);
}

static const char *const incident_status_words[] = {
	[INCIDENT_HELD] = "held",
	[INCIDENT_INVESTIGATING] = "investigating",
	[INCIDENT_IDENTIFIED] = "identified",
	[INCIDENT_MONITORING] = "monitoring",
	[INCIDENT_RESOLVED] = "resolved",
	[INCIDENT_DETACHED] = "detached",
	[INCIDENT_NEVER_PUBLIC] = "never-public",
};
_Static_assert(COUNT_OF(incident_status_words) == INCIDENT_STATUS_COUNT,
	       "every one has its word");

const char *incident_status_text(enum incident_status incident_status)
{
	return word(incident_status_words, COUNT_OF(incident_status_words),
		    incident_status);
}

int incident_status_parse(const char *text)
{
	return value(incident_status_words, COUNT_OF(incident_status_words), text);
}

static const char *const reach_words[] = {
	[REACH_NONE] = "none",   [REACH_HELD] = "held", [REACH_WAITING] = "waiting",
	[REACH_MAYBE] = "maybe", [REACH_YES] = "yes",
};
_Static_assert(COUNT_OF(reach_words) == REACH_COUNT, "every one has its word");

const char *reach_text(enum reach reach)
{
	return word(reach_words, COUNT_OF(reach_words), reach);
}

int reach_parse(const char *text)
{
	return value(reach_words, COUNT_OF(reach_words), text);
}

static const char *const delivery_kind_words[] = {
	[KIND_DISRUPTION] = "disruption",
	[KIND_RECOVERY] = "recovery",
	[KIND_REMINDER] = "reminder",
	[KIND_REOPEN] = "reopen",
	[KIND_SEVERITY] = "severity",
	[KIND_NOTE] = "note",
	[KIND_TEST] = "test",
};
_Static_assert(COUNT_OF(delivery_kind_words) == KIND_COUNT, "every one has its word");

const char *delivery_kind_text(enum delivery_kind delivery_kind)
{
	return word(delivery_kind_words, COUNT_OF(delivery_kind_words), delivery_kind);
}

int delivery_kind_parse(const char *text)
{
	return value(delivery_kind_words, COUNT_OF(delivery_kind_words), text);
}

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
_Static_assert(COUNT_OF(delivery_state_words) == DELIVERY_STATE_COUNT,
	       "every one has its word");

const char *delivery_state_text(enum delivery_state delivery_state)
{
	return word(delivery_state_words, COUNT_OF(delivery_state_words), delivery_state);
}

int delivery_state_parse(const char *text)
{
	return value(delivery_state_words, COUNT_OF(delivery_state_words), text);
}
