#include "core/rules/check_fit.h"

#include "core/base/compiler.h"
#include "core/base/text.h"
#include "core/rules/check.h"

enum { SHOWN_MAX = 512 };

/* What only an answer to a request can have. */
static bool is_of_http(const struct field *field)
{
	static const char *const columns[] = {
		"check_method",           "check_headers", "check_status",
		"check_contains",         "check_lacks",   "check_redirects",
		"check_certificate_days",
	};
	for (size_t i = 0; i < COUNT_OF(columns); i++)
		if (text_equal(columns[i], field->column))
			return true;
	return false;
}

bool check_field_fits(const struct monitor *monitor, const struct field *field,
		      struct err *err)
{
	if (monitor->check_type != CHECK_TCP || !is_of_http(field))
		return true;
	struct monitor fresh;
	DEFER(buf_done) struct buf unset = BUF_INIT(SHOWN_MAX);
	record_defaults(RECORD_MONITOR, &fresh);
	if (field_equal(field, monitor, &fresh))
		return true;
	field_format(field, &fresh, &unset);
	return fail(err, ERR_INVALID,
		    "%s: only http and https checks have this, tcp just connects; %s%s",
		    field->label, unset.len > 0 ? "set it back to " : "empty it",
		    buf_text(&unset));
}

static bool check_fields_fit(const struct monitor *monitor, struct err *err)
{
	const struct record_type *type = &record_types[RECORD_MONITOR];
	for (size_t i = 0; i < type->field_count; i++)
		if (!check_field_fits(monitor, &type->fields[i], err))
			return false;
	return true;
}

bool check_validate(const struct monitor *monitor, struct err *err)
{
	bool wants_text = *monitor->check_contains || *monitor->check_lacks;
	if (!check_statuses_check(monitor->check_status, err) ||
	    !check_headers_check(monitor->check_headers, err) ||
	    !check_fields_fit(monitor, err))
		return false;
	if (monitor->check_type == CHECK_NONE)
		return true;
	if (*monitor->check_target == '\0')
		return fail(err, ERR_INVALID,
			    "Check target is missing: say what the check asks, or set "
			    "Check to none");
	if (monitor->check_type != CHECK_TCP && monitor->check_method == METHOD_HEAD &&
	    wants_text)
		return fail(err, ERR_INVALID,
			    "Method HEAD brings no text that could be looked for; "
			    "choose GET, or empty the texts");
	return check_target_check(monitor->check_type, monitor->check_target, err);
}
