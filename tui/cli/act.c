#include "tui/cli/act.h"

#include <stdlib.h>
#include <string.h>

void act_results_init(struct act_results *results, size_t count)
{
	results->items = mem_new(count, sizeof(*results->items));
	results->count = count;
	for (size_t i = 0; i < count; i++)
		results->items[i] = ACT_RESULT_INIT;
}

void act_results_done(struct act_results *results)
{
	for (size_t i = 0; i < results->count; i++)
		act_result_done(&results->items[i]);
	free(results->items);
}

/* ---- answering ---- */

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
	const struct cli *const *cli = arg;
	cli_say(*cli, "%s", text);
}

static void note_line(void *arg, const char *text)
{
	(void)arg;
	cli_note("%s", text);
}

static void put_line(void *arg, const char *text)
{
	json_put_string(arg, NULL, text);
}

void act_say(const struct cli *cli, const struct act_result *result)
{
	each_line(buf_text(&result->said), say_line, &cli);
}

void act_note_said(const struct act_result *result)
{
	each_line(buf_text(&result->said), note_line, NULL);
}

void act_put_said(struct json_writer *w, const struct act_result *result)
{
	json_open_array(w, "said");
	each_line(buf_text(&result->said), put_line, w);
	json_close(w);
}

void act_answer(struct cli *cli, const struct act_result *result)
{
	act_say(cli, result);
	if (cli->json) {
		DEFER(reply_done) struct reply reply = { 0 };
		struct json_writer *w = reply_open(&reply);
		json_put_integer(w, "count", result->count);
		json_put_bool(w, "queued", result->queued);
		act_put_said(w, result);
		reply_send(&reply);
	}
	if (result->queued)
		cli_note_no_engine(cli, "it is sent");
}

static bool answer_object(struct cli *cli, const struct act_result *result,
			  object_fn *object, struct err *err)
{
	DEFER(reply_done) struct reply reply = { 0 };
	struct json_writer *w = reply_open(&reply);

	if (!object(w, cli, result, err))
		return false;
	json_put_bool(w, "queued", result->queued);
	json_put_bool(w, "local", result->local);
	act_put_said(w, result);
	reply_send(&reply);
	return true;
}

bool act_answer_each(struct cli *cli, const struct act_results *results,
		     object_fn *object, struct err *err)
{
	bool queued = false;

	for (size_t i = 0; i < results->count; i++) {
		const struct act_result *result = &results->items[i];
		act_say(cli, result);
		if (cli->json && !answer_object(cli, result, object, err))
			return false;
		queued |= result->queued;
	}
	if (queued)
		cli_note_no_engine(cli, "it is sent");
	return true;
}

/* ---- acting ---- */

static bool act_on_ids(struct cli *cli, const struct arguments *args, const int64_t *ids,
		       act_fn *act, struct act_results *results, struct err *err)
{
	DEFER(store_abort) struct transaction tx = { 0 };

	if (!store_begin(cli->store, &tx, err))
		return false;
	for (size_t i = 0; i < results->count; i++)
		if (!act(cli, args, ids[i], &results->items[i], err))
			return results->count > 1 && fail_in(err, "Nothing was changed");
	return store_commit(&tx, err);
}

bool services_of_words(struct cli *cli, const struct arguments *args, struct id_list *ret,
		       struct err *err)
{
	int64_t id;

	for (int i = 0; i < args->word_count; i++) {
		if (!store_find_id(cli->store, RECORD_SERVICE, args->words[i], &id, err))
			return false;
		id_list_add_once(ret, id);
	}
	return true;
}

bool act_on_words(struct cli *cli, const struct arguments *args, const char *list,
		  act_fn *act, object_fn *object, struct err *err)
{
	DEFER(act_results_done) struct act_results results = { 0 };
	DEFER(id_list_done) struct id_list ids = { 0 };
	int64_t id;

	for (int i = 0; i < args->word_count; i++) {
		if (!id_parse(list, args->words[i], &id, err))
			return false;
		id_list_add_once(&ids, id);
	}
	act_results_init(&results, ids.count);
	return cli_open(cli, STORE_WRITE, err) &&
	       act_on_ids(cli, args, ids.items, act, &results, err) &&
	       act_answer_each(cli, &results, object, err);
}
