/* An Uptrends account of any size for the benches: the stand-in of the tests, filled.
 *
 *     account MONITORS DEFINITIONS
 *
 * Each definition has two levels with StatusHub in both, and links its share of the monitors to a
 * service of its own. Prints "url URL" and serves until its input ends. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/base/buf.h"
#include "tests/support/uptrends.h"

enum { TEXT_BYTES_MAX = 16 << 20, LEVELS = 2, AFTER_ERRORS = 2, AFTER_MINUTES = 10 };

/* Formats of a number. */
#define MONITOR_GUID "00000001-0000-4000-8000-%012x"
#define DEFINITION_GUID "00000002-0000-4000-8000-%012x"
#define SERVICE_GUID "00000003-0000-4000-8000-%012x"
#define HUB_GUID "e0000000-0000-0000-0000-000000000001"

struct account {
	struct uptrends *api;
	unsigned monitors, definitions;
};

static void put(const struct account *account, const char *path, struct buf *json)
{
	uptrends_put(account->api, path, buf_text(json));
	buf_done(json);
}

static struct buf list(void)
{
	struct buf json = BUF_INIT(TEXT_BYTES_MAX);
	buf_addc(&json, '[');
	return json;
}

/* A comma before each but the first. */
static void part(struct buf *json)
{
	buf_adds(json, json->len > 1 ? "," : "");
}

static void put_monitors(const struct account *account)
{
	char path[128];
	struct buf monitors = list();
	for (unsigned i = 0; i < account->monitors; i++) {
		part(&monitors);
		buf_addf(&monitors,
			 "{\"MonitorGuid\": \"" MONITOR_GUID
			 "\", \"Name\": \"Monitor %05u\", "
			 "\"MonitorType\": \"Https\", \"MonitorMode\": \"Production\", "
			 "\"IsActive\": true, \"GenerateAlert\": true}",
			 i, i);
		(void)snprintf(path, sizeof(path),
			       "/Monitor/" MONITOR_GUID "/MaintenancePeriod", i);
		uptrends_put(account->api, path, "[]");
	}
	buf_addc(&monitors, ']');
	put(account, "/Monitor", &monitors);
}

/* Monitors are dealt out to the definitions in turn. */
static void put_members(const struct account *account, unsigned definition)
{
	char path[128];
	struct buf members = list(), links = list(), hub = BUF_INIT(TEXT_BYTES_MAX);
	for (unsigned i = definition; i < account->monitors; i += account->definitions) {
		part(&members);
		buf_addf(&members, "{\"MonitorGuid\": \"" MONITOR_GUID "\"}", i);
		part(&links);
		buf_addf(&links,
			 "{\"MonitorGuid\": \"" MONITOR_GUID
			 "\", \"IntegrationServiceGuid\": \"" SERVICE_GUID "\"}",
			 i, definition);
	}
	buf_addc(&members, ']');
	buf_addc(&links, ']');
	(void)snprintf(path, sizeof(path), "/AlertDefinition/" DEFINITION_GUID "/Member",
		       definition);
	put(account, path, &members);
	buf_addf(&hub,
		 "[{\"IntegrationGuid\": \"" HUB_GUID "\", \"Name\": \"StatusHub\", "
		 "\"Type\": \"Statushub\", \"StatusHubServiceList\": %s}]",
		 buf_text(&links));
	buf_done(&links);
	for (unsigned level = 1; level <= LEVELS; level++) {
		(void)snprintf(path, sizeof(path),
			       "/AlertDefinition/" DEFINITION_GUID
			       "/EscalationLevel/%u/Integration",
			       definition, level);
		uptrends_put(account->api, path, buf_text(&hub));
	}
	buf_done(&hub);
}

static void put_levels(const struct account *account, unsigned definition)
{
	char path[128];
	struct buf levels = BUF_INIT(TEXT_BYTES_MAX);
	buf_addf(&levels,
		 "[{\"Id\": 1, \"EscalationMode\": \"AlertOnErrorCount\", "
		 "\"ThresholdErrorCount\": %d, \"IsActive\": true},"
		 "{\"Id\": 2, \"EscalationMode\": \"AlertOnErrorDuration\", "
		 "\"ThresholdErrorCount\": 1, \"ThresholdMinutes\": %d, \"IsActive\": "
		 "true}]",
		 AFTER_ERRORS, AFTER_MINUTES);
	(void)snprintf(path, sizeof(path),
		       "/AlertDefinition/" DEFINITION_GUID "/EscalationLevel",
		       definition);
	put(account, path, &levels);
}

static void put_definitions(const struct account *account)
{
	struct buf definitions = list(), hub = BUF_INIT(TEXT_BYTES_MAX),
		   services = list();
	for (unsigned i = 0; i < account->definitions; i++) {
		part(&definitions);
		buf_addf(&definitions,
			 "{\"AlertDefinitionGuid\": \"" DEFINITION_GUID
			 "\", \"AlertName\": \"Definition %04u\", \"IsActive\": true}",
			 i, i);
		part(&services);
		buf_addf(&services, "\"" SERVICE_GUID "\"", i);
		put_members(account, i);
		put_levels(account, i);
	}
	buf_addc(&definitions, ']');
	buf_addc(&services, ']');
	buf_addf(&hub,
		 "[{\"IntegrationGuid\": \"" HUB_GUID "\", \"Name\": \"StatusHub\", "
		 "\"Type\": \"Statushub\", \"IntegrationServices\": %s}]",
		 buf_text(&services));
	buf_done(&services);
	put(account, "/AlertDefinition", &definitions);
	put(account, "/Integration", &hub);
}

int main(int argc, char **argv)
{
	if (argc != 3) {
		(void)fprintf(stderr, "usage: account MONITORS DEFINITIONS\n");
		return 2;
	}
	const struct account account = {
		.api = uptrends_new(),
		.monitors = (unsigned)strtoul(argv[1], NULL, 10),
		.definitions = (unsigned)strtoul(argv[2], NULL, 10),
	};
	char byte;
	put_monitors(&account);
	put_definitions(&account);
	(void)printf("url %s\n", uptrends_url(account.api));
	(void)fflush(stdout);
	while (read(STDIN_FILENO, &byte, 1) > 0)
		;
	(void)printf("questions %zu\n", uptrends_count(account.api, "/"));
	uptrends_free(account.api);
	return 0;
}
