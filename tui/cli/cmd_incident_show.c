/* incident show: what is known of one incident, and its timeline. */
#include <inttypes.h>
#include <stdlib.h>

#include "core/base/clock.h"
#include "tui/cli/cli.h"
#include "tui/cli/commands.h"
#include "tui/cli/objects.h"
#include "tui/cli/table.h"

static bool entry_to_json(void *arg, const struct timeline_entry *entry)
{
	struct json_writer *w = arg;

	json_open_object(w, NULL);
	object_timeline_entry(w, entry);
	json_close(w);
	return true;
}

static bool show_json(struct cli *cli, const struct incident *incident, struct err *err)
{
	DEFER(reply_done) struct reply reply = { 0 };
	struct json_writer *w = reply_open(&reply);

	if (!object_incident(w, cli->store, incident, err))
		return false;
	json_open_array(w, "timeline");
	if (!store_timeline(cli->store, incident->id, false, entry_to_json, w, err))
		return false;
	json_close(w);
	reply_send(&reply);
	return true;
}

static bool say_join(void *arg, const struct join *join, const char *monitor)
{
	cli_say(arg, "%-12s %s: %s", "monitor", monitor,
		join->in_error ? "in error" : "ok again");
	return true;
}

/* The page may say something else than what was decided. */
static void say_told(const struct cli *cli, const struct incident *incident)
{
	bool same = incident->published_status == incident->status &&
		    incident->published_service_status == incident->service_status;

	if (!incident->is_published) {
		cli_say(cli, "%-12s nothing", "last told");
		return;
	}
	cli_say(cli, "%-12s %s, service %s%s", "last told",
		incident_status_text(incident->published_status),
		service_status_text(incident->published_service_status),
		same ? "" : " - differs from what hublink decided");
}

static void say_head(const struct cli *cli, const struct incident *incident)
{
	cli_say(cli, "%-12s %" PRId64 "  %s", "incident", incident->id, incident->key);
	cli_say(cli, "%-12s %s (%s)", "service", incident->service,
		incident->integration);
	cli_say(cli, "%-12s %s, service %s%s", "status",
		incident_status_text(incident->status),
		service_status_text(incident->service_status),
		incident->ok_not_sent ? " - OK not sent: send_ok is off" : "");
	say_told(cli, incident);
	cli_say_time(cli, "told at", incident->published_at_ms);
	cli_say_time(cli, "began", incident->start_ms);
	cli_say_time(cli, "opened", incident->opened_at_ms);
	cli_say_time(cli, "monitoring", incident->monitoring_at_ms);
	cli_say_time(cli, "resolved", incident->resolved_at_ms);
}

static bool say_message(const struct cli *cli, const struct incident *incident,
			struct err *err)
{
	DEFER(buf_done)
	struct buf message = BUF_INIT(PUBLIC_TEXT_SIZE);
	if (!incident->by_hand)
		return true;
	if (!store_incident_message(cli->store, incident->id, &message, err))
		return false;
	cli_say(cli, "%-12s %s", "by hand", buf_text(&message));
	return true;
}

static bool entry_to_table(void *arg, const struct timeline_entry *entry)
{
	struct table *table = arg;

	table_time(table, entry->at_ms);
	table_cell(table, TONE_PLAIN, entry->kind);
	table_cell(table, TONE_PLAIN, entry->actor[0] ? entry->actor : "-");
	table_cell(table, TONE_PLAIN, entry->text);
	return true;
}

static bool show_text(struct cli *cli, const struct incident *incident, struct err *err)
{
	struct table table;

	say_head(cli, incident);
	if (!say_message(cli, incident, err) ||
	    !store_joins(cli->store, incident->id, say_join, cli, err))
		return false;
	cli_say(cli, "%s", "");
	table_open(&table, cli, "WHEN|WHAT|WHO|TEXT");
	bool listed = store_timeline(cli->store, incident->id, false, entry_to_table,
				     &table, err);
	if (listed)
		table_close(&table, "Nothing has happened yet");
	table_done(&table);
	return listed;
}

static bool run_show(struct cli *cli, const struct arguments *args, struct err *err)
{
	int64_t id;

	if (!id_parse("incidents", word_at(args, 0), &id, err) ||
	    !cli_open(cli, STORE_READ, err))
		return false;
	struct incident *incident = mem_new(1, sizeof(*incident));
	bool shown = store_incident_get(cli->store, id, incident, err) &&
		     (cli->json ? show_json(cli, incident, err)
				: show_text(cli, incident, err));
	free(incident);
	return shown;
}

const struct command incident_show_command = {
	.name = "incident show",
	.words = "ID",
	.summary = "One incident and its timeline",
	.run = run_show,
};
