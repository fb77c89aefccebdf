/* What the commands share that act: many ids in one transaction, and the answer. */
#ifndef CLI_ACT_H
#define CLI_ACT_H

#include "core/judge/act.h"
#include "core/judge/desk.h"
#include "tui/cli/cli.h"

/* The results of one command; as many as it has words. */
struct act_results {
	struct act_result *items;
	size_t count;
};
void act_results_init(struct act_results *results, size_t count);
void act_results_done(struct act_results *results);

/* One act on one id. args: the command's own. */
typedef bool act_fn(struct cli *cli, const struct arguments *args, int64_t id,
		    struct act_result *ret, struct err *err);

/* What the act was on, as JSON: the incident, the delivery or the window of the result,
 * as it is now. */
typedef bool object_fn(struct json_writer *w, struct cli *cli,
		       const struct act_result *result, struct err *err);

/* The services that the words name, in their order, each once. */
bool services_of_words(struct cli *cli, const struct arguments *args, struct id_list *ret,
		       struct err *err) CHECKED;

/* Acts on every id of the words, each once, all or none: a refusal leaves all as they
 * were. list: which list shows such ids. Answers as act_answer_each does. */
bool act_on_words(struct cli *cli, const struct arguments *args, const char *list,
		  act_fn *act, object_fn *object, struct err *err) CHECKED;

/* What acts said, for people; with JSON an object for each, with "queued", "local" and
 * "said": [] behind its own fields. Notes that no engine runs if something was queued. */
bool act_answer_each(struct cli *cli, const struct act_results *results,
		     object_fn *object, struct err *err) CHECKED;

/* The same for an act on many at once; with JSON {"count", "queued", "said": []}. */
void act_answer(struct cli *cli, const struct act_result *result);

/* What was said: as results for people, as notes on standard error. */
void act_say(const struct cli *cli, const struct act_result *result);
void act_note_said(const struct act_result *result);

/* The lines of said as a JSON array of strings. */
void act_put_said(struct json_writer *w, const struct act_result *result);

#endif
