/* A small HTTP server on loopback, in a thread of the test: answers as scripted and
 * remembers what it was asked. */
#ifndef TESTS_SUPPORT_RECEIVER_H
#define TESTS_SUPPORT_RECEIVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct receiver;

enum receiver_end {
	RECEIVER_ANSWERS,
	RECEIVER_DROPS, /* closes the connection without a word once it has the whole request */
	RECEIVER_RESETS, /* the same with a TCP reset */
	RECEIVER_HANGS,  /* never answers */
};

/* How to answer. The first rule that fits and has times left is used; without one:
 * 200. Texts must outlive the receiver. */
struct receiver_rule {
	const char *path; /* the request's path without query; NULL: any */
	int times;        /* how often the rule holds; 0: always */
	int status;       /* 0: 200 */
	int delay_ms;     /* before the answer */
	enum receiver_end end;
	const char *headers; /* more header lines, each with CRLF; NULL: none */
	const char *body;    /* NULL: empty */
	const char *
		raw; /* instead of all that: these bytes, then the connection is closed */
	int trickle_ms; /* between one byte of raw and the next; 0: all at once */
	bool endless;   /* the body goes on for ever (chunked) */
	bool closes;    /* closes the connection after the answer, saying so */
};

struct received {
	char method[8];
	char path[256]; /* with query */
	char key[64];   /* Idempotency-Key */
	char webhook_id[64];
	char content_type[64];
	char user_agent[64];
	char headers[1024]; /* all of them, as they came */
	char body[4096];
	size_t body_bytes;
	int connection;  /* counted from 1 */
	int status;      /* what it was or will be answered; 0: nothing */
	bool overlapped; /* another request with this path was still unanswered (I9) */
};

struct receiver *receiver_new(void);
void receiver_free(struct receiver *receiver);
int receiver_port(const struct receiver *receiver);
/* http://127.0.0.1:PORT<path> into ret; returns ret. */
const char *receiver_url(const struct receiver *receiver, const char *path, char *ret,
			 size_t size);

/* fork(2) while the receiver's thread waits: a child that got the sanitizer's locks as they were
 * while that thread asked for memory would wait for them for ever. */
pid_t receiver_fork(struct receiver *receiver);

void receiver_rule(struct receiver *receiver,
		   struct receiver_rule rule); /* added behind the others */
void receiver_forget_rules(struct receiver *receiver);

size_t receiver_count(struct receiver *receiver);
struct received receiver_get(
	struct receiver *receiver,
	size_t index); /* in order of arrival; aborts beyond the end */
int receiver_connections(struct receiver *receiver);
/* Wait until every connection is closed, so that whatever was on its way has been
 * logged; false after ten seconds. */
bool receiver_wait_quiet(struct receiver *receiver);
/* Wait until count requests have come; false after ten seconds without. */
bool receiver_wait(struct receiver *receiver, size_t count);

#endif
