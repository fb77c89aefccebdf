/* The fields of a monitor and of its check. */
#include "core/base/clock.h"
#include "core/rules/check.h"
#include "core/rules/field_rows.h"

enum { REDIRECTS_MAX = 10, CERTIFICATE_DAYS_MAX = 365 };

static const char *check_choice(int value)
{
	return check_type_text((enum check_type)value);
}

static const char *method_choice(int value)
{
	return check_method_text((enum check_method)value);
}

const struct field monitor_fields[] = {
	NAME(monitor, "What the monitor is called in Uptrends, or what you call it."),
	{ .column = "guid",
	  .key = "guid",
	  .label = "GUID",
	  .optional = true,
	  .max = GUID_SIZE - 1,
	  .help = "The monitor's GUID in Uptrends, by which its events are matched "
		  "first.",
	  TEXT(monitor, guid) },
	{ .column = "active",
	  .key = "active",
	  .label = "Active",
	  .initial = 1,
	  .help = "An inactive monitor is not checked; its events are recorded but "
		  "raise no alert.",
	  FLAG(monitor, active) },
	{ .column = "check_type",
	  .key = "check.type",
	  .label = "Check",
	  .help = "A check of hublink's own; none: the monitor is fed by events "
		  "alone.",
	  CHOICE(monitor, check_type, check_choice, CHECK_TYPE_COUNT) },
	{ .column = "check_target",
	  .key = "check.target",
	  .label = "Check target",
	  .optional = true,
	  .mask = check_target_add_masked,
	  .max = URL_SIZE - 1,
	  .help = "What is checked: a URL, or host:port for tcp.",
	  TEXT(monitor, check_target) },
	{ .column = "check_every_ms",
	  .key = "check.every",
	  .label = "Check every",
	  .min = 10 * SECOND_MS,
	  .max = DAY_MS,
	  .initial = MINUTE_MS,
	  .help = "How often it is checked.",
	  DURATION(monitor, check_every_ms) },
	{ .column = "check_timeout_ms",
	  .key = "check.timeout",
	  .label = "Time limit",
	  .min = SECOND_MS,
	  .max = MINUTE_MS,
	  .initial = 10 * SECOND_MS,
	  .help = "A check that takes longer has failed, redirects included.",
	  DURATION(monitor, check_timeout_ms) },
	{ .column = "check_recheck_ms",
	  .key = "check.recheck_after",
	  .label = "Check again after",
	  .max = 5 * MINUTE_MS,
	  .initial = 5 * SECOND_MS,
	  .help = "A first failure counts when it is found again so long after; 0s: "
		  "at once.",
	  DURATION(monitor, check_recheck_ms) },
	{ .column = "check_method",
	  .key = "check.method",
	  .label = "Method",
	  .help = "How the URL is asked for.",
	  CHOICE(monitor, check_method, method_choice, METHOD_COUNT) },
	{ .column = "check_headers",
	  .key = "check.headers",
	  .label = "Headers",
	  .optional = true,
	  .mask = check_headers_add_masked,
	  .max = CHECK_HEADERS_SIZE - 1,
	  .help = "A `Name: value` a line; values are shown as *** unless well known "
		  "and harmless.",
	  LONG(monitor, check_headers) },
	{ .column = "check_status",
	  .key = "check.status",
	  .label = "Expected status",
	  .min = 1,
	  .max = CHECK_STATUS_SIZE - 1,
	  .initial_text = "200-399",
	  .help = "Statuses that are OK, like 200-399 or 200,204,401.",
	  TEXT(monitor, check_status) },
	{ .column = "check_contains",
	  .key = "check.contains",
	  .label = "Must contain",
	  .optional = true,
	  .max = CHECK_TEXT_CHARS_MAX,
	  .help = "Text that must appear in the answer's first MiB, exactly so.",
	  TEXT(monitor, check_contains) },
	{ .column = "check_lacks",
	  .key = "check.lacks",
	  .label = "Must not contain",
	  .optional = true,
	  .max = CHECK_TEXT_CHARS_MAX,
	  .help = "Text that must not appear there.",
	  TEXT(monitor, check_lacks) },
	{ .column = "check_redirects",
	  .key = "check.redirects",
	  .label = "Redirects",
	  .max = REDIRECTS_MAX,
	  .initial = 5,
	  .help = "How many are followed at most; 0: none, the redirect is the answer.",
	  INTEGER(monitor, check_redirects) },
	{ .column = "check_certificate_days",
	  .key = "check.certificate_days",
	  .label = "Certificate days",
	  .max = CERTIFICATE_DAYS_MAX,
	  .help = "Fails when the certificate expires within so many days; 0: only "
		  "when it has expired.",
	  INTEGER(monitor, check_certificate_days) },
};
