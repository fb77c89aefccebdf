/* One service's test by hublink-engine, as a child whose output is read: connecting to it, or
 * a disruption and its recovery sent for real. It finishes what it began whether or not
 * anyone still listens, so that a test never leaves a page red. */
#ifndef CONSOLE_TEST_RUN_H
#define CONSOLE_TEST_RUN_H

#include "tui/console/app.h"

/* What the test says of the service. */
enum test_event { TEST_BOTH, TEST_DISRUPTION, TEST_OPERATIONAL, TEST_EVENT_COUNT };
const char *test_event_text(enum test_event event); /* as --state takes it */

enum { TEST_ANSWERS_MAX = 2 };

struct test_answer {
	bool is_recovery,
		connects; /* connects: it tells of a connection, not of an update */
	bool is_well;     /* delivered, or connected */
	int64_t http_status, duration_ms;
	char error[REASON_SIZE], answer[ANSWER_KEPT + 1];
};

struct test_outcome {
	struct test_answer answers[TEST_ANSWERS_MAX];
	size_t count;
	bool is_well;                /* all that was asked for */
	char failure[ERR_TEXT_SIZE]; /* why nothing was tried; empty: something was */
};

/* What the child printed: a JSON object a line, or sentences. */
void test_outcome_parse(const char *output, struct test_outcome *ret);

/* "delivered, answered 200 (42 ms)"; "not delivered, 404 Not Found (3 ms)". */
void test_answer_add(const struct test_answer *answer, struct buf *ret);
/* The whole on one line: the failure, or what went wrong, or the last answer. */
void test_outcome_add(const struct test_outcome *outcome, struct buf *ret);

struct test_run {
	int fd; /* -1: none runs */
	struct buf output;
};
#define TEST_RUN_INIT ((struct test_run){ .fd = -1, .output = BUF_INIT(1024 * 1024) })

bool test_run_start(struct test_run *run, struct app *app, const struct service *service,
		    enum test_event event, bool connects, struct err *err) CHECKED;
/* Takes in what it has printed; true when it has ended, and *ret is what came of it. */
bool test_run_read(struct test_run *run, struct test_outcome *ret);
void test_run_done(struct test_run *run);

#endif
