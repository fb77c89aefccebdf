/* What links tie together: the monitors and services on the other end of a record. */
#ifndef CONSOLE_LINKED_H
#define CONSOLE_LINKED_H

#include "core/judge/desk.h"
#include "core/store.h"

/* Of a monitor itself; of a service or a definition those that have a link there; each
 * once, by name. */
bool linked_monitors(struct store *store, enum record_kind kind, int64_t id,
		     struct id_list *ret, struct err *err) CHECKED;

/* Of a service itself; of an integration its services; of a monitor or a definition those
 * that a link there leads to. RECORD_SERVICE with id 0: all. */
bool linked_services(struct store *store, enum record_kind kind, int64_t id,
		     struct id_list *ret, struct err *err) CHECKED;

#endif
