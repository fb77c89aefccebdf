#include "core/rules/lint.h"

#include <inttypes.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/compiler.h"
#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/rules/payload.h"

enum { SENTENCE_MAX = 8192 };

/* One run: the facts, who hears of it, and how often something was said. */
struct lint {
	const struct lint_facts *facts;
	lint_fn *warning;
	void *arg;
	size_t count;
};

static void say(struct lint *lint, const char *rule, const char *format, ...)
	PRINTF_LIKE(3, 4);

static void say(struct lint *lint, const char *rule, const char *format, ...)
{
	DEFER(buf_done) struct buf sentence = BUF_INIT(SENTENCE_MAX);
	DEFER(buf_done) struct buf safe = BUF_INIT(SENTENCE_MAX * 4);
	va_list args;
	va_start(args, format);
	buf_vaddf(&sentence, format, args);
	va_end(args);
	text_add_safe(&safe, buf_text(&sentence), false);
	lint->warning(lint->arg, rule, buf_text(&safe));
	lint->count++;
}

/* ---- finding rows: arrays sorted by an int64_t at the start of each row ---- */

static int64_t id_at(const void *rows, size_t size, size_t i)
{
	int64_t id;
	memcpy(&id, (const char *)rows + i * size, sizeof(id));
	return id;
}

/* The index of the row, or count if there is none. */
static size_t find(const void *rows, size_t count, size_t size, int64_t id)
{
	size_t from = 0, to = count;
	while (from < to) {
		size_t middle = from + (to - from) / 2;
		if (id_at(rows, size, middle) < id)
			from = middle + 1;
		else
			to = middle;
	}
	return from < count && id_at(rows, size, from) == id ? from : count;
}

#define FIND(facts, kind, wanted)                                            \
	({                                                                   \
		size_t at_ = find((facts)->kind##s, (facts)->kind##_count,   \
				  sizeof(*(facts)->kind##s), (wanted));      \
		at_ < (facts)->kind##_count ? &(facts)->kind##s[at_] : NULL; \
	})

static bool holds(const struct lint_facts *facts, int64_t definition_id,
		  int64_t monitor_id)
{
	size_t from = 0, to = facts->member_count;
	while (from < to) {
		size_t middle = from + (to - from) / 2;
		const struct lint_member *member = &facts->members[middle];
		if (member->definition_id == definition_id &&
		    member->monitor_id == monitor_id)
			return true;
		bool before = member->definition_id < definition_id ||
			      (member->definition_id == definition_id &&
			       member->monitor_id < monitor_id);
		if (before)
			from = middle + 1;
		else
			to = middle;
	}
	return false;
}

/* ---- links: what reaches what ---- */

struct link_rows {
	struct lint_monitor *monitor;
	struct lint_service *service;
	const struct lint_placement *placement;
	struct lint_level *level;
	struct lint_definition *definition;
};

/* False if the link leads nowhere: such a document was refused before. */
static bool link_rows(const struct lint_facts *facts, const struct lint_link *link,
		      struct link_rows *ret)
{
	ret->monitor = FIND(facts, monitor, link->monitor_id);
	ret->service = FIND(facts, service, link->service_id);
	ret->placement = FIND(facts, placement, link->placement_id);
	if (ret->monitor == NULL || ret->service == NULL || ret->placement == NULL)
		return false;
	ret->level = FIND(facts, level, ret->placement->level_id);
	if (ret->level == NULL)
		return false;
	ret->definition = FIND(facts, definition, ret->level->definition_id);
	return ret->definition != NULL;
}

static void follow_link(struct lint *lint, const struct lint_link *link)
{
	struct link_rows rows;
	if (!link_rows(lint->facts, link, &rows))
		return;
	if (rows.placement->active)
		rows.level->links++;
	if (!holds(lint->facts, rows.definition->id, rows.monitor->id)) {
		say(lint, "link-of-a-stranger",
		    "Definition '%s' level %" PRId64
		    " links monitor '%s' but does not hold it: "
		    "add the monitor or a group of it to the definition",
		    rows.definition->name, rows.level->number, rows.monitor->name);
		return;
	}
	if (!rows.placement->active || !rows.level->active || !rows.definition->active)
		return;
	rows.monitor->reaches = true;
	if (rows.monitor->active)
		rows.service->reached = true;
	rows.service->critical |= link->critical;
}

/* ---- one rule each ---- */

static void check_monitors(struct lint *lint)
{
	for (size_t i = 0; i < lint->facts->monitor_count; i++) {
		const struct lint_monitor *monitor = &lint->facts->monitors[i];
		if (monitor->active && !monitor->reaches)
			say(lint, "monitor-reaches-nothing",
			    "Monitor '%s' reaches no service: `hublink explain` shows "
			    "which gate "
			    "is shut",
			    monitor->name);
	}
}

static void check_services(struct lint *lint)
{
	for (size_t i = 0; i < lint->facts->service_count; i++) {
		const struct lint_service *service = &lint->facts->services[i];
		if (!service->reached)
			say(lint, "service-unreached",
			    "Service '%s' is reached by no active monitor: link one to "
			    "it, or "
			    "delete it",
			    service->name);
		else if (service->needs > 1 && service->needs > service->linked &&
			 !service->critical)
			say(lint, "disruption-unreachable",
			    "Service '%s' is a disruption only with %" PRId64
			    " monitors in error, and %" PRId64
			    " reach it: it can only be degraded; link more, or lower "
			    "disruption_when",
			    service->name, service->needs, service->linked);
	}
}

static void check_urls(struct lint *lint)
{
	struct lint_service *services = lint->facts->services;
	for (size_t i = 0; i < lint->facts->service_count; i++) {
		services[i].url_hash = hash_text(HASH_BEGIN, services[i].url);
		for (size_t j = 0; j < i; j++) {
			if (services[i].url_hash != services[j].url_hash ||
			    !text_equal(services[i].url, services[j].url))
				continue;
			say(lint, "url-shared",
			    "Services '%s' and '%s' have one URL: they change the same "
			    "service in "
			    "StatusHub",
			    services[j].name, services[i].name);
			break;
		}
	}
}

static void check_level(struct lint *lint, const struct lint_level *level)
{
	const struct lint_facts *facts = lint->facts;
	const struct lint_definition *definition =
		FIND(facts, definition, level->definition_id);
	if (definition == NULL || !level->active || !definition->active)
		return;
	if (definition->members == 0)
		say(lint, "level-never-triggers",
		    "Definition '%s' level %" PRId64
		    " never triggers: the definition holds no "
		    "monitor",
		    definition->name, level->number);
	else if (level->links == 0)
		say(lint, "level-sends-nothing",
		    "Definition '%s' level %" PRId64
		    " sends nothing: it has no link in an "
		    "integration that is ticked active",
		    definition->name, level->number);
	for (size_t i = 0; i < facts->level_count; i++) {
		const struct lint_level *other = &facts->levels[i];
		if (other->definition_id == level->definition_id && other->active &&
		    other->number < level->number &&
		    other->after_errors == level->after_errors &&
		    other->after_minutes == level->after_minutes)
			say(lint, "level-repeats",
			    "Definition '%s' level %" PRId64
			    " triggers when level %" PRId64
			    " does: give it a later threshold, or delete it",
			    definition->name, level->number, other->number);
	}
}

static void check_placement(struct lint *lint, const struct lint_placement *placement)
{
	const struct lint_facts *facts = lint->facts;
	const struct lint_level *level = FIND(facts, level, placement->level_id);
	const struct lint_integration *integration =
		FIND(facts, integration, placement->integration_id);
	if (level == NULL || integration == NULL)
		return;
	const struct lint_definition *definition =
		FIND(facts, definition, level->definition_id);
	if (definition == NULL || !level->active || !definition->active)
		return;
	if (!placement->active) {
		say(lint, "integration-unticked",
		    "Integration '%s' is not ticked active in definition '%s' level "
		    "%" PRId64 ": it sends nothing there",
		    integration->name, definition->name, level->number);
		return;
	}
	if (!placement->send_ok)
		say(lint, "send-ok-off",
		    "Integration '%s' in definition '%s' level %" PRId64
		    " has send_ok off: its incidents stay Investigating until an "
		    "operator acts",
		    integration->name, definition->name, level->number);
	if (placement->send_reminders && level->remind_max > 0)
		say(lint, "reminders-on",
		    "Integration '%s' in definition '%s' level %" PRId64
		    " sends reminders: a status page keeps its state, subscribers are "
		    "told again",
		    integration->name, definition->name, level->number);
}

static void check_storm_guards(struct lint *lint)
{
	const struct lint_facts *facts = lint->facts;
	for (size_t i = 0; i < facts->service_count; i++) {
		struct lint_integration *integration =
			FIND(facts, integration, facts->services[i].integration_id);
		if (integration != NULL)
			integration->services++;
	}
	for (size_t i = 0; i < facts->integration_count; i++) {
		const struct lint_integration *integration = &facts->integrations[i];
		/* NOLINTNEXTLINE(clang-analyzer-*): the count says it is there */
		if (!integration->storm_guard &&
		    integration->services > LINT_SERVICES_WITHOUT_GUARD)
			say(lint, "storm-guard-off",
			    "Integration '%s' has %" PRId64
			    " services and no storm guard: one "
			    "network fault can turn them all red",
			    integration->name, integration->services);
	}
}

static void check_wordings(struct lint *lint)
{
	for (size_t i = 0; i < lint->facts->wording_count; i++) {
		const struct lint_wording *wording = &lint->facts->wordings[i];
		struct span literal;
		if (text_find_literal(wording->text, &literal))
			say(lint, "braces-go-out",
			    "%s: %s has '%.*s', which goes out as it stands: a variable "
			    "looks like {{@service.name}}",
			    wording->owner, wording->label, (int)literal.bytes,
			    literal.at);
	}
}

size_t lint_configuration(const struct lint_facts *facts, lint_fn *warning, void *arg)
{
	struct lint lint = { .facts = facts, .warning = warning, .arg = arg };

	for (size_t i = 0; i < facts->member_count; i++) {
		struct lint_definition *definition =
			FIND(facts, definition, facts->members[i].definition_id);
		if (definition != NULL)
			definition->members++;
	}
	for (size_t i = 0; i < facts->link_count; i++)
		follow_link(&lint, &facts->links[i]);
	check_monitors(&lint);
	check_services(&lint);
	check_urls(&lint);
	for (size_t i = 0; i < facts->level_count; i++)
		check_level(&lint, &facts->levels[i]);
	for (size_t i = 0; i < facts->placement_count; i++)
		check_placement(&lint, &facts->placements[i]);
	check_storm_guards(&lint);
	check_wordings(&lint);
	return lint.count;
}
