/* What the commands share that act: many ids in one transaction, and the answer. */
#ifndef CLI_ACT_H
#define CLI_ACT_H

#include "core/judge/act.h"
#include "tui/cli/cli.h"

/* One act on one id. arg: the command's own. */
typedef bool act_fn(struct cli *cli, const struct arguments *args, int64_t id,
		    struct act_result *ret, struct err *err);

/* What the act was on, as JSON: the incident, or the delivery, as it is now. */
typedef bool object_fn(struct json_writer *w, struct cli *cli, int64_t id,
		       struct err *err);

/* Acts on every id of the words, all or none: a refusal leaves all as they were. list:
 * which list shows such ids. Answers with an object for each and what was said. */
bool act_on_words(struct cli *cli, const struct arguments *args, const char *list,
		  act_fn *act, object_fn *object, struct err *err) CHECKED;

/* What an act said, for people; and that no engine runs, if something was queued. */
void act_tell(struct cli *cli, const struct act_result *result);

/* Says what an act said, on standard output; with JSON as {"count", "queued", "said":
 * []}. Notes that no engine runs if something was queued. */
void act_answer(struct cli *cli, const struct act_result *result);

/* The lines of said as a JSON array of strings. */
void act_put_said(struct json_writer *w, const struct act_result *result);

#endif
