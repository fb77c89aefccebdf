#include "core/judge/explain.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/base/buf.h"
#include "core/base/clock.h"
#include "core/rules/alert.h"
#include "core/rules/route.h"
#include "core/rules/severity.h"

/* All that the gates of one path are judged by. */
struct facts {
	struct monitor monitor;
	struct monitor_state state;
	struct service *service; /* the one that was asked for, or NULL */
	enum mode mode;
	int64_t at_ms;
	int64_t muted_until_ms; /* 0: not muted */
	int64_t window_id;
	int64_t recurs_until_ms; /* a window that will be made covers it; 0: none does */
	char recurs[NAME_SIZE];
	const struct path *path;
	/* Of a path to a service that can be degraded; else NULL. */
	struct service *target;
	struct severity_facts severity; /* with this monitor in error */
};

static void facts_done(struct facts *facts)
{
	free(facts->service);
	free(facts->target);
}

static void PRINTF_LIKE(4, 5)
	say(struct gate *gate, bool open, int64_t record_id, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	(void)vsnprintf(gate->text, sizeof(gate->text), format, args);
	va_end(args);
	gate->open = open;
	gate->record_id = open ? 0 : record_id;
}

/* ---- one function per gate ---- */

/* The record whose change opens the gate. */
static int64_t record_of(const struct path *path, enum gate_kind kind)
{
	const int64_t records[GATE_COUNT] = {
		[GATE_MONITOR] = path->monitor_id,
		[GATE_DEFINITION] = path->definition_id,
		[GATE_LEVEL] = path->level_id,
		[GATE_PLACEMENT] =
			path->placement_id ? path->placement_id : path->level_id,
		[GATE_LINK] = path->placement_id,
	};

	return records[kind];
}

/* A gate of R3, which the judge asks too. */
static void look_route(const struct facts *f, struct gate *gate)
{
	static const enum route_gate route[GATE_COUNT] = {
		[GATE_MONITOR] = ROUTE_MONITOR, [GATE_DEFINITION] = ROUTE_DEFINITION,
		[GATE_LEVEL] = ROUTE_LEVEL,     [GATE_PLACEMENT] = ROUTE_PLACEMENT,
		[GATE_LINK] = ROUTE_LINK,
	};
	DEFER(buf_done)
	struct buf text = BUF_INIT(sizeof(gate->text));

	route_say(f->path, route[gate->kind], &text);
	say(gate, route_gate_is_open(f->path, route[gate->kind]),
	    record_of(f->path, gate->kind), "%s", buf_text(&text));
}

static void look_placement(const struct facts *f, struct gate *gate)
{
	if (!f->service || f->path->placement_id)
		look_route(f, gate);
	else
		say(gate, false, record_of(f->path, GATE_PLACEMENT),
		    "integration '%s' is not placed in level %lld of '%s': place it",
		    f->service->integration, (long long)f->path->level,
		    f->path->definition);
}

static void look_link(const struct facts *f, struct gate *gate)
{
	if (!f->service || f->path->service_id)
		look_route(f, gate);
	else
		say(gate, false, record_of(f->path, GATE_LINK),
		    "no link leads from '%s' to '%s' in level %lld of '%s': add one",
		    f->monitor.name, f->service->name, (long long)f->path->level,
		    f->path->definition);
}

static void look_maintenance(const struct facts *f, struct gate *gate)
{
	char until[TIME_TEXT_SIZE];

	if (!f->muted_until_ms && f->recurs_until_ms)
		say(gate, false, 0,
		    "'%s' will be in maintenance until %s ('%s' comes round): what still "
		    "lasts is judged then; `hublink maintenance pause '%s'` makes no "
		    "windows",
		    f->monitor.name, time_format_local(until, f->recurs_until_ms),
		    f->recurs, f->recurs);
	else if (!f->muted_until_ms)
		say(gate, true, 0, "no maintenance window covers '%s'", f->monitor.name);
	else
		say(gate, false, f->window_id,
		    "'%s' is in maintenance until %s (window #%lld): what still lasts is "
		    "judged then, or now with `hublink maintenance end %lld`",
		    f->monitor.name, time_format_local(until, f->muted_until_ms),
		    (long long)f->window_id, (long long)f->window_id);
}

static void look_mode(const struct facts *f, struct gate *gate)
{
	static const char *const sentence[MODE_COUNT] = {
		[MODE_DRY_RUN] =
			("the mode is dry-run: updates are recorded and never sent; "
			 "`hublink mode live` sends from then on"),
		[MODE_PAUSED] =
			"the mode is paused: updates wait until `hublink mode live`",
		[MODE_LIVE] = "the mode is live",
	};

	say(gate, f->mode != MODE_DRY_RUN, 0, "%s", sentence[f->mode]);
}

static void look_errors(const struct facts *f, struct gate *gate)
{
	long long need = (long long)f->path->after_errors;
	long long have = f->state.in_error ? (long long)f->state.errors : 0;

	say(gate, true, 0, "level %lld triggers at error %lld in a row; so far %lld%s",
	    (long long)f->path->level, need, have, have >= need ? ": met" : "");
}

static void look_minutes(const struct facts *f, struct gate *gate)
{
	const struct path *path = f->path;
	char when[TIME_TEXT_SIZE];

	if (!f->state.in_error)
		say(gate, true, 0,
		    "level %lld triggers after %lld min in error; '%s' is not in error",
		    (long long)path->level, (long long)path->after_minutes,
		    f->monitor.name);
	else
		say(gate, true, 0, "level %lld triggers after %lld min in error: %s%s",
		    (long long)path->level, (long long)path->after_minutes,
		    level_is_met(path, &f->state, f->at_ms) ? "met at " : "at ",
		    time_format_local(when, level_deadline(path, &f->state)));
}

static void look_threshold(const struct facts *f, struct gate *gate)
{
	if (f->path->after_errors > 0)
		look_errors(f, gate);
	else
		look_minutes(f, gate);
}

static void look_severity(const struct facts *f, struct gate *gate)
{
	const struct severity_facts *severity = &f->severity;
	const enum service_status would = severity_of(f->target, severity);

	say(gate, true, 0,
	    "with '%s' in error %lld of %lld linked monitors of '%s' are: %s, which a "
	    "disruption is from %lld%s",
	    f->monitor.name, (long long)severity->in_error, (long long)severity->linked,
	    f->target->name, service_status_text(would),
	    (long long)severity_threshold(f->target, severity->linked),
	    severity->critical ? "; a critical link counts as all" : "");
}

static void (*const look[GATE_COUNT])(const struct facts *, struct gate *) = {
	[GATE_MONITOR] = look_route,       [GATE_MAINTENANCE] = look_maintenance,
	[GATE_DEFINITION] = look_route,    [GATE_LEVEL] = look_route,
	[GATE_PLACEMENT] = look_placement, [GATE_LINK] = look_link,
	[GATE_MODE] = look_mode,           [GATE_THRESHOLD] = look_threshold,
	[GATE_SEVERITY] = look_severity,
};

static const char *const gate_texts[GATE_COUNT] = {
	[GATE_MONITOR] = "monitor",
	[GATE_MAINTENANCE] = "maintenance",
	[GATE_DEFINITION] = "definition",
	[GATE_LEVEL] = "level",
	[GATE_PLACEMENT] = "integration",
	[GATE_LINK] = "link",
	[GATE_MODE] = "mode",
	[GATE_THRESHOLD] = "threshold",
	[GATE_SEVERITY] = "severity",
};

const char *gate_kind_text(enum gate_kind kind)
{
	return gate_texts[kind];
}

/* What does not exist has no gates behind it: no level, nothing to tick. */
static bool gate_stands(const struct facts *facts, enum gate_kind kind)
{
	const struct path *path = facts->path;

	switch (kind) {
	case GATE_LEVEL:
	case GATE_PLACEMENT:
	case GATE_THRESHOLD: return path->level_id != 0;
	case GATE_LINK: return path->placement_id != 0;
	case GATE_SEVERITY: return facts->target != NULL;
	case GATE_MONITOR:
	case GATE_MAINTENANCE:
	case GATE_DEFINITION:
	case GATE_MODE:
	case GATE_COUNT: break;
	}
	return true;
}

static void explain_path(struct facts *facts, const struct path *path,
			 struct explained_path *ret)
{
	facts->path = path;
	*ret = (struct explained_path){ .path = *path, .reaches = path->service_id != 0 };
	for (int kind = 0; kind < GATE_COUNT; kind++) {
		struct gate *gate = &ret->gates[ret->gate_count];

		if (!gate_stands(facts, (enum gate_kind)kind))
			continue;
		gate->kind = (enum gate_kind)kind;
		look[kind](facts, gate);
		ret->reaches = ret->reaches && gate->open;
		ret->gate_count++;
	}
}

/* ---- which paths ---- */

/* How far a path without a link to the service that was asked for comes towards it. */
static int nearness(const struct path *path, const struct service *service)
{
	if (path->placement_id && path->integration_id == service->integration_id)
		return 2;
	return path->level_id ? 1 : 0;
}

/* No path leads to what was asked for: the one that comes nearest, cut where it stops. */
static struct path missing_path(const struct paths *paths, const struct monitor *monitor,
				const struct service *service)
{
	struct path ret = { .monitor_id = monitor->head.id,
			    .monitor_active = monitor->active };
	int best = -1;

	for (size_t i = 0; service && i < paths->count; i++) {
		int near = nearness(&paths->items[i], service);

		if (near <= best)
			continue;
		best = near;
		ret = paths->items[i];
		ret.service_id = 0;
		if (near < 2)
			ret.placement_id = 0;
	}
	return ret;
}

static bool facts_load(struct facts *facts, struct store *store, int64_t monitor_id,
		       int64_t service_id, struct err *err)
{
	if (!store_get(store, RECORD_MONITOR, monitor_id, &facts->monitor, err) ||
	    !store_monitor_state(store, monitor_id, &facts->state, err) ||
	    !store_mode(store, &facts->mode, err) ||
	    !store_muted(store, monitor_id, facts->at_ms, &facts->muted_until_ms, err) ||
	    !explain_window(store, monitor_id, facts->at_ms, &facts->window_id, err) ||
	    !explain_recurring(store, monitor_id, facts->at_ms, &facts->recurs_until_ms,
			       facts->recurs, err))
		return false;
	if (!service_id)
		return true;
	facts->service = mem_new(1, sizeof(*facts->service));
	return store_get(store, RECORD_SERVICE, service_id, facts->service, err);
}

/* How bad it would be for the path's service, if that can be one or the other (R21). */
static bool load_severity(struct facts *facts, struct store *store,
			  const struct path *path, struct err *err)
{
	free(facts->target);
	facts->target = NULL;
	if (!path->service_id)
		return true;
	struct service *target = mem_new(1, sizeof(*target));
	facts->target = target;
	if (!store_get(store, RECORD_SERVICE, path->service_id, target, err) ||
	    !store_severity_facts(store, path->service_id, 0, false, path->monitor_id,
				  &facts->severity, err))
		return false;
	facts->severity.standing++;
	if (!severity_has_degrees(target)) {
		free(target);
		facts->target = NULL;
	}
	return true;
}

bool explain_monitor(struct store *store, int64_t monitor_id, int64_t service_id,
		     int64_t at_ms, explained_fn *row, void *arg, bool *ret_reaches,
		     struct err *err)
{
	DEFER(facts_done)
	struct facts facts = { .at_ms = at_ms };
	DEFER(paths_done)
	struct paths paths = { 0 };
	DEFER(mem_free)
	struct explained_path *explained = mem_new(1, sizeof(*explained));
	bool any = false, reaches = false, more = true;

	if (!facts_load(&facts, store, monitor_id, service_id, err) ||
	    !store_paths(store, monitor_id, &paths, err))
		return fail_in(err, "explaining monitor #%lld", (long long)monitor_id);
	for (size_t i = 0; i < paths.count; i++) {
		const struct path *path = &paths.items[i];

		if (service_id && path->service_id != service_id)
			continue;
		any = true;
		if (!load_severity(&facts, store, path, err))
			return fail_in(err, "explaining monitor #%lld",
				       (long long)monitor_id);
		explain_path(&facts, path, explained);
		reaches = reaches || explained->reaches;
		more = more && row(arg, explained);
	}
	if (!any) {
		struct path missing = missing_path(&paths, &facts.monitor, facts.service);

		explain_path(&facts, &missing, explained);
		(void)row(arg, explained);
	}
	*ret_reaches = reaches;
	return true;
}
