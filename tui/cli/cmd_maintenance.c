/* mute and maintenance: windows in which monitors raise no alert (R11). */
#include <stdlib.h>

#include "tui/cli/act.h"
#include "tui/cli/commands.h"
#include "tui/cli/objects.h"
#include "tui/cli/targets.h"

/* ---- the answer ---- */

struct window_search {
	struct maintenance *ret;
	int64_t id;
};

static bool is_window(void *arg, const struct maintenance *window)
{
	const struct window_search *search = arg;
	bool found = window->head.id == search->id;

	if (found)
		*search->ret = *window;
	return !found;
}

/* Only the list tells what a window names. */
static bool window_object(struct json_writer *w, struct cli *cli,
			  const struct act_result *result, struct err *err)
{
	struct window_search search = { mem_new(1, sizeof(*search.ret)),
					result->window_id };
	bool listed =
		store_list_maintenance(cli->store, &FILTER_ALL, is_window, &search, err);

	listed =
		listed && object_maintenance(w, cli->store, search.ret, cli->now_ms, err);
	free(search.ret);
	return listed;
}

static bool answer(struct cli *cli, struct act_result *result, struct err *err)
{
	const struct act_results results = { result, 1 };

	return act_answer_each(cli, &results, window_object, err);
}

/* ---- acts ---- */

static bool add_window(struct cli *cli, const struct arguments *args, int64_t from_ms,
		       int64_t until_ms, struct err *err)
{
	DEFER(targets_done) struct targets targets = { 0 };
	DEFER(act_result_done) struct act_result result = ACT_RESULT_INIT;

	return cli_open(cli, STORE_WRITE, err) &&
	       targets_find(cli, args, &targets, err) &&
	       act_maintenance_add(cli->store, targets.items, targets.count, from_ms,
				   until_ms, option_text(args, "note"), cli->now_ms,
				   &result, err) &&
	       answer(cli, &result, err);
}

static bool run_mute(struct cli *cli, const struct arguments *args, struct err *err)
{
	int64_t for_ms = 0;

	return option_duration(args, "for", &for_ms, err) &&
	       add_window(cli, args, cli->now_ms, cli->now_ms + for_ms, err);
}

static bool add_recurring(struct cli *cli, const struct arguments *args, struct err *err)
{
	DEFER(act_result_done) struct act_result result = ACT_RESULT_INIT;

	return maintenance_add_recurring(cli, args, &result, err) &&
	       answer(cli, &result, err);
}

static bool run_add(struct cli *cli, const struct arguments *args, struct err *err)
{
	static const char *const of_recurring[] = { "days", "zone", "first", "last",
						    "name" };
	int64_t from_ms = 0, until_ms = 0;

	if (option_text(args, "every"))
		return add_recurring(cli, args, err);
	for (size_t i = 0; i < COUNT_OF(of_recurring); i++)
		if (option_text(args, of_recurring[i]))
			return fail(err, ERR_INVALID,
				    "--%s is for what recurs: give --every day, week or "
				    "month, too",
				    of_recurring[i]);
	return option_time(args, "from", cli->now_ms, &from_ms, err) &&
	       option_time(args, "until", cli->now_ms, &until_ms, err) &&
	       add_window(cli, args, from_ms, until_ms, err);
}

static bool run_extend(struct cli *cli, const struct arguments *args, struct err *err)
{
	DEFER(act_result_done) struct act_result result = ACT_RESULT_INIT;
	int64_t id, until_ms = 0;

	return id_parse("maintenance", word_at(args, 0), &id, err) &&
	       option_time(args, "until", cli->now_ms, &until_ms, err) &&
	       cli_open(cli, STORE_WRITE, err) &&
	       act_maintenance_extend(cli->store, id, until_ms, cli->now_ms, &result,
				      err) &&
	       answer(cli, &result, err);
}

static bool run_end(struct cli *cli, const struct arguments *args, struct err *err)
{
	DEFER(act_result_done) struct act_result result = ACT_RESULT_INIT;
	int64_t id;

	return id_parse("maintenance", word_at(args, 0), &id, err) &&
	       cli_open(cli, STORE_WRITE, err) &&
	       act_maintenance_end(cli->store, id, cli->now_ms, &result, err) &&
	       answer(cli, &result, err);
}

#define WORDS_TARGETS "MONITOR|group:G|service:S…"
#define DETAILS_TARGETS                                                                  \
	"Inside the window no alert is raised and no reminder sent; errors count. When " \
	"it ends, what still lasts is judged with its true start; what ended inside is " \
	"never sent. An open incident's recovery is sent at once. A service stands for " \
	"every monitor linked to it."

const struct command mute_command = {
	.name = "mute",
	.words = WORDS_TARGETS,
	.summary = "No alerts of these monitors from now on, for a while",
	.details = DETAILS_TARGETS,
	.options = { { "for", "DUR", "How long", OPTION_NEEDED },
		     { "note", "TEXT", "Why", OPTION_BESIDE } },
	.run = run_mute,
};

const struct command maintenance_add_command = {
	.name = "maintenance add",
	.words = WORDS_TARGETS,
	.summary = "Plan a maintenance window, or one that recurs",
	.details = DETAILS_TARGETS
	"\n\nWith --every it recurs: --from and --until are times of day in --zone; "
	"an end that is not later than the beginning is on the next day. A time that "
	"clocks put back repeat counts from the first to the last; one that they "
	"skip is the moment of the change. Each time is a window of its own, listed "
	"as soon as the one before has begun: `maintenance extend` and `maintenance "
	"end` move that one alone.",
	.options = { { "from", "T", "Its beginning", OPTION_NEEDED },
		     { "until", "T", "Its end", OPTION_NEEDED },
		     { "every", "day|week|month", "It recurs", OPTION_BESIDE },
		     { "days", "D,D",
		       "Of the week (mon,wed) or of the month (1,15); 31 is the last one",
		       OPTION_BESIDE },
		     { "zone", "ZONE",
		       "Its time zone: Europe/Berlin; default: the machine's",
		       OPTION_BESIDE },
		     { "first", "DATE", "Not before that day", OPTION_BESIDE },
		     { "last", "DATE", "Not after that day", OPTION_BESIDE },
		     { "name", "NAME", "What it is called, to delete it by",
		       OPTION_BESIDE },
		     { "note", "TEXT", "Why", OPTION_BESIDE } },
	.run = run_add,
};

const struct command maintenance_extend_command = {
	.name = "maintenance extend",
	.words = "ID",
	.summary = "Move the end of a window",
	.options = { { "until", "T", "Its new end", OPTION_NEEDED } },
	.run = run_extend,
};

const struct command maintenance_end_command = {
	.name = "maintenance end",
	.words = "ID",
	.summary = "End a window now; what still lasts is judged at once",
	.run = run_end,
};
