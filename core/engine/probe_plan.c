/* Who is checked, and when. */
#include <stdlib.h>

#include "core/engine/probe_parts.h"
#include "core/rules/check_judge.h"

static int compare_targets(const void *a, const void *b)
{
	int64_t x = ((const struct probe_target *)a)->monitor_id;
	int64_t y = ((const struct probe_target *)b)->monitor_id;
	return (x > y) - (x < y);
}

struct probe_target *probe_find(const struct probe *probe, int64_t monitor_id)
{
	const struct probe_target key = { .monitor_id = monitor_id };
	if (probe->target_count == 0)
		return NULL;
	return bsearch(&key, probe->targets, probe->target_count, sizeof(key),
		       compare_targets);
}

void probe_schedule(struct probe *probe, struct probe_target *target, int64_t due_ms)
{
	target->due_ms = due_ms;
	due_push(&probe->due,
		 (struct due){ .at_ms = due_ms,
			       .target = (size_t)(target - probe->targets) });
}

/* ---- making it anew ---- */

struct planning {
	struct probe *before;
	struct probe_target *items;
	size_t count, capacity;
	int64_t boot_ms;
	int64_t changed; /* so many are new or changed */
};

/* A new engine spreads its first checks over a minute; one that runs makes those of what
 * was changed at once, a few milliseconds apart. */
static void add_changed(struct planning *planning, struct probe_target *target)
{
	bool is_first = planning->before->revision < 0;
	target->due_ms =
		is_first ? check_soon_ms(target->monitor_id, target->every_ms,
					 planning->boot_ms)
			 : planning->boot_ms + PROBE_SPREAD_MS * planning->changed++;
}

static bool add_check(void *arg, const struct check_plan *check)
{
	struct planning *planning = arg;
	const struct probe_target *before =
		probe_find(planning->before, check->monitor_id);
	struct probe_target target = { .monitor_id = check->monitor_id,
				       .revision = check->revision,
				       .every_ms = check->every_ms,
				       .flight = PROBE_GROUNDED,
				       .is_failing = check->in_error,
				       .has_passed = check->is_ok };
	if (before != NULL && before->revision == check->revision)
		target = *before;
	else
		add_changed(planning, &target);
	VEC_PUSH(planning->items, planning->count, planning->capacity) = target;
	return true;
}

static void take_over(struct probe *probe, struct planning *planning)
{
	free(probe->targets);
	probe->targets = planning->items;
	probe->target_count = planning->count;
	probe->target_capacity = planning->capacity;
	due_clear(&probe->due);
	for (size_t i = 0; i < probe->target_count; i++)
		if (probe->targets[i].flight == PROBE_GROUNDED)
			probe_schedule(probe, &probe->targets[i],
				       probe->targets[i].due_ms);
}

bool probe_plan(struct probe *probe, struct store *store, int64_t boot_ms,
		struct err *err)
{
	struct planning planning = { .before = probe, .boot_ms = boot_ms };
	int64_t revision;
	if (!probe->must_look)
		return true;
	if (!store_fact(store, FACT_CONFIG_REVISION, 0, &revision, err))
		return false;
	if (revision != probe->revision) {
		if (!store_list_checks(store, add_check, &planning, err)) {
			free(planning.items);
			return false;
		}
		take_over(probe, &planning);
		probe->revision = revision;
	}
	probe->must_look = false;
	return true;
}
