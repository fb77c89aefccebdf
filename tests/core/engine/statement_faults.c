/* F6: whatever statement of SQLite's fails in a turn of the engine, the turn says so in a
 * sentence, and the next ones make up for it: nothing is lost, told twice or out of order. */
#include <sqlite3.h>
#include <stdlib.h>

#include "core/base/clock.h"
#include "core/engine/probe.h"
#include "core/engine/sweeper.h"
#include "tests/support/engine_rig.h"
#include "tests/support/fake_prober.h"
#include "tests/support/statements/statements.h"

enum {
	CHECKS = 8,
	STEP_MS = 5000,
	STEPS_MAX = 200,
	TURNS_MAX = 1000,
	FIRST = 2,
	EVERY = 3, /* with HUBLINK_HUNT each */
};

/* A monitor that is checked, and a service that hears of it. */
struct trip {
	struct rig *rig;
	struct fake_prober *prober;
	struct probe *probe;
	struct sweeper *sweeper;
	int failed; /* turns */
	long asked; /* statements, in all of it */
};

static void begin(struct trip *trip)
{
	static const struct {
		const char *column, *text;
	} check[] = { { "check_every_ms", "1m" },
		      { "check_target", "http://shop.example/" },
		      { "check_type", "http" } };
	void *rig;
	rig_open(&rig);
	*trip = (struct trip){ .rig = rig, .prober = fake_prober_new() };
	const int64_t id = world_monitor(trip->rig->w, "Shop");
	for (size_t i = 0; i < COUNT_OF(check); i++)
		world_set(trip->rig->w, RECORD_MONITOR, id, check[i].column,
			  check[i].text);
	trip->probe = probe_new(&trip->prober->prober, CHECKS);
	trip->sweeper = sweeper_new();
	engine_check(trip->rig->engine, trip->probe);
	engine_sweep(trip->rig->engine, trip->sweeper);
}

static void end(struct trip *trip)
{
	void *rig = trip->rig;
	rig_close(&rig);
	sweeper_free(trip->sweeper);
	probe_free(trip->probe);
	trip->prober->prober.ops->free(&trip->prober->prober);
}

/* As the loop does it: a turn that failed is taken again. */
static void take_turns(struct trip *trip)
{
	struct rig *rig = trip->rig;
	for (int turns = 0; turns < TURNS_MAX; turns++) {
		struct err err = { 0 };
		if (!engine_turn(rig->engine, rig_now(rig), &rig->turn, &err)) {
			assert_true(err.code != ERR_NONE && err.text[0] != '\0');
			trip->failed++;
		} else if (!rig->turn.again) {
			return;
		}
	}
	fail_msg("the engine does not come to rest");
}

/* Time passes, each check finds this, and receivers accept, until so many were sent. */
static void live(struct trip *trip, const char *found, size_t until_sent)
{
	struct rig *rig = trip->rig;
	for (int i = 0; i < STEPS_MAX && rig->fake->count < until_sent; i++) {
		rig->w->now_ms += STEP_MS;
		take_turns(trip);
		while (trip->prober->count > 0)
			fake_prober_answer(trip->prober, found);
		take_turns(trip);
	}
	fake_answer_all(rig->fake, 200);
	take_turns(trip);
	assert_int_equal(rig->fake->count, until_sent);
}

static void close_engine(struct trip *trip)
{
	struct rig *rig = trip->rig;
	struct err why = { 0 };
	if (!engine_close(rig->engine, rig_now(rig), &why)) {
		assert_true(why.text[0] != '\0');
		trip->failed++;
		world_must(engine_close(rig->engine, rig_now(rig), err));
	}
}

/* Down and up again, while the statement of this number fails. */
static void travel(struct trip *trip, const struct statements_plan *plan)
{
	begin(trip);
	statements_use(plan);
	probe_look_again(trip->probe);
	live(trip, "no answer", 1);
	live(trip, NULL, 2);
	close_engine(trip);
	trip->asked = statements_asked();
	statements_use(&(struct statements_plan){ 0 });
	expect_deliveries(trip->rig->w, "disruption Website (delivered); "
					"recovery Website (delivered)");
	expect_incidents(trip->rig->w, "Website monitoring");
	end(trip);
}

static void engine__makes_up_for_it__when_a_statement_fails_f6(void **state)
{
	static const int codes[] = { SQLITE_IOERR_READ, SQLITE_FULL, SQLITE_BUSY };
	struct trip trip;
	int failed = 0;
	(void)state;
	travel(&trip, &(struct statements_plan){ 0 });
	assert_int_equal(trip.failed, 0);
	const long asked = trip.asked;
	const long step = getenv("HUBLINK_HUNT") != NULL ? 1 : EVERY;
	for (long at = FIRST; at <= asked; at += step) {
		const struct statements_plan plan = {
			.at = at, .code = codes[(size_t)at % COUNT_OF(codes)]
		};
		travel(&trip, &plan);
		assert_true(trip.failed <= 1);
		failed += trip.failed;
	}
	print_message("%ld statements, %d turns failed\n", asked, failed);
	assert_true(failed > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(engine__makes_up_for_it__when_a_statement_fails_f6),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
