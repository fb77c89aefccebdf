/* F6: what the engine asks of the store beside its turns – what senders tell, a test, tokens, the
 * clocks, a start after a kill – while one statement after the other fails. */
#include <stdlib.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/engine/engine.h"
#include "core/engine/ingest_record.h"
#include "core/engine/ingest_token.h"
#include "core/engine/test_record.h"
#include "core/engine/timekeeper.h"
#include "core/judge/request.h"
#include "core/store_sources.h"
#include "tests/support/check.h"
#include "tests/support/fake_transport.h"
#include "tests/support/statements/trial.h"

static int64_t now_ms(void)
{
	return clock_now_ms(&(struct clock){ 0 });
}

/* ---- what senders tell ---- */

static bool told(struct store *store, ingest_read_fn *read, const char *text,
		 struct err *err)
{
	struct ingest_tally tally;
	bool conflict;
	DEFER(json_done) struct json *body = json_parse(text, strlen(text), NULL);
	assert_non_null(body);
	return ingest_record(store, read, body, "monitor", now_ms(), &tally, &conflict,
			     err);
}

static bool an_event(struct hand *hand, struct err *err)
{
	return told(hand->store, ingest_read_events,
		    "[{\"monitor\": \"M0\", \"state\": \"error\"},"
		    " {\"monitor\": \"Nobody knows\", \"state\": \"error\"}]",
		    err);
}

#define FIRING(status)                                                        \
	"{\"version\": \"4\", \"alerts\": [{\"status\": \"" status "\","      \
	" \"labels\": {\"alertname\": \"Down\", \"monitor\": \"M1\"},"        \
	" \"annotations\": {}, \"startsAt\": \"2026-11-27T20:00:00Z\","       \
	" \"endsAt\": \"0001-01-01T00:00:00Z\", \"fingerprint\": \"f1\"},"    \
	" {\"status\": \"" status "\", \"labels\": {\"alertname\": \"Down\"," \
	" \"monitor\": \"Unheard of\"}, \"annotations\": {},"                 \
	" \"startsAt\": \"2026-11-27T20:00:00Z\","                            \
	" \"endsAt\": \"0001-01-01T00:00:00Z\", \"fingerprint\": \"f2\"}]}"

static bool an_alert_that_fires(struct hand *hand, struct err *err)
{
	return told(hand->store, ingest_read_alertmanager, FIRING("firing"), err);
}

static bool its_end(struct hand *hand, struct err *err)
{
	return told(hand->store, ingest_read_alertmanager, FIRING("resolved"), err);
}

/* ---- a test ---- */

static bool a_test(struct hand *hand, struct err *err)
{
	const struct outcome outcome = { .http_status = 503,
					 .request_sent = true,
					 .has_retry_after = true,
					 .retry_after_ms = 5000,
					 .error = "answered 503",
					 .answer = "busy" };
	DEFER(store_abort) struct transaction tx = { 0 };
	DEFER(wire_request_done) struct wire_request request = WIRE_REQUEST_INIT;
	struct service service;
	int64_t id;
	return store_begin(hand->store, &tx, err) &&
	       store_get(hand->store, RECORD_SERVICE, 1, &service, err) &&
	       test_may_be_sent(hand->store, &service, err) &&
	       wire_request_test(hand->store, 1, true,
				 "11111111-2222-4333-8444-555555555555", now_ms(),
				 &request, err) &&
	       test_record_begin(hand->store, &request, true, now_ms(), &id, err) &&
	       test_record_end(hand->store, id, &outcome, now_ms(), err) &&
	       store_commit(&tx, err);
}

/* ---- tokens ---- */

/* Where their version cannot be read they are read anew. */
static bool tokens(struct hand *hand, struct err *err)
{
	struct ingest_tokens all = { 0 };
	bool ok = ingest_tokens_refresh(&all, hand->store, err);
	if (ok) {
		ingest_tokens_note_use(&all, 1, now_ms());
		ok = ingest_tokens_store(&all, hand->store, now_ms(), err);
	}
	ingest_tokens_done(&all);
	return ok;
}

/* ---- starting and ending ---- */

static bool clocks(struct hand *hand, struct err *err)
{
	DEFER(store_abort) struct transaction tx = { 0 };
	struct timekeeper keeper;
	return store_begin(hand->store, &tx, err) &&
	       timekeeper_load(&keeper, hand->store, now_ms(), clock_boot_ms(), err) &&
	       timekeeper_save(&keeper, hand->store, true, err) && store_commit(&tx, err);
}

/* The clock was set by an hour since the one before. */
static bool start(struct hand *hand, bool closes, struct err *err)
{
	const struct instant now = { .wall_ms = now_ms() + HOUR_MS,
				     .boot_ms = clock_boot_ms() };
	struct fake_transport *fake = fake_new();
	struct engine *engine = NULL;
	bool ok = engine_new(hand->store, &fake->transport, 2, now, &engine, err) &&
		  (!closes || engine_close(engine, now, err));
	engine_free(engine);
	fake->transport.ops->free(&fake->transport);
	return ok;
}

static bool a_start(struct hand *hand, struct err *err)
{
	return start(hand, false, err);
}

/* Its start is stored when its end fails. */
static bool a_start_and_end(struct hand *hand, struct err *err)
{
	DEFER(store_abort) struct transaction tx = { 0 };
	return store_begin(hand->store, &tx, err) && start(hand, true, err) &&
	       store_commit(&tx, err);
}

static const struct trial trials[] = {
	{ .name = "an event", .act = an_event },
	{ .name = "an alert that fires", .act = an_alert_that_fires },
	{ .name = "its end", .act = its_end },
	{ .name = "a test", .act = a_test },
	{ .name = "tokens", .act = tokens, .shrugs = true },
	{ .name = "clocks", .act = clocks },
	{ .name = "a start", .act = a_start },
	{ .name = "a start after a kill, and an end", .act = a_start_and_end },
};

static void engine__changes_nothing_and_says_why__when_a_statement_fails_f6(void **state)
{
	struct fleet fleet;
	struct err err = { 0 };
	char hash[SHA256_HEX_SIZE];
	(void)state;
	fleet_open(&fleet, "http://127.0.0.1:1", 2);
	place_must(store_token_add(fleet.place.store, "sender",
				   sha256_hex(hash, "secret", 6), &err),
		   &err);
	trial_all(fleet.place.store, trials, COUNT_OF(trials));
	fleet_close(&fleet);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			engine__changes_nothing_and_says_why__when_a_statement_fails_f6),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
