#include "db/known.h"

#include <stdlib.h>

#include "core/base/hash.h"
#include "core/base/text.h"
#include "db/db.h"

static void placement_read(const struct stmt *s, struct path *ret)
{
	*ret = (struct path){
		.definition_id = column_int(s, 0),
		.level_id = column_int(s, 1),
		.placement_id = column_int(s, 2),
		.integration_id = column_int(s, 3),
		.level = column_int(s, 4),
		.definition_active = column_bool(s, 5),
		.level_active = column_bool(s, 6),
		.placement_active = column_bool(s, 7),
		.after_errors = column_int(s, 8),
		.after_minutes = column_int(s, 9),
		.remind_every_minutes = column_int(s, 10),
		.remind_max = column_int(s, 11),
		.send_ok = column_bool(s, 12),
		.send_reminders = column_bool(s, 13),
	};
	column_copy(s, 14, ret->definition, sizeof(ret->definition));
	column_copy(s, 15, ret->integration, sizeof(ret->integration));
}

static bool read_placements(struct store *store, int64_t definition_id, struct paths *ret,
			    struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_PLACEMENTS_OF_DEFINITION);
	bind_int(s, ":definition", definition_id);
	int got;
	while ((got = stmt_step(s, err)) > 0)
		placement_read(s, &VEC_PUSH(ret->items, ret->count, ret->capacity));
	return got == 0;
}

static void forget_group(struct known_group *known)
{
	free(known->name);
	id_list_done(&known->holders);
	*known = (struct known_group){ 0 };
}

void known_forget(struct store *store)
{
	for (size_t i = 0; i < COUNT_OF(store->known_groups); i++)
		forget_group(&store->known_groups[i]);
	store->known_integration.id = 0;
	store->known_monitor.id = 0;
	for (size_t i = 0; i < COUNT_OF(store->known); i++) {
		paths_done(&store->known[i].placements);
		store->known[i].definition_id = 0;
	}
}

bool known_placements(struct store *store, int64_t definition_id,
		      const struct paths **ret, struct err *err)
{
	struct known_definition *known =
		&store->known[(size_t)definition_id % COUNT_OF(store->known)];
	if (known->definition_id != definition_id) {
		known->definition_id = 0;
		paths_done(&known->placements);
		if (!read_placements(store, definition_id, &known->placements, err))
			return false;
		known->definition_id = definition_id;
	}
	*ret = &known->placements;
	return true;
}

static bool read_holders(struct store *store, const char *group, struct id_list *ret,
			 struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_HOLDERS_OF_GROUP);
	bind_borrowed(s, ":group", group);
	return row_ids(s, ret, err);
}

bool known_holders(struct store *store, const char *group, const struct id_list **ret,
		   struct err *err)
{
	struct known_group *known = &store->known_groups[hash_text(HASH_BEGIN, group) %
							 COUNT_OF(store->known_groups)];
	if (known->name == NULL || !text_equal(known->name, group)) {
		forget_group(known);
		if (!read_holders(store, group, &known->holders, err))
			return false;
		known->name = mem_strdup(group);
	}
	*ret = &known->holders;
	return true;
}

bool known_integration(struct store *store, int64_t id, const char **ret, struct err *err)
{
	struct known_integration *known = &store->known_integration;
	*ret = known->name;
	if (known->id == id && store->depth > 0)
		return true;
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_INTEGRATION_NAME);
	bind_int(s, ":id", id);
	int got = stmt_step(s, err);
	known->id = got > 0 ? id : 0;
	known->name[0] = '\0';
	if (got > 0)
		column_copy(s, 0, known->name, sizeof(known->name));
	return got >= 0;
}

static void card_read(const struct stmt *s, struct monitor_card *ret)
{
	ret->id = column_int(s, 0);
	ret->active = column_bool(s, 1);
	column_copy(s, 2, ret->name, sizeof(ret->name));
	column_copy(s, 3, ret->guid, sizeof(ret->guid));
}

bool known_monitor(struct store *store, int64_t id, const struct monitor_card **ret,
		   struct err *err)
{
	struct monitor_card *known = &store->known_monitor;
	*ret = known;
	if (known->id == id && store->depth > 0)
		return true;
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_MONITOR_CARD);
	bind_int(s, ":monitor", id);
	int got = stmt_step(s, err);
	known->id = 0;
	if (got > 0)
		card_read(s, known);
	return got >= 0;
}
