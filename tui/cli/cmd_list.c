/* list: rows of everything that hublink remembers. */
#include "core/base/clock.h"
#include "core/base/text.h"
#include "tui/cli/cli.h"
#include "tui/cli/commands.h"
#include "tui/cli/list.h"
#include "tui/cli/words.h"

/* What can be listed, and what --state means there. */
static const struct list_kind {
	const char *name;
	int (*state_parse)(const char *text); /* NULL: it has no --state */
	const char *states;                   /* for the sentence */
	bool (*run)(struct listing *listing, struct err *err);
} kinds[] = {
	{ "monitors", list_monitor_state_parse,
	  "ok, error, unknown, maintenance, inactive", list_monitors },
	{ "groups", NULL, NULL, list_groups },
	{ "integrations", NULL, NULL, list_integrations },
	{ "services", service_status_parse, "disruption, degraded, operational",
	  list_services },
	{ "definitions", NULL, NULL, list_definitions },
	{ "links", NULL, NULL, list_links },
	{ "incidents", incident_status_parse,
	  "held, investigating, identified, monitoring, resolved, detached, never-public",
	  list_incidents },
	{ "alerts", alert_type_parse, "Error, Ok, Reminder", list_alerts },
	{ "deliveries", delivery_state_parse,
	  "held, queued, sending, delivered, failed, cancelled, superseded, expired, "
	  "dry-run",
	  list_deliveries },
	{ "maintenance", list_maintenance_state_parse, "planned, active, ended",
	  list_maintenance },
	{ "audit", NULL, NULL, list_audit },
	{ "unmatched", NULL, NULL, list_unmatched },
};

static bool parse_state(const struct list_kind *kind, const struct arguments *args,
			struct filter *filter, struct err *err)
{
	const char *text = option_text(args, "state");
	if (!text)
		return true;
	if (!kind->state_parse)
		return fail(err, ERR_INVALID, "--state: %s have none", kind->name);
	filter->state = kind->state_parse(text);
	if (filter->state >= 0)
		return true;
	DEFER(buf_done) struct buf typed = BUF_INIT(TYPED_MAX_BYTES);
	typed_add(&typed, text);
	return fail(err, ERR_INVALID, "--state: '%s' is none of %s", buf_text(&typed),
		    kind->states);
}

static bool find_named(struct cli *cli, const struct arguments *args, const char *option,
		       enum record_kind kind, int64_t *ret, struct err *err)
{
	const char *name = option_text(args, option);
	return !name || store_find_id(cli->store, kind, name, ret, err);
}

static bool parse_incident(struct cli *cli, const struct arguments *args,
			   struct filter *filter, struct err *err)
{
	const char *text = option_text(args, "incident");
	struct incident incident;
	if (!text)
		return true;
	return id_parse("incidents", text, &filter->incident_id, err) &&
	       store_incident_get(cli->store, filter->incident_id, &incident, err);
}

/* Names are looked up last: content is judged before anything is opened. */
static bool parse_filter(struct cli *cli, const struct list_kind *kind,
			 const struct arguments *args, struct filter *ret,
			 struct err *err)
{
	*ret = FILTER_ALL;
	ret->open = option_given(args, "open");
	return parse_state(kind, args, ret, err) &&
	       cli_option_span(cli, args, &ret->since_ms, &ret->until_ms, err) &&
	       option_integer(args, "limit", 1, INT32_MAX, &ret->limit, err) &&
	       cli_open(cli, STORE_READ, err) &&
	       find_named(cli, args, "service", RECORD_SERVICE, &ret->service_id, err) &&
	       find_named(cli, args, "monitor", RECORD_MONITOR, &ret->monitor_id, err) &&
	       parse_incident(cli, args, ret, err);
}

static bool run_list(struct cli *cli, const struct arguments *args, struct err *err)
{
	struct listing listing = { .cli = cli };
	size_t kind = 0;
	while (!text_equal(kinds[kind].name, word_at(args, 0)))
		kind++;
	if (!parse_filter(cli, &kinds[kind], args, &listing.filter, err))
		return false;
	bool done = kinds[kind].run(&listing, err) && !listing.failed;
	reply_done(&listing.reply);
	table_done(&listing.table);
	return done;
}

const struct command list_command = {
	.name = "list",
	.words = "monitors|groups|integrations|services|definitions|links|incidents|"
		 "alerts|"
		 "deliveries|maintenance|audit|unmatched",
	.summary = "Rows of one kind, newest first where there is a time",
	.details = "Filters that do not apply to a kind leave it as it is. There is no "
		   "default "
		   "limit. Times in tables are local, in JSON they are UTC.",
	.options = { { "open", NULL,
		       "Only what is not over: open incidents, unfinished deliveries, "
		       "monitors in "
		       "error",
		       OPTION_BESIDE },
		     { "state", "S", "Only rows in this state", OPTION_BESIDE },
		     { "service", "S", "Only rows of this service", OPTION_BESIDE },
		     { "monitor", "M", "Only rows of this monitor", OPTION_BESIDE },
		     { "incident", "I", "Only rows of this incident", OPTION_BESIDE },
		     { "since", "T", "Only rows from this time on", OPTION_BESIDE },
		     { "until", "T", "Only rows before this time", OPTION_BESIDE },
		     { "limit", "N", "At most so many rows", OPTION_BESIDE } },
	.run = run_list,
};
