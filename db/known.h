/* What definitions say of their levels and placements, whoever the monitor is: read once a
 * transaction, for a burst asks for the same few thousands of times. */
#ifndef DB_KNOWN_H
#define DB_KNOWN_H

#include "db/row.h"

enum { KNOWN_DEFINITIONS = 16, KNOWN_GROUPS = 16 };

struct known_definition {
	int64_t definition_id; /* 0: none */
	struct paths placements;
};

struct known_group {
	char *name; /* NULL: none */
	struct id_list holders;
};

struct known_integration {
	int64_t id; /* 0: none */
	char name[NAME_SIZE];
};

/* Paths without monitor and service, in no order. Borrowed until the next call. */
bool known_placements(struct store *store, int64_t definition_id,
		      const struct paths **ret, struct err *err) CHECKED;

/* The definitions that hold the group. Borrowed until the next call. */
bool known_holders(struct store *store, const char *group, const struct id_list **ret,
		   struct err *err) CHECKED;

/* The integration's name; "": there is no such. Borrowed until the next call. */
bool known_integration(struct store *store, int64_t id, const char **ret, struct err *err)
	CHECKED;

/* The last one asked for; id 0: there is no such monitor. Borrowed until the next call. */
bool known_monitor(struct store *store, int64_t id, const struct monitor_card **ret,
		   struct err *err) CHECKED;

/* They may have changed: the transaction is over, or has changed the configuration. */
void known_forget(struct store *store);

#endif
