#include "tui/cli/act.h"

#include <stdlib.h>
#include <string.h>

/* Calls line for every line of text. */
static void each_line(const char *text, void (*line)(void *arg, const char *text),
		      void *arg)
{
	while (*text) {
		DEFER(buf_done) struct buf one = BUF_INIT(ACT_SAID_MAX);
		size_t bytes = strcspn(text, "\n");
		buf_add(&one, text, bytes);
		line(arg, buf_text(&one));
		text += bytes + (text[bytes] == '\n');
	}
}

static void say_line(void *arg, const char *text)
{
	cli_say(arg, "%s", text);
}

static void put_line(void *arg, const char *text)
{
	json_put_string(arg, NULL, text);
}

void act_put_said(struct json_writer *w, const struct act_result *result)
{
	json_open_array(w, "said");
	each_line(buf_text(&result->said), put_line, w);
	json_close(w);
}

/* What was said, and for whom it waits. */
void act_tell(struct cli *cli, const struct act_result *result)
{
	each_line(buf_text(&result->said), say_line, cli);
	if (result->queued)
		cli_note_no_engine(cli, "it is sent");
}

void act_answer(struct cli *cli, const struct act_result *result)
{
	act_tell(cli, result);
	if (!cli->json)
		return;
	DEFER(reply_done) struct reply reply = { 0 };
	struct json_writer *w = reply_open(&reply);
	json_put_integer(w, "count", result->count);
	json_put_bool(w, "queued", result->queued);
	act_put_said(w, result);
	reply_send(&reply);
}

static bool answer_object(struct cli *cli, int64_t id, const struct act_result *result,
			  object_fn *object, struct err *err)
{
	act_tell(cli, result);
	if (!cli->json)
		return true;
	DEFER(reply_done) struct reply reply = { 0 };
	struct json_writer *w = reply_open(&reply);
	if (!object(w, cli, id, err))
		return false;
	json_put_bool(w, "queued", result->queued);
	json_put_bool(w, "local", result->local);
	act_put_said(w, result);
	reply_send(&reply);
	return true;
}

/* The acts, then, when none was refused, the answers. */
static bool act_on_ids(struct cli *cli, const struct arguments *args, const int64_t *ids,
		       struct act_result *results, act_fn *act, object_fn *object,
		       struct err *err)
{
	DEFER(store_abort) struct transaction tx = { 0 };

	if (!store_begin(cli->store, &tx, err))
		return false;
	for (int i = 0; i < args->word_count; i++)
		if (!act(cli, args, ids[i], &results[i], err))
			return args->word_count > 1 ? fail_in(err, "Nothing was changed")
						    : false;
	if (!store_commit(&tx, err))
		return false;
	for (int i = 0; i < args->word_count; i++)
		if (!answer_object(cli, ids[i], &results[i], object, err))
			return false;
	return true;
}

bool act_on_words(struct cli *cli, const struct arguments *args, const char *list,
		  act_fn *act, object_fn *object, struct err *err)
{
	size_t count = (size_t)args->word_count;
	int64_t *ids = mem_new(count, sizeof(*ids));
	struct act_result *results = mem_new(count, sizeof(*results));
	bool done = true;

	for (size_t i = 0; i < count; i++)
		results[i] = ACT_RESULT_INIT;
	for (size_t i = 0; done && i < count; i++)
		done = id_parse(list, args->words[i], &ids[i], err);
	done = done && cli_open(cli, STORE_WRITE, err) &&
	       act_on_ids(cli, args, ids, results, act, object, err);
	for (size_t i = 0; i < count; i++)
		act_result_done(&results[i]);
	free(results);
	free(ids);
	return done;
}
