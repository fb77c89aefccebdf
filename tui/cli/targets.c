#include "tui/cli/targets.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "tui/cli/words.h"

static bool is_group(void *arg, const char *group, int64_t monitors)
{
	bool *found = ((void **)arg)[1];
	const char *wanted = ((const char **)arg)[0];

	(void)monitors;
	if (text_equal(group, wanted))
		*found = true;
	return !*found;
}

static bool find_group(struct cli *cli, const char *name, struct maintenance_target *ret,
		       struct err *err)
{
	bool found = false;
	void *arg[] = { (void *)(uintptr_t)name, &found };

	if (!store_list_groups(cli->store, is_group, arg, err))
		return false;
	ret->kind = TARGET_GROUP;
	if (found)
		return text_copy(ret->group, sizeof(ret->group), name);
	DEFER(buf_done) struct buf typed = BUF_INIT(TYPED_MAX_BYTES);
	typed_add(&typed, name);
	return fail(err, ERR_NOT_FOUND,
		    "Group '%s' does not exist; `hublink list groups` shows all",
		    buf_text(&typed));
}

static bool find_target(struct cli *cli, const char *word, struct maintenance_target *ret,
			struct err *err)
{
	if (text_starts_with(word, "group:"))
		return find_group(cli, word + strlen("group:"), ret, err);
	if (text_starts_with(word, "service:")) {
		ret->kind = TARGET_SERVICE;
		return store_find_id(cli->store, RECORD_SERVICE,
				     word + strlen("service:"), &ret->id, err);
	}
	if (text_starts_with(word, "monitor:"))
		word += strlen("monitor:");
	ret->kind = TARGET_MONITOR;
	return store_find_id(cli->store, RECORD_MONITOR, word, &ret->id, err);
}

static bool is_among(const struct targets *targets,
		     const struct maintenance_target *target)
{
	for (size_t i = 0; i < targets->count; i++) {
		const struct maintenance_target *other = &targets->items[i];
		if (other->kind == target->kind && other->id == target->id &&
		    text_equal(other->group, target->group))
			return true;
	}
	return false;
}

bool targets_find(struct cli *cli, const struct arguments *args, struct targets *ret,
		  struct err *err)
{
	ret->items = mem_new((size_t)args->word_count, sizeof(*ret->items));
	for (int i = 0; i < args->word_count; i++) {
		struct maintenance_target target = { 0 };
		if (!find_target(cli, args->words[i], &target, err))
			return false;
		if (!is_among(ret, &target))
			ret->items[ret->count++] = target;
	}
	return true;
}

void targets_done(struct targets *targets)
{
	free(targets->items);
}
