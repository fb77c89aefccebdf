/* The rows of what was told to the public, and of the audit. */
#ifndef CONSOLE_ROWS_HISTORY_H
#define CONSOLE_ROWS_HISTORY_H

#include "tui/console/rows.h"

/* Of each; older ones: hublink history, hublink list audit. */
enum { HISTORY_ROWS_MAX = 1000 };

struct told_line {
	int64_t id; /* of the delivery */
	int64_t at_ms, http_status, incident_id;
	bool certain;
	enum delivery_kind kind;
	enum incident_status status;
	enum service_status service_status;
	char service[ROW_NAME];
};

struct audit_line {
	int64_t id, at_ms, object_id;
	int record_kind; /* -1: none of the configuration */
	bool is_incident, is_delivery;
	char actor[ACTOR_SIZE], source[ACTOR_SIZE], action[32], object[ROW_NOTE],
		because[ROW_NOTE];
};

void told_list_init(struct list *list);
void audit_list_init(struct list *list);

/* Newest first. service_id 0: of all. On failure a list keeps what it had read so far. */
bool told_list_load(struct list *list, struct store *store, int64_t service_id,
		    struct err *err) CHECKED;
bool audit_list_load(struct list *list, struct store *store, struct err *err) CHECKED;

#endif
