#include "core/rules/validate.h"

#include "core/rules/check_fit.h"
#include "core/rules/payload.h"
#include "core/rules/schedule.h"

static bool validate_monitor(const void *rec, struct err *err)
{
	return check_validate(rec, err);
}

static bool validate_texts(const struct public_text *text, struct err *err)
{
	return (text_check(text->title, err) || fail_in(err, "Title")) &&
	       (text_check(text->disruption, err) || fail_in(err, "Disruption text")) &&
	       (text_check(text->recovery, err) || fail_in(err, "Recovery text")) &&
	       (text_check(text->degraded_title, err) ||
		fail_in(err, "Degraded title")) &&
	       (text_check(text->degraded, err) || fail_in(err, "Degraded text"));
}

static bool validate_template(const struct integration *integration, struct err *err)
{
	bool custom = integration->payload == PAYLOAD_CUSTOM;
	bool has_template = *integration->template_json != '\0';
	if (custom && !has_template)
		return fail(err, ERR_INVALID,
			    "Template is missing: payload custom posts it");
	if (!custom && has_template)
		return fail(
			err, ERR_INVALID,
			"Template is posted with payload custom only: empty it, or set "
			"Payload to custom");
	return !has_template || template_check(integration->template_json, err);
}

static bool validate_storm_guard(const struct integration *integration, struct err *err)
{
	bool has_number = integration->storm_max_new > 0;
	bool has_time = integration->storm_within_ms > 0;
	if (has_number && !has_time)
		return fail(
			err, ERR_INVALID,
			"Storm within is 0s: the storm guard needs a time in which it "
			"counts new incidents");
	return has_number || !has_time ||
	       fail(err, ERR_INVALID,
		    "Storm guard is 0, which is off: say how many new incidents it lets "
		    "through, or set Storm within to 0s too");
}

static bool validate_integration(const void *rec, struct err *err)
{
	const struct integration *integration = rec;
	return validate_storm_guard(integration, err) &&
	       validate_template(integration, err) &&
	       validate_texts(&integration->text, err);
}

static bool validate_service(const void *rec, struct err *err)
{
	const struct service *service = rec;
	if ((service->disruption_monitors > 0) == (service->disruption_percent > 0))
		return fail(
			err, ERR_INVALID,
			"Disruption at is either a number of monitors or a percentage "
			"of them: set one of them, the other to 0");
	return validate_texts(&service->text, err);
}

static bool validate_level(const void *rec, struct err *err)
{
	const struct level *level = rec;
	return (level->after_errors > 0) != (level->after_minutes > 0) ||
	       fail(err, ERR_INVALID,
		    "A level triggers either after errors or after minutes: set one of "
		    "them, the "
		    "other to 0");
}

static bool validate_maintenance(const void *rec, struct err *err)
{
	const struct maintenance *window = rec;
	/* A window that was ended before it began has no length. */
	return window->until_ms >= window->from_ms ||
	       fail(err, ERR_INVALID, "Until is before From");
}

static bool validate_schedule(const void *rec, struct err *err)
{
	DEFER(recurrence_done) struct recurrence recurrence = { 0 };

	return recurrence_open(rec, &recurrence, err);
}

bool record_validate(enum record_kind kind, const void *rec, struct err *err)
{
	static bool (*const whole[RECORD_KIND_COUNT])(const void *, struct err *) = {
		[RECORD_MONITOR] = validate_monitor,
		[RECORD_INTEGRATION] = validate_integration,
		[RECORD_SERVICE] = validate_service,
		[RECORD_LEVEL] = validate_level,
		[RECORD_MAINTENANCE] = validate_maintenance,
		[RECORD_SCHEDULE] = validate_schedule,
	};

	return record_check(kind, rec, err) &&
	       (whole[kind] == NULL || whole[kind](rec, err));
}
