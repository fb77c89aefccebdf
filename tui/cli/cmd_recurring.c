/* Recurring maintenance (R11): `maintenance add … --every`, `maintenance delete`. */
#include "core/judge/act_recurring.h"
#include "core/judge/recur.h"
#include "tui/cli/act.h"
#include "tui/cli/commands.h"
#include "tui/cli/targets.h"

static bool read_schedule(const struct arguments *args, struct schedule *ret,
			  struct err *err)
{
	const struct record_type *type = &record_types[RECORD_SCHEDULE];
	const int every = schedule_every_parse(option_text(args, "every"));

	ret->every = (enum schedule_every)every; /* a fixed choice: it is one */
	for (size_t i = 0; i < type->field_count; i++) {
		const struct field *field = &type->fields[i];
		const char *text =
			field_is_text(field) ? option_text(args, field->key) : NULL;
		if (text && !field_set_text(field, ret, text))
			return fail(err, ERR_INVALID, "--%s is longer than %zu bytes",
				    field->key, field->size - 1);
	}
	return true;
}

bool maintenance_add_recurring(struct cli *cli, const struct arguments *args,
			       struct act_result *ret, struct err *err)
{
	DEFER(targets_done) struct targets targets = { 0 };
	DEFER(mem_free) struct schedule *schedule = mem_new(1, sizeof(*schedule));

	return read_schedule(args, schedule, err) && cli_open(cli, STORE_WRITE, err) &&
	       targets_find(cli, args, &targets, err) &&
	       act_recurring_add(cli->store, schedule, targets.items, targets.count,
				 cli->now_ms, ret, err);
}

static bool run_delete(struct cli *cli, const struct arguments *args, struct err *err)
{
	DEFER(act_result_done) struct act_result result = ACT_RESULT_INIT;

	if (!cli_open(cli, STORE_WRITE, err) ||
	    !act_recurring_delete(cli->store, word_at(args, 0), cli->now_ms, &result,
				  err))
		return false;
	act_answer(cli, &result);
	return true;
}

static bool set_paused(struct cli *cli, const struct arguments *args, bool paused,
		       struct err *err)
{
	DEFER(act_result_done) struct act_result result = ACT_RESULT_INIT;

	if (!cli_open(cli, STORE_WRITE, err) ||
	    !act_recurring_pause(cli->store, word_at(args, 0), paused, cli->now_ms,
				 &result, err))
		return false;
	act_answer(cli, &result);
	return true;
}

static bool run_pause(struct cli *cli, const struct arguments *args, struct err *err)
{
	return set_paused(cli, args, true, err);
}

static bool run_resume(struct cli *cli, const struct arguments *args, struct err *err)
{
	return set_paused(cli, args, false, err);
}

const struct command maintenance_pause_command = {
	.name = "maintenance pause",
	.words = "NAME",
	.summary = "Let recurring maintenance make no windows for now",
	.details = "A window of it that has begun goes on to its end: `maintenance end` "
		   "ends it.",
	.run = run_pause,
};

const struct command maintenance_resume_command = {
	.name = "maintenance resume",
	.words = "NAME",
	.summary = "Let it recur again",
	.run = run_resume,
};

const struct command maintenance_delete_command = {
	.name = "maintenance delete",
	.words = "NAME",
	.summary = "Let recurring maintenance recur no more",
	.details = "A window of it that has begun goes on to its end: `maintenance end` "
		   "ends it.",
	.run = run_delete,
};
