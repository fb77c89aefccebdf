/* The fields of every editable record: what fields.h declares, as data. */
#include "core/base/clock.h"
#include "core/rules/field_rows.h"
#include "core/rules/schedule.h"

enum {
	ERRORS_MAX = 1000000,
	MINUTES_MAX = 366 * 24 * 60,
	REMINDERS_MAX = 10000,
	RATE_MAX = 100000, /* per second */
	STORM_MAX = 100000,
	LINKED_MAX = 100000, /* monitors of a service */
};
#define HOLD_MAX_MS (366 * DAY_MS)
#define TIME_MAX_MS INT64_C(253402300799999) /* the last millisecond of the year 9999 */

static const char *payload_choice(int value)
{
	return payload_text((enum payload)value);
}

static const char *policy_choice(int value)
{
	return policy_text((enum incident_policy)value);
}

#define PUBLIC_TEXT(record, member, wording, ...)                                        \
	{                                                                                \
		.column = #member, .key = "text." #member, .max = PUBLIC_TEXT_CHARS_MAX, \
		.initial_text = (wording), .type = FIELD_LONG, AT(record, text.member),  \
		__VA_ARGS__                                                              \
	}

static const struct field integration_fields[] = {
	NAME(integration,
	     "What the integration is called, simply Statushub for example."),
	{ .column = "payload",
	  .key = "payload",
	  .label = "Payload",
	  .help = "What is posted: as Uptrends does, StatusHub's Generic Hook V2, or "
		  "your own template.",
	  CHOICE(integration, payload, payload_choice, PAYLOAD_COUNT) },
	{ .column = "max_per_second",
	  .key = "max_per_second",
	  .label = "Updates per second",
	  .max = RATE_MAX,
	  .initial = 5,
	  .help = "How many updates a second one receiving host gets at most; 0: no "
		  "limit.",
	  INTEGER(integration, max_per_second) },
	{ .column = "storm_max_new",
	  .key = "storm.max_new",
	  .label = "Storm guard",
	  .max = STORM_MAX,
	  .help = "More new incidents than this within the time below are held for an "
		  "operator; 0: off.",
	  INTEGER(integration, storm_max_new) },
	{ .column = "storm_within_ms",
	  .key = "storm.within",
	  .label = "Storm within",
	  .max = HOLD_MAX_MS,
	  .help = "The time in which the storm guard counts new incidents.",
	  DURATION(integration, storm_within_ms) },
	{ .column = "storm_release_after_ms",
	  .key = "storm.release_after",
	  .label = "Storm release after",
	  .max = HOLD_MAX_MS,
	  .help = "What the storm guard holds is released after this time; 0s: never "
		  "by itself.",
	  DURATION(integration, storm_release_after_ms) },
	PUBLIC_TEXT(integration, title, "{{@service.name}}: Service disruption",
		    .label = "Title", .min = 1,
		    .help = "The incident's title on the public page; may name "
			    "variables like {{@service.name}}."),
	PUBLIC_TEXT(integration, disruption,
		    "We are investigating a problem with {{@service.name}}.",
		    .label = "Disruption text", .min = 1,
		    .help = "What the public page says when an incident opens."),
	PUBLIC_TEXT(integration, recovery, "{{@service.name}} is operating normally.",
		    .label = "Recovery text", .min = 1,
		    .help = "What the public page says when the service operates "
			    "normally again."),
	PUBLIC_TEXT(
		integration, degraded_title, "{{@service.name}}: Degraded performance",
		.label = "Degraded title", .min = 1,
		.help = "The title while the service is degraded: too few monitors are "
			"in error for a disruption."),
	PUBLIC_TEXT(integration, degraded,
		    "We are investigating degraded performance of {{@service.name}}.",
		    .label = "Degraded text", .min = 1,
		    .help = "What the public page says while the service is degraded."),
	{ .column = "template",
	  .key = "template",
	  .label = "Template",
	  .optional = true,
	  .max = TEMPLATE_SIZE - 1,
	  .help = "With payload custom: the JSON object that is posted; variables are "
		  "replaced inside its strings.",
	  LONG(integration, template_json) },
};

static const struct field service_fields[] = {
	{ .column = "integration_id",
	  .label = "Integration",
	  .help = "The integration this service belongs to.",
	  REFERENCE(service, integration_id, RECORD_INTEGRATION) },
	NAME(service, "What the service is called on the status page."),
	{ .column = "url",
	  .key = "url",
	  .label = "Service URL",
	  .min = 1,
	  .secret = true,
	  .help = "In StatusHub: edit your status site (pencil), Service & "
		  "integrations, edit the service, under Enable/disable integrations "
		  "switch Uptrends on, Update Service; the URL is then in the service "
		  "list.",
	  URL(service, url) },
	{ .column = "page_url",
	  .key = "page_url",
	  .label = "Status page",
	  .optional = true,
	  .help = "The public page that shows the service, for people to open.",
	  URL(service, page_url) },
	{ .column = "policy",
	  .key = "incident_policy",
	  .label = "Incident policy",
	  .help = "per-service: further monitors join the open incident; per-monitor: "
		  "each monitor opens its own, as Uptrends does.",
	  CHOICE(service, policy, policy_choice, POLICY_COUNT) },
	{ .column = "reopen_within_ms",
	  .key = "reopen_within",
	  .label = "Reopen within",
	  .max = HOLD_MAX_MS,
	  .help = "A new error this soon after the recovery reopens the incident; 0s: "
		  "never.",
	  DURATION(service, reopen_within_ms) },
	{ .column = "publish_after_ms",
	  .key = "publish_after",
	  .label = "Publish after",
	  .max = HOLD_MAX_MS,
	  .help = "A disruption is held this long before the public is told; 0s: told "
		  "at once.",
	  DURATION(service, publish_after_ms) },
	{ .column = "recover_after_ms",
	  .key = "recover_after",
	  .label = "Recover after",
	  .max = HOLD_MAX_MS,
	  .help = "A recovery is held this long before the public is told; 0s: told "
		  "at once.",
	  DURATION(service, recover_after_ms) },
	{ .column = "disruption_monitors",
	  .key = "disruption_when.monitors",
	  .label = "Disruption at",
	  .max = LINKED_MAX,
	  .initial = 1,
	  .help = "With fewer monitors in error the service is degraded; 0: by the "
		  "percentage below.",
	  INTEGER(service, disruption_monitors) },
	{ .column = "disruption_percent",
	  .key = "disruption_when.percent",
	  .label = "Disruption at %",
	  .max = 100,
	  .help = "With a smaller part of its linked monitors in error the service is "
		  "degraded; 0: by the number above.",
	  INTEGER(service, disruption_percent) },
	PUBLIC_TEXT(service, title, NULL, .label = "Title", .optional = true,
		    .help = "The incident's title; empty: as the integration says."),
	PUBLIC_TEXT(service, disruption, NULL, .label = "Disruption text",
		    .optional = true,
		    .help = "What is said when an incident opens; empty: as the "
			    "integration says."),
	PUBLIC_TEXT(
		service, recovery, NULL, .label = "Recovery text", .optional = true,
		.help = "What is said at the recovery; empty: as the integration says."),
	PUBLIC_TEXT(service, degraded_title, NULL, .label = "Degraded title",
		    .optional = true,
		    .help = "The title while it is degraded; empty: as the integration "
			    "says."),
	PUBLIC_TEXT(service, degraded, NULL, .label = "Degraded text", .optional = true,
		    .help = "What is said while it is degraded; empty: as the "
			    "integration says."),
};

static const struct field definition_fields[] = {
	NAME(definition, "What the alert definition is called."),
	{ .column = "active",
	  .key = "active",
	  .label = "Active",
	  .initial = 1,
	  .help = "An inactive alert definition raises no alert.",
	  FLAG(definition, active) },
};

static const struct field level_fields[] = {
	{ .column = "definition_id",
	  .label = "Alert definition",
	  .help = "The alert definition this level belongs to.",
	  REFERENCE(level, definition_id, RECORD_DEFINITION) },
	{ .column = "number",
	  .key = "level",
	  .label = "Level",
	  .min = 1,
	  .max = LEVELS_MAX,
	  .initial = 1,
	  .help = "Its place among the escalation levels.",
	  INTEGER(level, number) },
	{ .column = "active",
	  .key = "active",
	  .label = "Active",
	  .initial = 1,
	  .help = "An inactive level sends nothing.",
	  FLAG(level, active) },
	{ .column = "after_errors",
	  .key = "after.errors",
	  .label = "After errors",
	  .max = ERRORS_MAX,
	  .initial = 2,
	  .help = "Triggers at this many consecutive confirmed errors; 0: by minutes.",
	  INTEGER(level, after_errors) },
	{ .column = "after_minutes",
	  .key = "after.minutes",
	  .label = "After minutes",
	  .max = MINUTES_MAX,
	  .help = "Triggers when the error has lasted this many minutes; 0: by "
		  "errors.",
	  INTEGER(level, after_minutes) },
	{ .column = "remind_every_minutes",
	  .key = "reminder.every_minutes",
	  .label = "Remind every",
	  .min = 1,
	  .max = MINUTES_MAX,
	  .initial = 30,
	  .help = "Minutes between two reminders.",
	  INTEGER(level, remind_every_minutes) },
	{ .column = "remind_max",
	  .key = "reminder.max",
	  .label = "Reminders",
	  .max = REMINDERS_MAX,
	  .help = "How many reminders at most; 0: none, which is right for a status "
		  "page.",
	  INTEGER(level, remind_max) },
};

static const struct field placement_fields[] = {
	{ .column = "level_id",
	  .label = "Level",
	  .help = "The level it is placed in.",
	  REFERENCE(placement, level_id, RECORD_LEVEL) },
	{ .column = "integration_id",
	  .key = "integration",
	  .label = "Integration",
	  .help = "The integration that this level alerts by.",
	  REFERENCE(placement, integration_id, RECORD_INTEGRATION) },
	{ .column = "active",
	  .key = "active",
	  .label = "Active",
	  .help = "An integration placed in a level sends nothing until it is ticked "
		  "active.",
	  FLAG(placement, active) },
	{ .column = "send_ok",
	  .key = "send_ok",
	  .label = "Send OK alerts",
	  .initial = 1,
	  .help = "Without it the incident stays Investigating until an operator "
		  "acts.",
	  FLAG(placement, send_ok) },
	{ .column = "send_reminders",
	  .key = "send_reminders",
	  .label = "Send reminders",
	  .help = "Reminders make little sense for a status page: its state stays "
		  "until the OK.",
	  FLAG(placement, send_reminders) },
};

static const struct field link_fields[] = {
	{ .column = "placement_id",
	  .label = "Placement",
	  .help = "The integration in a level that this link belongs to.",
	  REFERENCE(link, placement_id, RECORD_PLACEMENT) },
	{ .column = "monitor_id",
	  .key = "monitor",
	  .label = "Monitor",
	  .help = "The monitor whose alerts are sent.",
	  REFERENCE(link, monitor_id, RECORD_MONITOR) },
	{ .column = "service_id",
	  .key = "service",
	  .label = "Service",
	  .help = "The service whose status they change.",
	  REFERENCE(link, service_id, RECORD_SERVICE) },
	{ .column = "critical",
	  .key = "critical",
	  .label = "Critical",
	  .help = "Its monitor in error makes the service a disruption, however many "
		  "others are well.",
	  FLAG(link, critical) },
};

static const struct field maintenance_fields[] = {
	{ .column = "from_ms",
	  .label = "From",
	  .help = "When the window begins.",
	  .min = 1,
	  TIME(maintenance, from_ms) },
	{ .column = "until_ms",
	  .label = "Until",
	  .min = 1,
	  .help = "When it ends: what still lasts then is judged then.",
	  TIME(maintenance, until_ms) },
	{ .column = "note",
	  .label = "Note",
	  .optional = true,
	  .max = MESSAGE_CHARS_MAX,
	  .help = "Why, for other operators.",
	  LONG(maintenance, note) },
	{ .column = "created_by",
	  .label = "Created by",
	  .optional = true,
	  .max = ACTOR_SIZE - 1,
	  .help = "Who made it.",
	  TEXT(maintenance, created_by) },
};

#define RECORD(record, titled, sorted_by, ...)                                       \
	{                                                                            \
		.name = #record, .table = #record, .size = sizeof(struct record),    \
		.fields = record##_fields, .field_count = COUNT_OF(record##_fields), \
		.title = (titled), .order = (sorted_by), __VA_ARGS__                 \
	}

#define LISTED(words) "`hublink list " words "` shows all"
#define EXPORTED "`hublink export` shows all"

const struct record_type record_types[] = {
	[RECORD_MONITOR] =
		RECORD(monitor, "Monitor", "name", .listed = LISTED("monitors")),
	[RECORD_INTEGRATION] = RECORD(integration, "Integration", "name",
				      .listed = LISTED("integrations")),
	[RECORD_SERVICE] = RECORD(service, "Service", "name", .parent = "integration_id",
				  .listed = LISTED("services")),
	[RECORD_DEFINITION] = RECORD(definition, "Alert definition", "name",
				     .listed = LISTED("definitions")),
	[RECORD_LEVEL] = RECORD(level, "Level", "number", .parent = "definition_id",
				.listed = EXPORTED),
	[RECORD_PLACEMENT] = RECORD(placement, "Placement", "id", .parent = "level_id",
				    .listed = EXPORTED),
	[RECORD_LINK] = RECORD(link, "Link", "id", .parent = "placement_id",
			       .listed = LISTED("links")),
	[RECORD_MAINTENANCE] = RECORD(maintenance, "Maintenance window", "from_ms",
				      .listed = LISTED("maintenance")),
	[RECORD_SCHEDULE] =
		RECORD(schedule, "Recurring maintenance", "name",
		       .listed = "`hublink list maintenance` shows the names in "
				 "its notes"),
};
_Static_assert(COUNT_OF(record_types) == RECORD_KIND_COUNT, "every kind has its type");
