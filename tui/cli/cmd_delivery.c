/* delivery: show one with every attempt and its exact request, and act on it (R16,
 * R17, R22). */
#include <inttypes.h>

#include "core/base/clock.h"
#include "core/judge/request.h"
#include "tui/cli/act.h"
#include "tui/cli/commands.h"
#include "tui/cli/objects.h"
#include "tui/cli/table.h"

/* ---- show ---- */

static bool attempt_to_json(void *arg, const struct attempt *attempt)
{
	struct json_writer *w = arg;

	json_open_object(w, NULL);
	object_attempt(w, attempt);
	json_close(w);
	return true;
}

static bool show_json(struct cli *cli, const struct delivery *delivery,
		      const struct wire_request *request, struct err *err)
{
	DEFER(reply_done) struct reply reply = { 0 };
	struct json_writer *w = reply_open(&reply);

	object_delivery(w, delivery);
	wire_request_put_json(w, "request", request, false);
	json_open_array(w, "tries");
	if (!store_list_attempts(cli->store, delivery->id, attempt_to_json, w, err))
		return false;
	json_close(w);
	reply_send(&reply);
	return true;
}

static void say_head(const struct cli *cli, const struct delivery *delivery)
{
	cli_say(cli, "%-12s %" PRId64 "  %s", "delivery", delivery->id, delivery->key);
	cli_say(cli, "%-12s %s (%s)", "service", delivery->service,
		delivery->integration);
	if (delivery->incident_id)
		cli_say(cli, "%-12s #%" PRId64, "incident", delivery->incident_id);
	cli_say(cli, "%-12s %s: incident %s, service %s", "says",
		delivery_kind_text(delivery->kind),
		incident_status_text(delivery->incident_status),
		service_status_text(delivery->service_status));
	cli_say(cli, "%-12s %s%s", "state", delivery_state_text(delivery->state),
		delivery->ambiguous ? ", a try ended without an answer" : "");
	if (delivery->error[0])
		cli_say(cli, "%-12s %s", "error", delivery->error);
	cli_say_time(cli, "decided", delivery->created_ms);
	cli_say_time(cli, "delivered", delivery->delivered_ms);
	if (delivery_is_unfinished(delivery->state))
		cli_say_time(cli, "next", delivery->next_attempt_ms);
}

static bool attempt_to_table(void *arg, const struct attempt *attempt)
{
	struct table *table = arg;
	char taken[DURATION_TEXT_SIZE];

	table_time(table, attempt->at_ms);
	if (attempt->http_status)
		table_integer(table, attempt->http_status);
	else
		table_cell(table, TONE_BAD, attempt->no_answer ? "none" : "unsent");
	table_cell(table, TONE_PLAIN, duration_format(taken, attempt->duration_ms));
	table_cell(table, TONE_PLAIN,
		   attempt->answer[0] ? attempt->answer : attempt->error);
	return true;
}

static bool show_text(struct cli *cli, const struct delivery *delivery,
		      const struct wire_request *request, struct err *err)
{
	DEFER(buf_done) struct buf text = BUF_INIT(4 * BODY_MAX);
	struct table table;

	say_head(cli, delivery);
	cli_say(cli, "%s", "");
	table_open(&table, cli, "TRIED|>STATUS|TOOK|ANSWER");
	bool listed = store_list_attempts(cli->store, delivery->id, attempt_to_table,
					  &table, err);
	if (listed)
		table_close(&table,
			    delivery->state == DELIVERY_DRY_RUN
				    ? "It was decided in dry-run, and never leaves."
				    : "It was not tried yet.");
	table_done(&table);
	wire_request_add_text(&text, request, false);
	cli_say(cli, "\n%s", buf_text(&text));
	return listed;
}

static bool run_show(struct cli *cli, const struct arguments *args, struct err *err)
{
	DEFER(wire_request_done) struct wire_request request = WIRE_REQUEST_INIT;
	struct delivery delivery;
	int64_t id;

	if (!id_parse("deliveries", word_at(args, 0), &id, err) ||
	    !cli_open(cli, STORE_READ, err) ||
	    !store_delivery_get(cli->store, id, &delivery, err) ||
	    !wire_request_of_delivery(cli->store, id, &request, err))
		return false;
	return cli->json ? show_json(cli, &delivery, &request, err)
			 : show_text(cli, &delivery, &request, err);
}

/* ---- acts ---- */

static bool delivery_object(struct json_writer *w, struct cli *cli,
			    const struct act_result *result, struct err *err)
{
	struct delivery delivery;

	if (!store_delivery_get(cli->store, result->delivery_id, &delivery, err))
		return false;
	object_delivery(w, &delivery);
	return true;
}

static bool retry(struct cli *cli, const struct arguments *args, int64_t id,
		  struct act_result *ret, struct err *err)
{
	(void)args;
	return act_delivery_retry(cli->store, id, cli->now_ms, ret, err);
}

static bool cancel(struct cli *cli, const struct arguments *args, int64_t id,
		   struct act_result *ret, struct err *err)
{
	(void)args;
	return act_delivery_cancel(cli->store, id, cli->now_ms, ret, err);
}

static bool release(struct cli *cli, const struct arguments *args, int64_t id,
		    struct act_result *ret, struct err *err)
{
	(void)args;
	return act_delivery_release(cli->store, id, cli->now_ms, ret, err);
}

static bool run_retry(struct cli *cli, const struct arguments *args, struct err *err)
{
	DEFER(act_result_done) struct act_result result = ACT_RESULT_INIT;
	bool failed = option_given(args, "all-failed");

	if (!failed && !option_given(args, "all-waiting"))
		return act_on_words(cli, args, "deliveries", retry, delivery_object, err);
	if (!cli_open(cli, STORE_WRITE, err) ||
	    !act_retry_all(cli->store, failed ? DELIVERY_FAILED : DELIVERY_QUEUED,
			   cli->now_ms, &result, err))
		return false;
	act_answer(cli, &result);
	return true;
}

static bool run_cancel(struct cli *cli, const struct arguments *args, struct err *err)
{
	return act_on_words(cli, args, "deliveries", cancel, delivery_object, err);
}

static bool run_release(struct cli *cli, const struct arguments *args, struct err *err)
{
	return act_on_words(cli, args, "deliveries", release, delivery_object, err);
}

const struct command delivery_show_command = {
	.name = "delivery show",
	.words = "ID",
	.summary = "One update: every attempt with its answer, and the exact request",
	.run = run_show,
};

const struct command delivery_retry_command = {
	.name = "delivery retry",
	.words = "ID…",
	.summary = "Try again at once what failed or waits",
	.options = { { "all-failed", NULL, "Everything that was refused",
		       OPTION_INSTEAD },
		     { "all-waiting", NULL, "Everything that waits for its next try",
		       OPTION_INSTEAD } },
	.run = run_retry,
};

const struct command delivery_cancel_command = {
	.name = "delivery cancel",
	.words = "ID…",
	.summary = "Never send what waits or is held",
	.details = "A disruption that cannot have been accepted takes its incident's "
		   "waiting "
		   "updates with it. If a try ended without an answer, its recovery is "
		   "still "
		   "sent.",
	.run = run_cancel,
};

const struct command delivery_release_command = {
	.name = "delivery release",
	.words = "ID…",
	.summary = "Let go what is held: it goes public now",
	.run = run_release,
};
