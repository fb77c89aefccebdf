/* Request bodies: what goes on the wire (contract.md section 5) and the public text in it. */
#ifndef RULES_PAYLOAD_H
#define RULES_PAYLOAD_H

#include "core/base/buf.h"
#include "core/base/err.h"
#include "core/rules/model.h"

/* Everything an update can say. Strings are borrowed; NULL reads as empty. */
struct payload_facts {
	enum payload payload;
	const char *template_json;       /* with PAYLOAD_CUSTOM */
	const struct public_text *integration_text;
	const struct public_text *service_text; /* empty fields: as the integration says */
	enum delivery_kind kind;
	const char *incident_key;
	enum incident_status incident_status;
	enum service_status service_status;
	int64_t start_ms;                /* start_time */
	const char *message;             /* an operator's text: replaces the description; NULL: from text */
	const char *service, *integration;
	bool has_alert;                  /* else alert and monitor are null on the wire */
	enum alert_type alert_type;
	const char *alert_guid, *definition;
	int64_t level, alert_ms, first_error_ms, errors;
	const char *failure_message;
	const char *monitor, *monitor_guid;
	bool test;                       /* title begins "TEST – ", test: true */
};

/* Append the exact bytes. ERR_INVALID if they exceed BODY_MAX or a template is broken. */
bool payload_build(const struct payload_facts *facts, struct buf *ret, struct err *err) CHECKED;

/* Replace {{@variables}} of a text; in JSON templates only inside strings. */
void text_expand(const char *text, const struct payload_facts *facts, struct buf *ret);

/* Are all variables of text known? ERR_INVALID names the first unknown one and the nearest known one. */
bool text_check(const char *text, struct err *err) CHECKED;
/* Is it a JSON object whose strings name known variables only? */
bool template_check(const char *json, struct err *err) CHECKED;

/* The state word of the wire ("investigating" …) and service_status word ("down", "degraded-performance", "up"). */
const char *wire_incident_state(enum incident_status status);
const char *wire_service_status(enum service_status status);

/* The variables that templates may name, for help and the README. */
struct text_variable {
	const char *name; /* "service.name" */
	const char *help;
};
extern const struct text_variable text_variables[];
extern const size_t text_variable_count;

#endif
