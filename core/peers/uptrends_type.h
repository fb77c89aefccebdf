/* What Uptrends calls the types of alerts: in messages, and in its API. */
#ifndef PEERS_UPTRENDS_TYPE_H
#define PEERS_UPTRENDS_TYPE_H

#include "core/rules/model.h"

struct uptrends_type {
	const char *name, *word; /* word: as it stands in ids of events */
	enum event_state state;
	bool changes_nothing;
};

/* Without case; NULL: there is no such type. */
const struct uptrends_type *uptrends_type_find(const char *name);

#endif
