/* A stage for tests of whole programs: a database in live mode, a receiver that stands in
 * for StatusHub, a small configuration that leads to it, and the engine; what came of it
 * as one line of text to compare.
 *
 *     stage_events(s, "12:00 Shop error, 12:05 Shop ok");
 *     stage_settle(s);
 *     assert_told(s, "/website", "investigating down, monitoring up");
 *
 * The configuration: monitors Shop (group web), API, Batch; integration Hub (payload
 * uptrends) with services Website (/website) and Partner (/partner); definition Default
 * holds all three monitors, level 1 after one error: Shop and API linked to Website,
 * Batch to Partner. Documents are imported over it, with 'single' for "double" quotes and
 * {hub} for the receiver's address. */
#ifndef TESTS_SUPPORT_STAGE_H
#define TESTS_SUPPORT_STAGE_H

#include <sys/types.h>

#include "core/base/json.h"
#include "tests/support/check.h"
#include "tests/support/cli.h"
#include "tests/support/receiver.h"

struct stage {
	struct sandbox sandbox;
	struct receiver *receiver;
	struct buf text; /* the last line of text to compare */
	pid_t engine;    /* in the background; 0: none */
};

/* cmocka set-up and tear-down of each test: *state is a struct stage *. */
int stage_setup(void **state);
int stage_teardown(void **state);

#define STAGE_TEST(test) \
	cmocka_unit_test_setup_teardown(test, stage_setup, stage_teardown)

/* ---- doing ---- */

/* `hublink LINE`, which must end with the exit code: what it printed on standard output,
 * or on standard error; valid until the next command. */
const char *stage_out(struct stage *s, int exit_code, const char *format, ...)
	PRINTF_LIKE(3, 4);
const char *stage_err(struct stage *s, int exit_code, const char *format, ...)
	PRINTF_LIKE(3, 4);
void stage_do(struct stage *s, const char *format, ...) PRINTF_LIKE(2, 3); /* exit 0 */

/* `hublink OPTIONS import -`; the document's standard output. */
const char *stage_import(struct stage *s, const char *document);
const char *stage_import_with(struct stage *s, int exit_code, const char *options,
			      const char *document);

/* A batch of events: "12:00 Shop error, 12:01:30 'Night job' ok" of a day long past. */
void stage_events(struct stage *s, const char *events);

void stage_settle(struct stage *s);                   /* engine --until-idle */
void stage_event(struct stage *s, const char *words); /* `event WORDS`, and settles */
void stage_engine_start(struct stage *s);             /* in the background */
int stage_engine_end(struct stage *s,
		     int signal_number); /* its exit code; 128 + signal */

/* As if time had passed: SQL behind the programs' backs. */
void stage_change(struct stage *s, const char *sql);

/* ---- what came of it ---- */

/* What the receiver took on a path, in order of arrival: "investigating down, monitoring
 * up"; without service_status: "investigating". */
const char *stage_told(struct stage *s, const char *path);
/* Oldest first: "Website investigating, Partner held"; "disruption delivered, recovery
 * queued"; "Error Shop, Ok Shop". */
const char *stage_incidents(struct stage *s);
const char *stage_deliveries(struct stage *s);
const char *stage_alerts(struct stage *s);
/* "Website disruption, Partner operational". */
const char *stage_services(struct stage *s);

#define assert_told(s, path, expected) assert_string_equal(stage_told(s, path), expected)
#define assert_incidents(s, expected) assert_string_equal(stage_incidents(s), expected)
#define assert_deliveries(s, expected) assert_string_equal(stage_deliveries(s), expected)
#define assert_alerts(s, expected) assert_string_equal(stage_alerts(s), expected)
#define assert_services(s, expected) assert_string_equal(stage_services(s), expected)

/* Until it reads as expected; the test fails after ten seconds. */
typedef const char *stage_fn(struct stage *s);
void stage_wait(struct stage *s, stage_fn *what, const char *expected);

/* A member of one row of `hublink --json list KIND`, rows counted from the oldest, 0;
 * "published.status" looks inside. A number as text, "null" for null. Returns borrowed
 * text. */
const char *stage_member(struct stage *s, const char *list, int row, const char *path);

/* The body of the n-th request, from 0: json_free it. */
struct json *stage_body(struct stage *s, size_t index);
/* A member of it, as stage_member. */
const char *stage_sent(struct stage *s, size_t index, const char *path);

#endif
