/* Request bodies: what goes on the wire and the public text in it. */
#ifndef RULES_PAYLOAD_H
#define RULES_PAYLOAD_H

#include "core/base/buf.h"
#include "core/base/err.h"
#include "core/rules/model.h"
#include "core/rules/url.h"

/* Everything an update can say. Strings are borrowed; NULL reads as empty. */
struct payload_facts {
	enum payload payload;
	const char *template_json; /* with PAYLOAD_CUSTOM */
	const struct public_text *integration_text;
	const struct public_text
		*service_text; /* empty fields: as the integration says */
	enum delivery_kind kind;
	const char *incident_key;
	enum incident_status incident_status;
	enum service_status service_status;
	enum service_status severity; /* of the incident, while it was last open (R21) */
	int64_t start_ms;             /* start_time */
	const char *
		message; /* an operator's text: replaces the description; NULL: from text */
	const char *service, *integration;
	bool has_alert; /* else alert and monitor are null on the wire */
	enum alert_type alert_type;
	const char *alert_guid, *definition;
	int64_t level, alert_ms, first_error_ms, errors;
	const char *failure_message;
	const char *monitor, *monitor_guid;
	bool test; /* title begins "TEST – ", test: true */
};

/* Append the exact bytes. ERR_INVALID if they exceed BODY_MAX (a template only: its
 * profile's bodies cannot). The description says the disruption, that the service is
 * degraded, or the recovery once the incident is recovered and its service operates
 * normally; the title keeps how bad the incident was (R21). */
bool payload_build(const struct payload_facts *facts, struct buf *ret, struct err *err)
	CHECKED;

/* Replace {{@variables}} of a text. What is unknown stays as it is; control characters of
 * values become blanks. */
void text_expand(const char *text, const struct payload_facts *facts, struct buf *ret);

/* Are all variables of text known? ERR_INVALID names the first unknown one and the nearest
 * known one. */
bool text_check(const char *text, struct err *err) CHECKED;
/* The first {{…}} that is no variable, and goes out as it stands: false if there is none. */
bool text_find_literal(const char *text, struct span *ret);
/* The same of a body, in which every variable was replaced: whatever is left goes out as it
 * stands, be it a value that looks like a variable. */
bool body_find_literal(const char *body, struct span *ret);
/* Is it a JSON object whose strings name known variables only, and which can never outgrow
 * BODY_MAX? */
bool template_check(const char *json, struct err *err) CHECKED;

/* The variables that texts and templates may name, for help and the README. */
struct text_variable {
	const char *name; /* "service.name" */
	const char *help;
	bool template_only; /* made of the texts themselves */
	size_t bytes_max;   /* of a value inside a JSON string */
	void (*add)(const struct payload_facts *facts, struct buf *ret);
};
extern const struct text_variable text_variables[];
extern const size_t text_variable_count;

#endif
