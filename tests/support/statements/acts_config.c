/* Everything that changes the configuration of a store, each once. */
#include <string.h>

#include "core/store_schedule.h"
#include "tests/support/statements/trial.h"

enum { TEXT_MAX_BYTES = 1 << 16 };

/* ---- records ---- */

static bool put_named(struct store *store, enum record_kind kind, void *rec,
		      char *ret_name, const char *name, struct err *err)
{
	record_defaults(kind, rec);
	memcpy(ret_name, name, strlen(name) + 1);
	return store_put(store, kind, rec, err);
}

static bool new_monitor(struct store *store, struct err *err)
{
	struct monitor monitor;
	return put_named(store, RECORD_MONITOR, &monitor, monitor.name, "New", err);
}

static bool new_integration(struct store *store, struct err *err)
{
	static struct integration integration;
	return put_named(store, RECORD_INTEGRATION, &integration, integration.name, "New",
			 err);
}

static bool new_definition(struct store *store, struct err *err)
{
	struct definition definition;
	return put_named(store, RECORD_DEFINITION, &definition, definition.name, "New",
			 err);
}

static bool new_level(struct store *store, struct err *err)
{
	struct level level;
	record_defaults(RECORD_LEVEL, &level);
	level.definition_id = 1;
	level.number = 2;
	level.after_errors = 3;
	return store_put(store, RECORD_LEVEL, &level, err);
}

static bool new_placement(struct store *store, struct err *err)
{
	struct placement placement = { .level_id = 2,
				       .integration_id = 1,
				       .active = true };
	return store_put(store, RECORD_PLACEMENT, &placement, err);
}

static bool new_link(struct store *store, struct err *err)
{
	struct link link = { .placement_id = 2, .monitor_id = 1, .service_id = 1 };
	return store_put(store, RECORD_LINK, &link, err);
}

static bool change(struct store *store, enum record_kind kind, int64_t id, size_t offset,
		   const char *text, struct err *err)
{
	static union {
		struct monitor monitor;
		struct integration integration;
		struct service service;
		struct schedule schedule;
		struct level level;
		char bytes[1];
	} record;
	if (!store_get(store, kind, id, &record, err))
		return false;
	memcpy(record.bytes + offset, text, strlen(text) + 1);
	return store_put(store, kind, &record, err);
}

/* Gone, and back with the id that it had, as undo does it. */
static bool put_back(struct store *store, struct err *err)
{
	DEFER(store_abort) struct transaction tx = { 0 };
	struct level level;
	return store_begin(store, &tx, err) &&
	       store_get(store, RECORD_LEVEL, 2, &level, err) &&
	       store_delete(store, RECORD_LEVEL, 2, err) &&
	       store_put_back(store, RECORD_LEVEL, &level, err) && store_commit(&tx, err);
}

/* All that a document can say, then a smaller one that prunes. */
static const char large[] =
	"{\"hublink\": 1, \"monitors\": [{\"name\": \"M0\", \"groups\": [\"web\", "
	"\"db\"],"
	"  \"check\": {\"type\": \"https\", \"target\": \"https://shop.example/\"}},"
	" {\"name\": \"Third\", \"active\": false}],"
	" \"integrations\": [{\"name\": \"Hub\", \"services\": [{\"name\": \"S0\","
	"  \"url\": \"https://hub.example/a?token=1\", \"publish_after\": \"5m\"}]},"
	" {\"name\": \"Other\", \"payload\": \"generic-v2\", \"services\": ["
	"  {\"name\": \"Page\", \"url\": \"https://hub.example/b?token=2\"}]}],"
	" \"alert_definitions\": [{\"name\": \"Default\", \"monitors\": [\"M0\", "
	"\"Third\"],"
	"  \"groups\": [\"web\"], \"levels\": [{\"level\": 1, \"after\": {\"errors\": 2},"
	"  \"integrations\": [{\"integration\": \"Other\", \"active\": true, \"links\": ["
	"   {\"monitor\": \"M0\", \"service\": \"Page\"}]}]}]},"
	" {\"name\": \"Second\", \"levels\": []}],"
	" \"maintenance\": [{\"name\": \"weekly\", \"every\": \"week\", \"days\": "
	"[\"mon\"],"
	"  \"from\": \"02:00\", \"until\": \"04:00\", \"zone\": \"UTC\","
	"  \"covers\": [\"M0\", \"group:web\", \"service:Hub/S0\"]}],"
	" \"keep\": {\"events\": 90}}";
static const char small[] =
	"{\"hublink\": 1, \"monitors\": [{\"name\": \"M0\"}],"
	" \"integrations\": [{\"name\": \"Hub\", \"services\": [{\"name\": \"S0\","
	"  \"url\": \"https://hub.example/a?token=1\"}]}], \"alert_definitions\": [],"
	" \"maintenance\": []}";

static bool import(struct store *store, const char *document, bool prune, struct err *err)
{
	DEFER(store_abort) struct transaction tx = { 0 };
	DEFER(buf_done) struct buf plan = BUF_INIT(TEXT_MAX_BYTES);
	DEFER(buf_done) struct buf faults = BUF_INIT(TEXT_MAX_BYTES);
	const struct import_options options = {
		.prune = prune,
		.secrets = "{\"Hub/S0\": \"https://hub.example/c?token=3\"}"
	};
	bool done = store_begin(store, &tx, err) &&
		    store_import(store, document, strlen(document), &options, &plan,
				 &faults, err);
	if (faults.len > 0)
		return fail(err, ERR_INVALID, "%s", buf_text(&faults));
	return done && store_commit(&tx, err);
}

static const struct maintenance_target covered = { .kind = TARGET_MONITOR, .id = 1 };

#define OFFSET(type, member) offsetof(struct type, member)
#define ACTS(X)                                                                          \
	X(monitor, 0, new_monitor(store, err))                                           \
	X(integration, 0, new_integration(store, err))                                   \
	X(definition, 0, new_definition(store, err))                                     \
	X(level, 0, new_level(store, err))                                               \
	X(placement, 0, new_placement(store, err))                                       \
	X(link, 0, new_link(store, err))                                                 \
	X(monitor_renamed, 0,                                                            \
	  change(store, RECORD_MONITOR, 1, OFFSET(monitor, name), "M", err))             \
	X(monitor_named_again, 0, store_rename(store, RECORD_MONITOR, "M", "M0", err))   \
	X(integration_changed, 0,                                                        \
	  change(store, RECORD_INTEGRATION, 1, OFFSET(integration, text.title), "T",     \
		 err))                                                                   \
	X(level_put_back, 0, put_back(store, err))                                       \
	X(group, 0, store_group_set(store, "web", 1, true, err))                         \
	X(no_group, 0, store_group_set(store, "web", 1, false, err))                     \
	X(member, 0, store_definition_set_monitor(store, 2, 1, true, err))               \
	X(no_member, 0, store_definition_set_monitor(store, 2, 1, false, err))           \
	X(group_again, 0, store_group_set(store, "web", 2, true, err))                   \
	X(group_member, 0, store_definition_set_group(store, 2, "web", true, err))       \
	X(no_group_member, 0, store_definition_set_group(store, 2, "web", false, err))   \
	X(schedule_changed, 0,                                                           \
	  change(store, RECORD_SCHEDULE, 1, OFFSET(schedule, from), "01:00", err))       \
	X(schedule_covers, 0, store_schedule_set_target(store, 1, &covered, false, err)) \
	X(schedule_covers_again, 0,                                                      \
	  store_schedule_set_target(store, 1, &covered, true, err))                      \
	X(document, 1, import(store, large, false, err))                                 \
	X(document_again, 1, import(store, large, false, err))                           \
	X(pruning, 1, import(store, small, true, err))

ACTS(TRIAL_ACT)

const struct trial store_config_acts[] = { ACTS(TRIAL_ROW) };
const size_t store_config_act_count = COUNT_OF(store_config_acts);
