/* Warnings about a configuration that is valid and yet will not do what its author may
 * think: for `check`. */
#ifndef RULES_LINT_H
#define RULES_LINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The configuration as rows of ids and borrowed names. Every array but links is sorted by
 * its first member (id), members by both. The members under "found" are
 * lint_configuration's own; zero them. */

struct lint_monitor {
	int64_t id;
	const char *name;
	bool active;
	bool reaches; /* found */
};

struct lint_integration {
	int64_t id;
	const char *name;
	bool storm_guard;
	int64_t services; /* found */
};

struct lint_service {
	int64_t id, integration_id;
	const char *name, *url; /* "Integration/Service" */
	int64_t needs; /* so many monitors in error make it a disruption; 0: a part of them */
	int64_t linked;    /* monitors whose gates to it are open; told where needs > 1 */
	uint64_t url_hash; /* found */
	bool reached, critical;
};

struct lint_definition {
	int64_t id;
	const char *name;
	bool active;
	int64_t members; /* found */
};

struct lint_level {
	int64_t id, definition_id, number;
	bool active;
	int64_t after_errors, after_minutes, remind_max;
	int64_t links; /* found: in ticked placements */
};

struct lint_placement {
	int64_t id, level_id, integration_id;
	bool active, send_ok, send_reminders;
};

struct lint_link {
	int64_t placement_id, monitor_id, service_id;
	bool critical; /* its monitor counts as all (R21) */
};

/* A monitor that a definition holds, directly or by a group. */
struct lint_member {
	int64_t definition_id, monitor_id;
};

/* A text that the public sees, or a template of it. */
struct lint_wording {
	const char *owner; /* "Service 'Hub/Website'" */
	const char *label; /* "Title" */
	const char *text;
};

struct lint_facts {
	struct lint_monitor *monitors;
	struct lint_integration *integrations;
	struct lint_service *services;
	struct lint_definition *definitions;
	struct lint_level *levels;
	const struct lint_placement *placements;
	const struct lint_link *links;
	const struct lint_member *members;
	const struct lint_wording *wordings;
	size_t monitor_count, integration_count, service_count, definition_count,
		level_count, placement_count, link_count, member_count, wording_count;
};

enum { LINT_SERVICES_WITHOUT_GUARD = 10 };

/* rule: a stable word ("monitor-reaches-nothing"); sentence: what it means and the remedy,
 * safe text. Both are borrowed. */
typedef void lint_fn(void *arg, const char *rule, const char *sentence);

/* Calls warning for everything that is worth one; returns how many. Time grows with the
 * links and, cheaply, with the square of the services. */
size_t lint_configuration(const struct lint_facts *facts, lint_fn *warning, void *arg);

#endif
