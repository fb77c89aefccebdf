/* unmatched adopt, and the list of what waits for it: monitors that senders speak of and
 * nobody knows. */
#include <stdlib.h>

#include "core/base/text.h"
#include "core/judge/act.h"
#include "core/store_sources.h"
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
	return listing_close(listing, listed, "No unmatched events.");
}

/* ---- unmatched adopt ---- */

struct adoption {
	int64_t id, monitor_id, now_ms;
	const char *as; /* NULL: a monitor of the sender's name */
	struct unmatched unmatched;
	struct monitor monitor;
	bool is_new;
};

static bool make_monitor(struct adoption *adoption, struct store *store, struct err *err)
{
	struct monitor *monitor = &adoption->monitor;
	record_defaults(RECORD_MONITOR, monitor);
	if (!text_copy(monitor->name, sizeof(monitor->name), adoption->unmatched.name) ||
	    !text_copy(monitor->guid, sizeof(monitor->guid), adoption->unmatched.guid))
		return fail(err, ERR_INVALID, "The name is too long");
	adoption->is_new = true;
	return store_put(store, RECORD_MONITOR, monitor, err) ||
	       fail_in(err, "Making the monitor (or choose one with --as)");
}

/* A monitor without a GUID takes over the sender's: the export then holds it too. */
static bool map_monitor(struct adoption *adoption, struct store *store, struct err *err)
{
	struct monitor *monitor = &adoption->monitor;
	if (!store_get(store, RECORD_MONITOR, adoption->monitor_id, monitor, err))
		return false;
	if (*monitor->guid == '\0' && *adoption->unmatched.guid != '\0')
		return text_copy(monitor->guid, sizeof(monitor->guid),
				 adoption->unmatched.guid) &&
		       store_put(store, RECORD_MONITOR, monitor, err);
	return store_audit(store, "adopt", "monitor", monitor->head.id, monitor->name,
			   NULL, adoption->unmatched.name, err);
}

/* The one named, or one that has come to be known by the sender's words since. */
static bool find_monitor(struct adoption *adoption, struct store *store, struct err *err)
{
	struct subject subject = { 0 };
	if (adoption->as)
		return store_find_id(store, RECORD_MONITOR, adoption->as,
				     &adoption->monitor_id, err);
	return text_copy(subject.guid, sizeof(subject.guid), adoption->unmatched.guid) &&
	       text_copy(subject.name, sizeof(subject.name), adoption->unmatched.name) &&
	       store_subject_monitor(store, &subject, &adoption->monitor_id, err);
}

static bool adopt(void *arg, struct store *store, struct err *err)
{
	struct adoption *adoption = arg;
	if (!store_unmatched_get(store, adoption->id, &adoption->unmatched, err) ||
	    !find_monitor(adoption, store, err))
		return false;
	return (adoption->monitor_id != 0 ? map_monitor(adoption, store, err)
					  : make_monitor(adoption, store, err)) &&
	       store_unmatched_adopt(store, adoption->id, adoption->monitor.head.id,
				     adoption->now_ms, err);
}

static void answer(const struct cli *cli, const struct adoption *adoption)
{
	cli_say(cli,
		"Events of '%s' are those of %s '%s' from now on; its last one (%s) "
		"counts.",
		adoption->unmatched.name,
		adoption->is_new ? "the new monitor" : "monitor", adoption->monitor.name,
		event_state_text(adoption->unmatched.event.state));
	if (!cli->json)
		return;
	DEFER(reply_done) struct reply reply = { 0 };
	struct json_writer *w = reply_open(&reply);
	json_put_integer(w, "id", adoption->id);
	json_put_string(w, "monitor", adoption->monitor.name);
	json_put_bool(w, "created", adoption->is_new);
	json_put_string(w, "state", event_state_text(adoption->unmatched.event.state));
	reply_send(&reply);
}

static bool run(struct cli *cli, struct adoption *adoption, struct err *err)
{
	DEFER(act_result_done) struct act_result result = ACT_RESULT_INIT;
	if (!cli_open(cli, STORE_WRITE, err) ||
	    !act_configure(cli->store, adopt, adoption, false, cli->now_ms, &result, err))
		return false;
	answer(cli, adoption);
	fputs(buf_text(&result.said), stderr);
	cli_note_no_engine(cli, "it is judged");
	return true;
}

static bool run_adopt(struct cli *cli, const struct arguments *args, struct err *err)
{
	struct adoption *adoption = mem_new(1, sizeof(*adoption));
	adoption->as = option_text(args, "as");
	adoption->now_ms = cli->now_ms;
	bool done = id_parse("unmatched", word_at(args, 0), &adoption->id, err) &&
		    run(cli, adoption, err);
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
