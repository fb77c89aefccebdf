#include "core/engine/hub_targets.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/json.h"
#include "core/base/text.h"
#include "core/engine/hub_state.h"

static const char *const state_words[TARGET_STATE_COUNT] = {
	[TARGET_UP] = "up",
	[TARGET_DOWN] = "down",
	[TARGET_SLOW] = "slow",
};

static const char *name_of(const char *path)
{
	return path + strlen("/targets/");
}

static struct hub_target *find(const struct hub_targets *targets, const char *name)
{
	for (size_t i = 0; i < targets->count; i++)
		if (text_equal(targets->items[i].name, name))
			return &targets->items[i];
	return NULL;
}

enum hub_target_state hub_target_state(const struct hub_targets *targets,
				       const char *path)
{
	const struct hub_target *target = find(targets, name_of(path));
	return target != NULL ? target->state : TARGET_UP;
}

static bool read_state(const char *body, size_t bytes, enum hub_target_state *ret,
		       struct err *err)
{
	DEFER(json_done) struct json *wanted = json_parse(body, bytes, err);
	if (wanted == NULL)
		return false;
	for (int i = 0; i < TARGET_STATE_COUNT; i++)
		if (text_equal(json_string(json_get(wanted, "state")), state_words[i])) {
			*ret = (enum hub_target_state)i;
			return true;
		}
	return fail(err, ERR_INVALID, "state must be up, down or slow");
}

static bool add(struct hub_targets *targets, const char *name, struct hub_target **ret,
		struct err *err)
{
	struct hub_target target = { .state = TARGET_UP };
	if (targets->count >= HUB_TARGETS_MAX)
		return fail(err, ERR_INVALID, "there are %d targets already",
			    HUB_TARGETS_MAX);
	if (!text_copy(target.name, sizeof(target.name), name))
		return fail(err, ERR_INVALID, "a target's name has %d bytes at most",
			    HUB_TARGET_NAME_SIZE - 1);
	VEC_PUSH(targets->items, targets->count, targets->capacity) = target;
	*ret = &targets->items[targets->count - 1];
	return true;
}

bool hub_target_set(struct hub_targets *targets, const char *path, const char *body,
		    size_t bytes, struct err *err)
{
	enum hub_target_state state;
	struct hub_target *target = find(targets, name_of(path));
	if (!read_state(body, bytes, &state, err) ||
	    (target == NULL && !add(targets, name_of(path), &target, err)))
		return false;
	target->state = state;
	return true;
}

void hub_target_add(const struct hub_targets *targets, const char *path, struct buf *ret)
{
	struct json_writer w = { .out = ret };
	json_open_object(&w, NULL);
	json_put_string(&w, "target", name_of(path));
	json_put_string(&w, "state", state_words[hub_target_state(targets, path)]);
	json_put_string(&w, "hub", HUB_STAND_IN);
	json_close(&w);
}

void hub_targets_done(struct hub_targets *targets)
{
	free(targets->items);
	*targets = (struct hub_targets){ 0 };
}
