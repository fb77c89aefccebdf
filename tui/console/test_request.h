/* A test's exact requests, as a dry run shows them, and what can be said of them without
 * sending one. */
#ifndef CONSOLE_TEST_REQUEST_H
#define CONSOLE_TEST_REQUEST_H

#include "core/judge/request.h"
#include "tui/console/lines.h"
#include "tui/console/test_run.h"

/* One thing that was looked at: ROLE_OK, ROLE_WARN or ROLE_BAD, and a sentence. */
typedef void test_check_fn(void *arg, enum role role, const char *sentence);

/* Does it parse, and where does it lead? A secret is not said. */
void test_check_url(const char *url, test_check_fn *check, void *arg);

/* Is it JSON, are all variables filled in? update: what it tells, "recovery". */
void test_check_body(const struct buf *body, const char *update, test_check_fn *check,
		     void *arg);

/* Of the service: does another one use its URL, does anything forbid a test now? */
bool test_check_service(struct store *store, const struct service *service,
			test_check_fn *check, void *arg, struct err *err) CHECKED;

/* All that a dry run of one service shows: checks first, then the requests. */
bool test_add_dry_run(struct store *store, const struct service *service,
		      enum test_event event, int64_t now_ms, struct lines *ret,
		      struct err *err) CHECKED;

#endif
