/* A small world for tests of the judge: an in-memory store in live mode with
 * integration "Hub" and definition "Default", built by names; time in minutes; and
 * what was decided as one line of text to compare.
 *
 *     world_link(w, world_level(w, 1, 1, 0), "Shop", "Website");
 *     world_error(w, 0, "Shop");
 *     world_ok(w, 5, "Shop");
 *     expect_deliveries(w, "disruption Website; recovery Website"); */
#ifndef TESTS_SUPPORT_WORLD_H
#define TESTS_SUPPORT_WORLD_H

#include "core/judge/judge.h"
#include "core/store.h"
#include "tests/support/check.h"

#define WORLD_T0 INT64_C(1790000000000)

struct world {
	struct store *store;
	int64_t now_ms;
	int64_t integration_id, definition_id;
	struct judge_report report; /* of everything judged so far */
	struct buf
		told; /* what receivers accepted, one "disruption Website" after another */
};

/* cmocka set-up and tear-down: *state is a struct world *. */
int world_open(void **state);
int world_close(void **state);

/* Fails the test with the error's sentence. */
#define world_must(call)                                      \
	do {                                                  \
		struct err err_ = { 0 };                      \
		struct err *err = &err_;                      \
		if (!(call))                                  \
			fail_msg("%s: %s", #call, err_.text); \
	} while (0)

int64_t minutes(double count); /* as a duration in ms */
int64_t at(double minute);     /* the time that many minutes after WORLD_T0 */

/* ---- configuration ---- */

/* Ids by name; made when there is none yet: an active monitor in "Default", a service
 * of "Hub". */
int64_t world_monitor(struct world *w, const char *name);
int64_t world_service(struct world *w, const char *name);

/* A new active level of "Default" with Hub ticked, send_ok on; triggers at errors, or
 * after minutes. Returns its id. */
int64_t world_level(struct world *w, int number, int errors, int minutes);
int64_t world_placement(struct world *w, int64_t level_id); /* Hub's in it */
void world_link(struct world *w, int64_t level_id, const char *monitor,
		const char *service);

/* Change a record and save it: world_set(w, RECORD_SERVICE, id, "publish_after_ms",
 * "5m") by column and text. */
void world_set(struct world *w, enum record_kind kind, int64_t id, const char *column,
	       const char *text);
void world_set_service(struct world *w, const char *service, const char *column,
		       const char *text);
/* Hub's storm guard; release_after 0: never. */
void world_storm(struct world *w, int max_new, double within, double release_after);
void world_mode(struct world *w, enum mode mode);

/* A window over the monitor from minute to minute. */
void world_mute(struct world *w, const char *monitor, double from, double until);

/* *state with Shop linked to Website in a level as world_level makes it; or Shop and Mail, in
 * one that triggers at the first error. */
struct world *shop_and_website(void **state, int errors, int minutes);
struct world *two_monitors_one_service(void **state);

/* For tables of cmocka tests. */
#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)

/* ---- what happens ---- */

/* An event dated to that minute; the world's clock is at least there afterwards.
 * Judged at once. */
void world_error(struct world *w, double minute, const char *monitor);
void world_ok(struct world *w, double minute, const char *monitor);
/* The same, but recorded only: world_run judges it. */
void world_record(struct world *w, double minute, const char *monitor,
		  enum event_state state);

/* Set the clock to that minute and judge everything that is due. */
void world_run_until(struct world *w, double minute);
void world_run(struct world *w);

/* One attempt of every lane's head that is due now, answered with http_status (0: the
 * request was sent, no answer). */
void world_answer_all(struct world *w, int http_status);
/* One attempt of the service's head, due or not. */
void world_answer(struct world *w, const char *service, int http_status);
/* Until nothing is due: all is accepted. */
void world_deliver(struct world *w);

/* ---- what was decided ---- */

/* Deliveries in the order in which they were decided, "; " between them: "disruption
 * Website" when queued, else with its state: "recovery Website (held)". */
void expect_deliveries(struct world *w, const char *text);
/* Incidents, oldest first: "Website investigating; Email held". */
void expect_incidents(struct world *w, const char *text);
/* Alerts, oldest first: "Error 1 Shop; Ok 1 Shop"; a reason in brackets is not shown. */
void expect_alerts(struct world *w, const char *text);
/* What receivers accepted so far. */
void expect_told(struct world *w, const char *text);
/* The integer that a question in SQL answers with. */
void expect_number(struct world *w, const char *sql, int64_t number);
int64_t world_number(struct world *w, const char *sql);
/* SQL as it stands, which must work. */
void world_sql(struct world *w, const char *sql);
/* The newest incident, delivery. */
int64_t world_last_incident(struct world *w);
int64_t world_last_delivery(struct world *w);

#endif
