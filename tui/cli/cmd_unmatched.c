/* unmatched adopt, and the list of what waits for it: monitors that senders speak of and
 * nobody knows. */
#include <stdlib.h>

#include "core/judge/adopt.h"
#include "tui/cli/commands.h"
#include "tui/cli/list.h"

/* ---- list unmatched ---- */

static void unmatched_cells(struct table *table, const struct unmatched *row)
{
	table_integer(table, row->id);
	table_cell(table, TONE_STRONG, row->name);
	table_cell(table, TONE_PLAIN, row->guid);
	table_cell(table, row->event.state == EVENT_ERROR ? TONE_BAD : TONE_OK,
		   event_state_text(row->event.state));
	table_integer(table, row->events);
	table_time(table, row->first_ms);
	table_time(table, row->event.received_ms);
	table_cell(table, TONE_PLAIN, row->event.message);
}

static bool unmatched_row(void *arg, const struct unmatched *row)
{
	struct listing *listing = arg;
	if (!listing->cli->json) {
		unmatched_cells(&listing->table, row);
		return true;
	}
	struct json_writer *w = reply_open(&listing->reply);
	json_put_integer(w, "id", row->id);
	json_put_string(w, "monitor", row->name);
	json_put_said(w, "guid", row->guid);
	json_put_string(w, "state", event_state_text(row->event.state));
	json_put_time(w, "at", row->event.at_ms);
	json_put_said(w, "event_id", row->event.id);
	json_put_said(w, "message", row->event.message);
	json_put_integer(w, "events", row->events);
	json_put_time(w, "first_at", row->first_ms);
	json_put_time(w, "last_at", row->event.received_ms);
	reply_send(&listing->reply);
	return true;
}

bool list_unmatched(struct listing *listing, struct err *err)
{
	listing_open(listing, ">ID|MONITOR|GUID|STATE|>EVENTS|FIRST|LAST|MESSAGE", err);
	bool listed = store_list_unmatched(listing->cli->store, &listing->filter,
					   unmatched_row, listing, err);
	return listing_close(listing, listed, "No unmatched events");
}

/* ---- unmatched adopt ---- */

static void answer(const struct cli *cli, const struct adoption *adoption)
{
	DEFER(buf_done) struct buf text = BUF_INIT(4 * NAME_SIZE);
	adoption_describe(adoption, &text);
	cli_say(cli, "%s", buf_text(&text));
	if (!cli->json)
		return;
	DEFER(reply_done) struct reply reply = { 0 };
	struct json_writer *w = reply_open(&reply);
	json_put_integer(w, "id", adoption->unmatched_id);
	json_put_string(w, "monitor", adoption->monitor.name);
	json_put_bool(w, "created", adoption->is_new);
	json_put_string(w, "state", event_state_text(adoption->unmatched.event.state));
	reply_send(&reply);
}

/* as: the monitor that is meant; NULL: one of the sender's name. */
static bool run(struct cli *cli, struct adoption *adoption, const char *as,
		struct err *err)
{
	DEFER(act_result_done) struct act_result result = ACT_RESULT_INIT;
	if (!cli_open(cli, STORE_WRITE, err) ||
	    (as != NULL && !store_find_id(cli->store, RECORD_MONITOR, as,
					  &adoption->monitor_id, err)) ||
	    !act_adopt(cli->store, adoption, cli->now_ms, &result, err))
		return false;
	answer(cli, adoption);
	fputs(buf_text(&result.said), stderr);
	cli_note_no_engine(cli, "it is judged");
	return true;
}

static bool run_adopt(struct cli *cli, const struct arguments *args, struct err *err)
{
	struct adoption *adoption = mem_new(1, sizeof(*adoption));
	bool done =
		id_parse("unmatched", word_at(args, 0), &adoption->unmatched_id, err) &&
		run(cli, adoption, option_text(args, "as"), err);
	free(adoption);
	return done;
}

const struct command unmatched_adopt_command = {
	.name = "unmatched adopt",
	.words = "ID",
	.summary = "Make or name the monitor that unmatched events are about",
	.details =
		"The listener keeps events of monitors that it does not know: `hublink "
		"list unmatched`. Adopting makes a monitor of the sender's name, or "
		"maps the sender's words to the one given with --as. The last event "
		"counts then, with its own time, and so does all that follows.",
	.options = { { "as", "MONITOR",
		       "The monitor that is meant; a new one if left out",
		       OPTION_BESIDE } },
	.run = run_adopt,
};
