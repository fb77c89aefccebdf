/* What there is to be named, read into the names that a field or a chooser offers. */
#ifndef CONSOLE_NAME_OFFERS_H
#define CONSOLE_NAME_OFFERS_H

#include "core/store.h"
#include "tui/console/names.h"

/* Of records that have a name of their own; of those below the parent, 0: of all. */
bool offer_records(struct store *store, enum record_kind kind, int64_t parent_id,
		   struct names *ret, struct err *err) CHECKED;
bool offer_monitors(struct store *store, struct names *ret, struct err *err) CHECKED;
/* "Hub/Website". */
bool offer_services(struct store *store, struct names *ret, struct err *err) CHECKED;
bool offer_groups(struct store *store, struct names *ret, struct err *err) CHECKED;
bool offer_definitions(struct store *store, struct names *ret, struct err *err) CHECKED;
/* "level 1 of Default". */
bool offer_levels(struct store *store, struct names *ret, struct err *err) CHECKED;
/* What maintenance may cover: "Shop", "group:web", "service:Hub/Website". */
bool offer_targets(struct store *store, struct names *ret, struct err *err) CHECKED;

#endif
