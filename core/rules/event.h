/* One monitor event as a sender writes it in JSON: a batch's line, the listener's
 * item. */
#ifndef RULES_EVENT_H
#define RULES_EVENT_H

#include "core/base/err.h"
#include "core/base/json.h"
#include "core/rules/model.h"

/* {"monitor","state","at","id","message","unconfirmed"}: monitor and state are
 * required, at is RFC 3339. A message is cut, never refused (R14). ret->monitor_id
 * stays 0: the name is in ret_monitor. ERR_INVALID names the key; nothing is written
 * then. */
bool event_from_json(const struct json *value, struct event *ret,
		     char ret_monitor[NAME_SIZE], struct err *err) CHECKED;

/* The same checks for an event from a command line; NULL is absent. */
bool event_set_id(struct event *event, const char *id, struct err *err) CHECKED;
void event_set_message(struct event *event, const char *message);

#endif
