#include "tests/support/journal.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char configuration[] =
	"INSERT INTO monitor (id, revision, name, active, check_type) VALUES"
	" (1, 1, 'Shop', 1, 'none'),"
	" (2, 1, 'Mail', 1, 'none'),"
	" (3, 1, 'Batch', 1, 'none');"
	"INSERT INTO monitor_group VALUES (1, 'web');"
	"INSERT INTO integration (id, revision, name, payload, max_per_second,"
	" storm_max_new, storm_within_ms, storm_release_after_ms, title, disruption,"
	" recovery) VALUES (1, 1, 'Hub', 'uptrends', 5, 0, 0, 0,"
	" 'title', 'down', 'up');"
	"INSERT INTO service (id, revision, integration_id, name, url, policy,"
	" reopen_within_ms, publish_after_ms, recover_after_ms) VALUES"
	" (1, 1, 1, 'Website', 'http://127.0.0.1:1/a', 'per-service', 0, 0, 0),"
	" (2, 1, 1, 'Email', 'http://127.0.0.1:2/b', 'per-service', 0, 0, 0);"
	"INSERT INTO definition VALUES (1, 1, 'Default', 1);"
	"INSERT INTO definition_monitor VALUES (1, 2);"
	"INSERT INTO definition_group VALUES (1, 'web');"
	"INSERT INTO level VALUES (1, 1, 1, 1, 1, 2, 0, 30, 0), (2, 1, 1, 2, 1, 0, 10, "
	"30, 0);"
	"INSERT INTO placement VALUES (1, 1, 1, 1, 1, 1, 0);"
	"INSERT INTO link (id, revision, placement_id, monitor_id, service_id) VALUES"
	" (1, 1, 1, 1, 1), (2, 1, 1, 2, 1), (3, 1, 1, 2, 2);";

int journal_open(void **state)
{
	char folder[] = "/tmp/hublink-journal-XXXXXX";
	assert_non_null(mkdtemp(folder));
	char path[64];
	(void)snprintf(path, sizeof(path), "%s/hublink.db", folder);
	struct store *store = NULL;
	must(store_open(path, STORE_CREATE, &store, err));
	run_sql(store, configuration);
	struct actor actor = { .name = "anna", .source = "local" };
	store_set_actor(store, &actor);
	*state = store;
	return 0;
}

int journal_close(void **state)
{
	static const char *const suffixes[] = { "", "-wal", "-shm", ".lock" };
	char path[96];
	(void)snprintf(path, sizeof(path), "%s", store_path(*state));
	store_close(*state);
	for (size_t i = 0; i < COUNT_OF(suffixes); i++) {
		char file[128];
		(void)snprintf(file, sizeof(file), "%s%s", path, suffixes[i]);
		(void)unlink(file);
	}
	*strrchr(path, '/') = '\0';
	return rmdir(path);
}

void run_sql(struct store *store, const char *sql)
{
	must(db_exec(store, sql, err));
}

int64_t number_of_sql(struct store *store, const char *sql)
{
	int64_t number = 0;
	must(db_pragma_number(store, sql, &number, err));
	return number;
}

struct incident an_incident(struct store *store, int64_t service_id)
{
	struct incident incident = {
		.service_id = service_id,
		.status = INCIDENT_INVESTIGATING,
		.service_status = SERVICE_DISRUPTION,
		.reach = REACH_WAITING,
		.opened_at_ms = T0,
		.start_ms = T0,
		.send_ok = true,
	};
	must(store_incident_put(store, &incident, err));
	return incident;
}

struct delivery a_delivery(struct store *store, int64_t service_id, int64_t incident_id)
{
	struct delivery delivery = {
		.service_id = service_id,
		.incident_id = incident_id,
		.state = DELIVERY_QUEUED,
		.kind = KIND_DISRUPTION,
		.incident_status = INCIDENT_INVESTIGATING,
		.service_status = SERVICE_DISRUPTION,
		.created_ms = T0,
		.age_from_ms = T0,
		.next_attempt_ms = T0,
	};
	must(store_delivery_add(store, &delivery, "{}", err));
	return delivery;
}

struct alert an_alert(struct store *store, enum alert_type type, int64_t monitor_id,
		      int64_t episode, int64_t at_ms)
{
	struct alert alert = { .type = type,
			       .at_ms = at_ms,
			       .monitor_id = monitor_id,
			       .episode = episode,
			       .definition_id = DEFAULT,
			       .level_id = 1,
			       .level = 1 };
	must(store_alert_add(store, &alert, err));
	return alert;
}
