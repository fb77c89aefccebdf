#include "core/engine/test_record.h"

#include <string.h>

#include "core/engine/engine.h"
#include "tests/support/engine_rig.h"

static struct service website(struct rig *rig)
{
	struct service service;
	world_must(store_get(rig->w->store, RECORD_SERVICE,
			     world_service(rig->w, "Website"), &service, err));
	return service;
}

static void test_may_be_sent__is_refused__while_an_incident_is_open(void **state)
{
	struct rig *rig = *state;
	struct err err = { 0 };
	const struct service service = website(rig);
	assert_true(test_may_be_sent(rig->w->store, &service, &err));

	rig_error(rig, "Shop");
	rig_turn(rig);
	fake_answer_all(rig->fake, 200);
	rig_turn(rig);
	assert_false(test_may_be_sent(rig->w->store, &service, &err));
	assert_int_equal(err.code, ERR_REFUSED);
	assert_non_null(strstr(err.text, "incident #1"));

	rig_ok(rig, "Shop");
	assert_false(test_may_be_sent(rig->w->store, &service, &err));
	assert_non_null(strstr(err.text, "delivery #2"));
	rig_turn(rig);
	fake_answer_all(rig->fake, 200);
	rig_turn(rig);
	assert_true(test_may_be_sent(rig->w->store, &service, &err));
}

static int64_t record(struct rig *rig, struct wire_request *request)
{
	int64_t id = 0;
	const struct service service = website(rig);
	world_must(wire_request_test(rig->w->store, service.head.id, false,
				     "11111111-2222-4333-8444-555555555555",
				     rig->w->now_ms, request, err));
	world_must(test_record_begin(rig->w->store, request, false, rig->w->now_ms, &id,
				     err));
	return id;
}

static void test_record__is_never_sent_by_an_engine__whatever_becomes_of_the_test(
	void **state)
{
	struct rig *rig = *state;
	DEFER(wire_request_done) struct wire_request request = WIRE_REQUEST_INIT;
	(void)record(rig, &request);
	rig_turn(rig);
	assert_int_equal(rig->fake->count, 0);
	expect_number(rig->w, "SELECT kind FROM delivery", KIND_TEST);
	expect_number(rig->w, "SELECT state FROM delivery", DELIVERY_CANCELLED);
	expect_number(rig->w, "SELECT count(*) FROM audit WHERE action = 'test'", 1);
}

static void test_record_end__keeps_the_answer__when_there_is_one(void **state)
{
	struct rig *rig = *state;
	static const struct {
		struct outcome outcome;
		enum delivery_state state;
	} cases[] = {
		{ { .http_status = 201, .request_sent = true }, DELIVERY_DELIVERED },
		{ { .http_status = 404, .request_sent = true, .error = "answered 404" },
		  DELIVERY_CANCELLED },
		{ { .request_sent = true, .error = "lost" }, DELIVERY_CANCELLED },
	};
	for (size_t i = 0; i < 3; i++) {
		DEFER(wire_request_done) struct wire_request request = WIRE_REQUEST_INIT;
		struct delivery delivery;
		int64_t id = record(rig, &request);
		world_must(test_record_end(rig->w->store, id, &cases[i].outcome,
					   rig->w->now_ms, err));
		world_must(store_delivery_get(rig->w->store, id, &delivery, err));
		assert_int_equal(delivery.state, cases[i].state);
		assert_int_equal(delivery.http_status, cases[i].outcome.http_status);
		assert_int_equal(delivery.ambiguous, cases[i].outcome.http_status == 0);
		assert_string_equal(delivery.key, request.key);
	}
	expect_number(rig->w, "SELECT count(*) FROM attempt", 3);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, rig_open, rig_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_may_be_sent__is_refused__while_an_incident_is_open),
		TEST(test_record__is_never_sent_by_an_engine__whatever_becomes_of_the_test),
		TEST(test_record_end__keeps_the_answer__when_there_is_one),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
