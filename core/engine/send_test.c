/* `hublink test --send`: one attempt each, whatever the mode; and `test --connect`.
 * hublink has asked whether it may. */
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/base/random.h"
#include "core/base/text.h"
#include "core/engine/commands.h"
#include "core/engine/http.h"
#include "core/engine/options.h"
#include "core/engine/test_record.h"
#include "core/judge/desk.h"
#include "core/judge/login.h"
#include "core/judge/request.h"

struct test_options {
	struct common_options common;
	const char *integration;
	const char *state; /* both, disruption, operational; NULL: both */
	bool all, send, yes, connect, show_secrets;
};

struct services {
	struct service *items;
	size_t count, capacity;
};

/* One attempt's end, kept when the transport hands it over. */
struct answer {
	bool is_here;
	struct outcome outcome;
	struct buf error, text;
};

struct test_run {
	struct test_options options;
	struct store *store;
	struct transport *transport;
	struct services services;
	bool all_well;
};

static int64_t now_ms(void)
{
	return clock_now_ms(&(struct clock){ 0 });
}

/* ---- which services ---- */

static bool add_service(void *arg, const void *rec)
{
	struct services *services = arg;
	VEC_PUSH(services->items, services->count, services->capacity) =
		*(const struct service *)rec;
	return true;
}

/* One that is named twice is tested once. */
static bool add_named(struct test_run *run, struct id_list *named, const char *name,
		      struct err *err)
{
	struct services *services = &run->services;
	int64_t id;
	if (!store_find_id(run->store, RECORD_SERVICE, name, &id, err))
		return false;
	if (!id_list_add_once(named, id))
		return true;
	struct service *service =
		&VEC_PUSH(services->items, services->count, services->capacity);
	return store_get(run->store, RECORD_SERVICE, id, service, err);
}

static bool find_services(struct test_run *run, int count, char *const *names,
			  struct err *err)
{
	DEFER(id_list_done) struct id_list named = { 0 };
	int64_t integration_id = 0;
	const char *integration = run->options.integration;
	if (integration && !store_find_id(run->store, RECORD_INTEGRATION, integration,
					  &integration_id, err))
		return false;
	if ((integration || run->options.all) &&
	    !store_list(run->store, RECORD_SERVICE, integration_id, add_service,
			&run->services, err))
		return false;
	for (int i = 0; i < count; i++)
		if (!add_named(run, &named, names[i], err))
			return false;
	return run->services.count > 0 ||
	       fail(err, ERR_NOT_FOUND,
		    "There is no service to test; `hublink list services` shows all");
}

/* ---- one attempt ---- */

static void keep(void *arg, int64_t id, const struct outcome *outcome)
{
	struct answer *answer = arg;
	(void)id;
	buf_reset(&answer->error);
	buf_reset(&answer->text);
	buf_adds(&answer->error, outcome->error ? outcome->error : "");
	text_add_safe(&answer->text, outcome->answer ? outcome->answer : "", false);
	answer->outcome = *outcome;
	answer->outcome.error = outcome->error ? buf_text(&answer->error) : NULL;
	answer->outcome.answer = outcome->answer ? buf_text(&answer->text) : NULL;
	answer->is_here = true;
}

static bool attempt(struct transport *transport, const struct wire_request *request,
		    struct answer *answer, struct err *err)
{
	const struct request sent = { .url = request->url,
				      .key = request->key,
				      .body = buf_text(&request->body) };
	transport->done = keep;
	transport->done_arg = answer;
	answer->is_here = false;
	if (!transport->ops->send(transport, &sent, err))
		return false;
	while (!answer->is_here) {
		struct pollfd ready = { .fd = transport->ops->fd(transport),
					.events = POLLIN };
		(void)poll(&ready, 1, transport->ops->timeout_ms(transport));
		if (!transport->ops->perform(transport, err))
			return false;
	}
	return true;
}

/* ---- what is said of it ---- */

static bool is_delivered(const struct outcome *outcome)
{
	return outcome->http_status / 100 == 2;
}

static void say_json(const struct test_run *run, const struct wire_request *request,
		     bool recovery, const struct outcome *outcome)
{
	DEFER(buf_done)
	struct buf line = BUF_INIT(8 * BODY_MAX);
	struct json_writer w = { .out = &line };
	json_open_object(&w, NULL);
	json_put_string(&w, "service", request->service);
	json_put_string(&w, "integration", request->integration);
	json_put_string(&w, "state", recovery ? "operational" : "disruption");
	wire_request_put_members(&w, request, run->options.show_secrets);
	json_put_bool(&w, "delivered", is_delivered(outcome));
	json_put_number(&w, "http_status", outcome->http_status);
	json_put_integer(&w, "duration_ms", outcome->duration_ms);
	json_put_string(&w, "error", outcome->error);
	json_put_string(&w, "answer", outcome->answer);
	json_close(&w);
	puts(buf_text(&line));
}

static void say_text(const struct wire_request *request, bool recovery,
		     const struct outcome *outcome)
{
	DEFER(buf_done)
	struct buf line = BUF_INIT(8 * BODY_MAX);
	text_add_safe(&line, request->integration, false);
	buf_addc(&line, '/');
	text_add_safe(&line, request->service, false);
	buf_addf(&line, ", %s: ", recovery ? "operational" : "disruption");
	if (is_delivered(outcome))
		buf_addf(&line, "delivered, answered %" PRId64, outcome->http_status);
	else
		buf_addf(&line, "not delivered, %s",
			 outcome->error ? outcome->error : "no answer");
	buf_addf(&line, " (%" PRId64 " ms)", outcome->duration_ms);
	if (outcome->answer)
		buf_addf(&line, "\n  %s", outcome->answer);
	puts(buf_text(&line));
}

/* ---- --send ---- */

static bool send_one(struct test_run *run, const struct service *service, bool recovery,
		     const char *incident_key, struct outcome *ret, struct err *err)
{
	DEFER(wire_request_done) struct wire_request request = WIRE_REQUEST_INIT;
	struct answer answer = { .error = BUF_INIT(4096),
				 .text = BUF_INIT(8 * ANSWER_KEPT) };
	struct outcome *outcome = &answer.outcome;
	int64_t started_ms = now_ms(), delivery_id;
	bool ok = wire_request_test(run->store, service->head.id, recovery, incident_key,
				    started_ms, &request, err) &&
		  test_record_begin(run->store, &request, recovery, started_ms,
				    &delivery_id, err) &&
		  attempt(run->transport, &request, &answer, err);
	outcome->started_ms = started_ms;
	ok = ok && test_record_end(run->store, delivery_id, outcome, now_ms(), err);
	if (ok && run->options.common.json)
		say_json(run, &request, recovery, outcome);
	else if (ok)
		say_text(&request, recovery, outcome);
	run->all_well = run->all_well && ok && is_delivered(outcome);
	*ret = *outcome;
	ret->error = NULL;
	ret->answer = NULL;
	buf_done(&answer.error);
	buf_done(&answer.text);
	return ok;
}

/* R19: a recovery follows only what could have been accepted. */
static bool could_be_accepted(const struct outcome *outcome)
{
	return is_delivered(outcome) ||
	       (outcome->http_status == 0 && outcome->request_sent);
}

static bool send_service(struct test_run *run, const struct service *service,
			 struct err *err)
{
	const char *state = run->options.state;
	char incident_key[UUID_SIZE];
	struct outcome outcome = { .http_status = 200 };
	uuid_new(incident_key);
	if (!text_equal(state, "operational") &&
	    !send_one(run, service, false, incident_key, &outcome, err))
		return false;
	if (text_equal(state, "disruption") || !could_be_accepted(&outcome))
		return true;
	return send_one(run, service, true, incident_key, &outcome, err);
}

/* All are asked first: a refusal comes before anything was sent. */
static bool send_all(struct test_run *run, struct err *err)
{
	const struct services *services = &run->services;
	for (size_t i = 0; i < services->count; i++)
		if (!test_may_be_sent(run->store, &services->items[i], err))
			return false;
	for (size_t i = 0; i < services->count; i++)
		if (!send_service(run, &services->items[i], err))
			return false;
	return true;
}

/* ---- --connect ---- */

static void say_connection(const struct test_run *run, const struct service *service,
			   int64_t took_ms, const char *failure)
{
	DEFER(buf_done)
	struct buf line = BUF_INIT(8192);
	struct json_writer w = { .out = &line };
	if (!run->options.common.json) {
		text_add_safe(&line, service->integration, false);
		buf_addc(&line, '/');
		text_add_safe(&line, service->name, false);
		if (failure)
			buf_addf(&line, ": no connection, %s", failure);
		else
			buf_addf(&line, ": connected (%" PRId64 " ms)", took_ms);
		puts(buf_text(&line));
		return;
	}
	json_open_object(&w, NULL);
	json_put_string(&w, "service", service->name);
	json_put_string(&w, "integration", service->integration);
	json_put_bool(&w, "connected", failure == NULL);
	json_put_integer(&w, "duration_ms", took_ms);
	json_put_string(&w, "error", failure);
	json_close(&w);
	puts(buf_text(&line));
}

static void connect_all(struct test_run *run)
{
	const struct http_options options = { .max_in_flight = 1 };
	for (size_t i = 0; i < run->services.count; i++) {
		const struct service *service = &run->services.items[i];
		struct err err = { 0 };
		int64_t took_ms = 0;
		bool is_connected =
			http_connect_only(&options, service->url, &took_ms, &err);
		say_connection(run, service, took_ms, is_connected ? NULL : err.text);
		run->all_well = run->all_well && is_connected;
	}
}

/* ---- the command ---- */

static bool read_options(int argc, char **argv, struct test_options *ret, int *ret_words,
			 struct err *err)
{
	*ret = (struct test_options){ 0 };
	const struct engine_option options[] = {
		{ .name = "integration", .text = &ret->integration },
		{ .name = "state", .text = &ret->state },
		{ .name = "all", .flag = &ret->all },
		{ .name = "send", .flag = &ret->send },
		{ .name = "yes", .flag = &ret->yes },
		{ .name = "connect", .flag = &ret->connect },
		{ .name = "show-secrets", .flag = &ret->show_secrets },
	};
	if (!options_read(argc, argv, options, COUNT_OF(options), &ret->common, ret_words,
			  err))
		return false;
	if (ret->send == ret->connect || !ret->common.db)
		return fail(err, ERR_USAGE,
			    "The engine's part of `test` is --send or --connect, with "
			    "--db PATH; use "
			    "`hublink test`");
	return !ret->send || !ret->common.read_only ||
	       fail(err, ERR_REFUSED, "A test is recorded; send it without --read-only");
}

static bool run_test(struct test_run *run, int count, char *const *names, struct err *err)
{
	const struct test_options *options = &run->options;
	const struct http_options http = { .max_in_flight = 1 };
	struct actor actor;
	if (!store_open(options->common.db, options->send ? STORE_WRITE : STORE_READ,
			&run->store, err))
		return false;
	login_actor(options->common.as, options->common.because, &actor);
	store_set_actor(run->store, &actor);
	if (!find_services(run, count, names, err))
		return false;
	if (options->connect) {
		connect_all(run);
		return true;
	}
	run->transport = http_new(&http, err);
	return run->transport && send_all(run, err);
}

static void test_run_done(struct test_run *run)
{
	if (run->transport)
		run->transport->ops->free(run->transport);
	free(run->services.items);
	store_close(run->store);
}

int send_test_main(int argc, char **argv)
{
	DEFER(test_run_done) struct test_run run = { .all_well = true };
	struct err err = { 0 };
	int words = 0;
	if (!read_options(argc, argv, &run.options, &words, &err) ||
	    !run_test(&run, argc - words, argv + words, &err))
		return report_failure(&err);
	return run.all_well ? 0 : 1;
}
