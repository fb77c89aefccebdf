/* test: the exact requests of a service's test, as a dry run; --send and --connect are
 * hublink-engine's. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/random.h"
#include "core/base/text.h"
#include "core/judge/request.h"
#include "core/rules/payload.h"
#include "tui/cli/act.h"
#include "tui/cli/commands.h"

static bool add_service(void *arg, const void *rec)
{
	const struct service *service = rec;
	return id_list_add(arg, service->head.id);
}

/* The services of the words, of --integration, or all. */
static bool find_services(struct cli *cli, const struct arguments *args,
			  struct id_list *ret, struct err *err)
{
	const char *integration = option_text(args, "integration");
	int64_t id = 0;

	if (integration &&
	    !store_find_id(cli->store, RECORD_INTEGRATION, integration, &id, err))
		return false;
	if (args->word_count == 0)
		return store_list(cli->store, RECORD_SERVICE, id, add_service, ret, err);
	return services_of_words(cli, args, ret, err);
}

/* ---- the dry run ---- */

static void print_request(const struct cli *cli, const struct wire_request *request,
			  bool show_secrets)
{
	DEFER(buf_done) struct buf text = BUF_INIT(4 * BODY_MAX);

	if (!cli->json) {
		wire_request_add_text(&text, request, show_secrets);
		cli_say(cli, "%s", buf_text(&text));
		return;
	}
	struct json_writer w = { .out = &text };
	wire_request_put_json(&w, NULL, request, show_secrets);
	printf("%s\n", buf_text(&text));
}

/* What looks like a variable and is none is seen by the public. */
static void note_literal(const struct wire_request *request)
{
	struct span literal;

	if (body_find_literal(buf_text(&request->body), &literal))
		cli_note("'%.*s' goes out as it stands: a variable looks like "
			 "{{@service.name}}",
			 (int)literal.bytes, literal.at);
}

/* A disruption, its recovery, or one after the other: --state. */
static bool print_test(struct cli *cli, int64_t service_id, const char *state,
		       bool show_secrets, struct err *err)
{
	char incident_key[UUID_SIZE];

	uuid_new(incident_key);
	for (int recovery = 0; recovery <= 1; recovery++) {
		DEFER(wire_request_done)
		struct wire_request request = WIRE_REQUEST_INIT;
		if (text_equal(state, recovery ? "disruption" : "operational"))
			continue;
		if (!wire_request_test(cli->store, service_id, recovery, incident_key,
				       cli->now_ms, &request, err))
			return false;
		print_request(cli, &request, show_secrets);
		note_literal(&request);
	}
	return true;
}

static bool dry_run(struct cli *cli, const struct arguments *args,
		    const struct id_list *services, struct err *err)
{
	const char *state = option_text(args, "state");
	bool show_secrets = option_given(args, "show-secrets");

	if (!cli->json)
		cli_note("DRY RUN: nothing leaves this machine");
	for (size_t i = 0; i < services->count; i++)
		if (!print_test(cli, services->items[i], state ? state : "both",
				show_secrets, err))
			return false;
	return true;
}

/* ---- for real ---- */

/* The public may see it: on a terminal the service's name is typed (of several: how
 * many), elsewhere --yes is needed. */
static bool confirm_send(struct cli *cli, const struct id_list *services, struct err *err)
{
	DEFER(buf_done) struct buf wanted = BUF_INIT(NAME_SIZE);
	DEFER(buf_done) struct buf question = BUF_INIT(4096);
	DEFER(buf_done) struct buf answer = BUF_INIT(4096);

	if (!cli->terminal)
		return fail(
			err, ERR_REFUSED,
			"A test is public: add --yes where there is no terminal to ask");
	if (services->count == 1) {
		struct service *service = mem_new(1, sizeof(*service));
		bool found = store_get(cli->store, RECORD_SERVICE, services->items[0],
				       service, err);
		buf_adds(&wanted, service->name);
		free(service);
		if (!found)
			return false;
		buf_adds(&question, "Subscribers may see this test. Type the service's "
				    "name to send it: ");
	} else {
		buf_addf(&wanted, "%zu", services->count);
		buf_adds(&question, "Subscribers may see these tests. Type how many "
				    "services they go to, to send them: ");
	}
	if (!cli_ask(buf_text(&question), true, &answer, err))
		return false;
	return text_equal(buf_text(&answer), buf_text(&wanted)) ||
	       fail(err, ERR_REFUSED, "'%s' was typed, not '%s'; nothing was sent",
		    buf_text(&answer), buf_text(&wanted));
}

/* A row for each service whose URL is shown. */
static bool audit_secrets(struct cli *cli, const struct id_list *services,
			  struct err *err)
{
	DEFER(store_abort) struct transaction tx = { 0 };
	struct service *service = mem_new(1, sizeof(*service));
	bool done = store_begin(cli->store, &tx, err);

	for (size_t i = 0; done && i < services->count; i++)
		done = store_get(cli->store, RECORD_SERVICE, services->items[i], service,
				 err) &&
		       store_audit(cli->store, "reveal", "service", services->items[i],
				   service->name, NULL, NULL, err);
	free(service);
	return done && store_commit(&tx, err);
}

/* Revealing URLs and sending are kept in the audit, so they need a store that takes it. */
static bool open_services(struct cli *cli, const struct arguments *args,
			  struct id_list *ret, struct err *err)
{
	bool writes = option_given(args, "send") || option_given(args, "show-secrets");
	if (!cli_open(cli, writes ? STORE_WRITE : STORE_READ, err) ||
	    !find_services(cli, args, ret, err))
		return false;
	return ret->count > 0 ||
	       fail(err, ERR_NOT_FOUND,
		    "There is no service to test; `hublink list services`");
}

static bool run_test(struct cli *cli, const struct arguments *args, struct err *err)
{
	DEFER(id_list_done) struct id_list services = { 0 };
	bool sends = option_given(args, "send"), connects = option_given(args, "connect");

	if (sends && connects)
		return fail(err, ERR_USAGE,
			    "--send and --connect exclude each other: a send connects");
	if (!open_services(cli, args, &services, err))
		return false;
	if (sends && !option_given(args, "yes") && !confirm_send(cli, &services, err))
		return false;
	if (option_given(args, "show-secrets") && !audit_secrets(cli, &services, err))
		return false;
	return sends || connects ? cli_forward(cli, args, err)
				 : dry_run(cli, args, &services, err);
}

const struct command test_command = {
	.name = "test",
	.words = "SERVICE…",
	.summary = "Show, or send, the exact requests of a test",
	.details =
		"Without --send or --connect it is a dry run: the exact requests, and no "
		"socket is opened. --send makes one attempt each, whatever the mode, "
		"under an "
		"id of its own, with titles that begin \"TEST – \", and prints the "
		"answers; it is "
		"refused while the service has an open incident or an unfinished "
		"delivery.",
	.options = { { "integration", "I", "Every service of this integration",
		       OPTION_INSTEAD },
		     { "all", NULL, "Every service", OPTION_INSTEAD },
		     { "state", "both|disruption|operational",
		       "What to say; both if left out: a disruption, then its recovery",
		       OPTION_BESIDE },
		     { "send", NULL, "Send it: the public may see it", OPTION_BESIDE },
		     { "yes", NULL, "Send without being asked", OPTION_BESIDE },
		     { "connect", NULL, "Resolve, connect, TLS; no request",
		       OPTION_BESIDE },
		     { "show-secrets", NULL, "Show the URLs in clear", OPTION_BESIDE } },
	.run = run_test,
};
