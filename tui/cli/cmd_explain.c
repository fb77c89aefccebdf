/* explain, next and simulate: why, what comes, and what would (R3). */
#include <inttypes.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/judge/explain.h"
#include "core/judge/next.h"
#include "core/judge/simulate.h"
#include "tui/cli/cli.h"
#include "tui/cli/commands.h"

/* A list being written, and its object. */
struct writing {
	struct cli *cli;
	struct reply reply;
	int64_t rows;
};

static void writing_done(struct writing *writing)
{
	reply_done(&writing->reply);
}

/* ---- explain ---- */

static void gates_to_json(struct json_writer *w, const struct explained_path *path)
{
	json_open_array(w, "gates");
	for (int i = 0; i < path->gate_count; i++) {
		json_open_object(w, NULL);
		json_put_string(w, "gate", gate_kind_text(path->gates[i].kind));
		json_put_bool(w, "open", path->gates[i].open);
		json_put_string(w, "text", path->gates[i].text);
		json_close(w);
	}
	json_close(w);
}

static void path_to_json(struct writing *writing, const struct explained_path *path)
{
	struct json_writer *w = reply_open(&writing->reply);
	const struct path *p = &path->path;

	json_put_bool(w, "reaches", path->reaches);
	json_put_string(w, "definition", p->definition_id ? p->definition : NULL);
	json_put_number(w, "level", p->level_id ? p->level : 0);
	json_put_string(w, "integration", p->integration_id ? p->integration : NULL);
	json_put_string(w, "service", p->service_id ? p->service : NULL);
	gates_to_json(w, path);
	reply_send(&writing->reply);
}

static void say_path(struct writing *writing, const struct explained_path *path)
{
	const struct path *p = &path->path;
	struct cli *cli = writing->cli;

	cli_put(cli, path->reaches ? TONE_OK : TONE_WARN,
		path->reaches ? "REACHES " : "SHUT    ");
	if (p->service_id)
		cli_say(cli, "%s level %" PRId64 " -> %s/%s", p->definition, p->level,
			p->integration, p->service);
	else if (p->level_id)
		cli_say(cli, "%s level %" PRId64, p->definition, p->level);
	else
		cli_say(cli, "%s", p->definition_id ? p->definition : "no definition");
	for (int i = 0; i < path->gate_count; i++) {
		const struct gate *gate = &path->gates[i];
		cli_put(cli, gate->open ? TONE_DIM : TONE_WARN,
			gate->open ? "  open  " : "  SHUT  ");
		cli_say(cli, "%-11s %s", gate_kind_text(gate->kind), gate->text);
	}
}

static bool write_path(void *arg, const struct explained_path *path)
{
	struct writing *writing = arg;

	if (writing->cli->json)
		path_to_json(writing, path);
	else
		say_path(writing, path);
	return true;
}

static bool run_explain(struct cli *cli, const struct arguments *args, struct err *err)
{
	DEFER(writing_done) struct writing writing = { .cli = cli };
	int64_t monitor_id, service_id = 0, at_ms = cli->now_ms;
	bool reaches = false;

	if (!cli_option_time(cli, args, "at", &at_ms, err) ||
	    !cli_open(cli, STORE_READ, err) ||
	    !store_find_id(cli->store, RECORD_MONITOR, word_at(args, 0), &monitor_id,
			   err))
		return false;
	if (word_at(args, 1) && !store_find_id(cli->store, RECORD_SERVICE,
					       word_at(args, 1), &service_id, err))
		return false;
	if (!explain_monitor(cli->store, monitor_id, service_id, at_ms, write_path,
			     &writing, &reaches, err))
		return false;
	return reaches || cli_answer_no(err);
}

/* ---- next ---- */

static void item_to_json(struct writing *writing, const struct next_item *item)
{
	struct json_writer *w = reply_open(&writing->reply);

	json_put_time(w, "at", item->at_ms);
	json_put_string(w, "kind", next_kind_text(item->kind));
	json_put_string(w, "text", item->text);
	json_put_number(w, "delivery", item->delivery_id);
	json_put_number(w, "incident", item->incident_id);
	reply_send(&writing->reply);
}

static bool write_item(void *arg, const struct next_item *item)
{
	struct writing *writing = arg;
	const struct cli *cli = writing->cli;
	char in[DURATION_TEXT_SIZE];

	writing->rows++;
	if (cli->json)
		item_to_json(writing, item);
	else if (item->at_ms == 0)
		cli_say(cli, "waits: %s", item->text);
	else if (item->at_ms <= cli->now_ms)
		cli_say(cli, "now: %s", item->text);
	else
		cli_say(cli, "in %s %s",
			duration_format_short(in, item->at_ms - cli->now_ms), item->text);
	return true;
}

static bool run_next(struct cli *cli, const struct arguments *args, struct err *err)
{
	DEFER(writing_done) struct writing writing = { .cli = cli };

	(void)args;
	if (!cli_open(cli, STORE_READ, err) ||
	    !next_list(cli->store, cli->now_ms, 0, write_item, &writing, err))
		return false;
	if (writing.rows == 0 && !cli->json)
		cli_note("Nothing waits to go public");
	return true;
}

/* ---- simulate ---- */

static void update_to_json(struct writing *writing, const struct simulated_update *update)
{
	struct json_writer *w = reply_open(&writing->reply);

	json_put_time(w, "at", update->at_ms);
	json_put_integer(w, "after_seconds", update->after_ms / SECOND_MS);
	json_put_string(w, "alert", alert_type_text(update->alert));
	json_put_string(w, "definition", update->definition);
	json_put_integer(w, "level", update->level);
	json_put_string(w, "integration", update->integration);
	json_put_string(w, "service", update->service);
	json_put_string(w, "service_status", service_status_text(update->service_status));
	json_put_string(w, "incident_status",
			incident_status_text(update->incident_status));
	json_put_bool(w, "held", update->held);
	reply_send(&writing->reply);
}

static bool write_update(void *arg, const struct simulated_update *update)
{
	struct writing *writing = arg;
	char after[DURATION_TEXT_SIZE], local[TIME_TEXT_SIZE];

	writing->rows++;
	if (writing->cli->json)
		update_to_json(writing, update);
	else
		cli_say(writing->cli,
			"+%-8s %s  %-8s %s level %" PRId64 " -> %s/%s: service %s, "
			"incident %s%s",
			duration_format(after, update->after_ms / SECOND_MS * SECOND_MS),
			time_format_local(local, update->at_ms),
			alert_type_text(update->alert), update->definition, update->level,
			update->integration, update->service,
			service_status_text(update->service_status),
			incident_status_text(update->incident_status),
			update->held ? " (still held)" : "");
	return true;
}

static bool run_simulate(struct cli *cli, const struct arguments *args, struct err *err)
{
	DEFER(writing_done) struct writing writing = { .cli = cli };
	int64_t monitor_id, from_ms = cli->now_ms, for_ms = 0, every_ms = MINUTE_MS;

	if (!option_duration(args, "error-for", &for_ms, err) ||
	    !option_duration(args, "check-every", &every_ms, err) ||
	    !cli_option_time(cli, args, "at", &from_ms, err) ||
	    !cli_open(cli, STORE_READ, err) ||
	    !store_find_id(cli->store, RECORD_MONITOR, word_at(args, 0), &monitor_id,
			   err) ||
	    !simulate(cli->store, monitor_id, from_ms, for_ms, every_ms, write_update,
		      &writing, err))
		return false;
	if (writing.rows == 0 && !cli->json)
		cli_note("Nothing would be sent: no level is met in that time, or a gate "
			 "is shut; `hublink explain '%s'` tells",
			 word_at(args, 0));
	return true;
}

const struct command explain_command = {
	.name = "explain",
	.words = "MONITOR [SERVICE]",
	.summary = "Would an error of this monitor reach the public, and if not, why",
	.details = "Every gate on every path, open or shut: monitor, maintenance, "
		   "definition, level, integration, link, mode, threshold, severity. "
		   "Exit 0: an error "
		   "would reach the service (without SERVICE: any); 1: not.",
	.options = { { "at", "T", "As of then; now if left out", OPTION_BESIDE } },
	.run = run_explain,
};

const struct command next_command = {
	.name = "next",
	.summary = "What will go public, soonest first",
	.details = "Held updates, retries, level timers, reminders and the ends of "
		   "maintenance windows.",
	.run = run_next,
};

const struct command simulate_command = {
	.name = "simulate",
	.words = "MONITOR",
	.summary = "What would be sent, when and to whom, if this monitor failed",
	.details = "Today's configuration on a clean slate in live mode, on a simulated "
		   "clock. Nothing is sent or stored.",
	.options = { { "error-for", "DUR", "How long it fails", OPTION_NEEDED },
		     { "check-every", "DUR", "How often it is checked; 1m if left out",
		       OPTION_BESIDE },
		     { "at", "T", "When the first error comes; now if left out",
		       OPTION_BESIDE } },
	.run = run_simulate,
};
