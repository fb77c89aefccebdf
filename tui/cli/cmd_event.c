/* event: one, or a batch of them. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/base/text.h"
#include "core/rules/event.h"
#include "tui/cli/cli.h"
#include "tui/cli/commands.h"

enum { BATCH_PAGE = 512, BATCH_LINE_MAX = 65536 };

/* What became of an event, the same words the first time and when it is repeated
 * (R14). */
static const char *const effect_texts[EFFECT_COUNT] = {
	[EFFECT_PENDING] = "accepted",
	[EFFECT_JUDGED] = "accepted",
	[EFFECT_UNCONFIRMED] = "unconfirmed",
	[EFFECT_TOO_OLD] = "too-old",
};
static const char *const effect_remarks[EFFECT_COUNT] = {
	[EFFECT_PENDING] = "",
	[EFFECT_JUDGED] = "",
	[EFFECT_UNCONFIRMED] = "; it is unconfirmed, so it changes nothing",
	[EFFECT_TOO_OLD] = ("; it is older than the monitor's newest, so it changes "
			    "nothing"),
};

static void answer(const struct cli *cli, const char *monitor, const struct event *event)
{
	char utc[TIME_TEXT_SIZE], local[TIME_TEXT_SIZE];
	cli_say(cli, "Recorded: '%s' %s at %s (%s)%s", monitor,
		event_state_text(event->state), time_format_utc(utc, event->at_ms),
		time_format_local(local, event->at_ms), effect_remarks[event->effect]);
	if (!cli->json)
		return;
	DEFER(reply_done)
	struct reply reply = { 0 };
	struct json_writer *w = reply_open(&reply);
	json_put_string(w, "monitor", monitor);
	json_put_string(w, "state", event_state_text(event->state));
	json_put_time(w, "at", event->at_ms);
	json_put_said(w, "id", event->id);
	json_put_string(w, "effect", effect_texts[event->effect]);
	reply_send(&reply);
}

static bool add_event(struct cli *cli, const char *monitor, struct event *event,
		      struct err *err)
{
	enum event_verdict verdict;
	bool conflict;
	return store_find_id(cli->store, RECORD_MONITOR, monitor, &event->monitor_id,
			     err) &&
	       store_event_add(cli->store, event, cli->now_ms, &verdict, &conflict, err);
}

static bool run_one(struct cli *cli, const struct arguments *args, struct err *err)
{
	const char *monitor = word_at(args, 0);
	int state = event_state_parse(word_at(args, 1));
	struct event event = { .state = (enum event_state)state,
			       .confirmed = !option_given(args, "unconfirmed"),
			       .explicit_at = option_given(args, "at") };

	event_set_message(&event, option_text(args, "message"));
	if (!option_time(args, "at", cli->now_ms, &event.at_ms, err) ||
	    !event_set_id(&event, option_text(args, "id"), err) ||
	    !cli_open(cli, STORE_WRITE, err) || !add_event(cli, monitor, &event, err))
		return false;
	answer(cli, monitor, &event);
	if (event.effect == EFFECT_PENDING)
		cli_note_no_engine(cli, "it is judged");
	return true;
}

/* A line of a batch, read and understood. */
struct batch_line {
	int64_t number; /* from 1, blank ones count, too */
	char monitor[NAME_SIZE];
	struct event event;
};

/* A batch on its way in, a page of lines at a time: they are read before their transaction
 * begins, so that whoever waits for the database gets it between two pages. */
struct batch {
	struct cli *cli;
	struct batch_line *page;
	size_t count;
	int64_t line;   /* the last that was read */
	int64_t events; /* all stored so far */
	int64_t stored; /* the last line up to which all is stored */
};

/* The parser counts lines, and a text that ends with one would end in the second. */
static size_t without_end(const char *text, size_t bytes)
{
	while (bytes > 0 && (text[bytes - 1] == '\n' || text[bytes - 1] == '\r'))
		bytes--;
	return bytes;
}

/* What the parser says of a line, without the line that it takes it for. */
static const char *within_line(const char *sentence)
{
	static const char line[] = "JSON, line 1, ";
	return sentence + (text_starts_with(sentence, line) ? sizeof(line) - 1 : 0);
}

static bool read_line(struct batch *batch, const char *text, size_t bytes,
		      struct err *err)
{
	struct batch_line *line = &batch->page[batch->count];
	line->number = batch->line;
	if (bytes > BATCH_LINE_MAX)
		return fail(err, ERR_INVALID, "It is longer than %d bytes",
			    BATCH_LINE_MAX);
	DEFER(json_done)
	struct json *value = json_parse(text, without_end(text, bytes), err);
	if (!value || !event_from_json(value, &line->event, line->monitor, err))
		return false;
	batch->count++;
	return true;
}

/* Says which line is bad and what is stored. An unknown monitor is bad content here
 * (exit 3); a failure of the store keeps its own code. */
static bool fail_at(const struct batch *batch, int64_t line, struct err *err)
{
	const struct err bad = *err;
	const enum err_code code = bad.code == ERR_NOT_FOUND ? ERR_INVALID : bad.code;
	if (batch->stored == 0)
		return fail(err, code, "Line %" PRId64 ": %s; nothing is stored", line,
			    within_line(bad.text));
	return fail(err, code,
		    "Line %" PRId64 ": %s; all up to line %" PRId64 " is stored", line,
		    within_line(bad.text), batch->stored);
}

/* *ret_stored: the lines of the page that are; all before the first bad one. */
static bool store_lines(struct batch *batch, size_t *ret_stored, struct err *err)
{
	DEFER(store_abort) struct transaction tx = { 0 };
	size_t good = 0;
	*ret_stored = 0;
	if (!store_begin(batch->cli->store, &tx, err))
		return false;
	while (good < batch->count && add_event(batch->cli, batch->page[good].monitor,
						&batch->page[good].event, err))
		good++;
	const bool is_whole = good == batch->count;
	const bool is_bad_line = err->code == ERR_INVALID || err->code == ERR_NOT_FOUND;
	if ((!is_whole && !is_bad_line) || !store_commit(&tx, err))
		return false;
	*ret_stored = good;
	return is_whole;
}

/* up_to: the last line that was read well. */
static bool store_page(struct batch *batch, int64_t up_to, struct err *err)
{
	size_t stored;
	if (batch->count == 0)
		return true;
	const bool is_whole = store_lines(batch, &stored, err);
	batch->events += (int64_t)stored;
	if (stored > 0)
		batch->stored = is_whole ? up_to : batch->page[stored].number - 1;
	batch->count = 0;
	return is_whole || fail_at(batch, batch->page[stored].number, err);
}

static bool store_file(struct batch *batch, FILE *file, struct err *err)
{
	DEFER(mem_free)
	char *text = NULL;
	size_t room = 0;
	ssize_t bytes;

	while ((bytes = getline(&text, &room, file)) >= 0) {
		batch->line++;
		const bool is_blank = (size_t)bytes <= strspn(text, " \t\r\n");
		struct err bad = { 0 };
		if (!is_blank && !read_line(batch, text, (size_t)bytes, &bad)) {
			if (!store_page(batch, batch->line - 1, err))
				return false;
			*err = bad;
			return fail_at(batch, batch->line, err);
		}
		if (batch->count == BATCH_PAGE && !store_page(batch, batch->line, err))
			return false;
	}
	if (ferror(file)) {
		fail(err, ERR_FAILED, "%s", strerror(errno));
		return fail_at(batch, batch->line, err);
	}
	return store_page(batch, batch->line, err);
}

static bool run_batch(struct cli *cli, const char *path, struct err *err)
{
	struct batch batch = { .cli = cli };
	FILE *file = cli_open_file(path, err);

	if (!file)
		return false;
	batch.page = mem_new(BATCH_PAGE, sizeof(*batch.page));
	bool done = cli_open(cli, STORE_WRITE, err) && store_file(&batch, file, err);
	free(batch.page);
	if (file != stdin)
		fclose(file);
	if (batch.events > 0)
		cli_note_no_engine(cli, "they are judged");
	if (!done)
		return false;
	cli_say(cli, "Recorded %" PRId64 " event%s", batch.events,
		batch.events == 1 ? "" : "s");
	if (cli->json) {
		DEFER(reply_done)
		struct reply reply = { 0 };
		json_put_integer(reply_open(&reply), "recorded", batch.events);
		reply_send(&reply);
	}
	return true;
}

static bool run_event(struct cli *cli, const struct arguments *args, struct err *err)
{
	const char *batch = option_text(args, "batch");
	return batch ? run_batch(cli, batch, err) : run_one(cli, args, err);
}

const struct command event_command = {
	.name = "event",
	.words = "MONITOR error|ok",
	.summary = "Record what a check of a monitor found",
	.details =
		"The engine judges it, at once if one runs. An event with an --id is "
		"taken once: "
		"sent again it changes nothing and answers as the first time. An "
		"explicit time that "
		"is older than the monitor's newest is recorded without effect; one more "
		"than 5 "
		"minutes ahead is refused.\n"
		"A batch is JSON Lines with the keys monitor, state, at, id, message and "
		"unconfirmed. It is stored in transactions of 1,000 and stops at the "
		"first bad line "
		"(exit 3), saying up to which line all is stored.",
	.options = { { "at", "T",
		       "When it happened: RFC 3339, HH:MM or +30m; now if left out",
		       OPTION_BESIDE },
		     { "id", "ID", "The sender's own id, once per monitor",
		       OPTION_BESIDE },
		     { "message", "TEXT", "What went wrong; cut at 1,000 characters",
		       OPTION_BESIDE },
		     { "unconfirmed", NULL,
		       "An error that is not confirmed yet: changes nothing",
		       OPTION_BESIDE },
		     { "batch", "FILE|-", "Many events, one JSON object a line",
		       OPTION_ALONE } },
	.run = run_event,
};
