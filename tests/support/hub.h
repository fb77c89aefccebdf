/* The stand-in StatusHub in a process of its own, and libcurl to ask it. */
#ifndef TESTS_SUPPORT_HUB_H
#define TESTS_SUPPORT_HUB_H

#include <stdio.h>
#include <sys/types.h>

#include <curl/curl.h>

#include "core/base/buf.h"
#include "core/base/json.h"

struct hub {
	pid_t pid;
	FILE *out;
	char address[64]; /* http://127.0.0.1:PORT */
};

/* Fork hub_main with these arguments (ended by NULL); what it prints is read from
 * *ret_out. */
pid_t hub_fork(const char *const *arguments, FILE **ret_out);

/* The same, and wait until it listens. */
struct hub hub_start(const char *const *arguments);
#define HUB_START(...) hub_start((const char *const[]){ __VA_ARGS__ __VA_OPT__(, ) NULL })

/* End it by a signal; the test fails unless it ends with 0. */
void hub_stop(struct hub *hub, int signal_number);

struct answer {
	CURLcode code;
	long status;
	struct buf body;
	char retry_after[20];
};

/* body NULL: GET. key NULL: none. The answer's body is the caller's to free. */
struct answer hub_ask(const struct hub *hub, const char *path, const char *body,
		      const char *key);

/* The same; frees the body and returns the status, 0 if there was none. */
long hub_status(const struct hub *hub, const char *path, const char *body,
		const char *key);

/* An update of an incident, in profile uptrends if service_status is given. Returns
 * ret. */
enum { UPDATE_SIZE = 600 };
const char *an_update(char ret[UPDATE_SIZE], const char *id, const char *state,
		      const char *service_status);

/* GET /state; json_free it. And what is in it; the test fails if it is not there. */
struct json *hub_state_of(const struct hub *hub);
int64_t number_of(const struct json *object, const char *key);
void assert_text(const struct json *object, const char *key, const char *expected);

#endif
