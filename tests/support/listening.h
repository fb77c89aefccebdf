/* A listener on a small store, and clients on sockets that send whatever they like. One
 * thread does both sides: whoever waits for an answer turns the listener meanwhile, as the
 * engine would. The clocks are the test's. */
#ifndef TESTS_SUPPORT_LISTENING_H
#define TESTS_SUPPORT_LISTENING_H

#include "core/engine/ingest.h"
#include "tests/support/journal.h"

#define LISTENING_TOKEN "0123456789abcdef0123456789abcdef"

/* For requests by hand: headers, the head of one to the events, and an event. */
#define TOKEN "Authorization: Bearer " LISTENING_TOKEN "\r\n"
#define JSON "Content-Type: application/json\r\n"
#define HEAD "POST /v1/events HTTP/1.1\r\nHost: test\r\n" TOKEN JSON
#define EVENT "{\"monitor\":\"Shop\",\"state\":\"error\"}"

enum { LISTENING_ANSWER_MAX = 1024 * 1024 };

struct listening {
	struct store *store; /* of tests/support/journal.h, in live mode */
	struct ingest *ingest;
	struct ingest_options options; /* for listening_start */
	int port;
	int64_t wall_ms, boot_ms;
	bool fails;        /* its transactions fail */
	int commits;       /* so many turns stored something */
	struct buf answer; /* the last one, with its head */
	int status;        /* of it; 0: the connection was closed without one */
};

/* cmocka set-up and tear-down: *state is a struct listening *, which listens with the
 * token LISTENING_TOKEN. */
int listening_open(void **state);
int listening_close(void **state);
#define LISTENING_TEST(name) \
	cmocka_unit_test_setup_teardown(name, listening_open, listening_close)

/* Listen anew, with l->options. */
void listening_start(struct listening *l);

/* One turn as the engine does it: run, store, commit, answer. */
void listening_turn(struct listening *l);

/* ---- clients ---- */

int client_open(const struct listening *l);
void client_send(struct listening *l, int fd, const char *text);
void client_send_bytes(struct listening *l, int fd, const char *bytes, size_t count);
/* Turns until the next whole answer has come, or the connection was closed. Returns its
 * status; l->answer holds it. */
int client_answer(struct listening *l, int fd);
/* Turns until it was closed by the listener; false after ten seconds. */
bool client_is_closed(struct listening *l, int fd);

/* A whole request on a connection of its own, with the token: its status. body NULL: a
 * GET. */
int ask(struct listening *l, const char *path, const char *body);
/* The same with other headers ("Name: value\r\n" each). */
int ask_with(struct listening *l, const char *method, const char *path,
	     const char *headers, const char *body);

/* A POST that must be taken. */
void post(struct listening *l, const char *path, const char *body);
void assert_accepted(struct listening *l, int accepted, int unmatched);

/* The last answer's body is an error in a sentence, and nothing else. */
void assert_error(struct listening *l);

/* The one number of a question in SQL; how many events there are, and of the monitor. */
int64_t number(struct listening *l, const char *sql);
int64_t events(struct listening *l);
int64_t events_of(struct listening *l, int64_t monitor, enum event_state state);

/* The body of the last answer. */
const char *answer_body(const struct listening *l);

#endif
