#include "tui/console/whatif_run.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/base/text.h"

enum { CHECKS_MAX = 5000 };

#define USUAL_LEAST_MS (10 * MINUTE_MS)
#define USUAL_REST_MS (5 * MINUTE_MS)

void whatif_answer_done(struct whatif_answer *answer)
{
	free(answer->levels);
	free(answer->updates);
	*answer = (struct whatif_answer){ 0 };
}

/* ---- levels ---- */

static struct whatif_level *level_of(struct whatif_answer *answer,
				     const struct path *path)
{
	for (size_t i = 0; i < answer->level_count; i++)
		if (answer->levels[i].id == path->level_id)
			return &answer->levels[i];
	struct whatif_level level = { .id = path->level_id,
				      .number = path->level,
				      .after_errors = path->after_errors,
				      .after_minutes = path->after_minutes,
				      .active = path->definition_active &&
						path->level_active };
	memcpy(level.definition, path->definition, sizeof(level.definition));
	VEC_PUSH(answer->levels, answer->level_count, answer->level_capacity) = level;
	return &answer->levels[answer->level_count - 1];
}

bool whatif_read(struct store *store, int64_t monitor_id, struct whatif_answer *ret,
		 struct err *err)
{
	DEFER(paths_done) struct paths paths = { 0 };
	struct monitor *monitor = mem_new(1, sizeof(*monitor));
	bool read = store_get(store, RECORD_MONITOR, monitor_id, monitor, err) &&
		    store_paths(store, monitor_id, &paths, err);

	memcpy(ret->monitor, monitor->name, sizeof(ret->monitor));
	for (size_t i = 0; read && i < paths.count; i++) {
		const struct path *path = &paths.items[i];
		if (path->level_id == 0)
			continue;
		struct whatif_level *level = level_of(ret, path);
		level->has_way =
			level->has_way || (path->service_id != 0 &&
					   path->placement_active && monitor->active);
	}
	free(monitor);
	return read;
}

int64_t whatif_usual_ms(const struct whatif_answer *answer, int64_t every_ms)
{
	int64_t usual_ms = USUAL_LEAST_MS;

	for (size_t i = 0; i < answer->level_count; i++) {
		const struct whatif_level *level = &answer->levels[i];
		int64_t at_ms = level->after_errors > 0
					? (level->after_errors - 1) * every_ms
					: level->after_minutes * MINUTE_MS;
		if (level->active && at_ms + USUAL_REST_MS > usual_ms)
			usual_ms = at_ms + USUAL_REST_MS;
	}
	return usual_ms < DAY_MS ? usual_ms : DAY_MS;
}

/* ---- updates ---- */

static bool keep_update(void *arg, const struct simulated_update *update)
{
	struct whatif_answer *answer = arg;

	VEC_PUSH(answer->updates, answer->update_count, answer->update_capacity) =
		*update;
	for (size_t i = 0; i < answer->level_count; i++) {
		struct whatif_level *level = &answer->levels[i];
		if (level->number == update->level &&
		    text_equal(level->definition, update->definition))
			level->sends = true;
	}
	return true;
}

bool whatif_simulate(struct store *store, const struct whatif_question *question,
		     struct whatif_answer *ret, struct err *err)
{
	int64_t every_ms = question->every_ms;

	if (every_ms > 0 && question->error_for_ms / every_ms > CHECKS_MAX)
		return fail(err, ERR_INVALID,
			    "That takes more than %d checks; check less often, or use "
			    "`hublink simulate`",
			    CHECKS_MAX);
	return simulate(store, question->monitor_id, question->from_ms,
			question->error_for_ms, every_ms, keep_update, ret, err);
}

const char *whatif_remark(const struct whatif_level *level,
			  const struct whatif_scale *scale)
{
	if (!level->active)
		return "off";
	if (whatif_trigger_ms(scale, level->after_errors, level->after_minutes) < 0)
		return "not met";
	if (level->sends)
		return "";
	return level->has_way ? "joins" : "shut";
}
