/* What --json prints: each function writes its fields into an object that is open. Fields
 * may be added, never renamed. */
#ifndef CLI_OBJECTS_H
#define CLI_OBJECTS_H

#include "core/base/json.h"
#include "core/judge/explain.h"
#include "core/store.h"

/* ---- journal (json_journal.c) ---- */

/* false: its monitors could not be read. */
bool object_incident(struct json_writer *w, struct store *store,
		     const struct incident *incident, struct err *err) CHECKED;
void object_delivery(struct json_writer *w, const struct delivery *delivery);
void object_attempt(struct json_writer *w, const struct attempt *attempt);
void object_alert(struct json_writer *w, const struct alert *alert);
void object_audit(struct json_writer *w, const struct audit_row *row);
void object_timeline_entry(struct json_writer *w, const struct timeline_entry *entry);
/* now_ms: tells planned, active and ended apart. */
bool object_maintenance(struct json_writer *w, struct store *store,
			const struct maintenance *window, int64_t now_ms, struct err *err)
	CHECKED;
const char *maintenance_state(const struct maintenance *window, int64_t now_ms);

/* ---- configuration (json_config.c) ---- */

bool object_monitor(struct json_writer *w, struct store *store,
		    const struct monitor_row *row, struct err *err) CHECKED;
const char *monitor_state_text(
	const struct monitor_row *row); /* ok, error, unknown, maintenance, inactive */
void object_service(struct json_writer *w, const struct service_row *row);
void object_link(struct json_writer *w, const struct link_row *row);
void object_integration(struct json_writer *w, const struct integration *integration);
bool object_definition(struct json_writer *w, struct store *store,
		       const struct definition *definition, struct err *err) CHECKED;

#endif
