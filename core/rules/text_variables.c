/* What a text can name: Uptrends' own variables where hublink knows them, and a few of its
 * own. */
#include <inttypes.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/base/compiler.h"
#include "core/rules/expand.h"
#include "core/rules/wire.h"

enum {
	NAME_BYTES = NAME_CHARS_MAX *
		     4, /* a quoted character has two bytes, the longest four */
	MESSAGE_BYTES = MESSAGE_CHARS_MAX * 4,
	TEXT_BYTES = 2 * PUBLIC_TEXT_SIZE,
	WORD_BYTES = 40,
};

static void add_text(const char *text_or_null, struct buf *ret)
{
	buf_adds(ret, text_or_null != NULL ? text_or_null : "");
}

static void add_service(const struct payload_facts *facts, struct buf *ret)
{
	add_text(facts->service, ret);
}

static void add_service_status(const struct payload_facts *facts, struct buf *ret)
{
	buf_adds(ret, wire_service_status(facts->service_status));
}

static void add_integration(const struct payload_facts *facts, struct buf *ret)
{
	add_text(facts->integration, ret);
}

static void add_incident_key(const struct payload_facts *facts, struct buf *ret)
{
	add_text(facts->incident_key, ret);
}

static void add_incident_state(const struct payload_facts *facts, struct buf *ret)
{
	buf_adds(ret, wire_incident_state(facts->incident_status));
}

static void add_start_time(const struct payload_facts *facts, struct buf *ret)
{
	char text[TIME_TEXT_SIZE];
	buf_adds(ret, time_format_utc_seconds(text, facts->start_ms));
}

static void add_monitor(const struct payload_facts *facts, struct buf *ret)
{
	add_text(facts->monitor, ret);
}

static void add_monitor_guid(const struct payload_facts *facts, struct buf *ret)
{
	add_text(facts->monitor_guid, ret);
}

/* Everything of an alert is empty where there is none: by hand, by resync. */

static void add_alert_guid(const struct payload_facts *facts, struct buf *ret)
{
	add_text(facts->alert_guid, ret);
}

static void add_alert_type(const struct payload_facts *facts, struct buf *ret)
{
	if (facts->has_alert)
		buf_adds(ret, wire_alert_type(facts->alert_type));
}

static void add_failure_message(const struct payload_facts *facts, struct buf *ret)
{
	add_text(facts->failure_message, ret);
}

static void add_errors(const struct payload_facts *facts, struct buf *ret)
{
	if (facts->has_alert)
		buf_addf(ret, "%" PRId64, facts->errors);
}

static void add_time(const struct payload_facts *facts, int64_t time_ms, bool zone,
		     struct buf *ret)
{
	char text[TIME_TEXT_SIZE];
	if (!facts->has_alert || time_ms == 0)
		return;
	size_t bytes = strlen(time_format_utc_seconds(text, time_ms));
	buf_add(ret, text, zone ? bytes : bytes - 1);
}

static void add_timestamp(const struct payload_facts *facts, struct buf *ret)
{
	add_time(facts, facts->alert_ms, true, ret);
}

static void add_timestamp_utc(const struct payload_facts *facts, struct buf *ret)
{
	add_time(facts, facts->alert_ms, false, ret);
}

static void add_first_error(const struct payload_facts *facts, struct buf *ret)
{
	add_time(facts, facts->first_error_ms, true, ret);
}

static void add_first_error_utc(const struct payload_facts *facts, struct buf *ret)
{
	add_time(facts, facts->first_error_ms, false, ret);
}

static void add_downtime(const struct payload_facts *facts, struct buf *ret)
{
	if (!facts->has_alert || facts->alert_type != ALERT_OK ||
	    facts->first_error_ms == 0)
		return;
	int64_t seconds = (facts->alert_ms - facts->first_error_ms) / SECOND_MS;
	if (seconds < 0)
		seconds = 0;
	buf_addf(ret, "%02" PRId64 ":%02" PRId64 ":%02" PRId64, seconds / 3600,
		 seconds / 60 % 60, seconds % 60);
}

static void add_definition(const struct payload_facts *facts, struct buf *ret)
{
	add_text(facts->definition, ret);
}

static void add_level(const struct payload_facts *facts, struct buf *ret)
{
	if (facts->has_alert)
		buf_addf(ret, "%" PRId64, facts->level);
}

#define VARIABLE(named, bytes, function, what)                                           \
	{                                                                                \
		.name = (named), .bytes_max = (bytes), .add = (function), .help = (what) \
	}

const struct text_variable text_variables[] = {
	VARIABLE("service.name", NAME_BYTES, add_service, "the service's name"),
	VARIABLE("service.status", WORD_BYTES, add_service_status,
		 "down, degraded-performance or up"),
	VARIABLE("integration.name", NAME_BYTES, add_integration,
		 "the integration's name"),
	VARIABLE("incident.key", WORD_BYTES, add_incident_key,
		 "the incident's key, the same in every update of it"),
	VARIABLE("incident.state", WORD_BYTES, add_incident_state,
		 "investigating, identified, monitoring or resolved"),
	VARIABLE("incident.startTime", WORD_BYTES, add_start_time,
		 "when the opening episode began, with Z"),
	{ .name = "incident.title",
	  .bytes_max = TEXT_BYTES,
	  .template_only = true,
	  .add = public_title_add,
	  .help = "the update's title (in templates)" },
	{ .name = "incident.description",
	  .bytes_max = TEXT_BYTES,
	  .template_only = true,
	  .add = public_description_add,
	  .help = "the update's description (in templates)" },
	VARIABLE("monitor.name", NAME_BYTES, add_monitor, "the monitor's name"),
	VARIABLE("monitor.monitorGuid", GUID_SIZE * 2, add_monitor_guid,
		 "the monitor's GUID"),
	VARIABLE("alert.alertGuid", WORD_BYTES, add_alert_guid, "the alert's GUID"),
	VARIABLE("alert.type", WORD_BYTES, add_alert_type, "Alert, Ok or Reminder"),
	VARIABLE("alert.failureMessage", MESSAGE_BYTES, add_failure_message,
		 "the last confirmed error's message"),
	VARIABLE("alert.numberOfConsecutiveErrors", WORD_BYTES, add_errors,
		 "confirmed errors of the episode so far"),
	VARIABLE("alert.timestamp", WORD_BYTES, add_timestamp,
		 "when it was raised, with Z"),
	VARIABLE("alert.timestampUtc", WORD_BYTES, add_timestamp_utc,
		 "when it was raised, in UTC without zone"),
	VARIABLE("alert.firstError", WORD_BYTES, add_first_error,
		 "when the episode began, with Z"),
	VARIABLE("alert.firstErrorUtc", WORD_BYTES, add_first_error_utc,
		 "when the episode began, in UTC without zone"),
	VARIABLE("alert.downtimeDuration", WORD_BYTES, add_downtime,
		 "how long it lasted, 48:03:21 (of an Ok only)"),
	VARIABLE("alertDefinition.name", NAME_BYTES, add_definition,
		 "the alert definition's name"),
	VARIABLE("escalationLevel.id", WORD_BYTES, add_level,
		 "the escalation level, 1 to 4"),
};
const size_t text_variable_count = COUNT_OF(text_variables);
